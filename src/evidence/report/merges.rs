//! Which two areas or levels, told as one, would buy back most figures.
//!
//! Counted by the rules for single numbers on the merged counts, before anything is withheld for
//! others: what a merge gives in the end is known only when it is made.

use std::collections::{BTreeMap, BTreeSet};

use super::tables::{Fate, fate};
use crate::evidence::analysis::{CellKey, Counts, Measure};
use crate::evidence::disclosure::Publication;
use crate::evidence::market::{AreaId, LevelId};

/// Merges that are named.
const MOST: usize = 5;

/// The measures that a merge is for.
const MEASURES: [Measure; 2] = [Measure::Need, Measure::Gap];

/// Exact numbers of people who could come home, and of those without a place, by area and level.
/// Sensitive.
pub(super) struct Exact {
    counts: BTreeMap<CellKey, u32>,
}

impl Exact {
    pub(super) fn of(counts: &Counts) -> Exact {
        let is_wanted = |key: &CellKey| {
            let is_by_both = key.area.is_some() && key.level.is_some() && key.need.is_none();
            is_by_both && MEASURES.contains(&key.measure)
        };
        let wanted = counts.iter().filter(|(key, _)| is_wanted(key));
        Exact { counts: wanted.map(|(key, count)| (key.clone(), count.known)).collect() }
    }

    fn count(&self, key: &CellKey) -> u32 {
        self.counts.get(key).copied().unwrap_or(0)
    }
}

/// What is told as one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pair {
    /// Two areas directly in one.
    Areas(AreaId, AreaId),
    /// Two levels, one above the other on their ladder.
    Levels(LevelId, LevelId),
}

/// A merge and what it gives.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Merge {
    pub(super) pair: Pair,
    /// Figures withheld as small of which the people would be in a figure that is shown.
    pub(super) figures: usize,
    /// Figures that are shown now and would be told only together with another.
    pub(super) joined: usize,
    /// People in those small figures, each once. Sensitive.
    pub(super) people: u32,
}

/// The merges that buy back most, the best first.
pub(super) fn best(publication: &Publication, exact: &Exact) -> Vec<Merge> {
    let pairs = areas(publication).into_iter().chain(levels(publication));
    let mut merges: Vec<Merge> = pairs
        .map(|pair| weigh(publication, exact, pair))
        .filter(|merge| merge.figures > 0)
        .collect();
    merges.sort_by(|a, b| (b.figures, a.joined, &a.pair).cmp(&(a.figures, b.joined, &b.pair)));
    merges.truncate(MOST);
    merges
}

/// Two areas of one kind in the same area. Where it holds no third, their sum is told already.
fn areas(publication: &Publication) -> Vec<Pair> {
    let tree = publication.areas();
    let mut pairs = Vec::new();
    for area in tree.iter() {
        let siblings: Vec<_> = tree.iter().filter(|other| other.parent == area.parent).collect();
        let others = siblings.iter().filter(|other| other.kind == area.kind && other.id > area.id);
        if siblings.len() > 2 {
            pairs.extend(others.map(|other| Pair::Areas(area.id.clone(), other.id.clone())));
        }
    }
    pairs
}

fn levels(publication: &Publication) -> Vec<Pair> {
    let ladders = publication.vocabulary().ladders.iter();
    let pairs = ladders.flat_map(|ladder| ladder.levels.windows(2));
    pairs.map(|two| Pair::Levels(two[0].clone(), two[1].clone())).collect()
}

/// The two figures of each pair that a merge makes into one.
fn joined_keys(publication: &Publication, pair: &Pair) -> Vec<[CellKey; 2]> {
    let key = |measure, area: &AreaId, level: &LevelId| {
        CellKey::whole(measure).in_area(area).at_level(level)
    };
    let mut joined = Vec::new();
    for measure in MEASURES {
        match pair {
            Pair::Areas(one, other) => joined.extend(
                publication
                    .vocabulary()
                    .levels_in_order()
                    .map(|level| [one, other].map(|area| key(measure, area, &level.id))),
            ),
            Pair::Levels(one, other) => joined.extend(
                publication
                    .areas()
                    .iter()
                    .map(|area| [one, other].map(|level| key(measure, &area.id, level))),
            ),
        }
    }
    joined
}

fn weigh(publication: &Publication, exact: &Exact, pair: Pair) -> Merge {
    let fate_of = |key: &CellKey| fate(publication, publication.figure(key)?);
    let mut merge = Merge { pair, figures: 0, joined: 0, people: 0 };
    let mut gained = BTreeSet::new();
    for two in joined_keys(publication, &merge.pair) {
        let sum = two.iter().map(|key| exact.count(key)).sum();
        if !publication.policy().shows(sum) {
            continue;
        }
        for key in two {
            match fate_of(&key) {
                Some(Fate::Small) => {
                    merge.figures += 1;
                    gained.insert(key);
                }
                Some(Fate::Shown) => merge.joined += 1,
                _ => {}
            }
        }
    }
    merge.people = people(publication, exact, &gained);
    merge
}

/// The people in figures. Those without a place are among those who could come home, and those of
/// an area among those of the area around it: nobody is counted twice.
fn people(publication: &Publication, exact: &Exact, figures: &BTreeSet<CellKey>) -> u32 {
    let holds = |outer: &CellKey, inner: &CellKey| {
        let within = inner.area.as_ref().zip(outer.area.as_ref());
        let is_within =
            within.is_some_and(|(inner, outer)| publication.areas().is_within(inner, outer));
        let is_wider = outer.measure <= inner.measure;
        outer != inner && outer.level == inner.level && is_within && is_wider
    };
    let widest = figures.iter().filter(|key| !figures.iter().any(|outer| holds(outer, key)));
    widest.map(|key| exact.count(key)).sum()
}
