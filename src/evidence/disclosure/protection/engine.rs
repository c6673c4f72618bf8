//! The attack on one cell, and the cheapest repair, as linear programmes over its neighbourhood.
//!
//! Everything outside the neighbourhood is held where it is. That is on the safe side: fewer other
//! tables are looked at, and each that is found is checked against all equations.

mod region;

use super::graph::{Graph, Reader, UNBOUNDED};
use super::moves::{Ask, Found};
use super::rooms::{Room, Rooms};
use super::simplex::{Simplex, Variable};
use super::witness::Change;
pub(super) use region::Region;

/// A float this close to a whole number stands for it.
const WHOLE: f64 = 1e-6;
/// So many programmes at most for one point of whole numbers.
const TRIES: usize = 8;

/// Cells and their neighbours, as variables.
struct Programme<'a> {
    region: &'a Region,
    /// Variables by place in the region.
    variables: Vec<Variable>,
    /// The place of the cell asked for.
    target: usize,
}

/// Finds the cheapest change that moves a cell by `by`, so many times, within a region; `None` if
/// there is none, or none of whole numbers was found.
pub(super) fn cheapest(
    graph: &Graph,
    rooms: &Rooms,
    reader: &Reader,
    (ask, by): (Ask, i64),
    region: &Region,
) -> Option<Found> {
    let target = region.cells.binary_search(&ask.cell).ok()?;
    let wanted = if ask.up { by } else { -by };
    let own = variable(graph, rooms, reader, ask, ask.cell);
    if own.low > wanted as f64 || own.high < wanted as f64 {
        return None;
    }
    let variables = region.cells.iter().map(|cell| variable(graph, rooms, reader, ask, *cell));
    let mut programme = Programme { region, variables: variables.collect(), target };
    let change = programme.solve(wanted)?;
    let is_short = |&&(cell, by): &&(usize, i64)| rooms.of(reader, cell).times(by) < ask.times;
    let withhold: Vec<usize> = change.iter().filter(is_short).map(|(cell, _)| *cell).collect();
    let cost = withhold.iter().map(|cell| graph.cells[*cell].weight.max(1)).sum();
    Some(Found { cost, withhold, change })
}

/// The change of a cell: free within what is withheld, at a price if it could be withheld.
fn variable(graph: &Graph, rooms: &Rooms, reader: &Reader, ask: Ask, cell: usize) -> Variable {
    let bounds = |room: Room| {
        let end = |room: i64| match room {
            UNBOUNDED.. => f64::INFINITY,
            room => (room / ask.times.max(1)) as f64,
        };
        (-end(room.down), end(room.up))
    };
    let (low, high) = bounds(rooms.of(reader, cell));
    let found = &graph.cells[cell];
    if ask.may_withhold && found.is_candidate() {
        let hidden = bounds(rooms.hidden(graph, reader, cell));
        if hidden != (low, high) {
            return Variable { low: hidden.0, high: hidden.1, price: found.weight.max(1) as f64 };
        }
    }
    Variable { low, high, price: 0.0 }
}

