//! A table for sums that hang together too closely to be found step by step: a linear programme
//! gives one with fractions, which are made whole one by one, single changes mend what is still
//! outside, and others move every sum away from the ends of its interval, so that the proof has
//! room.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, Solution, Variable};

use super::super::graph::UNBOUNDED;
use super::spread::Row;

/// Beyond so many coefficients the linear programme would take too long.
const MOST: usize = 120_000;
/// What is so near to a whole number is one.
const WHOLE: f64 = 1e-6;
/// What it costs to stand at an end, where it costs one to be outside by one.
const END: f64 = 0.05;
/// What an end costs that is so near.
const NEAR: [i64; 2] = [4, 1];
/// So often every cell is looked at.
const PASSES: usize = 12;

/// What one linear programme is about: the sums of some free cells.
#[derive(Clone, Default)]
pub(super) struct Sums<'r> {
    pub(super) free: Vec<usize>,
    /// Sums that must lie within the ends of a cell.
    pub(super) within: Vec<(&'r Row, usize)>,
    /// Sums that are to lie within an interval if they can.
    pub(super) aims: Vec<(&'r Row, (i64, i64))>,
}

/// Whole numbers within all intervals, or nearly, by free cell; `None` if there is no such table,
/// or too many sums.
pub(super) fn start(sums: &Sums, ends: &[(i64, i64)]) -> Option<Vec<(usize, i64)>> {
    let aims = sums.aims.iter().map(|(row, _)| *row);
    let rows = sums.within.iter().map(|(row, _)| *row).chain(aims);
    if rows.map(Vec::len).sum::<usize>() + sums.free.len() > MOST {
        return None;
    }
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let end = |end: i64| match end {
        end if end <= -UNBOUNDED => f64::NEG_INFINITY,
        end if end >= UNBOUNDED => f64::INFINITY,
        end => end as f64,
    };
    let mut variables: BTreeMap<usize, Variable> = BTreeMap::new();
    for &at in &sums.free {
        let (low, high) = ends[at];
        variables.insert(at, problem.add_var(0.0, (end(low), end(high))));
    }
    let sum = |row: &Row| -> Option<LinearExpr> {
        let mut sum = LinearExpr::empty();
        for (free, by) in row {
            sum.add(*variables.get(free)?, *by as f64);
        }
        Some(sum)
    };
    for &(row, at) in &sums.within {
        let (low, high) = ends[at];
        if low > 0 || low > -UNBOUNDED && row.iter().any(|(_, by)| *by < 0) {
            problem.add_constraint(sum(row)?, ComparisonOp::Ge, end(low));
        }
        if high < UNBOUNDED {
            problem.add_constraint(sum(row)?, ComparisonOp::Le, end(high));
        }
    }
    for &(row, (low, high)) in &sums.aims {
        // What is missing, or too much, has a price; and so, a low one, has an end.
        let is_wide = high - low >= 4 && low > -UNBOUNDED && high < UNBOUNDED;
        let (low, high) = if is_wide { (low + 1, high - 1) } else { (low, high) };
        let mut miss = |by: f64| -> Option<LinearExpr> {
            let mut sum = sum(row)?;
            sum.add(problem.add_var(1.0, (0.0, f64::INFINITY)), by);
            if is_wide {
                sum.add(problem.add_var(END, (0.0, 1.0)), by);
            }
            Some(sum)
        };
        let (least, most) = (miss(1.0)?, miss(-1.0)?);
        if low > -UNBOUNDED {
            problem.add_constraint(least, ComparisonOp::Ge, low as f64);
        }
        if high < UNBOUNDED {
            problem.add_constraint(most, ComparisonOp::Le, high as f64);
        }
    }
    let solved = problem.solve().ok()?.into_solution().ok()?;
    let free: Vec<Variable> = variables.values().copied().collect();
    let solved = round(solved, &free);
    let value =
        |(at, variable): (&usize, &Variable)| (*at, solved.var_value(*variable).round() as i64);
    Some(variables.iter().map(value).collect())
}

/// Gives free numbers whole values one by one, those first that are nearly whole, where the others
/// can follow. Some may be left that cannot be whole beside these.
fn round(mut solved: Solution, free: &[Variable]) -> Solution {
    let mut left: Vec<Variable> = free.to_vec();
    loop {
        let from_whole = |variable: &Variable| {
            let value = solved.var_value(*variable);
            (value - value.round()).abs()
        };
        let parts = left.iter().enumerate().map(|(at, variable)| (at, from_whole(variable)));
        let nearest = parts.filter(|(_, from)| *from > WHOLE).min_by(|a, b| a.1.total_cmp(&b.1));
        let Some((at, _)) = nearest else { return solved };
        let variable = left.swap_remove(at);
        let value = solved.var_value(variable);
        let near = value.round();
        let other = if near > value { near - 1.0 } else { near + 1.0 };
        let fixed = [near, other]
            .into_iter()
            .find_map(|value| solved.clone().fix_var(variable, value).ok()?.into_solution().ok());
        solved = fixed.unwrap_or(solved);
    }
}

/// Moves a table away from the ends of its intervals, one number at a time.
pub(super) fn centre(values: &mut [i64], (rows, uses): (&[Row], &[Row]), ends: &[(i64, i64)]) {
    let cost = |at: usize, value: i64| {
        let (low, high) = ends[at];
        let near = |room: i64| match usize::try_from(room) {
            Ok(room) => NEAR.get(room).copied().unwrap_or(0),
            Err(_) => UNBOUNDED,
        };
        near(value - low) + near(high - value)
    };
    for _ in 0..PASSES {
        let mut is_better = false;
        for at in 0..rows.len() {
            if cost(at, values[at]) == 0 || ends[at].0 == ends[at].1 {
                continue;
            }
            let sign = if values[at] - ends[at].0 < ends[at].1 - values[at] { 1 } else { -1 };
            let gain = |free: usize, by: i64| -> i64 {
                let gain = |&(cell, times): &(usize, i64)| {
                    cost(cell, values[cell]) - cost(cell, values[cell] + times * by)
                };
                uses[free].iter().map(gain).sum()
            };
            let each = rows[at].iter().map(|&(free, by)| {
                let by = sign * by.signum();
                (gain(free, by), free, by)
            });
            let best = each.max_by_key(|(gain, free, _)| (*gain, std::cmp::Reverse(*free)));
            if let Some((1.., free, by)) = best {
                is_better = true;
                for &(cell, times) in &uses[free] {
                    values[cell] += times * by;
                }
            }
        }
        if !is_better {
            return;
        }
    }
}
