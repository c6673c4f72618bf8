//! An instance as the format for auditors describes it, and the one way to the product.
//!
//! These are the attacker's own words for the format, so that it does not depend on how the product
//! holds it: an instance goes to the product as the text of `structure.json` and as records.

use std::collections::BTreeMap;

use placewise::evidence::disclosure::protection;
use serde::{Deserialize, Serialize};

pub(super) type Coordinates = BTreeMap<String, String>;

#[derive(Clone)]
pub(super) struct Instance {
    pub(super) structure: Structure,
    pub(super) truth: Vec<Record>,
    pub(super) frozen: Vec<Row>,
}

#[derive(Clone)]
pub(super) struct Record {
    pub(super) measure: String,
    pub(super) coordinates: Coordinates,
    pub(super) holder: String,
    pub(super) value: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    pub(super) table: String,
    pub(super) coordinates: Coordinates,
    pub(super) value: String,
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Structure {
    #[serde(default)]
    pub(super) name: String,
    pub(super) dims: BTreeMap<String, Dimension>,
    pub(super) measures: BTreeMap<String, Measure>,
    pub(super) tables: Vec<Table>,
    #[serde(default)]
    pub(super) ratios: Vec<Quotient>,
    pub(super) markers: BTreeMap<String, (Option<i64>, Option<i64>)>,
    #[serde(default)]
    pub(super) targets: Vec<Target>,
    #[serde(default)]
    pub(super) force_sensitive: Vec<Forced>,
    #[serde(default)]
    pub(super) frozen_tables: Vec<String>,
    #[serde(default = "yes")]
    pub(super) implied: bool,
}

fn yes() -> bool {
    true
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Dimension {
    pub(super) total: String,
    pub(super) edges: Vec<(String, String)>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum Measure {
    Count {
        threshold: i64,
        min_width: i64,
    },
    Magnitude {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        p: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min_holders: Option<usize>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        count_measure: Option<String>,
    },
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Table {
    pub(super) id: String,
    pub(super) measure: String,
    pub(super) dims: Vec<String>,
    #[serde(default)]
    pub(super) filter: Coordinates,
    #[serde(default)]
    pub(super) levels: BTreeMap<String, Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) rounding: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) zero_exact: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) min_shown: Option<i64>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Quotient {
    pub(super) id: String,
    pub(super) dims: Vec<String>,
    pub(super) num: Operand,
    pub(super) den: Operand,
    pub(super) scale: i64,
    pub(super) decimals: u32,
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Operand {
    pub(super) measure: String,
    #[serde(default)]
    pub(super) fix: Coordinates,
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Target {
    pub(super) id: String,
    pub(super) terms: Vec<(i64, String, Coordinates)>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Forced {
    pub(super) measure: String,
    pub(super) coords: Coordinates,
    pub(super) lo: i64,
    pub(super) hi: i64,
}

/// What the product publishes.
pub(super) struct Published {
    /// Earlier rows as they were, then those of the product.
    pub(super) rows: Vec<Row>,
    /// What the product says it cannot protect.
    pub(super) open: Vec<String>,
    /// What the product says earlier releases give away by themselves.
    pub(super) lost: Vec<String>,
}

/// Has the product protect an instance.
///
/// # Panics
///
/// If the product refuses it: every instance of these tests is sound.
pub(super) fn publish(instance: &Instance) -> Published {
    let text = serde_json::to_string(&instance.structure).unwrap();
    let record = |record: &Record| protection::instance::Record {
        measure: record.measure.clone(),
        coordinates: record.coordinates.clone(),
        holder: record.holder.clone(),
        value: record.value,
    };
    let row = |row: &Row| protection::instance::Row {
        table: row.table.clone(),
        coordinates: row.coordinates.clone(),
        value: row.value.clone(),
    };
    let given = protection::Instance {
        structure: serde_json::from_str(&text).expect("the product reads the format"),
        truth: instance.truth.iter().map(record).collect(),
        frozen: instance.frozen.iter().map(row).collect(),
    };
    let found = protection::protect(&given).expect("the instance is sound");
    let new = found.rows.into_iter().map(|row| Row {
        table: row.table,
        coordinates: row.coordinates,
        value: row.value,
    });
    let rows = instance.frozen.iter().cloned().chain(new).collect();
    Published { rows, open: found.open, lost: found.lost }
}
