//! The instances that are shipped with the design, where they are at hand.

use std::fs;
use std::path::PathBuf;

use super::super::instance::{Coordinates, Instance, Record, Row};
use super::protect;

/// The folder of an instance, or nothing, said loudly, where it is absent.
fn folder(name: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("PLACEWISE_SHARED_DATA")
        .map_or(PathBuf::from("../shared/data"), PathBuf::from);
    let folder = shared.join("disclosure").join(name);
    if !folder.exists() {
        println!("SKIPPED: no {}; set PLACEWISE_SHARED_DATA", folder.display());
        return None;
    }
    Some(folder)
}

/// The lines of a file by column; codes that are not given are left out.
fn lines(folder: &std::path::Path, name: &str) -> Vec<Coordinates> {
    let Ok(text) = fs::read_to_string(folder.join(name)) else { return Vec::new() };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let lines = reader.deserialize().map(|line: Result<Coordinates, csv::Error>| line.unwrap());
    lines.map(|line| line.into_iter().filter(|(_, code)| !code.is_empty()).collect()).collect()
}

fn rows(folder: &std::path::Path, name: &str) -> Vec<Row> {
    let row = |mut line: Coordinates| Row {
        table: line.remove("table").unwrap(),
        value: line.remove("value").unwrap(),
        coordinates: line,
    };
    lines(folder, name).into_iter().map(row).collect()
}

fn read(folder: &std::path::Path) -> Instance {
    let text = fs::read_to_string(folder.join("structure.json")).unwrap();
    let record = |mut line: Coordinates| Record {
        measure: line.remove("measure").unwrap(),
        holder: line.remove("holder").unwrap_or_default(),
        value: line.remove("value").unwrap().parse().unwrap(),
        coordinates: line,
    };
    Instance {
        structure: serde_json::from_str(&text).unwrap(),
        truth: lines(folder, "truth.csv").into_iter().map(record).collect(),
        frozen: rows(folder, "frozen.csv"),
    }
}

/// Nothing stays open, the rows are those of the shipped files in their order, and what the primary
/// rules withhold is what they withhold there.
#[test]
fn shipped_instances_are_protected() {
    for (name, primary, most) in
        [("k1_known_3x3", 1, 4), ("s1_small_8x5", 16, 24), ("v1_two_releases", 24, 52)]
    {
        let Some(folder) = folder(name) else { continue };
        let found = protect(&read(&folder)).unwrap();
        assert_eq!((found.open.len(), found.lost.len()), (0, 0), "{name}");
        let naive = rows(&folder, "published_naive.csv");
        assert_eq!(found.rows.len(), naive.len(), "{name}");
        let mut withheld = 0;
        for (row, naive) in found.rows.iter().zip(&naive) {
            assert_eq!((&row.table, &row.coordinates), (&naive.table, &naive.coordinates));
            let is_withheld = row.value == "*";
            withheld += usize::from(is_withheld);
            assert!(is_withheld || row.value == naive.value, "{name} {row:?}");
        }
        assert_eq!(found.withheld_primary, primary, "{name}");
        assert!(withheld <= most, "{name}: {withheld} withheld, {most} will do");
    }
}
