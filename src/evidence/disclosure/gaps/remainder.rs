//! What a reader learns by taking lines off a published total: the people who are in no line.
//!
//! # What is checked
//!
//! A reader knows every rounded gap of an area, a level or both, the ends of every band, the fewest
//! and the most people of a line and which lines lie wholly within which total. From one total and
//! the lines within it the number of people in none of them keeps at least [`FEWEST_VALUES`]
//! possible values, or there is nobody, or they are no fewer than the threshold. The lines also
//! tell how large a gap is at least, shown or not; no small count of the same group (`identities`)
//! gets narrower by it. A listed gap may take people who step down: then it is held against the
//! levels that it may draw from together, and no small gap at one of them gets narrower by it.
//! Where any of this would fail, a line is given up and its people are joined with the others.
//!
//! # What is open
//!
//! That a line was given up can itself tell something. Whether it is depends on the true number in
//! no line, and where a line can stand in several bands, on its band. With the default sizes a
//! listed gap has one band, so its size decides nothing; a line of what is also wanted, and a
//! listed gap under a larger `max_people`, can still be missing because of its size.
//!
//! Nor is it looked at several totals at once, at totals by need, or at the lists of what is wanted
//! held against withheld gaps by need. They are sums across groups like those that `identities`
//! leaves open, and `status: live` is refused until they are proved as well.

use std::collections::{BTreeMap, BTreeSet};

use super::band::Band;
use super::lines::{Key, Line, Lines};
use crate::evidence::analysis::{CellKey, Counts, Measure};
use crate::evidence::disclosure::figure::{Figure, Published};
use crate::evidence::disclosure::identities::Told;
use crate::evidence::disclosure::openings::Openings;
use crate::evidence::disclosure::policy::Policy;
use crate::evidence::disclosure::primary;
use crate::evidence::market::{AreaId, AreaTree, Ladder, LevelId};

/// A small number keeps at least so many possible values.
pub(super) const FEWEST_VALUES: u32 = 4;

/// A total of people without a place. Sensitive.
pub(super) struct Total {
    pub(super) area: Option<AreaId>,
    /// The levels; absent for all.
    pub(super) levels: Option<BTreeSet<LevelId>>,
    /// The exact number.
    pub(super) people: u32,
    /// The lowest and highest number that the published figure allows; absent where it is withheld.
    pub(super) reading: Option<(u32, u32)>,
    /// What is told of the same people.
    pub(super) told: Option<Told>,
    /// Of several levels: what a reader knows of the gap of each.
    pub(super) parts: Vec<Part>,
}

/// What a reader knows of the gap at one of several levels.
#[derive(Clone, Copy)]
pub(super) struct Part {
    /// The lowest and highest number that it can be; no highest where it was withheld with others.
    pub(super) ends: (u32, Option<u32>),
    /// Whether it is withheld as small.
    pub(super) is_small: bool,
}

/// The gap of every area, of every level, and of both.
pub(super) fn totals(
    policy: &Policy,
    counts: &Counts,
    figures: &BTreeMap<CellKey, Published>,
    openings: &Openings,
) -> Vec<Total> {
    figures
        .iter()
        .filter(|(key, _)| key.measure == Measure::Gap && key.need.is_none())
        .filter_map(|(key, published)| {
            Some(Total {
                area: key.area.clone(),
                levels: key.level.clone().map(|level| BTreeSet::from([level])),
                people: counts.get(key)?.known,
                reading: published.figure().value().map(|shown| reading(policy, shown)),
                told: Told::of(policy, counts, figures, key, openings.at_most(key)),
                parts: Vec::new(),
            })
        })
        .collect()
}

/// The gaps of levels that one listed gap may take people of, because some may step down.
pub(super) fn totals_of_steps(
    policy: &Policy,
    counts: &Counts,
    figures: &BTreeMap<CellKey, Published>,
    reach: &Reach,
) -> Vec<Total> {
    let areas: Vec<Option<AreaId>> =
        std::iter::once(None).chain(reach.areas.iter().map(|area| Some(area.id.clone()))).collect();
    let mut totals = Vec::new();
    for ladder in reach.ladders {
        for from in &ladder.levels {
            let levels = reach.steps(from);
            if levels.len() < 2 {
                continue;
            }
            for area in &areas {
                let keys = levels.iter().map(|level| CellKey {
                    area: area.clone(),
                    ..CellKey::whole(Measure::Gap).at_level(level)
                });
                let (mut people, mut parts, mut sum) = (0, Vec::new(), Some((0, 0)));
                for key in keys {
                    let count = counts.get(&key).map_or(0, |count| count.known);
                    let figure = figures.get(&key).map(Published::figure);
                    let shown = figure.and_then(Figure::value).map(|shown| reading(policy, shown));
                    people += count;
                    sum = sum.zip(shown).map(|(sum, one)| (sum.0 + one.0, sum.1 + one.1));
                    parts.push(part(policy, count, shown));
                }
                let (area, levels) = (area.clone(), Some(levels.clone()));
                totals.push(Total { area, levels, people, reading: sum, told: None, parts });
            }
        }
    }
    totals
}

fn part(policy: &Policy, count: u32, shown: Option<(u32, u32)>) -> Part {
    let is_small = primary::people(policy, count) == Figure::Suppressed;
    let withheld = match is_small {
        true => (u32::from(policy.zero_shown), Some(policy.threshold - 1)),
        false => (0, None),
    };
    Part { ends: shown.map_or(withheld, |(low, high)| (low, Some(high))), is_small }
}

