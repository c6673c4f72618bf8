//! One cell graph for everything that is published about people placed away.
//!
//! # The model
//!
//! A reader knows that people away are those away for a good reason, those who could be taken and
//! the gap, and that everybody has one home and one level (`people`). So the figures are the sums
//! of a cube: three statuses by homes by levels. A parent area has a part of its own, for people
//! homed there directly. The gap of each home and level is the sum of its lines and of a rest,
//! which is too small for a line, as readers know (`lines`).
//!
//! Needs overlap: of each need there is a cube of its own, looked at once all people are settled.
//! That no cell of it is printed does not make it less of a secret. A figure by need is told only
//! where that of all people of its group is, and is no more than that: so what it says of all
//! people at least, their own figure says already.
//!
//! Who is taken follows from public facts about services alone (`openings`). A number of people who
//! could be taken is therefore at most the number of places that everybody sees to be free, and
//! what follows from that alone is no secret. Who of them is taken depends on age, gender and legal
//! status too, of which no number is told: no number up to that bound is impossible.
//!
//! Every small number must keep several possible values for a reader who knows all this
//! (`protection`). Figures that would give one away are withheld. Lines are given up only near a
//! number that could be worked out whatever is withheld.
//!
//! # Worlds that are left out
//!
//! A proof is another cube that would be published in the same words. Only some are tried: those
//! in which nobody is where nobody is now, but for noughts of the same home and level that are
//! withheld like small numbers. A proof with fewer worlds is a stronger one. What it means for the
//! pattern is that it may follow from which parts are empty, as it may follow from which are small.
//!
//! # What needs no cell
//!
//! The ends of a range. An end is told only where the need and the gap of its group are. Rounding
//! keeps order, so the lower end, told in the same words as the gap or lower, says no more of the
//! gap than the gap does, nor does the upper end; and what the ends of several groups say of each
//! other's gaps, the gaps that are told with them say already. Residents have rules of their own
//! (`primary`).
//!
//! # What is open
//!
//! What lines say of the needs of their people, together with figures by need; hidden numbers of
//! all people as bounds of hidden numbers by need; free places against several groups at once. A
//! live site is refused until these are closed.

mod cells;
mod decisions;
mod lines;
mod people;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::figure::{Figure, Published};
use super::gaps::lines::Key;
use super::openings::Openings;
use super::policy::Policy;
use super::protection::graph::Reader;
use super::protection::rounds::{self, Unprotected};
use crate::evidence::analysis::{Analysis, CellKey, Measure, Unit};
use crate::evidence::market::Market;
use cells::Cells;
use people::{Atoms, Frame, People};

pub(in crate::evidence) use decisions::{Decided, Decision, Decisions};
pub(super) use lines::Told;

/// What the publisher asks for, figure by figure.
#[derive(Default)]
pub(super) struct Asked {
    /// Figures that are not to be told.
    pub(super) never: BTreeSet<CellKey>,
    /// Figures that are to be withheld last.
    pub(super) keep: BTreeSet<CellKey>,
}

/// What everything is protected by.
pub(super) struct Site<'a> {
    pub(super) policy: &'a Policy,
    pub(super) market: &'a Market,
    pub(super) analysis: &'a Analysis,
    pub(super) openings: &'a Openings<'a>,
    /// Each figure as it would be told if there were no others.
    pub(super) figures: &'a BTreeMap<CellKey, Published>,
    pub(super) asked: &'a Asked,
    /// Whether this is told as an edition, which others come after: then every number of people
    /// keeps several possible values, so that none can be held against that of another edition.
    pub(super) is_edition: bool,
}

