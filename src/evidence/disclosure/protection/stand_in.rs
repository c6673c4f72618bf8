//! A whole table with the same published texts, in the place of the true one.
//!
//! What is published of a rounded figure is an interval, known before anything is decided. A table
//! of whole numbers within all intervals is found from them and the classes alone. A reader cannot
//! tell it from the true one, so what protects it protects the true one, and the pattern follows
//! from the texts and not from the values (disclosure §10).

mod central;
mod parts;
mod spread;

use super::graph::{Cell, Graph, UNBOUNDED};
use super::rooms::Stand;
pub(super) use spread::{Row, spread};

/// So many single changes of one number at most, for each cell.
const PATIENCE: usize = 60;
/// And in all.
const MOST_CHANGES: usize = 2_000_000;
/// Of so many cells one at most may be withheld for good, so that a stand-in is found.
const GIVEN_UP: usize = 200;
/// So many numbers are looked at to mend one cell.
const LOOKED_AT: usize = 48;

/// Whether figures are rounded, so that what is published of each is an interval.
pub(super) fn is_wanted(graph: &Graph) -> bool {
    graph.cells.iter().any(|cell| {
        let (low, high) = cell.shown;
        cell.withheld.is_some() && low < high && high < UNBOUNDED
    })
}

/// Finds one, and withholds for good the figures that it does not agree with.
pub(super) fn adopt(graph: &mut Graph) -> Option<Stand> {
    let (stand, given_up) = find(graph)?;
    for cell in given_up {
        graph.cells[cell].is_primary = true;
        graph.cells[cell].withhold();
    }
    Some(stand)
}

/// Finds one, from the texts and the classes alone; and a few figures that it does not agree with,
/// which must be withheld for good: texts of large sums that are too near to impossible to be met.
fn find(graph: &Graph) -> Option<(Stand, Vec<usize>)> {
    let (rows, uses) = spread(graph)?;
    let (values, given_up) = match graph.blocks.is_empty() {
        true => find_central(graph, (&rows, &uses), &public_ends(graph))?,
        false => {
            let mut search = Search::new(rows, uses, ends(graph), None);
            search.run().then_some((search.values, Vec::new()))?
        }
    };
    let table: Vec<(usize, i64)> = values.iter().copied().enumerate().collect();
    if !graph.is_level(&table) {
        return None;
    }
    // A figure that is shown exactly has no room of its own, and its class if it is withheld.
    let is_exact = |at: usize| {
        let found = &graph.cells[at];
        found.is_candidate() && found.shown.0 == found.shown.1
    };
    let stands = values.iter().enumerate();
    let stands = stands.map(|(at, v)| if is_exact(at) { graph.cells[at].class } else { (*v, *v) });
    Some((Stand { ends: stands.collect(), is_by_class: false, is_truth: false }, given_up))
}

/// A table with the same texts and classes, well within both.
#[cfg(test)]
pub(in crate::evidence::disclosure) fn alike(graph: &Graph) -> Option<Vec<i64>> {
    let (rows, uses) = spread(graph)?;
    let (values, given_up) = find_central(graph, (&rows, &uses), &ends(graph))?;
    let table: Vec<(usize, i64)> = values.iter().copied().enumerate().collect();
    (given_up.is_empty() && graph.is_level(&table)).then_some(values)
}

/// Finds one that agrees with what is published now, with everything that is withheld by now. Only
/// for sums without a shape.
pub(super) fn find_as_published(graph: &Graph) -> Option<Stand> {
    let (rows, uses) = spread(graph)?;
    let now = |cell: &Cell| (cell.low.max(cell.known.0), cell.high.min(cell.known.1));
    let ends: Vec<(i64, i64)> = graph.cells.iter().map(now).collect();
    let (values, given_up) = find_central(graph, (&rows, &uses), &ends)?;
    let table: Vec<(usize, i64)> = values.iter().copied().enumerate().collect();
    let ends = values.into_iter().map(|value| (value, value)).collect();
    let is_whole = given_up.is_empty() && graph.is_level(&table);
    is_whole.then_some(Stand { ends, is_by_class: false, is_truth: false })
}

/// The least and the greatest value of each cell, by its text and its class.
fn ends(graph: &Graph) -> Vec<(i64, i64)> {
    let within =
        |(low, high): (i64, i64), (least, most): (i64, i64)| (low.max(least), high.min(most));
    let public = public_ends(graph).into_iter().zip(&graph.cells);
    public.map(|(ends, cell)| within(ends, cell.class)).collect()
}

/// By its text alone.
fn public_ends(graph: &Graph) -> Vec<(i64, i64)> {
    let ends = |cell: &Cell| {
        let (low, high) = match cell.withheld {
            Some(withheld) if cell.is_primary => withheld,
            _ => cell.shown,
        };
        (low.max(cell.known.0), high.min(cell.known.1))
    };
    graph.cells.iter().map(ends).collect()
}

