//! Parts of a workbook that no list is read from: properties of the document, texts and caches that
//! a spreadsheet keeps. They are searched for what no file may hold, and nothing else is made of
//! them.

use crate::sources::{Sheet, Source, personal_details};

use super::Refused;
use super::package::Package;
use super::xml::{Step, Walk};

/// Attributes that hold words or values, not the way something looks.
const TELLING: [&str; 8] =
    ["v", "name", "descr", "title", "prompt", "tooltip", "display", "errorTitle"];
/// Elements that end a piece of text within a line; all others end the line.
const WITHIN_LINE: [&str; 5] = ["r", "t", "rPr", "b", "i"];

/// The parts that hold details of people, each as a source behind `first`; `seen` are the texts of
/// parts that are read already, of which only what stands beside the cells is looked at: of the
/// part of the whole workbook all but its sheets, whose names are looked at by themselves.
pub(super) fn read(
    path: &str,
    package: &mut Package,
    seen: &[(String, String)],
    unused_texts: String,
    first: usize,
) -> Result<Vec<Source>, Refused> {
    let mut texts = vec![("xl/sharedStrings.xml".to_owned(), unused_texts)];
    for (name, text) in seen {
        let beyond = match text.split_once("</sheetData>") {
            Some((_, beyond)) => beyond.to_owned(),
            None => without_sheets(text),
        };
        texts.push((name.clone(), words(&beyond)));
    }
    for name in package.unread() {
        match package.part(&name) {
            Ok(Some(text)) => texts.push((name, words(&text))),
            Err(Refused::TooLarge) => return Err(Refused::TooLarge),
            // It is not needed, so it may be of any kind.
            _ => {}
        }
    }
    texts.retain(|(_, text)| !personal_details(text, "").is_empty());
    let sources = texts.into_iter().enumerate().map(|(index, (name, text))| {
        let about = Sheet { name, holds_notes: true, is_part: true, ..Sheet::default() };
        Source::of_sheet(path, first + index, about, text)
    });
    Ok(sources.collect())
}

/// The texts and values of a part, one on each line, as far as it can be read.
fn words(part: &str) -> String {
    let mut walk = Walk::new(part);
    let mut words = String::new();
    while let Ok(step) = walk.step() {
        match step {
            Step::Open(element) => {
                for name in TELLING {
                    if let Ok(Some(value)) = element.attribute(name) {
                        words.push_str(&format!("{value}\n"));
                    }
                }
            }
            Step::Text(text) => words.push_str(&text.replace('\n', " ")),
            Step::Close(name) if !WITHIN_LINE.contains(&name.as_str()) => words.push('\n'),
            Step::Close(_) => {}
            Step::End => break,
        }
    }
    words
}

/// The part of the whole workbook without its list of sheets.
fn without_sheets(text: &str) -> String {
    let around = text.split_once("<sheets>").zip(text.split_once("</sheets>"));
    around.map_or(text.to_owned(), |((before, _), (_, after))| format!("{before}{after}"))
}
