//! From a position to classes, pools and arcs, without asking about every pair (gap-analysis §12).

use super::graph::{Graph, Lists, Number};
use super::kinds::{Live, Needs, Reaches, Verdicts};
use super::{Instance, NO_CLASS, priority};
use crate::evidence::analysis::compatibility::Filter;
use crate::evidence::analysis::position::Position;

/// Stands for no service.
const NOWHERE: Number = Number::MAX;

/// What makes people of two rows alike. Home and level come first, because they choose the pools
/// that are looked at.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Who {
    home: Number,
    level: Number,
    needs: Number,
    age: Number,
    gender: Number,
    legal: Number,
    /// The service they live in, if they would otherwise fit it: they cannot move there.
    lives_in: Number,
}

/// What makes two services alike.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Takes {
    reach: Number,
    level: Number,
    needs: Number,
    age: Number,
    gender: Number,
    legal: Number,
    /// The service itself, if people live in it who cannot be placed there again.
    only: Number,
}

pub(super) fn compile(position: &Position) -> Instance {
    let live = Live::of(position);
    let tables = Tables::new(&live);
    let mut who: Vec<(Who, usize)> = (0..live.rows.len())
        .filter_map(|at| tables.who(at).map(|who| (who, live.rows[at])))
        .collect();
    let mut takes: Vec<(Takes, usize)> =
        (0..live.services.len()).map(|at| (tables.takes(at), live.services[at])).collect();
    part_residents(position, &live, &tables, &mut who, &mut takes);
    who.sort_unstable();
    takes.sort_unstable();
    let (classes, row_entries) = group(&who);
    let (pools, service_entries) = group(&takes);
    let mut capacity = vec![0; pools.len()];
    for (pool, service) in &service_entries {
        capacity[*pool as usize] += position.capacity[*service as usize];
    }
    let mut class_of = vec![NO_CLASS; position.need.len()];
    for (class, row) in &row_entries {
        class_of[*row as usize] = *class;
    }
    Instance {
        need: position.need.clone(),
        order: priority(&position.market.placements).into_iter().map(|at| at as Number).collect(),
        class_of,
        rows: Lists::gather(classes.len(), &row_entries),
        services: Lists::gather(pools.len(), &service_entries),
        graph: Graph::new(classes.len(), &pairs(&tables, &classes, &pools), capacity),
    }
}

/// What every filter says of every kind.
struct Tables {
    reaches: Reaches,
    level: Verdicts,
    needs: Needs,
    age: Verdicts,
    gender: Verdicts,
    legal: Verdicts,
}

impl Tables {
    fn new(live: &Live) -> Tables {
        let Position { market, services, .. } = live.position;
        let row = |at: usize| &market.placements[at];
        let service = |at: usize| services[at];
        Tables {
            reaches: Reaches::new(live),
            level: Verdicts::new(
                live,
                Filter::Level,
                |at| (&row(at).level, row(at).ready),
                |at| service(at).level.as_ref(),
            ),
            needs: Needs::new(live),
            age: Verdicts::new(live, Filter::Age, |at| row(at).age, |at| service(at).age),
            gender: Verdicts::new(
                live,
                Filter::Gender,
                |at| row(at).gender,
                |at| service(at).gender,
            ),
            legal: Verdicts::new(
                live,
                Filter::Legal,
                |at| row(at).legal.as_ref(),
                |at| service(at).legal.as_ref(),
            ),
        }
    }

    /// The kind of a live row; none if nothing could be said to meet its needs.
    fn who(&self, at: usize) -> Option<Who> {
        Some(Who {
            home: self.reaches.homes[at],
            level: self.level.rows[at],
            needs: self.needs.rows[at]?,
            age: self.age.rows[at],
            gender: self.gender.rows[at],
            legal: self.legal.rows[at],
            lives_in: NOWHERE,
        })
    }

    /// The kind of a live service.
    fn takes(&self, at: usize) -> Takes {
        Takes {
            reach: self.reaches.services[at],
            level: self.level.services[at],
            needs: self.needs.services[at],
            age: self.age.services[at],
            gender: self.gender.services[at],
            legal: self.legal.services[at],
            only: NOWHERE,
        }
    }

