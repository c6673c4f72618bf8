//! Workbooks made by another program, and what is left of them when bytes change.

use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format as Style, Formula, Workbook, Worksheet};

use super::*;

fn made(sheets: impl IntoIterator<Item = Worksheet>) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for sheet in sheets {
        workbook.push_worksheet(sheet);
    }
    workbook.save_to_buffer().unwrap()
}

fn list() -> Worksheet {
    let mut sheet = Worksheet::new();
    let day = Style::new().set_num_format("dd/mm/yyyy");
    let money = Style::new().set_num_format("[$£-809]#,##0.00");
    sheet.set_name("MH").unwrap();
    sheet.write_row(0, 0, ["id", "home", "people", "placed_since", "cost", "ready"]).unwrap();
    sheet.write_row(1, 0, ["AV-1", " Avon\u{a0}Mere ", "3–6"]).unwrap();
    let date = ExcelDateTime::from_ymd(2026, 10, 31).unwrap();
    sheet.write_with_format(1, 3, date, &day).unwrap();
    sheet.write_with_format(1, 4, 1_961.538_461_538_461_4, &money).unwrap();
    sheet.write(1, 5, true).unwrap();
    sheet.write(3, 0, "a, \"b\"\nc").unwrap();
    sheet.write(3, 2, 3.0).unwrap();
    sheet.write_formula(3, 4, Formula::new("=1+1").set_result("2")).unwrap();
    sheet
}

fn text(bytes: &[u8]) -> Vec<String> {
    let sources = sheets("data/placements/list.xlsx", bytes).unwrap();
    sources.iter().map(|source| source.text().to_owned()).collect()
}

#[test]
fn lines_are_rows_and_cells_are_what_is_seen() {
    assert_eq!(
        text(&made([list(), Worksheet::new()])),
        [
            "id,home,people,placed_since,cost,ready\n\
             AV-1,Avon Mere,3-6,2026-10-31,1961.54,true\n\
             \n\
             \"a, \"\"b\"\" c\",,3,,2,\n",
            ""
        ]
    );
}

#[test]
fn what_is_hidden_or_merged_is_kept_beside_the_cells() {
    let mut sheet = list();
    sheet.set_row_hidden(1).unwrap().set_column_hidden(2).unwrap();
    sheet.merge_range(3, 1, 4, 1, "x", &Style::new()).unwrap();
    let mut other = Worksheet::new();
    other.set_hidden(true);
    let sources = sheets("data/placements/list.xlsx", &made([sheet, other])).unwrap();
    let sheet = sources[0].sheet().unwrap();
    assert_eq!((sheet.name.as_str(), sheet.is_hidden), ("MH", false));
    assert_eq!((&sheet.hidden_rows[..], &sheet.hidden_columns[..]), (&[2][..], &[3..=3][..]));
    assert_eq!(sheet.merged, [(4..=5, 2..=2)]);
    assert!(sources[1].sheet().unwrap().is_hidden);
    assert_eq!(sources[1].path(), "data/placements/list.xlsx/0002");
    assert_eq!(sources.len(), 2);
    assert_eq!(sources[1].shown_path(), "data/placements/list.xlsx");
    assert!(sources[1].is_sensitive());
}

#[test]
fn notes_on_cells_stand_where_the_cells_are() {
    let mut sheet = list();
    sheet.insert_note(1, 1, &rust_xlsxwriter::Note::new("ask 943 476 5919")).unwrap();
    let sources = sheets("data/placements/list.xlsx", &made([sheet])).unwrap();
    assert_eq!(sources.len(), 2);
    let notes = sources.iter().find(|source| source.sheet().unwrap().holds_notes).unwrap();
    assert!(notes.text().starts_with("\n,"), "{}", notes.text());
    assert!(notes.text().contains("943 476 5919"), "{}", notes.text());
}

#[test]
fn other_parts_are_kept_only_where_they_tell_of_people() {
    let made = |words: &str| {
        let mut workbook = Workbook::new();
        workbook.push_worksheet(list());
        let about = rust_xlsxwriter::DocProperties::new().set_comment(words);
        workbook.set_properties(&about);
        workbook.save_to_buffer().unwrap()
    };
    let read = |bytes: &[u8]| sheets("data/placements/list.xlsx", bytes).unwrap();
    assert_eq!(read(&made("kept by the team")).len(), 1);
    let sources = read(&made("of 943 476 5919"));
    let part = sources.iter().find(|source| source.sheet().unwrap().is_part).unwrap();
    assert!(part.text().contains("943 476 5919"), "{}", part.text());
    assert_eq!(part.sheet().unwrap().name, "docProps/core.xml");
    let named =
        "<definedNames><definedName name=\"n\">\"943 476 5919\"</definedName></definedNames>";
    let sources = read(&bare(named, "<worksheet><sheetData/></worksheet>"));
    assert!(sources.iter().any(|source| source.text().contains("943 476 5919")));
    let mut sheet = list();
    sheet.set_header("&CPatient 943 476 5919");
    let workbook = self::made([sheet]);
    assert!(read(&workbook).iter().any(|source| source.text().contains("943 476 5919")));
}

