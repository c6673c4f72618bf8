//! Amounts and their contributors.

use super::{Dice, attacker, flat, instance, protect, safe, value};

fn spend(rules: &str, rest: &str) -> String {
    format!(
        r#"{{"dims": {{"a": {}}}, "measures": {{"spend": {{"type": "magnitude"{rules}}},
        "people": {{"type": "count", "threshold": 4, "min_width": 2}}}},
        "markers": {{"[c]": [0, null]}},
        "tables": [{{"id": "t", "measure": "spend", "dims": ["a"]}}{rest}]}}"#,
        flat("1234")
    )
}

#[test]
fn the_rule_of_p_percent_is_exact() {
    let records = |rest: i64| {
        format!(
            "spend 1 A 100\n spend 1 B 50\n spend 1 C {rest}\n spend 2 D 70\n spend 2 E 70
             spend 2 F 70\n spend 3 G 80\n spend 3 H 80\n spend 3 I 80"
        )
    };
    let rules = r#", "p": 10"#;
    // The rest is less than ten percent of the largest part, or it is not.
    let found = safe(&instance(&spend(rules, ""), &records(9)));
    assert_eq!(value(&found.rows, "t", "1"), "[c]");
    let found = safe(&instance(&spend(rules, ""), &records(10)));
    assert_eq!(value(&found.rows, "t", "1"), "160");
    assert_eq!(found.sensitive, 0);
}

