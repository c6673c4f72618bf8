//! What a reader learns by taking lines off a published total: the people who are in no line.
//!
//! # What is proved
//!
//! A reader knows every rounded gap of an area, a level or both, the ends of every band, the fewest
//! people of a line and which lines lie wholly within which total. From one total and the lines
//! within it the number of people in none of them keeps at least [`FEWEST_VALUES`] possible values,
//! or there is nobody, or they are no fewer than the threshold. The lines also tell how large a gap
//! is at least, shown or not; no small count of the same group (`identities`) gets narrower by it.
//! Where either would fail, a line is given up and its people are joined with the others; a reader
//! cannot tell such a line from one that never was.
//!
//! # What is not
//!
//! Several totals at once, totals by need, and the lists of what is wanted held against withheld
//! gaps by need. They are sums across groups like those that `identities` leaves open, and
//! `status: live` is refused until they are proved as well.

use std::collections::{BTreeMap, BTreeSet};

use super::band::Band;
use super::lines::{Key, Line, Lines};
use crate::evidence::analysis::{CellKey, Counts, Measure};
use crate::evidence::disclosure::figure::Published;
use crate::evidence::disclosure::identities::Told;
use crate::evidence::disclosure::policy::Policy;
use crate::evidence::market::{AreaId, AreaTree, Ladder, LevelId};

/// A small number keeps at least so many possible values.
pub(super) const FEWEST_VALUES: u32 = 4;

/// A total of people without a place. Sensitive.
pub(super) struct Total {
    pub(super) area: Option<AreaId>,
    pub(super) level: Option<LevelId>,
    /// The exact number.
    pub(super) people: u32,
    /// The lowest and highest number that the published figure allows; absent where it is withheld.
    pub(super) reading: Option<(u32, u32)>,
    /// What is told of the same people.
    pub(super) told: Option<Told>,
}

/// The gap of every area, of every level, and of both.
pub(super) fn totals(
    policy: &Policy,
    counts: &Counts,
    figures: &BTreeMap<CellKey, Published>,
) -> Vec<Total> {
    figures
        .iter()
        .filter(|(key, _)| key.measure == Measure::Gap && key.need.is_none())
        .filter_map(|(key, published)| {
            Some(Total {
                area: key.area.clone(),
                level: key.level.clone(),
                people: counts.get(key)?.known,
                reading: published.figure().value().map(|shown| reading(policy, shown)),
                told: Told::of(policy, counts, figures, key),
            })
        })
        .collect()
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
        in_area && total.level.as_ref().is_none_or(|level| self.is_all_at(key, line, level))
    }

    /// A listed gap also takes people who are ready to step down to its level.
    fn is_all_at(&self, key: &Key, line: &Line, level: &LevelId) -> bool {
        let is_highest = self.ladders.iter().any(|ladder| ladder.levels.last() == Some(level));
        let steps_down = matches!(key, Key::Listed(_)) && self.max_step > 0;
        line.level == *level && (is_highest || !steps_down)
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
        if is_safe { None } else { give_up(&within) }
    })
}

/// Whether the number of those in no line stays wide; `people` are in the lines of these bands.
fn leaves_enough(policy: &Policy, total: &Total, people: u32, bands: &[Band], least: u32) -> bool {
    let rest = total.people.saturating_sub(people);
    let is_small = (1..policy.threshold).contains(&rest);
    let is_wide = |reading| values_left(reading, bands, least) >= FEWEST_VALUES;
    bands.is_empty() || !is_small || total.reading.is_none_or(is_wide)
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
    loop {
        let lines = share_out(&barred);
        match too_telling(&lines) {
            // Every round bars a line that was there, and there are only so many.
            Some(key) => barred.insert(key),
            None => return lines,
        };
    }
}
