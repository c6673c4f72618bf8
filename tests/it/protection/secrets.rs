//! What must stay hidden: every sensitive figure, with what must stay possible for it.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Instance, Measure, Structure};

use super::truth::{Key, Truth, grid, is_leaf_cell, key, rows_of};
use super::world::ENDLESS;

/// What a reader must not be able to rule out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Keeps {
    /// At least so many whole numbers.
    Values(usize),
    /// Some value in each of these ranges.
    Each(Vec<(i64, i64)>),
    /// Some value in one of these ranges.
    Either(Vec<(i64, i64)>),
}

/// A sensitive figure.
#[derive(Clone, Debug)]
pub(super) struct Secret {
    pub(super) cell: Key,
    /// Which rule makes it sensitive.
    pub(super) rule: &'static str,
    pub(super) keeps: Keeps,
}

/// A count that is small.
pub(super) fn is_small(structure: &Structure, measure: &str, value: i64) -> bool {
    matches!(structure.measures[measure],
        Measure::Count { threshold, .. } if (1..threshold).contains(&value))
}

/// How many values a count keeps.
fn width(structure: &Structure, measure: &str) -> usize {
    match structure.measures[measure] {
        Measure::Count { min_width, .. } => usize::try_from(min_width + 1).expect("not negative"),
        Measure::Magnitude { .. } => 2,
    }
}

/// Every cell that some table shows or hides.
pub(super) fn published_cells(structure: &Structure) -> BTreeSet<Key> {
    let mut cells = BTreeSet::new();
    for table in &structure.tables {
        for row in rows_of(structure, table) {
            cells.insert(key(structure, &table.measure, &[&row, &table.filter]));
        }
    }
    cells
}

/// Everything that a reader from outside must not find out.
pub(super) fn outside(instance: &Instance, truth: &Truth) -> Vec<Secret> {
    let structure = &instance.structure;
    let published = published_cells(structure);
    let mut secrets = Vec::new();
    for cell in &published {
        let value = truth.value(cell);
        if is_small(structure, &cell.0, value) {
            let keeps = Keeps::Values(width(structure, &cell.0));
            secrets.push(Secret { cell: cell.clone(), rule: "small", keeps });
        } else if let Some(keeps) = amount(structure, truth, cell) {
            secrets.push(Secret { cell: cell.clone(), rule: "amount", keeps });
        }
    }
    if structure.implied {
        let unpublished = structure.measures.keys().flat_map(|name| grid(structure, name));
        for cell in unpublished.filter(|cell| is_leaf_cell(structure, cell)) {
            let is_secret = is_small(structure, &cell.0, truth.value(&cell));
            if is_secret && !published.contains(&cell) {
                let keeps = Keeps::Values(width(structure, &cell.0));
                secrets.push(Secret { cell, rule: "implied", keeps });
            }
        }
    }
    for target in &structure.targets {
        let Some((_, measure, _)) = target.terms.first() else { continue };
        let value: i64 = target
            .terms
            .iter()
            .map(|(factor, measure, codes)| {
                factor * truth.value(&key(structure, measure, &[codes]))
            })
            .sum();
        if is_small(structure, measure, value.abs()) {
            let cell = (format!("target {}", target.id), Vec::new());
            let keeps = Keeps::Values(width(structure, measure));
            secrets.push(Secret { cell, rule: "target", keeps });
        }
    }
    for forced in &structure.force_sensitive {
        let cell = key(structure, &forced.measure, &[&forced.coords]);
        let keeps = Keeps::Each(vec![(-ENDLESS, forced.lo), (forced.hi, ENDLESS)]);
        secrets.push(Secret { cell, rule: "forced", keeps });
    }
    secrets
}

/// What an amount must keep, where a rule makes it sensitive.
fn amount(structure: &Structure, truth: &Truth, cell: &Key) -> Option<Keeps> {
    let Measure::Magnitude { p, .. } = structure.measures[&cell.0] else { return None };
    if !is_sensitive_amount(structure, truth, cell) {
        return None;
    }
    match p {
        Some(share) => Some(Keeps::Either(apart(truth.value(cell), 0, share))),
        None => Some(Keeps::Values(2)),
    }
}

