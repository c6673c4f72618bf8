//! The matching of people to places as a problem in whole numbers, apart from any market.
//!
//! Knows rows, pools and who fits where, and nothing of areas or needs. Every answer is unique: it
//! does not depend on the order of services or on which of several equal assignments was found.
//! Start reading at [`Instance`], then `augment`.

mod augment;

use super::position::Position;

pub(in crate::evidence::analysis) use augment::priority;

/// People in rows, places in pools, and which rows fit which pools.
#[derive(Clone)]
pub(in crate::evidence) struct Instance {
    /// People of each row.
    need: Vec<u32>,
    /// Rows in order of priority.
    order: Vec<usize>,
    /// Places in each pool.
    capacity: Vec<u32>,
    /// Pools that each row fits.
    fits: Vec<Vec<usize>>,
}

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
        let fits = (0..position.need.len())
            .map(|row| {
                // Services without places cannot take part in any chain of moves.
                (0..position.services.len())
                    .filter(|at| position.need[row] > 0 && position.capacity[*at] > 0)
                    .filter(|at| position.fits(row, *at))
                    .collect()
            })
            .collect();
        Instance {
            need: position.need.clone(),
            order: priority(&position.market.placements),
            capacity: position.capacity.clone(),
            fits,
        }
    }

    /// People placed by row: most people home, and among equals whoever has waited longest.
    pub(in crate::evidence) fn place(&self) -> Vec<u32> {
        augment::assign(&self.need, &self.order, &self.capacity, &self.fits)
    }

    /// The most people of these rows that the places could take: F of gap-analysis §5.
    pub(in crate::evidence) fn most(&self, rows: &[usize]) -> u32 {
        augment::assign(&self.need, rows, &self.capacity, &self.fits).iter().sum()
    }

    /// The contention range of these rows (gap-analysis §5.1).
    pub(in crate::evidence) fn contention(&self, rows: &[usize]) -> Contention {
        let people: u32 = rows.iter().map(|row| self.need[*row]).sum();
        let mut others = vec![true; self.need.len()];
        for row in rows {
            others[*row] = false;
        }
        let others: Vec<usize> = (0..others.len()).filter(|row| others[*row]).collect();
        let left = self.most(&self.order) - self.most(&others);
        Contention { low: people - self.most(rows), high: people - left }
    }
}
