//! Linear programmes over one system of equations, many of them one after another.
//!
//! The true table is a point of the system, so the search needs no first phase: variables are
//! changes from the truth, all nought to begin with. A variable outside the basis may stand between
//! its bounds. The basis is kept from one programme to the next (disclosure §6 C). Floats find the
//! way only: what counts is checked afterwards in whole numbers.

/// Smaller than any coefficient that matters.
const NEGLIGIBLE: f64 = 1e-9;
/// So many steps without progress, and the search changes to the rule that cannot go in circles.
const PATIENCE: usize = 30;
/// So many steps at most; then the best point so far is the answer, which is on the safe side.
const STEPS: usize = 1_000;

/// A variable of the basis, as a sum of others.
struct Line {
    variable: usize,
    /// By variable, ascending.
    terms: Vec<(usize, f64)>,
}

/// Equations solved for a basis, with a point.
pub(super) struct Simplex {
    lines: Vec<Line>,
    /// The line of a variable of the basis.
    line_of: Vec<Option<usize>>,
    low: Vec<f64>,
    high: Vec<f64>,
    at: Vec<f64>,
}

/// The step that a search takes next.
struct Step {
    length: f64,
    /// The line whose variable stops it, if it is one.
    stopped_by: Option<usize>,
}

impl Simplex {
    /// Solves the equations for a basis; every change is nought.
    pub(super) fn new(variables: usize, equations: &[Vec<(usize, f64)>]) -> Simplex {
        let mut simplex = Simplex {
            lines: Vec::new(),
            line_of: vec![None; variables],
            low: vec![0.0; variables],
            high: vec![0.0; variables],
            at: vec![0.0; variables],
        };
        let mut counts = vec![0_usize; variables];
        for (variable, _) in equations.iter().flatten() {
            counts[*variable] += 1;
        }
        for equation in equations {
            let mut sum = Vec::new();
            let mut sorted = equation.clone();
            sorted.sort_by_key(|(variable, _)| *variable);
            for (variable, coefficient) in sorted {
                match simplex.line_of[variable] {
                    Some(line) => {
                        sum = added(&sum, &simplex.lines[line].terms, coefficient);
                    }
                    None => sum = added(&sum, &[(variable, 1.0)], coefficient),
                }
            }
            let best = sum.iter().min_by_key(|(variable, coefficient)| {
                (coefficient.abs() < 0.5, counts[*variable], *variable)
            });
            if let Some(&(variable, coefficient)) = best {
                simplex.define(variable, coefficient, &sum);
            }
        }
        simplex
    }

    /// Makes a variable of the basis from a sum that is nought.
    fn define(&mut self, variable: usize, coefficient: f64, sum: &[(usize, f64)]) {
        let terms: Vec<(usize, f64)> = sum
            .iter()
            .filter(|(other, _)| *other != variable)
            .map(|(other, by)| (*other, -by / coefficient))
            .collect();
        for line in &mut self.lines {
            substitute(line, variable, &terms);
        }
        self.line_of[variable] = Some(self.lines.len());
        self.lines.push(Line { variable, terms });
    }

    /// Adds a variable that is a sum of others, and belongs to the basis; its bounds are none.
    pub(super) fn set_sum(&mut self, variable: usize, parts: &[(usize, f64)]) {
        let mut terms = Vec::new();
        for &(part, by) in parts {
            terms = match self.line_of[part] {
                Some(line) => added(&terms, &self.lines[line].terms, by),
                None => added(&terms, &[(part, 1.0)], by),
            };
        }
        self.at[variable] = parts.iter().map(|(part, by)| by * self.at[*part]).sum();
        self.low[variable] = f64::NEG_INFINITY;
        self.high[variable] = f64::INFINITY;
        match self.line_of[variable] {
            Some(line) => self.lines[line].terms = terms,
            None => {
                self.line_of[variable] = Some(self.lines.len());
                self.lines.push(Line { variable, terms });
            }
        }
    }

    /// Sets the bounds of a change. The point must be within them when a search begins.
    pub(super) fn bound(&mut self, variable: usize, low: f64, high: f64) {
        self.low[variable] = low;
        self.high[variable] = high;
    }

    /// Sets bounds that are no wider than those there are.
    pub(super) fn narrow(&mut self, variable: usize, low: f64, high: f64) {
        self.low[variable] = self.low[variable].max(low);
        self.high[variable] = self.high[variable].min(high);
    }

    /// Goes back to the truth and keeps the basis.
    pub(super) fn reset(&mut self) {
        self.at.fill(0.0);
    }

    /// The changes of the point reached.
    pub(super) fn point(&self) -> &[f64] {
        &self.at
    }

    /// Moves a variable as far as it goes in a direction, or to the target. Returns where it is.
    pub(super) fn push(&mut self, variable: usize, up: bool, target: f64) -> f64 {
        let sign = if up { 1.0 } else { -1.0 };
        let mut patience = PATIENCE;
        for _ in 0..STEPS {
            let left = (target - self.at[variable]) * sign;
            if left <= NEGLIGIBLE {
                break;
            }
            let Some((entering, rate)) = self.entering(variable, sign, patience == 0) else {
                break;
            };
            let way = (rate * sign).signum();
            let column = self.column(entering);
            let step = self.step(entering, way, &column);
            let full = left / rate.abs();
            let length = step.length.min(full);
            self.move_by(entering, way * length, &column);
            if full <= step.length {
                break;
            }
            patience = match length > NEGLIGIBLE {
                true => PATIENCE,
                false => patience.saturating_sub(1),
            };
            if let Some(line) = step.stopped_by {
                self.pivot(line, entering);
            }
        }
        self.at[variable]
    }

