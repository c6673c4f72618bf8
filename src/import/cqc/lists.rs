//! Cells and columns that hold several of the regulator's words.

use super::cells;
use super::layout::Flag;
use super::literal::Literal;
use super::row::Row;
use super::shapes::{Field, Lists};
use super::words::Words;
use crate::import::report::Entry;

impl Row<'_> {
    /// The words of a list, canonical where they are known, each once.
    pub(super) fn list(&mut self, field: Field, words: &Words, flags: &[Flag]) -> Vec<String> {
        let lists = self.rules.layout.shape.lists;
        if lists == Lists::Flags {
            return self.flagged(flags);
        }
        let Some(raw) = self.raw(field).filter(|raw| !raw.trim().is_empty()) else {
            return Vec::new();
        };
        let values: Vec<String> = match lists {
            Lists::Literals => match names_of_literal(raw, words) {
                Some(values) => values,
                None => {
                    self.note(field, "literal-invalid", raw, "");
                    return Vec::new();
                }
            },
            _ => words.split(raw, lists == Lists::Bars).into_iter().map(str::to_owned).collect(),
        };
        let mut kept: Vec<String> = Vec::new();
        for value in values {
            let canonical = match words.canonical(&value) {
                Some(word) => word.to_owned(),
                None => self.unknown_word(field, &value, words),
            };
            match kept.contains(&canonical) {
                true => self.note(field, "list-repeated", &value, &canonical),
                false if canonical.is_empty() => {}
                false => kept.push(canonical),
            }
        }
        kept
    }

    fn unknown_word(&mut self, field: Field, value: &str, words: &Words) -> String {
        let rule = match field {
            Field::Types => "type-unknown",
            _ => "specialism-unknown",
        };
        let near = words.nearest(value).map_or(String::new(), |near| format!("nearest: {near}"));
        self.note(field, rule, value, &near);
        self.take(field, value, cells::text(value)).unwrap_or_default()
    }

    fn flagged(&mut self, flags: &[Flag]) -> Vec<String> {
        let mut words = Vec::new();
        for flag in flags {
            match self.record.get(flag.column).map(str::trim) {
                Some("Y" | "y") => words.push(flag.word.clone()),
                None | Some("" | "N" | "n") => {}
                Some(odd) => {
                    let heading = &self.rules.layout.headings[flag.column];
                    self.findings.push(Entry::new(self.line, heading, "flag-invalid", odd, ""));
                }
            }
        }
        words
    }
}

/// The names in a literal list; the fuller wording of a type stands in `description`.
fn names_of_literal(raw: &str, words: &Words) -> Option<Vec<String>> {
    let list = Literal::read(raw)?;
    let name = |item: &Literal| -> Option<String> {
        let description = item.get("description").and_then(Literal::text);
        let known = description.filter(|text| words.canonical(text).is_some());
        known.or_else(|| item.get("name")?.text()).or(item.text()).map(str::to_owned)
    };
    list.items()?.iter().map(name).collect()
}
