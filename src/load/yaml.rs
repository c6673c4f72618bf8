//! YAML with a place for every value, and parser errors in words for people.
//!
//! Options are stricter than the library's own: no aliases, no duplicate keys, leading zeros and
//! underscores kept as text. Scalars of records are read as text ([`Text`]) and checked later, so
//! that one run finds every wrong number in a file and not only the first.

use std::ops::Range;

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_yaml::{Error, Location, Options, Spanned};

use crate::diagnostics::{Code, Diagnostic, did_you_mean, listing};
use crate::sources::{Source, SourceId, Span};

/// A value and the bytes of its file that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    start: u32,
    end: u32,
}

/// Any single YAML value, as its text.
pub type Text = Located<String>;

impl<T> Located<T> {
    /// Puts a value at a byte range.
    pub fn new(value: T, range: Range<usize>) -> Located<T> {
        Located {
            value,
            start: range.start as u32,
            end: range.end as u32,
        }
    }

    /// The place as a span of this file.
    pub fn span(&self, source: SourceId) -> Span {
        Span {
            source,
            start: self.start,
            end: self.end,
        }
    }

    /// The same place with another value.
    pub fn with<U>(&self, value: U) -> Located<U> {
        Located {
            value,
            start: self.start,
            end: self.end,
        }
    }

    /// Moves the place by a number of bytes, for text cut out of a larger file.
    fn byte_range(location: Location) -> (u32, u32) {
        let span = location.span();
        let start = span.byte_offset().unwrap_or(0) as u32;
        (start, start + span.byte_len().unwrap_or(0) as u32)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Located<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<T>::deserialize(deserializer)?;
        let (start, end) = Self::byte_range(spanned.referenced);
        Ok(Located {
            value: spanned.value,
            start,
            end,
        })
    }
}

/// Parses a whole file into a record type. A wrong shape ends it at its first fault.
pub fn parse<T: DeserializeOwned>(id: SourceId, source: &Source) -> Result<T, Box<Diagnostic>> {
    parse_block(id, source, source.text())
}

/// Parses the first bytes of a file, such as the front matter of a page; places stay true.
pub fn parse_block<T: DeserializeOwned>(
    id: SourceId,
    source: &Source,
    block: &str,
) -> Result<T, Box<Diagnostic>> {
    serde_yaml::from_str_with_options(block, options())
        .map_err(|error| Box::new(explain(id, source, block, error.without_snippet())))
}

/// Writes a value as YAML; used by importers only.
pub fn to_string<T: serde::Serialize>(value: &T) -> Result<String, String> {
    serde_yaml::to_string(value).map_err(|error| error.to_string())
}

fn options() -> Options {
    let mut options = Options::default();
    options.strict_booleans = true;
    options.leading_zero_numbers_as_strings = true;
    options.underscored_numbers_as_strings = true;
    options.duplicate_keys = serde_yaml::options::DuplicateKeyPolicy::Error;
    options.merge_keys = serde_yaml::options::MergeKeyPolicy::Error;
    options.with_snippet = false;
    let mut budget = serde_yaml::budget::Budget::default();
    budget.max_anchors = 0;
    budget.max_aliases = 0;
    budget.max_depth = 64;
    budget.max_nodes = 5_000_000;
    budget.max_events = 20_000_000;
    options.budget = Some(budget);
    options
}

fn explain(id: SourceId, source: &Source, block: &str, error: &Error) -> Diagnostic {
    let location = error.location().unwrap_or(Location::UNKNOWN);
    let range = token_range(block, location);
    let written = &block[range.clone()];
    let span = Span::new(id, range);
    let quoted = |text: &str| match source.is_sensitive() {
        true => "this value".to_owned(),
        false => format!("`{text}`"),
    };
    match error {
        Error::SerdeUnknownField {
            field, expected, ..
        } => Diagnostic::error(Code::UnknownKey, format!("unknown key {}", quoted(field)))
            .at(span)
            .label("not a key of this record")
            .help(match did_you_mean(field, expected.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys are {}", listing(expected.iter().copied())),
            }),
        Error::SerdeMissingField { field, .. } => {
            Diagnostic::error(Code::MissingKey, format!("the key `{field}` is missing"))
                .at(span)
                .label("in the record that begins here")
                .help(format!("add `{field}: ...`"))
        }
        Error::DuplicateMappingKey { .. } => Diagnostic::error(
            Code::DuplicateKey,
            format!("the key {} comes twice", quoted(written)),
        )
        .at(span)
        .label("second time")
        .help("remove one of the two"),
        Error::MergeKeyNotAllowed { .. } | Error::UnknownAnchor { .. } | Error::Budget { .. } => {
            refuse_alias_or_bulk(error).at(span)
        }
        other => wrong_kind_or_syntax(other, quoted(written)).at(span),
    }
}

fn refuse_alias_or_bulk(error: &Error) -> Diagnostic {
    use serde_yaml::budget::BudgetBreach;
    match error {
        Error::Budget {
            breach: BudgetBreach::Nodes { .. } | BudgetBreach::Events { .. },
            ..
        } => Diagnostic::error(Code::TooLarge, "the file holds too many values")
            .help("split it into several files"),
        Error::Budget {
            breach: BudgetBreach::Depth { .. },
            ..
        } => Diagnostic::error(Code::YamlSyntax, "values are nested more than 64 deep")
            .help("look for a bracket that is not closed"),
        _ => Diagnostic::error(
            Code::AliasRefused,
            "anchors and aliases are not accepted here",
        )
        .help("write the value out in full"),
    }
}

