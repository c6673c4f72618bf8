//! Two editions as one system: what their difference tells.
//!
//! A reader takes the old figure off the new one, after narrowing both by every sum. Nothing ties
//! the two editions together but that, so the difference can be whatever a possible new number
//! less a possible old one is. Where that leaves fewer than [`FEWEST_VALUES`] values, and one of
//! them is a small number of people who came or went, figures of the new edition are withheld: the
//! changed one first, then others that give it away (`sums`).
//!
//! Only what is published of both goes into this: the old figures from the lock, and the texts
//! that the new ones would have. So what is withheld tells nothing beyond them.
//!
//! Where so few places are free that they alone leave fewer values of how many could be taken, that
//! figure itself is no secret of ours to keep (disclosure §10); what hangs on it still is.
//!
//! # What is left to the cell graph
//!
//! Ends that follow from several sums only together, and from bands of lines. There each figure
//! that is withheld here has to keep its [`FEWEST_VALUES`] values.

mod sums;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::super::figure::{Figure, Published};
use super::super::policy::Policy;
use super::Lock;
use crate::evidence::analysis::{CellKey, Measure, Unit};
use crate::evidence::market::Market;
use sums::{Ends, Known, Sum};

/// A difference keeps at least so many possible values, or none of them is small.
const FEWEST_VALUES: i64 = 4;

/// Stands for "no bound".
const UNBOUNDED: i64 = 1 << 40;

/// What earlier editions forbid.
#[derive(Default)]
pub(in crate::evidence::disclosure) struct Beside {
    /// Figures that are withheld for them.
    pub(in crate::evidence::disclosure) withheld: BTreeSet<CellKey>,
    /// Figures whose change can be worked out, whatever is withheld.
    pub(in crate::evidence::disclosure) stuck: BTreeSet<CellKey>,
}

/// What everybody knows besides the figures.
pub(in crate::evidence::disclosure) struct Public<'a> {
    /// The rules of the new edition.
    pub(in crate::evidence::disclosure) policy: &'a Policy,
    /// Its areas and levels.
    pub(in crate::evidence::disclosure) market: &'a Market,
    /// The most people of a group who can be taken, as everybody can read it. The free places of an
    /// earlier edition are taken to have been as many.
    pub(in crate::evidence::disclosure) matched_most: &'a dyn Fn(&CellKey) -> u32,
}

/// Withholds figures of people, so that no change since an earlier edition tells of a few people.
pub(in crate::evidence::disclosure) fn withhold_beside(
    public: &Public,
    earlier: &[&Lock],
    figures: &mut BTreeMap<CellKey, Published>,
) -> Beside {
    let mut beside = Beside::default();
    if earlier.is_empty() {
        return beside;
    }
    let of_people = |key: &&CellKey| key.measure.unit() == Unit::People;
    let keys: Vec<CellKey> = figures.keys().filter(of_people).cloned().collect();
    let reader = Reader::of(public, keys);
    let policy = public.policy;
    let old: Vec<(u32, Known)> = earlier
        .iter()
        .map(|lock| (lock.policy.threshold, reader.knows(&lock.policy, &lock.figures)))
        .collect();
    loop {
        let new = reader.knows(policy, figures);
        let tells = |at: &usize| {
            old.iter().any(|(threshold, old)| {
                let both = old[*at].zip(new[*at]);
                both.is_some_and(|(old, new)| is_narrow(old, new, policy.threshold.max(*threshold)))
            })
        };
        let is_open =
            |at: &usize| !beside.stuck.contains(&reader.keys[*at]) && !reader.is_public(*at);
        let telling: Vec<usize> = (0..reader.keys.len()).filter(is_open).filter(tells).collect();
        if telling.is_empty() {
            return beside;
        }
        let given_up = reader.give_up(&telling, figures);
        // Each round withholds a figure, or finds that some can no longer be helped.
        if given_up.is_empty() {
            beside.stuck.extend(telling.into_iter().map(|at| reader.keys[at].clone()));
        }
        for key in given_up.into_iter().map(|at| &reader.keys[at]) {
            let figure = Published::new(key.clone(), Figure::Suppressed, false);
            figures.insert(key.clone(), figure);
            beside.withheld.insert(key.clone());
        }
    }
}

