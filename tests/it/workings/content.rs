//! What is in the file: it keeps to its schema, and every figure can be followed to its lines.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{schema, site_with_secrets, workings};
use crate::site::{EXAMPLE, TestSite};

fn shipped(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

/// Calls `see` with every record in a value.
fn records<'a>(value: &'a Value, see: &mut impl FnMut(&'a serde_json::Map<String, Value>)) {
    match value {
        Value::Object(record) => {
            see(record);
            record.values().for_each(|value| records(value, see));
        }
        Value::Array(list) => list.iter().for_each(|value| records(value, see)),
        _ => {}
    }
}

/// Every figure of the file.
fn figures(workings: &Value) -> Vec<&serde_json::Map<String, Value>> {
    let mut figures = Vec::new();
    records(workings, &mut |record| {
        if record.contains_key("formula") {
            figures.push(record);
        }
    });
    figures
}

fn ids(table: &Value) -> Vec<&str> {
    table.as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap()).collect()
}

#[test]
fn the_example_and_the_smallest_site_keep_to_the_schema() {
    let schema: Value = serde_json::from_str(&shipped("examples/workings.schema.json")).unwrap();
    let nobody = TestSite::new().remove("data/placements/rows.yaml").remove("content/index.md");
    for site in [&*EXAMPLE, &TestSite::new(), &nobody] {
        let faults = schema::faults(&schema, &workings(site));
        assert!(faults.is_empty(), "{faults:#?}");
    }
}

#[test]
fn the_description_tells_every_key_and_every_formula() {
    let schema: Value = serde_json::from_str(&shipped("examples/workings.schema.json")).unwrap();
    let text = shipped("examples/workings.md");
    let mut keys = BTreeSet::new();
    records(&schema, &mut |record| {
        if let Some(Value::Object(properties)) = record.get("properties") {
            keys.extend(properties.keys().cloned());
        }
    });
    let file = workings(&EXAMPLE);
    let formulas = ids(&file["formulas"]);
    for name in keys.iter().map(String::as_str).chain(formulas) {
        assert!(text.contains(&format!("`{name}`")), "examples/workings.md lacks `{name}`");
    }
}

#[test]
fn every_figure_names_its_formula_its_lines_and_its_assumptions() {
    let file = workings(&EXAMPLE);
    let (formulas, assumptions) = (ids(&file["formulas"]), ids(&file["assumptions"]));
    for ids in [&formulas, &assumptions] {
        let different: BTreeSet<_> = ids.iter().collect();
        assert_eq!(different.len(), ids.len(), "an id comes twice");
    }
    let inputs = file["inputs"].as_array().unwrap();
    let figures = figures(&file);
    assert!(figures.len() > 500);
    let mut used = BTreeSet::new();
    for figure in &figures {
        let keys: Vec<&str> = figure.keys().map(String::as_str).collect();
        assert_eq!(keys, ["assumptions", "formula", "inputs", "scenario", "value"]);
        let formula = figure["formula"].as_str().unwrap();
        assert!(formulas.contains(&formula), "no formula {formula}");
        used.insert(formula);
        for assumption in figure["assumptions"].as_array().unwrap() {
            let id = assumption.as_str().unwrap();
            assert!(assumptions.contains(&id), "no assumption {id}");
        }
        assert!((figure["inputs"].as_u64().unwrap() as usize) < inputs.len());
    }
    let unused: Vec<_> = formulas.iter().filter(|formula| !used.contains(**formula)).collect();
    assert!(unused.is_empty(), "no figure of the example uses {unused:?}");
}

/// Lines of `2,5-9`.
fn lines(stretches: &str) -> Vec<usize> {
    let number = |text: &str| text.parse::<usize>().unwrap();
    let stretch = |text: &str| match text.split_once('-') {
        Some((first, last)) => number(first)..=number(last),
        None => number(text)..=number(text),
    };
    stretches.split(',').flat_map(stretch).collect()
}

