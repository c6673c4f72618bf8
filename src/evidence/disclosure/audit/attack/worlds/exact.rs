//! How many values small numbers can have, in whole numbers: slow, and sure where it decides.

use super::super::linear;
use super::super::system::{Range, System};
use super::{Search, Secret, TOLERANCE};

/// So many programmes at most for one value of one secret.
const MOST_NODES: usize = 60;

/// What is known of a few secrets together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Standing {
    /// For each as many tables of whole numbers as it needs, checked against every row.
    Wide,
    /// One of them cannot have as many values as it needs in any table.
    Narrow,
    /// Neither was proved.
    Unknown,
}

/// Whether each secret has as many values as it needs.
pub(in super::super) fn standing(system: &System, secrets: &[Secret]) -> Standing {
    let cells: Vec<usize> = (0..system.ranges.len()).collect();
    let mut whole = system.block(&cells);
    whole.rows.iter_mut().for_each(|row| row.bounds_only = false);
    let mut search = Search::new(&whole, secrets);
    search.run();
    let mut left = MOST_NODES;
    let first = search.first.clone().or_else(|| table(&whole, &mut left).ok());
    let Some(first) = first else { return Standing::Unknown };
    let mut standing = Standing::Wide;
    for secret in secrets {
        match search.one(secret, &first) {
            Standing::Wide => {}
            Standing::Narrow => return Standing::Narrow,
            Standing::Unknown => standing = Standing::Unknown,
        }
    }
    standing
}

impl Search<'_> {
    /// Looks for as many values of one secret as it needs, the nearest to a table first.
    fn one(&mut self, secret: &Secret, first: &[i64]) -> Standing {
        let Secret { cell, values } = *secret;
        let range = self.system.ranges[cell];
        let near = first[cell];
        let ends = range.low.max(near - 2 * values)..=range.high.min(near + 2 * values);
        let is_all = *ends.start() == range.low && *ends.end() == range.high;
        let (mut found, mut unknown) = (0, 0);
        let mut order: Vec<i64> = ends.collect();
        order.sort_by_key(|value| ((value - near).abs(), *value));
        for value in order {
            match self.has((cell, value), first) {
                Some(true) => found += 1,
                Some(false) => {}
                None => unknown += 1,
            }
            if found == values {
                return Standing::Wide;
            }
        }
        if is_all && found + unknown < values { Standing::Narrow } else { Standing::Unknown }
    }

    /// Whether there is a table in which a cell has this value: near to one that there is, or one
    /// that programmes come to; `None` if that was not found out.
    fn has(&mut self, (cell, value): (usize, i64), near: &[i64]) -> Option<bool> {
        if near[cell] == value || self.table(&[(cell, value)], near).is_some() {
            return Some(true);
        }
        let mut fixed = self.system.clone();
        fixed.ranges[cell] = Range::new(value, value);
        let mut left = MOST_NODES;
        match table(&fixed, &mut left) {
            Ok(_) => Some(true),
            Err(is_sure) => is_sure.then_some(false),
        }
    }
}

/// A table of whole numbers; otherwise whether there is surely none. A number with a fraction is
/// above it or below it: both are looked into.
fn table(system: &System, left: &mut usize) -> Result<Vec<i64>, bool> {
    if *left == 0 {
        return Err(false);
    }
    *left -= 1;
    let mut system = system.clone();
    if system.narrow().is_err() {
        return Err(true);
    }
    let point = linear::solve(&system, &[]).ok_or(true)?;
    let near: Vec<i64> = point.iter().map(|value| value.round() as i64).collect();
    if system.agrees(&near) {
        return Ok(near);
    }
    let fraction = |cell: &usize| (point[*cell] - point[*cell].round()).abs();
    let cells = (0..point.len()).filter(|cell| fraction(cell) > TOLERANCE);
    let cell = cells.max_by(|a, b| fraction(a).total_cmp(&fraction(b))).ok_or(false)?;
    let Range { low, high } = system.ranges[cell];
    let below = point[cell].floor() as i64;
    let mut halves = [Range::new(low, below), Range::new(below + 1, high)];
    if point[cell] - point[cell].floor() > 0.5 {
        halves.reverse();
    }
    let mut is_sure = true;
    for half in halves {
        system.ranges[cell] = half;
        match table(&system, left) {
            Ok(found) => return Ok(found),
            Err(is_none) => is_sure &= is_none,
        }
    }
    Err(is_sure)
}
