//! Scripts: the program of a page, which is the same for any people, and the lists that it reads.
//!
//! A list is a script of one line, `placewise.NAME(JSON);`. That of the services may hold only what
//! is known here; every object of another is a row with its key, as in the open data.

use serde_json::{Map, Value};

use super::rows;
use super::sheet::{Rule, Sheet};
use crate::evidence::analysis::Measure;

/// What the list of services may tell beside its columns. None of it counts anybody.
const LISTS: [&str; 21] = [
    "version",
    "as_at",
    "step", // the most levels that a person may step down: a setting
    "areas",
    "types",
    "needs",
    "legal",
    "ladders",
    "levels",
    "ages",
    "genders",
    "ratings",
    "register",
    "providers",
    "towns",
    "districts",
    "ranges", // whom services take
    "texts",
    "sets",
    "stem",
    "others",
];
/// The columns of services: words, numbers of entries, places on the map, days, and what a provider
/// lets be told of its places.
const COLUMNS: [&str; 31] = [
    "name",
    "id",
    "provider",
    "type",
    "level",
    "area",
    "town",
    "district",
    "lat",
    "lon",
    "need",
    "claimed",
    "registered",
    "gender",
    "age",
    "legal",
    "takes",
    "capacity",
    "places",
    "vacancies",
    "free",
    "as_of",
    "from",
    "rating",
    "rated",
    "contract",
    "regulated",
    "closed",
    "old",
    "homes",
    "ok", // whether published quality stands against it
];

/// Reads a script.
pub(super) fn read(text: &str, sheet: &mut Sheet) {
    let called = text.strip_prefix("placewise.").and_then(|rest| rest.split_once('('));
    let is_name = |name: &str| name.chars().all(|letter| letter.is_ascii_alphanumeric());
    let Some((name, list)) = called.filter(|(name, _)| is_name(name)) else {
        return;
    };
    let list = list.trim_end().strip_suffix(");").map(serde_json::from_str::<Value>);
    match list {
        Some(Ok(Value::Object(fields))) if name == "index" => services(&fields, sheet),
        Some(Ok(value)) => rows::objects(&value, sheet),
        _ => sheet.fault(Rule::UnreadableFile, ""),
    }
}

/// The list of services, or of the parts that a long one is cut into.
fn services(fields: &Map<String, Value>, sheet: &mut Sheet) {
    for (name, value) in fields {
        match (name.as_str(), value) {
            ("rows", Value::Object(columns)) => {
                let unknown = columns.keys().filter(|name| !COLUMNS.contains(&name.as_str()));
                unknown.for_each(|name| sheet.fault(Rule::UnknownKey, name));
            }
            ("parts", Value::Array(_)) => {}
            (name, _) if LISTS.contains(&name) => {}
            (name, _) => sheet.fault(Rule::UnknownKey, name),
        }
        words(value, sheet);
    }
}

/// No word of the list is a mark or the key of a figure.
fn words(value: &Value, sheet: &mut Sheet) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| words(value, sheet)),
        Value::Object(fields) => fields.values().for_each(|value| words(value, sheet)),
        Value::String(text) => {
            let measure = text.split_once('|').map_or("", |(measure, _)| measure);
            let is_key = Measure::ALL.iter().any(|known| known.id() == measure);
            if is_key || text.contains("[c]") {
                sheet.fault(Rule::WithoutKey, "");
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(script: &str) -> Vec<Rule> {
        let mut sheet = Sheet::new("assets/x.js");
        read(script, &mut sheet);
        sheet.faults.iter().map(|fault| fault.rule).collect()
    }

    #[test]
    fn programs_and_lists_of_services_hold_no_figure() {
        for script in [
            "\"use strict\";\nconst placewise = 3;\n",
            "placewise.search = (() => 3)();\n",
            "placewise.index({\"version\":1,\"parts\":[[\"a\",\"A (3)\",\"x.js\"]]});\n",
            r#"placewise.index({"texts":[null,"3 places"],"rows":{"name":["A"],"ok":1}});"#,
        ] {
            assert_eq!(faults(script), [], "{script}");
        }
    }

    #[test]
    fn what_no_list_of_services_should_hold_is_found() {
        for (script, rule) in [
            ("placewise.index({\"people\":[3]});", Rule::UnknownKey),
            ("placewise.index({\"rows\":{\"people\":[3]}});", Rule::UnknownKey),
            ("placewise.index({\"texts\":[\"[c]\"]});", Rule::WithoutKey),
            ("placewise.index({\"texts\":[\"gap.people|a|all|all\"]});", Rule::WithoutKey),
            ("placewise.index({\"texts\":", Rule::UnreadableFile),
            (
                "placewise.gaps([{\"key\":\"a|b\",\"rank\":3,\"mark\":\"[c]\"}]);",
                Rule::NumberBesideMark,
            ),
            ("placewise.gaps([{\"people\":3}]);", Rule::WithoutKey),
        ] {
            assert_eq!(faults(script), [rule], "{script}");
        }
    }
}
