//! Placements from workbooks, and workbooks made from texts that can be read beside their cases.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Note, Workbook, Worksheet};

use crate::site::TestSite;

/// Makes a workbook. `# MH` begins a sheet (`# MH hidden` a hidden one), every other line is a row
/// with commas between its cells; `~` before a row hides it. A cell that begins with `#` holds an
/// error, `date 2026-10-31` a day, digits a number. `merge B2:B3 x` merges cells and writes x;
/// `note x` puts a note on B2.
pub(crate) fn made(text: &str) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for sheet in text.trim_start_matches("# ").split("\n# ") {
        let (name, rows) = sheet.split_once('\n').unwrap();
        let worksheet = workbook.add_worksheet();
        if let Some(shown) = name.strip_suffix(" hidden") {
            worksheet.set_name(shown).unwrap().set_hidden(true);
        } else {
            worksheet.set_name(name).unwrap();
        }
        for (row, line) in rows.lines().enumerate() {
            if let Some(note) = line.strip_prefix("note ") {
                worksheet.insert_note(1, 1, &Note::new(note)).unwrap();
                continue;
            }
            if let Some(merged) = line.strip_prefix("merge ") {
                let (area, value) = merged.split_once(' ').unwrap();
                let cell = |name: &str| {
                    (name[1..].parse::<u32>().unwrap() - 1, u16::from(name.as_bytes()[0] - b'A'))
                };
                let (from, to) = area.split_once(':').unwrap();
                let (from, to) = (cell(from), cell(to));
                worksheet.merge_range(from.0, from.1, to.0, to.1, value, &Format::new()).unwrap();
                continue;
            }
            let row = row as u32;
            let line = line
                .strip_prefix('~')
                .inspect(|_| {
                    worksheet.set_row_hidden(row).unwrap();
                })
                .unwrap_or(line);
            for (column, cell) in line.split(',').enumerate() {
                write(worksheet, row, column as u16, cell);
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &str) {
    if cell.starts_with('#') {
        let formula = Formula::new("=VLOOKUP(1,A1:B2,2)").set_result(cell);
        sheet.write_formula(row, column, formula).unwrap();
    } else if let Some(day) = cell.strip_prefix("date ") {
        let day = ExcelDateTime::parse_from_str(day).unwrap();
        sheet.write_with_format(row, column, day, &Format::new().set_num_format("d mmm")).unwrap();
    } else if let Ok(number) = cell.parse::<f64>() {
        sheet.write(row, column, number).unwrap();
    } else if !cell.is_empty() {
        sheet.write(row, column, cell).unwrap();
    }
}

const LIST: &str = "# Mental health
Placements as at 31 October 2026

id,home,level,needs,age,gender,legal,people,placed_since,reason
MH-1,bridge,open-rehab, psychosis\u{a0},18–64,female,informal,7,date 2025-01-01,no-local-place
";

#[test]
fn a_workbook_gives_the_same_site_as_yaml() {
    let from_yaml = TestSite::new().build();
    let from_sheets = TestSite::new()
        .remove("data/placements/rows.yaml")
        .bytes("data/placements/list.xlsx", &made(LIST))
        .bytes("data/placements/~$list.xlsx", b"somebody has it open")
        .build();
    assert!(from_yaml.tree() == from_sheets.tree());
}

#[test]
fn places_in_a_workbook_are_told_to_programs_too() {
    let site = TestSite::new()
        .remove("data/placements/rows.yaml")
        .bytes("data/placements/list.xlsx", &made(&LIST.replace("bridge", "brigde")));
    let output = site.run(&["check", "--format", "json"]).ends_with(1);
    let fault: serde_json::Value = serde_json::from_str(&output.stderr).unwrap();
    assert_eq!(fault["file"], "data/placements/list.xlsx");
    assert_eq!((&fault["sheet"], &fault["cell"]), (&"Mental health".into(), &"B4".into()));
    assert_eq!((&fault["line"], &fault["column"]), (&4.into(), &2.into()));
}

#[test]
fn a_list_kept_outside_the_site_may_be_a_workbook() {
    let site =
        TestSite::new().bytes("elsewhere/list.xlsx", &made(&LIST.replace("bridge", "brigde")));
    let output = site.run(&["check", "--placements", "elsewhere"]).ends_with(1);
    let place = "--> elsewhere/list.xlsx, sheet \"Mental health\", cell B4\n";
    assert!(output.stderr.contains(place), "{}", output.stderr);
    assert!(!output.stderr.contains("brigde"), "{}", output.stderr);
}

#[test]
fn a_workbook_that_is_cut_off_makes_no_site() {
    let whole = made(LIST);
    let site = TestSite::new().bytes("data/placements/list.xlsx", &whole[..whole.len() / 2]);
    let output = site.run(&["check"]).ends_with(1);
    assert!(output.stderr.contains("error[MPS006]"), "{}", output.stderr);
}
