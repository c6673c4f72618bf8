//! Which numbers are sensitive by themselves, and the class of each (disclosure §1, §10).

use super::Refusal;
use super::build::Built;
use super::graph::Need;
use super::instance::{Coordinates, Instance, Measure};

impl Built {
    /// What must stay possible of a cell, if it is sensitive.
    pub(super) fn need_of(
        &self,
        instance: &Instance,
        measure: &str,
        cell: usize,
    ) -> Result<Option<Need>, Refusal> {
        let value = self.graph.cells[cell].value;
        match &instance.structure.measures[measure] {
            Measure::Count { threshold, min_width } => {
                Ok((1..*threshold).contains(&value).then_some(Need::Width(*min_width)))
            }
            Measure::Magnitude { p, min_holders, count_measure } => {
                let mut held: Vec<i64> =
                    self.holdings.values().filter_map(|held| held.get(&cell)).copied().collect();
                held.sort_unstable_by(|a, b| b.cmp(a));
                let [first, second] = [0, 1].map(|at| held.get(at).copied().unwrap_or(0));
                // p% of the largest contribution, rounded up, less what hides it already.
                let share = (first * p.unwrap_or(0) + 99) / 100;
                let lacking = share - (value - first - second);
                let is_dominated = p.is_some() && first > 0 && lacking > 0;
                let is_thin =
                    value > 0 && min_holders.is_some_and(|least| self.holders[cell] < least);
                let is_small = match count_measure {
                    Some(count) => self.is_small_count(instance, count, measure, cell)?,
                    None => false,
                };
                if !(is_dominated || is_thin || is_small) {
                    return Ok(None);
                }
                // Without p a tenth of the amount stands in for it: the ACRO default (§1).
                let around = match p {
                    Some(_) => lacking.max(share).max(1),
                    None => (value / 10).max(1),
                };
                Ok((value > 0).then(|| Need::Span((value - around).max(0), value + around)))
            }
        }
    }

    /// Whether the count with the same codes is sensitive.
    fn is_small_count(
        &self,
        instance: &Instance,
        count: &str,
        measure: &str,
        cell: usize,
    ) -> Result<bool, Refusal> {
        let (from, to) = (self.cube(measure)?, self.cube(count)?);
        let codes = from.codes(cell);
        let same: Coordinates = from
            .trees
            .iter()
            .zip(codes)
            .map(|(tree, code)| (tree.name.clone(), tree.codes[code].clone()))
            .collect();
        let missing = same.keys().any(|name| !to.trees.iter().any(|tree| tree.name == *name));
        let Some(Measure::Count { threshold, .. }) = instance.structure.measures.get(count) else {
            return Err(Refusal::new(format!("`{count}` is no count")));
        };
        if missing {
            let message = format!("`{count}` is not counted by all dimensions of `{measure}`");
            return Err(Refusal::new(message));
        }
        let value = self.graph.cells[to.cell(&to.find(&same)?)].value;
        Ok((1..*threshold).contains(&value))
    }
}

/// The band that a value is in: nought, small, or between a power of two and the next, times the
/// threshold.
pub(super) fn class(measure: &Measure, value: i64) -> (i64, i64) {
    let least = match measure {
        Measure::Count { threshold, .. } => (*threshold).max(1),
        Measure::Magnitude { .. } => 1,
    };
    match value {
        0 => (0, 0),
        value if value < least => (1, least - 1),
        value => {
            let times = (value / least).ilog2();
            (least << times, (least << (times + 1)) - 1)
        }
    }
}
