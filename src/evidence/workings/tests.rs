//! The workings of the worked examples, held against their answers.

use serde_json::{Value, json};

use super::document::Document;
use super::json;
use crate::evidence::analysis::tests::loader::{self, World};

/// The workings of a worked example.
fn workings(name: &str) -> Value {
    let (market, sources) = World::from_casebook(name).read();
    serde_json::from_slice(&json::bytes(&Document::new(&market, &sources))).unwrap()
}

/// What a figure says.
fn value(figure: &Value) -> &Value {
    assert!(figure["formula"].is_string(), "no figure: {figure}");
    &figure["value"]
}

/// Runs a comparison on every worked example.
fn each_example(compare: impl Fn(&str, &Value, &Value)) {
    for name in loader::casebook() {
        compare(&name, &workings(&name), &loader::expected(&name));
    }
}

#[test]
fn totals_are_those_of_the_worked_examples() {
    let keys = [
        ("need", "need"),
        ("placed", "placed"),
        ("residual", "residual"),
        ("vacancies", "vacancies"),
        ("least_weekly_price", "min_weekly_price_pence"),
        ("placed_unknown_cost", "placed_unknown_cost"),
        ("saving", "saving_pence_year"),
    ];
    each_example(|name, file, expected| {
        for (scenario, answers) in expected["scenarios"].as_object().unwrap() {
            for (key, theirs) in keys {
                let told = value(&file["scenarios"][scenario][key]);
                assert_eq!(*told, answers[theirs], "{name}, {scenario}, {key}");
            }
        }
    });
}

#[test]
fn rows_are_placed_as_in_the_worked_examples() {
    each_example(|name, file, expected| {
        let expected = expected["placed_by_row"].as_object().unwrap();
        // The rows of the examples are called R1, R2 and so on, in the order of the file.
        let rows = file["rows"].as_array().unwrap();
        assert_eq!(rows.len(), expected.len(), "{name}");
        for (at, row) in rows.iter().enumerate() {
            let told = value(&row["central"]["placed"]);
            assert_eq!(*told, expected[&format!("R{}", at + 1)], "{name}, row {at}");
        }
    });
}

#[test]
fn reasons_are_those_of_the_worked_examples() {
    each_example(|name, file, expected| {
        let reasons = &file["reasons"];
        for (theirs, answer) in expected["relax"].as_object().unwrap() {
            let filter = if theirs == "tags" { "needs" } else { theirs };
            assert_eq!(value(&reasons["barriers"][filter]), answer, "{name}, {filter}");
        }
        for kind in ["capability", "capacity"] {
            assert_eq!(*value(&reasons["kind"][kind]), expected["kind"][kind], "{name}, {kind}");
        }
        assert_eq!(*value(&reasons["exchange"]), expected["exchange_total"], "{name}");
        let funnels = expected["funnel"].as_object().unwrap();
        for (at, row) in file["rows"].as_array().unwrap().iter().enumerate() {
            match funnels.get(&format!("R{}", at + 1)) {
                Some(funnel) => assert_eq!(value(&row["funnel"]), funnel, "{name}, row {at}"),
                None => assert!(row["funnel"].is_null(), "{name}, row {at}"),
            }
        }
    });
}

