//! Provider files that are already there: whose they are, and how a new reading goes into them.

use std::ops::Range;

use serde::Deserialize;

use super::Refusal;
use super::outline::Outline;
use super::register::{Lines, quoted, same_facts};
use crate::load::yaml;
use crate::sources::{Source, SourceId};

/// A provider file of the site folder.
#[derive(Clone, Copy, Debug)]
pub struct Existing<'a> {
    /// Path inside the site folder.
    pub path: &'a str,
    /// The whole text.
    pub text: &'a str,
}

#[derive(Deserialize)]
struct RawFile {
    id: String,
    identifiers: Option<RawIdentifiers>,
    register: Option<RawBlock>,
    services: Option<Vec<RawService>>,
}

#[derive(Deserialize)]
struct RawIdentifiers {
    #[serde(rename = "cqc-provider")]
    cqc_provider: Option<String>,
}

#[derive(Deserialize)]
struct RawService {
    id: String,
    regulated: Option<RawRegulated>,
    register: Option<RawBlock>,
}

#[derive(Deserialize)]
struct RawRegulated {
    #[serde(rename = "cqc-location")]
    cqc_location: Option<String>,
}

#[derive(Deserialize)]
struct RawBlock {
    provider: Option<String>,
    location: Option<String>,
    rating: Option<RawRating>,
    dormant: Option<bool>,
}

#[derive(Deserialize)]
struct RawRating {
    rating: Option<String>,
}

/// A provider file, read as far as an importer needs.
pub(super) struct ProviderFile<'a> {
    pub(super) path: &'a str,
    pub(super) text: &'a str,
    /// Id of the record.
    pub(super) id: String,
    /// Provider id on the register, if the file names one.
    pub(super) provider: Option<String>,
    pub(super) services: Vec<KnownService>,
    /// Nothing if its form cannot be edited with certainty.
    outline: Option<Outline>,
    /// Byte at which each line begins, and the end of the text.
    line_starts: Vec<usize>,
}

/// A service of a provider file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KnownService {
    pub(super) id: String,
    /// Location id on the register, if the file names one.
    pub(super) location: Option<String>,
    /// Rating of the last import.
    pub(super) rating: Option<String>,
    pub(super) dormant: Option<bool>,
}

