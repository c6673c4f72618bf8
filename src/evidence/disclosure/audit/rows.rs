//! Figures of the open data: CSV and JSON with a column of keys.

use serde_json::{Map, Value};

use super::reading::{Reading, has_digit};
use super::sheet::{Rule, Sheet};

/// Columns that count neither people nor money of theirs, each with what it holds.
const FACTS: [&str; 13] = [
    "age_min", // whom a service takes
    "age_max",
    "registered_beds", // what a provider lets be told of a service
    "places",
    "free_places",
    "services",
    "places_min", // what is to be bought
    "places_max",
    "status",
    "rounded",
    "at_least",
    "out_of_date",
    "key",
];
/// Pairs of columns that hold a band, each under the name of its figure.
const BANDS: [(&str, &str, &str); 4] = [
    ("people", "people_low", "people_high"),
    ("busy-beds", "beds_busy_low", "beds_busy_high"),
    ("free-beds", "beds_free_low", "beds_free_high"),
    ("price", "weekly_pounds_low", "weekly_pounds_high"),
];

/// Reads a CSV file.
pub(super) fn read_csv(bytes: &[u8], sheet: &mut Sheet) {
    let mut reader = csv::Reader::from_reader(bytes);
    let Ok(columns) = reader.headers().cloned() else {
        sheet.fault(Rule::UnreadableFile, "");
        return;
    };
    for record in reader.records() {
        let Ok(record) = record else {
            sheet.fault(Rule::UnreadableFile, "");
            return;
        };
        let cells = columns.iter().zip(record.iter());
        row(&cells.map(|(name, cell)| (name, cell.to_owned())).collect::<Vec<_>>(), sheet);
    }
}

/// Reads a JSON file: every object in it is a row.
pub(super) fn read_json(bytes: &[u8], sheet: &mut Sheet) {
    match serde_json::from_slice::<Value>(bytes) {
        Ok(value) => objects(&value, sheet),
        Err(_) => sheet.fault(Rule::UnreadableFile, ""),
    }
}

pub(super) fn objects(value: &Value, sheet: &mut Sheet) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| objects(value, sheet)),
        Value::Object(fields) => {
            row(&cells(fields), sheet);
            fields.values().for_each(|value| objects(value, sheet));
        }
        _ => {}
    }
}

fn cells(fields: &Map<String, Value>) -> Vec<(&str, String)> {
    let text = |value: &Value| match value {
        Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
    };
    fields.iter().map(|(name, value)| (name.as_str(), text(value))).collect()
}

/// Reads one row, whatever file it is from.
fn row(cells: &[(&str, String)], sheet: &mut Sheet) {
    let cell = |name: &str| {
        cells.iter().find(|(column, _)| *column == name).map_or("", |(_, text)| text.as_str())
    };
    let key = cell("key");
    let mut known: Vec<&str> = FACTS.to_vec();
    match key.split_once('|') {
        Some(("gap-line.people", line)) => {
            for (figure, low, high) in BANDS {
                known.extend([low, high]);
                if !(cell(low).is_empty() && cell(high).is_empty()) {
                    let key = format!("gap-line.{figure}|{line}");
                    sheet.figure(&key, band(cell(low), cell(high)));
                }
            }
        }
        Some(_) => {
            known.extend(["value", "mark"]);
            let reading = value(cell("value"), cell("mark"), cell("at_least") == "yes");
            let hides = !reading.is_number();
            sheet.figure(key, reading);
            if hides && has_digit(cell("value")) {
                sheet.fault(Rule::NumberBesideMark, key);
            }
        }
        None => {}
    }
    let is_number = |text: &str| {
        has_digit(text)
            && text.chars().all(|l| l.is_numeric() || matches!(l, ',' | '.' | '+' | '%'))
    };
    let unknown = cells.iter().filter(|(name, _)| !known.contains(name));
    let is_other_number = unknown.clone().any(|(name, text)| !is_name(name) && is_number(text));
    let is_mark = unknown.clone().any(|(_, text)| text == "[c]");
    match (key.is_empty(), is_other_number, is_mark) {
        (_, false, false) => {}
        (true, _, _) => sheet.fault(Rule::WithoutKey, ""),
        (false, true, _) => sheet.fault(Rule::NumberBesideMark, key),
        (false, false, true) => sheet.fault(Rule::WithoutKey, key),
    }
}

/// Columns that name or address something; a telephone number is no figure.
fn is_name(column: &str) -> bool {
    matches!(
        column,
        "id" | "name"
            | "title"
            | "label"
            | "provider"
            | "provider_name"
            | "page"
            | "phone"
            | "cqc_provider"
            | "cqc_location"
            | "postcode"
            | "edition"
            | "as_at"
            | "area"
            | "level"
            | "need"
            | "area_name"
            | "level_name"
            | "need_name"
            | "lot"
            | "lot_title"
    )
}

fn value(value: &str, mark: &str, at_least: bool) -> Reading {
    match (value, mark) {
        ("", mark) => Reading::of(mark),
        (value, "") => match Reading::of(value) {
            Reading::Number { low, high, .. } => Reading::Number { low, high, at_least },
            other => other,
        },
        _ => Reading::Unreadable,
    }
}

fn band(low: &str, high: &str) -> Reading {
    match (low, high) {
        (low, "") => Reading::of(&format!("{low} or more")),
        (low, high) if low == high => Reading::of(low),
        (low, high) => Reading::of(&format!("{low} to {high}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_by_their_keys() {
        let mut sheet = Sheet::new("data/figures.csv");
        read_csv(
            b"key,measure,value,mark,rounded,at_least\n\
              gap.people|a|all|all,gap.people,20,,yes,no\n\
              gap.people|b|all|all,gap.people,,[c],no,no\n\
              vacancies.beds|b|all|all,vacancies.beds,3,,no,yes\n",
            &mut sheet,
        );
        let of = |key: &str| sheet.figures.iter().find(|(k, _)| k == key).unwrap().1.clone();
        assert_eq!(of("gap.people|a|all|all"), Reading::exactly(20, false));
        assert_eq!(of("gap.people|b|all|all"), Reading::Withheld);
        assert_eq!(of("vacancies.beds|b|all|all"), Reading::exactly(3, true));
        assert!(sheet.faults.is_empty(), "{sheet:?}");
    }

    #[test]
    fn lines_hold_several_bands() {
        let mut sheet = Sheet::new("data/gaps.json");
        read_json(
            br#"{"rows": [{"key": "gap-line.people|x-1", "age_min": 18, "people_low": 5,
                 "people_high": 9, "weekly_pounds_low": 500, "weekly_pounds_high": 500}]}"#,
            &mut sheet,
        );
        let keys: Vec<&str> = sheet.figures.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["gap-line.people|x-1", "gap-line.price|x-1"]);
        assert!(sheet.faults.is_empty(), "{sheet:?}");
    }

    #[test]
    fn a_number_without_a_key_or_beside_a_mark_is_found() {
        for (csv, rule) in [
            ("measure,value\nx,3\n", Rule::WithoutKey),
            ("key,mark,rank\na|b,[c],3\n", Rule::NumberBesideMark),
            ("key,note\na|b,[c]\n", Rule::WithoutKey),
        ] {
            let mut sheet = Sheet::new("x.csv");
            read_csv(csv.as_bytes(), &mut sheet);
            assert!(sheet.faults.iter().any(|fault| fault.rule == rule), "{csv}: {sheet:?}");
        }
    }
}
