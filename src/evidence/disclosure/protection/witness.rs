//! Other tables that agree with everything published: each one proves what is still possible.

use std::collections::BTreeSet;

use super::graph::{Graph, Need};

/// A change of the true table, by cell, ascending.
pub(super) type Change = Vec<(usize, i64)>;

/// All that were found for one reader. Each was checked in whole numbers when it came in.
pub(super) struct Pool {
    changes: Vec<Change>,
    is_valid: Vec<bool>,
    /// For each cell the changes that move it.
    moving: Vec<Vec<usize>>,
}

impl Pool {
    /// An empty pool for a graph with so many cells.
    pub(super) fn new(cells: usize) -> Pool {
        Pool { changes: Vec::new(), is_valid: Vec::new(), moving: vec![Vec::new(); cells] }
    }

    /// Takes a change in.
    pub(super) fn add(&mut self, change: Change) {
        for (cell, _) in &change {
            self.moving[*cell].push(self.changes.len());
        }
        self.changes.push(change);
        self.is_valid.push(true);
    }

    /// By how much a cell can differ from the truth; the truth itself is one of them.
    pub(super) fn reached(&self, cell: usize) -> BTreeSet<i64> {
        let valid = self.moving[cell].iter().filter(|at| self.is_valid[**at]);
        let by = valid.filter_map(|at| moved(&self.changes[*at], cell));
        by.chain([0]).collect()
    }

    /// Whether the changes prove what a cell needs.
    pub(super) fn proves(&self, graph: &Graph, cell: usize) -> bool {
        let value = graph.cells[cell].value;
        match graph.cells[cell].need {
            None => true,
            Some(Need::Width(width)) => self.reached(cell).len() as i64 > width,
            Some(Need::Span(low, high)) => {
                let reached = self.reached(cell);
                reached.first().is_some_and(|least| value + least <= low)
                    && reached.last().is_some_and(|most| value + most >= high)
            }
        }
    }

    /// Sets aside the changes that move a cell out of an interval around the truth. Returns them.
    pub(super) fn set_aside(&mut self, cell: usize, low: i64, high: i64) -> Vec<usize> {
        let outside = |at: &usize| {
            self.is_valid[*at]
                && moved(&self.changes[*at], cell).is_some_and(|by| by < low || by > high)
        };
        let found: Vec<usize> = self.moving[cell].iter().copied().filter(outside).collect();
        for at in &found {
            self.is_valid[*at] = false;
        }
        found
    }

    /// Takes changes back that were set aside.
    pub(super) fn restore(&mut self, set_aside: &[usize]) {
        for at in set_aside {
            self.is_valid[*at] = true;
        }
    }

    /// Cells that some changes move.
    pub(super) fn moved_by(&self, changes: &[usize]) -> BTreeSet<usize> {
        changes.iter().flat_map(|at| &self.changes[*at]).map(|(cell, _)| *cell).collect()
    }
}

fn moved(change: &Change, cell: usize) -> Option<i64> {
    change.binary_search_by_key(&cell, |(cell, _)| *cell).ok().map(|place| change[place].1)
}
