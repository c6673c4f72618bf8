//! Showing again what turns out not to be needed.

use super::Rounds;
use super::settle::AGAIN;

impl Rounds<'_> {
    /// Shows each figure again that was withheld for others, dearest first, if the proof does
    /// without.
    pub(super) fn show_again(&mut self) {
        let mut cells = self.secondary();
        cells.sort_by_key(|cell| (-self.graph.cells[*cell].weight, *cell));
        for cell in cells {
            let losing = self.publish(cell, false);
            let is_sensitive = |other: &usize| self.graph.cells[*other].need.is_some();
            let losing: Vec<usize> = losing.into_iter().filter(is_sensitive).collect();
            let is_safe = losing.iter().all(|other| self.is_still_proved(*other));
            if !is_safe {
                self.publish(cell, true);
            }
        }
    }

    /// Cells that are withheld for others.
    pub(super) fn secondary(&self) -> Vec<usize> {
        let is_secondary = |cell: &usize| {
            let found = &self.graph.cells[*cell];
            found.is_withheld && !found.is_primary && found.withheld.is_some()
        };
        (0..self.graph.cells.len()).filter(is_secondary).collect()
    }

    /// Whether a cell has what it needs for everybody, if need be by another proof.
    fn is_still_proved(&mut self, cell: usize) -> bool {
        (0..self.readers.len()).all(|reader| {
            self.readers[reader].owns.contains(&cell)
                || self.is_proved(reader, cell)
                || self.prove(reader, cell, (self.is_by_truth(reader, cell), AGAIN))
        })
    }
}
