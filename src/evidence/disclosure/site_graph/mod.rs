//! One cell graph for everything that is published about people placed away.
//!
//! # The model
//!
//! Everybody away has one home, one level, a set of needs and a status: away for a good reason,
//! could be taken, or without a place; and whoever has no place is in one line or in none. People
//! who are alike in all of this are an atom (`atoms`). Every figure of all people and of each need
//! is a sum of atoms (`people`), and so is every line, every rest, and every number of which
//! readers know that it was too small for a line of its own (`lines`). So what needs say of all
//! people, what these say of needs, and what lines say of both is one system of equations, and
//! there is nothing that one table could give away behind the back of another.
//!
//! Secrets are the small numbers among figures, among people of each home, level and status, in
//! all and by need, whether printed or not, and among rests. Each must keep several possible
//! values.
//!
//! # The proof
//!
//! A proof is another population: numbers of atoms, whole and not negative, from which every sum
//! is worked out, that would be published in the same words. Reported is what was checked: each
//! change leaves every equation true and every cell within the interval that its text leaves, in
//! whole numbers, before it counts. Populations and not just sums are changed, so no bound between
//! sums is forgotten: that nobody with a need is counted who is not among all people, that a line
//! whose people all have a need adds to it, that people are of one home and one level.
//!
//! Rounded figures are protected from a stand-in (`protection`): a population with the same texts,
//! found from these alone and well within the intervals that they leave. It is no secret, and so
//! what is withheld follows from texts, and from which atoms there are. Who are the people of an
//! atom does not matter, so the proof holds for the true population as for the stand-in. Figures
//! that are not rounded are protected by classes: by changes that are possible wherever in its
//! class each number is.
//!
//! # What the pattern may follow from
//!
//! Before anything is decided the true numbers are forgotten (`Cells::begin`). What is left, and
//! all that what is withheld can follow from, is:
//!
//! - the text of each figure as it would be told if there were no others, and, where figures are
//!   not rounded, the band of it: a power of two times the threshold and those up to the next;
//! - the class of every other number of the model, printed or not: nought, small, or neither. This
//!   says which numbers are secrets, and which atoms there are;
//! - the lines that would be told, with their bands and needs, at each stage of giving up others;
//! - facts about services, areas and rules, which are public.
//!
//! So two populations that are alike in these are told in the same bytes. Where the first stand-in
//! or the classes leave a number open, another stand-in is found that agrees with what is published
//! by then; and where that leaves it open too, lines are given up, or nothing is told at all.
//!
//! # Public facts
//!
//! Who is taken follows from public facts about services alone (`openings`). A number of people who
//! could be taken is therefore at most the number of places that everybody sees to be free, and
//! what follows from that alone is no secret. Groups share free places: so whoever could be taken
//! is counted with the door that would take them (`doors`), and no door takes more than it has
//! places. Who is taken depends on age, gender and legal status too, of which no number is told: no
//! numbers within these bounds are impossible. Nor is a listed gap, which depends on them as well,
//! ruled out or called for by numbers of atoms.
//!
//! # Worlds that are left out
//!
//! Only some populations are tried: those in which needs go together as they do at that level of
//! the same integrated care board now. Where noughts are withheld like small numbers people may be
//! of any home of it of which figures are told; where they are shown, of no home, level and needs
//! of which nobody is now. A proof with
//! fewer worlds is a stronger one. What it means for the pattern is that it may follow from which
//! parts are empty, as it may follow from which are small.
//!
//! # What needs no cell
//!
//! The ends of a range. An end is told only where the need and the gap of its group are. Rounding
//! keeps order, so the lower end, told in the same words as the gap or lower, says no more of the
//! gap than the gap does, nor does the upper end; and what the ends of several groups say of each
//! other's gaps, the gaps that are told with them say already.
//!
//! Where noughts are shown, a figure that is told as nought is no public fact: a number keeps all
//! values that free places leave to the widest group that it counts, also where figures tell that
//! part of that group is nobody. So people who could be taken are thought of wherever such a nought
//! is withheld because few places are free (`atoms`).
//!
//! # Insiders
//!
//! A provider that houses people who are placed away knows its own part of every sum. It is a
//! reader too, for whom the rest keeps four possible values, or all that public facts and its own
//! people alone leave (`insiders`). On small sites that was checked against every population that
//! agrees with both (`tests/insiders`). Residents of services are a
//! system of their own, in which every provider reads (`residents`): no figure ties these to
//! people away.
//!
//! It is taken to know which of its people could be taken. One that does not is left more by what
//! it knows anyway, and can be left a value fewer than that; and two that tell each other what they
//! know can be left fewer than four.
//!
//! # Where noughts cannot be shown
//!
//! Where noughts are shown, the mark of a withheld number says one or more. With few free places,
//! or many small numbers side by side, that can leave too few values whatever else is withheld. The
//! mark is no public fact. So everything is decided again with noughts withheld (`decided`), which
//! the rules on the site then say. That follows from classes, as all that is withheld does.
//!
//! What is known of a line that is not there, that its people would be too few for one, can leave a
//! provider too few values that houses most of them. Then it is given up like a line that is there:
//! nothing is said any more of how many these are.

