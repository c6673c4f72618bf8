//! YAML with a place for every value, and parser errors in words for people.
//!
//! Options are stricter than the library's own: no aliases, no duplicate keys, leading zeros and
//! underscores kept as text. Scalars of records are read as text ([`Text`]) and checked later, so
//! that one run finds every wrong number in a file and not only the first.

mod place;

use std::ops::Range;

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_yaml::{Error, Location, Options, Spanned};

use crate::diagnostics::{Code, Diagnostic, did_you_mean, is_private, listing};
use crate::sources::{Source, SourceId, Span};
use place::{anchor_before, record_start, token_range};

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
        Located { value, start: range.start as u32, end: range.end as u32 }
    }

    /// The place as a span of this file.
    pub fn span(&self, source: SourceId) -> Span {
        Span { source, start: self.start, end: self.end }
    }

    /// The same place with another value.
    pub fn with<U>(&self, value: U) -> Located<U> {
        Located { value, start: self.start, end: self.end }
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
        Ok(Located { value: spanned.value, start, end })
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
    let span = Span::new(id, range.clone());
    let is_sensitive = is_private(source, range.start);
    let holds_private = source.is_sensitive() || source.path().starts_with("data/providers/");
    match error {
        Error::SerdeUnknownField { field, expected, .. } => {
            Diagnostic::error(Code::UnknownKey, with_key("unknown key", field, is_sensitive))
                .at(span)
                .label("not a key of this record")
                .help(match did_you_mean(field, expected.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the keys are {}", listing(expected.iter().copied())),
                })
        }
        Error::SerdeMissingField { field, .. } => {
            let message = format!("the key `{field}` is missing");
            Diagnostic::error(Code::MissingKey, message)
                .at(Span::new(id, record_start(block, range.start)))
                .label("in the record that begins here")
                .help(format!("add `{field}: ...`"))
        }
        Error::DuplicateMappingKey { .. } => {
            let what = with_key("the key", written, is_sensitive);
            Diagnostic::error(Code::DuplicateKey, format!("{what} comes twice"))
                .at(span)
                .label("second time")
                .help("remove one of the two")
        }
        Error::MergeKeyNotAllowed { .. } | Error::UnknownAnchor { .. } | Error::Budget { .. } => {
            refuse_alias_or_bulk(error).at(Span::new(id, anchor_before(block, range)))
        }
        Error::InvalidScalar { .. }
        | Error::InvalidBooleanStrict { .. }
        | Error::SerdeInvalidType { .. }
        | Error::SerdeInvalidValue { .. } => {
            wrong_kind_or_syntax(error, written, is_sensitive).at(span)
        }
        // The words of the parser may hold any value of the file.
        other => wrong_kind_or_syntax(other, written, holds_private).at(span),
    }
}

/// Names a key, unless what stands in its place may be a value that must not be told.
fn with_key(words: &str, key: &str, is_sensitive: bool) -> String {
    match is_sensitive {
        true if words.starts_with("the ") => "this key".to_owned(),
        true => words.to_owned(),
        false => format!("{words} `{key}`"),
    }
}

fn refuse_alias_or_bulk(error: &Error) -> Diagnostic {
    use serde_yaml::budget::BudgetBreach;
    match error {
        Error::Budget {
            breach: BudgetBreach::Nodes { .. } | BudgetBreach::Events { .. }, ..
        } => Diagnostic::error(Code::TooLarge, "the file holds too many values")
            .help("split it into several files"),
        Error::Budget { breach: BudgetBreach::Depth { .. }, .. } => {
            Diagnostic::error(Code::YamlSyntax, "values are nested more than 64 deep")
                .help("look for a bracket that is not closed")
        }
        _ => Diagnostic::error(
            Code::AliasRefused,
            "anchors, aliases and merge keys are not accepted",
        )
        .help("write the value out in full"),
    }
}

