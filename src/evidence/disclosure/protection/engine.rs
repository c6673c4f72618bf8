//! The attack on one cell, and the cheapest repair, as linear programmes over its neighbourhood.
//!
//! Everything outside the neighbourhood is held where it is. That is on the safe side: fewer other
//! tables are looked at, and each that is found is checked against all equations.

mod attack;
mod region;

use super::graph::{Graph, Reader, UNBOUNDED};
use super::moves::{Ask, Found};
use super::rooms::{Room, Rooms};
use super::simplex::{Simplex, Variable};
use super::witness::Change;
pub(super) use attack::Attack;
pub(super) use region::Region;

/// A float this close to a whole number stands for it: bounds have some play.
const WHOLE: f64 = 1e-2;
/// So many programmes at most for one point of whole numbers.
const TRIES: usize = 8;

/// The programme for one cell and its neighbours, which is solved for any number of units.
struct Programme {
    /// Variables by place in the region.
    variables: Vec<Variable>,
    /// The place of the cell asked for.
    target: usize,
    /// Where every search begins; `None` if the cell cannot move.
    start: Option<Start>,
}

/// The equations of a programme, solved for a basis.
struct Start {
    /// The variable of each place that can move.
    number: Vec<Option<usize>>,
    target: usize,
    simplex: Simplex,
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
    let own = variable(graph, rooms, reader, ask, ask.cell);
    let wanted = if ask.up { by } else { -by };
    if own.low > wanted as f64 || own.high < wanted as f64 {
        return None;
    }
    let programme = Programme::new((graph, rooms, reader), ask, region)?;
    let change = programme.solve(region, wanted).ok()?;
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

impl Programme {
    /// Sets it up; `None` if the cell is not in the region.
    fn new(
        (graph, rooms, reader): (&Graph, &Rooms, &Reader),
        ask: Ask,
        region: &Region,
    ) -> Option<Programme> {
        let target = region.cells.binary_search(&ask.cell).ok()?;
        let variables = region.cells.iter().map(|cell| variable(graph, rooms, reader, ask, *cell));
        let mut variables: Vec<Variable> = variables.collect();
        let start = Start::new(region, &mut variables, target);
        Some(Programme { variables, target, start })
    }

    /// A point of whole numbers; variables with fractions are held, one after another. Otherwise
    /// how many units the cell can move at most: infinitely many if that is not known.
    fn solve(&self, region: &Region, by: i64) -> Result<Change, f64> {
        let mut point = self.start.as_ref().ok_or(0.0)?.point(by as f64)?;
        let mut variables = self.variables.clone();
        for _ in 0..TRIES {
            let fraction = |at: &usize| (point[*at] - point[*at].round()).abs();
            let open = (0..point.len()).filter(|at| fraction(at) > WHOLE);
            let Some(at) = open.max_by(|a, b| fraction(a).total_cmp(&fraction(b))) else {
                let whole = |(at, by): (usize, &f64)| (region.cells[at], by.round() as i64);
                let change = point.iter().enumerate().map(whole).filter(|(_, by)| *by != 0);
                return Ok(change.collect());
            };
            let end = point[at].trunc();
            let found = &mut variables[at];
            if point[at] > 0.0 {
                found.high = found.high.min(end);
            } else {
                found.low = found.low.max(end);
            }
            let start = Start::new(region, &mut variables, self.target);
            let next = start.and_then(|start| start.point(by as f64).ok());
            point = next.ok_or(f64::INFINITY)?;
        }
        Err(f64::INFINITY)
    }
}

impl Start {
    /// The equations of a region over what can move with the target; `None` if it cannot itself.
    fn new(region: &Region, variables: &mut [Variable], target: usize) -> Option<Start> {
        close(region, variables);
        if !variables[target].can_move() {
            return None;
        }
        let (is_near, is_met) = connected(region, variables, target);
        let mut number = vec![None; variables.len()];
        let mut moving = Vec::new();
        for at in (0..variables.len()).filter(|at| is_near[*at]) {
            number[at] = Some(moving.len());
            moving.push(variables[at]);
        }
        let target = number[target]?;
        let term = |(at, by): &(usize, i64)| Some((number[*at]?, *by as f64));
        let terms = |terms: &Vec<(usize, i64)>| terms.iter().filter_map(term).collect();
        let met = region.equations.iter().zip(is_met).filter(|(_, is_met)| *is_met);
        let equations = met.map(|(equation, _)| terms(equation)).collect();
        Some(Start { number, target, simplex: Simplex::new(moving, equations) })
    }

    /// The cheapest point, by place; otherwise how far the target can move at most.
    fn point(&self, by: f64) -> Result<Vec<f64>, f64> {
        let mut simplex = self.simplex.clone();
        simplex.reach(self.target, by)?;
        simplex.cheapen(self.target);
        let point = simplex.point();
        Ok(self.number.iter().map(|number| number.map_or(0.0, |number| point[number])).collect())
    }
}

/// The variables that hang together with one of them by others that can move, and the equations
/// between them.
fn connected(region: &Region, variables: &[Variable], target: usize) -> (Vec<bool>, Vec<bool>) {
    let mut is_near = vec![false; variables.len()];
    let mut is_met = vec![false; region.equations.len()];
    let mut left = vec![target];
    is_near[target] = true;
    while let Some(at) = left.pop() {
        for &place in &region.places[at] {
            if std::mem::replace(&mut is_met[place], true) {
                continue;
            }
            for &(other, _) in &region.equations[place] {
                if variables[other].can_move() && !std::mem::replace(&mut is_near[other], true) {
                    left.push(other);
                }
            }
        }
    }
    (is_near, is_met)
}

/// Closes directions in which a variable cannot move because nothing in one of its equations makes
/// up for it.
fn close(region: &Region, variables: &mut [Variable]) {
    let can = |found: &Variable, by: i64| match by > 0 {
        true => found.high > 0.0,
        false => found.low < 0.0,
    };
    let mut queue: Vec<usize> = (0..region.equations.len()).rev().collect();
    let mut is_queued = vec![true; queue.len()];
    while let Some(number) = queue.pop() {
        is_queued[number] = false;
        let equation = &region.equations[number];
        for sign in [1, -1] {
            let mut against = equation
                .iter()
                .filter(|(at, by)| can(&variables[*at], -by * sign))
                .map(|(at, _)| *at);
            let only = (against.next(), against.next());
            let lonely = match only {
                (None, _) => None,
                (Some(one), None) => Some(one),
                _ => continue,
            };
            for (at, by) in equation {
                let is_closed = lonely.is_none_or(|one| one == *at);
                if !is_closed || !can(&variables[*at], by * sign) {
                    continue;
                }
                match by * sign > 0 {
                    true => variables[*at].high = 0.0,
                    false => variables[*at].low = 0.0,
                }
                for &other in &region.places[*at] {
                    if !is_queued[other] {
                        is_queued[other] = true;
                        queue.push(other);
                    }
                }
            }
        }
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
