//! Many people at once, where a place costs everybody the same.
//!
//! Which places can be given out together is then a matroid, so that the cheapest places may be
//! filled first: a place is of use if and only if it can be added to those in use, others moving
//! as they must, and what is of no use now never will be. What a failed search has seen is closed
//! for good, as in `matching`, so that the whole is near linear in the number of ways.

use super::{Cost, Transport};

/// Stands for a node that no search has come to.
const NOWHERE: usize = usize::MAX;

/// The search for people who could fill a pool, from the pool back.
struct Fill {
    /// Groups that have ways into each pool.
    into: Vec<Vec<usize>>,
    /// People of each group who have no place yet.
    waiting: Vec<u32>,
    /// Pools that each group is in.
    holds: Vec<Vec<usize>>,
    groups: Seen,
    pools: Seen,
    turn: u32,
}

/// Groups or pools, as far as searches have seen them.
struct Seen {
    turn: Vec<u32>,
    /// Pools: the group that would leave it. Groups: the pool that it would enter.
    by: Vec<usize>,
    /// Those of the last search.
    last: Vec<usize>,
    /// What the last place costs that could be of use to them; none while they are open.
    level: Vec<Option<Cost>>,
}

impl Seen {
    fn new(count: usize) -> Seen {
        let by = vec![NOWHERE; count];
        Seen { turn: vec![0; count], by, last: Vec::new(), level: vec![None; count] }
    }

    /// Notes one, unless this search has been there or an earlier one has closed it.
    fn reach(&mut self, at: usize, turn: u32, by: usize) -> bool {
        let is_new = self.turn[at] != turn && self.level[at].is_none();
        if is_new {
            (self.turn[at], self.by[at]) = (turn, by);
            self.last.push(at);
        }
        is_new
    }

    fn close(&mut self, level: Cost) {
        for at in self.last.drain(..) {
            self.level[at] = Some(level);
        }
    }
}

impl Transport {
    /// Gives places to so many people of each group, as cheaply as can be, and tells how many got
    /// one. Nobody may have a place yet, and in a pool a place must cost all of these the same.
    ///
    /// People of other groups can be added afterwards.
    pub(in crate::evidence::analysis) fn fill(&mut self, people: &[u32]) -> u32 {
        let mut into = vec![Vec::new(); self.free.len()];
        let mut costs = vec![None; self.free.len()];
        for (group, ways) in self.ways.iter().enumerate().filter(|(at, _)| people[*at] > 0) {
            for way in ways {
                into[way.pool].push(group);
                costs[way.pool] = Some(way.cost);
            }
        }
        let priced = costs.into_iter().enumerate().filter_map(|(pool, cost)| Some((cost?, pool)));
        let mut order: Vec<(Cost, usize)> = priced.collect();
        order.sort_unstable();
        let mut fill = Fill {
            into,
            waiting: people.to_vec(),
            holds: vec![Vec::new(); self.ways.len()],
            groups: Seen::new(self.ways.len()),
            pools: Seen::new(self.free.len()),
            turn: 0,
        };
        for (cost, pool) in &order {
            while self.free[*pool] > 0 {
                let Some(group) = fill.find(*pool) else {
                    fill.pools.close(*cost);
                    fill.groups.close(*cost);
                    break;
                };
                self.let_in(&mut fill, group, *pool);
            }
        }
        self.set_potentials(&fill, &order);
        people.iter().sum::<u32>() - fill.waiting.iter().sum::<u32>()
    }

    /// Carries out the chain of moves that begins with a group and ends in a pool.
    fn let_in(&mut self, fill: &mut Fill, group: usize, last: usize) {
        let mut people = fill.waiting[group].min(self.free[last]);
        let mut pool = fill.groups.by[group];
        while pool != last {
            let leaves = fill.pools.by[pool];
            people = people.min(self.staying(leaves, pool));
            pool = fill.groups.by[leaves];
        }
        fill.waiting[group] -= people;
        self.free[last] -= people;
        let mut enters = group;
        loop {
            let pool = fill.groups.by[enters];
            if self.staying(enters, pool) == 0 {
                fill.holds[enters].push(pool);
            }
            self.enter(enters, pool, people);
            if pool == last {
                return;
            }
            enters = fill.pools.by[pool];
            self.leave(enters, pool, people);
            if self.staying(enters, pool) == 0 {
                fill.holds[enters].retain(|held| *held != pool);
            }
        }
    }

    /// Sets potentials under which nothing could be cheaper. What a place is worth to a group is
    /// the level at which it was closed; what is still open at the end is worth the dearest place.
    fn set_potentials(&mut self, fill: &Fill, order: &[(Cost, usize)]) {
        let dearest = order.last().map_or(Cost::default(), |(cost, _)| *cost);
        let groups = self.ways.len();
        for group in fill.into.iter().flatten() {
            let level = fill.groups.level[*group].unwrap_or(dearest);
            self.search.nodes[*group].potential = -level;
        }
        for (cost, pool) in order {
            let level = fill.pools.level[*pool].unwrap_or(dearest);
            self.search.nodes[groups + *pool].potential = *cost - level;
        }
    }
}

impl Fill {
    /// A group with people who wait, from which a chain of moves leads into a pool.
    fn find(&mut self, pool: usize) -> Option<usize> {
        self.turn += 1;
        self.groups.last.clear();
        self.pools.last.clear();
        self.pools.reach(pool, self.turn, NOWHERE);
        let mut next = 0;
        while let Some(at) = self.pools.last.get(next).copied() {
            next += 1;
            for group in &self.into[at] {
                if !self.groups.reach(*group, self.turn, at) {
                    continue;
                }
                if self.waiting[*group] > 0 {
                    return Some(*group);
                }
                for held in &self.holds[*group] {
                    self.pools.reach(*held, self.turn, *group);
                }
            }
        }
        None
    }
}
