//! A reader who tries every table of whole numbers.

use std::collections::BTreeMap;

use super::super::instance::{Coordinates, Instance, Measure, Operand, Row};

/// What a published row says of sums of leaves.
enum Said {
    /// The sum lies between these.
    Between(Vec<usize>, i64, i64),
    /// (2q - 1) below <= 2 times above <= (2q + 1) below, and below is not nought.
    Quotient { above: Vec<usize>, below: Vec<usize>, times: i64, digits: i64 },
}

/// Measure and codes, joined, in the order of the names of the dimensions.
pub(super) type Key = (String, String);

/// All leaves of all measures that anything is published of.
pub(super) fn leaves(instance: &Instance) -> Vec<(String, Coordinates)> {
    let mut leaves = Vec::new();
    let structure = &instance.structure;
    let is_told = |measure: &&String| {
        structure.tables.iter().any(|table| table.measure == **measure)
            || structure
                .ratios
                .iter()
                .any(|q| [&q.num, &q.den].iter().any(|s| s.measure == **measure))
    };
    for measure in structure.measures.keys().filter(is_told) {
        let all = super::super::tests::leaves(structure).into_iter();
        leaves.extend(all.map(|leaf| (measure.clone(), leaf)));
    }
    leaves
}

fn below(instance: &Instance, measure: &str, at: &Coordinates) -> Vec<usize> {
    let is_part = |(of, leaf): &(String, Coordinates)| {
        of == measure
            && at.iter().all(|(name, code)| {
                let edges = &instance.structure.dims[name].edges;
                let mut now = &leaf[name];
                while now != code {
                    match edges.iter().find(|(child, _)| child == now) {
                        Some((_, parent)) => now = parent,
                        None => return false,
                    }
                }
                true
            })
    };
    let all = leaves(instance);
    (0..all.len()).filter(|at| is_part(&all[*at])).collect()
}

fn reading(instance: &Instance, row: &Row) -> Option<Said> {
    let structure = &instance.structure;
    let marker = structure.markers.get(&row.value);
    if let Some(quotient) = structure.ratios.iter().find(|quotient| quotient.id == row.table) {
        if marker.is_some() {
            return None;
        }
        let (whole, part) = row.value.split_once('.').unwrap_or((&row.value, ""));
        assert_eq!(part.len(), quotient.decimals as usize, "{row:?}");
        let side = |Operand { measure, fix }: &Operand| {
            let mut at = row.coordinates.clone();
            at.extend(fix.clone());
            below(instance, measure, &at)
        };
        return Some(Said::Quotient {
            above: side(&quotient.num),
            below: side(&quotient.den),
            times: quotient.scale * 10_i64.pow(quotient.decimals),
            digits: format!("{whole}{part}").parse().unwrap(),
        });
    }
    let table = structure.tables.iter().find(|table| table.id == row.table).unwrap();
    let mut at = row.coordinates.clone();
    at.extend(table.filter.clone());
    let parts = below(instance, &table.measure, &at);
    let (low, high) = match marker {
        Some((low, high)) => (low.unwrap_or(0), high.unwrap_or(i64::MAX)),
        None => {
            let shown: i64 = row.value.parse().unwrap();
            let half = table.rounding.unwrap_or(1) / 2;
            let least = match structure.measures[&table.measure] {
                Measure::Count { threshold, .. } => threshold,
                Measure::Magnitude { .. } => 0,
            };
            if shown == 0 { (0, 0) } else { ((shown - half).max(least), shown + half) }
        }
    };
    Some(Said::Between(parts, low, high))
}

/// What a contributor knows: its own part of each leaf, and where it is alone.
fn own(instance: &Instance, holder: &str) -> Vec<Said> {
    let mut said = Vec::new();
    for (at, (measure, leaf)) in leaves(instance).iter().enumerate() {
        let parts = instance.truth.iter();
        let parts = parts.filter(|part| part.measure == *measure && part.coordinates == *leaf);
        let (mut part, mut others) = (0, 0);
        for record in parts {
            *if record.holder == holder { &mut part } else { &mut others } += record.value;
        }
        let most = if part > 0 && others == 0 { part } else { i64::MAX };
        said.push(Said::Between(vec![at], part, most));
    }
    said
}

