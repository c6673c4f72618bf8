//! What was decided of each figure, and why: for the report, the audit and the lock of an edition.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::super::figure::{Figure, Published};
use super::super::gaps::lines::Key as LineKey;
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
    /// Withheld in an edition, where any number that is told too closely would let a later edition
    /// tell of a few people who came or went. A site without editions would show it.
    HoldsChange,
    /// Residents of services, withheld because too few providers have some of them.
    FewProviders,
    /// Withheld because the publisher asked for it.
    Listed,
}

/// What was decided of one figure. Sensitive.
#[derive(Clone)]
pub(in crate::evidence) struct Decided {
    pub(in crate::evidence) decision: Decision,
}

/// All decisions about figures of people. Sensitive: never told as a whole.
#[derive(Clone, Default)]
pub(in crate::evidence) struct Decisions {
    cells: BTreeMap<CellKey, Decided>,
    open: BTreeSet<String>,
    given_up: BTreeSet<LineKey>,
}

impl Decisions {
    /// What was decided of a figure; nothing for figures that are not about people.
    pub(in crate::evidence) fn get(&self, key: &CellKey) -> Option<&Decided> {
        self.cells.get(key)
    }

    /// Figures that are withheld so that no change between editions can be worked out.
    pub(in crate::evidence::disclosure) fn holding_changes(
        &self,
    ) -> impl Iterator<Item = &CellKey> {
        let holds = |decided: &Decided| decided.decision == Decision::HoldsChange;
        self.cells.iter().filter(move |(_, decided)| holds(decided)).map(|(key, _)| key)
    }

    /// Numbers of people that could be worked out whatever is withheld, as keys. Nothing may be
    /// published unless there are none.
    pub(in crate::evidence) fn open(&self) -> &BTreeSet<String> {
        &self.open
    }

    /// Lines of gaps that are not told, because they would give a small number away.
    pub(in crate::evidence) fn given_up(&self) -> &BTreeSet<LineKey> {
        &self.given_up
    }

    /// Takes in decisions about other figures.
    pub(in crate::evidence::disclosure) fn join(&mut self, others: Decisions) {
        self.cells.extend(others.cells);
    }

    /// Notes the lines that are given up.
    pub(in crate::evidence::disclosure) fn give_up(&mut self, lines: BTreeSet<LineKey>) {
        self.given_up = lines;
    }

    /// Tells apart what is withheld for the sake of later editions alone: figures that these other
    /// decisions, made without them, would show.
    pub(in crate::evidence::disclosure) fn set_beside(&mut self, without: &Decisions) {
        let is_shown = |key| without.get(key).is_some_and(|at| at.decision == Decision::Shown);
        for (key, decided) in &mut self.cells {
            if matches!(decided.decision, Decision::Protects(_)) && is_shown(key) {
                decided.decision = Decision::HoldsChange;
            }
        }
    }

    pub(super) fn add(&mut self, key: CellKey, decided: Decided) {
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

    pub(in crate::evidence::disclosure) fn add_open(&mut self, key: String) {
        self.open.insert(key);
    }
}

/// Tells no key and no number.
impl fmt::Debug for Decisions {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Decisions(withheld)")
    }
}
