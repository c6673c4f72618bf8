//! What the beds of each level do in a year: who can live in them, how often they would be full,
//! how many pass through, and how many beds the admissions of a year need (domain §5).

use std::collections::BTreeMap;

use super::Load;
use super::throughput::{THROUGHPUT, people_a_year, people_in_beds};
use crate::evidence::analysis::formula::{Formula, Inputs, Traced};
use crate::evidence::analysis::rational::Rational;
use crate::evidence::market::{
    AreaId, Beds, Level, LevelId, Market, Ratio, ServiceId, admissions_a_year, admissions_id,
};

pub(in crate::evidence) static ADMISSIONS: Formula = Formula {
    id: "beds-of-admissions",
    rule: "load = admissions a year x mean stay in days / 365; fewest beds that are all full for \
           no more than the accepted share of time",
    source: "gap-analysis §7",
};

/// What the beds of a level in an area of its scope can do.
#[derive(Clone)]
pub(in crate::evidence) struct Turnover {
    /// An area of the kind that is the scope of the level.
    pub(in crate::evidence) area: AreaId,
    /// The level.
    pub(in crate::evidence) level: LevelId,
    /// Places of its open services, as far as they are known.
    pub(in crate::evidence) beds: Beds,
    /// People who can live in them at the target.
    pub(in crate::evidence) people_at_target: Ratio,
    /// The share of arrivals that would find all of them full at the target.
    pub(in crate::evidence) refused_at_target: f64,
    /// Days that people of the level stay on average, where rows of placements tell it.
    pub(in crate::evidence) mean_stay_days: Option<Rational>,
    /// People who pass through in a year at the target and this stay.
    pub(in crate::evidence) people_a_year: Option<Rational>,
}

/// Beds that the admissions of a year need at one level.
#[derive(Clone)]
pub(in crate::evidence) struct Admissions {
    /// The level.
    pub(in crate::evidence) level: LevelId,
    /// Admissions in a year, which the publisher assumes.
    pub(in crate::evidence) a_year: u32,
    /// Days that people of the level stay on average.
    pub(in crate::evidence) mean_stay_days: Rational,
    /// The load.
    pub(in crate::evidence) load: Load,
    /// Fewest beds that keep the limit of refusals.
    pub(in crate::evidence) beds: Beds,
}

/// Turnover of every level with a target, in order of levels, then areas.
pub(in crate::evidence) fn turnover(market: &Market) -> Vec<Traced<Turnover>> {
    let mut found = Vec::new();
    for level in market.vocabulary.levels_in_order() {
        let Some(target) = level.target_occupancy else { continue };
        let (stay, rows) = mean_stay(market, level);
        for (area, (beds, services)) in pools(market, level) {
            let people_at_target = people_in_beds(beds, target);
            let value = Turnover {
                area,
                level: level.id.clone(),
                beds,
                people_at_target,
                refused_at_target: Load::of_share(people_at_target).refused(beds),
                mean_stay_days: stay,
                people_a_year: stay.and_then(|stay| people_a_year(beds, target, stay)),
            };
            let inputs = Inputs { placements: rows.clone(), services, ..Inputs::default() };
            found.push(Traced::new(&THROUGHPUT, inputs, value));
        }
    }
    found
}

/// Beds by admissions, for every level for which they are assumed and stays are known.
pub(in crate::evidence) fn admissions(market: &Market) -> Vec<Traced<Admissions>> {
    let of_level = |level: &Level| {
        let a_year = admissions_a_year(&level.id, &market.assumptions)?;
        let (stay, rows) = mean_stay(market, level);
        let load = Load::of_admissions(a_year, stay?);
        let value = Admissions {
            level: level.id.clone(),
            a_year,
            mean_stay_days: stay?,
            load,
            beds: load.beds(market.parameters.full_probability),
        };
        let inputs = Inputs { placements: rows, ..Inputs::default() };
        let assumptions = vec![admissions_id(&level.id)];
        Some(Traced { assumptions, ..Traced::new(&ADMISSIONS, inputs, value) })
    };
    market.vocabulary.levels_in_order().filter_map(of_level).collect()
}

/// Days that people of a level stay on average, and the rows that tell it. Ranges of people count
/// by their middle.
fn mean_stay(market: &Market, level: &Level) -> (Option<Rational>, Vec<usize>) {
    let (mut days, mut people, mut rows) = (0, 0, Vec::new());
    for (at, row) in market.placements.iter().enumerate() {
        if let Some(stay) = row.stay_days.filter(|_| row.level == level.id) {
            let count = i128::from(row.people.middle());
            days += count * i128::from(stay);
            people += count;
            rows.push(at);
        }
    }
    (Rational::new(days, people), rows)
}

/// Known places of open services of a level, by the area of its scope in which they stand.
fn pools(market: &Market, level: &Level) -> BTreeMap<AreaId, (Beds, Vec<ServiceId>)> {
    let mut pools: BTreeMap<AreaId, (Beds, Vec<ServiceId>)> = BTreeMap::new();
    let services = market.providers.values().flat_map(|provider| &provider.services);
    for service in services.filter(|service| service.is_open()) {
        let area = service.area.as_ref().and_then(|area| market.areas.ancestor(area, level.scope));
        let is_here = service.level.as_ref() == Some(&level.id);
        if let (Some(area), Some(Beds(places)), true) = (area, service.places, is_here) {
            let (Beds(beds), ids) = pools.entry(area.id.clone()).or_insert((Beds(0), Vec::new()));
            *beds += places;
            ids.push(service.id.clone());
        }
    }
    pools
}
