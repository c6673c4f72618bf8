//! The reader's arithmetic, second step: linear programming, for what bounds alone leave open.
//!
//! Every solution is a table that agrees with all figures, apart from halves and thirds of people.
//! So it tells something of every cell at once: first a few solutions are made that lift or lower
//! all open cells together, and only what these leave open is asked cell by cell. As fractions are
//! allowed, the ranges found here are never narrower than those of whole tables, and can be wider.

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, Variable};

use super::bounds::{ENDLESS, Range, Row};

/// A component with more cells than this is not decided.
const MOST_CELLS: usize = 6_000;
/// Most solutions for one component.
const MOST_SOLUTIONS: usize = 300;
/// Solutions are exact to much less than this.
const TOLERANCE: f64 = 1e-5;

/// A cell that must keep so many possible values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guarded {
    pub(super) cell: usize,
    pub(super) values: i64,
}

/// What an attack found about a guarded cell that is not safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    /// Too few values are possible.
    Narrow(usize),
    /// The component was too large, or no solution could be found in time.
    Undecided(usize),
}

/// Attacks each connected component that holds a guarded cell.
pub(super) fn attack(rows: &[Row], ranges: &[Range], guarded: &[Guarded]) -> Vec<Outcome> {
    let component = components(rows, ranges);
    let mut names: Vec<usize> = guarded.iter().map(|of| component[of.cell]).collect();
    names.sort_unstable();
    names.dedup();
    let mut found = Vec::new();
    for name in names {
        let cells: Vec<usize> = (0..ranges.len()).filter(|at| component[*at] == name).collect();
        let guarded: Vec<Guarded> =
            guarded.iter().copied().filter(|of| component[of.cell] == name).collect();
        if cells.len() > MOST_CELLS {
            found.extend(guarded.iter().map(|of| Outcome::Undecided(of.cell)));
            continue;
        }
        found.extend(Search::new(rows, ranges, &cells, guarded).run());
    }
    found.sort_unstable();
    found
}

/// For each cell the smallest cell that hangs together with it. Cells of one possible value join
/// nothing: they are numbers.
fn components(rows: &[Row], ranges: &[Range]) -> Vec<usize> {
    let mut parent: Vec<usize> = (0..ranges.len()).collect();
    fn root(parent: &mut [usize], mut at: usize) -> usize {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    }
    for row in rows {
        let mut open = row.cells().filter(|cell| ranges[*cell].low < ranges[*cell].high);
        let Some(first) = open.next() else { continue };
        let mut first = root(&mut parent, first);
        for cell in open {
            let other = root(&mut parent, cell);
            let (low, high) = (first.min(other), first.max(other));
            parent[high] = low;
            first = low;
        }
    }
    (0..ranges.len()).map(|at| root(&mut parent, at)).collect()
}

/// The attack on one component.
struct Search<'s> {
    rows: Vec<&'s Row>,
    ranges: &'s [Range],
    cells: &'s [usize],
    guarded: Vec<Guarded>,
    /// Ends of the values found for each guarded cell.
    seen: Vec<Option<(f64, f64)>>,
    solutions: usize,
}

