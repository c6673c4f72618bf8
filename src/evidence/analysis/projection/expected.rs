//! Need that no row of placements tells of: people of an age band times a rate.

use std::collections::{BTreeMap, BTreeSet};

use crate::evidence::analysis::apportion::{ONE, nearest};
use crate::evidence::market::{AreaId, Market, NeedId};

/// People who are expected to have a need, by a rate. Never part of a projected gap.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::evidence) struct Expected {
    /// An area of the table of population. Areas may lie in one another: they do not add up.
    pub(in crate::evidence) area: AreaId,
    /// The need, of which there is no row of placements.
    pub(in crate::evidence) need: NeedId,
    /// The nearest whole number of people, over all age bands that have a rate.
    pub(in crate::evidence) people: u32,
}

/// What the rates expect in a year, by area and need (gap-analysis §15.12). Needs of which there are
/// rows are left out: people placed away are known there, and would be counted twice.
pub(in crate::evidence) fn expected(market: &Market, year: i16) -> Vec<Expected> {
    let rows = market.placements.iter().flat_map(|row| &row.needs);
    let known: BTreeSet<&NeedId> = rows.flatten().collect();
    let mut parts: BTreeMap<(&AreaId, &NeedId), u128> = BTreeMap::new();
    for area in market.population.areas() {
        for rate in market.need_rates.iter().filter(|rate| !known.contains(&rate.need)) {
            let Some(people) = market.population.people(area.as_str(), year, rate.band) else {
                continue;
            };
            // A share has at most six decimals, so this is exact.
            let share = ONE * u128::from(rate.share.num) / u128::from(rate.share.den);
            *parts.entry((area, &rate.need)).or_default() += u128::from(people) * share;
        }
    }
    let whole = |((area, need), parts): ((&AreaId, &NeedId), u128)| Expected {
        area: area.clone(),
        need: need.clone(),
        people: nearest(parts),
    };
    parts.into_iter().map(whole).collect()
}
