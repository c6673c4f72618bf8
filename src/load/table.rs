//! CSV files and sheets of workbooks as rows of located cells under checked column names.

mod cell;
mod heading;
mod sheet;

use std::collections::BTreeMap;
use std::ops::Range;

use super::yaml::Text;
use crate::diagnostics::{Code, Diagnostic};
use crate::sources::{Source, SourceId, Span, cells_of};
use cell::{locate, stray, without_value, wrong_length};

/// One row: its cells by column name. Blank cells are absent, because blank means unknown.
pub struct Row {
    /// Bytes of the whole row in its file.
    pub range: Range<usize>,
    cells: BTreeMap<&'static str, Text>,
    blanks: BTreeMap<&'static str, Range<usize>>,
}

impl Row {
    /// Takes a cell out of the row.
    pub fn take(&mut self, column: &str) -> Option<Text> {
        self.cells.remove(column)
    }

    /// Where the blank cells of known columns stand.
    pub fn blanks(&self) -> &BTreeMap<&'static str, Range<usize>> {
        &self.blanks
    }
}

/// Whether a row names columns, so that the table can be read; a CSV file must have one.
pub fn has_heading(source: &Source, known: &[&str]) -> bool {
    sheet::heading_start(source, known).is_some()
}

/// The column of a cell below the heading. A range that is not one whole cell has none.
pub fn column_at(
    source: &Source,
    known: &[&'static str],
    cell: &Range<usize>,
) -> Option<&'static str> {
    let start = sheet::heading_start(source, known)?;
    let text = source.text();
    let from = text.get(..cell.start)?.rfind('\n').map_or(0, |newline| newline + 1);
    let line = |from: usize| text.get(from..).and_then(|rest| rest.lines().next());
    let (heading, row) = (line(start)?, line(from).filter(|_| from > start)?);
    let (names, cells) = (cells_of(heading), cells_of(row));
    let at = cells.iter().position(|one| from + one.start == cell.start)?;
    let is_whole = names.len() == cells.len() && from + cells[at].end == cell.end;
    // A row may be longer than its heading.
    let name =
        heading[names.get(at).filter(|_| is_whole)?.clone()].trim_matches(['"', ' ', '\u{feff}']);
    known.iter().copied().find(|column| *column == name)
}

/// Reads a CSV file whose first row names its columns, or a sheet in which one of the first does.
///
/// `known` are the accepted column names and `required` those that must be there; the order in the
/// file does not matter. Rows of the wrong length are reported and left out, and so are rows with
/// a cell that has no value of its own; the rest is returned. A sheet without a heading gives
/// nothing.
///
/// When a required column is missing no row is returned: one fault would be told again for each.
pub fn read(
    id: SourceId,
    source: &Source,
    known: &[&'static str],
    required: &[&str],
) -> (Vec<Row>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut rows = Vec::new();
    let Some(start) = sheet::heading_start(source, known) else {
        return (rows, diagnostics);
    };
    let records = records(id, source, start, &mut diagnostics);
    let starts: Vec<usize> = records
        .iter()
        .map(|record| start + record.position().map_or(0, |position| position.byte() as usize))
        .chain([source.text().len()])
        .collect();
    let mut located = records
        .iter()
        .zip(starts.windows(2))
        .map(|(record, bounds)| locate(source.text(), record, bounds[0]..bounds[1]));
    let Some(heading) = located.next() else {
        let empty = Diagnostic::error(Code::CsvLayout, "the file is empty, it has no heading row")
            .at(Span::start_of(id))
            .help("write the column names in the first row, or remove the file");
        return (rows, vec![empty]);
    };
    if let Some(fault) = heading::absent(id, source, start, &heading, (known, required)) {
        return (rows, vec![fault]);
    }
    diagnostics.append(&mut sheet::faults(id, source, start));
    let columns = heading::columns(id, source, &heading, known, &mut diagnostics);
    let complete = heading::missing(id, start, &columns, required, &mut diagnostics);
    let merged = sheet::merged_rows(source);
    let mut reading =
        Reading { id, source, columns, merged, diagnostics, has_told_of_unnamed: false };
    rows.extend(located.filter_map(|cells| reading.row(cells)));
    if !complete {
        rows.clear();
    }
    (rows, reading.diagnostics)
}

/// A column, by what its heading says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Known(&'static str),
    /// A wrong name; told where the heading is read.
    Other,
    /// No name. There are such columns beside every table of a spreadsheet; they must be empty.
    Unnamed,
}

