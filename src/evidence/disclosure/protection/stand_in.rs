//! A whole table with the same published texts, in the place of the true one.

use super::graph::{Graph, UNBOUNDED};

/// Whether figures are rounded, so that what is published of each is an interval.
pub(super) fn is_wanted(graph: &Graph) -> bool {
    graph.cells.iter().any(|cell| {
        cell.withheld.is_some() && {
            let (low, high) = cell.shown;
            low < high && high < UNBOUNDED
        }
    })
}
