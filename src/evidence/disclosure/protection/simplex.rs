//! Linear programmes over a small system of equations.
//!
//! Variables are changes from where the table stands, all nought to begin with, so the search needs
//! no first phase. A change may have a price, for either direction; then nought is a corner, and a
//! variable of the basis stays on one side of it. Bounds have a little [`play`]. Floats find the
//! way only: what counts is checked afterwards in whole numbers.

mod pivot;
mod play;

use super::solved::{NEGLIGIBLE, solved};
use play::PLAY;

/// So many steps without progress, and the search changes to the rule that cannot go in circles.
const PATIENCE: usize = 20;
/// So many steps at most in one search; then the best point so far is the answer.
const STEPS: usize = 600;
/// What it costs to move a variable that cannot be moved.
const NEVER: f64 = f64::INFINITY;

/// One variable: its bounds around nought, and its price for each unit away from nought.
#[derive(Clone, Copy)]
pub(super) struct Variable {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) price: f64,
}

impl Variable {
    /// Whether it can change at all.
    pub(super) fn can_move(&self) -> bool {
        self.low < 0.0 || self.high > 0.0
    }
}

/// Equations solved for a basis, with a point.
#[derive(Clone)]
pub(super) struct Simplex {
    variables: Vec<Variable>,
    at: Vec<f64>,
    /// The side of nought that a variable of the basis with a price is on.
    side: Vec<f64>,
    /// The variable of each line, which is a sum of those outside the basis.
    basis: Vec<usize>,
    outside: Vec<usize>,
    /// Lines of coefficients, one after another.
    table: Vec<f64>,
    /// The line or the column of each variable.
    place: Vec<Place>,
    /// Whether any variable has a price.
    is_priced: bool,
    /// What the lines of the basis cost per unit of each column; kept up at each exchange.
    costs: Vec<f64>,
    /// What the variable of each column costs per unit by itself, down and up; kept up likewise.
    own: Vec<[f64; 2]>,
}

#[derive(Clone, Copy)]
enum Place {
    Line(usize),
    Column(usize),
}

/// A step that a search can take: the column, the direction, and what is gained and paid per unit.
#[derive(Clone, Copy)]
struct Way {
    column: usize,
    sign: f64,
    gain: f64,
    cost: f64,
}

impl Simplex {
    /// Solves the equations for a basis; every change is nought.
    pub(super) fn new(variables: Vec<Variable>, equations: Vec<Vec<(usize, f64)>>) -> Simplex {
        let lines = solved(variables.len(), equations);
        let mut place = vec![Place::Column(0); variables.len()];
        for (at, (variable, _)) in lines.iter().enumerate() {
            place[*variable] = Place::Line(at);
        }
        let mut outside = Vec::new();
        for (variable, place) in place.iter_mut().enumerate() {
            if let Place::Column(column) = place {
                *column = outside.len();
                outside.push(variable);
            }
        }
        let mut table = vec![0.0; lines.len() * outside.len()];
        for (at, (_, terms)) in lines.iter().enumerate() {
            for (variable, by) in terms {
                if let Place::Column(column) = place[*variable] {
                    table[at * outside.len() + column] = *by;
                }
            }
        }
        let mut simplex = Simplex {
            at: vec![0.0; variables.len()],
            side: vec![1.0; variables.len()],
            is_priced: variables.iter().any(|variable| variable.price > 0.0),
            costs: Vec::new(),
            own: vec![[NEVER; 2]; outside.len()],
            basis: lines.into_iter().map(|(variable, _)| variable).collect(),
            variables,
            outside,
            table,
            place,
        };
        (0..simplex.outside.len()).for_each(|column| simplex.price(column));
        simplex
    }

    /// The changes of the point reached.
    pub(super) fn point(&self) -> &[f64] {
        &self.at
    }

    /// Moves a variable to a target, by steps that cost little for what they gain. Where it cannot
    /// get there, how far it can at most: infinitely far if the search was given up.
    pub(super) fn reach(&mut self, variable: usize, target: f64) -> Result<(), f64> {
        let sign = target.signum();
        let mut patience = PATIENCE;
        self.costs = self.line_costs();
        for _ in 0..STEPS {
            let left = (target - self.at[variable]) * sign;
            if left <= NEGLIGIBLE {
                return Ok(());
            }
            let way = self.towards(variable, sign, patience == 0);
            let way = way.ok_or(self.at[variable] * sign)?;
            let length = self.take(way, left / way.gain);
            patience = if length > NEGLIGIBLE { PATIENCE } else { patience.saturating_sub(1) };
        }
        let is_there = (target - self.at[variable]) * sign <= NEGLIGIBLE;
        is_there.then_some(()).ok_or(f64::INFINITY)
    }

    /// Holds a variable where it is and makes the point as cheap as possible.
    pub(super) fn cheapen(&mut self, held: usize) {
        if !self.is_priced {
            return;
        }
        let at = self.at[held];
        self.variables[held] = Variable { low: at, high: at, price: 0.0 };
        if let Place::Column(column) = self.place[held] {
            self.price(column);
        }
        let mut patience = PATIENCE;
        self.costs = self.line_costs();
        for _ in 0..STEPS {
            let Some(way) = self.cheaper(patience == 0) else { return };
            let length = self.take(way, f64::INFINITY);
            if length.is_infinite() {
                return;
            }
            patience = if length > NEGLIGIBLE { PATIENCE } else { patience.saturating_sub(1) };
        }
    }

