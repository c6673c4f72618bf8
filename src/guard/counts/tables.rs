//! Tables in a page: a cell that holds only a small number counts people if its row or its column
//! says so.

use std::ops::Range;

use super::lexicon::{THINGS, is_among, is_many, is_one};
use super::number;

/// A table: its rows of cells as bytes of the text, the heading first.
pub(super) struct Table {
    rows: Vec<Vec<Range<usize>>>,
}

/// All tables of a page: a row, a line of dashes and bars, and the rows below.
pub(super) fn find(text: &str) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut above: Option<(usize, &str)> = None;
    let mut open: Option<Table> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let is_row = line.contains('|');
        let is_rule = is_row
            && line.contains('-')
            && line.trim().chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
        match (&mut open, above) {
            (Some(table), _) if is_row => table.rows.push(cells(line, at)),
            (Some(_), _) => tables.extend(open.take()),
            (None, Some((start, heading))) if is_rule && heading.contains('|') => {
                open = Some(Table { rows: vec![cells(heading, start)] });
            }
            _ => {}
        }
        above = Some((at, line));
        at += line.len();
    }
    tables.extend(open);
    tables
}

/// The cells of a row, without the space around them.
fn cells(line: &str, start: usize) -> Vec<Range<usize>> {
    let trimmed = line.trim();
    let lead = line.len() - line.trim_start().len();
    let inner = trimmed.strip_prefix('|').unwrap_or(trimmed);
    let mut at = start + lead + (trimmed.len() - inner.len());
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut cells = Vec::new();
    for cell in inner.split('|') {
        let front = cell.len() - cell.trim_start().len();
        cells.push(at + front..at + front + cell.trim().len());
        at += cell.len() + 1;
    }
    cells
}

impl Table {
    /// Cells that hold a number of people below the threshold.
    pub(super) fn small_counts(&self, text: &str, threshold: u32) -> Vec<Range<usize>> {
        let Some((heading, rows)) = self.rows.split_first() else {
            return Vec::new();
        };
        let names: Vec<Name> = heading.iter().map(|cell| Name::of(&text[cell.clone()])).collect();
        let name = |column: usize| names.get(column).copied().unwrap_or(Name::Neither);
        let mut found = Vec::new();
        for row in rows {
            let of_row = row.first().map_or(Name::Neither, |cell| Name::of(&text[cell.clone()]));
            for (column, cell) in row.iter().enumerate() {
                let counts_people = match (name(column), of_row) {
                    (Name::People, _) => true,
                    (Name::Neither, Name::People) => column > 0,
                    _ => false,
                };
                let written = text[cell.clone()].trim_matches(['*', '_', ' ']).to_lowercase();
                let is_small = number(&written).is_some_and(|n| (1..threshold).contains(&n));
                if counts_people && is_small {
                    found.push(cell.clone());
                }
            }
        }
        found
    }
}

/// What the name of a row or a column speaks of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    People,
    Other,
    Neither,
}

impl Name {
    fn of(cell: &str) -> Name {
        let lower = cell.to_lowercase();
        let words = || lower.split(|c: char| !c.is_alphanumeric() && c != '-');
        let is_other = |word: &str| {
            is_among(word, THINGS)
                || matches!(word, "age" | "ages" | "cost" | "price" | "rate" | "weekly" | "share")
        };
        if words().any(is_other) || lower.contains(['%', '£', '?']) {
            Name::Other
        } else if words().any(|word| is_many(word) || is_one(word)) {
            Name::People
        } else {
            Name::Neither
        }
    }
}
