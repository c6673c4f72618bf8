//! Places that exceptions name: a line of a file, or a cell of a workbook.

use std::ops::Range;

use super::exceptions::{RawException, fault};
use crate::diagnostics::Diagnostic;
use crate::sources::{Source, SourceId, SourceSet};

/// Bytes of a file or of a sheet.
pub(super) type Place = (SourceId, Range<usize>);

/// What an exception names.
pub(super) struct Named {
    /// The line, or the row of the cell: of the sheet itself and of the notes on it.
    pub(super) places: Vec<Place>,
    /// The same in words.
    pub(super) words: String,
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
        return Some(Named { places: vec![(source_id, bytes)], words, cell: None });
    }
    let name = raw.sheet.as_ref().map(|sheet| sheet.value.trim());
    let is_named =
        |source: &Source| source.sheet().is_some_and(|sheet| Some(sheet.name.trim()) == name);
    let cell = raw.cell.as_ref().map(|cell| cell.value.trim().to_uppercase());
    let row = cell.as_deref().map(|cell| cell.trim_start_matches(|c: char| c.is_ascii_uppercase()));
    let row = row.and_then(|row| row.parse::<usize>().ok());
    // A cell and the note on it are one place.
    let places: Vec<Place> = parts
        .filter(|(_, source)| is_named(source))
        .filter_map(|(id, source)| Some((id, line(source, row?)?)))
        .collect();
    let (false, Some(name), Some(cell)) = (places.is_empty(), name, cell) else {
        let help = "name a sheet and a cell, such as `sheet: MH` and `cell: E7`";
        out.push(fault(id, &raw.file, "this exception does not name a cell of the workbook", help));
        return None;
    };
    let words = format!("sheet \"{name}\", cell {cell}");
    Some(Named { places, words, cell: Some(cell) })
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
