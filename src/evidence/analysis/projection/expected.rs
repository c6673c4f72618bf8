//! Need that no row of placements tells of: people of an age band times a rate.

use std::collections::{BTreeMap, BTreeSet};

use crate::evidence::analysis::apportion::{ONE, nearest};
use crate::evidence::market::{AreaId, Market, NeedId, NeedRate};

/// People who are expected to have a need, by a rate. Never part of a projected gap.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::evidence) struct Expected {
    /// An area of the table of population. Areas may lie in one another: they do not add up.
    pub(in crate::evidence) area: AreaId,
    /// The need.
    pub(in crate::evidence) need: NeedId,
    /// The nearest whole number of people, over all age bands that have a rate and no rows.
    pub(in crate::evidence) people: u32,
}

/// What the rates expect in a year, by area and need (gap-analysis §15.12). An age band in which
/// some row of placements has the need is left out: people are known there, and would be counted
/// twice.
pub(in crate::evidence) fn expected(market: &Market, year: i16) -> Vec<Expected> {
    let bands = &market.vocabulary.age_bands;
    let mut known: BTreeSet<(&NeedId, usize)> = BTreeSet::new();
    for row in &market.placements {
        let touched = (0..bands.len())
            .filter(|band| row.age.is_none_or(|age| age.overlaps(bands[*band].ages)));
        for band in touched {
            known.extend(row.needs.iter().flatten().map(|need| (need, band)));
        }
    }
    let unknown = |rate: &&NeedRate| !known.contains(&(&rate.need, rate.band));
    let mut parts: BTreeMap<(&AreaId, &NeedId), u128> = BTreeMap::new();
    for area in market.population.areas() {
        for rate in market.need_rates.iter().filter(unknown) {
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