/// Tables of whole numbers, no leaf greater than the limit, that agree with all rows and with what
/// else is known.
fn tables(
    instance: &Instance,
    (rows, known): (&[Row], Vec<Said>),
    limit: i64,
    mut each: impl FnMut(&[i64]),
) {
    let count = leaves(instance).len();
    let mut said: Vec<Said> =
        instance.frozen.iter().chain(rows).filter_map(|row| reading(instance, row)).collect();
    said.extend(known);
    let sum = |table: &[i64], parts: &[usize]| -> i64 { parts.iter().map(|at| table[*at]).sum() };
    let mut table = vec![0; count];
    // The next leaf to be tried; everything after it is still nought.
    fn go(
        said: &[Said],
        table: &mut Vec<i64>,
        at: usize,
        limit: i64,
        each: &mut dyn FnMut(&[i64]),
    ) {
        for one in said {
            if let Said::Between(parts, low, high) = one {
                let now: i64 = parts.iter().map(|leaf| table[*leaf]).sum();
                let left = parts.iter().filter(|leaf| **leaf >= at).count() as i64;
                if now > *high || now + left * limit < *low {
                    return;
                }
            }
        }
        if at == table.len() {
            each(table);
            return;
        }
        for value in 0..=limit {
            table[at] = value;
            go(said, table, at + 1, limit, each);
        }
        table[at] = 0;
    }
    let mut agrees = |table: &[i64]| {
        let is_so = |one: &Said| match one {
            Said::Between(..) => true,
            Said::Quotient { above, below, times, digits } => {
                let (above, below) = (sum(table, above), sum(table, below));
                let twice = 2 * times * above;
                below > 0 && (2 * digits - 1) * below <= twice && twice <= (2 * digits + 1) * below
            }
        };
        if said.iter().all(is_so) {
            each(table);
        }
    };
    go(&said, &mut table, 0, limit, &mut agrees);
}

/// For each leaf the values that are possible, with the truth checked to be among them.
pub(super) fn values(instance: &Instance, rows: &[Row], limit: i64) -> BTreeMap<Key, Vec<i64>> {
    values_for(instance, (rows, Vec::new()), limit)
}

fn values_for(
    instance: &Instance,
    known: (&[Row], Vec<Said>),
    limit: i64,
) -> BTreeMap<Key, Vec<i64>> {
    let leaves = leaves(instance);
    let mut found = vec![std::collections::BTreeSet::new(); leaves.len()];
    tables(instance, known, limit, |table| {
        for (value, values) in table.iter().zip(&mut found) {
            values.insert(*value);
        }
    });
    let mut all = BTreeMap::new();
    for ((measure, leaf), values) in leaves.into_iter().zip(found) {
        let records = instance.truth.iter();
        let own = records.filter(|record| record.measure == measure && record.coordinates == leaf);
        let truth: i64 = own.map(|record| record.value).sum();
        assert!(values.contains(&truth), "{measure} {leaf:?}: the truth is not possible");
        let codes: Vec<&str> = leaf.values().map(String::as_str).collect();
        all.insert((measure, codes.join("/")), values.into_iter().collect());
    }
    all
}

/// For each leaf the least and the greatest value.
pub(super) fn ends(instance: &Instance, rows: &[Row], limit: i64) -> BTreeMap<Key, (i64, i64)> {
    ends_for(instance, rows, limit, None)
}

/// The same for a contributor.
pub(super) fn ends_for(
    instance: &Instance,
    rows: &[Row],
    limit: i64,
    holder: Option<&str>,
) -> BTreeMap<Key, (i64, i64)> {
    let ends = |values: Vec<i64>| (values[0], values[values.len() - 1]);
    let known = holder.map_or(Vec::new(), |holder| own(instance, holder));
    let values = values_for(instance, (rows, known), limit);
    values.into_iter().map(|(key, values)| (key, ends(values))).collect()
}
