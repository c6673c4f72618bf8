//! CSV files as rows of located cells under checked column names.

use std::collections::BTreeMap;
use std::ops::Range;

use super::yaml::Text;
use crate::diagnostics::{Code, Diagnostic, did_you_mean, listing};
use crate::sources::{Source, SourceId, Span};

/// One row: its cells by column name. Blank cells are absent, because blank means unknown.
pub struct Row {
    /// Bytes of the whole row in its file.
    pub range: Range<usize>,
    cells: BTreeMap<&'static str, Text>,
}

impl Row {
    /// Takes a cell out of the row.
    pub fn take(&mut self, column: &str) -> Option<Text> {
        self.cells.remove(column)
    }
}

/// Reads a CSV file whose first row names its columns.
///
/// `known` are the accepted column names and `required` those that must be there; the order in the
/// file does not matter. Rows of the wrong length are reported and left out; the rest is returned.
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
    let records = records(id, source, &mut diagnostics);
    let starts: Vec<usize> = records
        .iter()
        .map(|record| record.position().map_or(0, |position| position.byte() as usize))
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
    if let Some(fault) = no_heading(id, &heading, known) {
        return (rows, vec![fault]);
    }
    let is_sensitive = source.is_sensitive();
    let columns = columns(id, heading, known, is_sensitive, &mut diagnostics);
    let complete = missing(id, &columns, required, &mut diagnostics);
    for cells in located {
        if cells.iter().all(|cell| cell.value.trim().is_empty()) {
            continue;
        }
        let range = cells[0].span(id).range().start..cells[cells.len() - 1].span(id).range().end;
        if cells.len() != columns.len() {
            let open = source.text()[range.clone()].matches('"').count() % 2 == 1;
            diagnostics
                .push(wrong_length(cells.len(), columns.len(), open).at(Span::new(id, range)));
            continue;
        }
        let cells = columns
            .iter()
            .zip(cells)
            .filter(|(_, cell)| !cell.value.trim().is_empty())
            .filter_map(|(column, cell)| {
                let trimmed = cell.value.trim().to_owned();
                column.map(|column| (column, cell.with(trimmed)))
            })
            .collect();
        rows.push(Row { range, cells });
    }
    if !complete {
        rows.clear();
    }
    (rows, diagnostics)
}

/// What is said of a column that is not known, where its name must not be quoted.
pub const UNKNOWN_COLUMN: &str = "unknown column";

fn wrong_length(cells: usize, columns: usize, open: bool) -> Diagnostic {
    if open {
        return Diagnostic::error(Code::CsvLayout, "a double quote in this row is not closed")
            .help("close the quote, or write a quote within a cell twice");
    }
    let noun = if cells == 1 { "cell" } else { "cells" };
    let message = format!("this row has {cells} {noun}, the heading {columns}");
    Diagnostic::error(Code::CsvLayout, message)
        .help("a cell that holds a comma must stand in double quotes")
}

/// A first row that names no known column at all is not a heading, or has no commas.
fn no_heading(id: SourceId, heading: &[Text], known: &[&'static str]) -> Option<Diagnostic> {
    if heading.iter().any(|cell| known.contains(&cell.value.trim())) {
        return None;
    }
    let first = heading.first()?;
    let help = match heading.len() == 1 && first.value.contains([';', '\t']) {
        true => {
            "put commas between the cells: save it as \"CSV UTF-8 (comma delimited)\"".to_owned()
        }
        false => {
            format!("begin the file with a row of column names: {}", listing(known.iter().copied()))
        }
    };
    Some(
        Diagnostic::error(Code::CsvLayout, "the first row does not name the columns")
            .at(first.span(id))
            .help(help),
    )
}

/// All records that can be read; the others are told.
fn records(
    id: SourceId,
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(source.text().as_bytes());
    let mut records = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => records.push(record),
            Err(error) => {
                let at = error.position().map_or(0, |position| position.byte() as usize);
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

fn columns(
    id: SourceId,
    heading: Vec<Text>,
    known: &[&'static str],
    is_sensitive: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Option<&'static str>> {
    let mut columns: Vec<Option<&'static str>> = Vec::new();
    for cell in &heading {
        let name = cell.value.trim();
        let found = known.iter().copied().find(|column| *column == name);
        let at = cell.span(id);
        match found {
            None => diagnostics.push(
                Diagnostic::error(
                    Code::CsvLayout,
                    // Where a heading is missing, the first row holds values.
                    match is_sensitive {
                        true => UNKNOWN_COLUMN.to_owned(),
                        false => format!("{UNKNOWN_COLUMN} `{name}`"),
                    },
                )
                .at(at)
                .help(match did_you_mean(name, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the columns are {}", listing(known.iter().copied())),
                }),
            ),
            Some(_) if columns.contains(&found) => diagnostics.push(
                Diagnostic::error(Code::CsvLayout, format!("the column `{name}` comes twice"))
                    .at(at)
                    .help("remove one of the two"),
            ),
            Some(_) => {}
        }
        columns.push(found);
    }
    columns
}

/// Tells which required columns are missing; whether none is.
fn missing(
    id: SourceId,
    columns: &[Option<&'static str>],
    required: &[&str],
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    let mut complete = true;
    for name in required {
        if !columns.contains(&Some(name)) {
            complete = false;
            diagnostics.push(
                Diagnostic::error(Code::CsvLayout, format!("the column `{name}` is missing"))
                    .at(Span::start_of(id))
                    .help(format!("add `{name}` to the first row")),
            );
        }
    }
    complete
}

/// Gives every cell of a record its byte range in the file.
///
/// The CSV library tells where a record begins but not where its cells stand, so the raw bytes are
/// walked once more: a comma outside quotes ends a cell.
fn locate(text: &str, record: &csv::StringRecord, bounds: Range<usize>) -> Vec<Text> {
    let lead =
        text[bounds.clone()].len() - text[bounds.clone()].trim_start_matches(['\r', '\n']).len();
    let start = bounds.start + lead;
    let mut ends = Vec::with_capacity(record.len());
    let mut quoted = false;
    let mut cell_start = start;
    for (offset, byte) in text[start..bounds.end].bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => {
                ends.push(cell_start..start + offset);
                cell_start = start + offset + 1;
            }
            _ => {}
        }
    }
    let tail = text[cell_start..bounds.end].trim_end_matches(['\r', '\n']).len();
    ends.push(cell_start..cell_start + tail);
    record
        .iter()
        .enumerate()
        .map(|(index, value)| {
            let range = ends.get(index).cloned().unwrap_or(start..start);
            Text::new(value.to_owned(), range)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
