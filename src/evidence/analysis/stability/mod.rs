//! The stability rule: no place closes before there is one for the person who lives there.
//!
//! In words: for each ladder of care, each area in which a closing level is local, and each year,
//! take what the plan and the confirmed changes close and open by that year, and what is free
//! today. Where a level closes more places than are free, the people above that number have to
//! move. They may go to the places of their own level that have opened, or to those of the levels
//! up to `max_step` below that are free or have opened and are not closing themselves. Each place
//! takes one. If somebody is left, the year is short.
//!
//! All in whole places. Needs, ages and gender are not looked at, and everybody is taken to be
//! ready to step down, so a plan that passes may still fail people; one that does not pass will.
//! Domain §3, S3. Start reading at [`shortfalls`].

mod warnings;

use std::collections::BTreeSet;

use super::projection::{day_of, year_of};
use super::scenario::{self, Scenario};
use crate::evidence::market::{
    AreaId, Certainty, Change, Ladder, LevelId, Market, Service, StepStatus, Subject,
};
use crate::sources::Span;

pub use warnings::warnings;

/// A level at which places close too early.
pub(in crate::evidence) struct Shortfall {
    /// The area in which the level is local.
    pub(in crate::evidence) area: AreaId,
    /// The level that closes places.
    pub(in crate::evidence) level: LevelId,
    /// Each year that is short, and people without a place in it. Sensitive: with the plan, it
    /// tells how many places are free.
    pub(in crate::evidence) years: Vec<(i16, u32)>,
    /// The closure that is too early: the last one by the first year that is short.
    pub(in crate::evidence) closure: Span,
    /// Whether that closure is a change, of which nothing may be told, and not a step of the plan.
    pub(in crate::evidence) is_change: bool,
    /// The first opening after that year that would help.
    pub(in crate::evidence) opening: Option<Span>,
}

/// Places that open or close, from the plan or from a confirmed change.
struct Move<'m> {
    span: Span,
    is_change: bool,
    year: i16,
    area: &'m AreaId,
    level: &'m LevelId,
    delta_places: i32,
}

/// One ladder in one area, by rank: what is free, opened and closed by a year.
#[derive(Clone, Default)]
struct Rung {
    free: u32,
    opened: u32,
    closed: u32,
}

/// All levels that close places too early, in order of the plan.
pub(in crate::evidence) fn shortfalls(market: &Market) -> Vec<Shortfall> {
    let moves = moves(market);
    let closing: BTreeSet<(&AreaId, &LevelId)> = moves
        .iter()
        .filter(|step| step.delta_places < 0)
        .filter_map(|step| Some((scope_of(market, step)?, step.level)))
        .collect();
    let mut found: Vec<Shortfall> = closing
        .into_iter()
        .filter_map(|(area, level)| check(market, &moves, area, level))
        .collect();
    found.sort_by_key(|shortfall| shortfall.closure);
    found
}

/// What opens and closes: steps of the plan that are still to be done, and confirmed changes.
fn moves(market: &Market) -> Vec<Move<'_>> {
    let steps = market
        .plan
        .iter()
        .filter(|step| matches!(step.status, StepStatus::Proposed | StepStatus::Agreed));
    let mut moves: Vec<Move> = steps
        .map(|step| Move {
            span: step.span,
            is_change: false,
            year: step.year,
            area: &step.area,
            level: &step.level,
            delta_places: step.delta_places,
        })
        .collect();
    let is_certain =
        |change: &&Change| change.certainty == Certainty::Confirmed && !change.in_record;
    for change in market.changes.iter().filter(is_certain) {
        let service = match &change.subject {
            Subject::New(service) => Some(&**service),
            Subject::Service(id) => services(market).find(|service| &service.id == id),
        };
        let place = service.and_then(|service| service.area.as_ref().zip(service.level.as_ref()));
        moves.extend(place.map(|(area, level)| Move {
            span: change.span,
            is_change: true,
            year: year_of(market, change.date),
            area,
            level,
            delta_places: change.delta_places,
        }));
    }
    moves.sort_by_key(|step| (step.year, step.span));
    moves
}

