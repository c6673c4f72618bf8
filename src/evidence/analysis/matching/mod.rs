//! The matching of people to places as a problem in whole numbers, apart from any market.
//!
//! Knows rows, pools and who fits where, and nothing of areas or needs. Every answer is unique: it
//! does not depend on the order of services or on which of several equal assignments was found.
//! Rows that fit the same pools for the same reasons are one class, services that take the same
//! people one pool. Start reading at [`Instance`], then `flow`; `compile` makes an instance of a
//! market.

mod compile;
mod contend;
mod flow;
mod graph;
mod kinds;
mod priority;
mod search;
#[cfg(test)]
mod tests;

use super::position::Position;
use graph::{Graph, Lists};

pub(in crate::evidence) use contend::Optimum;
pub(in crate::evidence) use graph::Number;
pub(in crate::evidence::analysis) use priority::priority;

/// People in rows, places in pools, and which rows fit which pools.
#[derive(Clone)]
pub(in crate::evidence) struct Instance {
    /// People of each row.
    need: Vec<u32>,
    /// Rows in order of priority.
    order: Vec<Number>,
    /// The class of each row; [`NO_CLASS`] for rows without people and for those that fit nothing
    /// whatever the services.
    class_of: Vec<Number>,
    /// Rows by class.
    rows: Lists,
    /// Services by pool.
    services: Lists,
    graph: Graph,
}

/// Stands for the class of a row that has none.
const NO_CLASS: Number = Number::MAX;

/// How many of a group stay without a place, whatever the order in which places are given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct Contention {
    /// If the group has first call on every place.
    pub(in crate::evidence) low: u32,
    /// If everybody else has.
    pub(in crate::evidence) high: u32,
}

impl Instance {
    /// The problem that a position sets.
    pub(in crate::evidence) fn new(position: &Position) -> Instance {
        compile::compile(position)
    }

    /// People placed by row: most people home, and among equals whoever has waited longest.
    pub(in crate::evidence) fn place(&self) -> Vec<u32> {
        self.solve().placed
    }

    /// The best assignment, kept so that ranges can be asked of it.
    pub(in crate::evidence) fn solve(&self) -> Optimum {
        Optimum::of(self)
    }

    #[cfg(test)]
    /// The most people of these rows that the places could take: F of gap-analysis §5.
    pub(in crate::evidence) fn most(&self, rows: &[usize]) -> u32 {
        let people: u32 = rows.iter().map(|row| self.need[*row]).sum();
        people - self.lows(&[rows.to_vec()])[0]
    }

    /// The contention range of these rows (gap-analysis §5.1). No row may come twice.
    #[cfg(test)]
    pub(in crate::evidence) fn contention(&self, rows: &[usize]) -> Contention {
        self.contentions(&[rows.to_vec()])[0]
    }

    /// The contention range of each group; a row may be in several groups, in each once.
    #[cfg(test)]
    pub(in crate::evidence) fn contentions(&self, groups: &[Vec<usize>]) -> Vec<Contention> {
        let lows = self.lows(groups);
        let highs = self.highs(&self.solve(), groups);
        lows.into_iter().zip(highs).map(|(low, high)| Contention { low, high }).collect()
    }

    /// People of a row.
    pub(in crate::evidence) fn need(&self, row: usize) -> u32 {
        self.need[row]
    }

    /// The class of a row; none if nobody of it needs a place, or their needs are unknown and so no
    /// service can be said to meet them.
    pub(in crate::evidence) fn class_of(&self, row: usize) -> Option<Number> {
        let class = self.class_of[row];
        (class != NO_CLASS).then_some(class)
    }

    /// How many classes there are; they are numbered from 0.
    pub(in crate::evidence) fn classes(&self) -> usize {
        self.graph.classes()
    }

    /// The rows of a class: alike in everything that decides where they fit.
    #[cfg(test)]
    pub(in crate::evidence) fn rows_in(&self, class: Number) -> &[Number] {
        self.rows.get(class)
    }

    /// The pools that the people of a class fit.
    pub(in crate::evidence) fn pools_of(&self, class: Number) -> &[Number] {
        self.graph.pools_of(class)
    }

    /// How many pools there are; they are numbered from 0.
    pub(in crate::evidence) fn pools(&self) -> usize {
        self.graph.pools()
    }

    /// The services of a pool, as numbers into the services of the position: alike in everything
    /// but their ids, their prices and how many places each has.
    pub(in crate::evidence) fn services_in(&self, pool: Number) -> &[Number] {
        self.services.get(pool)
    }

    /// Places in a pool: those of its services together.
    #[cfg(test)]
    pub(in crate::evidence) fn capacity(&self, pool: Number) -> u32 {
        self.graph.capacity()[pool as usize]
    }

    /// How many pairs of a class and a pool fit.
    pub(in crate::evidence) fn arcs(&self) -> usize {
        self.graph.arcs()
    }
}