/// The rows below the heading, one after the other.
struct Reading<'s> {
    id: SourceId,
    source: &'s Source,
    columns: Vec<Column>,
    /// Rows with a part in merged cells; they are told already.
    merged: Vec<Range<usize>>,
    diagnostics: Vec<Diagnostic>,
    has_told_of_unnamed: bool,
}

impl Reading<'_> {
    /// A row, unless it is blank or something is wrong with it as a row.
    fn row(&mut self, cells: Vec<Text>) -> Option<Row> {
        if cells.iter().all(|cell| cell.value.trim().is_empty()) {
            return None;
        }
        let place = |cell: &Text| cell.span(self.id).range();
        let range = place(&cells[0]).start..place(&cells[cells.len() - 1]).end;
        if cells.len() != self.columns.len() {
            let open = self.source.text()[range.clone()].matches('"').count() % 2 == 1;
            let fault = wrong_length(cells.len(), self.columns.len(), open);
            self.diagnostics.push(fault.at(Span::new(self.id, range)));
            return None;
        }
        let before = self.diagnostics.len();
        for (column, cell) in self.columns.iter().zip(&cells) {
            let is_stray = *column == Column::Unnamed && !cell.value.trim().is_empty();
            let fault = match without_value(cell.value.trim()) {
                None if is_stray && !std::mem::replace(&mut self.has_told_of_unnamed, true) => {
                    Some(stray())
                }
                fault => fault,
            };
            self.diagnostics.extend(fault.map(|fault| fault.at(cell.span(self.id))));
        }
        let is_merged = self.merged.iter().any(|rows| rows.contains(&range.start));
        if self.diagnostics.len() > before || is_merged {
            return None;
        }
        let mut row = Row { range, cells: BTreeMap::new(), blanks: BTreeMap::new() };
        for (column, cell) in self.columns.iter().zip(cells) {
            let trimmed = cell.value.trim().to_owned();
            match column {
                Column::Known(name) if trimmed.is_empty() => {
                    row.blanks.insert(name, cell.span(self.id).range());
                }
                Column::Known(name) => {
                    row.cells.insert(name, cell.with(trimmed));
                }
                Column::Other | Column::Unnamed => {}
            }
        }
        Some(row)
    }
}

/// What is said of a column that is not known, where its name must not be quoted.
pub const UNKNOWN_COLUMN: &str = "unknown column";

/// All records that can be read; the others are told.
fn records(
    id: SourceId,
    source: &Source,
    start: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(&source.text().as_bytes()[start..]);
    let mut records = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => records.push(record),
            Err(error) => {
                let at = start + error.position().map_or(0, |position| position.byte() as usize);
                diagnostics.push(
                    Diagnostic::error(Code::CsvLayout, "this row cannot be read as CSV")
                        .at(Span::new(id, at..at))
                        .help("look for a quote that is not closed"),
                );
            }
        }
    }
    records
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_beyond_the_heading_has_no_column() {
        let source = Source::new("data/placements/a.csv", "id\nP-1,7\nP-2\n");
        let column = |cell: Range<usize>| column_at(&source, &["id"], &cell);
        assert_eq!(column(7..8), None);
        assert_eq!(column(3..6), None);
        assert_eq!(column(9..12), Some("id"));
    }

    #[test]
    fn cells_know_their_place_even_behind_quotes() {
        let text = "id,home,people\r\nA-1,\"x, y\",7\r\n\r\nA-2,z,\r\n";
        let source = Source::new("data/x.csv", text);
        let known = ["id", "home", "people"];
        let (mut rows, diagnostics) = read(SourceId(0), &source, &known, &["id"]);
        assert_eq!(diagnostics, []);
        let people = rows[0].take("people").unwrap();
        assert_eq!(&text[people.span(SourceId(0)).range()], "7");
        assert_eq!(rows[0].take("home").unwrap().value, "x, y");
        assert!(rows[1].take("people").is_none());
        assert_eq!(&text[rows[1].take("id").unwrap().span(SourceId(0)).range()], "A-2");
    }

    #[test]
    fn wrong_layouts_are_told_and_the_rest_is_read() {
        let source = Source::new("data/x.csv", "id,hone,home\nA-1\nA-2,q,z\n");
        let (rows, diagnostics) = read(SourceId(0), &source, &["id", "home"], &["id", "people"]);
        assert_eq!(rows.len(), 0);
        let messages: Vec<_> = diagnostics.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "unknown column `hone`",
                "the column `people` is missing",
                "this row has 1 cell, the heading 3"
            ]
        );
    }
}
