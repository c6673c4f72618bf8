//! The rows of a CSV file: where its heading stands, its date, and each record with its line.

use std::borrow::Cow;

use csv::StringRecord;
use jiff::civil::Date;

use super::Refusal;
use super::dates;
use super::layout::{self, Layout};
use super::words::Words;

/// Rows that are searched for the headings; published files have them in rows 1 to 7.
const HEADING_ROWS: usize = 20;

/// A CSV file whose headings are known.
pub(super) struct Sheet<'a> {
    text: &'a str,
    pub(super) layout: Layout,
    /// The day the file was made, if it or its name says so.
    pub(super) date: Option<Date>,
    /// Line of the headings, from 1.
    pub(super) heading_line: u64,
    /// Records up to and including the headings.
    skipped: usize,
}

impl<'a> Sheet<'a> {
    /// Finds the headings, or says what kind of file this is instead.
    pub(super) fn open(
        file_name: &str,
        text: &'a str,
        types: &Words,
        bands: &Words,
    ) -> Result<Sheet<'a>, Refusal> {
        let mut preamble: Vec<Vec<String>> = Vec::new();
        let mut records = Records::new(text);
        while preamble.len() < HEADING_ROWS && records.advance() {
            let row: Vec<&str> = records.record.iter().collect();
            if let Some(layout) = Layout::recognise(&row, types, bands) {
                let said = preamble.iter().flatten().find_map(|cell| dates::find(cell));
                let date = said.or_else(|| dates::find(file_name));
                let heading_line = records.line;
                return Ok(Sheet { text, layout, date, heading_line, skipped: preamble.len() + 1 });
            }
            preamble.push(row.into_iter().map(str::to_owned).collect());
        }
        match preamble.iter().flatten().any(|cell| !cell.trim().is_empty()) {
            true => Err(layout::not_recognised(&preamble)),
            false => Err(Refusal::new("the file is empty", "download it again")),
        }
    }

    /// The records below the headings.
    pub(super) fn records(&self) -> Records<'a> {
        let mut records = Records::new(self.text);
        for _ in 0..self.skipped {
            records.advance();
        }
        records
    }
}

/// A walk over records that knows the line on which each one begins.
pub(super) struct Records<'a> {
    text: &'a str,
    reader: csv::Reader<&'a [u8]>,
    /// The record that was read last.
    pub(super) record: StringRecord,
    /// Its line in the file, from 1.
    pub(super) line: u64,
    counted: usize,
}

impl<'a> Records<'a> {
    fn new(text: &'a str) -> Records<'a> {
        let mut builder = csv::ReaderBuilder::new();
        builder.has_headers(false).flexible(true);
        Records {
            text,
            reader: builder.from_reader(text.as_bytes()),
            record: StringRecord::new(),
            line: 1,
            counted: 0,
        }
    }

    /// Reads the next record; `false` at the end of the file.
    pub(super) fn advance(&mut self) -> bool {
        if !self.reader.read_record(&mut self.record).unwrap_or(false) {
            return false;
        }
        // The library's own line number is one behind after `\r\n` and after empty lines.
        let bytes = self.text.as_bytes();
        let at = self.record.position().map_or(0, |position| position.byte());
        let mut start = usize::try_from(at).map_or(bytes.len(), |at| at.min(bytes.len()));
        while bytes.get(start).is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
            start += 1;
        }
        let newlines = bytes[self.counted.min(start)..start].iter().filter(|b| **b == b'\n');
        self.line += newlines.count() as u64;
        self.counted = start;
        true
    }

    /// Whether every cell of the record is blank.
    pub(super) fn is_blank(&self) -> bool {
        self.record.iter().all(|cell| cell.trim().is_empty())
    }
}

/// Tells people what to do with files that are not CSV.
pub(super) fn refuse_other_formats(bytes: &[u8]) -> Result<(), Refusal> {
    let (message, hint): (Cow<'_, str>, &str) = match bytes {
        [b'P', b'K', 3, 4, ..] => (
            "this is a zip or spreadsheet file, not CSV".into(),
            "unpack it, or open it in a spreadsheet program and save the sheet of locations as CSV",
        ),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => {
            ("the file is in UTF-16".into(), "save it again as CSV in UTF-8")
        }
        _ if bytes.iter().take(4096).any(|byte| *byte == 0) => {
            ("this is not a text file".into(), "choose the CSV file")
        }
        _ => return Ok(()),
    };
    Err(Refusal::new(message, hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_true_after_line_ends_of_every_kind() {
        let text = "a,b\r\nc,\"d\nd\"\r\n\r\n\r\ne,f\ng,h";
        let mut records = Records::new(text);
        let mut lines = Vec::new();
        while records.advance() {
            lines.push((records.line, records.record[0].to_owned()));
        }
        let found: Vec<_> = lines.iter().map(|(line, cell)| (*line, cell.as_str())).collect();
        assert_eq!(found, [(1, "a"), (2, "c"), (6, "e"), (7, "g")]);
    }

    #[test]
    fn other_formats_are_named() {
        assert!(refuse_other_formats(b"PK\x03\x04..").unwrap_err().hint.contains("save"));
        assert!(refuse_other_formats(b"\xFF\xFEa\0").is_err());
        assert!(refuse_other_formats(b"Name,Postcode").is_ok());
    }
}
