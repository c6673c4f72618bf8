//! Rows of placements from CSV and from sheets of workbooks, one for each line of the table.

use crate::load::yaml::Text;
use crate::sources::{Source, SourceId, Span};

use super::super::record::words::RawPlacement;
use super::check::Check;
use super::ledger;
use super::placements::Entry;

/// The columns of a list of placements.
pub(super) const COLUMNS: [&str; 18] = [
    "id",
    "home",
    "level",
    "needs",
    "age",
    "gender",
    "legal",
    "people",
    "weekly_cost_pounds",
    "review_due",
    "last_review",
    "ready",
    "placed_since",
    "current_service",
    "reason",
    "distance_km",
    "provider",
    "stay_days",
];

pub(super) fn rows(check: &mut Check, id: SourceId, source: &Source) -> Vec<Entry> {
    let rows = ledger::rows(check, source, &COLUMNS, &["id", "home", "level", "people"]);
    rows.into_iter()
        .map(|mut row| {
            let needs = row.take("needs").map(|text| split_list(&text));
            let own_id = row.take("id");
            let whole = ledger::whole(id, &row);
            let at = own_id.as_ref().map_or(whole, |text| text.span(id));
            let raw = RawPlacement {
                id: own_id,
                home: row.take("home"),
                level: row.take("level"),
                needs,
                age: row.take("age"),
                gender: row.take("gender"),
                legal: row.take("legal"),
                people: row.take("people"),
                weekly_cost_pounds: row.take("weekly_cost_pounds"),
                review_due: row.take("review_due"),
                last_review: row.take("last_review"),
                ready: row.take("ready"),
                placed_since: row.take("placed_since"),
                current_service: row.take("current_service"),
                reason: row.take("reason"),
                distance_km: row.take("distance_km"),
                provider: row.take("provider"),
                stay_days: row.take("stay_days"),
            };
            let blanks = row.blanks().iter().map(|(key, at)| (*key, Span::new(id, at.clone())));
            Entry { raw, at, blanks: blanks.collect() }
        })
        .collect()
}

/// A list in one cell, joined by `|`; the word `none` is the empty list.
fn split_list(text: &Text) -> Vec<Text> {
    text.value
        .split('|')
        .map(str::trim)
        .filter(|word| !word.is_empty() && *word != "none")
        .map(|word| text.with(word.to_owned()))
        .collect()
}
