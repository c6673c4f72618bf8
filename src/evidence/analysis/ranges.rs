//! The three scenarios matched once, and the ranges that they give for any groups of rows.
//!
//! A published range runs from the best case of the low scenario to the worst of the high one
//! (gap-analysis §5.1, §15.7). Ranges do not add: the range of a larger group is asked for itself.

use super::Scenario;
use super::matching::{Contention, Instance, Optimum};
use super::position::Position;
use crate::evidence::market::Market;

/// One scenario matched: the problem, and its best assignment.
#[derive(Clone)]
pub(in crate::evidence) struct Solved {
    pub(in crate::evidence) instance: Instance,
    pub(in crate::evidence) best: Optimum,
}

impl Solved {
    /// Matches a position.
    pub(in crate::evidence) fn new(position: &Position) -> Solved {
        let instance = Instance::new(position);
        let best = instance.solve();
        Solved { instance, best }
    }

    /// People of these rows who need a place and have none.
    pub(in crate::evidence) fn gap(&self, rows: &[usize]) -> u32 {
        rows.iter().map(|row| self.instance.need(*row) - self.best.placed[*row]).sum()
    }
}

/// A market matched in all three scenarios, for as many questions as are to be asked.
#[derive(Clone)]
pub(in crate::evidence) struct Ranges {
    pub(in crate::evidence) low: Solved,
    pub(in crate::evidence) central: Solved,
    pub(in crate::evidence) high: Solved,
}

impl Ranges {
    /// Matches the market as it stands on the as-at date of the edition, with all changes due.
    pub(in crate::evidence) fn today(market: &Market) -> Ranges {
        Ranges::of(|scenario| Position::today(market, scenario))
    }

    /// Matches the market as published figures read it: with announced changes only.
    pub(in crate::evidence) fn in_public(market: &Market) -> Ranges {
        Ranges::of(|scenario| Position::in_public(market, scenario))
    }

    /// Matches the position of each scenario: of a later year, or with a filter ignored.
    pub(in crate::evidence) fn of<'m>(
        position: impl Fn(Scenario) -> Position<'m> + Sync,
    ) -> Ranges {
        let solve = |scenario| Solved::new(&position(scenario));
        let (low, (central, high)) = rayon::join(
            || solve(Scenario::Low),
            || rayon::join(|| solve(Scenario::Central), || solve(Scenario::High)),
        );
        Ranges { low, central, high }
    }

    /// The published range of each group, in people. A row may be in several groups, in each once.
    pub(in crate::evidence) fn published(&self, groups: &[Vec<usize>]) -> Vec<Contention> {
        ends(&self.low, &self.high, groups)
    }

    /// The contention range of each group in the central scenario.
    pub(in crate::evidence) fn contentions(&self, groups: &[Vec<usize>]) -> Vec<Contention> {
        ends(&self.central, &self.central, groups)
    }
}

/// The best case of one scenario and the worst of another, for each group.
fn ends(low: &Solved, high: &Solved, groups: &[Vec<usize>]) -> Vec<Contention> {
    let (lows, highs) =
        rayon::join(|| low.instance.lows(groups), || high.instance.highs(&high.best, groups));
    lows.into_iter().zip(highs).map(|(low, high)| Contention { low, high }).collect()
}
