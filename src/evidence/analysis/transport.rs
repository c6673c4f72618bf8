//! The cheapest way to give every person one of the places that they fit.
//!
//! Knows groups of people, pools of places and what a place costs whom; nothing of areas or needs.
//! Every person is added along the cheapest chain of moves (successive shortest paths, gap-analysis
//! §12), so that the cost is the least possible after each. Potentials keep every arc at zero or
//! above, so that a search ends at the first free place that it settles.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::{Add, AddAssign, Neg, Sub};

/// What one person costs: the first number decides, the second only between equals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cost {
    pub(super) first: i128,
    pub(super) second: i128,
}

impl Add for Cost {
    type Output = Cost;
    fn add(self, other: Cost) -> Cost {
        Cost { first: self.first + other.first, second: self.second + other.second }
    }
}

impl Neg for Cost {
    type Output = Cost;
    fn neg(self) -> Cost {
        Cost { first: -self.first, second: -self.second }
    }
}

impl Sub for Cost {
    type Output = Cost;
    fn sub(self, other: Cost) -> Cost {
        self + -other
    }
}

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Cost) {
        *self = *self + other;
    }
}

/// A pool that a group could go to, and what a place there costs each of them; never below zero.
#[derive(Clone, Copy)]
pub(super) struct Way {
    pub(super) pool: usize,
    pub(super) cost: Cost,
}

/// People of one group in one pool.
#[derive(Clone, Copy)]
pub(super) struct Stay {
    pub(super) group: usize,
    pub(super) people: u32,
    cost: Cost,
}

/// Groups, pools, and who is in which pool.
pub(super) struct Transport {
    /// Pools that each group could go to.
    ways: Vec<Vec<Way>>,
    /// Places left in each pool.
    free: Vec<u32>,
    /// Who is in each pool.
    stays: Vec<Vec<Stay>>,
    /// For each node a number that makes the cost of every open arc zero or more: an arc from a to
    /// b costs its own cost, plus the potential of a, less that of b.
    potential: Vec<Cost>,
    search: Search,
}

/// The state of one search. Nodes are groups, then pools, then the end behind every free place.
struct Search {
    distance: Vec<Option<Cost>>,
    from: Vec<usize>,
    seen: Vec<usize>,
    /// Nearest first; among equals the end first, which saves looking at the others.
    queue: BinaryHeap<(Reverse<Cost>, usize)>,
}

impl Search {
    fn begin(&mut self, node: usize) {
        for node in self.seen.drain(..) {
            self.distance[node] = None;
        }
        self.queue.clear();
        self.reach(node, Cost::default(), node);
    }

    fn reach(&mut self, node: usize, distance: Cost, from: usize) {
        match self.distance[node] {
            Some(known) if known <= distance => return,
            Some(_) => {}
            None => self.seen.push(node),
        }
        self.distance[node] = Some(distance);
        self.from[node] = from;
        self.queue.push((Reverse(distance), node));
    }
}

impl Transport {
    /// Nobody has a place yet.
    pub(super) fn new(ways: Vec<Vec<Way>>, places: Vec<u32>) -> Transport {
        let nodes = ways.len() + places.len() + 1;
        Transport {
            stays: vec![Vec::new(); places.len()],
            potential: vec![Cost::default(); nodes],
            search: Search {
                distance: vec![None; nodes],
                from: vec![0; nodes],
                seen: Vec::new(),
                queue: BinaryHeap::new(),
            },
            ways,
            free: places,
        }
    }

    /// Gives places to people of a group, others moving as is cheapest; returns how many got one.
    pub(super) fn add(&mut self, group: usize, people: u32) -> u32 {
        let mut left = people;
        while left > 0 {
            let Some(pool) = self.nearest(group) else {
                break;
            };
            left -= self.shift(group, pool, left);
        }
        people - left
    }

    /// Who is in each pool. Only its total cost is unique.
    pub(super) fn stays(&self) -> &[Vec<Stay>] {
        &self.stays
    }

    /// What all places given cost together.
    pub(super) fn cost(&self) -> Cost {
        let mut sum = Cost::default();
        for stay in self.stays.iter().flatten() {
            let people = i128::from(stay.people);
            sum += Cost { first: stay.cost.first * people, second: stay.cost.second * people };
        }
        sum
    }

    /// Groups that would gain if a pool that they fit had one place more: those given, and whoever
    /// would make room for them.
    pub(super) fn waiting(&self, groups: impl Iterator<Item = usize>) -> Vec<bool> {
        let mut waits = vec![false; self.ways.len()];
        let mut entered = vec![false; self.free.len()];
        let mut queue: Vec<usize> = groups.collect();
        for group in &queue {
            waits[*group] = true;
        }
        while let Some(group) = queue.pop() {
            for way in &self.ways[group] {
                if std::mem::replace(&mut entered[way.pool], true) {
                    continue;
                }
                for stay in &self.stays[way.pool] {
                    if !std::mem::replace(&mut waits[stay.group], true) {
                        queue.push(stay.group);
                    }
                }
            }
        }
        waits
    }

