//! How a number is shown in a table, and what a reader learns from it.

use super::Refusal;
use super::instance::{Measure, Table};

/// The least number besides nought that a table shows. An amount may be small: it is who
/// contributed that makes it sensitive.
fn least_shown(table: &Table, measure: &Measure) -> i64 {
    let least = table.min_shown.unwrap_or(0);
    match measure {
        Measure::Count { threshold, .. } => least.max(*threshold),
        Measure::Magnitude { .. } => least,
    }
}

/// A number as the table shows it, or nothing if the rule of the table hides it.
pub(super) fn published_text(table: &Table, measure: &Measure, value: i64) -> Option<String> {
    let least = least_shown(table, measure);
    if value != 0 && value < least {
        return None;
    }
    let base = table.rounding.unwrap_or(1).max(1);
    let shown = (value + base / 2) / base * base;
    // A nought that says "exactly none" is not shown for some.
    (shown > 0 || value == 0 || !says_none(table, measure)).then(|| shown.to_string())
}

fn says_none(table: &Table, measure: &Measure) -> bool {
    table.zero_exact.unwrap_or(matches!(measure, Measure::Count { .. }))
}

/// What a reader who knows the rules of the table learns from a shown number.
pub(super) fn interval(
    table: &Table,
    measure: &Measure,
    text: &str,
) -> Result<(i64, i64), Refusal> {
    let shown: i64 = text.parse().map_err(|_| {
        Refusal::new(format!("table `{}`: `{text}` is neither a number nor a marker", table.id))
    })?;
    let base = table.rounding.unwrap_or(1).max(1);
    let (low, high) = (shown - base / 2, shown - base / 2 + base - 1);
    let least = least_shown(table, measure);
    if shown == 0 && (says_none(table, measure) || least > high) {
        return Ok((0, 0));
    }
    // A shown number besides nought is none that the rule hides.
    let least = if shown > 0 { least } else { 0 };
    Ok((low.max(least).max(0), high))
}
