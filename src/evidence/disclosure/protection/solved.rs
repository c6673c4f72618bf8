//! Equations, each solved for one variable.

/// Smaller than any coefficient that matters.
pub(super) const NEGLIGIBLE: f64 = 1e-9;

/// A variable and what it is the sum of; by variable, ascending.
pub(super) type Line = (usize, Vec<(usize, f64)>);

/// Solves equations, whose sums are nought, one after another: each for the variable with
/// coefficient 1 or -1 that stands in fewest. Those that follow from others drop out.
pub(super) fn solved(variables: usize, mut equations: Vec<Vec<(usize, f64)>>) -> Vec<Line> {
    let mut counts = vec![0_usize; variables];
    for (variable, _) in equations.iter().flatten() {
        counts[*variable] += 1;
    }
    equations.sort_by_key(Vec::len);
    let mut lines: Vec<Line> = Vec::new();
    let mut line_of: Vec<Option<usize>> = vec![None; variables];
    // For each variable the lines that it stood in at some time.
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); variables];
    let mut sum = vec![0.0; variables];
    for equation in equations {
        let mut touched = Vec::new();
        for (variable, by) in equation {
            match line_of[variable] {
                None => add(&mut sum, &mut touched, variable, by),
                Some(line) => {
                    for &(other, times) in &lines[line].1 {
                        add(&mut sum, &mut touched, other, by * times);
                    }
                }
            }
        }
        touched.sort_unstable();
        touched.dedup();
        let mut terms = Vec::with_capacity(touched.len());
        for variable in touched {
            let by = std::mem::take(&mut sum[variable]);
            if by.abs() > NEGLIGIBLE {
                terms.push((variable, by));
            }
        }
        let best = terms.iter().min_by_key(|(variable, by)| {
            ((by.abs() - 1.0).abs() > NEGLIGIBLE, counts[*variable], *variable)
        });
        let Some(&(variable, by)) = best else { continue };
        let terms: Vec<(usize, f64)> = terms
            .iter()
            .filter(|(other, _)| *other != variable)
            .map(|(other, times)| (*other, -times / by))
            .collect();
        for user in std::mem::take(&mut users[variable]) {
            for other in substitute(&mut lines[user].1, variable, &terms) {
                users[other].push(user);
            }
        }
        for (other, _) in &terms {
            users[*other].push(lines.len());
        }
        line_of[variable] = Some(lines.len());
        lines.push((variable, terms));
    }
    lines
}

/// A float that is a whole number but for rounding is taken as that number.
pub(super) fn settled(value: f64) -> f64 {
    let whole = value.round();
    if (value - whole).abs() < NEGLIGIBLE { whole } else { value }
}

fn add(sum: &mut [f64], touched: &mut Vec<usize>, variable: usize, by: f64) {
    if sum[variable] == 0.0 {
        touched.push(variable);
    }
    sum[variable] += by;
}

/// Puts a sum in the place of a variable. Returns the variables that are new in the line.
fn substitute(line: &mut Vec<(usize, f64)>, variable: usize, terms: &[(usize, f64)]) -> Vec<usize> {
    let mut new = Vec::new();
    let Ok(place) = line.binary_search_by_key(&variable, |(other, _)| *other) else { return new };
    let (_, by) = line.remove(place);
    let old = std::mem::take(line);
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < terms.len() {
        let next = |list: &[(usize, f64)], at: usize| list.get(at).map_or(usize::MAX, |t| t.0);
        let (left, right) = (next(&old, i), next(terms, j));
        let mut value = 0.0;
        if left <= right {
            value += old[i].1;
            i += 1;
        }
        if right <= left {
            value += by * terms[j].1;
            j += 1;
        }
        if value.abs() > NEGLIGIBLE {
            line.push((left.min(right), value));
            if right < left {
                new.push(right);
            }
        }
    }
    new
}
