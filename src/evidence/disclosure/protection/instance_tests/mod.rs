//! The rules of the instance format, one by one, and a reader who tries every table of whole
//! numbers against all of them together.

mod amounts;
mod attacker;
mod quotients;
mod refusals;
mod shipped;

use super::instance::{Coordinates, Instance, Record, Row, Structure};
use super::{Protection, protect};

/// An instance with records written as `measure code/code holder value`, the codes in the order of
/// the names of the dimensions.
fn instance(structure: &str, records: &str) -> Instance {
    let structure: Structure = serde_json::from_str(structure).expect("it is written here");
    let mut dims: Vec<&String> = structure.dims.keys().collect();
    dims.sort();
    let record = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [measure, codes, holder, value] = words.as_slice() else { panic!("{line}") };
        Record {
            measure: (*measure).to_owned(),
            coordinates: dims.iter().map(|d| (*d).clone()).zip(split(codes)).collect(),
            holder: holder.trim_matches('-').to_owned(),
            value: value.parse().expect("it is written here"),
        }
    };
    let truth =
        records.lines().map(str::trim).filter(|line| !line.is_empty()).map(record).collect();
    Instance { structure, truth, frozen: Vec::new() }
}

fn split(codes: &str) -> impl Iterator<Item = String> {
    codes.split('/').map(str::to_owned)
}

/// A published value by table and codes, which stand in the order of the names of the dimensions.
fn value<'a>(rows: &'a [Row], table: &str, codes: &str) -> &'a str {
    let codes: Vec<String> = split(codes).collect();
    let is_it = |row: &&Row| row.table == table && row.coordinates.values().eq(codes.iter());
    let found = rows.iter().find(is_it);
    &found.unwrap_or_else(|| panic!("{table} {codes:?} is not published")).value
}

fn safe(instance: &Instance) -> Protection {
    let protection = protect(instance).expect("it makes sense");
    assert!(protection.open.is_empty(), "{:?}", protection.open);
    assert!(protection.lost.is_empty(), "{:?}", protection.lost);
    protection
}

fn row(table: &str, codes: &[(&str, &str)], value: &str) -> Row {
    let coordinates: Coordinates =
        codes.iter().map(|(name, code)| ((*name).to_owned(), (*code).to_owned())).collect();
    Row { table: table.to_owned(), coordinates, value: value.to_owned() }
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// A dimension with a total T and these codes below.
fn flat(codes: &str) -> String {
    let edges: Vec<String> = codes.chars().map(|code| format!(r#"["{code}","T"]"#)).collect();
    format!(r#"{{"total": "T", "edges": [{}]}}"#, edges.join(","))
}

const PEOPLE: &str = r#""people": {"type": "count", "threshold": 4, "min_width": 2}"#;

#[test]
fn a_table_has_its_levels_and_its_filter_and_comes_in_the_order_of_the_text() {
    let text = format!(
        r#"{{"dims": {{"b": {{"total": "T", "edges": [["z","T"],["g","T"],["y","g"],["x","g"]]}},
        "a": {}}}, "measures": {{{PEOPLE}}}, "markers": {{"[c]": [0, null]}}, "tables": [
        {{"id": "u", "measure": "people", "dims": ["b"], "filter": {{"a": "2"}}}},
        {{"id": "t", "measure": "people", "dims": ["b", "a"],
          "levels": {{"b": ["g", "T"], "a": ["2", "1"]}}}}]}}"#,
        flat("12")
    );
    let records = "people 1/x - 10\n people 1/y - 20\n people 1/z - 30\n
        people 2/x - 40\n people 2/y - 50\n people 2/z - 60";
    let rows = safe(&instance(&text, records)).rows;
    let shown: Vec<String> = rows
        .iter()
        .map(|row| {
            let code = |name: &str| row.coordinates.get(name).map_or("", String::as_str);
            format!("{} {} {} {}", row.table, code("b"), code("a"), row.value)
        })
        .collect();
    let expected = ["u T  150", "u z  60", "u g  90", "u y  50", "u x  40"];
    assert_eq!(shown[..5], expected);
    assert_eq!(shown[5..], ["t T 1 60", "t T 2 150", "t g 1 30", "t g 2 90"]);
}