impl<'a> Site<'a> {
    /// What cells are built from, beside figures as they are told.
    fn frame(&self, figures: &'a BTreeMap<CellKey, Published>) -> Frame<'a> {
        Frame { areas: &self.market.areas, openings: self.openings, figures }
    }
}

/// What was found.
pub(super) struct Protected {
    pub(super) decisions: Decisions,
    /// Lines that cannot stand. While there are any, nothing else of the answer is of use: the
    /// people of a line that is given up are told in others.
    pub(super) given_up: BTreeSet<Key>,
}

/// Decides which figures of all people, and which lines, are told.
pub(super) fn protect(site: &Site, told: &Told) -> Protected {
    let mut cells = Cells::new(site.policy, site.asked, site.is_edition);
    let people = People::count(site.market, &site.analysis.residual);
    let frame = site.frame(site.figures);
    let built = lines::build(&mut cells, told);
    let all = people::build(&mut cells, &frame, &people, &built.gaps);
    let mut decisions = Decisions::default();
    let is_of_all = |key: &CellKey| key.need.is_none();
    let of_lines: Vec<usize> = built.told.values().chain(&built.rests).copied().collect();
    let open = settle(site, &mut cells, (&all, &of_lines), (&is_of_all, &mut decisions));
    let near = open.into_iter().flat_map(|cell| lines::nearest(&cells.graph, &built, cell));
    let given_up = near.collect();
    Protected { decisions, given_up }
}

/// Decides which figures of the people of one need are told, need by need: with `decisions` about
/// all people, which come first.
pub(super) fn protect_needs(site: &Site, decisions: &mut Decisions) {
    let mut figures = site.figures.clone();
    decisions.apply(&mut figures);
    let people = People::count(site.market, &site.analysis.residual);
    for need in site.market.vocabulary.needs.keys() {
        let mut cells = Cells::new(site.policy, site.asked, site.is_edition);
        let atoms = people::build_need(&mut cells, &site.frame(&figures), &people, need);
        let is_of_need = |key: &CellKey| key.need.as_ref() == Some(need);
        settle(site, &mut cells, (&atoms, &[]), (&is_of_need, decisions));
    }
}

/// Withholds what must be withheld for the secrets among cells, and notes what became of every
/// figure that they are about. Returns the cells that could be worked out all the same.
fn settle(
    site: &Site,
    cells: &mut Cells,
    (atoms, of_lines): (&Atoms, &[usize]),
    (is_about, decisions): (&dyn Fn(&CellKey) -> bool, &mut Decisions),
) -> BTreeSet<usize> {
    let mut secrets: Vec<usize> = cells.figures.values().copied().collect();
    secrets.extend(atoms.values().flatten().flatten());
    secrets.extend(of_lines);
    for cell in secrets {
        cells.protect(cell);
    }
    cells.begin();
    let found = rounds::protect(&mut cells.graph, vec![Reader::default()]);
    decide(site, cells, &found, (is_about, decisions));
    let open: BTreeSet<usize> = found.open.union(&found.lost).copied().collect();
    for cell in &open {
        decisions.add_open(cells.graph.cells[*cell].key.clone());
    }
    let secrets = cells.graph.cells.iter().filter(|cell| cell.need.is_some()).count();
    let by_truth = if found.has_no_stand_in { secrets } else { found.retried.len() };
    decisions.count_by_true_values(by_truth);
    open
}

/// Tells of each figure about people what became of it.
fn decide(
    site: &Site,
    cells: &Cells,
    found: &Unprotected,
    (is_about, decisions): (&dyn Fn(&CellKey) -> bool, &mut Decisions),
) {
    let mut keys: BTreeMap<usize, &CellKey> = BTreeMap::new();
    for (key, cell) in cells.figures.iter().rev() {
        keys.insert(*cell, key);
    }
    let protected = |cell: &usize| keys.get(found.protects.get(cell)?).copied().cloned();
    let of_people = site.figures.iter().filter(|(key, _)| key.measure.unit() == Unit::People);
    for (key, told) in of_people.filter(|(key, _)| is_about(key)) {
        let count = site.analysis.counts.get(key).map_or(0, |count| count.known);
        let is_hidden = told.figure() == Figure::Suppressed;
        let cell = cells.figures.get(key);
        let decision = match cell.filter(|cell| cells.graph.cells[**cell].is_withheld) {
            _ if is_hidden && is_of_residents(key) => Decision::FewProviders,
            _ if is_hidden && count == 0 => Decision::Nought,
            _ if is_hidden => Decision::Small,
            _ if site.asked.never.contains(key) => Decision::Listed,
            Some(cell) => Decision::Protects(protected(cell)),
            None => Decision::Shown,
        };
        decisions.add(key.clone(), Decided { decision });
    }
}

fn is_of_residents(key: &CellKey) -> bool {
    matches!(key.measure, Measure::OccupiedLocally | Measure::OccupiedByOthers)
}