/// An archive with one sheet of this XML and nothing that is not needed.
fn bare(workbook: &str, sheet: &str) -> Vec<u8> {
    use std::io::Write as _;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships>\
             <Relationship Id=\"r1\" Type=\"x/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let workbook = format!(
        "<workbook xmlns:r=\"r\">{workbook}<sheets><sheet name=\"S\" sheetId=\"9\" r:id=\"r1\"/>\
         </sheets></workbook>"
    );
    for (path, text) in [
        ("_rels/.rels", relation("officeDocument", "/xl/workbook.xml")),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "sheets/a.xml")),
        ("xl/sheets/a.xml", sheet.to_owned()),
    ] {
        archive.start_file(path, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn cells(cells: &str) -> Vec<u8> {
    bare("", &format!("<worksheet><sheetData>{cells}</sheetData></worksheet>"))
}

#[test]
fn cells_of_every_kind_are_read() {
    let check = |xml: &str, expect: &str| {
        assert_eq!(text(&cells(&format!("<row>{xml}</row>"))), [expect], "{xml}");
    };
    check(
        "<c t=\"inlineStr\"><is><r><t>a</t></r><rPh><t>x</t></rPh><r><t>b</t></r></is></c>",
        "ab\n",
    );
    check("<c t=\"e\"><v>#N/A</v></c>", "#N/A\n");
    check("<c t=\"d\"><v>2026-10-31T00:00:00</v></c>", "2026-10-31\n");
    check("<c t=\"str\"><f>A1</f><v>&lt;5 &#8211; a</v></c>", "<5 - a\n");
    check("<c><f>SUM(A1)</f></c><c/><c><v>7</v></c>", "=SUM(A1),,7\n");
    check("<c><f>1+1</f><v/></c>", "=1+1\n");
    check("<c t=\"str\"><f>A1</f><v></v></c>", "");
    check("<c r=\"C1\"><v>7</v></c><c r=\"A1\"><v>8</v></c>", "8,,7\n");
}

#[test]
fn days_may_be_counted_from_1904() {
    let sheet = "<worksheet><sheetData><row><c><v>44864</v></c></row></sheetData></worksheet>";
    // Without styles no cell is a day, so the day is asked for where formats are read.
    assert_eq!(text(&bare("<workbookPr date1904=\"1\"/>", sheet)), ["44864\n"]);
    let mut package = Package::open(&[]).map(|_| ());
    assert_eq!(package.as_mut().err(), Some(&mut Refused::NoWorkbook));
    let bytes = bare("<workbookPr date1904=\"1\"/>", sheet);
    assert!(book::read(&mut Package::open(&bytes).unwrap()).unwrap().from_1904);
}

#[track_caller]
fn refused(bytes: &[u8], expect: Refused) {
    assert_eq!(sheets("data/placements/list.xlsx", bytes).map(|_| ()), Err(expect));
}

#[test]
fn other_files_under_the_name_of_a_workbook_are_told() {
    refused(b"id,home\n", Refused::NoWorkbook);
    refused(b"", Refused::NoWorkbook);
    refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", Refused::OldFormat);
    let mut locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    refused(&locked, Refused::Locked);
    refused(b"PK\x03\x04 not an archive", Refused::Damaged);
    let empty = zip::ZipWriter::new(std::io::Cursor::new(Vec::new())).finish().unwrap();
    refused(&empty.into_inner(), Refused::NoWorkbook);
}

#[test]
fn what_no_sheet_can_hold_is_damage() {
    for wrong in [
        "<row r=\"0\"/>",
        "<row r=\"1048577\"/>",
        "<row><c r=\"XFE1\"><v>1</v></c></row>",
        "<row><c r=\"1\"><v>1</v></c></row>",
        "<row><c t=\"s\"><v>0</v></c></row>",
        "<row><c t=\"zz\"><v>0</v></c></row>",
        "<row><c><v>many</v></c></row>",
        "<row><c><v>&unknown;</v></c></row>",
        "<row><c><v>1</v></row>",
    ] {
        refused(&cells(wrong), Refused::Damaged);
    }
    refused(&bare("", "<chartsheet/>"), Refused::Damaged);
    refused(&bare("", "<worksheet><sheetData>"), Refused::Damaged);
}

#[test]
fn little_bytes_cannot_take_much_memory() {
    // One cell at the far end of each row: a comma for every empty one before it.
    let wide: String = (1..=4_000)
        .map(|row| format!("<row r=\"{row}\"><c r=\"XFD{row}\"><v>1</v></c></row>"))
        .collect();
    refused(&cells(&wide), Refused::TooLarge);
    let blown_up = cells(&" ".repeat(100 * 1024 * 1024));
    assert!(blown_up.len() < 1024 * 1024);
    refused(&blown_up, Refused::TooLarge);
}

#[test]
fn a_workbook_that_is_cut_off_is_refused_wherever_it_is_cut() {
    let whole = made([list()]);
    for length in (0..whole.len()).step_by(97) {
        assert!(sheets("a.xlsx", &whole[..length]).is_err(), "{length}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// A changed byte is refused, or stands where nothing of the list is.
    #[test]
    fn a_changed_byte_never_changes_a_cell(at in any::<prop::sample::Index>(), to: u8) {
        let mut bytes = made([list()]);
        let at = at.index(bytes.len());
        bytes[at] = to;
        if let Ok(sources) = sheets("data/placements/list.xlsx", &bytes) {
            prop_assert_eq!(sources[0].text(), &text(&made([list()]))[0]);
        }
    }

    /// Any XML in the place of a sheet is read or refused.
    #[test]
    fn no_sheet_ends_the_program(
        parts in prop::collection::vec(prop::sample::select(vec![
            "<row>", "</row>", "<c>", "</c>", "<v>", "</v>", "<c r=\"B2\" t=\"s\" s=\"9\">", "<f>",
            "</f>", "1", "é", "&#x0;", "&lt;", "<is>", "</is>",
            "<mergeCell ref=\"A1:ZZ9\"/>", "<!--",
            "<col hidden=\"1\" min=\"2\" max=\"1\"/>", "<mergeCell ref=\":\"/>",
            "<row r=\"7\" hidden=\"1\">",
        ]), 0..12),
    ) {
        let _ = sheets("data/placements/list.xlsx", &cells(&parts.concat()));
    }
}
