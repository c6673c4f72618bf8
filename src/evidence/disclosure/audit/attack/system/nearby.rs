//! A few cells of a large system: those around one, beside a table that holds the others.

use std::collections::{BTreeSet, VecDeque};

use super::{ENDLESS, Range, Row, System};

impl System {
    /// Some cells, where all others have the values of a table that agrees with everything: every
    /// table of these is a part of one of all.
    pub(in super::super) fn beside(&self, cells: &[usize], table: &[i64]) -> System {
        let ranges = cells.iter().map(|cell| self.ranges[*cell]).collect();
        let touched: BTreeSet<usize> =
            cells.iter().flat_map(|cell| self.of_cell[*cell].iter().copied()).collect();
        let row = |at: usize| {
            let row = &self.rows[at];
            let mut known = 0;
            let mut terms = Vec::new();
            for (cell, sign) in &row.terms {
                match cells.binary_search(cell) {
                    Ok(place) => terms.push((place, *sign)),
                    Err(_) => known += sign * table[*cell],
                }
            }
            let high = if row.sum.high >= ENDLESS { ENDLESS } else { row.sum.high - known };
            Row { terms, sum: Range::new(row.sum.low - known, high), ..*row }
        };
        let rows = touched.into_iter().map(row).collect();
        let mut system = System { ranges, rows, of_cell: Vec::new() };
        system.index();
        system
    }

    /// The cells nearest to one over rows, itself among them, no more than so many; ascending.
    pub(in super::super) fn around(&self, cell: usize, most: usize) -> Vec<usize> {
        let mut found = BTreeSet::from([cell]);
        let mut queue = VecDeque::from([cell]);
        while let Some(cell) = queue.pop_front() {
            // A sum of many says least about each: shorter rows come first.
            let mut rows = self.of_cell[cell].clone();
            rows.sort_by_key(|row| (self.rows[*row].terms.len(), *row));
            for (other, _) in rows.into_iter().flat_map(|row| &self.rows[row].terms) {
                if found.len() >= most {
                    return found.into_iter().collect();
                }
                if self.ranges[*other].width() > 1 && found.insert(*other) {
                    queue.push_back(*other);
                }
            }
        }
        found.into_iter().collect()
    }
}
