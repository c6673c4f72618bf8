//! The years to come: today's people scaled to the population, matched to the places of that year.
//!
//! A projection is the whole matching run again (gap-analysis §8 and §15.12): capacity is never
//! taken from a projected total. It says what follows if people go on to be placed away as they are
//! today, each age band growing with its population and with the growth that is assumed, and if the
//! decided changes happen. Places that are free today stay free but for those changes. Nothing of
//! it is published. Start reading at [`Projection::run`].

mod expected;
mod growth;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;

use super::RowResult;
use super::changes::{Audience, Changes};
use super::matching::Instance;
use super::position::Position;
use super::scenario::{self, Scenario};
use crate::evidence::market::{AreaId, LevelId, Market};

pub(in crate::evidence) use expected::expected;

/// One year in one scenario.
pub(in crate::evidence) struct Projection<'m> {
    /// The year; that of the as-at date is today.
    pub(in crate::evidence) year: i16,
    /// The people and places of that year.
    pub(in crate::evidence) position: Position<'m>,
    /// People placed, row by row.
    pub(in crate::evidence) placed: Vec<u32>,
    /// People of today's need for whose home and age the table of population has nothing: they
    /// grow with the assumed growth only.
    pub(in crate::evidence) without_population: u32,
    /// Places that close beyond those that are free, by place of `position.services`: at most so
    /// many people have to move. They are not in the need, as nothing is known of them
    /// (gap-analysis §9).
    pub(in crate::evidence) displaced: Vec<u32>,
}

/// Sums over the rows or services of a group.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::evidence) struct Standing {
    /// People who need a place nearer home.
    pub(in crate::evidence) need: u32,
    /// Of these, people whom the places of that year could take.
    pub(in crate::evidence) placed: u32,
    /// Places that could be filled in services that stand there.
    pub(in crate::evidence) capacity: u32,
    /// People who have to move from services that stand there, at most.
    pub(in crate::evidence) displaced: u32,
}

impl Standing {
    /// People for whom there is no place.
    pub(in crate::evidence) fn residual(self) -> u32 {
        self.need - self.placed
    }
}

impl fmt::Debug for Projection<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Projection({}, withheld)", self.year)
    }
}

impl fmt::Debug for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Standing(withheld)")
    }
}

/// The years that can be projected, the year of the as-at date first.
///
/// They are the years of the table of population; without one, all up to the last year in which
/// the plan or a change does anything.
pub(in crate::evidence) fn years(market: &Market) -> Vec<i16> {
    let first = market.settings.edition.as_at.year();
    let mut years: BTreeSet<i16> = market.population.cells().map(|(year, _)| year).collect();
    if years.is_empty() {
        let changes = market.changes.iter().map(|change| year_of(market, change.date));
        let last = market.plan.iter().map(|step| step.year).chain(changes).max();
        years.extend(first..=last.unwrap_or(first).clamp(first, first.saturating_add(50)));
    }
    years.insert(first);
    years.range(first..).copied().collect()
}

/// The day of a year on which its figures are true: the anniversary of the as-at date. Thus the
/// first year is today.
pub(super) fn day_of(market: &Market, year: i16) -> Date {
    let as_at = market.settings.edition.as_at;
    as_at.saturating_add((i64::from(year) - i64::from(as_at.year())).years())
}

/// The first year by whose day a change has happened.
pub(super) fn year_of(market: &Market, date: Date) -> i16 {
    match date <= day_of(market, date.year()) {
        true => date.year(),
        false => date.year().saturating_add(1),
    }
}

impl<'m> Projection<'m> {
    /// Projects a market to one of its [`years`]; there is none for another year.
    ///
    /// People who need a place are scaled by age band, and the matching is run with every change
    /// due on the day of that year, with the same days of waiting as today.
    pub(in crate::evidence) fn run(
        market: &'m Market,
        year: i16,
        scenario: Scenario,
    ) -> Option<Projection<'m>> {
        if !years(market).contains(&year) {
            return None;
        }
        let horizon = scenario::horizon_from(market, day_of(market, year));
        let mut position = Position::by(market, scenario, horizon);
        let factors = growth::Factors::new(market, year);
        let without_population = factors.without_population(&position.need);
        position.need = factors.need(scenario);
        let changes = Changes::due(market, scenario, horizon, Audience::Commissioner);
        let displaced = position
            .services
            .iter()
            .map(|service| {
                let free = i64::from(scenario.vacancies(service, &market.parameters, horizon));
                let beyond = -(free + changes.net_places(service));
                u32::try_from(beyond.max(0)).unwrap_or(u32::MAX)
            })
            .collect();
        let placed = Instance::new(&position).place();
        Some(Projection { year, position, placed, without_population, displaced })
    }

    /// Need and people placed of each row of the placements.
    pub(in crate::evidence) fn rows(&self) -> impl Iterator<Item = RowResult> {
        let need = self.position.need.iter().copied();
        need.zip(self.placed.iter().copied()).map(|(need, placed)| RowResult { need, placed })
    }

    /// The whole, each area, each level, and each pair of these. People are counted by home,
    /// places by where the service stands. Groups of nobody and nothing are left out.
    pub(in crate::evidence) fn standings(
        &self,
    ) -> BTreeMap<(Option<AreaId>, Option<LevelId>), Standing> {
        let market = self.position.market;
        let mut standings: BTreeMap<_, Standing> = BTreeMap::new();
        let mut add = |area: &AreaId, level: &LevelId, more: Standing| {
            let lineage = market.areas.lineage(area).map(|area| Some(area.id.clone()));
            for area in lineage.chain([None]) {
                for level in [Some(level.clone()), None] {
                    let sum: &mut Standing = standings.entry((area.clone(), level)).or_default();
                    sum.need += more.need;
                    sum.placed += more.placed;
                    sum.capacity += more.capacity;
                    sum.displaced += more.displaced;
                }
            }
        };
        for (row, result) in market.placements.iter().zip(self.rows()) {
            let RowResult { need, placed } = result;
            add(&row.home, &row.level, Standing { need, placed, ..Standing::default() });
        }
        let beds = self.position.capacity.iter().zip(&self.displaced);
        for (service, (capacity, displaced)) in self.position.services.iter().zip(beds) {
            if let (Some(area), Some(level)) = (&service.area, &service.level) {
                let (capacity, displaced) = (*capacity, *displaced);
                add(area, level, Standing { capacity, displaced, ..Standing::default() });
            }
        }
        standings
    }
}
