//! The only reader of a site folder: every file is read once, capped, checked to be text.
//!
//! Nothing is skipped in silence. A file that no part of the program would use is a diagnostic,
//! because a provider saved under a wrong name must not simply be missing from the site.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::layout::{self, Role};
use super::workbook;
use crate::diagnostics::{Code, Diagnostic, Failure, Outcome};
use crate::sources::{Source, SourceSet, Span, without_personal_details};

/// Reads `data/`, `content/` and `themes/` of a site folder.
///
/// `placements` names a folder outside the site that takes the place of `data/placements/`.
/// Fails only when the folder itself cannot be read; trouble with single files is a diagnostic.
pub fn read_site(root: &Path, placements: Option<&Path>) -> Result<Outcome<SourceSet>, Failure> {
    if !root.join("data").is_dir() {
        return Err(Failure::new(
            format!("`{}` is not a site folder: it has no `data` folder", root.display()),
            "go to your site folder, or name it with --site DIR; `placewise new DIR` makes one",
        ));
    }
    let mut found = Vec::new();
    let mut unread = Vec::new();
    for folder in ["content", "data", "themes"] {
        if root.join(folder).is_dir() {
            unread.extend(walk(&root.join(folder), folder, None, &mut found)?);
        }
    }
    if let Some(outside) = placements {
        found.retain(|file| !file.path.starts_with("data/placements"));
        unread.extend(walk(outside, "data/placements", Some(outside), &mut found)?);
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    let read: Vec<Vec<Readable>> =
        found.into_par_iter().map(read_file).collect::<Result<_, _>>()?;
    let mut read: Vec<Readable> = read.into_iter().flatten().collect();
    read.sort_by(|(a, _), (b, _)| a.path().cmp(b.path()));
    let (files, faults): (Vec<Source>, Vec<Option<Diagnostic>>) = read.into_iter().unzip();
    let sources = SourceSet::new(files);
    // They were sorted by path, so the number of a source is its place in this list.
    let placed = sources
        .iter()
        .zip(faults)
        .filter_map(|((id, source), fault)| {
            // An unread file holds what could be read: nothing, or all up to the fault.
            let end = source.text().len();
            Some(fault?.at(Span::new(id, end..end)))
        })
        .collect::<Vec<Diagnostic>>();
    let names = unread.iter().map(|name| fault_of_name(name));
    let diagnostics = names.chain(placed).collect();
    Ok(Outcome::new(sources, diagnostics))
}

/// Reads a file that is to be imported, whatever its encoding.
pub fn read_bytes(file: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(file).map_err(|error| {
        Failure::new(
            format!("cannot read `{}`: {error}", file.display()),
            "check the name of the file and whether you may read it",
        )
    })
}

/// Reads a text file if it is there.
pub fn read_if_there(file: &Path) -> Result<Option<String>, Failure> {
    if fs::metadata(file).is_ok_and(|found| !found.is_file()) {
        // Reading a pipe may never end.
        return Err(Failure::new(
            format!("`{}` is not a file", file.display()),
            "it must be a UTF-8 text file, not a folder, pipe or device",
        ));
    }
    match fs::read_to_string(file) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::new(
            format!("cannot read `{}`: {error}", file.display()),
            "it must be a UTF-8 text file that you may read",
        )),
    }
}

/// Reads all YAML files of a folder, by path inside the site folder; none if it is not there.
pub fn read_providers(root: &Path) -> Result<Vec<(String, String)>, Failure> {
    let folder = root.join("data/providers");
    let mut found = Vec::new();
    if folder.is_dir() {
        walk(&folder, "data/providers", None, &mut found)?;
    }
    found
        .into_par_iter()
        .filter(|file| file.path.ends_with(".yaml") && file.kind == Kind::Plain)
        .map(|file| {
            let text = read_if_there(&file.file)?.unwrap_or_default();
            Ok((file.path, text))
        })
        .collect()
}

/// Whether a folder has nothing in it, or does not exist.
pub fn is_vacant(folder: &Path) -> bool {
    match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    }
}

/// A file that was found: where it is, and what the site folder calls it.
struct Found {
    file: PathBuf,
    path: String,
    shown: Option<String>,
    kind: Kind,
}

/// What a name in a folder stands for, other than a folder.
#[derive(PartialEq, Eq)]
enum Kind {
    Plain,
    Link,
    /// A pipe, a socket or a device: reading it may never end.
    Special,
}

