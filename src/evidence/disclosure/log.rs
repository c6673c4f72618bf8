//! The record of what was withheld: rules and numbers of figures, never values.

use std::collections::BTreeMap;

use super::figure::{Figure, Published};
use crate::evidence::analysis::{CellKey, Measure, Unit};

/// How much of one table is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableLog {
    /// The measure of the table.
    pub measure: Measure,
    /// What its rows and columns are, such as `area and level`.
    pub by: &'static str,
    /// Figures that are shown.
    pub shown: usize,
    /// Figures withheld to protect people.
    pub withheld: usize,
}

/// Counts shown and withheld figures for every table of people.
pub(super) fn tables(figures: &BTreeMap<CellKey, Published>) -> Vec<TableLog> {
    let mut tables: BTreeMap<(Measure, &'static str), (usize, usize)> = BTreeMap::new();
    for (key, published) in figures {
        let protected = key.measure.unit() == Unit::People;
        if !protected {
            continue;
        }
        let count = tables.entry((key.measure, shape(key))).or_default();
        match published.figure() {
            Figure::Shown(_) | Figure::Rounded(_) => count.0 += 1,
            Figure::Suppressed => count.1 += 1,
            Figure::NotCollected | Figure::NotApplicable => {}
        }
    }
    tables
        .into_iter()
        .map(|((measure, by), (shown, withheld))| TableLog { measure, by, shown, withheld })
        .collect()
}

/// What the rows and columns are of the table that a figure stands in.
pub(in crate::evidence) fn shape(key: &CellKey) -> &'static str {
    match (key.area.is_some(), key.level.is_some(), key.need.is_some()) {
        (false, false, false) => "whole site",
        (true, false, false) => "area",
        (false, true, false) => "level",
        (false, false, true) => "need",
        (true, true, _) => "area and level",
        (true, false, true) => "area and need",
        (false, true, true) => "level and need",
    }
}
