//! What a sheet of a workbook may have and a CSV file has not: a title above the names of the
//! columns, hidden rows, merged cells.

use std::ops::Range;

use crate::diagnostics::{Code, Diagnostic};
use crate::sources::{Sheet, Source, SourceId, Span, cells_of};

/// The names of the columns stand in one of the first rows that hold anything.
const LOOKED_AT: usize = 50;

/// Where the row begins that names the columns: the first that names two of them, however they
/// are spelt. A CSV file names them in its first row.
pub(super) fn heading_start(source: &Source, known: &[&str]) -> Option<usize> {
    if source.sheet().is_none() {
        return Some(0);
    }
    let names_two = |line: &str| {
        let is_name = |cell: &Range<usize>| known.contains(&folded(&line[cell.clone()]).as_str());
        cells_of(line).iter().filter(|cell| is_name(cell)).count() > 1
    };
    lines(source.text())
        .filter(|(_, line)| !is_blank(line))
        .take(LOOKED_AT)
        .find(|(_, line)| names_two(line))
        .map(|(start, _)| start)
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

/// Each line with the byte it begins at.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line.trim_end_matches('\n')))
    })
}

fn is_blank(line: &str) -> bool {
    line.bytes().all(|byte| matches!(byte, b',' | b' '))
}

/// Whether a row, by its first byte, has a part in merged cells that hold a value.
pub(super) fn is_merged(source: &Source, row_start: usize) -> bool {
    let Some(sheet) = source.sheet() else {
        return false;
    };
    let row = row_at(source.text(), row_start);
    let areas = || areas_with_value(sheet, source.text());
    !sheet.merged.is_empty() && areas().any(|(rows, _)| rows.contains(&row))
}

fn row_at(text: &str, start: usize) -> u32 {
    text[..start].bytes().filter(|byte| *byte == b'\n').count() as u32 + 1
}

/// Merged rows of more than one cell whose first cell holds a value, with the place of that.
fn areas_with_value<'s>(
    sheet: &'s Sheet,
    text: &'s str,
) -> impl Iterator<Item = (std::ops::RangeInclusive<u32>, Range<usize>)> + 's {
    sheet.merged.iter().filter_map(|(rows, columns)| {
        let is_one = rows.start() == rows.end() && columns.start() == columns.end();
        let (start, line) = lines(text).nth(*rows.start() as usize - 1).filter(|_| !is_one)?;
        let cell = cells_of(line).get(*columns.start() as usize - 1)?.clone();
        let cell = start + cell.start..start + cell.end;
        (!cell.is_empty()).then(|| (rows.clone(), cell))
    })
}

/// What is hidden in a sheet, told as warnings, and what is merged below the heading.
pub(super) fn faults(id: SourceId, source: &Source, heading_start: usize) -> Vec<Diagnostic> {
    let (Some(sheet), text) = (source.sheet(), source.text()) else {
        return Vec::new();
    };
    let heading = row_at(text, heading_start);
    let mut found = Vec::new();
    let mut warn = |at: Range<usize>, what: &str| {
        found.push(
            Diagnostic::warning(Code::HiddenCells, format!("{what}, and read all the same"))
                .at(Span::new(id, at))
                .help("show what is hidden and delete what does not belong to the list"),
        );
    };
    if sheet.is_hidden {
        warn(0..0, "this sheet is hidden");
    }
    let hidden = lines(text).zip(1..).find(|((_, line), row)| {
        *row > heading && !is_blank(line) && sheet.hidden_rows.binary_search(row).is_ok()
    });
    if let Some(((start, line), _)) = hidden {
        warn(start..start + line.len(), "rows are hidden from here on");
    }
    let names = text[heading_start..].lines().next().unwrap_or_default();
    let hidden = cells_of(names).into_iter().zip(1..).find(|(cell, column)| {
        !cell.is_empty() && sheet.hidden_columns.iter().any(|columns| columns.contains(column))
    });
    if let Some((cell, _)) = hidden {
        warn(heading_start + cell.start..heading_start + cell.end, "columns are hidden here");
    }
    for (rows, cell) in areas_with_value(sheet, text).filter(|(rows, _)| *rows.end() > heading) {
        let below = if rows.start() == rows.end() { "beside" } else { "below" };
        found.push(
            Diagnostic::error(Code::CellWithoutValue, "this cell is merged with others")
                .at(Span::new(id, cell))
                .label(format!("the cells {below} it hold nothing"))
                .help("unmerge the cells and write the value into each of them"),
        );
    }
    found
}
