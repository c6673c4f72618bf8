//! Ids that are no pseudonyms, and characters that no text may hold.
//!
//! Other details of people are for `guard`, which searches every file as it stands.

use serde::Deserialize;

use crate::diagnostics::{Code, Diagnostic};
use crate::guard;
use crate::load::table;
use crate::load::yaml::{self, Text};
use crate::sources::{Source, SourceId, SourceSet, Span, control_characters, is_named_by_person};

use super::placement_csv::COLUMNS;

/// Longest accepted pseudonym.
const PSEUDONYM_MAX: usize = 24;

/// A row of placements, of which only the id is looked at.
#[derive(Deserialize)]
struct Row {
    id: Option<Text>,
}

/// Searches data and content for characters that cannot be seen, and lists of people for ids that
/// are no pseudonyms. `found` is what the guard has told.
pub(super) fn search(sources: &SourceSet, found: &[Diagnostic], out: &mut Vec<Diagnostic>) {
    let mut told: Vec<Span> = found
        .iter()
        .filter(|fault| fault.code == Code::PersonalData)
        .filter_map(|fault| fault.span)
        .collect();
    told.sort_unstable();
    for (id, source) in sources.under("content/").chain(sources.under("data/")) {
        for (range, c) in control_characters(source.text(), source.path()) {
            out.push(unseen(Span::new(id, range), c));
        }
        if !source.is_sensitive() {
            continue;
        }
        for text in ids(id, source) {
            let span = text.span(id);
            if !is_told(&told, span) && !is_pseudonym(text.value.trim()) {
                out.push(
                    Diagnostic::error(Code::PersonalData, "this id is not a pseudonym")
                        .at(span)
                        .label("may tell who it is")
                        .help("use a pseudonym such as AV-0041"),
                );
            }
        }
    }
}

/// Whether a place has a part in one of those that are told already, which are in order.
fn is_told(told: &[Span], place: Span) -> bool {
    let beyond = told.partition_point(|span| (span.source, span.start) < (place.source, place.end));
    let last = told[..beyond].last();
    last.is_some_and(|span| span.source == place.source && place.start < span.end)
}

/// Ids of the rows of a file of placements or of residents, as far as it can be read.
fn ids(id: SourceId, source: &Source) -> Vec<Text> {
    if !source.is_read() {
        return Vec::new();
    }
    if source.path().starts_with("data/resident_lists/") {
        let (rows, _) = table::read(id, source, &["pseudonym"], &[]);
        return rows.into_iter().filter_map(|mut row| row.take("pseudonym")).collect();
    }
    let is_note = source.sheet().is_some_and(|sheet| sheet.holds_notes);
    if !source.path().starts_with("data/placements") || is_note {
        return Vec::new();
    }
    if source.is_table() {
        let (rows, _) = table::read(id, source, &COLUMNS, &[]);
        return rows.into_iter().filter_map(|mut row| row.take("id")).collect();
    }
    let rows: Vec<Row> = yaml::parse(id, source).unwrap_or_default();
    rows.into_iter().filter_map(|row| row.id).collect()
}

/// Letters, digits and single separators, beginning with a letter, with a digit, and short.
fn is_pseudonym(id: &str) -> bool {
    let parts_are_words = id
        .split(['-', '_', '/'])
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    parts_are_words
        && id.len() <= PSEUDONYM_MAX
        && id.starts_with(|c: char| c.is_ascii_alphabetic())
        && id.bytes().any(|byte| byte.is_ascii_digit())
}

fn unseen(span: Span, c: char) -> Diagnostic {
    let message = format!("the character U+{:04X} does not belong in a text", u32::from(c));
    Diagnostic::error(Code::MalformedText, message)
        .at(span)
        .label("cannot be seen")
        .help("remove it; it often comes from copying out of another program")
}

/// An unknown key that names personal details is not a slip of the keyboard.
pub(super) fn misread(id: SourceId, source: &Source, diagnostic: Diagnostic) -> Diagnostic {
    let span = diagnostic.span.unwrap_or(Span::start_of(id));
    let key = source.text().get(span.range()).unwrap_or_default();
    match diagnostic.code == Code::UnknownKey && is_named_by_person(key) {
        true => guard::refuse(key, span),
        false => diagnostic,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pseudonyms_are_short_words_with_a_digit() {
        for id in ["AV-0041", "R1", "MH-1", "MH/2026_7", "a1"] {
            assert!(is_pseudonym(id), "{id}");
        }
        let long = "A1".repeat(13);
        for id in ["", "9434765919", "Jane Smith 01/02/1980", "Jane-Smith", "A--1", "A1-", &long] {
            assert!(!is_pseudonym(id), "{id}");
        }
    }

    #[test]
    fn every_file_is_searched_and_every_place_is_told() {
        let sources = SourceSet::new([
            Source::new("content/index.md", "a\nask 943 476 5919\n"),
            Source::new("data/areas.yaml", "name: \"a\\u0007\" # \u{202e}\n"),
            Source::new("data/placements/a.csv", "id,x\nJane Smith,1\nA1,AB123456C\n"),
            Source::new("data/placements/b.yaml", "- id: 9434765919\n  x: dob 01/02/1980\n"),
        ]);
        let bounds = guard::Bounds { threshold: 5, is_live: false };
        let mut found = guard::search(&sources, bounds).diagnostics;
        let guarded = found.clone();
        search(&sources, &guarded, &mut found);
        crate::diagnostics::sort(&mut found);
        let told: Vec<String> = found
            .iter()
            .map(|fault| {
                let span = fault.span.unwrap();
                let (at, file) = (sources.position(span), sources.get(span.source).path());
                format!("{} {file}:{}:{}", fault.code.id(), at.line, at.column)
            })
            .collect();
        assert_eq!(
            told,
            [
                "MPS051 content/index.md:2:5",
                "MPS028 data/areas.yaml:1:9",
                "MPS028 data/areas.yaml:1:19",
                "MPS051 data/placements/a.csv:2:1",
                "MPS051 data/placements/a.csv:3:4",
                "MPS051 data/placements/b.yaml:1:7",
                "MPS051 data/placements/b.yaml:2:6",
            ]
        );
    }
}