impl<'s> Search<'s> {
    fn new(
        rows: &'s [Row],
        ranges: &'s [Range],
        cells: &'s [usize],
        guarded: Vec<Guarded>,
    ) -> Search<'s> {
        let is_in = |cell: usize| cells.binary_search(&cell).is_ok();
        let rows = rows.iter().filter(|row| !row.follows && row.cells().any(is_in)).collect();
        let seen = vec![None; guarded.len()];
        Search { rows, ranges, cells, guarded, seen, solutions: 0 }
    }

    fn run(mut self) -> Vec<Outcome> {
        let mut open = self.open();
        while !open.is_empty() {
            self.solve(OptimizationDirection::Maximize, &open);
            self.solve(OptimizationDirection::Minimize, &open);
            let left = self.open();
            if left.len() == open.len() {
                break;
            }
            open = left;
        }
        let mut found = Vec::new();
        for at in open {
            if self.is_wide(at) {
                continue;
            }
            let cell = self.guarded[at].cell;
            let high = self.solve(OptimizationDirection::Maximize, &[at]);
            let is_decided =
                self.is_wide(at) || (high && self.solve(OptimizationDirection::Minimize, &[at]));
            match (self.is_wide(at), is_decided) {
                (true, _) => {}
                (false, true) => found.push(Outcome::Narrow(cell)),
                (false, false) => found.push(Outcome::Undecided(cell)),
            }
        }
        found
    }

    /// Guarded cells of which too few values were seen so far.
    fn open(&self) -> Vec<usize> {
        (0..self.guarded.len()).filter(|at| !self.is_wide(*at)).collect()
    }

    fn is_wide(&self, at: usize) -> bool {
        self.seen[at].is_some_and(|(low, high)| {
            let values = (high + TOLERANCE).floor() - (low - TOLERANCE).ceil() + 1.0;
            values >= self.guarded[at].values as f64
        })
    }

    /// Lifts or lowers some guarded cells together and notes what every guarded cell came to.
    /// Says whether a best solution was found.
    fn solve(&mut self, direction: OptimizationDirection, aims: &[usize]) -> bool {
        if self.solutions >= MOST_SOLUTIONS {
            return false;
        }
        self.solutions += 1;
        let mut problem = Problem::new(direction);
        let variables = self.variables(&mut problem, direction, aims);
        let variable = |cell: usize| self.cells.binary_search(&cell).ok().map(|at| variables[at]);
        for row in &self.rows {
            let mut sum = LinearExpr::empty();
            let mut known = 0i64;
            for (cells, sign) in [(&row.plus, 1i64), (&row.minus, -1)] {
                for cell in cells {
                    match variable(*cell) {
                        Some(variable) => sum.add(variable, sign as f64),
                        None => known += sign * self.ranges[*cell].low,
                    }
                }
            }
            let (low, high) = (row.sum.low - known, row.sum.high.saturating_sub(known));
            if row.sum.low == row.sum.high {
                problem.add_constraint(sum, ComparisonOp::Eq, low as f64);
                continue;
            }
            if row.sum.high < ENDLESS {
                problem.add_constraint(sum.clone(), ComparisonOp::Le, high as f64);
            }
            problem.add_constraint(sum, ComparisonOp::Ge, low as f64);
        }
        let solved = problem.solve().ok().and_then(|solution| solution.into_solution().ok());
        let Some(solution) = solved else { return false };
        for (guarded, seen) in self.guarded.iter().zip(&mut self.seen) {
            let Ok(at) = self.cells.binary_search(&guarded.cell) else { continue };
            let value = solution.var_value(variables[at]);
            *seen = Some(seen.map_or((value, value), |(low, high)| (low.min(value), high.max(value))));
        }
        true
    }

    fn variables(
        &self,
        problem: &mut Problem,
        direction: OptimizationDirection,
        aims: &[usize],
    ) -> Vec<Variable> {
        let is_lifted = matches!(direction, OptimizationDirection::Maximize);
        let is_alone = aims.len() == 1;
        let mut weight = vec![0.0; self.cells.len()];
        for aim in aims {
            if let Ok(at) = self.cells.binary_search(&self.guarded[*aim].cell) {
                weight[at] = 1.0;
            }
        }
        let variables: Vec<Variable> = self
            .cells
            .iter()
            .zip(&weight)
            .map(|(cell, weight)| {
                let range = self.ranges[*cell];
                let high = if range.high >= ENDLESS { f64::INFINITY } else { range.high as f64 };
                let weight = if is_lifted && !is_alone { 0.0 } else { *weight };
                problem.add_var(weight, (range.low as f64, high))
            })
            .collect();
        if is_lifted {
            self.lift(problem, &variables, aims, is_alone);
        }
        variables
    }

    /// Lifting stops where enough values are seen, so that one cell cannot take all there is.
    fn lift(&self, problem: &mut Problem, variables: &[Variable], aims: &[usize], is_alone: bool) {
        for aim in aims {
            let guarded = self.guarded[*aim];
            let Ok(at) = self.cells.binary_search(&guarded.cell) else { continue };
            let low = self.ranges[guarded.cell].low;
            let enough = (low + guarded.values + 1) as f64;
            if is_alone {
                // One that has no end needs none: enough is as good.
                problem.add_constraint([(variables[at], 1.0)], ComparisonOp::Le, enough + 1e6);
                continue;
            }
            let lifted = problem.add_var(1.0, (low as f64, enough));
            let pair = [(variables[at], 1.0), (lifted, -1.0)];
            problem.add_constraint(pair, ComparisonOp::Ge, 0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::bounds::narrow;
    use super::*;

    fn check(rows: &[Row], ranges: &[(i64, i64)], guarded: &[usize], expect: &[Outcome]) {
        let mut ranges: Vec<Range> =
            ranges.iter().map(|(low, high)| Range::new(*low, *high)).collect();
        narrow(rows, &mut ranges).unwrap();
        let guarded: Vec<Guarded> =
            guarded.iter().map(|cell| Guarded { cell: *cell, values: 4 }).collect();
        assert_eq!(attack(rows, &ranges, &guarded), expect);
    }

    /// A table of two by two with its totals: cells, totals of rows, totals of columns.
    fn square() -> Vec<Row> {
        vec![
            Row::balance(vec![4], vec![0, 1]),
            Row::balance(vec![5], vec![2, 3]),
            Row::balance(vec![6], vec![0, 2]),
            Row::balance(vec![7], vec![1, 3]),
        ]
    }

    #[test]
    fn a_square_of_withheld_cells_is_as_wide_as_its_totals() {
        let free = (0, ENDLESS);
        let totals = [(10, 10), (20, 20), (9, 9), (21, 21)];
        let all = |cells: [(i64, i64); 4]| [cells.as_slice(), &totals].concat();
        check(&square(), &all([free; 4]), &[0, 1, 2, 3], &[]);
        let pinned = all([free, free, free, (13, 13)]);
        check(&square(), &pinned, &[0, 1], &[Outcome::Narrow(0), Outcome::Narrow(1)]);
    }

    #[test]
    fn what_bounds_alone_leave_open_is_found() {
        // Two cells with a known sum and a known difference.
        let rows = [
            Row::balance(vec![2], vec![0, 1]),
            Row { sum: Range::new(2, 2), ..Row::balance(vec![0], vec![1]) },
        ];
        let ranges = [(0, ENDLESS), (0, ENDLESS), (8, 8)];
        check(&rows, &ranges, &[0, 1], &[Outcome::Narrow(0), Outcome::Narrow(1)]);
    }

    #[test]
    fn a_component_that_is_too_large_is_not_passed_over() {
        let cells = MOST_CELLS + 1;
        let rows = [Row::balance(vec![0], (1..cells).collect())];
        let mut ranges = vec![(0, ENDLESS); cells];
        ranges[0] = (50, 60);
        check(&rows, &ranges, &[1], &[Outcome::Undecided(1)]);
    }
}