    /// Whether people fit where they are in reach.
    fn fit_in(&self, who: &Who, takes: &Takes) -> bool {
        self.needs.pass(who.needs, takes.needs) && self.takes_in(who, takes)
    }

    /// Whether people fit where they are in reach and all that they need is met.
    fn takes_in(&self, who: &Who, takes: &Takes) -> bool {
        self.age.pass(who.age, takes.age)
            && self.gender.pass(who.gender, takes.gender)
            && self.legal.pass(who.legal, takes.legal)
            && (who.lives_in != takes.only || takes.only == NOWHERE)
    }
}

/// Sets apart people who live in a service that would take them, and that service: nobody moves to
/// where they already live.
fn part_residents(
    position: &Position,
    live: &Live,
    tables: &Tables,
    who: &mut [(Who, usize)],
    takes: &mut [(Takes, usize)],
) {
    let mut ids: Vec<_> = (0..live.services.len()).collect();
    let id = |at: usize| &position.services[live.services[at]].id;
    ids.sort_unstable_by(|a, b| id(*a).cmp(id(*b)));
    for (who, row) in who {
        let Some(current) = &position.market.placements[*row].current_service else {
            continue;
        };
        let Ok(found) = ids.binary_search_by(|at| id(*at).cmp(current)) else {
            continue;
        };
        let (takes, service) = &mut takes[ids[found]];
        let is_near = tables.reaches.reaches[takes.reach as usize].contains(&who.home);
        let there = Takes { only: NOWHERE, ..*takes };
        if is_near && tables.level.pass(who.level, takes.level) && tables.fit_in(who, &there) {
            who.lives_in = *service as Number;
            takes.only = *service as Number;
        }
    }
}

/// The distinct keys in their order, and each thing with the number of its key.
fn group<K: Copy + PartialEq>(sorted: &[(K, usize)]) -> (Vec<K>, Vec<(Number, Number)>) {
    let mut keys: Vec<K> = Vec::new();
    let entries = sorted
        .iter()
        .map(|(key, thing)| {
            if keys.last() != Some(key) {
                keys.push(*key);
            }
            (keys.len() as Number - 1, *thing as Number)
        })
        .collect();
    (keys, entries)
}

/// All classes and pools that fit. Both are sorted by where they are, so that each home and level
/// looks at its own pools only.
fn pairs(tables: &Tables, classes: &[Who], pools: &[Takes]) -> Vec<(Number, Number)> {
    let reaches = &tables.reaches;
    let entries: Vec<(Number, Number)> = (0..)
        .zip(pools)
        .flat_map(|(pool, takes)| {
            reaches.reaches[takes.reach as usize].iter().map(move |home| (*home, pool))
        })
        .collect();
    let near = Lists::gather(reaches.count, &entries);
    let mut pairs = Vec::new();
    let mut begin = 0;
    let (mut at_level, mut meeting): (Vec<Number>, Vec<Number>) = Default::default();
    let alike = classes.chunk_by(|a, b| (a.home, a.level) == (b.home, b.level));
    for run in alike {
        at_level.clear();
        let takes = |pool: &Number| &pools[*pool as usize];
        let level_fits = |pool: &&Number| tables.level.pass(run[0].level, takes(pool).level);
        at_level.extend(near.get(run[0].home).iter().filter(level_fits));
        // Classes are in order of their needs too, and the needs are the dearest question.
        for alike in run.chunk_by(|a, b| a.needs == b.needs) {
            let meets = |pool: &&Number| tables.needs.pass(alike[0].needs, takes(pool).needs);
            meeting.clear();
            meeting.extend(at_level.iter().filter(meets));
            for (class, who) in (begin..).zip(alike) {
                let fits = meeting.iter().filter(|pool| tables.takes_in(who, takes(pool)));
                pairs.extend(fits.map(|pool| (class, *pool)));
            }
            begin += alike.len() as Number;
        }
    }
    pairs
}
