//! Points of whole numbers, where the linear programme ends at one with fractions.

use super::super::graph::{Graph, Reader};
use super::{Engine, WHOLE};

/// So many programmes at most in the search for a point of whole numbers.
const TRIES: usize = 60;

/// Where a search for whole numbers stands.
pub(super) struct Branch {
    /// The cell that is to move, and by how much.
    cell: usize,
    by: i64,
    /// Whether everything may move that could be withheld.
    repair: bool,
    /// Variables that are held, with the least and the greatest change.
    limits: Vec<(usize, f64, f64)>,
    /// Programmes left.
    tries: usize,
}

impl Branch {
    /// The beginning of a search.
    pub(super) fn new(cell: usize, by: i64, repair: bool) -> Branch {
        Branch { cell, by, repair, limits: Vec::new(), tries: TRIES }
    }
}

impl Engine {
    /// Looks for a point of whole numbers where the one reached has fractions: the variables with
    /// fractions are held below or above, one after another. Gives up after some tries.
    pub(super) fn search(&mut self, graph: &Graph, reader: &Reader, branch: &mut Branch) -> bool {
        if branch.tries == 0 {
            return false;
        }
        branch.tries -= 1;
        self.set_bounds(graph, reader, branch.repair);
        for &(variable, below, above) in &branch.limits {
            let start = 0.0_f64.clamp(below, above);
            let at = self.simplex.push(variable, start > 0.0, start);
            if at < below - WHOLE || at > above + WHOLE {
                return false;
            }
            self.simplex.narrow(variable, below, above);
        }
        if !self.reach(branch.cell, branch.by) {
            return false;
        }
        let point = self.simplex.point();
        let is_open = |at: &usize| (point[*at] - point[*at].round()).abs() > WHOLE;
        let Some(variable) = (0..self.cost).find(is_open) else { return true };
        let at = point[variable];
        let mut sides = [(f64::NEG_INFINITY, at.floor()), (at.ceil(), f64::INFINITY)];
        if at < 0.0 {
            sides.reverse();
        }
        for (below, above) in sides {
            branch.limits.push((variable, below, above));
            let is_found = self.search(graph, reader, branch);
            branch.limits.pop();
            if is_found {
                return true;
            }
        }
        false
    }

    /// Cells to withhold so that a cell can move by this much in whole numbers, where the cheapest
    /// ones allow it in fractions only; `None` if none were found.
    pub(in crate::evidence) fn whole(
        &mut self,
        graph: &Graph,
        reader: &Reader,
        cell: usize,
        by: i64,
    ) -> Option<(i64, Vec<usize>)> {
        let mut branch = Branch::new(cell, by, true);
        self.search(graph, reader, &mut branch).then(|| self.outside(graph, reader))
    }
}
