//! Instances as folders, in the format for auditors (disclosure §12).

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::model::{Instance, Record, Row, Structure};

/// Reads an instance.
pub(super) fn read(folder: &Path) -> Instance {
    let text = |name: &str| {
        let path = folder.join(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let truth = records(&text("truth.csv"));
    let frozen = match folder.join("frozen.csv").exists() {
        true => rows(&text("frozen.csv")),
        false => Vec::new(),
    };
    Instance { structure: serde_json::from_str(&text("structure.json")).unwrap(), truth, frozen }
}

/// Reads leaf records.
pub(super) fn records(text: &str) -> Vec<Record> {
    let record = |mut line: BTreeMap<String, String>| Record {
        measure: line.remove("measure").unwrap(),
        holder: line.remove("holder").unwrap_or_default(),
        value: line.remove("value").unwrap().parse().unwrap(),
        coordinates: line,
    };
    lines(text).into_iter().map(record).collect()
}

/// Reads published rows.
pub(super) fn rows(text: &str) -> Vec<Row> {
    let row = |mut line: BTreeMap<String, String>| Row {
        table: line.remove("table").unwrap(),
        value: line.remove("value").unwrap(),
        coordinates: line.into_iter().filter(|(_, code)| !code.is_empty()).collect(),
    };
    lines(text).into_iter().map(row).collect()
}

fn lines(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|line| line.unwrap()).collect()
}

/// Published rows as text, with a column for each dimension.
pub(super) fn written(structure: &Structure, rows: &[Row]) -> String {
    let head: Vec<&str> = structure.dims.keys().map(String::as_str).collect();
    let mut text = format!("table,{},value\n", head.join(","));
    for row in rows {
        let codes = head.iter().map(|name| row.coordinates.get(*name).map_or("", String::as_str));
        let codes: Vec<&str> = codes.collect();
        text += &format!("{},{},{}\n", row.table, codes.join(","), row.value);
    }
    text
}

/// Writes an instance and what was published of it.
pub(super) fn write(folder: &Path, instance: &Instance, published: &[Row], words: &str) {
    fs::create_dir_all(folder).unwrap();
    let structure = &instance.structure;
    let json = serde_json::to_string_pretty(structure).unwrap();
    fs::write(folder.join("structure.json"), json + "\n").unwrap();
    let head: Vec<&str> = structure.dims.keys().map(String::as_str).collect();
    let mut text = format!("measure,{},holder,value\n", head.join(","));
    for record in &instance.truth {
        let codes: Vec<&str> = record.coordinates.values().map(String::as_str).collect();
        let line = [&record.measure, &codes.join(","), &record.holder, &record.value.to_string()];
        text += &(line.map(String::as_str).join(",") + "\n");
    }
    fs::write(folder.join("truth.csv"), text).unwrap();
    if !instance.frozen.is_empty() {
        let text = written(structure, &instance.frozen);
        fs::write(folder.join("frozen.csv"), text).unwrap();
    }
    fs::write(folder.join("published.csv"), written(structure, published)).unwrap();
    fs::write(folder.join("README.md"), words.trim_end().to_owned() + "\n").unwrap();
}
