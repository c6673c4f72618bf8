//! What was decided of each figure, and why: for the report, the audit and the lock of an edition.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;

use super::super::figure::{Figure, Published};
use super::super::protection::graph::Graph;
use crate::evidence::analysis::CellKey;

/// Why a figure about people is shown or withheld.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::evidence) enum Decision {
    /// Shown.
    Shown,
    /// Withheld because so few people are not told of.
    Small,
    /// Withheld because the profile does not show noughts.
    Nought,
    /// Withheld because another figure could be worked out from it: the key, where a figure of the
    /// site is meant; none for a number that the site does not print, such as people in no line.
    Protects(Option<CellKey>),
    /// Withheld because the publisher asked for it.
    Listed,
}

/// What was decided of one figure. Sensitive.
#[derive(Clone)]
pub(in crate::evidence) struct Decided {
    pub(in crate::evidence) decision: Decision,
    /// The least and the greatest number of people that a reader must hold possible, by adding and
    /// taking off; no greatest where nothing bounds it.
    pub(in crate::evidence) interval: (i64, Option<i64>),
}

/// All decisions about figures of people. Sensitive: never told as a whole.
#[derive(Clone, Default)]
pub(in crate::evidence) struct Decisions {
    cells: BTreeMap<CellKey, Decided>,
    small: BTreeSet<CellKey>,
    open: BTreeSet<String>,
}

impl Decisions {
    /// Every figure about people that was decided, in order of keys.
    #[allow(dead_code, reason = "for the report")]
    pub(in crate::evidence) fn iter(&self) -> impl Iterator<Item = (&CellKey, &Decided)> {
        self.cells.iter()
    }

    /// What was decided of a figure; nothing for figures that are not about people.
    #[allow(dead_code, reason = "for the report")]
    pub(in crate::evidence) fn get(&self, key: &CellKey) -> Option<&Decided> {
        self.cells.get(key)
    }

    /// Whether a figure is a small number of people, and so must never follow from others.
    #[allow(dead_code, reason = "for the audit")]
    pub(in crate::evidence) fn is_small(&self, key: &CellKey) -> bool {
        self.small.contains(key)
    }

    /// Numbers of people that could be worked out whatever is withheld, as keys. Nothing may be
    /// published unless there are none.
    pub(in crate::evidence) fn open(&self) -> &BTreeSet<String> {
        &self.open
    }

    pub(super) fn add(&mut self, key: CellKey, decided: Decided) {
        if decided.decision == Decision::Small {
            self.small.insert(key.clone());
        }
        self.cells.insert(key, decided);
    }

    /// Withholds the figures that are to be withheld.
    pub(in crate::evidence::disclosure) fn apply(
        &self,
        figures: &mut BTreeMap<CellKey, Published>,
    ) {
        let is_withheld = |decided: &Decided| decided.decision != Decision::Shown;
        for (key, _) in self.cells.iter().filter(|(_, decided)| is_withheld(decided)) {
            figures.insert(key.clone(), Published::new(key.clone(), Figure::Suppressed, false));
        }
    }

    /// Notes that a figure is withheld after all.
    pub(in crate::evidence::disclosure) fn withhold(&mut self, key: &CellKey, why: Decision) {
        if let Some(found) = self.cells.get_mut(key).filter(|at| at.decision == Decision::Shown) {
            found.decision = why;
        }
    }

    pub(super) fn add_open(&mut self, key: String) {
        self.open.insert(key);
    }
}

/// Tells no key and no number.
impl fmt::Debug for Decisions {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Decisions(withheld)")
    }
}

/// For every cell the nearest one, over equations, that must be protected.
pub(super) fn nearest_protected(graph: &Graph) -> Vec<Option<usize>> {
    let mut nearest: Vec<Option<usize>> = vec![None; graph.cells.len()];
    let mut next: VecDeque<usize> = VecDeque::new();
    for (at, cell) in graph.cells.iter().enumerate() {
        if cell.need.is_some() {
            nearest[at] = Some(at);
            next.push_back(at);
        }
    }
    while let Some(at) = next.pop_front() {
        for place in &graph.places[at] {
            for (other, _) in &graph.equations[*place] {
                if nearest[*other].is_none() {
                    nearest[*other] = nearest[at];
                    next.push_back(*other);
                }
            }
        }
    }
    nearest
}

/// So many rounds at most; then the intervals are wider than they could be, on no one's account.
const ROUNDS: usize = 50;

/// What a reader can tell of each cell by adding and taking off.
pub(super) fn intervals(graph: &Graph, unbounded: i64) -> Vec<(i64, i64)> {
    let mut found: Vec<(i64, i64)> =
        graph.cells.iter().map(|cell| (cell.low, cell.high.min(unbounded))).collect();
    for _ in 0..ROUNDS {
        let before = found.clone();
        for equation in &graph.equations {
            narrow(equation, &mut found, unbounded);
        }
        if before == found {
            break;
        }
    }
    found
}

/// Narrows each cell of an equation by the others.
fn narrow(equation: &[(usize, i64)], found: &mut [(i64, i64)], unbounded: i64) {
    let ends = |(cell, by): (usize, i64), found: &[(i64, i64)]| {
        let (low, high) = found[cell];
        let high = (high < unbounded).then_some(high);
        match by > 0 {
            true => (Some(low * by), high.map(|high| high * by)),
            false => (high.map(|high| high * by), Some(low * by)),
        }
    };
    for (at, (cell, by)) in equation.iter().enumerate() {
        let others = equation.iter().enumerate().filter(|(other, _)| *other != at);
        let (mut least, mut most) = (Some(0), Some(0));
        for (_, other) in others {
            let (low, high) = ends(*other, found);
            least = least.zip(low).map(|(sum, low): (i64, i64)| sum + low);
            most = most.zip(high).map(|(sum, high): (i64, i64)| sum + high);
        }
        // by * cell = -(others); coefficients are 1 or -1.
        let (low, high) = match *by > 0 {
            true => (most.map(|most| -most), least.map(|least| -least)),
            false => (least, most),
        };
        let range = &mut found[*cell];
        *range = (range.0.max(low.unwrap_or(range.0)), range.1.min(high.unwrap_or(range.1)));
    }
}
