//! How many people could be taken at most, as everybody can read it.
//!
//! Published figures match people to the places that a reader can see to be free: no more than the
//! provider lets be told, with announced changes and published scores (`Audience::Public`). So
//! these pages bound every number of people who could be taken, and nothing unpublished does.
//!
//! Of people only homes, levels and needs are told. So a door is open to everybody of a home, a
//! level and some needs whom it might take, if they were of the right age, gender and legal status
//! and ready for a step down.

use std::collections::{BTreeMap, BTreeSet};

use crate::evidence::analysis::{
    Audience, CellKey, Position, Scenario, Stand, quality_fits, serves_home,
};
use crate::evidence::market::{AreaId, Level, LevelId, Market, NeedId, Service};

/// Whom services take, as far as homes, levels and needs of people say.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Takes {
    homes: BTreeSet<AreaId>,
    levels: BTreeSet<LevelId>,
    /// Who needs anything else is not taken.
    needs: BTreeSet<NeedId>,
}

/// Services with free places that take the same people.
struct Door {
    takes: Takes,
    /// Homes of people who are taken, and all areas that hold such homes.
    areas: BTreeSet<AreaId>,
    places: u32,
}

/// Free places by whom they are open to.
pub(super) struct Openings {
    doors: Vec<Door>,
    /// The doors by the levels of people who are taken, ascending.
    by_level: BTreeMap<LevelId, Vec<usize>>,
}

impl Openings {
    /// The free places of a market.
    pub(super) fn of(market: &Market) -> Openings {
        let mut places: BTreeMap<Takes, u32> = BTreeMap::new();
        let position = Position::in_public(market, Scenario::Central);
        for (service, capacity) in position.services.iter().zip(&position.capacity) {
            let free = at_most(market, service, *capacity);
            if let Some(takes) = takes(market, service).filter(|_| free > 0) {
                let sum = places.entry(takes).or_default();
                *sum = sum.saturating_add(free);
            }
        }
        let mut openings = Openings { doors: Vec::new(), by_level: BTreeMap::new() };
        for (takes, places) in places {
            let lineages = takes.homes.iter().flat_map(|home| market.areas.lineage(home));
            let areas = lineages.map(|area| area.id.clone()).collect();
            for level in &takes.levels {
                openings.by_level.entry(level.clone()).or_default().push(openings.doors.len());
            }
            openings.doors.push(Door { takes, areas, places });
        }
        openings
    }

    /// The most people of a group who can be taken, if nobody else is.
    pub(super) fn at_most(&self, group: &CellKey) -> u32 {
        let open = self.open_to_some(group);
        open.fold(0, |sum, door| sum.saturating_add(self.doors[door].places))
    }

    /// The doors that are open to somebody of a group, ascending.
    pub(super) fn open_to_some(&self, group: &CellKey) -> impl Iterator<Item = usize> {
        let might_take = |door: &Door| {
            group.area.as_ref().is_none_or(|area| door.areas.contains(area))
                && group.need.as_ref().is_none_or(|need| door.takes.needs.contains(need))
        };
        let doors = self.at_level(group.level.as_ref());
        doors.filter(move |door| might_take(&self.doors[*door]))
    }

    /// The doors that are open to people of one home and level with these needs, ascending.
    pub(super) fn open_to(
        &self,
        (home, level): &(AreaId, LevelId),
        needs: &BTreeSet<NeedId>,
    ) -> Vec<usize> {
        let is_open = |door: &usize| {
            let takes = &self.doors[*door].takes;
            takes.homes.contains(home) && needs.is_subset(&takes.needs)
        };
        self.at_level(Some(level)).filter(is_open).collect()
    }

    /// The places behind each door.
    pub(super) fn places(&self) -> Vec<u32> {
        self.doors.iter().map(|door| door.places).collect()
    }

    fn at_level(&self, level: Option<&LevelId>) -> impl Iterator<Item = usize> + use<'_> {
        let here = level.map(|level| self.by_level.get(level).map_or(&[][..], Vec::as_slice));
        let all = if here.is_none() { 0..self.doors.len() } else { 0..0 };
        here.unwrap_or(&[]).iter().copied().chain(all)
    }
}

/// Whom a service might take; nobody if it says neither where it is nor at which level, or meets
/// unknown needs.
fn takes(market: &Market, service: &Service) -> Option<Takes> {
    let levels = &market.vocabulary.levels;
    let level = levels.get(service.level.as_ref()?)?;
    let stand = Stand { area: service.area.as_ref()?, serves: &service.serves, geo: service.geo };
    let is_home = |home: &&AreaId| serves_home(&market.areas, home, level, stand, false);
    let homes = market.areas.iter().map(|area| &area.id).filter(is_home).cloned().collect();
    let steps = market.parameters.max_step as usize;
    let is_reached = |needed: &&Level| {
        let down = needed.rank.checked_sub(level.rank);
        needed.ladder == level.ladder && down.is_some_and(|down| down <= steps)
    };
    let reached = levels.values().filter(is_reached).map(|level| level.id.clone()).collect();
    let needs = service.needs.clone().unwrap_or_default();
    Some(Takes { homes, levels: reached, needs })
}

/// The places of a service that can be filled, as the published matching counts them.
fn at_most(market: &Market, service: &Service, capacity: u32) -> u32 {
    // Who does not say whom it takes takes nobody, in the reading that is published.
    let says = service.gender.is_some() && service.age.is_some() && service.legal.is_some();
    let is_good = quality_fits(market, (Scenario::Central, Audience::Public), service);
    if service.is_planned || (says && is_good) { capacity } else { 0 }
}
