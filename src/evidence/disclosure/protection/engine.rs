//! The attack on one cell, and the cheapest repair, as linear programmes over the graph.

mod search;

use super::graph::{Graph, Need, Reader, UNBOUNDED};
use super::simplex::Simplex;
use super::witness::{Change, Pool};

/// A float this close to a whole number stands for it.
const WHOLE: f64 = 1e-6;

/// The variables of a cell: the change of its value.
#[derive(Clone, Copy)]
enum Variables {
    /// Known: no change is possible.
    None,
    /// One for both directions.
    One(usize),
    /// One for each direction, because moving it costs something either way.
    Two(usize, usize),
}

/// The graph as linear programmes for one reader.
pub(super) struct Engine {
    simplex: Simplex,
    variables: Vec<Variables>,
    /// The variable of what a repair costs, as a negative number.
    cost: usize,
}

impl Engine {
    /// Of the cells whose value the reader does not know; `all` adds those that could be withheld.
    pub(super) fn new(graph: &Graph, reader: &Reader, all: bool) -> Engine {
        let mut count = 0;
        let mut next = || {
            count += 1;
            count - 1
        };
        let variables: Vec<Variables> = (0..graph.cells.len())
            .map(|cell| {
                let (low, high) = reader.bounds(graph, cell);
                if all && graph.cells[cell].is_candidate() && !reader.knows.contains_key(&cell) {
                    Variables::Two(next(), next())
                } else if low < high {
                    Variables::One(next())
                } else {
                    Variables::None
                }
            })
            .collect();
        let cost = next();
        let mut equations = Vec::new();
        for equation in &graph.equations {
            let mut terms = Vec::new();
            for &(cell, by) in equation {
                match variables[cell] {
                    Variables::None => {}
                    Variables::One(one) => terms.push((one, by as f64)),
                    Variables::Two(up, down) => {
                        terms.extend([(up, by as f64), (down, -by as f64)]);
                    }
                }
            }
            equations.push(terms);
        }
        let mut engine = Engine { simplex: Simplex::new(count, &equations), variables, cost };
        engine.set_bounds(graph, reader, false);
        engine
    }

    /// Goes back to the truth and sets what may change: what the reader does not know and, for a
    /// repair, everything that could be withheld.
    pub(super) fn set_bounds(&mut self, graph: &Graph, reader: &Reader, repair: bool) {
        self.simplex.reset();
        for cell in 0..self.variables.len() {
            let found = &graph.cells[cell];
            let (mut low, mut high) = reader.bounds(graph, cell);
            if repair && found.is_candidate() {
                (low, high) = found.withheld.unwrap_or((low, high));
            }
            let below = end(low, found.value);
            let above = end(high, found.value);
            match self.variables[cell] {
                Variables::None => {}
                Variables::One(one) => self.simplex.bound(one, below, above),
                Variables::Two(up, down) => {
                    self.simplex.bound(up, 0.0, above);
                    self.simplex.bound(down, 0.0, -below);
                }
            }
        }
    }

    /// Tries to prove what a cell needs, with what is withheld now. What it finds goes into the
    /// pool; the answer is whether the pool is proof.
    pub(super) fn attack(
        &mut self,
        graph: &Graph,
        reader: &Reader,
        pool: &mut Pool,
        cell: usize,
    ) -> bool {
        let found = &graph.cells[cell];
        let ends: Vec<i64> = match found.need {
            None => return true,
            Some(Need::Width(width)) => (1..=width).chain((1..=width).map(|by| -by)).collect(),
            Some(Need::Span(low, high)) => vec![high - found.value, low - found.value],
        };
        let mut stuck = [false; 2];
        let mut last_up = None;
        for by in ends {
            if pool.proves(graph, cell) {
                break;
            }
            let up = by > 0;
            if stuck[usize::from(up)] || by == 0 || pool.reached(cell).contains(&by) {
                continue;
            }
            if last_up != Some(up) {
                self.simplex.reset();
                last_up = Some(up);
            }
            if !self.reach(cell, by) {
                stuck[usize::from(up)] = true;
            } else if !self.note(graph, reader, pool) {
                let mut branch = search::Branch::new(cell, by, false);
                if self.search(graph, reader, &mut branch) {
                    self.note(graph, reader, pool);
                }
                self.set_bounds(graph, reader, false);
            }
        }
        pool.proves(graph, cell)
    }

