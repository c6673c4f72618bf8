//! Money and movement in one answer, for the workings. Nothing of it is published.

use std::fmt;

use super::money::saving::Priced;
use super::money::{self, Money};
use super::movement::{self, Moves};
use crate::evidence::market::Market;

/// Every exact figure about money and movement. Sensitive.
#[derive(Clone)]
pub(in crate::evidence) struct Measures {
    /// Savings, shares, concentration, increases of prices, discounts.
    pub(in crate::evidence) money: Money,
    /// Flows, reviews, returns, stages, lists.
    pub(in crate::evidence) movement: Moves,
}

impl fmt::Debug for Measures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Measures(withheld)")
    }
}

/// Computes every figure about money and movement (gap-analysis §8).
///
/// `priced` holds the assignment of each scenario with its least price (O3a); without any, there
/// are no savings and everything else is the same.
pub(in crate::evidence) fn movement_and_money(market: &Market, priced: &[Priced]) -> Measures {
    Measures { money: money::measure(market, priced), movement: movement::measure(market) }
}
