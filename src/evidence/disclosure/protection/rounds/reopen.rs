//! Showing again what turns out not to be needed.

use super::Rounds;
use super::settle::AGAIN;

impl Rounds<'_> {
    /// Shows each figure again that was withheld for others, dearest first, if the proof does
    /// without.
    pub(super) fn show_again(&mut self) {
        let mut cells = self.secondary();
        cells.retain(|cell| self.retried.is_empty() || self.stands_as_shown(*cell));
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

    /// Whether what stands for the truth of retried cells would be shown in the same words. One
    /// that was found while a figure was withheld may have another text there; of an exact figure
    /// it says nothing, so that whether the two are equal decides nothing.
    fn stands_as_shown(&self, cell: usize) -> bool {
        let (low, high) = self.graph.cells[cell].shown;
        let (least, most) = self.truth.rooms.stand.ends[cell];
        let is_truth = self.truth.rooms.stand.is_truth;
        is_truth || (low < high && low <= least && most <= high)
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
