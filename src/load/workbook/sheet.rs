//! One sheet: its cells as the lines of a table, and what is hidden or merged.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::sources::Sheet;

use super::Refused;
use super::book::Book;
use super::value;
use super::xml::{Element, Step, Walk};

/// Longest text of a sheet. Empty cells before a used one take a comma each.
const TEXT_CAP_BYTES: usize = 32 * 1024 * 1024;
/// Rows and columns of the largest sheet that spreadsheets make.
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;

/// Texts of cells by row and column.
type Cells = BTreeMap<(u32, u32), String>;

/// Reads a sheet into its text and what it says beside; marks the shared texts that it uses.
pub(super) fn read(
    part: &str,
    sheet: Sheet,
    book: &Book,
    unused: &mut [bool],
) -> Result<(Sheet, String), Refused> {
    let mut walk = Walk::new(part);
    let mut reading = Reading { sheet, book, unused, cells: Cells::new(), row: 0, column: 0 };
    let mut is_sheet = false;
    loop {
        match walk.step()? {
            Step::Open(element) => match element.name() {
                "worksheet" => is_sheet = true,
                "col" if element.is_set("hidden")? => {
                    let ends = (number(&element, "min")?, number(&element, "max")?);
                    let (Some(first), Some(last)) = ends else {
                        return Err(Refused::Damaged);
                    };
                    reading.sheet.hidden_columns.push(first..=last);
                }
                "row" => reading.begin_row(&element)?,
                "c" => reading.cell(&element, &mut walk)?,
                "mergeCell" => {
                    let area = element.attribute("ref")?.ok_or(Refused::Damaged)?;
                    reading.sheet.merged.push(area_of(&area)?);
                }
                _ => {}
            },
            Step::End if is_sheet => break,
            Step::End => return Err(Refused::Damaged),
            _ => {}
        }
    }
    // They are looked up by halving.
    reading.sheet.hidden_rows.sort_unstable();
    let text = table(&reading.cells)?;
    Ok((reading.sheet, text))
}

/// Reads the notes on the cells of a sheet into a text in which each stands in the place of its
/// cell. They are no part of the list, but may hold what no file of the folder may hold.
pub(super) fn read_notes(parts: &[String]) -> Result<String, Refused> {
    let mut cells = Cells::new();
    for part in parts {
        let mut walk = Walk::new(part);
        loop {
            match walk.step()? {
                Step::Open(element) if matches!(element.name(), "comment" | "threadedComment") => {
                    let cell = cell_of(&element.attribute("ref")?.ok_or(Refused::Damaged)?)?;
                    let text = value::tidy(&walk.text_of(element.name(), "rPh")?);
                    let note: &mut String = cells.entry(cell).or_default();
                    note.push_str(if note.is_empty() { "" } else { " " });
                    note.push_str(&text);
                }
                Step::End => break,
                _ => {}
            }
        }
    }
    table(&cells)
}

struct Reading<'b> {
    sheet: Sheet,
    book: &'b Book,
    unused: &'b mut [bool],
    cells: Cells,
    /// Where the last row and cell were; those that say no place follow.
    row: u32,
    column: u32,
}

