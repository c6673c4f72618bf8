//! Quotients.

use super::super::instance::Instance;
use super::{Dice, PEOPLE, attacker, flat, instance, protect, row, safe, value};

/// Shares of people who are `d` in places; `tables` says what is published besides.
fn shares(places: &str, tables: &str, decimals: u32, rest: &str) -> String {
    format!(
        r#"{{"dims": {{"a": {}, "b": {}}}, "measures": {{{PEOPLE}}},
        "markers": {{"[c]": [0, null]}}, "tables": [{tables}], "ratios": [{{"id": "share",
        "dims": ["a"], "num": {{"measure": "people", "fix": {{"b": "d"}}}},
        "den": {{"measure": "people"}}, "scale": 100, "decimals": {decimals}}}]{rest}}}"#,
        flat(places),
        flat("de")
    )
}

const FULL: &str = r#"{"id": "t", "measure": "people", "dims": ["a", "b"]}"#;
const PLACES: &str = r#"{"id": "t", "measure": "people", "dims": ["a"]}"#;

#[test]
fn a_quotient_is_shown_where_both_sides_are_and_withheld_with_either() {
    let records = "people 1/d - 2\n people 1/e - 8\n people 2/d - 7\n people 2/e - 14\n
        people 3/d - 20\n people 3/e - 20";
    let found = safe(&instance(&shares("123", FULL, 1, ""), records));
    assert_eq!(value(&found.rows, "t", "1/d"), "[c]");
    assert_eq!(value(&found.rows, "share", "1"), "[c]");
    for code in ["2", "3", "T"] {
        let both = [format!("{code}/d"), format!("{code}/T")];
        let is_shown = both.iter().all(|codes| value(&found.rows, "t", codes) != "[c]");
        assert_eq!(value(&found.rows, "share", code) != "[c]", is_shown, "{code}");
    }
    assert_eq!(value(&found.rows, "share", "3"), "50.0");
}

#[test]
fn a_quotient_of_nothing_is_none() {
    let records = "people 2/d - 7\n people 2/e - 14\n people 3/d - 20\n people 3/e - 20";
    let found = safe(&instance(&shares("123", FULL, 0, ""), records));
    assert_eq!(value(&found.rows, "share", "1"), "[c]");
    assert_eq!(value(&found.rows, "share", "2"), "33");
    assert_eq!(value(&found.rows, "share", "T"), "44");
}

/// What a reader makes of tables with quotients: no small leaf has fewer than three values.
fn check(instance: &Instance, limit: i64) -> usize {
    let found = protect(instance).expect("it makes sense");
    if !found.open.is_empty() {
        return 0;
    }
    for (key, values) in attacker::values(instance, &found.rows, limit) {
        let codes = key.1.clone();
        let is_it = |record: &&super::Record| {
            record.coordinates.values().cloned().collect::<Vec<_>>().join("/") == codes
        };
        let truth: i64 = instance.truth.iter().filter(is_it).map(|record| record.value).sum();
        let is_narrow = (1..4).contains(&truth) && values.len() < 3;
        assert!(!is_narrow, "{key:?} {truth} {values:?}\n{:#?}", found.rows);
    }
    found.rows.iter().filter(|row| row.table == "share" && row.value != "[c]").count()
}

fn random(text: &str, dice: &mut Dice, end: u64) -> Instance {
    let codes = ["1/d", "1/e", "2/d", "2/e"];
    let line = |codes| format!("people {codes} - {}\n", dice.below(end));
    instance(text, &codes.map(line).concat())
}

#[test]
fn a_quotient_of_an_unpublished_side_is_shown_only_where_that_is_safe() {
    let mut dice = Dice(7);
    let mut shown = 0;
    for turn in 0..60 {
        let text = shares("12", PLACES, turn % 3, "");
        shown += check(&random(&text, &mut dice, 9), 30);
    }
    assert!((20..150).contains(&shown), "{shown} of 180");
}

#[test]
fn quotients_of_rounded_figures_are_true_and_tell_no_more_than_is_proved() {
    let mut dice = Dice(8);
    let mut shown = 0;
    for turn in 0..24 {
        let rounded = FULL.replace("\"dims\"", "\"rounding\": 5, \"dims\"");
        shown += check(&random(&shares("12", &rounded, turn % 2, ""), &mut dice, 12), 20);
    }
    assert!(shown > 10, "{shown} of 72");
}

#[test]
fn an_earlier_quotient_is_reckoned_with() {
    let rest = r#", "frozen_tables": ["share"]"#;
    let mut dice = Dice(9);
    for turn in 0..16 {
        let text = shares("12", PLACES, turn % 2, rest);
        let mut instance = random(&text, &mut dice, 9);
        let sum = |codes: &[&str], instance: &Instance| -> i64 {
            let own = |record: &&super::Record| {
                codes.iter().all(|code| record.coordinates.values().any(|own| own == code))
            };
            instance.truth.iter().filter(own).map(|record| record.value).sum()
        };
        for code in ["1", "2"] {
            let (above, below) = (sum(&[code, "d"], &instance), sum(&[code], &instance));
            if below == 0 {
                continue;
            }
            let times = 10_i64.pow(turn % 2);
            let digits = (200 * times * above + below) / (2 * below);
            let text = match turn % 2 {
                0 => digits.to_string(),
                _ => format!("{}.{}", digits / 10, digits % 10),
            };
            instance.frozen.push(row("share", &[("a", code)], &text));
        }
        let found = protect(&instance).expect("it makes sense");
        if found.lost.is_empty() {
            check(&instance, 28);
        }
    }
}

#[test]
fn a_scale_or_decimals_that_cannot_be_reckoned_with_are_refused() {
    let records = "people 1/d - 20\n people 1/e - 8\n people 2/d - 7\n people 2/e - 14";
    let found = protect(&instance(&shares("12", PLACES, 9, ""), records));
    let reason = found.err().expect("too large").to_string();
    assert_eq!(reason, "`share`: scale or decimals are too large for its numbers");
    // Where both sides are shown, only the text must be reckoned.
    let found = safe(&instance(&shares("12", FULL, 9, ""), records));
    assert_eq!(value(&found.rows, "share", "2"), "33.333333333");
}
