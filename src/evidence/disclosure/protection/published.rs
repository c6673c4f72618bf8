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

/// Whether a shown nought may stand for more than nought: for amounts of a table that says so.
fn may_stand_for_some(table: &Table, measure: &Measure) -> bool {
    matches!(measure, Measure::Magnitude { .. })
        && table.zero_exact == Some(false)
        && least_shown(table, measure) <= 1
}

/// A number as the table shows it, or nothing if the rule of the table hides it. Halves are rounded
/// up.
pub(super) fn published_text(table: &Table, measure: &Measure, value: i64) -> Option<String> {
    if value != 0 && value < least_shown(table, measure) {
        return None;
    }
    let base = table.rounding.unwrap_or(1).max(1);
    let shown = (value + base / 2) / base * base;
    (shown > 0 || value == 0 || may_stand_for_some(table, measure)).then(|| shown.to_string())
}

/// What a reader who knows the rules of the table learns from a shown number. The second interval
/// holds for one that was shown by rounding alone, as an earlier release may have been.
///
/// # Errors
///
/// A [`Refusal`] if the text is no whole number, or negative.
pub(super) fn intervals(
    table: &Table,
    measure: &Measure,
    text: &str,
) -> Result<[(i64, i64); 2], Refusal> {
    let shown: Option<i64> = text.parse().ok().filter(|shown| (0..super::MOST).contains(shown));
    let Some(shown) = shown else {
        let message = format!("table `{}`: a figure is neither a number nor a marker", table.id);
        return Err(Refusal::new(message));
    };
    let base = table.rounding.unwrap_or(1).max(1);
    let (low, high) = (shown - base / 2, shown - base / 2 + base - 1);
    let loose = (low.max(0), high + i64::from(base % 2 == 0));
    if shown == 0 && !may_stand_for_some(table, measure) {
        return Ok([(0, 0), loose]);
    }
    // A shown number besides nought is none that the rule hides.
    let least = if shown > 0 { least_shown(table, measure) } else { 0 };
    Ok([(low.max(least).max(0), high), loose])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rest: &str) -> Table {
        let text = format!(r#"{{"id": "t", "measure": "m", "dims": []{rest}}}"#);
        serde_json::from_str(&text).unwrap()
    }

    const COUNT: Measure = Measure::Count { threshold: 5, min_width: 3 };
    const AMOUNT: Measure = Measure::Magnitude { p: None, min_holders: None, count_measure: None };

    fn shown(rest: &str, measure: &Measure, value: i64) -> (Option<String>, Option<(i64, i64)>) {
        let text = published_text(&table(rest), measure, value);
        let learnt = text.as_ref().map(|text| intervals(&table(rest), measure, text).unwrap()[0]);
        (text, learnt)
    }

    #[test]
    fn what_is_shown_says_what_the_rule_of_the_table_says() {
        let five = r#", "rounding": 5"#;
        assert_eq!(shown("", &COUNT, 4), (None, None));
        assert_eq!(shown("", &COUNT, 0).1, Some((0, 0)));
        assert_eq!(shown(five, &COUNT, 5), (Some("5".into()), Some((5, 7))));
        assert_eq!(shown(five, &COUNT, 13), (Some("15".into()), Some((13, 17))));
        assert_eq!(shown(r#", "rounding": 5, "min_shown": 8"#, &COUNT, 7), (None, None));
        assert_eq!(shown(r#", "rounding": 10"#, &COUNT, 5).1, Some((5, 14)));
        assert_eq!(shown(five, &AMOUNT, 3).1, Some((3, 7)));
    }

    #[test]
    fn a_nought_is_a_nought_unless_the_table_says_no() {
        assert_eq!(shown(r#", "rounding": 5"#, &AMOUNT, 2), (None, None));
        let loose = r#", "rounding": 5, "zero_exact": false"#;
        assert_eq!(shown(loose, &AMOUNT, 2), (Some("0".into()), Some((0, 2))));
        let few = Measure::Count { threshold: 2, min_width: 1 };
        assert_eq!(shown(r#", "rounding": 10, "zero_exact": false"#, &few, 3), (None, None));
    }

    #[test]
    fn a_figure_that_is_no_number_is_refused_and_not_repeated() {
        for text in ["x7", "-7", "7.5", "99999999999999999999"] {
            let message = intervals(&table(""), &COUNT, text).unwrap_err().to_string();
            assert!(!message.contains('7') && !message.contains('9'), "{message}");
        }
    }
}
