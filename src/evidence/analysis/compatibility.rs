//! Whether a service could take a person: the filters of gap-analysis §4, in their order.

use super::Scenario;
use super::changes::Audience;
use crate::evidence::market::{
    AgeRange, Area, AreaId, AreaTree, GenderTaken, Level, Market, NeedId, Parameters, Placement,
    Point, Rating, Service,
};

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
#[cfg(test)]
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
    let current = row.current_service.as_ref() == Some(&service.id);
    let reading = (scenario, Audience::Commissioner);
    Filter::ALL.into_iter().filter(move |filter| {
        (current && *filter == Filter::Scope) || !passes(market, reading, row, service, *filter)
    })
}

/// Whether a person and a service pass one filter, wherever the person lives now.
///
/// What a filter reads of the two is also what `matching::kinds` sorts them by.
pub(super) fn passes(
    market: &Market,
    (scenario, audience): (Scenario, Audience),
    row: &Placement,
    service: &Service,
    filter: Filter,
) -> bool {
    let hopeful = scenario == Scenario::Low;
    let levels = &market.vocabulary.levels;
    let level = || service.level.as_ref().and_then(|id| levels.get(id));
    match filter {
        Filter::Scope => level().is_some_and(|at| is_local(market, scenario, row, service, at)),
        Filter::Level => levels
            .get(&row.level)
            .zip(level())
            .is_some_and(|(needed, level)| level_fits(market, scenario, row, needed, level)),
        Filter::Needs => needs_fit(hopeful, row, service),
        Filter::Age => age_fits(hopeful, row.age, service.age),
        Filter::Gender => gender_fits(hopeful, row, service),
        Filter::Legal => legal_fits(market, hopeful, row, service),
        Filter::Quality => quality_fits(market, (scenario, audience), service),
    }
}

/// The area whose people a level counts as local to a place: the one of the level's scope that it
/// lies in.
pub(super) fn catchment<'m>(market: &'m Market, place: &AreaId, level: &Level) -> Option<&'m Area> {
    market.areas.ancestor(place, level.scope)
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
    let stand = Stand { area, serves: &service.serves, geo: service.geo };
    serves_home(&market.areas, &row.home, level, stand, scenario == Scenario::Low)
}

/// Where a service stands, and the only areas whose people it takes.
#[derive(Clone, Copy)]
pub(in crate::evidence) struct Stand<'s> {
    pub(in crate::evidence) area: &'s AreaId,
    pub(in crate::evidence) serves: &'s [AreaId],
    pub(in crate::evidence) geo: Option<Point>,
}

/// Whether a service at a level is local to people of an area (gap-analysis §4, the first filter).
///
/// `hopeful`: a distance that nobody can know is near enough.
pub(in crate::evidence) fn serves_home(
    areas: &AreaTree,
    home: &AreaId,
    level: &Level,
    stand: Stand,
    hopeful: bool,
) -> bool {
    let catchment = areas.ancestor(home, level.scope);
    let there = areas.ancestor(stand.area, level.scope);
    let same = catchment.zip(there).is_some_and(|(home, there)| home.id == there.id);
    let served =
        stand.serves.is_empty() || stand.serves.iter().any(|area| areas.is_within(home, area));
    let near = level.max_km.is_none_or(|limit| {
        let middle = |id: &AreaId| areas.get(id.as_str()).and_then(|area| area.centroid);
        match (middle(home), stand.geo.or_else(|| middle(stand.area))) {
            (Some(home), Some(there)) => home.distance_km(there) <= f64::from(limit),
            _ => hopeful,
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

/// Everything the person needs is something the service meets.
fn needs_fit(hopeful: bool, row: &Placement, service: &Service) -> bool {
    match &row.needs {
        Some(needed) => needed.iter().all(|need| meets(hopeful, service, need)),
        None => unknown_needs_fit(hopeful),
    }
}

/// Whether a service is verified (hopefully: says) to meet a need.
pub(super) fn meets(hopeful: bool, service: &Service, need: &NeedId) -> bool {
    match &service.needs {
        Some(verified) if verified.contains(need) => true,
        None if hopeful => true,
        _ => hopeful && service.claimed.contains(need),
    }
}

/// Whether people whose needs are not known pass: hopefully they have none.
pub(super) fn unknown_needs_fit(hopeful: bool) -> bool {
    hopeful
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

/// Quality at or above the floor, by the scores that the audience may read. A rating at or below
/// the regulator's floor always fails.
///
/// A service that does not exist yet passes: nobody can know its quality, and nobody would plan it
/// to be poor.
pub(in crate::evidence) fn quality_fits(
    market: &Market,
    (scenario, audience): (Scenario, Audience),
    service: &Service,
) -> bool {
    if service.is_planned {
        return true;
    }
    let quality = &service.quality;
    let rating = quality.regulator.and_then(|regulator| regulator.rating);
    let is_told = quality.reviewer_published || audience == Audience::Commissioner;
    let reviewed = quality.reviewer.filter(|_| is_told).map(|(score, _)| score);
    let own = quality.own.map(|(score, _)| score);
    let score = match scenario {
        Scenario::Low => reviewed.max(own),
        Scenario::Central => reviewed.or(own),
        Scenario::High => reviewed,
    };
    is_good_enough(&market.parameters, rating, score)
}

/// Whether a rating is above the regulator's floor, and a score at or above the floor of scores.
/// A score that is not known is not enough, unless no score is asked for.
pub(in crate::evidence) fn is_good_enough(
    parameters: &Parameters,
    rating: Option<Rating>,
    score: Option<u8>,
) -> bool {
    let is_poor =
        rating.zip(parameters.regulator_floor).is_some_and(|(rating, floor)| rating <= floor);
    let floor = parameters.quality_floor;
    !is_poor && (floor == 0 || score.is_some_and(|score| score >= floor))
}