    /// The free pool at the end of the cheapest chain of moves that a group can begin.
    fn nearest(&mut self, group: usize) -> Option<usize> {
        let Transport { ways, free, stays, potential, search } = self;
        let (groups, end) = (ways.len(), potential.len() - 1);
        search.begin(group);
        while let Some((Reverse(distance), node)) = search.queue.pop() {
            if search.distance[node] != Some(distance) {
                continue;
            }
            if node == end {
                lower(potential, search, distance);
                return Some(search.from[end] - groups);
            }
            let here = distance + potential[node];
            if node < groups {
                for way in &ways[node] {
                    let pool = groups + way.pool;
                    search.reach(pool, here + way.cost - potential[pool], node);
                }
                continue;
            }
            if free[node - groups] > 0 {
                search.reach(end, here - potential[end], node);
            }
            for stay in &stays[node - groups] {
                search.reach(stay.group, here - stay.cost - potential[stay.group], node);
            }
        }
        None
    }

    /// Carries out the chain of moves that the last search found, for as many people as can move
    /// along all of it.
    fn shift(&mut self, group: usize, last: usize, wanted: u32) -> u32 {
        let groups = self.ways.len();
        let mut people = wanted.min(self.free[last]);
        let mut moves = Vec::new();
        let mut pool = last;
        loop {
            let enters = self.search.from[groups + pool];
            if enters == group {
                moves.push((enters, None, pool));
                break;
            }
            let left = self.search.from[enters] - groups;
            people = people.min(self.staying(enters, left));
            moves.push((enters, Some(left), pool));
            pool = left;
        }
        self.free[last] -= people;
        for (group, left, entered) in moves {
            self.enter(group, entered, people);
            if let Some(left) = left {
                self.leave(group, left, people);
            }
        }
        people
    }

    fn staying(&self, group: usize, pool: usize) -> u32 {
        self.stays[pool].iter().find(|stay| stay.group == group).map_or(0, |stay| stay.people)
    }

    fn enter(&mut self, group: usize, pool: usize, people: u32) {
        if let Some(stay) = self.stays[pool].iter_mut().find(|stay| stay.group == group) {
            stay.people += people;
        } else if let Some(way) = self.ways[group].iter().find(|way| way.pool == pool) {
            self.stays[pool].push(Stay { group, people, cost: way.cost });
        }
    }

    fn leave(&mut self, group: usize, pool: usize, people: u32) {
        for stay in self.stays[pool].iter_mut().filter(|stay| stay.group == group) {
            stay.people -= people;
        }
        self.stays[pool].retain(|stay| stay.people > 0);
    }
}

/// Keeps every arc at zero or above after a chain of this length has been used.
fn lower(potential: &mut [Cost], search: &Search, length: Cost) {
    for node in &search.seen {
        if let Some(distance) = search.distance[*node].filter(|distance| *distance < length) {
            potential[*node] += distance - length;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The least cost of all ways to give every one of these people a place.
    fn every_way(people: &[usize], ways: &[Vec<Way>], free: &mut [u32]) -> Option<Cost> {
        let Some((group, rest)) = people.split_first() else {
            return Some(Cost::default());
        };
        let mut best: Option<Cost> = None;
        for way in &ways[*group] {
            if free[way.pool] > 0 {
                free[way.pool] -= 1;
                let sum = every_way(rest, ways, free).map(|then| then + way.cost);
                best = best.into_iter().chain(sum).min();
                free[way.pool] += 1;
            }
        }
        best
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]
        #[test]
        fn nobody_could_be_placed_for_less(
            need in prop::collection::vec(0u32..3, 4),
            places in prop::collection::vec(0u32..3, 4),
            costs in prop::collection::vec((any::<bool>(), 0i128..4, 0i128..4), 16),
        ) {
            let ways: Vec<Vec<Way>> = (0..4)
                .map(|group| {
                    (0..4)
                        .map(|pool| (pool, costs[group * 4 + pool]))
                        .filter(|(_, (is_open, _, _))| *is_open)
                        .map(|(pool, (_, first, second))| {
                            Way { pool, cost: Cost { first, second } }
                        })
                        .collect()
                })
                .collect();
            let people: Vec<usize> =
                (0..4).flat_map(|group| vec![group; need[group] as usize]).collect();
            let best = every_way(&people, &ways, &mut places.clone());
            let mut transport = Transport::new(ways, places);
            let placed: u32 = (0..4).map(|group| transport.add(group, need[group])).sum();
            prop_assert_eq!(placed as usize == people.len(), best.is_some());
            if let Some(best) = best {
                prop_assert_eq!(transport.cost(), best);
            }
        }
    }
}
