//! What is true of an instance: every cell of the full grid with its value and contributors.

use std::collections::BTreeMap;

use super::model::{Coordinates, Dimension, Instance, Structure, Table};

/// A measure, and a code for each dimension of the structure in the order of their names.
pub(super) type Key = (String, Vec<String>);

/// Everything that adds up to the cells.
pub(super) struct Truth {
    values: BTreeMap<Key, i64>,
    holders: BTreeMap<Key, BTreeMap<String, i64>>,
}

impl Truth {
    pub(super) fn new(instance: &Instance) -> Truth {
        let structure = &instance.structure;
        let mut truth = Truth { values: BTreeMap::new(), holders: BTreeMap::new() };
        for record in &instance.truth {
            let above: Vec<Vec<String>> = structure
                .dims
                .iter()
                .map(|(name, dim)| ancestors(dim, &record.coordinates[name]))
                .collect();
            for codes in product(&above) {
                let key = (record.measure.clone(), codes);
                if !record.holder.is_empty() && record.value > 0 {
                    let held = truth.holders.entry(key.clone()).or_default();
                    *held.entry(record.holder.clone()).or_default() += record.value;
                }
                *truth.values.entry(key).or_default() += record.value;
            }
        }
        truth
    }

    pub(super) fn value(&self, key: &Key) -> i64 {
        self.values.get(key).copied().unwrap_or(0)
    }

    /// Contributors with what each contributes, where records name them.
    pub(super) fn holders(&self, key: &Key) -> BTreeMap<String, i64> {
        self.holders.get(key).cloned().unwrap_or_default()
    }
}

/// The code and everything above it.
fn ancestors(dim: &Dimension, code: &str) -> Vec<String> {
    let mut found = vec![code.to_owned()];
    while let Some((_, parent)) = dim.edges.iter().find(|(child, _)| Some(child) == found.last()) {
        found.push(parent.clone());
    }
    found
}

/// All codes of a dimension: the total first, the others in the order of the edges.
pub(super) fn codes(dim: &Dimension) -> Vec<String> {
    let mut found = vec![dim.total.clone()];
    found.extend(dim.edges.iter().map(|(child, _)| child.clone()));
    found
}

pub(super) fn children<'a>(dim: &'a Dimension, code: &str) -> Vec<&'a String> {
    dim.edges.iter().filter(|(_, parent)| parent == code).map(|(child, _)| child).collect()
}

pub(super) fn is_leaf(dim: &Dimension, code: &str) -> bool {
    dim.edges.iter().all(|(_, parent)| parent != code)
}

/// Every combination of one code from each list.
pub(super) fn product(lists: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<String>> = vec![Vec::new()];
    for list in lists {
        let longer = |begin: &Vec<String>| -> Vec<Vec<String>> {
            list.iter()
                .map(|code| [begin.as_slice(), std::slice::from_ref(code)].concat())
                .collect()
        };
        found = found.iter().flat_map(longer).collect();
    }
    found
}

/// The cell at some codes; dimensions that are absent are at their total.
pub(super) fn key(structure: &Structure, measure: &str, places: &[&Coordinates]) -> Key {
    let code = |(name, dim): (&String, &Dimension)| {
        let named = places.iter().find_map(|codes| codes.get(name));
        named.unwrap_or(&dim.total).clone()
    };
    (measure.to_owned(), structure.dims.iter().map(code).collect())
}

/// The codes of every row that a table may have.
pub(super) fn rows_of(structure: &Structure, table: &Table) -> Vec<Coordinates> {
    let shown = |dim: &String| match table.levels.get(dim) {
        Some(levels) => levels.clone(),
        None => codes(&structure.dims[dim]),
    };
    let lists: Vec<Vec<String>> = table.dims.iter().map(shown).collect();
    let row = |codes: Vec<String>| table.dims.iter().cloned().zip(codes).collect();
    product(&lists).into_iter().map(row).collect()
}

/// Every cell of the full grid of one measure.
pub(super) fn grid(structure: &Structure, measure: &str) -> Vec<Key> {
    let lists: Vec<Vec<String>> = structure.dims.values().map(codes).collect();
    product(&lists).into_iter().map(|codes| (measure.to_owned(), codes)).collect()
}

/// True for a cell that has nothing below it.
pub(super) fn is_leaf_cell(structure: &Structure, key: &Key) -> bool {
    structure.dims.values().zip(&key.1).all(|(dim, code)| is_leaf(dim, code))
}
