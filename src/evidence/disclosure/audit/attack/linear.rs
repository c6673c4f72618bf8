//! Linear programmes over one block: a table, fractions of people allowed, that agrees with every
//! row and lifts or lowers some cells as far as can be.

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, Variable};

use super::system::{ENDLESS, System};

/// A block with more cells than this is not solved.
pub(super) const MOST_CELLS: usize = 6_000;

/// A cell, whether it is lifted (1) or lowered (-1), and how high it need be lifted.
pub(super) type Aim = (usize, f64, f64);

/// The values of all cells where the sum of `aims`, each times its sign, is highest; nothing where
/// no solution is found.
pub(super) fn solve(system: &System, aims: &[Aim]) -> Option<Vec<f64>> {
    if system.ranges.len() > MOST_CELLS {
        return None;
    }
    let mut weights = vec![(0.0, f64::INFINITY); system.ranges.len()];
    aims.iter().for_each(|(cell, sign, enough)| weights[*cell] = (*sign, *enough));
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let bounded = system.ranges.iter().zip(weights).map(|(range, (weight, enough))| {
        let low = range.low as f64;
        let high = if range.high >= ENDLESS { f64::INFINITY } else { range.high as f64 };
        let high = if weight > 0.0 { high.min(enough.max(low)) } else { high };
        problem.add_var(weight, (low, high))
    });
    let variables: Vec<Variable> = bounded.collect();
    for row in system.rows.iter().filter(|row| !row.bounds_only) {
        let mut sum = LinearExpr::empty();
        row.terms.iter().for_each(|(cell, sign)| sum.add(variables[*cell], *sign as f64));
        let (low, high) = (row.sum.low as f64, row.sum.high as f64);
        if row.sum.low == row.sum.high {
            problem.add_constraint(sum, ComparisonOp::Eq, low);
            continue;
        }
        if row.sum.high < ENDLESS {
            problem.add_constraint(sum.clone(), ComparisonOp::Le, high);
        }
        problem.add_constraint(sum, ComparisonOp::Ge, low);
    }
    let solution = problem.solve().ok()?.into_solution().ok()?;
    Some(variables.iter().map(|variable| solution.var_value(*variable)).collect())
}
