//! Where one search has been, in marks that need no clearing.

use super::graph::Number;

/// Marks of one search. A mark that is not the number of the search is an old one.
#[derive(Clone)]
pub(super) struct Search {
    turn: u32,
    pool_seen: Vec<u32>,
    class_seen: Vec<u32>,
    /// The arc by which a pool was reached.
    pub(super) to_pool: Vec<Number>,
    /// The arc by which a class was reached.
    pub(super) to_class: Vec<Number>,
    pub(super) queue: Vec<Number>,
    pub(super) pools: Vec<Number>,
}

/// The mark of a pool that no search goes to, whatever its number.
const CLOSED: u32 = u32::MAX;

impl Search {
    /// No search has been anywhere.
    pub(super) fn new(classes: usize, pools: usize) -> Search {
        Search {
            turn: 0,
            pool_seen: vec![0; pools],
            class_seen: vec![0; classes],
            to_pool: vec![0; pools],
            to_class: vec![0; classes],
            queue: Vec::new(),
            pools: Vec::new(),
        }
    }

    /// Keeps every search away from a pool.
    pub(super) fn close(&mut self, pool: Number) {
        self.pool_seen[pool as usize] = CLOSED;
    }

    /// Lets searches go to a pool again.
    pub(super) fn open(&mut self, pool: Number) {
        self.pool_seen[pool as usize] = 0;
    }

    pub(super) fn begin(&mut self) {
        self.turn += 1;
        self.queue.clear();
        self.pools.clear();
    }

    /// Notes that an arc leads to a pool, unless the search has been there.
    pub(super) fn reach_pool(&mut self, pool: Number, arc: Number) -> bool {
        let seen = &mut self.pool_seen[pool as usize];
        let is_new = *seen < self.turn;
        if is_new {
            *seen = self.turn;
            self.to_pool[pool as usize] = arc;
            self.pools.push(pool);
        }
        is_new
    }

    /// Notes that an arc leads to a class, unless the search has been there.
    pub(super) fn reach_class(&mut self, class: Number, arc: Number) -> bool {
        let seen = &mut self.class_seen[class as usize];
        let is_new = *seen != self.turn;
        if is_new {
            *seen = self.turn;
            self.to_class[class as usize] = arc;
        }
        is_new
    }
}