impl Reading<'_> {
    fn begin_row(&mut self, element: &Element) -> Result<(), Refused> {
        self.row = match number(element, "r")? {
            Some(row) => row,
            None => self.row + 1,
        };
        self.column = 0;
        if !(1..=ROWS).contains(&self.row) {
            return Err(Refused::Damaged);
        }
        if element.is_set("hidden")? {
            self.sheet.hidden_rows.push(self.row);
        }
        Ok(())
    }

    fn cell(&mut self, element: &Element, walk: &mut Walk) -> Result<(), Refused> {
        let place = match element.attribute("r")? {
            Some(name) => cell_of(&name)?,
            None => (self.row, self.column + 1),
        };
        self.column = place.1;
        if place.1 > COLUMNS {
            return Err(Refused::Damaged);
        }
        let kind = element.attribute("t")?.unwrap_or_default();
        let style = number(element, "s")?.unwrap_or(0) as usize;
        let mut value = None;
        let mut formula = None;
        loop {
            match walk.step()? {
                Step::Open(inner) => match inner.name() {
                    "v" => value = Some(walk.text_of("v", "")?),
                    "is" => value = Some(walk.text_of("is", "rPh")?),
                    "f" => formula = Some(walk.text_of("f", "")?),
                    _ => {}
                },
                Step::Close(name) if name == "c" => break,
                Step::End => return Err(Refused::Damaged),
                _ => {}
            }
        }
        let text = match (value, formula) {
            // A number that a formula was to give; a text may well be empty.
            (Some(value), Some(formula)) if value.is_empty() && kind != "str" => {
                value::tidy(&format!("={formula}"))
            }
            (Some(value), _) => self.shown(&kind, style, value)?,
            // It was never computed; the table refuses what begins like this.
            (None, Some(formula)) => value::tidy(&format!("={formula}")),
            (None, None) => return Ok(()),
        };
        if !text.is_empty() {
            self.cells.insert(place, text);
        }
        Ok(())
    }

    /// The text that a value stands for.
    fn shown(&mut self, kind: &str, style: usize, value: String) -> Result<String, Refused> {
        Ok(match kind {
            "s" => {
                let index: usize = value.trim().parse().map_err(|_| Refused::Damaged)?;
                let text = self.book.texts.get(index).ok_or(Refused::Damaged)?;
                self.unused[index] = false;
                value::tidy(text)
            }
            "str" | "inlineStr" => value::tidy(&value),
            "b" => match value.trim() {
                "1" | "true" => "true".to_owned(),
                "0" | "false" => "false".to_owned(),
                _ => return Err(Refused::Damaged),
            },
            "e" => value::tidy(&value),
            // A day, perhaps with the time of day.
            "d" => value.trim().split('T').next().unwrap_or_default().to_owned(),
            "" | "n" if value.trim().is_empty() => String::new(),
            "" | "n" => {
                let format = self.book.formats.get(style).copied().unwrap_or_default();
                value::number(&value, format, self.book.from_1904).ok_or(Refused::Damaged)?
            }
            _ => return Err(Refused::Damaged),
        })
    }
}

fn number(element: &Element, name: &str) -> Result<Option<u32>, Refused> {
    let value = element.attribute(name)?;
    value.map(|value| value.parse().map_err(|_| Refused::Damaged)).transpose()
}

/// Row and column of a cell such as `E7`.
fn cell_of(name: &str) -> Result<(u32, u32), Refused> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    if !(1..=3).contains(&letters) {
        return Err(Refused::Damaged);
    }
    let column = name
        .bytes()
        .take(letters)
        .fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row: u32 = name[letters..].parse().map_err(|_| Refused::Damaged)?;
    match (1..=ROWS).contains(&row) && column <= COLUMNS {
        true => Ok((row, column)),
        false => Err(Refused::Damaged),
    }
}

/// Rows and columns of an area such as `A2:B4`.
fn area_of(name: &str) -> Result<(RangeInclusive<u32>, RangeInclusive<u32>), Refused> {
    let (first, last) = name.split_once(':').unwrap_or((name, name));
    let (from, to) = (cell_of(first)?, cell_of(last)?);
    Ok((from.0..=to.0, from.1..=to.1))
}

/// The cells as comma-separated lines, one for each row up to the last with a value.
///
/// Rows with values have as many cells as the widest one.
fn table(cells: &Cells) -> Result<String, Refused> {
    let width = cells.keys().map(|(_, column)| *column).max().unwrap_or(0);
    let mut text = String::new();
    // Where the last value stands; none yet in the first row.
    let (mut row, mut column) = (1, 0);
    for ((cell_row, cell_column), value) in cells {
        if row < *cell_row {
            fill_up(&mut text, column, width);
            text.extend(std::iter::repeat_n('\n', (cell_row - row) as usize));
            (row, column) = (*cell_row, 0);
        }
        text.extend(std::iter::repeat_n(',', (cell_column - column.max(1)) as usize));
        column = *cell_column;
        match value.contains([',', '"']) {
            true => {
                text.push('"');
                text.push_str(&value.replace('"', "\"\""));
                text.push('"');
            }
            false => text.push_str(value),
        }
        if text.len() > TEXT_CAP_BYTES {
            return Err(Refused::TooLarge);
        }
    }
    fill_up(&mut text, column, width);
    if !text.is_empty() {
        text.push('\n');
    }
    Ok(text)
}

/// Adds the empty cells behind the last value of a row, if it has one.
fn fill_up(text: &mut String, column: u32, width: u32) {
    if column > 0 {
        text.extend(std::iter::repeat_n(',', (width - column) as usize));
    }
}