    /// A variable outside the basis that takes the one that matters further, with its rate.
    fn entering(&self, variable: usize, sign: f64, first: bool) -> Option<(usize, f64)> {
        let can = |other: usize, rate: f64| match rate * sign > 0.0 {
            true => self.at[other] < self.high[other] - NEGLIGIBLE,
            false => self.at[other] > self.low[other] + NEGLIGIBLE,
        };
        let Some(line) = self.line_of[variable] else {
            return can(variable, 1.0).then_some((variable, 1.0));
        };
        let mut best: Option<(usize, f64)> = None;
        for &(other, rate) in &self.lines[line].terms {
            if can(other, rate) && best.is_none_or(|(_, found)| rate.abs() > found.abs() + 1e-7) {
                best = Some((other, rate));
                if first {
                    break;
                }
            }
        }
        best
    }

    /// Lines in which a variable stands, with its coefficients.
    fn column(&self, entering: usize) -> Vec<(usize, f64)> {
        let found = |(at, line): (usize, &Line)| {
            let place = line.terms.binary_search_by_key(&entering, |(variable, _)| *variable);
            place.ok().map(|place| (at, line.terms[place].1))
        };
        self.lines.iter().enumerate().filter_map(found).collect()
    }

    /// How far a variable can go, and what stops it: of equals, the first variable.
    fn step(&self, entering: usize, way: f64, column: &[(usize, f64)]) -> Step {
        let room = |variable: usize, rate: f64| match rate > 0.0 {
            true => (self.high[variable] - self.at[variable]).max(0.0) / rate,
            false => (self.low[variable] - self.at[variable]).min(0.0) / rate,
        };
        let mut step = Step { length: room(entering, way), stopped_by: None };
        for &(line, coefficient) in column {
            let variable = self.lines[line].variable;
            let length = room(variable, coefficient * way);
            let is_first = match step.stopped_by {
                Some(other) => variable < self.lines[other].variable,
                None => false,
            };
            if length < step.length - NEGLIGIBLE || (is_first && length <= step.length) {
                step = Step { length: length.min(step.length), stopped_by: Some(line) };
            }
        }
        step
    }

    fn move_by(&mut self, entering: usize, by: f64, column: &[(usize, f64)]) {
        self.at[entering] = settled(self.at[entering] + by);
        for &(line, coefficient) in column {
            let variable = self.lines[line].variable;
            self.at[variable] = settled(self.at[variable] + by * coefficient);
        }
    }

    /// Exchanges the variable of a line for one outside the basis.
    fn pivot(&mut self, line: usize, entering: usize) {
        let leaving = self.lines[line].variable;
        let old = std::mem::take(&mut self.lines[line].terms);
        let coefficient =
            old.iter().find(|(variable, _)| *variable == entering).map_or(1.0, |(_, by)| *by);
        let mut terms: Vec<(usize, f64)> = old
            .into_iter()
            .filter(|(variable, _)| *variable != entering)
            .map(|(variable, by)| (variable, -by / coefficient))
            .collect();
        let place = terms.partition_point(|(variable, _)| *variable < leaving);
        terms.insert(place, (leaving, 1.0 / coefficient));
        for (at, other) in self.lines.iter_mut().enumerate() {
            if at != line {
                substitute(other, entering, &terms);
            }
        }
        self.line_of[leaving] = None;
        self.line_of[entering] = Some(line);
        self.lines[line] = Line { variable: entering, terms };
    }
}

/// A float that is a whole number but for rounding is taken as that number.
fn settled(value: f64) -> f64 {
    let whole = value.round();
    if (value - whole).abs() < NEGLIGIBLE { whole } else { value }
}

/// Puts a sum in the place of a variable.
fn substitute(line: &mut Line, variable: usize, terms: &[(usize, f64)]) {
    if let Ok(place) = line.terms.binary_search_by_key(&variable, |(other, _)| *other) {
        let (_, by) = line.terms.remove(place);
        line.terms = added(&line.terms, terms, by);
    }
}

/// One sum and a multiple of another, both by variable, ascending.
fn added(a: &[(usize, f64)], b: &[(usize, f64)], by: f64) -> Vec<(usize, f64)> {
    let mut sum = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        let next = |list: &[(usize, f64)], at: usize| list.get(at).map_or(usize::MAX, |t| t.0);
        let (left, right) = (next(a, i), next(b, j));
        let mut value = 0.0;
        if left <= right {
            value += a[i].1;
            i += 1;
        }
        if right <= left {
            value += by * b[j].1;
            j += 1;
        }
        if value.abs() > NEGLIGIBLE {
            sum.push((left.min(right), settled(value)));
        }
    }
    sum
}
