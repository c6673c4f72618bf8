//! Words of files about people that may be shown: names of keys and columns, never their values.

use crate::sources::Source;

/// Keys of a row of placements; the only words of such a file that are shown.
pub(super) const ROW_KEYS: [&str; 18] = [
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

/// Keys and columns of the other sensitive files, of money and movement.
const LEDGER_KEYS: [&str; 22] = [
    "provider",
    "year",
    "amount_pounds",
    "place",
    "area",
    "part",
    "uplift_asked",
    "uplift_agreed",
    "from_spend",
    "percent_off",
    "cohort",
    "identified",
    "assessed",
    "suitable",
    "moved",
    "graduated",
    "commissioner",
    "people",
    "saving_pounds",
    "service",
    "pseudonym",
    "funder",
];

/// Keys of a change of supply, which is not to be told before its time.
const CHANGE_KEYS: [&str; 13] = [
    "service",
    "spec",
    "date",
    "delta",
    "certainty",
    "reason",
    "public",
    "area",
    "level",
    "needs",
    "age",
    "gender",
    "legal",
];

/// Keys of an outcome and of what was measured, which may be people.
const OUTCOME_KEYS: [&str; 14] = [
    "id",
    "group",
    "text",
    "counts",
    "work_stream",
    "indicator",
    "average",
    "baseline",
    "target",
    "owner",
    "measurements",
    "period",
    "value",
    "n",
];

/// Keys in files of providers whose values are never published, or only banded.
pub(super) const PRIVATE_KEYS: [&str; 8] = [
    "price",
    "pounds_per_week",
    "occupied",
    "local",
    "imported",
    "vacancies",
    "notes_internal",
    "reviewer",
];

/// Further keys below private ones; shown without their values.
pub(super) const INNER_KEYS: [&str; 4] = ["basis", "score", "date", "publish"];

/// The keys or columns of this sensitive file.
pub(super) fn known(source: &Source) -> &'static [&'static str] {
    match source.path() {
        "data/changes.yaml" => &CHANGE_KEYS,
        "data/outcomes.yaml" => &OUTCOME_KEYS,
        path if path.starts_with("data/placements") => &ROW_KEYS,
        _ if source.is_sensitive() => &LEDGER_KEYS,
        _ => &ROW_KEYS,
    }
}

/// Whether a word is a key or column of this sensitive file.
pub(super) fn is_known(source: &Source, word: &str) -> bool {
    known(source).contains(&word)
}
