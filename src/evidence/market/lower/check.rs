//! Reading single values of one file: text in, checked value out, faults on the side.

use jiff::civil::Date;

use crate::diagnostics::{Code, Diagnostic, did_you_mean, is_private, listing};
use crate::load::table;
use crate::load::yaml::Text;
use crate::sources::{Source, SourceId, Span, is_unseen};

use super::super::area::Point;
use super::super::ids::{is_slug, slugify};
use super::super::quantities::{Pence, Ratio};

/// One file being checked, and what was found wrong in it.
pub(in crate::evidence) struct Check<'a> {
    pub(in crate::evidence) id: SourceId,
    source: &'a Source,
    /// The columns that the file may have, if it is a table.
    columns: Vec<&'static str>,
    pub(in crate::evidence) diagnostics: Vec<Diagnostic>,
}

impl<'a> Check<'a> {
    pub(in crate::evidence) fn new(id: SourceId, source: &'a Source) -> Check<'a> {
        Check { id, source, columns: Vec::new(), diagnostics: Vec::new() }
    }

    /// From here on, faults in cells name their column: the cells themselves are not shown.
    pub(in crate::evidence) fn expect_columns(&mut self, columns: &[&'static str]) {
        self.columns = columns.to_vec();
    }

    pub(in crate::evidence) fn source(&self) -> &'a Source {
        self.source
    }

    pub(in crate::evidence) fn span(&self, text: &Text) -> Span {
        text.span(self.id)
    }

    /// Whether this value must not be told.
    fn is_hidden(&self, text: &Text) -> bool {
        is_private(self.source, self.span(text).range().start)
    }

    /// The value in quotes, or a phrase in its place where it must not be told.
    pub(in crate::evidence) fn quote(&self, text: &Text) -> String {
        match self.is_hidden(text) {
            true => "this value".to_owned(),
            false => format!("`{}`", text.value.trim().chars().take(60).collect::<String>()),
        }
    }

    pub(in crate::evidence) fn push(&mut self, mut diagnostic: Diagnostic) {
        let cell = diagnostic.span.filter(|_| self.source.is_sensitive()).map(Span::range);
        if let Some(column) =
            cell.and_then(|cell| table::column_at(self.source, &self.columns, &cell))
        {
            diagnostic.label = match diagnostic.label.as_str() {
                "" => format!("column `{column}`"),
                label => format!("column `{column}`: {label}"),
            };
        }
        self.diagnostics.push(diagnostic);
    }

    pub(in crate::evidence) fn fault(
        &mut self,
        code: Code,
        at: &Text,
        message: String,
        help: impl Into<String>,
    ) {
        let span = self.span(at);
        self.push(Diagnostic::error(code, message).at(span).help(help));
    }

    /// An id; a wrong one is told with the nearest right one.
    pub(in crate::evidence) fn slug<'t>(&mut self, text: &'t Text) -> Option<&'t str> {
        if is_slug(&text.value) {
            return Some(&text.value);
        }
        let near = slugify(&text.value);
        let help = match (near.is_empty(), self.is_hidden(text)) {
            (false, false) => format!("`{near}` would do"),
            _ => "use lower-case letters, digits and hyphens".to_owned(),
        };
        let message = format!("{} cannot be an id", self.quote(text));
        self.fault(Code::MalformedId, text, message, help);
        None
    }

    /// A whole number of at least zero.
    pub(in crate::evidence) fn count(&mut self, field: &str, text: Option<&Text>) -> Option<u32> {
        let text = text?;
        let value = text.value.trim();
        if let Ok(count) = value.parse::<u32>()
            && value.bytes().all(|byte| byte.is_ascii_digit())
        {
            return Some(count);
        }
        let quoted = self.quote(text);
        let (code, message) = match value.parse::<f64>() {
            Ok(number) if number.is_finite() => {
                (Code::ImpossibleNumber, format!("{field} cannot be {quoted}"))
            }
            _ => (Code::WrongKind, format!("{quoted} is not a whole number")),
        };
        let help = format!("write {field} as a whole number, or remove the line if it is unknown");
        self.fault(code, text, message, help);
        None
    }

    /// A whole number within bounds.
    pub(in crate::evidence) fn count_in(
        &mut self,
        field: &str,
        text: Option<&Text>,
        bounds: std::ops::RangeInclusive<u32>,
    ) -> Option<u32> {
        let count = self.count(field, text)?;
        if bounds.contains(&count) {
            return Some(count);
        }
        let text = text?;
        let message = format!("{field} cannot be {}", self.quote(text));
        let help = format!("it lies between {} and {}", bounds.start(), bounds.end());
        self.fault(Code::ImpossibleNumber, text, message, help);
        None
    }

    /// A decimal fraction between 0 and 1, above 0.
    pub(in crate::evidence) fn share(&mut self, field: &str, text: Option<&Text>) -> Option<Ratio> {
        let text = text?;
        match Ratio::parse(text.value.trim()) {
            Some(ratio) if ratio.num > 0 && ratio.num <= ratio.den => Some(ratio),
            _ => {
                let message = format!("{field} cannot be {}", self.quote(text));
                self.fault(
                    Code::ImpossibleNumber,
                    text,
                    message,
                    "write it as a decimal fraction between 0 and 1, such as 0.85",
                );
                None
            }
        }
    }

    /// A day, written `YYYY-MM-DD`.
    pub(in crate::evidence) fn date(&mut self, text: Option<&Text>) -> Option<Date> {
        let text = text?;
        let value = text.value.trim();
        if value.len() == 10
            && let Ok(date) = value.parse::<Date>()
        {
            return Some(date);
        }
        let message = format!("{} is not a date of the calendar", self.quote(text));
        let help = "write dates as year-month-day, such as 2026-10-31";
        self.fault(Code::MalformedDate, text, message, help);
        None
    }

    /// Two dates of which the second may not be before the first.
    pub(in crate::evidence) fn in_order(
        &mut self,
        earlier: (&str, Option<Date>),
        later: (&str, Option<Date>, Option<&Text>),
    ) {
        if let (Some(from), Some(to), Some(text)) = (earlier.1, later.1, later.2)
            && to < from
        {
            let message = format!("`{}` lies before `{}`", later.0, earlier.0);
            self.fault(Code::DateOrder, text, message, "correct the date that is wrong");
        }
    }

    /// Pounds with up to two decimals.
    pub(in crate::evidence) fn pounds(&mut self, text: Option<&Text>) -> Option<Pence> {
        let text = text?;
        let pence = Pence::parse_pounds(text.value.trim());
        if pence.is_none() {
            let below = text.value.trim().strip_prefix('-').and_then(Pence::parse_pounds);
            let message = format!("{} is not a sum of money", self.quote(text));
            let help = match below {
                Some(_) => "a sum of money cannot be below zero here; leave it out if unknown",
                None => "write pounds with at most two decimals, without £ and commas: 1850.50",
            };
            self.fault(Code::MalformedMoney, text, message, help);
        }
        pence
    }

    /// One of a few fixed words.
    pub(in crate::evidence) fn word<T: Copy>(
        &mut self,
        field: &str,
        text: Option<&Text>,
        words: &[(&str, T)],
    ) -> Option<T> {
        let text = text?;
        let value = text.value.trim();
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == value) {
            return Some(*meaning);
        }
        let names = || words.iter().map(|(word, _)| *word);
        let help = match did_you_mean(value, names()) {
            Some(near) if !self.is_hidden(text) => format!("did you mean `{near}`?"),
            _ => format!("write {}", listing(names())),
        };
        let message = format!("{} is not {}", self.quote(text), with_article(field));
        self.fault(Code::UnknownWord, text, message, help);
        None
    }

    /// A reference to one of the known ids.
    pub(in crate::evidence) fn reference<'t, 'k>(
        &mut self,
        kind: &str,
        text: &'t Text,
        known: impl Iterator<Item = &'k str> + Clone,
        file: &str,
    ) -> Option<&'t str> {
        let value = text.value.trim();
        if known.clone().any(|id| id == value) {
            return Some(value);
        }
        let help = match did_you_mean(value, known.clone()) {
            _ if self.is_hidden(text) => way_to_an_id(value, known, file),
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("use one of the ids in {file}, or add it there"),
        };
        let message = match self.is_hidden(text) {
            true => format!("this is not {} that exists", with_article(kind)),
            false => format!("there is no {kind} {}", self.quote(text)),
        };
        let span = self.span(text);
        self.push(
            Diagnostic::error(Code::UnknownReference, message)
                .at(span)
                .label(format!("not {}", with_article(kind)))
                .help(help),
        );
        None
    }

    /// A pair of degrees.
    pub(in crate::evidence) fn point(
        &mut self,
        lat: Option<&Text>,
        lon: Option<&Text>,
    ) -> Option<Point> {
        let lat = self.degrees("latitude", lat, 90.0);
        let lon = self.degrees("longitude", lon, 180.0);
        Some(Point { lat: lat?, lon: lon? })
    }

    fn degrees(&mut self, field: &str, text: Option<&Text>, limit: f64) -> Option<f64> {
        let text = text?;
        match text.value.trim().parse::<f64>() {
            Ok(value) if value.is_finite() && value.abs() <= limit => Some(value),
            _ => {
                let message = format!("{field} cannot be {}", self.quote(text));
                let help = "write decimal degrees, such as 52.4134";
                self.fault(Code::ImpossibleNumber, text, message, help);
                None
            }
        }
    }
}

/// How to come to a right id where the nearest one would tell the value: all ids there are, unless
/// they are too many to read.
fn way_to_an_id<'k>(value: &str, known: impl Iterator<Item = &'k str>, file: &str) -> String {
    const READABLE: usize = 40;
    let ids: Vec<String> = known.map(|id| format!("`{id}`")).collect();
    let form = match is_slug(value) {
        true => "",
        false => "write the id, in small letters with hyphens and no spaces: ",
    };
    match ids.len() {
        1..=READABLE => format!("{form}use one of {}, or add an id to {file}", ids.join(", ")),
        _ => format!("{form}use one of the ids in {file}, or add it there"),
    }
}

fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// The text of an optional value, trimmed; blank is absent.
///
/// Characters that cannot be seen are refused in files; should one come through, it is dropped.
pub(in crate::evidence) fn plain(text: Option<&Text>) -> Option<String> {
    let seen: String = text?.value.chars().filter(|c| !is_unseen(*c)).collect();
    let value = seen.trim();
    (!value.is_empty()).then(|| value.to_owned())
}
