//! The words of sensitive files that may be shown: keys and names of columns.

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
pub(super) const LEDGER_KEYS: [&str; 22] = [
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

/// Whether a word is a key or column of this sensitive file.
pub(super) fn is_known(source: &Source, word: &str) -> bool {
    match source.path().starts_with("data/placements") || !source.is_sensitive() {
        true => ROW_KEYS.contains(&word),
        false => LEDGER_KEYS.contains(&word),
    }
}
