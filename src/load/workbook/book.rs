//! What the whole workbook says: its sheets, shared texts, formats of numbers and kind of dates.

use std::collections::BTreeMap;

use super::Refused;
use super::package::Package;
use super::value::Format;
use super::xml::{Step, Walk};

/// What all sheets share.
pub(super) struct Book {
    /// Path and text of the part that says so.
    pub(super) part: (String, String),
    pub(super) sheets: Vec<SheetPart>,
    pub(super) texts: Vec<String>,
    /// Formats by the number that cells give.
    pub(super) formats: Vec<Format>,
    /// Days are counted from 1904, as old Macintosh versions did.
    pub(super) from_1904: bool,
}

/// A sheet and the part that holds it.
pub(super) struct SheetPart {
    pub(super) name: String,
    pub(super) is_hidden: bool,
    pub(super) path: String,
}

pub(super) fn read(package: &mut Package) -> Result<Book, Refused> {
    let root = relations(package, "", "_rels/.rels")?;
    let main = root.iter().find(|relation| relation.kind == "officeDocument");
    let path = main.map(|relation| relation.target.clone()).ok_or(Refused::NoWorkbook)?;
    if path.ends_with(".bin") {
        return Err(Refused::Binary);
    }
    let Some(text) = package.part(&path)? else {
        return Err(Refused::NoWorkbook);
    };
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let own = relations(package, folder, &joined(folder, &format!("_rels/{name}.rels")))?;
    let (sheets, from_1904) = workbook(&text, &own)?;
    // A part that is named and not there is damage: without formats, days would be numbers.
    let mut part = |kind: &str| match own.iter().find(|relation| relation.kind == kind) {
        Some(relation) => package.part(&relation.target)?.ok_or(Refused::Damaged).map(Some),
        None => Ok(None),
    };
    let texts = part("sharedStrings")?.map_or(Ok(Vec::new()), |text| shared_texts(&text))?;
    let formats = part("styles")?.map_or(Ok(Vec::new()), |text| formats(&text))?;
    Ok(Book { part: (path, text), sheets, texts, formats, from_1904 })
}

/// A part that another part names.
struct Relation {
    id: String,
    /// Last word of its type.
    kind: String,
    target: String,
}

/// The parts of notes on the cells of a sheet, by the path of the sheet: old notes, and comments
/// that can be answered.
pub(super) fn notes(package: &mut Package, sheet: &str) -> Result<Vec<String>, Refused> {
    let (folder, name) = sheet.rsplit_once('/').unwrap_or(("", sheet));
    let path = joined(folder, &format!("_rels/{name}.rels"));
    if !package.holds(&path) {
        return Ok(Vec::new());
    }
    let mut texts = Vec::new();
    for relation in relations(package, folder, &path)? {
        if matches!(relation.kind.as_str(), "comments" | "threadedComment") {
            texts.push(package.part(&relation.target)?.ok_or(Refused::Damaged)?);
        }
    }
    Ok(texts)
}

fn relations(package: &mut Package, folder: &str, path: &str) -> Result<Vec<Relation>, Refused> {
    let text = package.part(path)?.ok_or(Refused::NoWorkbook)?;
    let mut walk = Walk::new(&text);
    let mut found = Vec::new();
    loop {
        match walk.step()? {
            Step::Open(element) if element.name() == "Relationship" => {
                let (Some(id), Some(kind), Some(target)) = (
                    element.attribute("Id")?,
                    element.attribute("Type")?,
                    element.attribute("Target")?,
                ) else {
                    return Err(Refused::Damaged);
                };
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                found.push(Relation { id, kind, target: joined(folder, &target) });
            }
            Step::End => return Ok(found),
            _ => {}
        }
    }
}

/// The path of a part that is named from a folder of the archive.
fn joined(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn workbook(text: &str, relations: &[Relation]) -> Result<(Vec<SheetPart>, bool), Refused> {
    let mut walk = Walk::new(text);
    let mut sheets = Vec::new();
    let mut from_1904 = false;
    loop {
        match walk.step()? {
            Step::Open(element) if element.name() == "workbookPr" => {
                from_1904 = element.is_set("date1904")?;
            }
            Step::Open(element) if element.name() == "sheet" => {
                // `sheetId` has no prefix, so `id` is the relation.
                let (Some(name), Some(id)) = (element.attribute("name")?, element.attribute("id")?)
                else {
                    return Err(Refused::Damaged);
                };
                let state = element.attribute("state")?;
                let relation = relations.iter().find(|relation| relation.id == id);
                let relation = relation.ok_or(Refused::Damaged)?;
                // Sheets that are charts hold no cells.
                if relation.kind == "worksheet" {
                    sheets.push(SheetPart {
                        name: super::value::tidy(&name),
                        is_hidden: state.is_some_and(|state| state != "visible"),
                        path: relation.target.clone(),
                    });
                }
            }
            Step::End => return Ok((sheets, from_1904)),
            _ => {}
        }
    }
}

fn shared_texts(text: &str) -> Result<Vec<String>, Refused> {
    let mut walk = Walk::new(text);
    let mut texts = Vec::new();
    loop {
        match walk.step()? {
            Step::Open(element) if element.name() == "si" => {
                // How a word is spoken, in Japanese, is not part of it.
                texts.push(walk.text_of("si", "rPh")?);
            }
            Step::End => return Ok(texts),
            _ => {}
        }
    }
}

fn formats(text: &str) -> Result<Vec<Format>, Refused> {
    let mut walk = Walk::new(text);
    let mut own: BTreeMap<u32, String> = BTreeMap::new();
    let mut formats = Vec::new();
    let mut is_for_cells = false;
    loop {
        match walk.step()? {
            Step::Open(element) => match element.name() {
                "numFmt" => {
                    let id = element.attribute("numFmtId")?.and_then(|id| id.parse().ok());
                    if let (Some(id), Some(code)) = (id, element.attribute("formatCode")?) {
                        own.insert(id, code);
                    }
                }
                "cellXfs" => is_for_cells = true,
                "xf" if is_for_cells => {
                    let id = element.attribute("numFmtId")?.and_then(|id| id.parse().ok());
                    let id: u32 = id.unwrap_or(0);
                    formats.push(own.get(&id).map_or(Format::known(id), |code| Format::of(code)));
                }
                _ => {}
            },
            Step::Close(name) if name == "cellXfs" => is_for_cells = false,
            Step::End => return Ok(formats),
            _ => {}
        }
    }
}
