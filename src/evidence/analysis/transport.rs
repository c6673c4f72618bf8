//! The cheapest way to give every person one of the places that they fit.
//!
//! Knows groups of people, pools of places and what a place costs whom; nothing of areas or needs.
//! Every person is added along the cheapest chain of moves (successive shortest paths, gap-analysis
//! §12), so that the cost is the least possible after each. Potentials keep every arc at zero or
//! above, so that a search ends at the first free place that it settles.

mod fill;

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
    search: Search,
}

/// A group or a pool in the search.
///
/// An arc from a to b costs its own cost, plus the potential of a, less that of b: potentials are
/// such that this is never below zero, and zero for whoever stays in a pool. Behind every free
/// place is the end, whose potential is always zero.
#[derive(Clone, Copy, Default)]
struct Node {
    potential: Cost,
    /// How far the search that has this turn came to it, and from where.
    distance: Cost,
    from: usize,
    turn: u32,
}

/// The state of one search. Nodes are groups, then pools.
struct Search {
    turn: u32,
    nodes: Vec<Node>,
    seen: Vec<usize>,
    /// Pools, nearest first.
    queue: BinaryHeap<(Reverse<Cost>, usize)>,
    /// The nearest free place so far, and its pool.
    end: Option<(Cost, usize)>,
}

impl Search {
    fn begin(&mut self) {
        self.turn += 1;
        self.seen.clear();
        self.queue.clear();
        self.end = None;
    }

    /// Notes how far a node is; false if it is known to be as near, or some free place is.
    fn reach(&mut self, node: usize, distance: Cost, from: usize) -> bool {
        if self.end.is_some_and(|(end, _)| end <= distance) {
            return false;
        }
        let known = &mut self.nodes[node];
        if known.turn != self.turn {
            known.turn = self.turn;
            self.seen.push(node);
        } else if known.distance <= distance {
            return false;
        }
        (known.distance, known.from) = (distance, from);
        true
    }

    /// Keeps every arc at zero or above after a chain of this length has been used.
    fn lower(&mut self, length: Cost) {
        for node in &self.seen {
            let node = &mut self.nodes[*node];
            if node.distance < length {
                node.potential += node.distance - length;
            }
        }
    }
}

impl Transport {
    /// Nobody has a place yet.
    pub(super) fn new(ways: Vec<Vec<Way>>, places: Vec<u32>) -> Transport {
        let nodes = vec![Node::default(); ways.len() + places.len()];
        let (seen, queue) = (Vec::new(), BinaryHeap::new());
        Transport {
            stays: vec![Vec::new(); places.len()],
            search: Search { turn: 0, nodes, seen, queue, end: None },
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
        self.search.begin();
        self.search.reach(group, Cost::default(), group);
        self.look_around(group, Cost::default());
        while let Some((Reverse(distance), node)) = self.search.queue.pop() {
            if self.search.end.is_some_and(|(end, _)| end <= distance) {
                break;
            }
            if self.search.nodes[node].distance != distance {
                continue;
            }
            let pool = node - self.ways.len();
            for at in 0..self.stays[pool].len() {
                // Whoever stays in a pool is as near as the pool.
                let holder = self.stays[pool][at].group;
                if self.search.reach(holder, distance, node) {
                    self.look_around(holder, distance);
                }
            }
        }
        let (length, pool) = self.search.end?;
        self.search.lower(length);
        Some(pool)
    }

    /// Notes the pools that a group at this distance could go to.
    fn look_around(&mut self, group: usize, distance: Cost) {
        let Transport { ways, free, search, .. } = self;
        let here = distance + search.nodes[group].potential;
        for way in &ways[group] {
            let node = ways.len() + way.pool;
            let potential = search.nodes[node].potential;
            let there = here + way.cost - potential;
            if search.reach(node, there, group) {
                search.queue.push((Reverse(there), node));
                let length = there + potential;
                let is_nearest = search.end.is_none_or(|(end, _)| length < end);
                if free[way.pool] > 0 && is_nearest {
                    search.end = Some((length, way.pool));
                }
            }
        }
    }

    /// Carries out the chain of moves that the last search found, for as many people as can move
    /// along all of it.
    fn shift(&mut self, group: usize, last: usize, wanted: u32) -> u32 {
        let groups = self.ways.len();
        let mut people = wanted.min(self.free[last]);
        let mut moves = Vec::new();
        let mut pool = last;
        loop {
            let enters = self.search.nodes[groups + pool].from;
            if enters == group {
                moves.push((enters, None, pool));
                break;
            }
            let left = self.search.nodes[enters].from - groups;
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

        /// Half of the groups pay first, half pay only where the others pay the same: as with known
        /// and unknown costs.
        #[test]
        fn filling_the_cheapest_places_first_is_as_cheap(
            need in prop::collection::vec(0u32..3, 4),
            places in prop::collection::vec(0u32..3, 5),
            prices in prop::collection::vec(0i128..5, 5),
            open in prop::collection::vec(prop::bool::weighted(0.7), 20),
        ) {
            let cost = |group: usize, price| match group < 2 {
                true => Cost { first: price, second: 0 },
                false => Cost { first: 0, second: price },
            };
            let ways: Vec<Vec<Way>> = (0..4)
                .map(|group| {
                    (0..5)
                        .filter(|pool| open[group * 5 + pool])
                        .map(|pool| Way { pool, cost: cost(group, prices[pool]) })
                        .collect()
                })
                .collect();
            let people: Vec<usize> =
                (0..4).flat_map(|group| vec![group; need[group] as usize]).collect();
            let best = every_way(&people, &ways, &mut places.clone());
            let mut transport = Transport::new(ways, places);
            let mut placed = transport.fill(&[need[0], need[1], 0, 0]);
            placed += transport.add(2, need[2]) + transport.add(3, need[3]);
            prop_assert_eq!(placed as usize == people.len(), best.is_some());
            if let Some(best) = best {
                prop_assert_eq!(transport.cost(), best);
            }
        }
    }
}
