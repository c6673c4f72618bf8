//! Whether a service could take a person: the filters of gap-analysis §4, in their order.

use std::collections::BTreeSet;

use super::Scenario;
use crate::evidence::market::{AgeRange, GenderTaken, Level, Market, NeedId, Placement, Service};

/// The first filter that a person and a service do not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::evidence) enum Filter {
    /// Not local: another area, too far, or for people of other areas only.
    Scope,
    /// Another ladder, a higher level, or too large a step down.
    Level,
    /// It lacks a need that must be met.
    Needs,
    /// It takes other ages.
    Age,
    /// It takes the other gender.
    Gender,
    /// It does not take people of this legal status.
    Legal,
    /// Its quality is below the floor or unknown.
    Quality,
}

impl Filter {
    /// All filters in the order in which they are tried.
    pub(in crate::evidence) const ALL: [Filter; 7] = [
        Filter::Scope,
        Filter::Level,
        Filter::Needs,
        Filter::Age,
        Filter::Gender,
        Filter::Legal,
        Filter::Quality,
    ];
}

/// Passes a person and a service through all filters.
///
/// Errors with the first filter that fails; services without a level or area fail the scope, and
/// so does the service where the person already lives.
pub(in crate::evidence) fn check(
    market: &Market,
    scenario: Scenario,
    row: &Placement,
    service: &Service,
) -> Result<(), Filter> {
    match failing(market, scenario, row, service).next() {
        Some(filter) => Err(filter),
        None => Ok(()),
    }
}

/// Whether a service could take a person if one of the filters did not exist. Nobody moves to where
/// they already live.
pub(in crate::evidence) fn passes_without(
    market: &Market,
    scenario: Scenario,
    row: &Placement,
    service: &Service,
    ignored: Filter,
) -> bool {
    row.current_service.as_ref() != Some(&service.id)
        && failing(market, scenario, row, service).all(|filter| filter == ignored)
}

/// The filters that a person and a service do not pass, in their order.
fn failing(
    market: &Market,
    scenario: Scenario,
    row: &Placement,
    service: &Service,
) -> impl Iterator<Item = Filter> {
    let words = &market.vocabulary;
    let hopeful = scenario == Scenario::Low;
    let level = service.level.as_ref().and_then(|id| words.levels.get(id));
    let needed = words.levels.get(&row.level);
    let current = row.current_service.as_ref() == Some(&service.id);
    Filter::ALL.into_iter().filter(move |filter| !match filter {
        Filter::Scope => {
            !current && level.is_some_and(|at| is_local(market, scenario, row, service, at))
        }
        Filter::Level => needed
            .zip(level)
            .is_some_and(|(needed, level)| level_fits(market, scenario, row, needed, level)),
        Filter::Needs => needs_fit(hopeful, row, service),
        Filter::Age => age_fits(hopeful, row.age, service.age),
        Filter::Gender => gender_fits(hopeful, row, service),
        Filter::Legal => legal_fits(market, hopeful, row, service),
        Filter::Quality => quality_fits(market, scenario, service),
    })
}

/// Home and service lie in the same area of the level's scope, near enough, and the service
/// serves people from there.
fn is_local(
    market: &Market,
    scenario: Scenario,
    row: &Placement,
    service: &Service,
    level: &Level,
) -> bool {
    let Some(area) = &service.area else {
        return false;
    };
    let home = market.areas.ancestor(&row.home, level.scope);
    let there = market.areas.ancestor(area, level.scope);
    let same = home.zip(there).is_some_and(|(home, there)| home.id == there.id);
    let served = service.serves.is_empty()
        || service.serves.iter().any(|area| market.areas.is_within(&row.home, area));
    let near = level.max_km.is_none_or(|limit| {
        let home = market.areas.get(row.home.as_str()).and_then(|area| area.centroid);
        let there =
            service.geo.or_else(|| market.areas.get(area.as_str()).and_then(|area| area.centroid));
        match (home, there) {
            (Some(home), Some(there)) => home.distance_km(there) <= f64::from(limit),
            _ => scenario == Scenario::Low,
        }
    });
    same && served && near
}

/// The same level, or up to `max_step` below it for people who are ready. Never above.
fn level_fits(
    market: &Market,
    scenario: Scenario,
    row: &Placement,
    needed: &Level,
    level: &Level,
) -> bool {
    let ready = row.ready.unwrap_or(scenario == Scenario::Low);
    let step = if ready { market.parameters.max_step as usize } else { 0 };
    needed.ladder == level.ladder && level.rank <= needed.rank && needed.rank - level.rank <= step
}

/// Everything the person needs is something the service is verified (hopefully: says) to meet.
fn needs_fit(hopeful: bool, row: &Placement, service: &Service) -> bool {
    let Some(needed) = &row.needs else {
        return hopeful;
    };
    let verified: Option<&BTreeSet<NeedId>> = service.needs.as_ref();
    needed.iter().all(|need| match verified {
        Some(verified) if verified.contains(need) => true,
        None if hopeful => true,
        _ => hopeful && service.claimed.contains(need),
    })
}

fn age_fits(hopeful: bool, person: Option<AgeRange>, service: Option<AgeRange>) -> bool {
    match (person, service) {
        (Some(person), Some(service)) if hopeful => service.overlaps(person),
        (Some(person), Some(service)) => service.contains(person),
        // A person of unknown age certainly fits only where every age is taken.
        (None, Some(service)) => hopeful || service.contains(AgeRange { min: 0, max: 120 }),
        (_, None) => hopeful,
    }
}

fn gender_fits(hopeful: bool, row: &Placement, service: &Service) -> bool {
    match (row.gender, service.gender) {
        (_, None) => hopeful,
        (_, Some(GenderTaken::Any)) => true,
        (None, Some(_)) => hopeful,
        (Some(person), Some(taken)) => person.is_taken_by(taken),
    }
}

fn legal_fits(market: &Market, hopeful: bool, row: &Placement, service: &Service) -> bool {
    match (&row.legal, &service.legal) {
        (_, None) => hopeful,
        (Some(status), Some(taken)) => taken.contains(status),
        (None, Some(taken)) => hopeful || market.vocabulary.legal.keys().all(|s| taken.contains(s)),
    }
}

/// Quality at or above the floor. A rating at or below the regulator's floor always fails.
///
/// A service that does not exist yet passes: nobody can know its quality, and nobody would plan it
/// to be poor.
fn quality_fits(market: &Market, scenario: Scenario, service: &Service) -> bool {
    if service.is_planned {
        return true;
    }
    let quality = &service.quality;
    let rating = quality.regulator.and_then(|regulator| regulator.rating);
    if let (Some(rating), Some(floor)) = (rating, market.parameters.regulator_floor)
        && rating <= floor
    {
        return false;
    }
    let reviewed = quality.reviewer.map(|(score, _)| score);
    let own = quality.own.map(|(score, _)| score);
    let score = match scenario {
        Scenario::Low => reviewed.max(own),
        Scenario::Central => reviewed.or(own),
        Scenario::High => reviewed,
    };
    market.parameters.quality_floor == 0
        || score.is_some_and(|score| score >= market.parameters.quality_floor)
}