#[test]
fn a_small_leaf_that_no_table_shows_is_looked_after_unless_it_is_said_not_to_be() {
    let text = |rest: &str| {
        format!(
            r#"{{"dims": {{"a": {}, "b": {}}}, "measures": {{{PEOPLE}}},
            "markers": {{"[c]": [0, null]}}, "tables": [
            {{"id": "t", "measure": "people", "dims": ["a"]}},
            {{"id": "u", "measure": "people", "dims": ["b"]}}]{rest}}}"#,
            flat("12"),
            flat("xy")
        )
    };
    // 1 has nobody, so each of x and y would be all of 2; and the leaf 2/x would be x.
    let records = "people 2/x - 30\n people 2/y - 40\n people 1/x - 3";
    let with = safe(&instance(&text(""), records));
    assert_eq!((with.sensitive, with.withheld_primary), (2, 1));
    let without = safe(&instance(&text(r#", "implied": false"#), records));
    assert_eq!((without.sensitive, without.withheld_primary), (1, 1));
}

#[test]
fn what_must_never_be_published_is_withheld_and_what_is_kept_is_not() {
    let text = |rest: &str| {
        format!(
            r#"{{"dims": {{"a": {}}}, "measures": {{{PEOPLE}}}, "markers": {{"[c]": [1, null]}},
            "tables": [{{"id": "t", "measure": "people", "dims": ["a"]}}]{rest}}}"#,
            flat("123")
        )
    };
    let records = "people 1 - 20\n people 2 - 9\n people 3 - 30";
    let list = |name: &str, code: &str| {
        format!(r#", "{name}": [{{"measure": "people", "coords": {{"a": "{code}"}}}}]"#)
    };
    assert_eq!(safe(&instance(&text(""), records)).withheld_primary, 0);
    let never = list("never_publish", "1");
    let found = safe(&instance(&text(&never), records));
    assert_eq!((found.withheld_primary, found.withheld_secondary), (1, 1));
    assert_eq!(value(&found.rows, "t", "1"), "[c]");
    assert_eq!(value(&found.rows, "t", "2"), "[c]", "the cheapest of the others");
    let both = never.clone() + &list("keep", "2");
    let found = safe(&instance(&text(&both), records));
    assert_eq!(value(&found.rows, "t", "2"), "9");
    assert_eq!(value(&found.rows, "t", "3"), "[c]");
    let same = instance(&text(&(never + &list("keep", "1"))), records);
    let reasons = protect(&same).err().expect("it contradicts itself").to_string();
    assert_eq!(reasons, "people 1: it is to be kept, but a rule withholds it");
    let kept: Vec<String> = ["T", "2", "3"].map(|code| list("keep", code)[11..].to_owned()).into();
    let kept = kept.iter().map(|entry| entry.trim_end_matches(']')).collect::<Vec<_>>().join(",");
    let kept = format!(r#"{}, "keep": [{kept}]"#, list("never_publish", "1"));
    let found = protect(&instance(&text(&kept), records)).expect("it makes sense");
    assert_eq!(found.open, ["people 1"], "nothing is left to protect it with");
}

#[test]
fn a_marker_that_says_too_much_is_refused_or_leaves_cells_open() {
    let text = |markers: &str| {
        format!(
            r#"{{"dims": {{"a": {}}}, "measures": {{{PEOPLE}}}, "markers": {markers},
            "tables": [{{"id": "t", "measure": "people", "dims": ["a"], "min_shown": 8}}]}}"#,
            flat("123")
        )
    };
    let records = "people 1 - 2\n people 2 - 9\n people 3 - 30";
    let found = protect(&instance(&text(r#"{"few": [1, 3]}"#), records)).expect("it makes sense");
    assert_eq!(found.open, ["people 1"]);
    let both = text(r#"{"few": [1, 3], "[c]": [1, null]}"#);
    let found = safe(&instance(&both, records));
    assert_eq!(value(&found.rows, "t", "1"), "[c]", "one marker where one is enough");
    let refused = instance(&text(r#"{"few": [1, 3]}"#), "people 1 - 5\n people 2 - 9");
    let reason = protect(&refused).err().expect("nothing may stand for it").to_string();
    assert_eq!(reason, "people 1: no marker may stand for it");
}

#[test]
fn an_interval_that_is_asked_for_is_kept_on_top_of_the_rule_for_counts() {
    let text = format!(
        r#"{{"dims": {{"a": {}}}, "measures": {{{PEOPLE}}}, "markers": {{"[c]": [0, null]}},
        "tables": [{{"id": "t", "measure": "people", "dims": ["a"]}}], "force_sensitive": [
        {{"measure": "people", "coords": {{"a": "1"}}, "lo": 2, "hi": 12}}]}}"#,
        flat("1234")
    );
    // Only 4 leaves enough room above: 2 and 3 together have 10.
    let records = "people 1 - 2\n people 2 - 6\n people 3 - 4\n people 4 - 30";
    let found = safe(&instance(&text, records));
    let ends = attacker::ends(&instance(&text, records), &found.rows, 40);
    let (low, high) = ends[&("people".to_owned(), "1".to_owned())];
    assert!(low <= 2 && high >= 12, "{low} {high}");
}

#[test]
fn targets_are_protected_below_nought_too() {
    let text = format!(
        r#"{{"dims": {{"a": {}}}, "measures": {{{PEOPLE}}}, "markers": {{"[c]": [0, null]}},
        "tables": [{{"id": "t", "measure": "people", "dims": ["a"]}}], "targets": [
        {{"id": "less", "terms": [[1, "people", {{"a": "1"}}], [-1, "people", {{"a": "2"}}]]}}]}}"#,
        flat("1234")
    );
    let records = "people 1 - 9\n people 2 - 11\n people 3 - 20\n people 4 - 20";
    let found = safe(&instance(&text, records));
    assert_eq!((found.sensitive, found.withheld_primary), (1, 0));
    let hidden = |code| value(&found.rows, "t", code) == "[c]";
    assert!(hidden("1") || hidden("2"), "{:?}", found.rows);
    let equal = "people 1 - 9\n people 2 - 9\n people 3 - 20\n people 4 - 20";
    assert_eq!(safe(&instance(&text, equal)).withheld_secondary, 0);
}

#[test]
fn a_row_that_an_earlier_table_lacks_was_withheld() {
    let text = format!(
        r#"{{"dims": {{"a": {}}}, "measures": {{{PEOPLE}}}, "markers": {{"[c]": [1, null]}},
        "frozen_tables": ["old"],
        "tables": [{{"id": "old", "measure": "people", "dims": ["a"]}},
                   {{"id": "t", "measure": "people", "dims": ["a"], "levels": {{"a": ["2"]}}}}]}}"#,
        flat("123")
    );
    let mut instance = instance(&text, "people 1 - 2\n people 2 - 9\n people 3 - 30");
    instance.frozen = vec![row("old", &[("a", "T")], "41"), row("old", &[("a", "3")], "30")];
    let found = safe(&instance);
    assert_eq!(value(&found.rows, "t", "2"), "[c]", "or 1 would follow");
    assert_eq!(found.rows.len(), 1, "frozen tables are not repeated");
    // The marker says 1 or more, so 1 is 1 to 10: enough.
    instance.frozen.push(row("old", &[("a", "2")], "9"));
    let found = protect(&instance).expect("it makes sense");
    assert_eq!((found.open.len(), found.lost.len()), (0, 1));
}
