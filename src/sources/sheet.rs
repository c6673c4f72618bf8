//! One sheet of a workbook as text: a table with commas whose lines are the rows of the sheet.

use std::ops::{Range, RangeInclusive};

use super::without_personal_details;

/// What a sheet says beside the texts of its cells. Rows and columns count from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its name in the workbook.
    pub name: String,
    /// Whether the text holds the notes that stand on the cells, in the places of the cells.
    pub holds_notes: bool,
    /// Whether it is no sheet but another part of the workbook, by its name; it holds no cells.
    pub is_part: bool,
    /// Whether the sheet is hidden.
    pub is_hidden: bool,
    /// Rows that are hidden, by a filter or by hand.
    pub hidden_rows: Vec<u32>,
    /// Columns that are hidden.
    pub hidden_columns: Vec<RangeInclusive<u32>>,
    /// Areas that are merged into one cell: rows and columns.
    pub merged: Vec<(RangeInclusive<u32>, RangeInclusive<u32>)>,
}

impl Sheet {
    /// Its name for messages, without details of people.
    pub(super) fn shown_name(&self) -> String {
        without_personal_details(&self.name, "***")
    }
}

/// Where each cell of a line of comma-separated text stands; a comma within quotes ends no cell.
pub fn cells_of(line: &str) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let mut quoted = false;
    let mut start = 0;
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => {
                cells.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    cells.push(start..line.len());
    cells
}

/// The letters of a column: 1 is `A`, 27 is `AA`.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column.max(1);
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

/// The place of some bytes of a sheet: a cell such as `E7`, or `row 7` if it is more than a cell.
/// No bytes at the very beginning stand for the sheet as a whole, which is none of both.
pub(super) fn place(text: &str, bytes: Range<usize>) -> Option<SheetPlace> {
    if bytes == (0..0) {
        return None;
    }
    let start = floor(text, bytes.start);
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    let row = text[..start].bytes().filter(|byte| *byte == b'\n').count() + 1;
    let cells = cells_of(&text[line_start..line_end]);
    let (at, end) = (start - line_start, bytes.end.max(start) - line_start);
    let index = cells.iter().position(|cell| at <= cell.end).unwrap_or(0);
    let column = index + 1;
    let is_one = cells.get(index).is_some_and(|cell| end <= cell.end);
    Some(SheetPlace { row, column, is_one })
}

fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// Row and column in a sheet, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SheetPlace {
    pub(super) row: usize,
    pub(super) column: usize,
    /// Whether a single cell is meant, not the row.
    pub(super) is_one: bool,
}

impl SheetPlace {
    /// `E7`.
    pub(super) fn cell(self) -> String {
        format!("{}{}", column_letters(self.column), self.row)
    }

    /// `cell E7` or `row 7`.
    pub(super) fn words(self) -> String {
        match self.is_one {
            true => format!("cell {}", self.cell()),
            false => format!("row {}", self.row),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_the_spreadsheet() {
        let letters: Vec<String> =
            [1, 5, 26, 27, 52, 703, 16_384].map(column_letters).into_iter().collect();
        assert_eq!(letters, ["A", "E", "Z", "AA", "AZ", "AAA", "XFD"]);
    }

    #[test]
    fn a_place_is_a_cell_or_a_row() {
        let text = "id,home\n\nA1,\"b, c\",7\n";
        let words = |bytes| place(text, bytes).map(SheetPlace::words);
        assert_eq!(words(0..0), None);
        assert_eq!(words(3..7).as_deref(), Some("cell B1"));
        assert_eq!(words(12..18).as_deref(), Some("cell B3"));
        assert_eq!(words(19..20).as_deref(), Some("cell C3"));
        assert_eq!(words(20..20).as_deref(), Some("cell C3"));
        assert_eq!(words(9..20).as_deref(), Some("row 3"));
        assert_eq!(words(900..901).map(|_| ()), Some(()));
    }
}
