//! How many people could be taken at most, as far as everybody can read it.
//!
//! Free places are published service by service, with what each service takes. Nobody is taken
//! where no place is free (disclosure §10), so these pages bound every number of people who could
//! be taken today. Nothing that is unpublished makes a bound smaller.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;

use super::profile::{self, PublicVacancies};
use crate::evidence::analysis::{CellKey, Position, Scenario};
use crate::evidence::market::{AreaId, Beds, Level, LevelId, Market, NeedId, Service};

/// Services that count the same groups of people as local.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Site {
    level: LevelId,
    /// The area of the level's scope.
    catchment: AreaId,
    /// The areas whose people alone are taken, if it is so limited.
    serves: BTreeSet<AreaId>,
}

/// Places that can be free at most; nothing where that cannot be read.
#[derive(Default)]
struct Free {
    all: Places,
    by_need: BTreeMap<NeedId, Places>,
}

struct Places(Option<u32>);

impl Default for Places {
    fn default() -> Places {
        Places(Some(0))
    }
}

impl Places {
    fn add(&mut self, more: Option<u32>) {
        self.0 = self.0.zip(more).map(|(one, other)| one.saturating_add(other));
    }
}

/// Free places by where they are.
pub(super) struct Openings<'m> {
    market: &'m Market,
    sites: BTreeMap<Site, Free>,
}

impl<'m> Openings<'m> {
    /// The free places of a market.
    pub(super) fn of(market: &'m Market) -> Openings<'m> {
        let mut sites: BTreeMap<Site, Free> = BTreeMap::new();
        let position = Position::today(market, Scenario::Central);
        for (service, capacity) in position.services.iter().zip(&position.capacity) {
            let Some(site) = site(market, service) else { continue };
            let places = at_most(market, service, *capacity);
            let free = sites.entry(site).or_default();
            free.all.add(places);
            for need in service.needs.iter().flatten() {
                free.by_need.entry(need.clone()).or_default().add(places);
            }
        }
        Openings { market, sites }
    }

    /// The most people of a group who can be taken; nothing where that cannot be read.
    pub(super) fn at_most(&self, group: &CellKey) -> Option<u32> {
        let mut places = Places::default();
        let serving = self.sites.iter().filter(|(site, _)| self.may_serve(site, group));
        for (_, free) in serving {
            match &group.need {
                None => places.add(free.all.0),
                Some(need) => places.add(free.by_need.get(need).map_or(Some(0), |free| free.0)),
            }
        }
        places.0
    }

    /// Whether some people of a group could be local to a site and of a level that it takes.
    fn may_serve(&self, site: &Site, group: &CellKey) -> bool {
        let areas = &self.market.areas;
        let meets = |one: &AreaId, other: &AreaId| {
            areas.is_within(one, other) || areas.is_within(other, one)
        };
        let is_local = group.area.as_ref().is_none_or(|area| {
            meets(area, &site.catchment)
                && (site.serves.is_empty() || site.serves.iter().any(|served| meets(area, served)))
        });
        is_local && group.level.as_ref().is_none_or(|level| self.is_reached(&site.level, level))
    }

    /// Whether people who need one level may take a place at another.
    fn is_reached(&self, there: &LevelId, needed: &LevelId) -> bool {
        let levels = &self.market.vocabulary.levels;
        let step = |(there, needed): (&Level, &Level)| {
            let down = needed.rank.checked_sub(there.rank)?;
            (there.ladder == needed.ladder).then_some(down)
        };
        let down = levels.get(there).zip(levels.get(needed)).and_then(step);
        down.is_some_and(|down| down <= self.market.parameters.max_step as usize)
    }
}

fn site(market: &Market, service: &Service) -> Option<Site> {
    let level = market.vocabulary.levels.get(service.level.as_ref()?)?;
    let catchment = market.areas.ancestor(service.area.as_ref()?, level.scope)?;
    Some(Site {
        level: level.id.clone(),
        catchment: catchment.id.clone(),
        serves: service.serves.iter().cloned().collect(),
    })
}

/// The most places of a service that can be free, and never fewer than are filled from it.
fn at_most(market: &Market, service: &Service, capacity: u32) -> Option<u32> {
    if service.is_planned {
        return Some(capacity);
    }
    // Who does not say whom it takes takes nobody, in the reading that is published.
    let says = service.gender.is_some() && service.age.is_some() && service.legal.is_some();
    if !says || is_known_to_be_poor(market, service) {
        return Some(0);
    }
    let as_at = market.settings.edition.as_at;
    let horizon = as_at.saturating_add(i64::from(market.parameters.wait_days).days());
    let is_late = service.available_from.is_some_and(|day| day > horizon);
    let places = service.places.map(|Beds(places)| places);
    let told = match profile::vacancies(service.vacancies_public, service.vacancies) {
        _ if !service.is_open() || is_late => Some(0),
        PublicVacancies::Exact(count) => Some(count),
        PublicVacancies::Band(_, high) => high.or(places),
        PublicVacancies::Any(false) => Some(0),
        PublicVacancies::Any(true) => places,
        // Then they are worked out from places and residents, of whom nothing is told.
        PublicVacancies::NotStated => Some(places.unwrap_or(0)),
    };
    // A change that is not told of may open more.
    told.map(|told| told.max(capacity))
}

/// Whether it follows from published scores that nobody is placed there.
fn is_known_to_be_poor(market: &Market, service: &Service) -> bool {
    let (quality, parameters) = (&service.quality, &market.parameters);
    let rating = quality.regulator.as_ref().and_then(|regulator| regulator.rating);
    if rating.zip(parameters.regulator_floor).is_some_and(|(rating, floor)| rating <= floor) {
        return true;
    }
    if quality.reviewer.is_some() && !quality.reviewer_published {
        return false;
    }
    let score = quality.reviewer.or(quality.own).map_or(0, |(score, _)| score);
    score < parameters.quality_floor
}