impl<'a> ProviderFile<'a> {
    /// Reads a file; one that cannot be read stops the import, which might double its services.
    pub(super) fn read(file: &Existing<'a>) -> Result<ProviderFile<'a>, Refusal> {
        let source = Source::new(file.path, "");
        let raw: RawFile = yaml::parse_block(SourceId(0), &source, file.text).map_err(|fault| {
            let message = format!("`{}` cannot be read: {}", file.path, fault.message);
            Refusal::new(message, "run `placewise check`, mend the file, and import again")
        })?;
        let block = raw.register.and_then(|block| block.provider);
        let provider = raw.identifiers.and_then(|numbers| numbers.cqc_provider).or(block);
        let services: Vec<KnownService> =
            raw.services.into_iter().flatten().map(KnownService::from).collect();
        let outline = Outline::of(file.text);
        Ok(ProviderFile {
            path: file.path,
            text: file.text,
            id: raw.id,
            provider: provider.filter(|id| !id.trim().is_empty()),
            outline: outline.filter(|outline| outline.services.len() == services.len()),
            services,
            line_starts: line_starts(file.text),
        })
    }

    /// Whether new readings can be written into the file.
    pub(super) fn is_editable(&self) -> bool {
        self.outline.is_some()
    }

    /// Line of a service, from 1; 0 if the file cannot be followed.
    pub(super) fn line_of(&self, service: usize) -> u64 {
        let outline = self.outline.as_ref();
        outline.map_or(0, |outline| outline.services[service].start as u64 + 1)
    }

    /// Whether the register block of a service states these facts already.
    pub(super) fn states(&self, service: usize, block: &Lines) -> bool {
        let written = self.outline.as_ref().and_then(|o| o.services[service].register.clone());
        written.is_some_and(|lines| same_facts(self.cut(lines), &block.render(0, "\n")))
    }

    /// The text with new readings in place, or nothing if that would change anything else.
    pub(super) fn edited(&self, edits: &Edits) -> Option<String> {
        let outline = self.outline.as_ref()?;
        let head = edits.head.iter().map(|block| (&outline.head, block));
        let services =
            edits.services.iter().map(|(index, block)| (&outline.services[*index], block));
        let mut changes: Vec<(Range<usize>, String)> = head
            .chain(services)
            .map(|(place, block)| {
                let lines = place.register.clone().unwrap_or(place.insert_at..place.insert_at);
                (lines, block.render(place.indent, outline.newline))
            })
            .collect();
        if !edits.append.is_empty() {
            let append = &outline.append;
            let mut text = String::new();
            if append.key_missing {
                text = format!("services:{}", outline.newline);
            }
            for service in &edits.append {
                service.render_into(&mut text, append.dash, outline.newline);
            }
            if let Some(line) = append.empty_list {
                let kept = self.cut(line..line + 1).replacen("[]", "", 1);
                let kept = format!("{}{}", kept.trim_end(), outline.newline);
                changes.push((line..line + 1, kept));
            }
            changes.push((append.at..append.at, text));
        }
        // Stable: a block for the last service goes before services behind it.
        changes.sort_by_key(|(lines, _)| (lines.start, lines.end));
        let text = splice(self.text, &changes, outline.newline);
        (text == self.text || self.survives(&text, edits)).then_some(text)
    }

    /// Checks a new text: it reads, and holds the old services and the new ones, in order.
    fn survives(&self, text: &str, edits: &Edits) -> bool {
        let Ok(after) = ProviderFile::read(&Existing { path: self.path, text }) else {
            return false;
        };
        let ids = |services: &[KnownService]| -> Vec<String> {
            services.iter().map(|service| service.id.clone()).collect()
        };
        let mut expected = ids(&self.services);
        expected.extend(edits.append.iter().map(|service| service.id.clone()));
        after.is_editable() && after.id == self.id && ids(&after.services) == expected
    }

    fn cut(&self, lines: Range<usize>) -> &str {
        &self.text[self.line_starts[lines.start]..self.line_starts[lines.end]]
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    let mut end = 0;
    let ends = text.split_inclusive('\n').map(|line| {
        end += line.len();
        end
    });
    std::iter::once(0).chain(ends).collect()
}

impl From<RawService> for KnownService {
    fn from(raw: RawService) -> KnownService {
        let (location, rating, dormant) = match raw.register {
            Some(block) => (block.location, block.rating.and_then(|r| r.rating), block.dormant),
            None => (None, None, None),
        };
        let regulated = raw.regulated.and_then(|numbers| numbers.cqc_location);
        KnownService { id: raw.id, location: regulated.or(location), rating, dormant }
    }
}

/// New readings for one file.
#[derive(Default)]
pub(super) struct Edits {
    /// Block of the provider.
    pub(super) head: Option<Lines>,
    /// Blocks of services, by their place in the file.
    pub(super) services: Vec<(usize, Lines)>,
    /// Services that the file lacks.
    pub(super) append: Vec<NewService>,
}

/// A service that no file has yet.
pub(super) struct NewService {
    pub(super) id: String,
    pub(super) location: String,
    pub(super) block: Lines,
}

impl NewService {
    /// Adds it to a text as an item of a list whose dashes stand in a column.
    pub(super) fn render_into(&self, text: &mut String, dash: usize, newline: &str) {
        let pad = " ".repeat(dash);
        text.push_str(&format!("{pad}- id: {}{newline}", quoted(&self.id)));
        text.push_str(&format!("{pad}  regulated:{newline}"));
        text.push_str(&format!("{pad}    cqc-location: {}{newline}", quoted(&self.location)));
        self.block.render_into(text, dash + 2, newline);
    }
}

/// Puts new lines in the place of old ones; the changes are in order and do not overlap.
fn splice(text: &str, changes: &[(Range<usize>, String)], newline: &str) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut out = String::with_capacity(text.len() + 1024);
    let mut next = 0;
    for (range, new) in changes {
        out.extend(lines[next..range.start].iter().copied());
        if !out.is_empty() && !out.ends_with('\n') {
            out.push_str(newline);
        }
        out.push_str(new);
        next = range.end.max(next);
    }
    out.extend(lines[next..].iter().copied());
    // A last block without a line end keeps that habit, or importing twice would change a byte.
    let replaced_last = changes.last().is_some_and(|(r, _)| r.end == lines.len() && !r.is_empty());
    if replaced_last && !text.ends_with('\n') {
        out.truncate(out.len() - newline.len());
    }
    out
}
