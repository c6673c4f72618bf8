//! Headings of a text: stable ids, and an order without gaps.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic};
use crate::sources::Span;

/// A heading of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its id on the page.
    pub id: String,
    /// Its words.
    pub label: String,
    /// Its level, from 2.
    pub level: u8,
}

/// Collects the headings of one text.
#[derive(Debug, Default)]
pub(super) struct Headings {
    pub(super) found: Vec<Heading>,
    used: BTreeMap<String, u32>,
}

impl Headings {
    /// Adds a heading and gives its id: its words as a slug, with a number when used before.
    pub(super) fn add(&mut self, label: &str, level: u8) -> String {
        let slug = slug(label);
        let count = self.used.entry(slug.clone()).or_default();
        *count += 1;
        let id = if *count == 1 { slug } else { format!("{slug}-{count}") };
        self.found.push(Heading { id: id.clone(), label: label.to_owned(), level });
        id
    }

    /// Whether a heading of this level may follow the ones before it.
    pub(super) fn check(&self, level: u8, span: Span) -> Option<Diagnostic> {
        let before = self.found.last().map_or(1, |heading| heading.level);
        if level == 1 {
            return Some(
                Diagnostic::error(Code::HeadingOrder, "the first level is the title of the page")
                    .at(span)
                    .help("begin headings with ##"),
            );
        }
        (level > before + 1).then(|| {
            Diagnostic::error(Code::HeadingOrder, "this heading skips a level")
                .at(span)
                .help(format!("begin it with {}", "#".repeat(usize::from(before) + 1)))
        })
    }
}

fn slug(label: &str) -> String {
    let mut slug = String::new();
    for c in label.chars().flat_map(char::to_lowercase) {
        match c {
            '\'' | '’' => {}
            c if c.is_alphanumeric() => slug.push(c),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    let slug = slug.trim_end_matches('-');
    // A prefix keeps author ids apart from the ids of the theme and from names that scripts use.
    if slug.is_empty() { "section".to_owned() } else { format!("s-{slug}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_stable() {
        let mut headings = Headings::default();
        assert_eq!(headings.add("What we'd like", 2), "s-what-wed-like");
        assert_eq!(headings.add("What we'd like", 2), "s-what-wed-like-2");
        assert_eq!(headings.add("***", 2), "section");
    }
}
