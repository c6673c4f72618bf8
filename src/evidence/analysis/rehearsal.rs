//! The matching run for its own sake, so that `benches/matching.rs` can time the real engine.
//!
//! What is found is thrown away: nothing but the size of the problem comes out, and no figure
//! about people.

use std::hint::black_box;

use super::matching::Instance;
use super::position::Position;
use super::ranges::Ranges;
use super::{Scenario, groups};
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
}

impl Size {
    fn of(instance: &Instance) -> Size {
        Size { classes: instance.classes(), pools: instance.pools(), arcs: instance.arcs() }
    }
}

/// Finds the best assignment of the central scenario.
pub fn rehearse(market: &Market) -> Size {
    let instance = Instance::new(&Position::today(market, Scenario::Central));
    black_box(instance.place());
    Size::of(&instance)
}

/// Finds the best assignment of all three scenarios, and the contention and published ranges of
/// every group of home and needs.
pub fn rehearse_ranges(market: &Market) -> Size {
    let ranges = Ranges::today(market);
    black_box(groups::by_home_and_needs(market, &ranges));
    Size::of(&ranges.central.instance)
}
