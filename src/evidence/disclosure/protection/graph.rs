//! The cell graph: every number that hangs together with others, and how.

use std::collections::{BTreeMap, BTreeSet};

/// A value that no figure reaches: stands for "no bound".
pub(in crate::evidence::disclosure) const UNBOUNDED: i64 = 1 << 40;

/// What must stay possible of a sensitive cell, for every reader.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::evidence::disclosure) enum Need {
    /// One possible value more than this, wherever they lie (disclosure §4).
    Width(i64),
    /// Some value as small as the first, and some as great as the second.
    Span(i64, i64),
    /// Some value as far below the true one as the first, and some as far above it as the second.
    Around(i64, i64),
}

/// One number. The reader knows an interval of it, and the equations.
#[derive(Clone)]
pub(in crate::evidence::disclosure) struct Cell {
    /// For messages and for the order: measure and codes.
    pub(in crate::evidence::disclosure) key: String,
    pub(in crate::evidence::disclosure) value: i64,
    /// What the reader knows of it as it is published now.
    pub(in crate::evidence::disclosure) low: i64,
    pub(in crate::evidence::disclosure) high: i64,
    /// What the reader knows of it from earlier releases alone.
    pub(in crate::evidence::disclosure) known: (i64, i64),
    /// What the reader knows of it while it is shown.
    pub(in crate::evidence::disclosure) shown: (i64, i64),
    /// What the reader would know of it if it were withheld; `None` if it cannot be.
    pub(in crate::evidence::disclosure) withheld: Option<(i64, i64)>,
    /// Withheld now.
    pub(in crate::evidence::disclosure) is_withheld: bool,
    /// Withheld because it must be, whatever the others do.
    pub(in crate::evidence::disclosure) is_primary: bool,
    pub(in crate::evidence::disclosure) need: Option<Need>,
    /// The least and the greatest value that a cell of the same class may have: of small counts, 1
    /// to the threshold less one; of others, a band. The pattern may follow from classes and never
    /// from values (disclosure §10).
    pub(in crate::evidence::disclosure) class: (i64, i64),
    /// What withholding it costs. It must follow from the class. A cell to be kept if at all
    /// possible weighs more than all others together.
    pub(in crate::evidence::disclosure) weight: i64,
}

impl Cell {
    /// Whether withholding it would tell the reader less, and is allowed.
    pub(in crate::evidence::disclosure) fn is_candidate(&self) -> bool {
        self.withheld.is_some() && !self.is_withheld
    }

    /// Withholds it, if it can be.
    pub(in crate::evidence::disclosure) fn withhold(&mut self) {
        if let Some((low, high)) = self.withheld {
            self.low = low;
            self.high = high;
            self.is_withheld = true;
        }
    }

    /// Shows it again.
    pub(in crate::evidence::disclosure) fn show(&mut self) {
        (self.low, self.high) = self.shown;
        self.is_withheld = false;
    }
}

/// Coefficients by cell; they sum to nought.
pub(in crate::evidence::disclosure) type Equation = Vec<(usize, i64)>;

/// Cells that are all combinations of the codes of some trees. A hint only: it tells where short
/// changes are to be looked for, and each of them is checked against the equations.
#[derive(Clone)]
pub(in crate::evidence::disclosure) struct Block {
    /// For each tree and code the code above it. Every tree has one root.
    pub(in crate::evidence::disclosure) parents: Vec<Vec<Option<usize>>>,
    /// The cells; the code of the last tree changes fastest.
    pub(in crate::evidence::disclosure) cells: Vec<usize>,
}

/// Cells and equations.
#[derive(Clone, Default)]
pub(in crate::evidence::disclosure) struct Graph {
    pub(in crate::evidence::disclosure) cells: Vec<Cell>,
    pub(in crate::evidence::disclosure) equations: Vec<Equation>,
    /// For each cell the equations it stands in.
    pub(in crate::evidence::disclosure) places: Vec<Vec<usize>>,
    /// Hints. A cell may stand in one of them at most.
    pub(in crate::evidence::disclosure) blocks: Vec<Block>,
    /// Hints too: free cells by the part of the whole that they belong to, such as a board. Most
    /// sums are of cells of one part, and a stand-in is sought part by part.
    pub(in crate::evidence::disclosure) parts: BTreeMap<usize, usize>,
}

impl Graph {
    pub(in crate::evidence::disclosure) fn add_equation(&mut self, equation: Equation) {
        self.places.resize(self.cells.len(), Vec::new());
        for (cell, _) in &equation {
            self.places[*cell].push(self.equations.len());
        }
        self.equations.push(equation);
    }

    /// Whether a change of the true values, by cell, leaves every equation true and every cell
    /// within what the reader knows: exact, in whole numbers.
    #[cfg(test)]
    pub(in crate::evidence::disclosure) fn admits(
        &self,
        change: &[(usize, i64)],
        reader: &Reader,
    ) -> bool {
        let is_within = |&(cell, by): &(usize, i64)| {
            let (low, high) = reader.bounds(self, cell);
            self.cells[cell]
                .value
                .checked_add(by)
                .is_some_and(|value| (low..=high).contains(&value))
        };
        change.iter().all(is_within) && self.is_level(change)
    }

    /// Whether a change leaves every equation true: exact, in whole numbers.
    pub(in crate::evidence::disclosure) fn is_level(&self, change: &[(usize, i64)]) -> bool {
        let by: BTreeMap<usize, i64> = change.iter().copied().collect();
        let touched: BTreeSet<usize> = by
            .keys()
            .flat_map(|cell| self.places.get(*cell).into_iter().flatten().copied())
            .collect();
        by.len() == change.len()
            && touched.into_iter().all(|place| {
                let moved = |(cell, times): &(usize, i64)| by.get(cell).map(|by| (*by, *times));
                self.equations[place]
                    .iter()
                    .filter_map(moved)
                    .try_fold(0_i64, |sum, (by, times)| sum.checked_add(by.checked_mul(times)?))
                    == Some(0)
            })
    }
}

/// What one reader knows besides what is published: an insider, its own part.
#[derive(Default)]
pub(in crate::evidence::disclosure) struct Reader {
    /// Narrower bounds of cells.
    pub(in crate::evidence::disclosure) knows: BTreeMap<usize, (i64, i64)>,
    /// Cells that are no secret to this reader, because it alone contributed them.
    pub(in crate::evidence::disclosure) owns: BTreeSet<usize>,
}

impl Reader {
    /// The least and the greatest value that this reader thinks possible by the bounds alone.
    pub(in crate::evidence::disclosure) fn bounds(&self, graph: &Graph, cell: usize) -> (i64, i64) {
        let found = &graph.cells[cell];
        match self.knows.get(&cell) {
            Some((low, high)) => (found.low.max(*low), found.high.min(*high)),
            None => (found.low, found.high),
        }
    }
}