/// Finds the files of a folder; gives the names that tell of people and are of nothing that is
/// read: notes, what editors leave, empty folders.
fn walk(
    folder: &Path,
    name: &str,
    outside: Option<&Path>,
    found: &mut Vec<Found>,
) -> Result<Vec<String>, Failure> {
    let mut unread = Vec::new();
    let name_of = |entry: &DirEntry| {
        let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
        format!("{name}/{}", parts.join("/"))
    };
    let entries = WalkDir::new(folder).follow_links(false).sort_by_file_name().into_iter();
    let mut litter = Vec::new();
    let entries = entries.filter_entry(|entry| {
        let is_read = entry.depth() == 0 || !is_litter(entry);
        if !is_read {
            litter.push(entry.path().to_owned());
        }
        is_read
    });
    for entry in entries {
        let entry = entry.map_err(|error| {
            Failure::new(format!("cannot read `{}`: {error}", folder.display()), "check the folder")
        })?;
        let kind = match entry.file_type() {
            folder if folder.is_dir() => {
                unread.push(name_of(&entry));
                continue;
            }
            file if file.is_file() => Kind::Plain,
            link if link.is_symlink() => Kind::Link,
            _ => Kind::Special,
        };
        found.push(Found {
            path: name_of(&entry),
            shown: outside.map(|_| entry.path().display().to_string()),
            kind,
            file: entry.into_path(),
        });
    }
    // Names within a folder of notes are as public as others.
    for path in litter {
        unread.extend(WalkDir::new(path).into_iter().flatten().map(|entry| name_of(&entry)));
    }
    unread.retain(|path| {
        // A folder with files is told at the first of these.
        let has_files = || found.iter().any(|file| file.path.starts_with(&format!("{path}/")));
        without_personal_details(path, "***") != *path && !has_files()
    });
    Ok(unread)
}

/// What is wrong with the name of a file or folder that is not read and tells of a person.
fn fault_of_name(name: &str) -> Diagnostic {
    let shown = without_personal_details(name, "***");
    Diagnostic::error(Code::PersonalData, format!("the name of `{shown}` tells of a single person"))
        .help("rename it or take it away, here and in earlier versions")
}

/// Hidden files, notes that begin with an underscore, and what editors leave lying about.
pub fn is_litter_name(name: &str) -> bool {
    name.starts_with(['.', '_', '#'])
        || name.ends_with(['~', '#'])
        || name.ends_with(".swp")
        || name.ends_with(".tmp")
        // Stands beside a document that is open in Excel or Word.
        || name.starts_with("~$")
        || name == "4913"
        || name == "Thumbs.db"
}

fn is_litter(entry: &DirEntry) -> bool {
    is_litter_name(&entry.file_name().to_string_lossy())
}

/// What is wrong with anything but a plain file; to be asked before it is opened.
fn not_plain(kind: &Kind) -> Option<Diagnostic> {
    let fault = |text, help| Some(Diagnostic::error(Code::UnexpectedFile, text).help(help));
    match kind {
        Kind::Plain => None,
        Kind::Link => {
            fault("links to other files are not followed", "copy the file into the site folder")
        }
        Kind::Special => fault(
            "this is no file, but a pipe, a socket or a device",
            "take it away, or put a plain file in its place",
        ),
    }
}

/// A source, and what is wrong with its file.
type Readable = (Source, Option<Diagnostic>);

/// Reads a file into its sources: one, or one for each sheet of a workbook.
fn read_file(found: Found) -> Result<Vec<Readable>, Failure> {
    let shown = |source: Source| match &found.shown {
        Some(shown) => source.shown_as(shown.clone()),
        None => source,
    };
    let source = |text: String| shown(Source::new(found.path.clone(), text));
    let refused = |fault| Ok(vec![(source(String::new()).unread(), Some(fault))]);
    let role = layout::role(&found.path);
    let is_workbook = matches!(role, Role::Workbook { .. });
    let cap = match role {
        Role::Unexpected { help } => {
            let fault =
                Diagnostic::error(Code::UnexpectedFile, "nothing reads this file").help(help);
            return refused(fault);
        }
        Role::NotYet => {
            let fault = Diagnostic::warning(
                Code::FileNotUsedYet,
                "this version of Placewise does not use this file yet",
            )
            .help("nothing on the site comes from it; take it out if this warning is in the way");
            return refused(fault);
        }
        Role::Read { cap_bytes } | Role::Workbook { cap_bytes } => cap_bytes,
    };
    if let Some(fault) = not_plain(&found.kind) {
        return refused(fault);
    }
    let unreadable = |error: std::io::Error| {
        Failure::new(format!("cannot read `{}`: {error}", found.file.display()), "check the file")
    };
    if fs::metadata(&found.file).map_err(unreadable)?.len() > cap {
        let fault = Diagnostic::error(
            Code::TooLarge,
            format!("the file is larger than {} MB", cap / (1024 * 1024)),
        )
        .help("make it smaller, or split it into several files");
        return refused(fault);
    }
    let bytes = fs::read(&found.file).map_err(unreadable)?;
    if is_workbook {
        return match workbook::read(&found.path, &bytes) {
            Ok(sheets) => Ok(sheets.into_iter().map(|sheet| (shown(sheet), None)).collect()),
            Err(fault) => refused(fault),
        };
    }
    Ok(vec![match decoded(bytes) {
        Ok(text) => (source(text), None),
        Err(start) => {
            let fault = Diagnostic::error(Code::NotText, "the file is not UTF-8 text")
                .label("here stands a byte that is not")
                .help("save it as UTF-8; in Excel choose \"CSV UTF-8\"");
            (source(start).unread(), Some(fault))
        }
    }])
}

/// The text of a file, or what stands before its first wrong byte, to show where that is.
fn decoded(bytes: Vec<u8>) -> Result<String, String> {
    match String::from_utf8(bytes) {
        // A byte order mark would shift every place by three bytes.
        Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
        Err(error) => {
            let length = error.utf8_error().valid_up_to();
            let mut bytes = error.into_bytes();
            bytes.truncate(length);
            Err(String::from_utf8(bytes).unwrap_or_default())
        }
    }
}
