//! Attacker A: tries every table of whole numbers, narrowing bounds as it goes.
//!
//! Complete: if it says that there is no such table, every one was tried or shut out by sums of
//! whole numbers. It may give up, and says so.

use super::world::{Line, World};

/// What came of a search.
pub(super) enum Found {
    /// A table with these values.
    Table(Vec<i64>),
    /// There is none.
    Nothing,
    /// It took too long to tell.
    GaveUp,
}

/// Looks for a table that agrees with everything known and in which a variable lies in a range.
///
/// Values near those of `near` are tried first. `steps` bounds how many tables are begun.
pub(super) fn search(
    world: &World,
    variable: usize,
    range: (i64, i64),
    near: &[i64],
    steps: &mut usize,
) -> Found {
    let mut bounds = world.bounds.clone();
    bounds[variable] = (bounds[variable].0.max(range.0), bounds[variable].1.min(range.1));
    let start: Vec<usize> = (0..world.lines.len()).collect();
    if !narrow(world, &mut bounds, start) {
        return Found::Nothing;
    }
    descend(world, bounds, near, steps)
}

/// The bounds of every variable after sums alone; nothing if they contradict each other.
pub(super) fn narrowed(world: &World) -> Option<Vec<(i64, i64)>> {
    let mut bounds = world.bounds.clone();
    let start: Vec<usize> = (0..world.lines.len()).collect();
    narrow(world, &mut bounds, start).then_some(bounds)
}

/// Tries the values of the variable with the fewest, nearest first.
fn descend(world: &World, bounds: Vec<(i64, i64)>, near: &[i64], steps: &mut usize) -> Found {
    let open = (0..bounds.len()).filter(|at| bounds[*at].0 < bounds[*at].1);
    let Some(next) = open.min_by_key(|at| bounds[*at].1 - bounds[*at].0) else {
        let values: Vec<i64> = bounds.iter().map(|(low, _)| *low).collect();
        return if world.admits(&values) { Found::Table(values) } else { Found::Nothing };
    };
    let (low, high) = bounds[next];
    let first = near[next].clamp(low, high);
    let mut parts = vec![(first, first)];
    if first < high {
        parts.push((first + 1, high));
    }
    if low < first {
        parts.push((low, first - 1));
    }
    for part in parts {
        if *steps == 0 {
            return Found::GaveUp;
        }
        *steps -= 1;
        let mut inner = bounds.clone();
        inner[next] = part;
        if !narrow(world, &mut inner, world.lines_of[next].clone()) {
            continue;
        }
        match descend(world, inner, near, steps) {
            Found::Nothing => {}
            found => return found,
        }
    }
    Found::Nothing
}

/// Narrows bounds by the lines listed and by those that then matter; false if they contradict.
///
/// It may stop early where bounds creep: what is left is then wider than need be, never narrower.
fn narrow(world: &World, bounds: &mut [(i64, i64)], mut waiting: Vec<usize>) -> bool {
    let mut is_waiting = vec![false; world.lines.len()];
    for line in &waiting {
        is_waiting[*line] = true;
    }
    let mut patience = 60 * world.lines.len();
    while let Some(at) = waiting.pop() {
        is_waiting[at] = false;
        let Some(changed) = apply(&world.lines[at], bounds) else {
            return false;
        };
        if patience == 0 {
            continue;
        }
        patience -= 1;
        for other in changed.iter().flat_map(|variable| &world.lines_of[*variable]) {
            if !is_waiting[*other] {
                is_waiting[*other] = true;
                waiting.push(*other);
            }
        }
    }
    bounds.iter().all(|(low, high)| low <= high)
}

/// Narrows the variables of one line; returns those that changed, or nothing if it cannot hold.
fn apply(line: &Line, bounds: &mut [(i64, i64)]) -> Option<Vec<usize>> {
    let (mut least, mut most) = (0, 0);
    for (variable, factor) in &line.terms {
        let (low, high) = ends(*factor, bounds[*variable]);
        least += low;
        most += high;
    }
    if most < line.low || line.high < least {
        return None;
    }
    let mut changed = Vec::new();
    for (variable, factor) in &line.terms {
        let old = bounds[*variable];
        let (low, high) = ends(*factor, old);
        // What the others leave for this term.
        let (room_low, room_high) = (line.low - (most - high), line.high - (least - low));
        let (from, to) = match *factor > 0 {
            true => (ceiling(room_low, *factor), room_high.div_euclid(*factor)),
            false => (ceiling(-room_high, -factor), (-room_low).div_euclid(-factor)),
        };
        let new = (old.0.max(from), old.1.min(to));
        if new.0 > new.1 {
            return None;
        }
        if new != old {
            let (new_low, new_high) = ends(*factor, new);
            least += new_low - low;
            most += new_high - high;
            bounds[*variable] = new;
            changed.push(*variable);
        }
    }
    Some(changed)
}

fn ends(factor: i64, (low, high): (i64, i64)) -> (i64, i64) {
    if factor > 0 { (factor * low, factor * high) } else { (factor * high, factor * low) }
}

fn ceiling(value: i64, by: i64) -> i64 {
    -(-value).div_euclid(by)
}