/// True if an amount falls under one of the rules: p%, too few contributors, or a small count.
pub(super) fn is_sensitive_amount(structure: &Structure, truth: &Truth, cell: &Key) -> bool {
    let Measure::Magnitude { p, min_holders, .. } = &structure.measures[&cell.0] else {
        return false;
    };
    let value = truth.value(cell);
    let held = truth.holders(cell);
    let mut parts: Vec<i64> = held.values().copied().collect();
    parts.sort_unstable_by(|a, b| b.cmp(a));
    let dominates = p.is_some_and(|share| {
        let first = parts.first().copied().unwrap_or(0);
        let second = parts.get(1).copied().unwrap_or(0);
        first > 0 && 100 * (value - first - second) < share * first
    });
    let too_few = min_holders.is_some_and(|least| value > 0 && held.len() < least);
    dominates || too_few || is_of_few(structure, truth, cell)
}

/// True if an amount is what a small number of people cost.
fn is_of_few(structure: &Structure, truth: &Truth, cell: &Key) -> bool {
    let Measure::Magnitude { count_measure: Some(measure), .. } = &structure.measures[&cell.0]
    else {
        return false;
    };
    let people = truth.value(&(measure.clone(), cell.1.clone()));
    truth.value(cell) > 0 && is_small(structure, measure, people)
}

/// The ranges of a sum in which a part of it is not told within a share of its value: the rest of
/// the sum is known.
fn apart(part: i64, rest: i64, share: i64) -> Vec<(i64, i64)> {
    let margin = (share * part).div_euclid(100).max(1);
    vec![(-ENDLESS, rest + part - margin), (rest + part + margin, ENDLESS)]
}

/// What a contributor knows besides: the least and the greatest value of cells it has a part in.
pub(super) type Knows = BTreeMap<Key, (i64, i64)>;

/// For each contributor of amounts: what it knows, and what it must not find out about others.
pub(super) fn inside(instance: &Instance, truth: &Truth) -> Vec<(String, Knows, Vec<Secret>)> {
    let structure = &instance.structure;
    let published = published_cells(structure);
    let names: BTreeSet<&String> = instance
        .truth
        .iter()
        .filter(|record| !record.holder.is_empty())
        .filter(|record| matches!(structure.measures[&record.measure], Measure::Magnitude { .. }))
        .map(|record| &record.holder)
        .collect();
    let mut readers = Vec::new();
    for name in names {
        let (mut knows, mut secrets) = (Knows::new(), Vec::new());
        for (measure, kind) in &structure.measures {
            let Measure::Magnitude { p, .. } = kind else { continue };
            for cell in grid(structure, measure) {
                let held = truth.holders(&cell);
                let own = held.get(name).copied().unwrap_or(0);
                if own > 0 && is_leaf_cell(structure, &cell) {
                    let high = if held.len() == 1 { own } else { ENDLESS };
                    knows.insert(cell.clone(), (own, high));
                }
                let others: Vec<i64> =
                    held.iter().filter(|(other, _)| *other != name).map(|(_, v)| *v).collect();
                if !published.contains(&cell) || !is_sensitive_amount(structure, truth, &cell) {
                    continue;
                }
                // An insider may learn what several others have together, such as its own part
                // less what is shown; not the part of a single one, nor what few people cost.
                let keeps = match (others.as_slice(), p) {
                    ([part], Some(share)) => Keeps::Either(apart(*part, own, *share)),
                    ([_], None) => Keeps::Values(2),
                    ([_, _, ..], _) if is_of_few(structure, truth, &cell) => Keeps::Values(2),
                    _ => continue,
                };
                secrets.push(Secret { cell, rule: "insider", keeps });
            }
        }
        readers.push((name.clone(), knows, secrets));
    }
    readers
}