#[test]
fn a_sensitive_amount_keeps_p_percent_of_itself_to_either_side() {
    let records = "spend 1 A 20\n spend 2 D 7\n spend 2 E 7\n spend 2 F 7\n
        spend 3 G 5\n spend 3 H 5\n spend 3 I 5\n spend 4 K 1";
    let instance = instance(&spend(r#", "p": 25"#, ""), records);
    let found = safe(&instance);
    let ends = attacker::ends(&instance, &found.rows, 30);
    let (low, high) = ends[&("spend".to_owned(), "1".to_owned())];
    assert!(low <= 15 && high >= 25, "{low} {high}: {:?}", found.rows);
    let (low, high) = ends[&("spend".to_owned(), "4".to_owned())];
    assert!(low == 0 && high >= 2, "{low} {high}");
}

#[test]
fn few_contributors_and_small_counts_make_an_amount_sensitive() {
    let records = "spend 1 A 50\n spend 1 B 50\n spend 2 A 30\n spend 2 B 30\n spend 2 C 30
        spend 3 A 40\n spend 3 B 40\n spend 3 C 40\n people 1 - 9\n people 2 - 9\n people 3 - 3";
    let found = safe(&instance(&spend(r#", "min_holders": 3"#, ""), records));
    assert_eq!(value(&found.rows, "t", "1"), "[c]");
    assert_eq!(found.sensitive, 1);
    let found = safe(&instance(&spend(r#", "count_measure": "people""#, ""), records));
    assert_eq!(value(&found.rows, "t", "3"), "[c]");
    let nothing = records.replace("people 3 - 3", "people 4 - 3");
    let found = safe(&instance(&spend(r#", "count_measure": "people""#, ""), &nothing));
    assert_eq!(
        value(&found.rows, "t", "4"),
        "[c]",
        "that three people cost nothing is told of three"
    );
}

#[test]
fn records_without_a_contributor_count_as_one() {
    let records = "spend 1 - 50\n spend 1 - 50\n spend 1 - 50\n spend 2 A 30\n spend 2 B 30
        spend 2 C 30\n spend 3 A 40\n spend 3 B 40\n spend 3 C 40";
    let found = safe(&instance(&spend(r#", "p": 10"#, ""), records));
    assert_eq!(value(&found.rows, "t", "1"), "[c]");
}

#[test]
fn whoever_is_alone_in_one_cell_cannot_work_out_another() {
    // Without insiders 1 and 2 would protect each other. A knows 1, so it would know 2.
    let records = "spend 1 A 50\n spend 2 B 40\n spend 3 A 30\n spend 3 C 30\n spend 3 D 30
        spend 4 A 60\n spend 4 C 60\n spend 4 D 60";
    let found = safe(&instance(&spend(r#", "p": 10"#, ""), records));
    assert_eq!((found.withheld_primary, found.withheld_secondary), (2, 1));
}

#[test]
fn whoever_has_a_part_of_a_sensitive_amount_cannot_work_out_the_rest() {
    // A is alone in 1 and has most of 2: with the sum of both it would know what B spends.
    let records = "spend 1 A 50\n spend 2 A 90\n spend 2 B 5\n spend 3 A 30\n spend 3 C 30
        spend 3 D 30\n spend 4 A 60\n spend 4 C 60\n spend 4 D 60";
    let found = safe(&instance(&spend(r#", "p": 10"#, ""), records));
    assert_eq!((found.withheld_primary, found.withheld_secondary), (2, 1));
}

#[test]
fn what_few_people_cost_is_told_to_no_contributor() {
    // A is alone in 3: if that alone hid 2, A would take both from the sum of all.
    let records = "spend 1 D 30\n spend 1 E 30\n spend 1 F 30\n spend 2 A 16\n spend 2 B 25
        spend 2 C 23\n spend 3 A 16\n people 1 - 9\n people 2 - 1\n people 3 - 9";
    let text = spend(r#", "p": 10, "count_measure": "people""#, "").replace("1234", "123");
    let instance = instance(&text, records);
    let found = safe(&instance);
    let ends = attacker::ends_for(&instance, &found.rows, 200, Some("A"));
    let (low, high) = ends[&("spend".to_owned(), "2".to_owned())];
    assert!(low <= 57 && high >= 71, "{low} {high}: {:?}", found.rows);
}

#[test]
fn contributors_of_counts_are_readers_too() {
    let text = format!(
        r#"{{"dims": {{"a": {}}}, "measures": {{{}}}, "markers": {{"[c]": [0, null]}},
        "tables": [{{"id": "t", "measure": "people", "dims": ["a"]}}]}}"#,
        flat("123"),
        super::PEOPLE
    );
    let alone = "people 1 A 3\n people 2 B 3\n people 3 C 9";
    let found = safe(&instance(&text, alone));
    assert_eq!((found.withheld_primary, found.withheld_secondary), (2, 1));
    let unnamed = "people 1 - 3\n people 2 - 3\n people 3 - 9";
    let found = safe(&instance(&text, unnamed));
    assert_eq!((found.withheld_primary, found.withheld_secondary), (2, 0));
}

#[test]
fn an_amount_falls_back_to_what_the_rule_asks_for() {
    // p% of the whole would be 53: more than the 50 that are there to protect it with. What the
    // rule lacks is 30 - 20.
    let text = spend(r#", "p": 30"#, "").replace("1234", "12");
    let records = "spend 1 A 100\n spend 1 B 56\n spend 1 C 20\n spend 2 D 20\n spend 2 E 15
        spend 2 F 15";
    let found = protect(&instance(&text, records)).expect("it makes sense");
    assert_eq!(found.open, [""; 0]);
}

/// The p% rule in its own words, for every contributor against every other in every leaf.
#[test]
fn no_contributor_can_estimate_another_within_p_percent() {
    let mut dice = Dice(11);
    // Three places.
    let text = spend(r#", "p": 20"#, "").replace(r#",["4","T"]"#, "");
    let (mut checked, mut open) = (0, 0);
    for _ in 0..24 {
        let mut records = String::new();
        for leaf in 1..=3 {
            for holder in ["A", "B", "C", "D"] {
                if dice.below(2) == 0 {
                    records += &format!("spend {leaf} {holder} {}\n", 1 + dice.below(9));
                }
            }
        }
        let instance = instance(&text, &records);
        let found = protect(&instance).expect("it makes sense");
        if !found.open.is_empty() {
            open += 1;
            continue;
        }
        for reader in ["A", "B", "C", "D"] {
            let ends = attacker::ends_for(&instance, &found.rows, 45, Some(reader));
            for other in instance.truth.iter().filter(|record| record.holder != reader) {
                let leaf = &other.coordinates["a"];
                let is_own = |record: &&super::Record| {
                    record.holder == reader && record.coordinates["a"] == *leaf
                };
                let own: i64 =
                    instance.truth.iter().filter(is_own).map(|record| record.value).sum();
                let (_, most) = ends[&("spend".to_owned(), leaf.clone())];
                let estimate = most - own;
                assert!(
                    100 * (estimate - other.value) >= 20 * other.value,
                    "{reader} of {} in {leaf}: {estimate}\n{records}{:#?}",
                    other.holder,
                    found.rows
                );
                checked += 1;
            }
        }
    }
    assert!(checked > 250 && open < 12, "{checked} checked, {open} open");
}