fn wrong_kind_or_syntax(error: &Error, written: String) -> Diagnostic {
    let kind = |wanted: &str| {
        Diagnostic::error(Code::WrongKind, format!("{written} is not {wanted}")).label("wrong kind")
    };
    match error {
        Error::InvalidScalar { ty, .. } => kind(&format!("a valid {ty}")),
        Error::InvalidBooleanStrict { .. } => kind("true or false").help("write true or false"),
        Error::SerdeInvalidType { expected, .. } | Error::SerdeInvalidValue { expected, .. } => {
            kind(expected)
        }
        Error::NullIntoString { .. } => {
            Diagnostic::error(Code::MissingKey, "a value is missing here")
                .help("write a value, or remove the line if it is unknown")
        }
        Error::Unexpected { expected, .. } => Diagnostic::error(
            Code::WrongKind,
            format!("{} belongs here", plain_kind(expected)),
        )
        .label("something else stands here"),
        Error::UnexpectedSequenceEnd { .. } | Error::UnexpectedMappingEnd { .. } => {
            Diagnostic::error(Code::YamlSyntax, "a bracket or brace is not matched")
        }
        Error::Eof { .. } => {
            Diagnostic::error(Code::YamlSyntax, "the file ends too early or is empty")
                .help("write the record, or remove the file")
        }
        other => {
            let words = first_line(&other.to_string());
            Diagnostic::error(Code::YamlSyntax, format!("this is not valid YAML: {words}"))
                .label("here or just above")
        }
    }
}

/// The parser's name for a kind of value, in the words of an editor.
fn plain_kind(expected: &str) -> String {
    let lower = expected.to_ascii_lowercase();
    if lower.contains("sequence") {
        "a list".to_owned()
    } else if lower.contains("mapping") || lower.contains("map") {
        "a group of `key: value` lines".to_owned()
    } else if lower.contains("scalar") || lower.contains("string") {
        "a single value".to_owned()
    } else {
        expected.to_owned()
    }
}

/// First line of a library message, without its own "at line …" tail, which we print better.
fn first_line(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    let cut = [" at line", " (line", " line "]
        .iter()
        .filter_map(|tail| line.find(tail))
        .min();
    line[..cut.unwrap_or(line.len())]
        .trim_end_matches([':', ' ', ','])
        .to_owned()
}

/// The bytes of the word at a location: what the library names, or else up to the word's end.
fn token_range(block: &str, location: Location) -> Range<usize> {
    let (start, end) = Located::<()>::byte_range(location);
    let start = if location == Location::UNKNOWN {
        0
    } else if location.span().byte_offset().is_some() {
        start as usize
    } else {
        offset_of_line(block, location.line() as usize, location.column() as usize)
    };
    let mut start = start.min(block.len());
    while !block.is_char_boundary(start) {
        start -= 1;
    }
    let end = end as usize;
    if end > start && end <= block.len() && block.is_char_boundary(end) {
        let text = &block[start..end];
        return start..start + text.lines().next().unwrap_or(text).trim_end().len();
    }
    let word = block[start..]
        .find([':', ' ', '\n', ',', ']', '}'])
        .unwrap_or(block.len() - start);
    start..start + word
}

fn offset_of_line(block: &str, line: usize, column: usize) -> usize {
    let line_start: usize = block
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    block[line_start.min(block.len())..]
        .char_indices()
        .nth(column.saturating_sub(1))
        .map_or(line_start, |(offset, _)| line_start + offset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::SourceSet;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Record {
        name: Text,
        beds: Option<Text>,
        needs: Option<Vec<Text>>,
    }

    fn check(yaml: &str, code: Code, at: (usize, usize)) {
        let set = SourceSet::new([Source::new("data/x.yaml", yaml)]);
        let error = parse::<Record>(SourceId(0), set.get(SourceId(0))).unwrap_err();
        let place = set.position(error.span.unwrap());
        assert_eq!(
            (error.code, (place.line, place.column)),
            (code, at),
            "{yaml:?}: {error:?}"
        );
    }

    #[test]
    fn values_know_their_place_and_stay_text() {
        let yaml = "name: NO\nbeds: 007\nneeds: [a, bé]\n";
        let set = SourceSet::new([Source::new("data/x.yaml", yaml)]);
        let record: Record = parse(SourceId(0), set.get(SourceId(0))).unwrap();
        assert_eq!(record.name.value, "NO");
        let beds = record.beds.unwrap();
        assert_eq!(
            (beds.value.as_str(), beds.span(SourceId(0)).range()),
            ("007", 15..18)
        );
        assert_eq!(
            &yaml[record.needs.unwrap()[1].span(SourceId(0)).range()],
            "bé"
        );
    }

    #[test]
    fn an_empty_value_is_absent() {
        let set = SourceSet::new([Source::new("data/x.yaml", "name: a\nbeds:\n")]);
        let record: Record = parse(SourceId(0), set.get(SourceId(0))).unwrap();
        assert!(record.beds.is_none());
    }

    #[test]
    fn faults_are_placed_on_their_own_line() {
        check("name: a\nbedz: 4\n", Code::UnknownKey, (2, 1));
        check("name: a\nname: b\n", Code::DuplicateKey, (2, 1));
        check("beds: 4\n", Code::MissingKey, (1, 1));
        check("name: a\nneeds: b\n", Code::WrongKind, (2, 8));
        check("name: &x a\nbeds: *x\n", Code::AliasRefused, (1, 10));
        check("name: a\nneeds: [b\n", Code::YamlSyntax, (2, 8));
    }
}