    /// The least and the greatest change of a cell, no further than a limit.
    #[cfg(test)]
    pub(super) fn interval(&mut self, cell: usize, limit: i64) -> (i64, i64) {
        let Variables::One(one) = self.variables[cell] else {
            return (0, 0);
        };
        let [low, high] = [false, true].map(|up| {
            self.simplex.reset();
            let target = if up { limit as f64 } else { -limit as f64 };
            self.simplex.push(one, up, target)
        });
        ((low - WHOLE).ceil() as i64, (high + WHOLE).floor() as i64)
    }

    /// Moves a cell by this much. Whether that is possible.
    fn reach(&mut self, cell: usize, by: i64) -> bool {
        let target = by as f64;
        let (variable, target) = match self.variables[cell] {
            Variables::None => return false,
            Variables::One(one) => (one, target),
            Variables::Two(up, down) => (if by > 0 { up } else { down }, target.abs()),
        };
        let up = target > 0.0;
        let at = self.simplex.push(variable, up, target);
        if up { at >= target - WHOLE } else { at <= target + WHOLE }
    }

    /// Keeps the point reached if it is one of whole numbers and true. Whether it is.
    pub(super) fn note(&self, graph: &Graph, reader: &Reader, pool: &mut Pool) -> bool {
        let change = self.change().filter(|change| graph.admits(change, reader));
        let is_whole = change.is_some();
        if let Some(change) = change.filter(|change| !change.is_empty()) {
            pool.add(change);
        }
        is_whole
    }

    /// The cells that the point moves out of what the reader knows, with what they cost.
    fn outside(&self, graph: &Graph, reader: &Reader) -> (i64, Vec<usize>) {
        let mut cells = Vec::new();
        let mut cost = 0;
        for (other, found) in graph.cells.iter().enumerate().filter(|(_, c)| c.is_candidate()) {
            let moved = self.by(other);
            let (low, high) = reader.bounds(graph, other);
            let is_outside = moved > (high - found.value) as f64 + WHOLE
                || moved < (low - found.value) as f64 - WHOLE;
            if is_outside {
                cells.push(other);
                cost += found.weight;
            }
        }
        (cost, cells)
    }

    fn by(&self, cell: usize) -> f64 {
        match self.variables[cell] {
            Variables::None => 0.0,
            Variables::One(one) => self.simplex.point()[one],
            Variables::Two(up, down) => self.simplex.point()[up] - self.simplex.point()[down],
        }
    }

    /// The point reached in whole numbers, if it is one.
    fn change(&self) -> Option<Change> {
        let mut change = Vec::new();
        for cell in 0..self.variables.len() {
            let by = self.by(cell);
            if (by - by.round()).abs() > WHOLE {
                return None;
            }
            if by.round() != 0.0 {
                change.push((cell, by.round() as i64));
            }
        }
        Some(change)
    }

    /// The cheapest cells to withhold so that a cell can move by this much, with their cost
    /// (Kelly's and Robertson's least-weight programme, disclosure §5); `None` if nothing does.
    pub(super) fn cheapest(
        &mut self,
        graph: &Graph,
        reader: &Reader,
        cell: usize,
        by: i64,
    ) -> Option<(i64, Vec<usize>)> {
        self.set_bounds(graph, reader, true);
        if !self.reach(cell, by) {
            return None;
        }
        let Variables::One(one) = self.variables[cell] else {
            return None;
        };
        self.simplex.bound(one, by as f64, by as f64);
        let mut parts = Vec::new();
        for (other, found) in graph.cells.iter().enumerate().filter(|(_, c)| c.is_candidate()) {
            if let Variables::Two(up, down) = self.variables[other] {
                parts.extend([up, down].map(|variable| (variable, -(found.weight as f64))));
            }
        }
        self.simplex.set_sum(self.cost, &parts);
        self.simplex.push(self.cost, true, 0.0);
        Some(self.outside(graph, reader))
    }
}

/// The end of a cell as the end of its change.
fn end(bound: i64, value: i64) -> f64 {
    match bound {
        bound if bound >= UNBOUNDED => f64::INFINITY,
        bound if bound <= -UNBOUNDED => f64::NEG_INFINITY,
        bound => (bound - value) as f64,
    }
}
