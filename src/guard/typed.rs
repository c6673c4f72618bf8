//! Small numbers of people in chapters and pages and in texts about providers and opportunities.

use std::ops::Range;

use super::fields::fields;
use super::{Bounds, Finding, Rule, counts};
use crate::diagnostics::Severity;
use crate::sources::{Source, SourceId, SourceSet, Span};

/// Data files and folders whose texts are published.
const TEXTS: [&str; 7] = [
    "data/providers/",
    "data/opportunities/",
    "data/site.yaml",
    "data/vocabulary.yaml",
    "data/areas.yaml",
    "data/assumptions.yaml",
    "data/plan.yaml",
];
/// Keys whose values are never published.
const PRIVATE: [&str; 1] = ["notes_internal"];

/// Every typed number of people below the threshold.
pub(super) fn find(sources: &SourceSet, bounds: Bounds) -> Vec<Finding> {
    let severity = if bounds.is_live { Severity::Error } else { Severity::Warning };
    let mut found = Vec::new();
    let mut search = |id: SourceId, source: &Source, part: Range<usize>, is_page: bool| {
        for place in counts::find(&source.text()[part.clone()], is_page, bounds.threshold) {
            let span = Span::new(id, part.start + place.start..part.start + place.end);
            found.push(Finding { rule: Rule::SmallNumber, severity, span });
        }
    };
    for (id, source) in sources.under("content/") {
        let body = body_of(source.text());
        for value in values(&source.text()[..body]) {
            search(id, source, value, false);
        }
        search(id, source, body..source.text().len(), true);
    }
    for (id, source) in TEXTS.iter().flat_map(|path| sources.under(path)) {
        for value in values(source.text()) {
            search(id, source, value, false);
        }
    }
    found
}

/// Values of all fields that may be published.
fn values(text: &str) -> impl Iterator<Item = Range<usize>> {
    fields(text)
        .into_iter()
        .filter(|field| !field.is_comment && !PRIVATE.contains(&&text[field.key.clone()]))
        .map(|field| field.value)
}

/// Where the body of a page begins, behind the block of settings at its top.
fn body_of(text: &str) -> usize {
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let is_mark = line.trim_end() == "---";
        if number == 0 && !is_mark {
            return 0;
        }
        at += line.len();
        if number > 0 && is_mark {
            return at;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_searched_and_notes_are_not() {
        let sources = SourceSet::new([
            Source::new("content/index.md", "---\ntitle: Two people\n---\nThree men\nwere here.\n"),
            Source::new(
                "data/providers/a.yaml",
                "description: >-\n  We help\n  two women.\nnotes_internal: two men\nplaces: 3\n",
            ),
            Source::new("data/placements/a.yaml", "- reason: two people\n"),
        ]);
        let places = |is_live| {
            let found = find(&sources, Bounds { threshold: 5, is_live });
            let place = |f: &Finding| sources.get(f.span.source).text()[f.span.range()].to_owned();
            found.iter().map(|f| (place(f), f.severity)).collect::<Vec<_>>()
        };
        let told: Vec<String> = places(false).into_iter().map(|(place, _)| place).collect();
        assert_eq!(told, ["Two people", "Three men", "two women"]);
        assert!(places(false).iter().all(|(_, severity)| *severity == Severity::Warning));
        assert!(places(true).iter().all(|(_, severity)| *severity == Severity::Error));
    }
}
