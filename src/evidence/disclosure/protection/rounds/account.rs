//! The last check against the true values, and what there is to tell in a private report.

use std::collections::{BTreeMap, BTreeSet};

use super::super::graph::{Graph, Need, UNBOUNDED};
use super::super::rooms::Stand;
use super::settle::FARTHEST;
use super::{Proof, Rounds};

impl Rounds<'_> {
    /// Whether the proof of a cell holds for the true table: every other table that it counts is
    /// within what the reader knows. Sums were checked when each change came in.
    pub(super) fn holds(&self, reader: usize, cell: usize) -> bool {
        let proof = self.proof(self.is_by_truth(reader, cell));
        let reader = &self.readers[reader];
        let found = &self.graph.cells[cell];
        let width = match found.need {
            None => return true,
            Some(Need::Width(width)) => width,
            Some(_) => 1,
        };
        let base = |cell: usize| match proof.rooms.stand.ends[cell] {
            (least, most) if least == most => least,
            _ => self.graph.cells[cell].value,
        };
        let mut values = BTreeSet::from([base(cell)]);
        let is_width = matches!(found.need, Some(Need::Width(_)));
        for (change, _) in proof.pool.of(cell) {
            if is_width && values.len() as i64 > width {
                return true;
            }
            let by = super::super::witness::by(change, cell);
            let times = proof.rooms.times(reader, change);
            if by == 0 || times == 0 {
                continue;
            }
            let counts = (1..=times.min(width)).chain([times.min(UNBOUNDED >> 10)]);
            for times in counts.filter(|times| *times > 0) {
                let is_possible = change.iter().all(|&(other, by)| {
                    let (low, high) = reader.bounds(self.graph, other);
                    (low..=high).contains(&(base(other) + by * times))
                });
                if is_possible {
                    values.insert(base(cell) + by * times);
                }
            }
        }
        let reaches = |low: i64, high: i64| {
            values.first().is_some_and(|least| *least <= low)
                && values.last().is_some_and(|most| *most >= high)
        };
        match found.need {
            Some(Need::Span(low, high)) => reaches(low, high),
            Some(Need::Around(down, up)) => reaches(base(cell) - down, base(cell) + up),
            _ => values.len() as i64 > width,
        }
    }

    /// Checks every proof against the true table. What does not hold is open; nothing should be.
    pub(super) fn verify(&mut self) {
        for reader in 0..self.readers.len() {
            for cell in self.secrets(reader) {
                if !self.open.contains(&cell) && !self.holds(reader, cell) {
                    self.open.insert(cell);
                }
            }
        }
    }

    /// Which open cells are too narrow by what earlier releases tell alone.
    pub(super) fn lost(&self, before: &Graph) -> BTreeSet<usize> {
        let mut lost = BTreeSet::new();
        if self.open.is_empty() {
            return lost;
        }
        let mut graph = before.clone();
        for cell in &mut graph.cells {
            (cell.low, cell.high) = cell.known;
        }
        let moves = super::Moves::new(&graph);
        let [main, truth] = [0; 2].map(|_| Proof::new(&graph, &moves, Stand::of_truth(&graph)));
        let readers = self
            .readers
            .iter()
            .map(|reader| super::Reader { knows: reader.knows.clone(), owns: reader.owns.clone() })
            .collect();
        let mut rounds = Rounds {
            graph: &mut graph,
            readers,
            suits: self.suits.clone(),
            moves,
            main,
            truth,
            retried: self.open.clone(),
            open: BTreeSet::new(),
        };
        for reader in 0..self.readers.len() {
            for cell in self.open.iter().filter(|cell| !self.readers[reader].owns.contains(cell)) {
                if !rounds.prove(reader, *cell, (true, FARTHEST)) {
                    lost.insert(*cell);
                }
            }
        }
        lost
    }

    /// For each cell that is withheld for others a sensitive one whose proof needs it.
    pub(super) fn protected_by(&self) -> BTreeMap<usize, usize> {
        let reason = |cell: &usize| {
            let proofs = [&self.main, &self.truth].into_iter();
            let changes = proofs.flat_map(|proof| proof.pool.of(*cell));
            let moved = changes.min_by_key(|(change, _)| change.len())?.0.iter();
            let mut sensitive = moved.filter(|(other, _)| self.graph.cells[*other].need.is_some());
            sensitive.next().map(|(other, _)| (*cell, *other))
        };
        self.secondary().iter().filter_map(reason).collect()
    }

    /// What somebody from outside was proved to have to think possible of each sensitive cell.
    #[cfg(test)]
    pub(super) fn left(&self) -> BTreeMap<usize, (i64, i64)> {
        let outsider = super::Reader::default();
        let sensitive = (0..self.graph.cells.len()).filter(|c| self.graph.cells[*c].need.is_some());
        let interval = |cell: usize| {
            let proof = if self.retried.contains(&cell) { &self.truth } else { &self.main };
            let base = match proof.rooms.stand.ends[cell] {
                (least, most) if least == most => least,
                _ => self.graph.cells[cell].value,
            };
            let reach = proof.pool.reach(&proof.rooms, &outsider, cell, 1);
            let end = |by: i64| base.saturating_add(by).clamp(-UNBOUNDED, UNBOUNDED);
            (cell, (end(reach.least), end(reach.most)))
        };
        sensitive.map(interval).collect()
    }
}
