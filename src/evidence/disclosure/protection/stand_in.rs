//! A whole table with the same published texts, in the place of the true one.
//!
//! What is published of a rounded figure is an interval, known before anything is decided. A table
//! of whole numbers within all intervals is found from them and the classes alone. A reader cannot
//! tell it from the true one, so what protects it protects the true one, and the pattern follows
//! from the texts and not from the values (disclosure §10).

mod central;
mod parts;
mod spread;

use super::graph::{Cell, Graph, UNBOUNDED};
use super::rooms::Stand;
use super::walk::{Net, Walk};
pub(super) use spread::{Row, spread};

/// So many single changes of one number at most, for each cell.
const PATIENCE: usize = 20;
/// And in all.
const MOST_CHANGES: usize = 2_000_000;
/// Of so many cells one at most may be withheld for good, so that a stand-in is found.
const GIVEN_UP: usize = 100;

/// Whether figures are rounded, so that what is published of each is an interval.
pub(super) fn is_wanted(graph: &Graph) -> bool {
    graph.cells.iter().any(|cell| {
        let (low, high) = cell.shown;
        cell.withheld.is_some() && low < high && high < UNBOUNDED
    })
}

/// Finds one, and withholds for good the figures that it does not agree with.
pub(super) fn adopt(graph: &mut Graph) -> Option<Stand> {
    let (stand, given_up) = find(graph)?;
    for cell in given_up {
        graph.cells[cell].is_primary = true;
        graph.cells[cell].withhold();
    }
    Some(stand)
}

/// Finds one, from the texts and the classes alone; and a few figures that it does not agree with,
/// which must be withheld for good: texts of large sums that are too near to impossible to be met.
fn find(graph: &Graph) -> Option<(Stand, Vec<usize>)> {
    let (rows, uses) = spread(graph)?;
    let (values, given_up) = match graph.blocks.is_empty() {
        true => find_central(graph, (&rows, &uses), &public_ends(graph))?,
        false => {
            let (net, ends) = (Net { rows: &rows, uses: &uses }, ends(graph));
            let mut walk = Walk::new(net, &middle(net, &ends), |at| ends[at]);
            let is_found = walk.run(net, most_steps(net), |_| ());
            is_found.then(|| (reached(net, &walk), Vec::new()))?
        }
    };
    let table: Vec<(usize, i64)> = values.iter().copied().enumerate().collect();
    if !graph.is_level(&table) {
        return None;
    }
    // A figure that is shown exactly has no room of its own, and its class if it is withheld.
    let is_exact = |at: usize| {
        let found = &graph.cells[at];
        found.is_candidate() && found.shown.0 == found.shown.1
    };
    let stands = values.iter().enumerate();
    let stands = stands.map(|(at, v)| if is_exact(at) { graph.cells[at].class } else { (*v, *v) });
    Some((Stand { ends: stands.collect(), is_by_class: false, is_truth: false }, given_up))
}

/// A table with the same texts and classes, well within both.
#[cfg(test)]
pub(in crate::evidence::disclosure) fn alike(graph: &Graph) -> Option<Vec<i64>> {
    let (rows, uses) = spread(graph)?;
    let (values, given_up) = find_central(graph, (&rows, &uses), &ends(graph))?;
    let table: Vec<(usize, i64)> = values.iter().copied().enumerate().collect();
    (given_up.is_empty() && graph.is_level(&table)).then_some(values)
}

/// Finds one that agrees with what is published now, with everything that is withheld by now. Only
/// for sums without a shape.
pub(super) fn find_as_published(graph: &Graph) -> Option<Stand> {
    let (rows, uses) = spread(graph)?;
    let now = |cell: &Cell| (cell.low.max(cell.known.0), cell.high.min(cell.known.1));
    let ends: Vec<(i64, i64)> = graph.cells.iter().map(now).collect();
    let (values, given_up) = find_central(graph, (&rows, &uses), &ends)?;
    let table: Vec<(usize, i64)> = values.iter().copied().enumerate().collect();
    let ends = values.into_iter().map(|value| (value, value)).collect();
    let is_whole = given_up.is_empty() && graph.is_level(&table);
    is_whole.then_some(Stand { ends, is_by_class: false, is_truth: false })
}

/// The least and the greatest value of each cell, by its text and its class.
fn ends(graph: &Graph) -> Vec<(i64, i64)> {
    let within =
        |(low, high): (i64, i64), (least, most): (i64, i64)| (low.max(least), high.min(most));
    let public = public_ends(graph).into_iter().zip(&graph.cells);
    public.map(|(ends, cell)| within(ends, cell.class)).collect()
}

/// By its text alone.
fn public_ends(graph: &Graph) -> Vec<(i64, i64)> {
    let ends = |cell: &Cell| {
        let (low, high) = match cell.withheld {
            Some(withheld) if cell.is_primary => withheld,
            _ => cell.shown,
        };
        (low.max(cell.known.0), high.min(cell.known.1))
    };
    graph.cells.iter().map(ends).collect()
}

/// A table well within its intervals.
fn find_central(
    graph: &Graph,
    (rows, uses): (&[Row], &[Row]),
    ends: &[(i64, i64)],
) -> Option<(Vec<i64>, Vec<usize>)> {
    let start = parts::start(rows, ends, &graph.parts)?;
    let sum = |row: &Row| row.iter().map(|(at, by)| start[*at] * by).sum();
    let values: Vec<i64> = rows.iter().map(sum).collect();
    let net = Net { rows, uses };
    let mut walk = Walk::new(net, &values, |at| ends[at]);
    let mut given_up = Vec::new();
    while !walk.run(net, most_steps(net), |_| ()) {
        let can_go = |at: &usize| graph.cells[*at].is_candidate();
        let gone: Vec<usize> = walk.outside().iter().copied().filter(can_go).collect();
        if gone.is_empty() || given_up.len() + gone.len() > graph.cells.len() / GIVEN_UP {
            return None;
        }
        for at in gone {
            walk.set_ends(net, at, graph.cells[at].withheld.unwrap_or(walk.ends(at)));
            given_up.push(at);
        }
    }
    let mut values = reached(net, &walk);
    let ends: Vec<(i64, i64)> = (0..rows.len()).map(|at| walk.ends(at)).collect();
    central::centre(&mut values, (rows, uses), &ends);
    Some((values, given_up))
}

/// How many steps a walk to a stand-in may take.
fn most_steps(net: Net) -> usize {
    (net.rows.len() * PATIENCE).min(MOST_CHANGES)
}

/// The table that a walk has come to.
fn reached(net: Net, walk: &Walk) -> Vec<i64> {
    (0..net.rows.len()).map(|at| walk.value(at)).collect()
}

/// A table whose free numbers are in the middle of their intervals.
fn middle(net: Net, ends: &[(i64, i64)]) -> Vec<i64> {
    let free = |at: usize| match ends[at] {
        _ if net.uses[at].is_empty() => 0,
        (low, _) if low <= -UNBOUNDED => 0,
        (low, high) if high >= UNBOUNDED => low.max(0),
        (low, high) => low + (high - low).max(0) / 2,
    };
    net.rows.iter().map(|row| row.iter().map(|(at, by)| free(*at) * by).sum()).collect()
}