#[test]
fn inputs_are_lines_on_which_a_record_begins() {
    let file = workings(&EXAMPLE);
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let rows = file["rows"].as_array().unwrap().iter().map(|row| &row["row"]);
    let sets = file["inputs"].as_array().unwrap().iter();
    let named: BTreeSet<&str> = sets
        .flat_map(|set| set.as_array().unwrap())
        .chain(rows)
        .map(|name| name.as_str().unwrap())
        .collect();
    for name in named {
        let (path, stretches) = name.rsplit_once(':').unwrap();
        let text = texts.entry(path.to_owned()).or_insert_with(|| {
            let text = fs::read_to_string(EXAMPLE.path(path)).unwrap();
            text.lines().map(str::to_owned).collect()
        });
        for line in lines(stretches) {
            let is_record = match path.ends_with(".csv") {
                true => line > 1 && line <= text.len(),
                // A change is named by the line of its service, or of the level of a new one.
                false if path == "data/changes.yaml" => true,
                false => {
                    let text = &text[line - 1];
                    text.contains("id: ") || text.trim_start().starts_with("- ")
                }
            };
            assert!(is_record, "{path}:{line} begins no record: {}", text[line - 1]);
        }
    }
}

#[test]
fn totals_of_each_scenario_are_those_of_its_rows() {
    let file = workings(&EXAMPLE);
    for scenario in ["low", "central", "high"] {
        for measure in ["need", "placed"] {
            let rows = file["rows"].as_array().unwrap();
            let sum: u64 =
                rows.iter().map(|row| row[scenario][measure]["value"].as_u64().unwrap()).sum();
            assert_eq!(file["scenarios"][scenario][measure]["value"], sum, "{scenario} {measure}");
        }
    }
}

/// From a listed gap to its rows: all are there, without a place, and of the needs it is for.
#[test]
fn listed_gaps_lead_to_their_rows() {
    let file = workings(&EXAMPLE);
    let rows = file["rows"].as_array().unwrap();
    let by_name: BTreeMap<&str, &Value> =
        rows.iter().map(|row| (row["row"].as_str().unwrap(), row)).collect();
    let count = |figure: &Value| figure["value"].as_u64().unwrap();
    let mut left: BTreeMap<&str, u64> = by_name
        .iter()
        .map(|(name, row)| {
            (*name, count(&row["central"]["need"]) - count(&row["central"]["placed"]))
        })
        .collect();
    let listings = &file["listings"];
    let gaps = listings["gaps"].as_array().unwrap();
    assert!(gaps.len() >= 3);
    let mut take = |shares: &Value, people: u64| {
        let mut sum = 0;
        for share in shares.as_array().unwrap() {
            let (name, people) =
                (share["row"].as_str().unwrap(), share["people"].as_u64().unwrap());
            let left = left.get_mut(name).unwrap();
            *left = left.checked_sub(people).unwrap_or_else(|| panic!("{name} is taken twice"));
            sum += people;
        }
        assert_eq!(sum, people);
    };
    for gap in gaps {
        take(&gap["rows"], count(&gap["people"]));
        let offered = gap["specification"]["needs"].as_array().unwrap();
        for share in gap["rows"].as_array().unwrap() {
            let row = by_name[share["row"].as_str().unwrap()];
            for need in row["needs"].as_array().unwrap() {
                assert!(offered.contains(need), "{row}");
            }
        }
    }
    // Listed and unlisted people are all who have no place (I9).
    take(&listings["unlisted_rows"], count(&listings["unlisted"]));
    assert!(left.values().all(|people| *people == 0), "{left:?}");
}

/// Keys that a public file may well have too.
const PLAIN: [&str; 25] = [
    "id",
    "schema",
    "name",
    "title",
    "publisher",
    "edition",
    "home",
    "area",
    "level",
    "needs",
    "need",
    "gender",
    "legal",
    "places",
    "unit",
    "source",
    "note",
    "as_at",
    "value",
    "rows",
    "age",
    "ages",
    "capacity",
    "providers",
    "vacancies",
];

#[test]
fn nothing_of_the_workings_reaches_the_site() {
    let site = site_with_secrets();
    let file = workings(&site);
    let text = file.to_string();
    assert!(text.contains("4137"), "the workings lack the number that is looked for");
    let site = site.build();
    let mut traces: BTreeSet<String> =
        ["4137", "918273", "9182.73", "placewise-workings", "not for publication"]
            .map(str::to_owned)
            .into();
    traces.extend(ids(&file["formulas"]).into_iter().map(|id| format!("{id}\"")));
    records(&file, &mut |record| {
        let own = record.keys().filter(|key| !PLAIN.contains(&key.as_str()));
        traces.extend(own.map(|key| format!("\"{key}\":")));
    });
    let mut found = Vec::new();
    for (path, bytes) in site.tree() {
        let published = String::from_utf8_lossy(&bytes).replace("\": ", "\":");
        let here = traces.iter().filter(|trace| published.contains(*trace));
        found.extend(here.map(|trace| format!("`{trace}` is in {}", path.display())));
    }
    assert!(found.is_empty(), "{found:#?}");
}
