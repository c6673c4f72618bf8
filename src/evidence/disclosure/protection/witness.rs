//! Other tables that agree with everything published: each one proves what is still possible.

use std::collections::BTreeSet;

use super::graph::{Graph, Need, Reader};
use super::quotients::divisor;
use super::rooms::Rooms;

/// No further from where a cell stands are values looked for between others.
const BETWEEN: i64 = 8;

/// A change of the table, by cell, ascending; nobody is left out and none is nought.
pub(super) type Change = Vec<(usize, i64)>;

/// By how much a cell can differ from where it stands.
#[derive(Default)]
pub(super) struct Reach {
    pub(super) least: i64,
    pub(super) most: i64,
    /// Different values, besides where it stands, in so far as they matter.
    values: BTreeSet<i64>,
}

impl Reach {
    /// How many values there are besides where it stands.
    pub(super) fn count(&self) -> i64 {
        self.values.len() as i64
    }

    /// Values between the least and the greatest that were not reached, the nearest ends only.
    pub(super) fn left_out(&self) -> impl Iterator<Item = i64> {
        let ends = self.least.max(-BETWEEN)..=self.most.min(BETWEEN);
        ends.filter(|by| *by != 0 && !self.values.contains(by))
    }
}

/// All changes that were found. Each was checked in whole numbers when it came in.
pub(super) struct Pool {
    changes: Vec<Change>,
    /// How many times each is possible for somebody from outside.
    times: Vec<i64>,
    /// For each cell the changes that move it.
    moving: Vec<Vec<usize>>,
}

impl Pool {
    /// An empty pool for a graph with so many cells.
    pub(super) fn new(cells: usize) -> Pool {
        Pool { changes: Vec::new(), times: Vec::new(), moving: vec![Vec::new(); cells] }
    }

    /// Takes a change in if it leaves every equation true; one that is another so many times counts
    /// as the other.
    pub(super) fn add(&mut self, graph: &Graph, rooms: &Rooms, mut change: Change) {
        if change.is_empty() || !graph.is_level(&change) {
            return;
        }
        let times = change.iter().fold(0, |times, (_, by)| divisor(times, *by));
        for (cell, by) in &mut change {
            *by /= times;
            self.moving[*cell].push(self.changes.len());
        }
        self.times.push(rooms.times(&Reader::default(), &change));
        self.changes.push(change);
    }

    /// What the changes tell of a cell for a reader, no more than `width` times each.
    pub(super) fn reach(&self, rooms: &Rooms, reader: &Reader, cell: usize, width: i64) -> Reach {
        let mut reach = Reach::default();
        for &at in &self.moving[cell] {
            let times = self.possible(rooms, reader, at);
            let by = by(&self.changes[at], cell);
            if times == 0 || by == 0 {
                continue;
            }
            let end = by.saturating_mul(times);
            reach.least = reach.least.min(end);
            reach.most = reach.most.max(end);
            reach.values.extend((1..=times.min(width)).map(|times| by * times));
        }
        reach
    }

    /// How many times a change is possible for the reader.
    fn possible(&self, rooms: &Rooms, reader: &Reader, at: usize) -> i64 {
        if reader.knows.is_empty() || self.times[at] == 0 {
            return self.times[at];
        }
        let mut possible = self.times[at];
        let change = &self.changes[at];
        let mut narrow = |cell: usize, by: i64| {
            if possible > 0 && by != 0 {
                possible = possible.min(rooms.of(reader, cell).times(by));
            }
        };
        // Whichever is shorter is gone through.
        if reader.knows.len() < change.len() {
            reader.knows.keys().for_each(|cell| narrow(*cell, by(change, *cell)));
        } else {
            let known = change.iter().filter(|(cell, _)| reader.knows.contains_key(cell));
            known.for_each(|(cell, by)| narrow(*cell, *by));
        }
        possible
    }

    /// Whether the changes prove what a cell needs.
    pub(super) fn proves(
        &self,
        graph: &Graph,
        rooms: &Rooms,
        reader: &Reader,
        cell: usize,
    ) -> bool {
        match graph.cells[cell].need {
            None => true,
            Some(Need::Width(width)) => {
                let mut values = BTreeSet::new();
                self.moving[cell].iter().any(|&at| {
                    let by = by(&self.changes[at], cell);
                    let times = self.possible(rooms, reader, at).min(width);
                    values.extend((1..=times).map(|times| by * times).filter(|by| *by != 0));
                    values.len() as i64 >= width
                })
            }
            Some(Need::Span(low, high)) => {
                let (least, most) = rooms.stand.ends[cell];
                let reach = self.reach(rooms, reader, cell, 1);
                most.saturating_add(reach.least) <= low && least.saturating_add(reach.most) >= high
            }
            Some(Need::Around(down, up)) => {
                let reach = self.reach(rooms, reader, cell, 1);
                reach.least <= -down && reach.most >= up
            }
        }
    }

    /// After a cell was shown or withheld: counts again how many times each change is possible that
    /// moves it. Returns the cells that lose by it.
    pub(super) fn recount(&mut self, rooms: &Rooms, cell: usize) -> BTreeSet<usize> {
        let mut losing = BTreeSet::new();
        for &at in &self.moving[cell] {
            let times = rooms.times(&Reader::default(), &self.changes[at]);
            if times < self.times[at] {
                losing.extend(self.changes[at].iter().map(|(cell, _)| *cell));
            }
            self.times[at] = times;
        }
        losing
    }

    /// All changes that move a cell, possible now or not.
    pub(super) fn all_of(&self, cell: usize) -> impl Iterator<Item = &Change> {
        self.moving[cell].iter().map(|at| &self.changes[*at])
    }

    /// Every cell that is moved by a change which also moves one of these.
    pub(super) fn moved_with(&self, cells: impl Iterator<Item = usize>) -> BTreeSet<usize> {
        let changes: BTreeSet<usize> = cells.flat_map(|cell| &self.moving[cell]).copied().collect();
        changes.into_iter().flat_map(|at| &self.changes[at]).map(|(cell, _)| *cell).collect()
    }

    /// The changes that are possible and move a cell.
    pub(super) fn of(&self, cell: usize) -> impl Iterator<Item = (&Change, i64)> {
        let all = self.moving[cell].iter().map(|at| (&self.changes[*at], self.times[*at]));
        all.filter(|(_, times)| *times > 0)
    }
}

/// By how much a change moves a cell.
pub(super) fn by(change: &Change, cell: usize) -> i64 {
    change.binary_search_by_key(&cell, |(cell, _)| *cell).map_or(0, |place| change[place].1)
}