fn wrong_kind_or_syntax(error: &Error, written: &str, is_sensitive: bool) -> Diagnostic {
    let quoted = match is_sensitive {
        true => "this value".to_owned(),
        false => format!("`{written}`"),
    };
    let kind = |wanted: &str| {
        Diagnostic::error(Code::WrongKind, format!("{quoted} is not {wanted}"))
            .label("wrong kind")
            .help(format!("write {wanted}"))
    };
    match error {
        Error::InvalidScalar { ty, .. } => kind(&format!("a valid {ty}")),
        Error::InvalidBooleanStrict { .. } => kind("true or false"),
        Error::SerdeInvalidType { expected, .. } | Error::SerdeInvalidValue { expected, .. } => {
            kind(expected)
        }
        Error::NullIntoString { .. } => {
            Diagnostic::error(Code::MissingKey, "a value is missing here")
                .help("write a value, or remove the line if it is unknown")
        }
        Error::Unexpected { expected, .. } => {
            let (wanted, help) = plain_kind(expected);
            Diagnostic::error(Code::WrongKind, format!("{wanted} belongs here"))
                .label("something else stands here")
                .help(help)
        }
        Error::UnexpectedSequenceEnd { .. } | Error::UnexpectedMappingEnd { .. } => {
            Diagnostic::error(Code::YamlSyntax, "a bracket or brace is not matched")
                .help("close every [ with ] and every { with }")
        }
        Error::Eof { .. } => {
            Diagnostic::error(Code::YamlSyntax, "the file ends too early or is empty")
                .help("write the record, or remove the file")
        }
        other => syntax(&first_line(&other.to_string()), is_sensitive),
    }
}

/// A fault of the parser with the way out that its words suggest.
fn syntax(words: &str, is_sensitive: bool) -> Diagnostic {
    let ways = [
        ("tab", "indent with spaces, not with tabs"),
        (
            "mapping values are not allowed",
            "put quotes around a text that holds a colon, and a space after the colon of a key",
        ),
        ("quoted scalar", "close the quote that was opened above"),
        ("':' indicator", "close the bracket or brace that was opened above"),
        (
            "did not find expected",
            "begin this line in the same column as its neighbours, or close what was opened above",
        ),
    ];
    let way = ways.iter().find(|(sign, _)| words.contains(sign));
    let message = match way.is_some() || is_sensitive {
        true => "this is not valid YAML".to_owned(),
        false => format!("this is not valid YAML: {words}"),
    };
    Diagnostic::error(Code::YamlSyntax, message).label("here or just above").help(
        way.map_or(
            "look for a bracket, a quote or an indentation that does not match",
            |(_, way)| way,
        ),
    )
}

/// The parser's name for a kind of value, in the words of an editor.
fn plain_kind(expected: &str) -> (String, &'static str) {
    let lower = expected.to_ascii_lowercase();
    if lower.contains("sequence") {
        let help = "write [one, two], or one entry on each line after a dash";
        ("a list".to_owned(), help)
    } else if lower.contains("mapping") || lower.contains("map") {
        let help = "write each `key: value` on a line of its own, indented, or {key: value}";
        ("a group of `key: value` lines".to_owned(), help)
    } else if lower.contains("scalar") || lower.contains("string") {
        let help = "write one value, without brackets or lines below it";
        ("a single value".to_owned(), help)
    } else {
        (expected.to_owned(), "compare it with the shipped example")
    }
}

/// First line of a library message, without its own "at line …" tail, which we print better.
fn first_line(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    let cut = [" at line", " (line", " line "].iter().filter_map(|tail| line.find(tail)).min();
    line[..cut.unwrap_or(line.len())].trim_end_matches([':', ' ', ',']).to_owned()
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
        assert_eq!((error.code, (place.line, place.column)), (code, at), "{yaml:?}: {error:?}");
    }

    #[test]
    fn values_know_their_place_and_stay_text() {
        let yaml = "name: NO\nbeds: 007\nneeds: [a, bé]\n";
        let set = SourceSet::new([Source::new("data/x.yaml", yaml)]);
        let record: Record = parse(SourceId(0), set.get(SourceId(0))).unwrap();
        assert_eq!(record.name.value, "NO");
        let beds = record.beds.unwrap();
        assert_eq!((beds.value.as_str(), beds.span(SourceId(0)).range()), ("007", 15..18));
        assert_eq!(&yaml[record.needs.unwrap()[1].span(SourceId(0)).range()], "bé");
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
        check("beds: 4\nneeds:\n  - a\n", Code::MissingKey, (1, 1));
        check("name: a\nneeds: b\n", Code::WrongKind, (2, 8));
        check("name: &x a\nbeds: *x\n", Code::AliasRefused, (1, 7));
        check("name: a\nneeds: [b\n", Code::YamlSyntax, (2, 8));
    }
}
