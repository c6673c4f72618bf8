//! What makes no sense is refused, by name and never with a value.

use super::{flat, instance, protect, row};

/// A small instance with one thing changed.
fn refused(from: &str, to: &str, records: &str) -> String {
    let text = format!(
        r#"{{"dims": {{"a": {}, "b": {}}}, "measures": {{
        "people": {{"type": "count", "threshold": 4, "min_width": 2}},
        "spend": {{"type": "magnitude", "p": 10}}}},
        "markers": {{"[c]": [0, null]}}, "frozen_tables": [], "targets": [], "keep": [],
        "tables": [{{"id": "t", "measure": "people", "dims": ["a"], "levels": {{}},
        "filter": {{}}}}],
        "ratios": [{{"id": "r", "dims": ["a"], "num": {{"measure": "spend"}},
        "den": {{"measure": "people"}}, "scale": 1, "decimals": 0}}]}}"#,
        flat("123"),
        flat("xy")
    );
    assert!(text.contains(from), "{from}");
    let instance = instance(&text.replacen(from, to, 1), records);
    let reason = protect(&instance).err().map(|refusal| refusal.to_string()).unwrap_or_default();
    assert!(!reason.contains("717"), "{reason} repeats a value");
    reason
}

#[test]
fn a_structure_that_contradicts_itself_is_refused() {
    for (from, to, reason) in [
        (r#"["1","T"]"#, r#"["1","2"],["2","1"]"#, "dimension `a`: `2` stands below two codes"),
        (
            r#"["3","T"]"#,
            r#"["3","4"],["4","3"]"#,
            "dimension `a`: `3` does not stand below the total",
        ),
        (r#"["3","T"]"#, r#"["3","T"],["3","T"]"#, "dimension `a`: `3` stands twice below `T`"),
        (
            r#""frozen_tables": []"#,
            r#""frozen_tables": ["q"]"#,
            "frozen_tables: there is no table `q`",
        ),
        (
            r#""dims": ["a"], "lev"#,
            r#""dims": ["q"], "lev"#,
            "table `t`: there is no dimension `q`",
        ),
        (
            r#""dims": ["a"], "lev"#,
            r#""dims": ["a","a"], "lev"#,
            "table `t`: a dimension stands twice",
        ),
        (
            r#""filter": {}"#,
            r#""filter": {"a": "1"}"#,
            "table `t`: `a` is both spread out and fixed",
        ),
        (r#""filter": {}"#, r#""filter": {"b": "q"}"#, "table `t`: dimension `b` has no code `q`"),
        (
            r#""levels": {}"#,
            r#""levels": {"a": ["1","1"]}"#,
            "table `t`: levels of `a`: a code stands twice",
        ),
        (
            r#""levels": {}"#,
            r#""levels": {"b": ["x"]}"#,
            "table `t`: levels of `b`, which is not spread out",
        ),
        (r#""levels": {}"#, r#""rounding": 0"#, "table `t`: the rounding makes no sense"),
        (r#""id": "r""#, r#""id": "t""#, "two tables are called `t`"),
        (r#""measure": "spend""#, r#""measure": "q""#, "`r`: there is no measure `q`"),
        (r#""scale": 1"#, r#""scale": 0"#, "`r`: the scale or the decimals make no sense"),
        (r#""p": 10"#, r#""p": 717"#, "measure `spend`: p is no percentage"),
        (r#""p": 10"#, r#""count_measure": "spend""#, "measure `spend`: `spend` is no count"),
        (r#""[c]": [0, null]"#, "", "there is no marker"),
        (r#""[c]": [0, null]"#, r#""7": [0, null]"#, "marker `7` looks like a number"),
        (r#""[c]": [0, null]"#, r#""[c]": [5, 4]"#, "marker `[c]` stands for nothing"),
        (r#""targets": []"#, r#""targets": [{"id": "d", "terms": []}]"#, "target `d` has no terms"),
        (
            r#""targets": []"#,
            r#""targets": [{"id": "d", "terms": [[1, "spend", {}]]}]"#,
            "target `d` counts nothing",
        ),
        (
            r#""keep": []"#,
            r#""keep": [{"measure": "people", "coords": {"a": "q"}}]"#,
            "keep: dimension `a` has no code `q`",
        ),
        (
            r#""keep": []"#,
            r#""force_sensitive": [{"measure": "people", "coords": {"a": "1"},
            "lo": 717, "hi": 7}]"#,
            "force_sensitive: people 1: the interval makes no sense",
        ),
    ] {
        assert_eq!(refused(from, to, "people 1/x - 717"), reason, "{to}");
    }
}

#[test]
fn names_that_stand_twice_are_not_read() {
    let text = r#"{"dims": {"a": {"total": "T", "edges": []}, "a": {"total": "T", "edges": []}},
        "measures": {}, "tables": [], "markers": {}}"#;
    let error = serde_json::from_str::<super::Structure>(text).err().unwrap().to_string();
    assert!(error.starts_with("duplicate name `a`"), "{error}");
}

#[test]
fn records_that_make_no_sense_are_refused() {
    for (records, reason) in [
        ("people 1/x - -717", "records: people 1/x: negative or too large"),
        ("people 1/x - 717717717717717", "records: people 1/x: negative or too large"),
        ("people T/x - 717", "people: the codes of a record are no leaf: `T` of `a`"),
        ("people 9/x - 717", "records: dimension `a` has no code `9`"),
        ("beds 1/x - 717", "records: there is no measure `beds`"),
    ] {
        assert_eq!(refused("[]", "[]", records), reason);
    }
    let most = "people 1/x - 100000000000\n people 1/x - 100000000000";
    assert_eq!(refused("[]", "[]", most), "people 1: too large a sum");
    let both = refused(r#""id": "r""#, r#""id": "t""#, "beds 1/x - 717\n people 9/x - 717");
    assert_eq!(both.lines().count(), 3, "everything is said at once: {both}");
}

#[test]
fn earlier_figures_that_make_no_sense_are_refused() {
    let text = format!(
        r#"{{"dims": {{"a": {}}}, "measures": {{
        "people": {{"type": "count", "threshold": 4, "min_width": 2}}}},
        "markers": {{"[c]": [1, null]}}, "frozen_tables": ["old"],
        "tables": [{{"id": "old", "measure": "people", "dims": ["a"], "levels": {{"a": ["1"]}}}},
                   {{"id": "new", "measure": "people", "dims": ["a"]}}]}}"#,
        flat("12")
    );
    /// Table, code and value of each row.
    type Rows<'a> = &'a [(&'a str, &'a str, &'a str)];
    let cases: [(Rows<'_>, &str); 7] = [
        (&[("new", "1", "717")], "`new` is not among the frozen tables"),
        (&[("beds", "1", "717")], "`beds` is not among the frozen tables"),
        (&[("old", "7", "717")], "dimension `a` has no code `7`"),
        (&[("old", "1", "717"), ("old", "1", "717")], "frozen figures: `old` has a row twice"),
        (
            &[("old", "1", "717"), ("old", "2", "717")],
            "frozen figures: `old` has no row with the codes of one of its figures",
        ),
        (&[("old", "1", "x717")], "table `old`: a figure is neither a number nor a marker"),
        (&[("old", "1", "718")], "people 1: an earlier release does not agree with the records"),
    ];
    for (rows, reason) in cases {
        let mut instance = instance(&text, "people 1 - 717\n people 2 - 40");
        instance.frozen =
            rows.iter().map(|(table, code, value)| row(table, &[("a", code)], value)).collect();
        let found = protect(&instance).err().map(|refusal| refusal.to_string());
        assert_eq!(found.as_deref(), Some(reason));
    }
}