    /// What the lines of the basis cost per unit of each column.
    fn line_costs(&self) -> Vec<f64> {
        let mut costs = vec![0.0; self.outside.len()];
        let lines = if self.is_priced { &self.basis[..] } else { &[] };
        for (line, variable) in lines.iter().enumerate() {
            let price = self.variables[*variable].price * self.side[*variable];
            if price != 0.0 {
                for (cost, by) in costs.iter_mut().zip(self.line(line)) {
                    *cost += price * by;
                }
            }
        }
        costs
    }

    /// Takes the variable of a line out of what the basis costs, and that of a column in, before
    /// they are exchanged.
    fn exchange_costs(&mut self, line: usize, column: usize) {
        if !self.is_priced {
            return;
        }
        let width = self.outside.len();
        let row = &self.table[line * width..(line + 1) * width];
        let price = |variable: usize| self.variables[variable].price * self.side[variable];
        let leaving = price(self.basis[line]);
        let entering = self.costs[column] - leaving * row[column] + price(self.outside[column]);
        let by = entering / row[column];
        for (cost, coefficient) in self.costs.iter_mut().zip(row) {
            *cost -= (leaving + by) * coefficient;
        }
        self.costs[column] = by;
    }

    fn line(&self, line: usize) -> &[f64] {
        &self.table[line * self.outside.len()..(line + 1) * self.outside.len()]
    }

    /// The step that takes a variable on at the least cost per unit.
    fn towards(&self, variable: usize, sign: f64, first: bool) -> Option<Way> {
        let line = match self.place[variable] {
            Place::Column(column) => {
                let cost = self.own[column][usize::from(sign > 0.0)];
                return (cost < NEVER).then_some(Way { column, sign, gain: 1.0, cost });
            }
            Place::Line(line) => self.line(line),
        };
        let mut best: Option<Way> = None;
        for (column, rate) in line.iter().enumerate().filter(|(_, by)| by.abs() > NEGLIGIBLE) {
            let way_sign = (rate * sign).signum();
            let own = self.own[column][usize::from(way_sign > 0.0)];
            if own == NEVER {
                continue;
            }
            let cost = own + self.costs[column] * way_sign;
            let way = Way { column, sign: way_sign, gain: rate.abs(), cost };
            let is_better = best.is_none_or(|best| match first {
                true => self.outside[column] < self.outside[best.column],
                false => way.cost / way.gain < best.cost / best.gain - NEGLIGIBLE,
            });
            if is_better {
                best = Some(way);
            }
        }
        best
    }

    /// A step that makes the point cheaper, the most per unit.
    fn cheaper(&self, first: bool) -> Option<Way> {
        let mut best: Option<Way> = None;
        for (column, (own, lines)) in self.own.iter().zip(&self.costs).enumerate() {
            let (down, up) = (own[0] - lines, own[1] + lines);
            let (cost, sign) = if up <= down { (up, 1.0) } else { (down, -1.0) };
            let is_better = best.is_none_or(|best| match first {
                true => self.outside[column] < self.outside[best.column],
                false => cost < best.cost,
            });
            if cost < -1e-6 && is_better {
                best = Some(Way { column, sign, gain: 1.0, cost });
            }
        }
        best
    }

    /// Takes a step as far as it goes, or to a limit. Returns its length.
    fn take(&mut self, way: Way, limit: f64) -> f64 {
        let entering = self.outside[way.column];
        let Variable { low, high, price } = self.variables[entering];
        let at = self.at[entering];
        let end = match way.sign > 0.0 {
            true if price > 0.0 && at < -PLAY => 0.0,
            true => high,
            false if price > 0.0 && at > PLAY => 0.0,
            false => low,
        };
        let mut length = ((end - at) * way.sign).max(0.0);
        let mut stopped_by: Option<usize> = None;
        let column = self.column(way.column);
        for &(line, rate) in &column {
            let (variable, rate) = (self.basis[line], rate * way.sign);
            if rate.abs() <= NEGLIGIBLE {
                continue;
            }
            let (low, high) = self.bounds(variable);
            let room = match rate > 0.0 {
                true => (high - self.at[variable]).max(0.0) / rate,
                false => (low - self.at[variable]).min(0.0) / rate,
            };
            let is_first = stopped_by.is_some_and(|other| variable < self.basis[other]);
            if room < length - NEGLIGIBLE || (is_first && room <= length) {
                length = length.min(room);
                stopped_by = Some(line);
            }
        }
        let is_limited = limit <= length;
        let length = length.min(limit);
        if length.is_infinite() {
            return length;
        }
        self.move_by(way, length, &column);
        if let (false, Some(line)) = (is_limited, stopped_by) {
            self.side[entering] =
                if self.at[entering].abs() > PLAY { self.at[entering].signum() } else { way.sign };
            self.exchange_costs(line, way.column);
            self.pivot(line, way.column, &column);
        } else {
            self.price(way.column);
        }
        length
    }
}
