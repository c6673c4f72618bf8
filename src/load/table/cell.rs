//! Single rows and cells: where they stand, and what is wrong with them.

use std::ops::Range;

use crate::diagnostics::{Code, Diagnostic};
use crate::load::yaml::Text;

/// A cell that holds the error of a spreadsheet, or a formula in the place of its value.
pub(super) fn without_value(value: &str) -> Option<Diagnostic> {
    const ERRORS: [&str; 12] = [
        "#DIV/0!",
        "#N/A",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#REF!",
        "#VALUE!",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#BLOCKED!",
        "#UNKNOWN!",
    ];
    let fault = |message: &str| Some(Diagnostic::error(Code::CellWithoutValue, message));
    if ERRORS.contains(&value) {
        return fault("this cell holds an error of the spreadsheet in the place of a value")
            .map(|fault| fault.help("correct the formula, or clear the cell if it is unknown"));
    }
    if value.starts_with('=') {
        return fault("this cell holds a formula without its value")
            .map(|fault| fault.help("open the file in Excel and save it, or write the value"));
    }
    None
}

pub(super) fn stray() -> Diagnostic {
    Diagnostic::error(Code::CsvLayout, "there is something in a column that has no name")
        .help("write the name of the column above it, or clear the cells below")
}

/// A row with more or fewer cells than the heading.
pub(super) fn wrong_length(cells: usize, columns: usize, open: bool) -> Diagnostic {
    if open {
        return Diagnostic::error(Code::CsvLayout, "a double quote in this row is not closed")
            .help("close the quote, or write a quote within a cell twice");
    }
    let noun = if cells == 1 { "cell" } else { "cells" };
    let message = format!("this row has {cells} {noun}, the heading {columns}");
    Diagnostic::error(Code::CsvLayout, message)
        .help("a cell that holds a comma must stand in double quotes")
}

/// Gives every cell of a record its byte range in the file.
///
/// The CSV library tells where a record begins but not where its cells stand, so the raw bytes are
/// walked once more: a comma outside quotes ends a cell.
pub(super) fn locate(text: &str, record: &csv::StringRecord, bounds: Range<usize>) -> Vec<Text> {
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
