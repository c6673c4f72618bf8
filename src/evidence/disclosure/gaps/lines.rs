//! The lines that share out everybody who has no place: listed gaps, and what else is wanted.
//!
//! Whoever is in no listed gap is joined with others who are less and less alike, until a line has
//! enough people. Whoever is in no line at all is meant by the sentence that is always there.

use std::collections::{BTreeMap, BTreeSet};

use super::band::{Band, Sizes};
use crate::evidence::market::{AreaId, LevelId, NeedId};

/// People of the residual who are alike in all that a line may tell of them. Sensitive.
#[cfg_attr(test, derive(Clone, Debug))]
pub(in crate::evidence::disclosure) struct Group {
    /// Where they are from.
    pub(in crate::evidence::disclosure) home: AreaId,
    /// The integrated care board of their home; absent where the home is a whole region.
    pub(in crate::evidence::disclosure) icb: Option<AreaId>,
    /// How many places that board has, as everybody knows.
    pub(in crate::evidence::disclosure) places: u32,
    /// The level of care they need.
    pub(in crate::evidence::disclosure) level: LevelId,
    /// What they need; empty when it is unknown.
    pub(in crate::evidence::disclosure) needs: BTreeSet<NeedId>,
    /// How many they are.
    pub(in crate::evidence::disclosure) people: u32,
}

/// A listed gap that may become a line. Sensitive.
pub(in crate::evidence::disclosure) struct Candidate {
    /// Its id.
    pub(in crate::evidence::disclosure) id: String,
    /// The area it serves.
    pub(in crate::evidence::disclosure) area: AreaId,
    /// Its level.
    pub(in crate::evidence::disclosure) level: LevelId,
    /// How many people it can be about.
    pub(in crate::evidence::disclosure) sizes: Sizes,
    /// Whom it takes: number of a group, people.
    pub(in crate::evidence::disclosure) takes: Vec<(usize, u32)>,
}

/// What the people of a line have in common, from the narrowest kind of line to the widest.
///
/// Legal status, age and gender are in none but the listed gaps. A line that kept one of them would
/// tell that every finer line was too small, and with its band that can give a small number away:
/// ten people of whom neither the women nor the men are six are five and five.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::evidence) enum Key {
    /// A listed gap.
    Listed(String),
    /// One home, one level, the same needs.
    Alike(AreaId, LevelId, BTreeSet<NeedId>),
    /// One home or integrated care board, one level, one need that all have.
    OneNeed(AreaId, LevelId, NeedId),
    /// One integrated care board, one level.
    Rest(AreaId, LevelId),
}

/// One line. Sensitive until it is told as a band.
pub(in crate::evidence::disclosure) struct Line {
    pub(in crate::evidence::disclosure) area: AreaId,
    pub(in crate::evidence::disclosure) level: LevelId,
    /// How many people it is about.
    pub(in crate::evidence::disclosure) people: u32,
    /// How many they can be.
    pub(in crate::evidence::disclosure) sizes: Sizes,
    /// What its people need, among them.
    pub(in crate::evidence::disclosure) wanted: BTreeSet<NeedId>,
    /// Whom it is about: number of a group, people.
    pub(in crate::evidence::disclosure) takes: Vec<(usize, u32)>,
}

impl Line {
    /// The band in which its size is told.
    pub(in crate::evidence::disclosure) fn band(&self) -> Band {
        Band::of(self.people, self.sizes)
    }
}

/// All lines by key, and how many of each group are in none of them.
pub(in crate::evidence::disclosure) struct Lines {
    pub(in crate::evidence::disclosure) lines: BTreeMap<Key, Line>,
    pub(in crate::evidence::disclosure) left: Vec<u32>,
}

impl Lines {
    /// Whether everybody is in exactly one line or in none.
    pub(in crate::evidence::disclosure) fn is_partition_of(&self, groups: &[Group]) -> bool {
        let mut people = self.left.clone();
        for (at, taken) in self.lines.values().flat_map(|line| &line.takes) {
            people[*at] += taken;
        }
        people.iter().zip(groups).all(|(people, group)| *people == group.people)
    }
}

