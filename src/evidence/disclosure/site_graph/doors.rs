//! People who could be taken, told apart by the door that would take them.
//!
//! Several groups share free places, so a bound on each of them says less than all of them
//! together: two of which each could have the only place cannot both have somebody taken. Numbers
//! of people can all be taken at once if everybody can be given a door that is open to them, and no
//! door more people than it has places. (By Hall's theorem that is the same as a bound on every
//! union of doors.) So each number of people who could be taken is the sum of those behind each
//! door, which are cells of their own, and so is every door.
//!
//! Which door takes whom is told by nothing, so it does not matter which of several ways the true
//! people are shared out in.

use std::collections::{BTreeMap, BTreeSet};

use super::super::openings::Openings;
use super::atoms::{Atom, Kind, Status, name};
use super::cells::Cells;
use crate::evidence::analysis::CellKey;

/// Doors that are open to the same kinds, taken together.
struct Pool {
    places: i64,
    /// Numbers of kinds, ascending.
    kinds: Vec<usize>,
}

/// Builds a cell for each kind and the doors that could take it, and holds each door to its places.
/// `matched`: how many people of each kind could be taken, each kind once.
pub(super) fn build<'a>(
    cells: &mut Cells,
    openings: &Openings,
    matched: Vec<(Kind, i64)>,
) -> Vec<Atom<'a>> {
    let pools = pools(openings, &matched);
    let people: Vec<i64> = matched.iter().map(|(_, people)| *people).collect();
    let shares = share_out(&pools, &people);
    let mut behind: Vec<Vec<usize>> = vec![Vec::new(); pools.len()];
    let mut atoms = Vec::new();
    for (number, (kind, _)) in matched.into_iter().enumerate() {
        for (pool, Pool { places, kinds }) in pools.iter().enumerate() {
            if kinds.binary_search(&number).is_err() {
                continue;
            }
            let taken = shares.taken.get(&(pool, number)).copied().unwrap_or(0);
            let name = format!("{} by {pool}", name(&kind, &Status::Matched));
            let cell = cells.hide(name, taken, (0, *places));
            behind[pool].push(cell);
            atoms.push(Atom { kind: kind.clone(), status: Status::Matched, cell });
        }
        // Nobody is taken but by an open door; if the rules ever part, nothing is forgotten.
        let left = shares.left[number];
        if left > 0 {
            let cell = cells.hide(name(&kind, &Status::Matched), left, (0, left));
            atoms.push(Atom { kind, status: Status::Matched, cell });
        }
    }
    for (pool, atoms) in behind.iter().enumerate() {
        if let Some(cell) = cells.sum(|| format!("taken by {pool}"), atoms) {
            cells.know(cell, (0, pools[pool].places));
        }
    }
    atoms
}

/// The most people of a group who could be taken while certain others are, of each kind so many:
/// the places behind the doors that are open to the group, less those that the others need of them.
pub(super) fn most_beside(openings: &Openings, group: &CellKey, others: &[(&Kind, i64)]) -> i64 {
    let places = openings.places();
    let here: BTreeSet<usize> = openings.open_to_some(group).collect();
    let mut elsewhere: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, (kind, _)) in others.iter().enumerate() {
        for door in openings.open_to(&kind.place, &kind.needs) {
            if !here.contains(&door) {
                elsewhere.entry(door).or_default().push(number);
            }
        }
    }
    let pools = elsewhere.into_iter();
    let pools: Vec<Pool> =
        pools.map(|(door, kinds)| Pool { places: i64::from(places[door]), kinds }).collect();
    let people: Vec<i64> = others.iter().map(|(_, people)| *people).collect();
    let left: i64 = share_out(&pools, &people).left.iter().sum();
    let all: i64 = here.iter().map(|door| i64::from(places[*door])).sum();
    (all - left).max(0)
}

fn pools(openings: &Openings, matched: &[(Kind, i64)]) -> Vec<Pool> {
    let mut open_to: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, (kind, _)) in matched.iter().enumerate() {
        for door in openings.open_to(&kind.place, &kind.needs) {
            open_to.entry(door).or_default().push(number);
        }
    }
    let places = openings.places();
    let mut pools: BTreeMap<Vec<usize>, i64> = BTreeMap::new();
    for (door, kinds) in open_to {
        *pools.entry(kinds).or_default() += i64::from(places[door]);
    }
    pools.into_iter().map(|(kinds, places)| Pool { places, kinds }).collect()
}

/// Who is taken by which pool, by numbers of pool and kind, and who by none.
struct Shares {
    taken: BTreeMap<(usize, usize), i64>,
    left: Vec<i64>,
}

/// Gives everybody a place who can have one, moving others to other pools for it.
fn share_out(pools: &[Pool], people: &[i64]) -> Shares {
    let mut open_to = vec![Vec::new(); people.len()];
    for (pool, Pool { kinds, .. }) in pools.iter().enumerate() {
        kinds.iter().for_each(|kind| open_to[*kind].push(pool));
    }
    let free = pools.iter().map(|pool| pool.places).collect();
    let mut sharing = Sharing { open_to, free, taken: BTreeMap::new(), is_seen: Vec::new() };
    let mut left = people.to_vec();
    for (kind, left) in left.iter_mut().enumerate() {
        while *left > 0 {
            sharing.is_seen = vec![false; pools.len()];
            if !sharing.take(kind) {
                break;
            }
            *left -= 1;
        }
    }
    let mut taken = sharing.taken;
    taken.retain(|_, people| *people > 0);
    Shares { taken, left }
}

struct Sharing {
    /// The pools that are open to each kind.
    open_to: Vec<Vec<usize>>,
    /// Places of each pool that are left.
    free: Vec<i64>,
    taken: BTreeMap<(usize, usize), i64>,
    /// Pools from which nobody more can be moved.
    is_seen: Vec<bool>,
}

impl Sharing {
    /// Takes one more of a kind, if others can make room.
    fn take(&mut self, kind: usize) -> bool {
        let has_room = |pool: &&usize| self.free[**pool] > 0;
        if let Some(&pool) = self.open_to[kind].iter().find(has_room) {
            self.free[pool] -= 1;
            *self.taken.entry((pool, kind)).or_default() += 1;
            return true;
        }
        for pool in self.open_to[kind].clone() {
            if std::mem::replace(&mut self.is_seen[pool], true) {
                continue;
            }
            let there = self.taken.range((pool, 0)..(pool + 1, 0));
            let others: Vec<usize> = there
                .filter(|((_, other), people)| *other != kind && **people > 0)
                .map(|((_, other), _)| *other)
                .collect();
            for other in others {
                if self.take(other) {
                    *self.taken.entry((pool, other)).or_default() -= 1;
                    *self.taken.entry((pool, kind)).or_default() += 1;
                    return true;
                }
            }
        }
        false
    }
}