#[test]
fn listed_gaps_are_those_of_the_worked_examples() {
    each_example(|name, file, expected| {
        let listings = &file["listings"];
        assert_eq!(*value(&listings["unlisted"]), expected["unlisted_people"], "{name}");
        let names: Vec<&str> = file["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["row"].as_str().unwrap())
            .collect();
        let gaps = listings["gaps"].as_array().unwrap();
        let answers = expected["listed_gaps"].as_array().unwrap();
        assert_eq!(gaps.len(), answers.len(), "{name}");
        for (gap, answer) in gaps.iter().zip(answers) {
            let told = json!({
                "people": value(&gap["people"]),
                "range": value(&gap["range"]),
                "beds_occupancy": value(&gap["beds"]["by_occupancy"]),
                "beds_full": value(&gap["beds"]["by_refusals"]),
                "price": value(&gap["price"]),
                "saving_pence_year": value(&gap["saving"]),
                "spec": spec(&gap["specification"]),
                "takes": gap["rows"].as_array().unwrap().iter().map(|share| {
                    let at = names.iter().position(|name| share["row"] == **name).unwrap();
                    json!([format!("R{}", at + 1), share["people"]])
                }).collect::<Vec<_>>(),
            });
            assert_eq!(told, *answer, "{name}");
        }
    });
}

/// A specification as the examples write it.
fn spec(offer: &Value) -> String {
    let joined = |list: &Value| -> String {
        let words: Vec<&str> =
            list.as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
        words.join("+")
    };
    let legal = match offer["legal"].as_array().unwrap().len() {
        1 => joined(&offer["legal"]),
        _ => "any".to_owned(),
    };
    format!(
        "{}/{}/{}/{}-{}/{}/{legal}",
        offer["area"].as_str().unwrap().to_uppercase(),
        offer["level"].as_str().unwrap(),
        joined(&offer["needs"]),
        offer["ages"][0],
        offer["ages"][1],
        offer["gender"].as_str().unwrap(),
    )
}

#[test]
fn measures_are_those_of_the_worked_examples() {
    each_example(|name, file, expected| {
        let measures = &expected["measures"];
        let (money, movement) = (&file["money"], &file["movement"]);
        let occupied = value(&money["occupied_value"]);
        assert_eq!(occupied["index"], measures["hhi"], "{name}");
        assert_eq!(occupied["top_3_share"], measures["top3_share"], "{name}");
        let spend = value(&money["local_share"][0]["figure"]);
        assert!(money["local_share"][0]["area"].is_null());
        let theirs = &measures["spend_week_pence"];
        assert_eq!(spend["local_week_pence"][1], theirs["local"], "{name}");
        assert_eq!(spend["out_of_area_week_pence"][1], theirs["out_of_area"], "{name}");
        let flows = value(&movement["flows"][0]["figure"]);
        assert_eq!(flows["imports"][1], measures["imports"], "{name}");
        let reviews = value(&movement["reviews"][0]["figure"]);
        for key in ["people", "overdue", "unknown"] {
            assert_eq!(reviews[key], measures["review_overdue"][key], "{name}, {key}");
        }
    });
}

#[test]
fn groups_are_those_of_the_worked_examples() {
    each_example(|name, file, expected| {
        let expected = expected["groups"].as_object().unwrap();
        let groups = file["groups"].as_array().unwrap();
        assert_eq!(groups.len(), expected.len(), "{name}");
        for group in groups {
            let needs =
                group["needs"].as_array().unwrap().iter().map(|need| need.as_str().unwrap());
            let home = group["home"].as_str().unwrap().to_uppercase();
            let key = format!("{home}/{}", needs.collect::<Vec<_>>().join("+"));
            for part in ["need", "placed", "gap", "contention", "published"] {
                assert_eq!(*value(&group[part]), expected[&key][part], "{name}, {key}, {part}");
            }
        }
    });
}

/// The file counts what is not announced, and says which changes the site leaves out.
#[test]
fn changes_that_are_not_announced_are_named() {
    let mut world = World::from_casebook("01_wrong_beds");
    let change = |day: &str, public: &str| {
        format!(
            "- {{service: s1, date: {day}, delta: +1, certainty: confirmed, public: {public}}}\n"
        )
    };
    let changes = change("2026-04-01", "no") + &change("2026-03-01", "yes");
    world.files.push(("data/changes.yaml", changes));
    let (market, sources) = world.read();
    let file: Value =
        serde_json::from_slice(&json::bytes(&Document::new(&market, &sources))).unwrap();
    let changes = &file["time"]["changes"];
    assert_eq!([&changes[0]["public"], &changes[1]["public"]], [false, true]);
    assert_eq!(file["not_in_published_figures"]["changes"], json!([changes[0]["change"]]));
}

/// The first year is today, and so its totals are those of the scenarios.
#[test]
fn the_first_year_to_come_is_today() {
    each_example(|name, file, _| {
        let today = &file["time"]["years"][0]["total"];
        for scenario in ["low", "central", "high"] {
            let totals = &file["scenarios"][scenario];
            for (key, total) in [("need", "need"), ("placed", "placed"), ("places", "vacancies")] {
                let told = &value(&today[scenario])[key];
                assert_eq!(told, value(&totals[total]), "{name}, {scenario}, {key}");
            }
        }
    });
}
