//! Free places that several groups share.
//!
//! Whoever can be taken by some doors only is, together with all others of whom that is true, no
//! more than the places behind them. That bounds people of several homes, levels and needs at once.

use std::collections::{BTreeSet, VecDeque};

use super::super::doors::Doors;
use super::super::system::{Range, Row};
use super::{ALL, Grid, MATCHED};

/// So many unions of doors at most; the smallest come first.
const MOST_UNIONS: usize = 400;

/// Doors by their numbers.
type Numbers = BTreeSet<usize>;

/// People of one home and level who might be taken, and by which doors.
struct Group {
    area: usize,
    level: usize,
    /// The cell of all of them, and of each need that is told apart.
    cells: Vec<(usize, usize)>,
    near: Numbers,
}

impl Grid<'_> {
    /// Bounds everybody who could be taken by the places that are free to them, each number alone
    /// and all together.
    pub(super) fn add_shared_places(&mut self, doors: &Doors) {
        let groups = self.groups(doors);
        let mut each: BTreeSet<Numbers> = BTreeSet::new();
        for group in &groups {
            for (need, cell) in &group.cells {
                let open = self.open_to(doors, group, *need);
                let range = &mut self.system.ranges[*cell];
                range.high = range.high.min(places(doors, &open));
                each.insert(open);
            }
        }
        each.remove(&Numbers::new());
        for union in unions(&each) {
            self.add_union(doors, &groups, &union);
        }
    }

    fn groups(&self, doors: &Doors) -> Vec<Group> {
        let mut groups = Vec::new();
        for area in 1..=self.areas.len() {
            for level in 1..=self.levels.len() {
                let near = doors.near(self.areas[area - 1], self.levels[level - 1]);
                let cell = |need: usize| Some((need, self.homed([MATCHED, area, level, need])?));
                let cells = (ALL..=self.needs.len()).filter_map(cell).collect();
                groups.push(Group { area, level, cells, near });
            }
        }
        groups
    }

    /// The doors that might take people of a group, all or those with a need.
    fn open_to(&self, doors: &Doors, group: &Group, need: usize) -> Numbers {
        let near = group.near.iter().copied();
        match need {
            ALL => near.collect(),
            need => near.filter(|door| doors.meets(*door, self.needs[need - 1])).collect(),
        }
    }

    /// All who can be taken by these doors only are no more than their places.
    fn add_union(&mut self, doors: &Doors, groups: &[Group], union: &Numbers) {
        let free = places(doors, union);
        let mut confined: Vec<(&Group, Vec<(usize, usize)>)> = Vec::new();
        let mut most: i64 = 0;
        for group in groups.iter().filter(|group| !group.near.is_disjoint(union)) {
            let is_in = |(need, _): &&(usize, usize)| {
                let open = self.open_to(doors, group, *need);
                !open.is_empty() && open.is_subset(union)
            };
            let mut here: Vec<(usize, usize)> = group.cells.iter().filter(is_in).copied().collect();
            // All people of a home and level hold those with each need.
            if here.iter().any(|(need, _)| *need == ALL) {
                here.retain(|(need, _)| *need == ALL);
            }
            if !here.is_empty() {
                let highs = here.iter().map(|(_, cell)| self.system.ranges[*cell].high);
                most = most.saturating_add(highs.fold(0, i64::saturating_add));
                confined.push((group, here));
            }
        }
        if most <= free {
            return;
        }
        let mut needs: BTreeSet<usize> = BTreeSet::new();
        let mut terms = Vec::new();
        for (group, here) in confined {
            needs.extend(here.iter().map(|(need, _)| *need));
            match here[..] {
                [(_, cell)] => terms.push(cell),
                // Somebody can have several of the needs: these people are at least as many as
                // those with any one of them.
                _ => terms.push(self.add_several(group, &here)),
            }
        }
        self.add(Row::within(&terms, Range::new(0, free)), needs.len() > 1);
    }

    fn add_several(&mut self, group: &Group, here: &[(usize, usize)]) -> usize {
        let several = self.system.cell(Range::ANY);
        for (_, some) in here {
            self.add(Row::at_least(&[several], &[*some], 0), true);
        }
        if let Some(all) = self.homed([MATCHED, group.area, group.level, ALL]) {
            self.add(Row::at_least(&[all], &[several], 0), true);
        }
        several
    }
}

fn places(doors: &Doors, some: &Numbers) -> i64 {
    some.iter().map(|door| doors.all[*door].places).sum()
}

/// Unions of sets that hang together, until there are too many.
fn unions(each: &BTreeSet<Numbers>) -> BTreeSet<Numbers> {
    let mut found = each.clone();
    let mut queue: VecDeque<Numbers> = each.iter().cloned().collect();
    while let Some(some) = queue.pop_front() {
        for other in each.iter().filter(|other| !other.is_disjoint(&some)) {
            if found.len() >= MOST_UNIONS {
                return found;
            }
            let both: Numbers = some.union(other).copied().collect();
            if found.insert(both.clone()) {
                queue.push_back(both);
            }
        }
    }
    found
}
