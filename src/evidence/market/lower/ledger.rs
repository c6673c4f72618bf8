//! Cells that the sheets of money and movement share: years, rates, sums, numbers of people.

use std::ops::RangeInclusive;

use crate::diagnostics::{Code, Diagnostic};
use crate::guard;
use crate::load::table::{self, Row};
use crate::load::yaml::Text;
use crate::sources::{Source, SourceId, Span, is_named_by_person};

use super::super::ids::{CohortId, LadderId, NeedId};
use super::super::quantities::PeopleRange;
use super::super::spend::Rate;
use super::super::year::Year;
use super::check::Check;
use super::placements;
use super::words::Words;

/// Reads a table about people or money: a column that would hold personal details is refused.
pub(super) fn rows(
    check: &mut Check,
    source: &Source,
    known: &[&'static str],
    required: &[&str],
) -> Vec<Row> {
    let id = check.id;
    let (rows, diagnostics) = table::read(id, source, known, required);
    check.expect_columns(known);
    for diagnostic in diagnostics {
        let span = diagnostic.span.unwrap_or(Span::start_of(id));
        let written = source.text().get(span.range()).unwrap_or_default().trim_matches('"');
        let is_heading = diagnostic.message.starts_with(table::UNKNOWN_COLUMN);
        check.push(match is_heading && is_named_by_person(written) {
            true => guard::refuse(written, span),
            false => diagnostic,
        });
    }
    rows
}

/// Takes a cell that no row can do without; a blank one is told.
pub(super) fn needed(check: &mut Check, row: &mut Row, column: &str) -> Option<Text> {
    let cell = row.take(column);
    if cell.is_none() {
        check.push(
            Diagnostic::error(Code::MissingKey, format!("`{column}` is missing"))
                .at(whole(check.id, row))
                .help(format!("every row needs a value under `{column}`")),
        );
    }
    cell
}

/// The place of a whole row.
pub(super) fn whole(id: SourceId, row: &Row) -> Span {
    Span::new(id, row.range.clone())
}

/// Tells a row whose numbers would be counted twice.
pub(super) fn counted_twice(what: &str, here: Span, before: Span) -> Diagnostic {
    Diagnostic::error(Code::DuplicateId, format!("two rows are for the same {what}"))
        .at(here)
        .label("second row")
        .also(before, "first row")
        .help("add the two together in one row, or correct the one that is wrong")
}

impl Check<'_> {
    /// A year, written `2026` or `2025/26`.
    pub(super) fn year(&mut self, text: Option<&Text>) -> Option<Year> {
        let text = text?;
        let year = Year::parse(text.value.trim());
        if year.is_none() {
            let message = format!("{} is not a year", self.quote(text));
            let help = "write a calendar year as 2026 and a financial year as 2025/26";
            self.fault(Code::MalformedDate, text, message, help);
        }
        year
    }

    /// Per cent between two whole numbers, such as `3.5`.
    pub(super) fn rate(
        &mut self,
        field: &str,
        text: Option<&Text>,
        percent: RangeInclusive<i64>,
    ) -> Option<Rate> {
        let text = text?;
        let rate = Rate::parse_percent(text.value.trim());
        let bounds = percent.start() * 10_000..=percent.end() * 10_000;
        if let Some(rate) = rate.filter(|rate| bounds.contains(&rate.per_million())) {
            return Some(rate);
        }
        let message = format!("{field} cannot be {}", self.quote(text));
        let help = format!(
            "write per cent as a number between {} and {}, such as 3.5, without the sign",
            percent.start(),
            percent.end()
        );
        self.fault(Code::ImpossibleNumber, text, message, help);
        None
    }

    /// A group of people: a ladder or a need of the vocabulary.
    pub(super) fn cohort(&mut self, text: Option<&Text>, words: &Words) -> Option<CohortId> {
        let text = text?;
        let ladders = words.vocabulary.ladders.iter().map(|ladder| &ladder.id);
        let needs = words.vocabulary.needs.keys();
        let known = ladders.map(LadderId::as_str).chain(needs.map(NeedId::as_str));
        CohortId::parse(self.reference("cohort", text, known, "data/vocabulary.yaml")?)
    }

    /// `0`, `7`, `3-6` or `<5`.
    pub(super) fn people_or_none(&mut self, text: Option<&Text>) -> Option<PeopleRange> {
        placements::people_or_nobody(self, text?)
    }

    /// Pounds in pence, which may be below zero.
    pub(super) fn pounds_either_way(&mut self, text: Option<&Text>) -> Option<i64> {
        let text = text?;
        let value = text.value.trim();
        let plain = text.with(value.strip_prefix('-').unwrap_or(value).to_owned());
        let pence = self.pounds(Some(&plain))?.raw();
        Some(if value.starts_with('-') { -pence } else { pence })
    }
}
