//! Who holds which places, and the search for chains of moves that end at a free place.

use super::graph::{Graph, Number};
use super::search::Search;

/// Places held along each arc. Made once and used again: no search allocates.
///
/// A place that nobody can reach any more is found once: every pool that a failed search has seen
/// is closed for good, because no later chain of moves can find a free place through it. That keeps
/// a whole run near linear in the number of arcs (gap-analysis §12).
#[derive(Clone)]
pub(super) struct Flow {
    /// People along each arc.
    people: Vec<u32>,
    /// Places left in each pool.
    free: Vec<u32>,
    /// People of each class who hold a place.
    served: Vec<u32>,
    /// Arcs with people, pool by pool, each from the slot of its pool on.
    holders: Vec<Number>,
    /// How many arcs hold places of each pool.
    held_by: Vec<u32>,
    /// Pools from which no free place can be reached any more.
    closed: Vec<bool>,
    /// The closed pools one by one, so that they can be opened again.
    shut: Vec<Number>,
    /// Every change since the last rest, so that it can be taken back.
    journal: Vec<(Number, i64)>,
    search: Search,
    /// For each class, how many of its first arcs lead to full pools, as found since which undo.
    passed: Vec<(u32, u32)>,
    /// How often changes were taken back.
    undone: u32,
}

impl Flow {
    /// Nobody holds a place.
    pub(super) fn new(graph: &Graph) -> Flow {
        let (classes, pools) = (graph.classes(), graph.pools());
        Flow {
            people: vec![0; graph.arcs()],
            free: graph.capacity().to_vec(),
            served: vec![0; classes],
            holders: vec![0; graph.slots()],
            held_by: vec![0; pools],
            closed: vec![false; pools],
            shut: Vec::new(),
            journal: Vec::new(),
            search: Search::new(classes, pools),
            passed: vec![(0, 0); classes],
            undone: 0,
        }
    }

    /// People of a class who hold a place.
    pub(super) fn served(&self, class: Number) -> u32 {
        self.served[class as usize]
    }

    /// People along an arc.
    pub(super) fn people(&self, arc: Number) -> u32 {
        self.people[arc as usize]
    }

    /// Places left in a pool.
    pub(super) fn free(&self, pool: Number) -> u32 {
        self.free[pool as usize]
    }

    /// Whether a failed search has closed a pool: it is full, and somebody waits for it.
    pub(super) fn is_closed(&self, pool: Number) -> bool {
        self.closed[pool as usize]
    }

    /// Takes this state as the one to go back to. It still tells which pools are closed, but no
    /// longer keeps searches from them: whoever leaves one makes room in it.
    pub(super) fn rest(&mut self) {
        self.journal.clear();
        for pool in self.shut.drain(..) {
            self.search.open(pool);
        }
    }

    /// Goes back to the last state of rest.
    pub(super) fn undo(&mut self, graph: &Graph) {
        while let Some((arc, by)) = self.journal.pop() {
            self.change(graph, arc, -by);
        }
        for pool in self.shut.drain(..) {
            self.closed[pool as usize] = false;
            self.search.open(pool);
        }
        self.undone += 1;
    }

    /// Closes the pools that the last search has seen.
    fn close_seen(&mut self) {
        let begin = self.shut.len();
        self.shut.append(&mut self.search.pools);
        for pool in &self.shut[begin..] {
            self.closed[*pool as usize] = true;
            self.search.close(*pool);
        }
    }

    /// Lets people take places along an arc, or give them back.
    pub(super) fn shift(&mut self, graph: &Graph, arc: Number, by: i64) {
        self.change(graph, arc, by);
        self.journal.push((arc, by));
    }

    fn change(&mut self, graph: &Graph, arc: Number, by: i64) {
        let (class, pool) = (graph.class_of(arc), graph.pool_of(arc));
        let add = |count: &mut u32, by: i64| {
            *count = u32::try_from(i64::from(*count) + by).expect("no more leave than are there");
        };
        let people = &mut self.people[arc as usize];
        let before = *people;
        add(people, by);
        let after = *people;
        add(&mut self.served[class as usize], by);
        add(&mut self.free[pool as usize], -by);
        let begin = graph.slot(pool);
        let count = &mut self.held_by[pool as usize];
        if before == 0 && after > 0 {
            self.holders[begin + *count as usize] = arc;
            *count += 1;
        } else if before > 0 && after == 0 {
            let held = &mut self.holders[begin..begin + *count as usize];
            let at = held.iter().position(|holder| *holder == arc).expect("it held places");
            let last = held.len() - 1;
            held.swap(at, last);
            *count -= 1;
        }
    }