/// What a reader knows who sees this figure.
pub(super) fn reading(policy: &Policy, shown: u32) -> (u32, u32) {
    let half = policy.rounding_base / 2;
    match shown {
        0 => (0, 0),
        shown => ((shown - half.min(shown)).max(policy.threshold), shown + half),
    }
}

/// Which areas lie in which, and how far down a listed gap reaches.
pub(super) struct Reach<'m> {
    pub(super) areas: &'m AreaTree,
    pub(super) ladders: &'m [Ladder],
    /// How many levels a person who is ready may step down.
    pub(super) max_step: u32,
}

impl Reach<'_> {
    /// Whether all people of a line surely belong to a total.
    pub(super) fn is_within(&self, key: &Key, line: &Line, total: &Total) -> bool {
        let in_area = total.area.as_ref().is_none_or(|area| self.areas.is_within(&line.area, area));
        in_area && total.levels.as_ref().is_none_or(|levels| self.is_all_at(key, line, levels))
    }

    /// A listed gap also takes people who are ready to step down to its level.
    fn is_all_at(&self, key: &Key, line: &Line, levels: &BTreeSet<LevelId>) -> bool {
        match key {
            Key::Listed(_) => self.steps(&line.level).is_subset(levels),
            _ => levels.contains(&line.level),
        }
    }

    /// A level, and those from which people may step down to it.
    fn steps(&self, level: &LevelId) -> BTreeSet<LevelId> {
        let ladder = self.ladders.iter().find(|ladder| ladder.levels.contains(level));
        let above = ladder.into_iter().flat_map(|ladder| {
            let from = ladder.levels.iter().position(|at| at == level).unwrap_or(0);
            ladder.levels.iter().skip(from + 1).take(self.max_step as usize)
        });
        above.chain([level]).cloned().collect()
    }
}

/// A line that must be given up, if there is one.
pub(super) fn too_telling(
    policy: &Policy,
    least: u32,
    lines: &Lines,
    totals: &[Total],
    reach: &Reach,
) -> Option<Key> {
    totals.iter().find_map(|total| {
        let within: Vec<(&Key, &Line)> =
            lines.lines.iter().filter(|(key, line)| reach.is_within(key, line, total)).collect();
        let bands: Vec<Band> = within.iter().map(|(_, line)| line.band()).collect();
        let people = within.iter().map(|(_, line)| line.people).sum();
        let is_safe = leaves_enough(policy, total, people, &bands, least)
            && total
                .told
                .as_ref()
                .is_none_or(|told| told.stays_wide(policy, lowest(&bands, least)));
        let keeps_parts = keep_wide(&total.parts, lowest(&bands, least));
        if is_safe && keeps_parts { None } else { give_up(&within) }
    })
}

/// Whether the number of those in no line stays wide; `people` are in the lines of these bands.
fn leaves_enough(policy: &Policy, total: &Total, people: u32, bands: &[Band], least: u32) -> bool {
    let rest = total.people.saturating_sub(people);
    let is_small = (1..policy.threshold).contains(&rest);
    let is_wide = |reading| values_left(reading, bands, least) >= FEWEST_VALUES;
    bands.is_empty() || !is_small || total.reading.is_none_or(is_wide)
}

/// Whether each small part of a total stays wide for a reader who knows that all are so many.
fn keep_wide(parts: &[Part], at_least: u32) -> bool {
    parts.iter().enumerate().filter(|(_, part)| part.is_small).all(|(at, part)| {
        let others = parts.iter().enumerate().filter(|(other, _)| *other != at);
        let most = others
            .map(|(_, other)| other.ends.1)
            .try_fold(0, |sum: u32, high| sum.checked_add(high?));
        let (low, high) = (part.ends.0, part.ends.1.unwrap_or(u32::MAX - 1));
        let bound = most.map_or(low, |most| at_least.saturating_sub(most).max(low));
        (high + 1).saturating_sub(bound) >= FEWEST_VALUES.min(high + 1 - low)
    })
}

/// The fewest people that lines of these bands can have.
fn lowest(bands: &[Band], least: u32) -> u32 {
    bands.iter().map(|band| band.low().max(least)).sum()
}

/// How many numbers of people in no line a reader must hold possible.
pub(super) fn values_left(total: (u32, u32), bands: &[Band], least: u32) -> u32 {
    let at_most = bands.iter().try_fold(0, |sum: u32, band| sum.checked_add(band.high()?));
    let fewest = at_most.map_or(0, |at_most| total.0.saturating_sub(at_most));
    // Whoever is left and belongs together would be a line if they were more than this.
    let most = total.1.saturating_sub(lowest(bands, least)).min(least - 1);
    (most + 1).saturating_sub(fewest)
}

/// The line to give up: the last by key, but the widest only if there is no other.
fn give_up(within: &[(&Key, &Line)]) -> Option<Key> {
    let is_widest = |key: &Key| matches!(key, Key::Rest(..));
    within
        .iter()
        .rev()
        .map(|(key, _)| *key)
        .find(|key| !is_widest(key))
        .or_else(|| within.last().map(|(key, _)| *key))
        .cloned()
}

/// Gives up lines until none tells too much. `share_out` makes the lines without the barred ones.
pub(super) fn settle(
    share_out: impl Fn(&BTreeSet<Key>) -> Lines,
    too_telling: impl Fn(&Lines) -> Option<Key>,
) -> Lines {
    let mut barred = BTreeSet::new();
    // Every round bars a line that was there, and there are only so many.
    while let Some(key) = too_telling(&share_out(&barred)) {
        barred.insert(key);
    }
    // A line that was given up may do no harm once others are gone.
    for key in barred.clone() {
        barred.remove(&key);
        if too_telling(&share_out(&barred)).is_some() {
            barred.insert(key);
        }
    }
    share_out(&barred)
}
