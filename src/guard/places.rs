//! Places that exceptions name: a line of a file, a cell or a sheet of a workbook.

use std::ops::Range;

use super::exceptions::{RawException, fault};
use crate::diagnostics::Diagnostic;
use crate::sources::{Source, SourceId, SourceSet};

/// A place that an exception names.
pub(super) struct Named {
    pub(super) source: SourceId,
    /// The line, or the row of the cell.
    pub(super) bytes: Range<usize>,
    /// The place in words.
    pub(super) words: String,
    /// Whether the name of a sheet is meant.
    pub(super) sheet_name_only: bool,
    /// The cell of a workbook.
    pub(super) cell: Option<String>,
}

/// The place that an exception names; tells if there is no such place.
pub(super) fn named(
    sources: &SourceSet,
    id: SourceId,
    raw: &RawException,
    out: &mut Vec<Diagnostic>,
) -> Option<Named> {
    let file = raw.file.value.trim();
    let mut parts = sources.under(file).filter(|(_, source)| source.site_path() == file).peekable();
    let Some((source_id, source)) = parts.peek().copied() else {
        let help = "write its path from the site folder, such as data/providers/elm.yaml";
        out.push(fault(id, &raw.file, "there is no such file", help));
        return None;
    };
    if source.sheet().is_none() {
        let number = raw.line.as_ref().and_then(|line| line.value.trim().parse::<usize>().ok());
        let bytes = number.and_then(|number| line(source, number));
        let (Some(number), Some(bytes)) = (number, bytes) else {
            let at = raw.line.as_ref().unwrap_or(&raw.file);
            let help = "write the number of a line of that file, such as `line: 12`";
            out.push(fault(id, at, "this exception does not name a line of the file", help));
            return None;
        };
        let words = format!("line {number}");
        return Some(Named { source: source_id, bytes, words, sheet_name_only: false, cell: None });
    }
    let name = raw.sheet.as_ref().map(|sheet| sheet.value.trim());
    let is_named =
        |source: &Source| source.sheet().is_some_and(|sheet| Some(sheet.name.trim()) == name);
    let cell = raw.cell.as_ref().map(|cell| cell.value.trim().to_uppercase());
    let row =
        cell.as_deref().map(|cell| cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()));
    let row = row.map(|row| row.parse::<usize>());
    let mut sheets = parts.filter(|(_, source)| is_named(source));
    let found = match row {
        None => sheets.next().map(|(id, source)| (id, 0..source.text().len())),
        // A cell and its note are told as one place.
        Some(Ok(row)) => sheets.find_map(|(id, source)| Some((id, line(source, row)?))),
        Some(Err(_)) => None,
    };
    let (Some((source, bytes)), Some(name)) = (found, name) else {
        let help = "name a sheet and a cell, such as `sheet: MH` and `cell: E7`";
        out.push(fault(id, &raw.file, "this exception does not name a cell of the workbook", help));
        return None;
    };
    let words = match &cell {
        Some(cell) => format!("sheet \"{name}\", cell {cell}"),
        None => format!("sheet \"{name}\""),
    };
    Some(Named { source, bytes, words, sheet_name_only: cell.is_none(), cell })
}

/// The bytes of a line, counted from 1, with what ends it.
fn line(source: &Source, number: usize) -> Option<Range<usize>> {
    let text = source.text();
    let mut at = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if index + 1 == number {
            return Some(at..at + line.len());
        }
        at += line.len();
    }
    None
}
