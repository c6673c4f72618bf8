//! Candidate specifications, drawn from the people who are left over (gap-analysis §15.8).
//!
//! A candidate covers people of one level and one area only, so each such cell is made and counted
//! on its own. Within a cell, rows of like needs are counted together, and a mix of needs counts
//! what is within it: no candidate is held against every row.

use std::collections::{BTreeMap, BTreeSet};

use super::Specification;
use super::coverage::{is_of_age, is_of_gender, is_step_down};
use super::tag_set::TagSet;
use super::words::{LegalTaken, Words};
use crate::evidence::market::{
    AgeRange, AreaId, Gender, GenderTaken, Level, LevelId, Market, Placement,
};

/// What a candidate asks for. Candidates that cover equally many are taken in this order: the
/// cheaper, the one with fewer needs, and the one that takes fewer kinds of people, so that no more
/// is asked of a service than its people need; then part by part as specifications are ordered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ask {
    is_unpriced: bool,
    pub(super) weekly_price_pence: Option<i64>,
    needs: usize,
    statuses: usize,
    takes_any_gender: bool,
    cell: usize,
    tags: TagSet,
    ages: AgeRange,
    gender: GenderTaken,
    legal: LegalTaken,
}

/// A specification that might be listed, and how many of the people left over it covers.
pub(super) struct Candidate {
    pub(super) ask: Ask,
    pub(super) covered: u32,
    /// What it is worth to the objective; absent until it is worked out again.
    pub(super) worth: Option<i64>,
}

/// A row of people, as far as candidates of its cell differ.
struct Row {
    at: usize,
    tags: TagSet,
    age: Option<AgeRange>,
    gender: Option<Gender>,
    status: Option<usize>,
}

/// Rows that services of one level in one area could take, and the candidates for such services.
pub(super) struct Cell<'m> {
    level: &'m Level,
    area: AreaId,
    /// In order of priority.
    rows: Vec<Row>,
    /// In the order of what they ask for.
    pub(super) candidates: Vec<Candidate>,
}

/// All cells that have a candidate for enough people, in order of area and level.
pub(super) fn cells<'m>(words: &Words<'m>, order: &[usize], left: &[u32]) -> Vec<Cell<'m>> {
    let market = words.market;
    // Rows of one home, level and readiness are in the same cells; they are found once.
    let mut kinds: BTreeMap<(&AreaId, &LevelId, bool), Vec<usize>> = BTreeMap::new();
    for (rank, at) in order.iter().enumerate().filter(|(_, at)| left[**at] > 0) {
        let row = &market.placements[*at];
        kinds.entry((&row.home, &row.level, row.ready == Some(true))).or_default().push(rank);
    }
    let mut members: BTreeMap<(&AreaId, &LevelId), (&Level, Vec<usize>)> = BTreeMap::new();
    for ((home, needed, ready), ranks) in kinds {
        for level in levels(market, needed, ready) {
            if let Some(area) = market.areas.ancestor(home, level.scope) {
                let cell = members.entry((&area.id, &level.id)).or_insert((level, Vec::new()));
                cell.1.extend(&ranks);
            }
        }
    }
    let mut cells = Vec::new();
    for ((area, _), (level, mut ranks)) in members {
        ranks.sort_unstable();
        let rows: Vec<usize> = ranks.into_iter().map(|rank| order[rank]).collect();
        cells.extend(Cell::new(words, (level, area), cells.len(), &rows, left));
    }
    cells
}

/// The levels at which people could live: the one they need and, if they are ready, lower ones.
fn levels<'m>(market: &'m Market, needed: &LevelId, ready: bool) -> Vec<&'m Level> {
    let Some(needed) = market.vocabulary.levels.get(needed) else {
        return Vec::new();
    };
    let lower = market
        .vocabulary
        .levels
        .values()
        .filter(|level| ready && is_step_down(market, needed, level));
    std::iter::once(needed).chain(lower).collect()
}

impl<'m> Cell<'m> {
    /// The cell of a level and area, if a candidate there covers enough people.
    fn new(
        words: &Words<'m>,
        (level, area): (&'m Level, &AreaId),
        number: usize,
        rows: &[usize],
        left: &[u32],
    ) -> Option<Cell<'m>> {
        let of = |at: &usize| &words.market.placements[*at];
        // Needs are drawn from people of the level itself; others may come along.
        let drawn: BTreeSet<u16> = rows
            .iter()
            .map(of)
            .filter(|row| row.level == level.id)
            .filter_map(|row| row.needs.as_ref())
            .flatten()
            .filter_map(|need| words.number(need))
            .collect();
        let rows = rows
            .iter()
            .filter_map(|at| Row::new(words, *at, of(at)))
            .filter(|row| row.tags.iter().all(|tag| drawn.contains(&tag)))
            .collect();
        let mut cell = Cell { level, area: area.clone(), rows, candidates: Vec::new() };
        let mixes = words.mixes(&drawn);
        for band in &words.market.vocabulary.age_bands {
            for gender in cell.genders(words.market) {
                for legal in words.legal_choices() {
                    let people = cell.people(left, (band.ages, gender, legal));
                    for (tags, covered) in enough(&people, &mixes, words.market) {
                        let price = words.price(level, tags.len(), legal);
                        let ask = Ask {
                            is_unpriced: price.is_none(),
                            weekly_price_pence: price,
                            needs: tags.len(),
                            statuses: words.how_many(legal),
                            takes_any_gender: gender == GenderTaken::Any,
                            cell: number,
                            tags,
                            ages: band.ages,
                            gender,
                            legal,
                        };
                        cell.candidates.push(Candidate { ask, covered, worth: None });
                    }
                }
            }
        }
        cell.candidates.sort_unstable_by_key(|candidate| candidate.ask);
        (!cell.candidates.is_empty()).then_some(cell)
    }

