//! Workbooks (`.xlsx`) as one source for each sheet: a table whose lines are the rows.
//!
//! The file is read by our own small reader of the parts that matter, because a row of placements
//! must be neither lost nor guessed: it keeps what is hidden or merged, takes formulas at the
//! value they showed and tells those that showed none, and sets aside no more memory than there
//! are bytes, whatever the file claims. Notes on cells are kept apart, and so are other parts that
//! tell of people, to be searched for what no file may hold. Nothing here knows what a placement
//! is.

mod book;
mod package;
mod parts;
mod sheet;
#[cfg(test)]
mod tests;
mod value;
mod xml;

use crate::diagnostics::{Code, Diagnostic};
use crate::sources::{Sheet, Source};

use package::Package;

/// Reads a workbook; `path` is its place in the site folder.
///
/// Every sheet becomes a source, in the order of the workbook, and so do the notes on its cells.
/// What cannot be read is refused whole, with a diagnostic that has no place yet.
pub(super) fn read(path: &str, bytes: &[u8]) -> Result<Vec<Source>, Diagnostic> {
    sheets(path, bytes).map_err(Refused::told)
}

fn sheets(path: &str, bytes: &[u8]) -> Result<Vec<Source>, Refused> {
    let mut package = Package::open(bytes)?;
    if !package.holds("_rels/.rels") {
        return Err(Refused::NoWorkbook);
    }
    let book = book::read(&mut package)?;
    let mut sources = Vec::new();
    let mut seen = vec![book.part.clone()];
    let mut unused = vec![true; book.texts.len()];
    for (index, part) in book.sheets.iter().enumerate() {
        let text = package.part(&part.path)?.ok_or(Refused::Damaged)?;
        let about =
            Sheet { name: part.name.clone(), is_hidden: part.is_hidden, ..Sheet::default() };
        let part_text = text;
        let (about, text) = sheet::read(&part_text, about, &book, &mut unused)?;
        seen.push((part.path.clone(), part_text));
        let notes = sheet::read_notes(&book::notes(&mut package, &part.path)?)?;
        if !notes.is_empty() {
            let about = Sheet { name: part.name.clone(), holds_notes: true, ..Sheet::default() };
            sources.push(Source::of_sheet(path, 2 * index + 1, about, notes));
        }
        sources.push(Source::of_sheet(path, 2 * index, about, text));
    }
    if sources.is_empty() {
        return Err(Refused::NoWorkbook);
    }
    let unused = book.texts.iter().zip(unused).filter(|(_, unused)| *unused);
    let unused: String = unused.map(|(text, _)| format!("{}\n", value::tidy(text))).collect();
    let first = 2 * book.sheets.len();
    sources.extend(parts::read(path, &mut package, &seen, unused, first)?);
    Ok(sources)
}

/// Why a file cannot be read as a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refused {
    /// It is protected with a password.
    Locked,
    /// It is a workbook of the time before 2007, `.xls`.
    OldFormat,
    /// It is a binary workbook, `.xlsb`.
    Binary,
    /// It is something else under the name of a workbook.
    NoWorkbook,
    /// It unpacks to more than any list needs.
    TooLarge,
    /// It is cut off or changed.
    Damaged,
}

impl Refused {
    fn told(self) -> Diagnostic {
        let save_as = "open it in Excel and save it as \"Excel Workbook (.xlsx)\"";
        let (code, message, help) = match self {
            Refused::Locked => (
                Code::UnreadableWorkbook,
                "the workbook is protected with a password",
                "save it without a password: File, Info, Protect Workbook, Encrypt with Password",
            ),
            Refused::OldFormat => (
                Code::UnreadableWorkbook,
                "this is a workbook of the old kind (.xls), whatever its name says",
                save_as,
            ),
            Refused::Binary => {
                (Code::UnreadableWorkbook, "this is a binary workbook (.xlsb)", save_as)
            }
            Refused::NoWorkbook => (
                Code::UnreadableWorkbook,
                "this is no workbook, whatever its name says",
                "save it as \"Excel Workbook (.xlsx)\"; a renamed CSV file gets its name back",
            ),
            Refused::TooLarge => (
                Code::TooLarge,
                "the workbook unpacks to more than any list of placements needs",
                "copy the rows that are used into a new workbook",
            ),
            Refused::Damaged => (
                Code::UnreadableWorkbook,
                "the workbook is damaged or not all there",
                "open it in Excel, let it be repaired, save it again; or copy it here once more",
            ),
        };
        Diagnostic::error(code, message).help(help)
    }
}
