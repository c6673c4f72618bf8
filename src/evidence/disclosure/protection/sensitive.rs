//! Which numbers are sensitive by themselves, what each needs, and its class (disclosure §1, §10).

use super::Refusal;
use super::build::{Built, free};
use super::graph::{Cell, Need};
use super::instance::{Coordinates, Instance, Measure};

/// How much of a sensitive amount must stay possible.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// The share p of the whole amount to either side.
    Whole,
    /// What the p% rule asks for and no more: the share p of the largest part, less what hides it
    /// already. Used where the other cannot be had.
    Rule,
}

/// In place of p where a measure has none: the ACRO default (disclosure §1).
const SHARE_WITHOUT_P: i64 = 10;

impl Built {
    /// What must stay possible of a cell, if it is sensitive.
    pub(super) fn need_of(
        &self,
        instance: &Instance,
        measure: &str,
        cell: usize,
    ) -> Result<Option<Need>, Refusal> {
        let value = self.graph.cells[cell].value;
        Ok(match &instance.structure.measures[measure] {
            Measure::Count { threshold, min_width } => {
                (1..*threshold).contains(&value).then_some(Need::Width(*min_width))
            }
            Measure::Magnitude { p, min_holders, .. } => {
                let is_thin =
                    value > 0 && min_holders.is_some_and(|least| self.holders.count(cell) < least);
                let is_small = self.is_of_few(instance, measure, cell)?;
                let is_dominated = self.dominated(cell, *p) > 0;
                (is_dominated || is_thin || is_small).then(|| self.amount_need(cell, *p))
            }
        })
    }

    /// The p% rule: whoever contributed the second most may not estimate the largest part within p
    /// percent of it, so what the others contributed must be at least that share. The answer is
    /// what is lacking, rounded up, or nought. It is the protection level of the literature.
    fn dominated(&self, cell: usize, p: Option<i64>) -> i64 {
        let rest = self.graph.cells[cell].value - self.part(cell, 0) - self.part(cell, 1);
        (share(self.part(cell, 0), p.unwrap_or(0)) - rest).max(0)
    }

    fn part(&self, cell: usize, at: usize) -> i64 {
        self.holders.largest(cell).get(at).copied().unwrap_or(0)
    }

    /// An interval around an amount. Its lower end is none that the marker rules out.
    pub(super) fn amount_need(&self, cell: usize, p: Option<i64>) -> Need {
        let found = &self.graph.cells[cell];
        let around = match self.level {
            Level::Whole => share(found.value, p.unwrap_or(SHARE_WITHOUT_P)),
            Level::Rule => match self.dominated(cell, p) {
                0 => share(self.part(cell, 0), p.unwrap_or(SHARE_WITHOUT_P)),
                lacking => lacking,
            },
        };
        let around = around.max(1);
        Need::Around(around.min(found.value - self.least(cell)), around)
    }

    /// The least value that a marker leaves possible.
    fn least(&self, cell: usize) -> i64 {
        match self.markers.of(self.graph.cells[cell].value) {
            Some((_, (low, _))) if self.is_published(cell) => low,
            _ => 0,
        }
    }

    /// Whether an amount is that of a few people: the count with the same codes is sensitive.
    pub(super) fn is_of_few(
        &self,
        instance: &Instance,
        measure: &str,
        cell: usize,
    ) -> Result<bool, Refusal> {
        let Measure::Magnitude { count_measure: Some(count), .. } =
            &instance.structure.measures[measure]
        else {
            return Ok(false);
        };
        let (from, to) = (self.cube(measure)?, self.cube(count)?);
        let codes = from.codes(cell);
        let same: Coordinates = from
            .trees
            .iter()
            .zip(codes)
            .map(|(tree, code)| (tree.name.clone(), tree.codes[code].clone()))
            .collect();
        let Some(Measure::Count { threshold, .. }) = instance.structure.measures.get(count) else {
            return Err(Refusal::new(format!("`{count}` is no count")));
        };
        let value = self.graph.cells[to.cell(&to.find(&same)?)].value;
        Ok((1..*threshold).contains(&value))
    }

    /// What each contributor of a sensitive amount may not find out: the largest part of another,
    /// within p percent of it. It knows its own part, so this is the p% rule once more with itself
    /// in the place of the second. An amount of a few people is theirs, so that a contributor may
    /// no more find it out than anybody else.
    pub(super) fn add_copies(&mut self, cell: usize, p: Option<i64>, is_of_few: bool) {
        let value = self.graph.cells[cell].value;
        let around = match (is_of_few, self.level, self.amount_need(cell, p)) {
            (true, Level::Whole, Need::Around(_, up)) => up,
            (true, ..) => 1,
            _ => 0,
        };
        let largest: Vec<i64> = self.holders.largest(cell).to_vec();
        for (name, own) in self.holders.named(cell) {
            let other =
                if largest.first() == Some(&own) { largest.get(1) } else { largest.first() };
            let Some(&other) = other else { continue };
            let rule = share(other, p.unwrap_or(SHARE_WITHOUT_P)) - (value - own - other);
            let lacking = rule.max(around);
            if lacking > 0 {
                let least = own.max(self.least(cell));
                let need = Need::Around(lacking.min(value - least), lacking);
                let copy = self.add_copy(cell, need);
                self.holders.add_copy(name, copy);
            }
        }
    }

    /// Asks for something of a cell, besides what is asked for already.
    pub(super) fn ask(&mut self, cell: usize, need: Need) {
        let asked = match (self.graph.cells[cell].need, need) {
            (None, need) => need,
            (Some(Need::Width(a)), Need::Width(b)) => Need::Width(a.max(b)),
            (Some(Need::Span(a, b)), Need::Span(c, d)) => Need::Span(a.min(c), b.max(d)),
            (Some(Need::Around(a, b)), Need::Around(c, d)) => Need::Around(a.max(c), b.max(d)),
            (Some(_), need) => {
                self.add_copy(cell, need);
                return;
            }
        };
        self.graph.cells[cell].need = Some(asked);
    }

    /// A cell that is always equal to another, so that it can need something of its own.
    fn add_copy(&mut self, cell: usize, need: Need) -> usize {
        let found = &self.graph.cells[cell];
        let key = found.key.clone();
        let copy = Cell { need: Some(need), class: found.class, ..free(key, found.value) };
        let at = self.graph.cells.len();
        self.graph.cells.push(copy);
        self.graph.add_equation(vec![(cell, 1), (at, -1)]);
        at
    }
}

/// So many percent of a part, rounded up.
fn share(part: i64, p: i64) -> i64 {
    let share = (i128::from(part) * i128::from(p) + 99) / 100;
    i64::try_from(share).unwrap_or(i64::MAX / 4)
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