    /// Finds places for up to `wanted` more people of a class along one chain of moves; returns for
    /// how many, and closes what it saw if there is none.
    pub(super) fn augment(&mut self, graph: &Graph, class: Number, wanted: u32) -> u32 {
        self.search.begin();
        self.search.reach_class(class, Number::MAX);
        self.search.queue.push(class);
        while let Some(at) = self.search.queue.pop() {
            if let Some(arc) = self.first_free(graph, at) {
                return self.move_forward(graph, class, arc, wanted);
            }
            for (arc, pool) in graph.arcs_of(at) {
                if !self.search.reach_pool(pool, arc) {
                    continue;
                }
                let begin = graph.slot(pool);
                for slot in begin..begin + self.held_by[pool as usize] as usize {
                    let held = self.holders[slot];
                    let holder = graph.class_of(held);
                    if self.search.reach_class(holder, held) {
                        self.search.queue.push(holder);
                    }
                }
            }
        }
        self.close_seen();
        0
    }

    /// The first arc of a class to a pool with free places. While people only come, a full pool
    /// stays full, so each search goes on where the last one ended.
    fn first_free(&mut self, graph: &Graph, class: Number) -> Option<Number> {
        let (since, passed) = &mut self.passed[class as usize];
        if *since != self.undone {
            (*since, *passed) = (self.undone, 0);
        }
        for (arc, pool) in graph.arcs_of(class).skip(*passed as usize) {
            if self.free[pool as usize] > 0 {
                return Some(arc);
            }
            *passed += 1;
        }
        None
    }

    /// Carries out the chain of moves from a class to an arc that leads to a free place.
    fn move_forward(&mut self, graph: &Graph, class: Number, last: Number, wanted: u32) -> u32 {
        let mut people = wanted.min(self.free[graph.pool_of(last) as usize]);
        let mut at = graph.class_of(last);
        while at != class {
            let left = self.search.to_class[at as usize];
            people = people.min(self.people[left as usize]);
            let entered = self.search.to_pool[graph.pool_of(left) as usize];
            at = graph.class_of(entered);
        }
        // From the free end back, so that no pool is ever over full.
        let mut entered = last;
        loop {
            let at = graph.class_of(entered);
            if at == class {
                self.shift(graph, entered, i64::from(people));
                return people;
            }
            let left = self.search.to_class[at as usize];
            self.shift(graph, left, -i64::from(people));
            self.shift(graph, entered, i64::from(people));
            entered = self.search.to_pool[graph.pool_of(left) as usize];
        }
    }

    /// Fills up to all free places of a pool with people who wait, along one chain of moves found
    /// from its end. `waiting` tells how many of a class wait, `is_out` which pools no chain can
    /// come from. Returns for how many; if for none, the pools that it saw are in `last_seen`.
    pub(super) fn fill(
        &mut self,
        graph: &Graph,
        pool: Number,
        waiting: impl Fn(&Flow, Number) -> u32,
        is_out: impl Fn(&Flow, Number) -> bool,
    ) -> u32 {
        self.search.begin();
        self.search.reach_pool(pool, Number::MAX);
        let mut next = 0;
        while let Some(at) = self.search.pools.get(next).copied() {
            next += 1;
            for arc in graph.arcs_into(at) {
                let class = graph.class_of(*arc);
                if !self.search.reach_class(class, *arc) {
                    continue;
                }
                let count = waiting(self, class);
                if count > 0 {
                    return self.move_back(graph, pool, class, count);
                }
                for (held, from) in graph.arcs_of(class) {
                    if self.people[held as usize] > 0 && !is_out(self, from) {
                        self.search.reach_pool(from, held);
                    }
                }
            }
        }
        0
    }

    /// The pools that the last search has seen.
    pub(super) fn last_seen(&self) -> &[Number] {
        &self.search.pools
    }

    /// Carries out the chain of moves that begins with a class and ends in a pool with free places.
    fn move_back(&mut self, graph: &Graph, last: Number, class: Number, wanted: u32) -> u32 {
        let mut people = wanted.min(self.free[last as usize]);
        let mut pool = graph.pool_of(self.search.to_class[class as usize]);
        while pool != last {
            let left = self.search.to_pool[pool as usize];
            people = people.min(self.people[left as usize]);
            pool = graph.pool_of(self.search.to_class[graph.class_of(left) as usize]);
        }
        let mut at = class;
        loop {
            let entered = self.search.to_class[at as usize];
            let pool = graph.pool_of(entered);
            if pool == last {
                self.shift(graph, entered, i64::from(people));
                return people;
            }
            let left = self.search.to_pool[pool as usize];
            self.shift(graph, left, -i64::from(people));
            self.shift(graph, entered, i64::from(people));
            at = graph.class_of(left);
        }
    }
}
