//! Attacker B: linear programmes. Fractions are allowed, so it can only find too much possible.

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

use super::world::{ENDLESS, World};

/// Fractions this close to a whole number count as it.
const CLOSE: f64 = 1e-6;

/// A point at an end of what a variable may be.
pub(super) struct End {
    /// The whole number that the end reaches at most; `ENDLESS` if there is none.
    pub(super) value: i64,
    /// A table there, if the point is one of whole numbers that agrees with everything.
    pub(super) table: Option<Vec<i64>>,
    /// The point, rounded.
    pub(super) near: Vec<i64>,
}

/// The greatest (or least) value of a variable that lies in a range; nothing if it cannot.
///
/// # Panics
///
/// If the solver fails.
pub(super) fn end(
    world: &World,
    bounds: &[(i64, i64)],
    variable: usize,
    greatest: bool,
) -> Option<End> {
    let direction = match greatest {
        true => OptimizationDirection::Maximize,
        false => OptimizationDirection::Minimize,
    };
    let mut problem = Problem::new(direction);
    let variables: Vec<Variable> = bounds
        .iter()
        .enumerate()
        .map(|(at, known)| problem.add_var(f64::from(u8::from(at == variable)), range(*known)))
        .collect();
    for line in &world.lines {
        let terms: Vec<(Variable, f64)> =
            line.terms.iter().map(|(at, factor)| (variables[*at], float(*factor))).collect();
        if line.low == line.high {
            problem.add_constraint(terms, ComparisonOp::Eq, float(line.low));
            continue;
        }
        problem.add_constraint(terms.clone(), ComparisonOp::Ge, float(line.low));
        if line.high < ENDLESS / 2 {
            problem.add_constraint(terms, ComparisonOp::Le, float(line.high));
        }
    }
    match problem.solve() {
        Ok(outcome) => {
            let solution = outcome.into_solution().expect("no limit was set");
            let point: Vec<f64> = variables.iter().map(|v| solution.var_value(*v)).collect();
            Some(at_end(world, &point, variable, greatest))
        }
        Err(microlp::Error::Infeasible) => None,
        Err(microlp::Error::Unbounded) => Some(End {
            value: if greatest { ENDLESS } else { -ENDLESS },
            table: None,
            near: world.true_values.clone(),
        }),
        Err(error) => panic!("{error}"),
    }
}

fn at_end(world: &World, point: &[f64], variable: usize, greatest: bool) -> End {
    let near: Vec<i64> = point.iter().map(|value| whole(value.round())).collect();
    let is_whole = point.iter().all(|value| (value - value.round()).abs() < CLOSE);
    let table = (is_whole && world.admits(&near)).then(|| near.clone());
    let value = match greatest {
        true => whole((point[variable] + CLOSE).floor()),
        false => whole((point[variable] - CLOSE).ceil()),
    };
    End { value, table, near }
}

fn range((low, high): (i64, i64)) -> (f64, f64) {
    let low = if low <= -ENDLESS / 2 { f64::NEG_INFINITY } else { float(low) };
    let high = if high >= ENDLESS / 2 { f64::INFINITY } else { float(high) };
    (low, high)
}

#[expect(clippy::cast_precision_loss, reason = "counts of the tests are far below 2^52")]
fn float(value: i64) -> f64 {
    value as f64
}

#[expect(clippy::cast_possible_truncation, reason = "counts of the tests are far below 2^52")]
fn whole(value: f64) -> i64 {
    value as i64
}