fn services(market: &Market) -> impl Iterator<Item = &Service> {
    market.providers.values().flat_map(|provider| &provider.services)
}

/// The area in which the level of a step is local; the area of the step if it is larger.
fn scope_of<'m>(market: &'m Market, step: &Move<'m>) -> Option<&'m AreaId> {
    let level = market.vocabulary.levels.get(step.level)?;
    let around = market.areas.ancestor(step.area, level.scope).map(|area| &area.id);
    Some(around.unwrap_or(step.area))
}

fn check(market: &Market, moves: &[Move], area: &AreaId, level: &LevelId) -> Option<Shortfall> {
    let rank = market.vocabulary.levels.get(level)?.rank;
    let ladder = &market.vocabulary.levels[level].ladder;
    let ladder = market.vocabulary.ladders.iter().find(|known| &known.id == ladder)?;
    let first = market.settings.edition.as_at.year();
    let last = moves.iter().map(|step| step.year).max()?;
    let years: Vec<(i16, u32)> = (first..=last.max(first))
        .map(|year| {
            let rungs = rungs(market, moves, ladder, area, year);
            (year, left_over(&rungs, market.parameters.max_step as usize)[rank])
        })
        .filter(|(_, people)| *people > 0)
        .collect();
    let short_from = years.first()?.0;
    let here = |step: &&Move| market.areas.is_within(step.area, area);
    let closure = moves
        .iter()
        .filter(here)
        .rfind(|step| step.level == level && step.delta_places < 0 && step.year <= short_from)?;
    let lowest = rank.saturating_sub(market.parameters.max_step as usize);
    let levels = &ladder.levels[lowest..=rank];
    let opening = moves.iter().filter(here).find(|step| {
        levels.contains(step.level) && step.delta_places > 0 && step.year > short_from
    });
    Some(Shortfall {
        area: area.clone(),
        level: level.clone(),
        years,
        closure: closure.span,
        is_change: closure.is_change,
        opening: opening.map(|step| step.span),
    })
}

/// The ladder within an area as it stands by a year, lowest level first.
fn rungs(market: &Market, moves: &[Move], ladder: &Ladder, area: &AreaId, year: i16) -> Vec<Rung> {
    let mut rungs = vec![Rung::default(); ladder.levels.len()];
    let rank = |level: &LevelId| ladder.levels.iter().position(|known| known == level);
    let horizon = scenario::horizon_from(market, day_of(market, year));
    for service in services(market) {
        let place = service.area.as_ref().zip(service.level.as_ref().and_then(rank));
        if let Some((_, rank)) = place.filter(|(at, _)| market.areas.is_within(at, area)) {
            let free = Scenario::Central.vacancies(service, &market.parameters, horizon);
            rungs[rank].free += free;
        }
    }
    for step in moves.iter().filter(|step| step.year <= year) {
        let rung = rank(step.level).filter(|_| market.areas.is_within(step.area, area));
        if let Some(rung) = rung.and_then(|rank| rungs.get_mut(rank)) {
            match step.delta_places > 0 {
                true => rung.opened += step.delta_places.unsigned_abs(),
                false => rung.closed += step.delta_places.unsigned_abs(),
            }
        }
    }
    rungs
}

/// People of each level who have to move and find no place at it or up to `max_step` below.
///
/// The lowest level goes first and takes the lowest places that it can: those are the places that
/// no level above can reach, so no other way places more.
fn left_over(rungs: &[Rung], max_step: usize) -> Vec<u32> {
    let mut places: Vec<u32> =
        rungs.iter().map(|rung| rung.free.saturating_sub(rung.closed) + rung.opened).collect();
    rungs
        .iter()
        .enumerate()
        .map(|(rank, rung)| {
            let mut people = rung.closed.saturating_sub(rung.free);
            for at in &mut places[rank.saturating_sub(max_step)..=rank] {
                let taken = people.min(*at);
                *at -= taken;
                people -= taken;
            }
            people
        })
        .collect()
}