mod atoms;
mod cells;
mod decisions;
mod doors;
mod insiders;
mod lines;
mod people;
mod residents;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::figure::{Figure, Published};
use super::gaps::lines::Key;
use super::openings::Openings;
use super::policy::Policy;
use super::protection::graph::Reader;
use super::protection::remembered;
use super::protection::rounds::Unprotected;
use crate::evidence::analysis::{Analysis, CellKey, Measure, Unit};
use crate::evidence::market::{AreaId, AreaTree, Market};
use crate::evidence::private::Cache;
use cells::Cells;
use people::Frame;

pub(in crate::evidence) use decisions::{Decided, Decision, Decisions};
pub(super) use lines::Told;
pub(super) use residents::protect as protect_residents;

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
    pub(super) openings: &'a Openings,
    /// Each figure as it would be told if there were no others.
    pub(super) figures: &'a BTreeMap<CellKey, Published>,
    pub(super) asked: &'a Asked,
    /// Whether this is told as an edition, which others come after: then every number of people
    /// keeps several possible values, so that none can be held against that of another edition.
    pub(super) is_edition: bool,
    /// What was decided before.
    pub(super) cache: &'a Cache,
}

/// What was found.
pub(super) struct Protected {
    pub(super) decisions: Decisions,
    /// Lines that cannot stand. While there are any, nothing else of the answer is of use: the
    /// people of a line that is given up are told in others.
    pub(super) given_up: BTreeSet<Key>,
}

/// Everything that is told of people placed away.
struct Model<'a> {
    cells: Cells<'a>,
    #[cfg(test)]
    atoms: Vec<atoms::Atom<'a>>,
    /// Somebody from outside, and then providers that house people.
    readers: Vec<Reader>,
    built: lines::Built,
}

/// Builds the cells, with the true numbers, and notes which are secrets.
fn model<'a>(site: &Site<'a>, told: &Told<'a>) -> Model<'a> {
    let mut cells = Cells::new(site.policy, site.asked, site.is_edition);
    let areas = &site.market.areas;
    let frame = Frame { areas, openings: site.openings, figures: site.figures };
    let rows = (site.market, &site.analysis.residual[..]);
    let atoms = atoms::build(&mut cells, &frame, rows, told);
    part(&mut cells, areas, &atoms);
    let parts = people::build(&mut cells, &frame, &atoms);
    let built = lines::build(&mut cells, areas, told, &atoms);
    let mut secrets: BTreeSet<usize> = cells.figures.values().copied().collect();
    secrets.extend(parts.iter().flat_map(BTreeMap::values).flatten().flatten());
    let sums = secrets.clone();
    secrets.extend(built.told.values().chain(&built.rests));
    for cell in secrets {
        cells.protect(cell);
    }
    let readers = insiders::readers(&mut cells, &frame, rows, &atoms, &sums);
    Model {
        cells,
        #[cfg(test)]
        atoms,
        readers,
        built,
    }
}