/// Shares out the people of the groups. A line has at least `least` people and is not `barred`.
pub(in crate::evidence::disclosure) fn share_out(
    groups: &[Group],
    candidates: &[Candidate],
    least: u32,
    barred: &BTreeSet<Key>,
) -> Lines {
    let left = groups.iter().map(|group| group.people).collect();
    let mut sharing = Sharing { groups, least, barred, lines: BTreeMap::new(), left };
    for candidate in candidates {
        let key = Key::Listed(candidate.id.clone());
        let Candidate { area, level, sizes, takes, .. } = candidate;
        sharing.draw(key, (area, level), *sizes, takes);
    }
    sharing.join(|group| {
        vec![Key::Alike(group.home.clone(), group.level.clone(), group.needs.clone())]
    });
    sharing.join(|group| one_need(&group.home, group));
    sharing.join(|group| group.icb.iter().flat_map(|icb| one_need(icb, group)).collect());
    sharing.join(|group| {
        group.icb.iter().map(|icb| Key::Rest(icb.clone(), group.level.clone())).collect()
    });
    Lines { lines: sharing.lines, left: sharing.left }
}

/// A key for each need of a group.
fn one_need(area: &AreaId, group: &Group) -> Vec<Key> {
    let key = |need: &NeedId| Key::OneNeed(area.clone(), group.level.clone(), need.clone());
    group.needs.iter().map(key).collect()
}

struct Sharing<'a> {
    groups: &'a [Group],
    least: u32,
    barred: &'a BTreeSet<Key>,
    lines: BTreeMap<Key, Line>,
    left: Vec<u32>,
}

impl Sharing<'_> {
    /// Joins everybody who is left by the keys that fit them. Keys are tried in their own order,
    /// never by how many people they have.
    fn join(&mut self, keys: impl Fn(&Group) -> Vec<Key>) {
        let mut found: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
        for (at, group) in self.groups.iter().enumerate().filter(|(at, _)| self.left[*at] > 0) {
            for key in keys(group) {
                found.entry(key).or_default().push(at);
            }
        }
        for (key, members) in found {
            let (area, level) = match &key {
                Key::Alike(area, level, _)
                | Key::OneNeed(area, level, _)
                | Key::Rest(area, level) => (area.clone(), level.clone()),
                Key::Listed(_) => continue,
            };
            let homes: BTreeSet<&AreaId> =
                members.iter().map(|at| &self.groups[*at].home).collect();
            let sizes = match (&key, members.first()) {
                (Key::OneNeed(..), Some(at)) if homes.len() > 1 => {
                    Sizes::of_parts(self.least, self.groups[*at].places)
                }
                _ => Sizes::from(self.least),
            };
            let takes: Vec<(usize, u32)> =
                members.into_iter().map(|at| (at, self.left[at])).collect();
            self.draw(key, (&area, &level), sizes, &takes);
        }
    }

    /// Makes a line of the people of `takes` who are in no line yet, if they are enough.
    fn draw(&mut self, key: Key, of: (&AreaId, &LevelId), sizes: Sizes, takes: &[(usize, u32)]) {
        let takes: Vec<(usize, u32)> = takes
            .iter()
            .map(|(at, people)| (*at, (*people).min(self.left[*at])))
            .filter(|(_, people)| *people > 0)
            .collect();
        let people: u32 = takes.iter().map(|(_, people)| people).sum();
        if people < self.least || self.barred.contains(&key) {
            return;
        }
        // Where a finer line was given up, the parts of this one can be larger.
        let is_over = sizes.most.is_some_and(|most| people > most);
        let sizes = if is_over { Sizes::from(self.least) } else { sizes };
        let line = self.lines.entry(key).or_insert_with(|| Line {
            area: of.0.clone(),
            level: of.1.clone(),
            people: 0,
            sizes,
            wanted: BTreeSet::new(),
            takes: Vec::new(),
        });
        line.people += people;
        for (at, people) in takes {
            self.left[at] -= people;
            line.wanted.extend(self.groups[at].needs.iter().cloned());
            line.takes.push((at, people));
        }
    }
}