    fn genders(&self, market: &Market) -> Vec<GenderTaken> {
        let mut genders = vec![GenderTaken::Female, GenderTaken::Male];
        if market.parameters.any_gender_levels.contains(&self.level.id) {
            genders.push(GenderTaken::Any);
        }
        genders
    }

    /// People of these ages, gender and legal status by what they need, in order of needs.
    fn people(
        &self,
        left: &[u32],
        (ages, gender, legal): (AgeRange, GenderTaken, LegalTaken),
    ) -> Vec<(TagSet, u32)> {
        let mut people: Vec<(TagSet, u32)> = self
            .rows
            .iter()
            .filter(|row| row.fits(ages, gender, legal))
            .map(|row| (row.tags, left[row.at]))
            .collect();
        people.sort_unstable();
        people.dedup_by(|next, sum| {
            let same = next.0 == sum.0;
            sum.1 += if same { next.1 } else { 0 };
            same
        });
        people
    }

    /// The rows that a candidate takes, in order of priority, up to so many people.
    pub(super) fn takes(&self, ask: &Ask, most: u32, left: &[u32]) -> Vec<(usize, u32)> {
        let mut room = most;
        let mut takes = Vec::new();
        for row in self.rows.iter().filter(|row| ask.covers(row)) {
            let people = left[row.at].min(room);
            if people > 0 {
                takes.push((row.at, people));
                room -= people;
            }
            if room == 0 {
                break;
            }
        }
        takes
    }

    /// Counts people of a row as taken.
    pub(super) fn remove(&mut self, at: usize, people: u32) {
        let Some(row) = self.rows.iter().find(|row| row.at == at) else {
            return;
        };
        for candidate in self.candidates.iter_mut().filter(|candidate| candidate.ask.covers(row)) {
            candidate.covered -= people;
            candidate.worth = None;
        }
    }

    /// What a candidate asks for, in words.
    pub(super) fn specification(&self, words: &Words, ask: &Ask) -> Specification {
        Specification {
            area: self.area.clone(),
            level: self.level.id.clone(),
            needs: words.needs(ask.tags),
            ages: ask.ages,
            gender: ask.gender,
            legal: words.statuses(ask.legal),
        }
    }

    /// The rows of this cell.
    pub(super) fn rows(&self) -> impl Iterator<Item = usize> {
        self.rows.iter().map(|row| row.at)
    }
}

/// The mixes of needs that cover enough people, and how many. `people` is in order of needs.
fn enough(people: &[(TagSet, u32)], mixes: &[TagSet], market: &Market) -> Vec<(TagSet, u32)> {
    let fewest = market.parameters.min_people.max(1);
    let most: u32 = people.iter().map(|(_, people)| people).sum();
    if most < fewest {
        return Vec::new();
    }
    let count = |mix: &TagSet| {
        let (mut covered, mut used) = (0, 0);
        for (choice, part) in mix.subsets() {
            if let Ok(at) = people.binary_search_by_key(&part, |(tags, _)| *tags) {
                covered += people[at].1;
                used |= choice;
            }
        }
        // A need that nobody has only makes the service dearer: the same without it is better.
        let is_lean = mix.len() < 2 || used.count_ones() as usize == mix.len();
        (is_lean && covered >= fewest).then_some((*mix, covered))
    };
    mixes.iter().filter_map(count).collect()
}

impl Row {
    /// A row whose needs are known and few enough.
    fn new(words: &Words, at: usize, row: &Placement) -> Option<Row> {
        let (age, gender) = (row.age, row.gender);
        Some(Row { at, tags: words.tags(row)?, age, gender, status: words.status(row) })
    }

    fn fits(&self, ages: AgeRange, gender: GenderTaken, legal: LegalTaken) -> bool {
        legal.takes(self.status) && is_of_gender(self.gender, gender) && is_of_age(self.age, ages)
    }
}

impl Ask {
    fn covers(&self, row: &Row) -> bool {
        row.fits(self.ages, self.gender, self.legal) && row.tags.is_within(self.tags)
    }
}
