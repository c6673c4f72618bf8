//! Personal details, which no file of a site may hold, and characters that no text may hold.
//!
//! The raw text of `data/` and `content/` is searched, so that comments and rows that cannot be
//! read are searched too. What is found is never quoted.

use std::ops::Range;

use serde::Deserialize;

use crate::diagnostics::{Code, Diagnostic};
use crate::load::table;
use crate::load::yaml::{self, Text};
use crate::sources::{
    Source, SourceId, SourceSet, Span, births, control_characters, insurance_numbers,
    is_named_by_person, nhs_numbers,
};

use super::placement_csv::COLUMNS;

/// Longest accepted pseudonym.
const PSEUDONYM_MAX: usize = 24;

/// A row of placements, of which only the id is looked at.
#[derive(Deserialize)]
struct Row {
    id: Option<Text>,
}

/// Searches every file of data and content for what must not be in it.
pub(super) fn search(sources: &SourceSet, out: &mut Vec<Diagnostic>) {
    for (id, source) in sources.under("content/").chain(sources.under("data/")) {
        for (range, c) in control_characters(source.text(), source.path()) {
            out.push(unseen(Span::new(id, range), c));
        }
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut tell = |ranges: Vec<Range<usize>>, what: &str| {
            for range in ranges {
                out.push(detail(Span::new(id, range.clone()), what));
                found.push(range);
            }
        };
        tell(nhs_numbers(source.text(), source.path()), "an NHS number stands here");
        if source.sheet().is_some_and(|sheet| !nhs_numbers(&sheet.name, "").is_empty()) {
            tell(
                std::iter::once(0..0).collect(),
                "an NHS number is part of the name of this sheet",
            );
        }
        if !source.is_sensitive() {
            continue;
        }
        tell(insurance_numbers(source.text()), "a national insurance number stands here");
        tell(births(source.text()), "a date of birth stands here");
        for text in ids(id, source) {
            let span = text.span(id);
            let told = found
                .iter()
                .any(|range| range.start < span.range().end && span.range().start < range.end);
            if !told && !is_pseudonym(text.value.trim()) {
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

fn detail(span: Span, message: &str) -> Diagnostic {
    Diagnostic::error(Code::PersonalData, message)
        .at(span)
        .label("must not be in this folder")
        .help("remove it, here and from earlier versions of the file; use a pseudonym as id")
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
        true => refuse(key, span),
        false => diagnostic,
    }
}

pub(super) fn refuse(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::PersonalData, format!("`{}` would hold personal details", name.trim()))
        .at(span)
        .label("must not be in this folder")
        .help("remove it, here and from earlier versions of the file; the id is a pseudonym")
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
            Source::new("data/placements/a.csv", "id,x\nJane Smith,1\nA1,QQ123456C\n"),
            Source::new("data/placements/b.yaml", "- id: 9434765919\n  x: dob 01/02/1980\n"),
        ]);
        let mut found = Vec::new();
        search(&sources, &mut found);
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
                "MPS051 data/placements/a.csv:3:4",
                "MPS051 data/placements/a.csv:2:1",
                "MPS051 data/placements/b.yaml:1:7",
                "MPS051 data/placements/b.yaml:2:6",
            ]
        );
    }
}
