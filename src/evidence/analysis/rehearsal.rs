//! The matching run for its own sake, so that `benches/matching.rs` can time the real engine.
//!
//! What is found is thrown away: only the size of the problem comes out. The markets are made up.

use std::hint::black_box;

use super::fits::Fits;
use super::least_cost::least_cost;
use super::matching::Instance;
use super::position::Position;
use super::ranges::Ranges;
use super::{Scenario, groups, listing};
use crate::evidence::market::Market;

/// How large a problem a market sets in the central scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Kinds of people: rows that are alike in everything that decides where they fit.
    pub classes: usize,
    /// Kinds of service: services with places that take the same people.
    pub pools: usize,
    /// Pairs of the two that fit.
    pub arcs: usize,
    /// People who need a place.
    pub people: u32,
    /// Places that are free.
    pub vacancies: u32,
}

impl Size {
    fn of(position: &Position, instance: &Instance) -> Size {
        Size {
            classes: instance.classes(),
            pools: instance.pools(),
            arcs: instance.arcs(),
            people: position.need.iter().sum(),
            vacancies: position.capacity.iter().sum(),
        }
    }
}

/// Finds the best assignment of the central scenario.
pub fn rehearse(market: &Market) {
    black_box(Instance::new(&Position::today(market, Scenario::Central)).place());
}

/// Finds the best assignment of all three scenarios, and the contention and published ranges of
/// every group of home and needs.
pub fn rehearse_ranges(market: &Market) {
    let ranges = Ranges::today(market);
    black_box(groups::by_home_and_needs(market, &ranges));
}

/// A market matched in all three scenarios, for what is done after the matching.
pub struct Rehearsal<'m> {
    market: &'m Market,
    position: Position<'m>,
    ranges: Ranges,
}

impl<'m> Rehearsal<'m> {
    /// Matches a market.
    pub fn new(market: &'m Market) -> Rehearsal<'m> {
        let position = Position::today(market, Scenario::Central);
        Rehearsal { market, position, ranges: Ranges::today(market) }
    }

    /// The size of the central scenario.
    pub fn size(&self) -> Size {
        Size::of(&self.position, &self.ranges.central.instance)
    }

    /// Chooses the gaps that would be listed, and finds their ranges.
    pub fn list(&self) {
        let central = &self.ranges.central;
        let placed = central.best.placed.iter().enumerate();
        let residual: Vec<u32> =
            placed.map(|(row, placed)| central.instance.need(row) - placed).collect();
        let list = listing::list(self.market, &residual, |groups| self.ranges.published(groups));
        black_box(list);
    }

    /// Compares everybody with every service, full ones too, and finds the least price of the
    /// central scenario.
    pub fn price(&self) {
        let fits = Fits::of(&self.position);
        black_box(least_cost(&self.position, &fits, &self.ranges.central.best.placed));
    }
}
