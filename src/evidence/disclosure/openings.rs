//! How many people could be taken at most, as everybody can read it.
//!
//! Published figures match people to the places that a reader can see to be free: no more than the
//! provider lets be told, with announced changes and published scores (`Audience::Public`). So
//! these pages bound every number of people who could be taken, and nothing unpublished does.

use std::collections::{BTreeMap, BTreeSet};

use crate::evidence::analysis::{Audience, CellKey, Position, Scenario, quality_fits};
use crate::evidence::market::{AreaId, Level, LevelId, Market, NeedId, Service};

/// Services that count the same groups of people as local.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Site {
    level: LevelId,
    /// The area of the level's scope.
    catchment: AreaId,
    /// The areas whose people alone are taken, if it is so limited.
    serves: BTreeSet<AreaId>,
}

/// Places that can be filled.
#[derive(Default)]
struct Free {
    all: u32,
    by_need: BTreeMap<NeedId, u32>,
}

impl Free {
    fn of(&self, need: Option<&NeedId>) -> u32 {
        need.map_or(self.all, |need| self.by_need.get(need).copied().unwrap_or(0))
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
        let position = Position::in_public(market, Scenario::Central);
        for (service, capacity) in position.services.iter().zip(&position.capacity) {
            let Some(site) = site(market, service) else { continue };
            let places = at_most(market, service, *capacity);
            let free = sites.entry(site).or_default();
            free.all = free.all.saturating_add(places);
            for need in service.needs.iter().flatten() {
                let by_need = free.by_need.entry(need.clone()).or_default();
                *by_need = by_need.saturating_add(places);
            }
        }
        Openings { market, sites }
    }

    /// The most people of a group who can be taken.
    pub(super) fn at_most(&self, group: &CellKey) -> u32 {
        let serving = self.sites.iter().filter(|(site, _)| self.may_serve(site, group));
        serving.fold(0, |sum, (_, free)| sum.saturating_add(free.of(group.need.as_ref())))
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

/// The places of a service that can be filled, as the published matching counts them.
fn at_most(market: &Market, service: &Service, capacity: u32) -> u32 {
    // Who does not say whom it takes takes nobody, in the reading that is published.
    let says = service.gender.is_some() && service.age.is_some() && service.legal.is_some();
    let is_good = quality_fits(market, (Scenario::Central, Audience::Public), service);
    if service.is_planned || (says && is_good) { capacity } else { 0 }
}