/// Notes of which integrated care board each atom is: most of what is told is told of one.
fn part(cells: &mut Cells, areas: &AreaTree, atoms: &[atoms::Atom]) {
    let mut numbers: BTreeMap<Option<&AreaId>, usize> = BTreeMap::new();
    for atom in atoms {
        let next = numbers.len();
        let number = *numbers.entry(atoms::board(areas, &atom.kind.place.0)).or_insert(next);
        cells.graph.parts.insert(atom.cell, number);
    }
}

/// Decides which figures, and which lines, are told.
pub(super) fn protect(site: &Site, told: &Told) -> Protected {
    let Model { mut cells, readers, built, .. } = model(site, told);
    cells.begin();
    let found = settle(&mut cells, readers, site.cache);
    let mut decisions = decide(site, &cells, &found);
    let open: BTreeSet<usize> = found.open.union(&found.lost).copied().collect();
    for cell in &open {
        decisions.add_open(cells.graph.cells[*cell].key.clone());
    }
    let near = open.into_iter().flat_map(|cell| lines::nearest(&cells.graph, &built, cell));
    let given_up = near.collect();
    Protected { decisions, given_up }
}

/// First for somebody from outside, by texts and classes alone; then, by true numbers, what else
/// providers that house people call for, who know more of these than any stand-in has. What was
/// withheld before stays so, and whoever is told less finds out less.
fn settle(cells: &mut Cells, mut readers: Vec<Reader>, cache: &Cache) -> Unprotected {
    let inside = readers.split_off(1);
    let truth = cells.forget();
    let mut found = remembered::protect_unseen(&mut cells.graph, readers, cache);
    if inside.is_empty() || !found.open.is_empty() {
        return found;
    }
    cells.recall(truth);
    let withheld = |cells: &Cells| -> Vec<usize> {
        let all = cells.graph.cells.iter().enumerate();
        all.filter(|(_, cell)| cell.is_withheld && !cell.is_primary).map(|(at, _)| at).collect()
    };
    let kept = withheld(cells);
    kept.iter().for_each(|cell| cells.graph.cells[*cell].is_primary = true);
    let more = remembered::protect_by_truth(&mut cells.graph, inside, cache);
    kept.iter().for_each(|cell| cells.graph.cells[*cell].is_primary = false);
    found.open.extend(more.open);
    found.lost.extend(more.lost);
    for (cell, other) in more.protects {
        found.protects.entry(cell).or_insert(other);
    }
    found
}

/// Tells of each figure about people what became of it.
fn decide(site: &Site, cells: &Cells, found: &Unprotected) -> Decisions {
    let mut decisions = Decisions::default();
    let mut keys: BTreeMap<usize, &CellKey> = BTreeMap::new();
    for (key, cell) in cells.figures.iter().rev() {
        keys.insert(*cell, key);
    }
    let protected = |cell: &usize| keys.get(found.protects.get(cell)?).copied().cloned();
    let is_away = |key: &CellKey| key.measure.unit() == Unit::People && !is_of_residents(key);
    let of_people = site.figures.iter().filter(|(key, _)| is_away(key));
    for (key, told) in of_people {
        let count = site.analysis.counts.get(key).map_or(0, |count| count.known);
        let is_hidden = told.figure() == Figure::Suppressed;
        let cell = cells.figures.get(key);
        let decision = match cell.filter(|cell| cells.graph.cells[**cell].is_withheld) {
            _ if is_hidden && count == 0 => Decision::Nought,
            _ if is_hidden => Decision::Small,
            _ if site.asked.never.contains(key) => Decision::Listed,
            Some(cell) => Decision::Protects(protected(cell)),
            None => Decision::Shown,
        };
        decisions.add(key.clone(), Decided { decision });
    }
    decisions
}

fn is_of_residents(key: &CellKey) -> bool {
    matches!(key.measure, Measure::OccupiedLocally | Measure::OccupiedByOthers)
}
