//! One cell graph for everything that is published about people placed away.
//!
//! # The model
//!
//! A reader knows that people away are those away for a good reason, those who could be taken and
//! the gap, and that everybody has one home and one level (`people`). So the figures are the sums
//! of a cube: three statuses by homes by levels. A parent area has a part of its own, for people
//! homed there directly. Needs overlap: of each need there is a cube of its own, and each of its
//! cells is no more than the cell of all people. That no cell of the cube by need is printed does
//! not make it less of a secret. The gap of each home and level is the sum of its lines and of a
//! rest, which is too small for a line, as readers know (`lines`).
//!
//! Who is taken follows from public facts about services alone (`openings`). A number of people who
//! could be taken is therefore at most the number of places that everybody sees to be free, and
//! what follows from that alone is no secret. Who of them is taken depends on age, gender and legal
//! status too, of which no number is told: no number up to that bound is impossible.
//!
//! Every small number must keep several possible values for a reader who knows all this
//! (`protection`). Figures that would give one away are withheld, lines are given up.
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
//! other's gaps, the gaps that are told with them say already. Residents are in `residents`.

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
use super::protection::graph::{Reader, UNBOUNDED};
use super::protection::rounds;
use crate::evidence::analysis::{Analysis, CellKey, Unit};
use crate::evidence::market::Market;
use cells::Cells;
use people::{Frame, People};

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
    /// Figures that are withheld because of what an earlier edition told. Each has to keep as many
    /// possible values as a small number.
    pub(super) bound: &'a BTreeSet<CellKey>,
}

/// What was found.
pub(super) struct Protected {
    pub(super) decisions: Decisions,
    /// Lines that cannot stand. While there are any, nothing else of the answer is of use: the
    /// people of a line that is given up are told in others.
    pub(super) given_up: BTreeSet<Key>,
}

/// Decides which figures and lines are told.
pub(super) fn protect(site: &Site, told: &Told) -> Protected {
    let mut cells = Cells::new(site.policy, site.asked);
    let people = People::count(site.market, &site.analysis.residual);
    let frame = Frame { areas: &site.market.areas, openings: site.openings, figures: site.figures };
    let built = lines::build(&mut cells, told);
    let (all, by_need) = people::build(&mut cells, &frame, &people, &built.gaps);
    lines::tie(&mut cells, told, &built, &by_need);
    let mut secrets: Vec<usize> = cells.figures.values().copied().collect();
    let atoms = by_need.values().chain([&all]).flat_map(BTreeMap::values);
    secrets.extend(atoms.flatten().flatten());
    secrets.extend(&built.rests);
    for cell in secrets {
        cells.protect(cell);
    }
    for key in site.bound {
        cells.require(key);
    }
    cells.begin();
    eprintln!(
        "cells {} eq {} need {}",
        cells.graph.cells.len(),
        cells.graph.equations.len(),
        cells.graph.cells.iter().filter(|c| c.need.is_some()).count()
    );
    let t = std::time::Instant::now();
    let found = rounds::protect(&mut cells.graph, vec![Reader::default()]);
    eprintln!(
        "took {:?} withheld {} open {} lost {}",
        t.elapsed(),
        cells.graph.cells.iter().filter(|c| c.is_withheld && !c.is_primary).count(),
        found.open.len(),
        found.lost.len()
    );
    for c in &cells.graph.cells {
        if c.is_withheld && !c.is_primary {
            eprintln!("2nd {} {} {:?}", c.key, c.value, c.shown)
        }
    }
    for c in found.open.iter().chain(&found.lost) {
        eprintln!("open {} {}", cells.graph.cells[*c].key, cells.graph.cells[*c].value)
    }
    let is_given_up = |cell: &usize| cells.graph.cells[*cell].is_withheld;
    let given_up = built.told.iter().filter(|(_, cell)| is_given_up(cell));
    let given_up = given_up.map(|(key, _)| key.clone()).collect();
    let mut decisions = decide(site, &cells);
    for cell in found.open.iter().chain(&found.lost) {
        decisions.add_open(cells.graph.cells[*cell].key.clone());
    }
    Protected { decisions, given_up }
}

/// Tells of each figure about people what became of it.
fn decide(site: &Site, cells: &Cells) -> Decisions {
    let graph = &cells.graph;
    let nearest = decisions::nearest_protected(graph);
    let intervals = decisions::intervals(graph, UNBOUNDED);
    let mut keys: BTreeMap<usize, &CellKey> = BTreeMap::new();
    for (key, cell) in cells.figures.iter().rev() {
        keys.insert(*cell, key);
    }
    let mut decisions = Decisions::default();
    let of_people = site.figures.iter().filter(|(key, _)| key.measure.unit() == Unit::People);
    for (key, told) in of_people {
        let count = site.analysis.counts.get(key).map_or(0, |count| count.known);
        let is_hidden = told.figure() == Figure::Suppressed;
        let cell = cells.figures.get(key).copied();
        let decision = match cell.map(|cell| (cell, &graph.cells[cell])) {
            _ if is_hidden && count == 0 => Decision::Nought,
            _ if is_hidden => Decision::Small,
            Some((cell, found)) if found.is_withheld => match site.asked.never.contains(key) {
                true => Decision::Listed,
                false => {
                    Decision::Protects(nearest[cell].and_then(|at| keys.get(&at).copied().cloned()))
                }
            },
            _ if site.asked.never.contains(key) => Decision::Listed,
            _ => Decision::Shown,
        };
        let (low, high) = match cell {
            Some(cell) => intervals[cell],
            None if is_hidden => (0, UNBOUNDED),
            None => (0, 0),
        };
        let interval = (low, Some(high).filter(|high| *high < UNBOUNDED));
        decisions.add(key.clone(), Decided { decision, interval });
    }
    decisions
}