/// A table well within its intervals.
fn find_central(
    graph: &Graph,
    (rows, uses): (&[Row], &[Row]),
    ends: &[(i64, i64)],
) -> Option<(Vec<i64>, Vec<usize>)> {
    let start = parts::start(rows, ends, &graph.parts)?;
    let mut search = Search::new(rows.to_vec(), uses.to_vec(), ends.to_vec(), Some(start));
    let mut given_up = Vec::new();
    while !search.run() {
        let outside = search.outside.clone();
        let can_go = |at: &usize| graph.cells[*at].is_candidate();
        let gone: Vec<usize> = outside.into_iter().filter(can_go).collect();
        if gone.is_empty() || given_up.len() + gone.len() > graph.cells.len() / GIVEN_UP {
            return None;
        }
        for at in gone {
            search.ends[at] = graph.cells[at].withheld.unwrap_or(search.ends[at]);
            search.place(at);
            given_up.push(at);
        }
    }
    let Search { mut values, ends, .. } = search;
    central::centre(&mut values, (rows, uses), &ends);
    Some((values, given_up))
}

/// Free numbers are changed one by one until every cell is within its interval; a cell that stays
/// outside weighs more and more.
struct Search {
    rows: Vec<Row>,
    /// For each cell that is free the cells that it is part of.
    uses: Vec<Row>,
    ends: Vec<(i64, i64)>,
    values: Vec<i64>,
    weights: Vec<i64>,
    outside: Vec<usize>,
    /// The place in `outside`.
    places: Vec<Option<usize>>,
}

impl Search {
    /// Begins at a table, of which free numbers count, or in the middle of every interval.
    fn new(
        rows: Vec<Row>,
        uses: Vec<Row>,
        ends: Vec<(i64, i64)>,
        first: Option<Vec<i64>>,
    ) -> Search {
        let size = rows.len();
        let start = |at: usize| match ends[at] {
            _ if uses[at].is_empty() => 0,
            (low, _) if low <= -UNBOUNDED => 0,
            (low, high) if high >= UNBOUNDED => low.max(0),
            (low, high) => low + (high - low).max(0) / 2,
        };
        let free = first.unwrap_or_else(|| (0..size).map(start).collect());
        let sum = |row: &Row| row.iter().map(|(at, by)| free[*at] * by).sum();
        let mut search = Search {
            values: rows.iter().map(sum).collect(),
            weights: vec![1; size],
            outside: Vec::new(),
            places: vec![None; size],
            rows,
            uses,
            ends,
        };
        (0..size).for_each(|at| search.place(at));
        search
    }

    /// Whether everything is within in the end.
    fn run(&mut self) -> bool {
        if self.ends.iter().any(|(low, high)| low > high) {
            return false;
        }
        for step in 0..(self.rows.len() * PATIENCE).min(MOST_CHANGES) {
            let Some(&at) = self.outside.get(step % self.outside.len().max(1)) else {
                return true;
            };
            let is_low = self.values[at] < self.ends[at].0;
            let row = &self.rows[at];
            let turn = (step * LOOKED_AT) % row.len().max(1);
            let looked_at = row.iter().cycle().skip(turn).take(row.len().min(LOOKED_AT));
            let sign = if is_low { 1 } else { -1 };
            let best = looked_at
                .map(|&(free, by)| (self.gain(free, sign * by.signum()), free, sign * by.signum()))
                .max_by_key(|(gain, free, _)| (*gain, std::cmp::Reverse(*free)));
            match best {
                Some((gain, free, by)) if gain > 0 => self.change(free, by),
                _ => self.weights[at] += 1,
            }
        }
        false
    }

    /// How far a value is outside.
    fn miss(&self, at: usize, value: i64) -> i64 {
        let (low, high) = self.ends[at];
        (low - value).max(value - high).max(0)
    }

    /// What a change of a free number mends.
    fn gain(&self, free: usize, by: i64) -> i64 {
        let gain = |&(at, times): &(usize, i64)| {
            let value = self.values[at];
            self.weights[at] * (self.miss(at, value) - self.miss(at, value + times * by))
        };
        self.uses[free].iter().map(gain).sum()
    }

    fn change(&mut self, free: usize, by: i64) {
        for place in 0..self.uses[free].len() {
            let (at, times) = self.uses[free][place];
            self.values[at] += times * by;
            self.place(at);
        }
    }

    /// Notes whether a cell is outside.
    fn place(&mut self, at: usize) {
        match (self.miss(at, self.values[at]) > 0, self.places[at]) {
            (true, None) => {
                self.places[at] = Some(self.outside.len());
                self.outside.push(at);
            }
            (false, Some(place)) => {
                self.outside.swap_remove(place);
                if let Some(&moved) = self.outside.get(place) {
                    self.places[moved] = Some(place);
                }
                self.places[at] = None;
            }
            _ => {}
        }
    }
}
