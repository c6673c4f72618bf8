//! Places beyond what local people could fill (gap-analysis §8).

use std::collections::BTreeMap;

use crate::evidence::analysis::compatibility;
use crate::evidence::analysis::formula::{Formula, Inputs, Traced};
use crate::evidence::analysis::scenario::Scenario;
use crate::evidence::market::{AreaId, Beds, Level, LevelId, Market, Ratio, Service};

pub(in crate::evidence) static OVER_CAPACITY: Formula = Formula {
    id: "over-capacity",
    rule: "places - ceil((local people in them + people away whom they could take) / target \
           occupancy), where above 0",
    source: "gap-analysis §8",
};

/// Places of one level in one area of its scope beyond what local need could fill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct OverCapacity {
    /// An area of the kind that is the scope of the level.
    pub(in crate::evidence) area: AreaId,
    /// The level.
    pub(in crate::evidence) level: LevelId,
    /// Fewest over all scenarios and all that is unknown; 0 when there may be none.
    pub(in crate::evidence) low: u32,
    /// Most.
    pub(in crate::evidence) high: u32,
}

/// Places needed so that so many people fill them to the target, rounded up exactly.
pub(in crate::evidence) fn places_for(people: u64, target: Ratio) -> u64 {
    (people * target.den).div_ceil(target.num.max(1))
}

/// Every area and level with places to spare, in order of levels, then areas. Levels without a
/// target occupancy have none that could be told.
pub(super) fn find(market: &Market) -> Vec<Traced<OverCapacity>> {
    let mut found = Vec::new();
    for level in market.vocabulary.levels_in_order() {
        let Some(target) = level.target_occupancy else { continue };
        let homes = homes(market, level);
        for (area, services) in pools(market, level) {
            let rows = homes.get(&area).map_or(&[][..], Vec::as_slice);
            let (low, high) = spare(market, &services, rows, target);
            if high > 0 {
                let inputs = Inputs {
                    placements: rows.to_vec(),
                    services: services.iter().map(|service| service.id.clone()).collect(),
                    ..Inputs::default()
                };
                let value = OverCapacity { area, level: level.id.clone(), low, high };
                found.push(Traced::new(&OVER_CAPACITY, inputs, value));
            }
        }
    }
    found
}

/// Open services of a level with known places, by the area of its scope in which they stand.
fn pools<'m>(market: &'m Market, level: &Level) -> BTreeMap<AreaId, Vec<&'m Service>> {
    let mut pools: BTreeMap<AreaId, Vec<&Service>> = BTreeMap::new();
    let services = market.providers.values().flat_map(|provider| &provider.services);
    for service in services.filter(|service| service.is_open() && service.places.is_some()) {
        let area = service.area.as_ref().and_then(|area| market.areas.ancestor(area, level.scope));
        if let Some(area) = area.filter(|_| service.level.as_ref() == Some(&level.id)) {
            pools.entry(area.id.clone()).or_default().push(service);
        }
    }
    pools
}

/// Rows by the area of a level's scope in which their home lies: only these can be local.
fn homes(market: &Market, level: &Level) -> BTreeMap<AreaId, Vec<usize>> {
    let mut homes: BTreeMap<AreaId, Vec<usize>> = BTreeMap::new();
    for (at, row) in market.placements.iter().enumerate() {
        if let Some(area) = market.areas.ancestor(&row.home, level.scope) {
            homes.entry(area.id.clone()).or_default().push(at);
        }
    }
    homes
}

/// Places to spare, fewest and most over the scenarios and over what is unknown of residents.
fn spare(market: &Market, services: &[&Service], rows: &[usize], target: Ratio) -> (u32, u32) {
    let places: u64 = services.iter().filter_map(|s| s.places).map(|Beds(n)| u64::from(n)).sum();
    let (mut fewest, mut most) = (0, 0);
    for service in services {
        let imported = service.occupied_imported.map_or(0, |people| people.raw());
        let room = service.places.map_or(0, |Beds(places)| places.saturating_sub(imported));
        let local = service.occupied_local.map(|people| people.raw());
        fewest += u64::from(local.unwrap_or(0));
        most += u64::from(local.unwrap_or(room));
    }
    let needs = [Scenario::Low, Scenario::Central, Scenario::High].map(|scenario| {
        let takes = |row: usize| {
            let row = &market.placements[row];
            services
                .iter()
                .any(|service| compatibility::check(market, scenario, row, service).is_ok())
        };
        let people = |row: usize| u64::from(scenario.need(&market.placements[row]));
        rows.iter().copied().filter(|row| takes(*row)).map(people).sum::<u64>()
    });
    let spare = |local: u64, need: Option<&u64>| {
        let needed = places_for(local + need.copied().unwrap_or(0), target);
        u32::try_from(places.saturating_sub(needed)).unwrap_or(u32::MAX)
    };
    (spare(most, needs.iter().max()), spare(fewest, needs.iter().min()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gap-analysis §7 and §11: 11 people need 13 places at 85%, in exact whole numbers.
    #[test]
    fn the_target_is_kept_exactly() {
        let target = Ratio { num: 85, den: 100 };
        assert_eq!(
            [0, 1, 11, 17, 85, 86].map(|people| places_for(people, target)),
            [0, 2, 13, 20, 100, 102]
        );
    }
}
