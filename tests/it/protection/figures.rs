//! Whether what is shown is right, and whether it may be shown at all.

use std::collections::BTreeSet;

use super::model::{Coordinates, Instance, Row, Structure, Table};

use super::secrets::{is_sensitive_amount, is_small};
use super::truth::{Key, Truth, key, rows_of};

/// The figure as the table shows it if nothing is hidden.
pub(super) fn plain(table: &Table, value: i64) -> String {
    let step = table.rounding.unwrap_or(1);
    assert!(step % 2 == 1, "no ties");
    ((value + step / 2) / step * step).to_string()
}

/// True if a figure may not be shown, whatever else is.
pub(super) fn must_hide(structure: &Structure, truth: &Truth, table: &Table, cell: &Key) -> bool {
    let value = truth.value(cell);
    let too_low = table.min_shown.is_some_and(|least| 0 < value && value < least);
    too_low || is_small(structure, &cell.0, value) || is_sensitive_amount(structure, truth, cell)
}

/// Every complaint about published rows as such.
pub(super) fn complaints(instance: &Instance, truth: &Truth, rows: &[Row]) -> Vec<String> {
    let structure = &instance.structure;
    let mut found = Vec::new();
    let mut seen: BTreeSet<(&String, &Coordinates)> = BTreeSet::new();
    let mut markers: BTreeSet<&String> = BTreeSet::new();
    for row in rows {
        let name = format!("{} {:?}", row.table, row.coordinates.values());
        if !seen.insert((&row.table, &row.coordinates)) {
            found.push(format!("{name}: twice"));
        }
        if structure.markers.contains_key(&row.value) {
            markers.insert(&row.value);
        }
        if structure.frozen_tables.contains(&row.table) {
            if !instance.frozen.contains(row) {
                found.push(format!("{name}: not as it was"));
            }
            continue;
        }
        if let Some(table) = structure.tables.iter().find(|table| table.id == row.table) {
            found.extend(figure(instance, truth, table, row).map(|what| format!("{name}: {what}")));
        }
    }
    if markers.len() > 1 {
        found.push(format!("markers: {markers:?}"));
    }
    for table in &structure.tables {
        if !structure.frozen_tables.contains(&table.id) {
            let missing = rows_of(structure, table)
                .iter()
                .filter(|row| !seen.contains(&(&table.id, row)))
                .count();
            if missing > 0 {
                found.push(format!("{}: {missing} rows are missing", table.id));
            }
        }
    }
    found
}

/// What is wrong with one figure.
fn figure(instance: &Instance, truth: &Truth, table: &Table, row: &Row) -> Option<String> {
    let structure = &instance.structure;
    let cell = key(structure, &table.measure, &[&row.coordinates, &table.filter]);
    let value = truth.value(&cell);
    if let Some((low, high)) = structure.markers.get(&row.value) {
        let is_true = low.is_none_or(|low| low <= value) && high.is_none_or(|high| value <= high);
        return (!is_true).then(|| format!("the marker is false of {value}"));
    }
    if must_hide(structure, truth, table, &cell) {
        return Some(format!("{value} is shown"));
    }
    let right = plain(table, value);
    (row.value != right).then(|| format!("{} is shown and {right} is right", row.value))
}
