//! What is known of a figure of residents because it is told: that enough providers have some.

use super::super::super::protection::graph::UNBOUNDED;
use super::super::cells::Cells;

/// Adds what is true while a figure is told; `shares` are the parts of its providers. Returns each
/// cell with the figure: it is withheld only where the figure is.
///
/// Worlds in which three of those who have some keep some are enough, so three are held: those
/// with the most, who have most room.
pub(super) fn add(cells: &mut Cells, figure: usize, shares: &[usize]) -> Vec<(usize, usize)> {
    let mut some: Vec<usize> =
        shares.iter().copied().filter(|share| cells.graph.cells[*share].value > 0).collect();
    some.sort_by_key(|share| (-cells.graph.cells[*share].value, *share));
    some.truncate(cells.policy().fewest_providers);
    let mut added = Vec::new();
    for share in some {
        let people = cells.graph.cells[share].value;
        let rule = cells.hide("some".to_owned(), people, (0, UNBOUNDED));
        cells.equate(rule, &[share]);
        cells.hold_with(rule, figure, ((1, UNBOUNDED), (0, UNBOUNDED)));
        added.push((rule, figure));
    }
    added
}