/// Somebody who reads every figure of an edition and does the sums.
struct Reader {
    keys: Vec<CellKey>,
    sums: Vec<Sum>,
    /// By key: the most people who can be taken.
    most: Vec<Option<i64>>,
}

impl Reader {
    fn of(public: &Public, keys: Vec<CellKey>) -> Reader {
        let most = |key: &CellKey| match key.measure {
            Measure::Matched => Some(i64::from((public.matched_most)(key))),
            _ => None,
        };
        Reader {
            sums: sums::all(public.market, &keys),
            most: keys.iter().map(most).collect(),
            keys,
        }
    }

    /// Whether public facts alone leave a number too few values: so few places are free.
    fn is_public(&self, at: usize) -> bool {
        self.most[at].is_some_and(|most| most + 1 < FEWEST_VALUES)
    }

    /// What this reader knows of each figure of an edition.
    fn knows(&self, policy: &Policy, figures: &BTreeMap<CellKey, Published>) -> Known {
        let told = |(key, most): (&CellKey, &Option<i64>)| {
            let (low, high) = ends(policy, figures.get(key)?.figure())?;
            // Where they contradict each other, the figure is what was told.
            Some(match most {
                Some(most) if *most >= low => (low, high.min(*most)),
                _ => (low, high),
            })
        };
        let mut known = self.keys.iter().zip(&self.most).map(told).collect();
        sums::narrow(&self.sums, &mut known);
        known
    }

    /// Figures to withhold so that others no longer tell: those themselves that are shown; if all
    /// are withheld, for each the one that is shown as the least in a sum with it. Noughts that
    /// are shown cannot be withheld, as the mark would then say that there is somebody.
    fn give_up(&self, telling: &[usize], figures: &BTreeMap<CellKey, Published>) -> Vec<usize> {
        let shown =
            |at: usize| figures.get(&self.keys[at])?.figure().value().filter(|value| *value > 0);
        let itself: Vec<usize> =
            telling.iter().copied().filter(|at| shown(*at).is_some()).collect();
        if !itself.is_empty() {
            return itself;
        }
        let other = |telling: &usize| {
            let with_it = self.sums.iter().filter(|sum| sum.figures().any(|at| at == *telling));
            let candidates = with_it.flat_map(Sum::figures);
            let candidates = candidates.filter_map(|at| Some((shown(at)?, at)));
            candidates.min().map(|(_, at)| at)
        };
        telling.iter().filter_map(other).collect()
    }
}

/// The least and the greatest number that a reader of a figure thinks possible.
fn ends(policy: &Policy, figure: Figure) -> Option<Ends> {
    match figure {
        Figure::Shown(value) | Figure::Rounded(value) => {
            let (half, value) = (i64::from(policy.rounding_base / 2), i64::from(value));
            Some(match value {
                0 => (0, 0),
                value => ((value - half).max(i64::from(policy.threshold)), value + half),
            })
        }
        // A nought may be withheld with others, also where noughts are shown.
        Figure::Suppressed => Some((0, UNBOUNDED)),
        Figure::NotCollected | Figure::NotApplicable => None,
    }
}

/// Whether new less old is too close to a small number of people.
fn is_narrow(old: Ends, new: Ends, threshold: u32) -> bool {
    let (low, high) = (new.0 - old.1, new.1 - old.0);
    let small = i64::from(threshold) - 1;
    let holds = |from: i64, to: i64| low <= to && from <= high;
    high - low + 1 < FEWEST_VALUES && (holds(1, small) || holds(-small, -1))
}
