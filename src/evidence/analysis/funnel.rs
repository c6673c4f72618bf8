//! At which filter services drop out for a person (gap-analysis §5.2).

use std::collections::{BTreeMap, BTreeSet};

use super::compatibility::{self, Filter};
use super::position::Position;
use crate::evidence::market::{
    AgeRange, AreaId, GenderTaken, LegalId, LevelId, NeedId, Placement, ServiceId,
};

/// How many services are left for one person: all in the file, then after each of the seven
/// filters, then those with a vacancy (gap-analysis §15.9).
///
/// Services that take no part, or have no level or area, drop out with the first filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct Funnel(pub(in crate::evidence) [u32; 9]);

/// The funnel of each of these rows, in their order. The position ignores no filter.
pub(in crate::evidence) fn funnels(position: &Position, rows: &[usize]) -> Vec<Funnel> {
    let near = Near::of(position);
    let (class_of, firsts) = classes(&position.market.placements, rows);
    let funnels: Vec<Funnel> = firsts.iter().map(|row| funnel(position, &near, *row)).collect();
    class_of.into_iter().map(|class| funnels[class]).collect()
}

fn funnel(position: &Position, near: &Near, row: usize) -> Funnel {
    let Position { market, scenario, .. } = *position;
    let person = &market.placements[row];
    let mut left = [0; 9];
    left[0] = position.services.len() as u32;
    for at in near.to(position, row) {
        let service = position.services[at];
        let passed = match compatibility::check(market, scenario, person, service) {
            Err(failed) => Filter::ALL.iter().take_while(|filter| **filter != failed).count(),
            Ok(()) if position.capacity[at] > 0 => Filter::ALL.len() + 1,
            Ok(()) => Filter::ALL.len(),
        };
        for count in &mut left[1..=passed] {
            *count += 1;
        }
    }
    Funnel(left)
}

/// Everything about a row that a filter reads.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Kind<'m> {
    home: &'m AreaId,
    level: &'m LevelId,
    needs: Option<&'m BTreeSet<NeedId>>,
    age: Option<AgeRange>,
    are_women: Option<bool>,
    legal: Option<&'m LegalId>,
    ready: Option<bool>,
    current_service: Option<&'m ServiceId>,
}

/// The class of each of these rows, and the first row of each class. Rows of a class are alike in
/// everything that a filter reads.
fn classes(placements: &[Placement], rows: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let mut known: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut firsts = Vec::new();
    let class_of = rows
        .iter()
        .map(|at| {
            let row = &placements[*at];
            let kind = Kind {
                home: &row.home,
                level: &row.level,
                needs: row.needs.as_ref(),
                age: row.age,
                are_women: row.gender.map(|gender| gender.is_taken_by(GenderTaken::Female)),
                legal: row.legal.as_ref(),
                ready: row.ready,
                current_service: row.current_service.as_ref(),
            };
            *known.entry(kind).or_insert_with(|| {
                firsts.push(*at);
                firsts.len() - 1
            })
        })
        .collect();
    (class_of, firsts)
}

/// Services that take part, by their level and by the area whose people they are local to.
struct Near<'m> {
    levels: BTreeMap<&'m LevelId, BTreeMap<&'m AreaId, Vec<usize>>>,
}

impl<'m> Near<'m> {
    /// Sorts the services of a position. Services without a level or area are near nobody.
    fn of(position: &Position<'m>) -> Near<'m> {
        let market = position.market;
        let mut levels: BTreeMap<_, BTreeMap<_, Vec<usize>>> = BTreeMap::new();
        for (at, service) in position.services.iter().enumerate() {
            let level = service.level.as_ref().and_then(|id| market.vocabulary.levels.get(id));
            let Some((level, area)) = level.zip(service.area.as_ref()) else {
                continue;
            };
            let reach = market.areas.ancestor(area, level.scope);
            if let Some(reach) = reach.filter(|_| position.takes_part(at)) {
                levels.entry(&level.id).or_default().entry(&reach.id).or_default().push(at);
            }
        }
        Near { levels }
    }

    /// Every service that could pass the filter of scope, whatever its level.
    fn to(&self, position: &Position, row: usize) -> Vec<usize> {
        let market = position.market;
        let home = &market.placements[row].home;
        let mut near = Vec::new();
        for (level, areas) in &self.levels {
            let area = market.areas.ancestor(home, market.vocabulary.levels[*level].scope);
            near.extend(area.and_then(|area| areas.get(&area.id)).into_iter().flatten());
        }
        near
    }
}
