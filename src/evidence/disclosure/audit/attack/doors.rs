//! Whom services with free places might take, as a reader works it out from their records.
//!
//! Nothing here is shared with what decides: it starts again from what the site tells of each
//! service, and from changes that are announced. Of people no age, gender or legal status is told,
//! nor who is ready for a step down, so a door is open to whoever might pass it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::super::profile::{PublicService, PublicVacancies};
use super::super::super::publication::Publication;
use super::super::announced::Announced;
use crate::evidence::analysis::CellKey;
use crate::evidence::market::{AreaId, Level, LevelId, NeedId, Point, Status};

/// Homes, levels and needs of people who might be taken.
type Whom = (Vec<AreaId>, Vec<LevelId>, Vec<NeedId>);

/// Services that might take the same people.
pub(super) struct Door {
    homes: BTreeSet<AreaId>,
    /// These homes and every area around them.
    around: BTreeSet<AreaId>,
    levels: BTreeSet<LevelId>,
    needs: BTreeSet<NeedId>,
    pub(super) places: i64,
}

/// Everything that is free.
pub(in super::super) struct Doors {
    pub(super) all: Vec<Door>,
}

/// Where a service is and whom it serves.
struct Stand<'s> {
    level: &'s Level,
    area: &'s AreaId,
    serves: &'s [AreaId],
    geo: Option<Point>,
}

impl Doors {
    /// Reads the records of all services.
    pub(in super::super) fn of(publication: &Publication, announced: &Announced) -> Doors {
        let levels = &publication.vocabulary().levels;
        let mut places: BTreeMap<Whom, i64> = BTreeMap::new();
        let mut add = |stand: Stand, needs: Vec<NeedId>, free: i64| {
            let homes = publication.areas().iter().map(|area| &area.id);
            let homes = homes.filter(|home| is_local(publication, &stand, home)).cloned();
            let steps = publication.parameters().max_step as usize;
            let below = |level: &&Level| {
                level.ladder == stand.level.ladder
                    && (stand.level.rank..=stand.level.rank + steps).contains(&level.rank)
            };
            let from = levels.values().filter(below).map(|level| level.id.clone());
            *places.entry((homes.collect(), from.collect(), needs)).or_default() += free;
        };
        for (_, service) in publication.services() {
            let level = service.level.as_ref().and_then(|id| levels.get(id));
            let free = free(publication, announced, service);
            if let (Some(level), Some(area), 1..) = (level, &service.area, free) {
                let stand = Stand { level, area, serves: &service.serves, geo: service.geo };
                add(stand, service.needs.iter().flatten().cloned().collect(), free);
            }
        }
        for service in &announced.planned {
            let level = service.level.as_ref().and_then(|id| levels.get(id));
            let free = announced.net_places.get(&service.id).copied().unwrap_or(0);
            if let (Some(level), Some(area), 1..) = (level, &service.area, free) {
                let stand = Stand { level, area, serves: &service.serves, geo: service.geo };
                add(stand, service.needs.clone(), free);
            }
        }
        let door = |((homes, levels, needs), places): (Whom, i64)| {
            let around = homes.iter().flat_map(|home| publication.areas().lineage(home));
            Door {
                around: around.map(|area| area.id.clone()).collect(),
                homes: homes.into_iter().collect(),
                levels: levels.into_iter().collect(),
                needs: needs.into_iter().collect(),
                places,
            }
        };
        Doors { all: places.into_iter().map(door).collect() }
    }

    /// The most people of a group who could be taken if nobody else were.
    pub(super) fn most(&self, group: &CellKey) -> i64 {
        let might_take = |door: &&Door| {
            group.area.as_ref().is_none_or(|area| door.around.contains(area))
                && group.level.as_ref().is_none_or(|level| door.levels.contains(level))
                && group.need.as_ref().is_none_or(|need| door.needs.contains(need))
        };
        self.all.iter().filter(might_take).map(|door| door.places).sum()
    }

    /// The doors that might take people of one home and level, by their numbers.
    pub(super) fn near(&self, home: &AreaId, level: &LevelId) -> BTreeSet<usize> {
        let is_near = |door: &Door| door.homes.contains(home) && door.levels.contains(level);
        (0..self.all.len()).filter(|door| is_near(&self.all[*door])).collect()
    }

    /// Whether a door takes people with a need.
    pub(super) fn meets(&self, door: usize, need: &NeedId) -> bool {
        self.all[door].needs.contains(need)
    }
}

/// The free places of a service that count in the figures, as its record tells them.
fn free(publication: &Publication, announced: &Announced, service: &PublicService) -> i64 {
    let rules = publication.parameters();
    let says = service.age.is_some() && service.gender.is_some() && service.legal.is_some();
    let rating = service.regulator.and_then(|regulator| regulator.rating);
    let is_poor = rating.is_some_and(|rating| rules.regulator_floor >= Some(rating));
    let score = service.reviewer_score.or(service.own_score).map_or(0, |(score, _)| score);
    if !says || is_poor || score < rules.quality_floor {
        return 0;
    }
    let as_at = publication.settings().edition.as_at;
    let is_there = |day: jiff::civil::Date| {
        as_at.until(day).is_ok_and(|wait| wait.get_days() <= rules.wait_days as i32)
    };
    let takes = service.status == Status::Active && service.available_from.is_none_or(is_there);
    let now = match service.vacancies {
        _ if !takes => 0,
        PublicVacancies::Exact(free) | PublicVacancies::Band(free, _) => i64::from(free),
        PublicVacancies::Any(is_any) => i64::from(is_any),
        PublicVacancies::NotStated => 0,
    };
    now + announced.net_places.get(&service.id).copied().unwrap_or(0)
}

/// Whether people of a home count a service as local: it lies in the same area of the level's
/// scope, near enough, and serves people from there.
fn is_local(publication: &Publication, stand: &Stand, home: &AreaId) -> bool {
    let areas = publication.areas();
    let scope = |id: &AreaId| {
        let mut around = areas.lineage(id);
        around.find(|area| area.kind == stand.level.scope).map(|area| area.id.clone())
    };
    let is_served =
        stand.serves.is_empty() || areas.lineage(home).any(|area| stand.serves.contains(&area.id));
    let middle = |id: &AreaId| areas.get(id.as_str()).and_then(|area| area.centroid);
    let is_near = stand.level.max_km.is_none_or(|limit| {
        let ends = middle(home).zip(stand.geo.or_else(|| middle(stand.area)));
        ends.is_some_and(|(home, there)| home.distance_km(there) <= f64::from(limit))
    });
    scope(home).is_some() && scope(home) == scope(stand.area) && is_served && is_near
}