impl Programme<'_> {
    /// A point of whole numbers; variables with fractions are held, one after another.
    fn solve(&mut self, by: i64) -> Option<Change> {
        for _ in 0..TRIES {
            let equations = self.close()?;
            let point = self.point(by as f64, equations)?;
            let fraction = |at: &usize| (point[*at] - point[*at].round()).abs();
            let open = (0..point.len()).filter(|at| fraction(at) > WHOLE);
            let Some(at) = open.max_by(|a, b| fraction(a).total_cmp(&fraction(b))) else {
                let whole = |(at, by): (usize, &f64)| (self.region.cells[at], by.round() as i64);
                let change = point.iter().enumerate().map(whole).filter(|(_, by)| *by != 0);
                return Some(change.collect());
            };
            let end = point[at].trunc();
            let found = &mut self.variables[at];
            if point[at] > 0.0 {
                found.high = found.high.min(end);
            } else {
                found.low = found.low.max(end);
            }
        }
        None
    }

    /// Closes directions in which a variable cannot move because nothing in one of its equations
    /// makes up for it. Returns the equations over what is left; `None` if the target is closed.
    fn close(&mut self) -> Option<Vec<Vec<(usize, f64)>>> {
        let can = |found: &Variable, by: i64| match by > 0 {
            true => found.high > 0.0,
            false => found.low < 0.0,
        };
        let mut queue: Vec<usize> = (0..self.region.equations.len()).rev().collect();
        let mut is_queued = vec![true; queue.len()];
        while let Some(number) = queue.pop() {
            is_queued[number] = false;
            let equation = &self.region.equations[number];
            for sign in [1, -1] {
                let mut against = equation
                    .iter()
                    .filter(|(at, by)| can(&self.variables[*at], -by * sign))
                    .map(|(at, _)| *at);
                let only = (against.next(), against.next());
                let lonely = match only {
                    (None, _) => None,
                    (Some(one), None) => Some(one),
                    _ => continue,
                };
                for (at, by) in equation {
                    let is_closed = lonely.is_none_or(|one| one == *at);
                    if !is_closed || !can(&self.variables[*at], by * sign) {
                        continue;
                    }
                    match by * sign > 0 {
                        true => self.variables[*at].high = 0.0,
                        false => self.variables[*at].low = 0.0,
                    }
                    for &other in &self.region.places[*at] {
                        if !is_queued[other] {
                            is_queued[other] = true;
                            queue.push(other);
                        }
                    }
                }
            }
        }
        let moves = |at: usize| self.variables[at].low < 0.0 || self.variables[at].high > 0.0;
        let left = |equation: &Vec<(usize, i64)>| -> Vec<(usize, f64)> {
            let terms = equation.iter().filter(|(at, _)| moves(*at));
            terms.map(|(at, by)| (*at, *by as f64)).collect()
        };
        let equations = self.region.equations.iter().map(left).filter(|e| !e.is_empty());
        moves(self.target).then(|| equations.collect())
    }

    /// The cheapest point, by place; `None` if the target is out of reach.
    fn point(&self, by: f64, mut equations: Vec<Vec<(usize, f64)>>) -> Option<Vec<f64>> {
        let found = self.variables[self.target];
        if by > found.high + WHOLE || by < found.low - WHOLE {
            return None;
        }
        // Only what can move becomes a variable of the programme.
        let mut number = vec![None; self.variables.len()];
        let mut variables = Vec::new();
        for (at, variable) in self.variables.iter().enumerate() {
            if variable.low < 0.0 || variable.high > 0.0 {
                number[at] = Some(variables.len());
                variables.push(*variable);
            }
        }
        for (at, _) in equations.iter_mut().flatten() {
            *at = number[*at].unwrap_or(0);
        }
        let target = number[self.target]?;
        let mut simplex = Simplex::new(variables, equations);
        if !simplex.reach(target, by) {
            return None;
        }
        simplex.cheapen(target);
        let point = simplex.point();
        Some(number.iter().map(|number| number.map_or(0.0, |number| point[number])).collect())
    }
}

/// The least and the greatest change of a cell with what is withheld now, no further than a limit.
#[cfg(test)]
pub(super) fn interval(graph: &Graph, reader: &Reader, cell: usize, limit: i64) -> (i64, i64) {
    let rooms = Rooms::new(graph, super::rooms::Stand::of_truth(graph));
    let region = Region::around(graph, &rooms, reader, (cell, false), graph.cells.len() + 1);
    let reaches = |up: bool, by: i64| {
        let ask = Ask { cell, up, times: 1, may_withhold: false };
        by == 0 || cheapest(graph, &rooms, reader, (ask, by), &region).is_some()
    };
    let [low, high] = [false, true].map(|up| {
        let (mut least, mut most) = (0, limit);
        while least < most {
            let middle = (least + most + 1) / 2;
            if reaches(up, middle) { least = middle } else { most = middle - 1 }
        }
        least
    });
    (-low, high)
}
