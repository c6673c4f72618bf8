//! Cells for the published ranges of gaps: gap-analysis §5.1.
//!
//! The fewest of a group who stay without a place are counted in the hopeful reading, with first
//! call on everything; the most in the cautious reading, with everybody else served first. The gap
//! that is published lies between the two. Ranges do not add up, so each group has its own.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::{CellKey, Counts, Measure};
use super::counts;
use super::ranges::Ranges;
use crate::evidence::market::Market;

/// Counts the ends of the range for the whole site, each area, each level, and each pair of these.
pub(super) fn tabulate(market: &Market, ranges: &Ranges, counts: &mut Counts) {
    let (groups, rows): (Vec<CellKey>, Vec<Vec<usize>>) =
        groups(market, counts).into_iter().unzip();
    for (group, range) in groups.into_iter().zip(ranges.published(&rows)) {
        for (measure, people) in [(Measure::GapLow, range.low), (Measure::GapHigh, range.high)] {
            counts.entry(CellKey { measure, ..group.clone() }).known = people;
        }
    }
}

/// The groups whose gap is counted, without needs, each with its rows.
fn groups(market: &Market, counts: &Counts) -> BTreeMap<CellKey, Vec<usize>> {
    let mut groups: BTreeMap<CellKey, Vec<usize>> = counts
        .iter()
        .filter(|(key, _)| key.measure == Measure::Gap && key.need.is_none())
        .map(|(key, _)| (key.clone(), Vec::new()))
        .collect();
    for (at, row) in market.placements.iter().enumerate() {
        for group in counts::groups(market, Some(&row.home), Some(&row.level), &BTreeSet::new()) {
            let key = CellKey { measure: Measure::Gap, ..group };
            groups.entry(key).or_default().push(at);
        }
    }
    groups
}
