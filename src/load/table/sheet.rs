//! What a sheet of a workbook may have and a CSV file has not: a title above the names of the
//! columns, hidden rows, merged cells.

use std::ops::{Range, RangeInclusive};

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

/// The rows that have a part in merged cells with a value, as bytes.
pub(super) fn merged_rows(source: &Source) -> Vec<Range<usize>> {
    let Some(sheet) = source.sheet().filter(|sheet| !sheet.merged.is_empty()) else {
        return Vec::new();
    };
    let starts: Vec<(usize, &str)> = lines(source.text()).collect();
    let start_of =
        |row: u32| starts.get(row as usize - 1).map_or(source.text().len(), |(start, _)| *start);
    areas_with_value(sheet, &starts)
        .map(|(rows, _)| start_of(*rows.start())..start_of(rows.end().saturating_add(1)))
        .collect()
}

/// Merged rows of more than one cell whose first cell holds a value, with the place of that.
fn areas_with_value<'s>(
    sheet: &'s Sheet,
    lines: &'s [(usize, &'s str)],
) -> impl Iterator<Item = (RangeInclusive<u32>, Range<usize>)> + 's {
    sheet.merged.iter().filter_map(|(rows, columns)| {
        let is_one = rows.start() == rows.end() && columns.start() == columns.end();
        let (start, line) = lines.get(*rows.start() as usize - 1).filter(|_| !is_one)?;
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
    let starts: Vec<(usize, &str)> = lines(text).collect();
    let heading = starts.partition_point(|(start, _)| *start <= heading_start) as u32;
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
    let hidden = starts.iter().zip(1..).find(|((_, line), row)| {
        *row > heading && !is_blank(line) && sheet.hidden_rows.binary_search(row).is_ok()
    });
    if let Some(((start, line), _)) = hidden {
        warn(*start..start + line.len(), "rows are hidden from here on");
    }
    let names = text[heading_start..].lines().next().unwrap_or_default();
    let hidden = cells_of(names).into_iter().zip(1..).find(|(cell, column)| {
        !cell.is_empty() && sheet.hidden_columns.iter().any(|columns| columns.contains(column))
    });
    if let Some((cell, _)) = hidden {
        warn(heading_start + cell.start..heading_start + cell.end, "columns are hidden here");
    }
    for (rows, cell) in areas_with_value(sheet, &starts).filter(|(rows, _)| *rows.end() > heading) {
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
