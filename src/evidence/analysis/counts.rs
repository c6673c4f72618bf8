//! Exact counts for every group that the site publishes.
//!
//! Every cell of a table is made, also where nobody is counted: which cells exist must not tell
//! anything about people.

use std::collections::BTreeSet;

use super::RowResult;
use super::cell::{CellKey, Counts, Measure};
use crate::evidence::market::{AreaId, Beds, LevelId, Market, NeedId, People, Provider, Service};

/// Measures of people placed away, which are counted by home, level and need.
const PEOPLE: [Measure; 5] =
    [Measure::Away, Measure::AwayAppropriately, Measure::Need, Measure::Matched, Measure::Gap];

/// Measures of services, which are counted by where they stand, level and need.
const SUPPLY: [Measure; 7] = [
    Measure::Services,
    Measure::Providers,
    Measure::RegisteredBeds,
    Measure::Places,
    Measure::VacantPlaces,
    Measure::OccupiedLocally,
    Measure::OccupiedByOthers,
];

/// Counts people and services for the whole site, each area, each level, each need, and each pair
/// of these. `rows` belong to the placements of the market, in the same order.
pub(super) fn tabulate(market: &Market, rows: &[RowResult]) -> Counts {
    let mut counts = Counts::default();
    frame(market, &mut counts);
    for (row, result) in market.placements.iter().zip(rows) {
        let people = row.people.middle();
        let appropriate = row.reason.is_some_and(|reason| reason.is_appropriate());
        let values = [
            (Measure::Away, people),
            (Measure::AwayAppropriately, if appropriate { people } else { 0 }),
            (Measure::Need, result.need),
            (Measure::Matched, result.placed),
            (Measure::Gap, result.need - result.placed),
        ];
        let needs = row.needs.clone().unwrap_or_default();
        for group in groups(market, Some(&row.home), Some(&row.level), &needs) {
            for (measure, value) in values {
                counts.entry(CellKey { measure, ..group.clone() }).known += value;
            }
        }
    }
    for provider in market.providers.values() {
        for service in provider.services.iter().filter(|service| service.is_open()) {
            count_service(market, provider, service, &mut counts);
        }
    }
    counts
}

/// Makes every cell of every table, empty.
fn frame(market: &Market, counts: &mut Counts) {
    let all_needs: BTreeSet<NeedId> = market.vocabulary.needs.keys().cloned().collect();
    let areas: Vec<Option<AreaId>> = std::iter::once(None)
        .chain(market.areas.iter().map(|area| Some(area.id.clone())))
        .collect();
    let levels: Vec<Option<LevelId>> =
        std::iter::once(None).chain(market.vocabulary.levels.keys().cloned().map(Some)).collect();
    for measure in PEOPLE.into_iter().chain(SUPPLY) {
        for area in &areas {
            for level in &levels {
                let key = CellKey { measure, area: area.clone(), level: level.clone(), need: None };
                counts.entry(key.clone());
                if area.is_none() || level.is_none() {
                    for need in &all_needs {
                        counts.entry(key.clone().for_need(need));
                    }
                }
            }
        }
    }
}

/// Every group that something with this area, level and these needs belongs to, as keys whose
/// measure is still to be set.
pub(super) fn groups(
    market: &Market,
    area: Option<&AreaId>,
    level: Option<&LevelId>,
    needs: &BTreeSet<NeedId>,
) -> Vec<CellKey> {
    let lineage = area.into_iter().flat_map(|area| market.areas.lineage(area));
    let areas = std::iter::once(None).chain(lineage.map(|area| Some(area.id.clone())));
    let mut groups = Vec::new();
    for area in areas {
        for level in std::iter::once(None).chain(level.cloned().map(Some)) {
            let key = CellKey {
                measure: Measure::Away,
                area: area.clone(),
                level: level.clone(),
                need: None,
            };
            if area.is_none() || level.is_none() {
                groups.extend(needs.iter().map(|need| key.clone().for_need(need)));
            }
            groups.push(key);
        }
    }
    groups
}

fn count_service(market: &Market, provider: &Provider, service: &Service, counts: &mut Counts) {
    let needs = service.needs.clone().unwrap_or_default();
    let exact = |count: Option<u32>| count.map(|count| (count, true));
    let beds = |beds: Option<Beds>| exact(beds.map(|Beds(count)| count));
    let people = |people: Option<People>| exact(people.map(People::raw));
    // Free places only as far as the provider's page tells them: no total can tell more.
    let free = service.vacancies.map(|vacancies| service.vacancies_public.fewest(vacancies));
    let values = [
        (Measure::Services, Some((1, true))),
        (Measure::RegisteredBeds, beds(service.registered)),
        (Measure::Places, beds(service.places)),
        (Measure::VacantPlaces, free),
        (Measure::OccupiedLocally, people(service.occupied_local)),
        (Measure::OccupiedByOthers, people(service.occupied_imported)),
    ];
    for group in groups(market, service.area.as_ref(), service.level.as_ref(), &needs) {
        for (measure, value) in values {
            let count = counts.entry(CellKey { measure, ..group.clone() });
            if let Some((value, _)) = value {
                count.known += value;
                *count.providers.entry(provider.id.clone()).or_default() += value;
            }
            count.unstated += u32::from(!value.is_some_and(|(_, is_exact)| is_exact));
        }
        let providers = counts.entry(CellKey { measure: Measure::Providers, ..group });
        *providers.providers.entry(provider.id.clone()).or_default() += 1;
        providers.known = providers.providers.len() as u32;
    }
}
