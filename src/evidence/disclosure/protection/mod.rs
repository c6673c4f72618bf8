//! Protection of tables that hang together, against a reader who does sums (disclosure §4 to §6).
//!
//! The reader knows everything published, that values are whole and not negative, what the marker
//! means and how numbers are rounded; an insider also knows its own part. For such a reader every
//! sensitive number keeps what its need (`graph::Need`) asks for. That is proved by other tables
//! which agree with everything published (`witness`), found as short moves of a cube, or of numbers
//! without a shape (`moves`), or by linear programmes over a part of it (`engine`, `simplex`), and
//! checked in whole numbers. Where there is no proof, the cheapest other figures are withheld. In
//! the end each of them is shown again if the proof does without it.
//!
//! What is withheld follows from classes and from rounded texts (`rooms`, `stand_in`), and from a
//! true value only for cells that would stay open otherwise (`rounds`).
//!
//! # What it takes
//!
//! CPU time of a release build on one thread, with the instances of `cargo bench --bench
//! disclosure`: 987 cells with 224 sensitive 0.2 s, 341 withheld; 5,264 cells of three trees with
//! 1,427 sensitive 5 s, 2,815 withheld; 21,056 cells of four trees with 5,019 sensitive 10 s,
//! 14,728 withheld.
//!
//! [`protect`] works on an [`Instance`]: dimensions, tables and records, as an auditor from outside
//! brings them. `check` says everything that is wrong with one, `build` makes the graph of it.
//!
//! # What a reader of an instance is taken to know
//!
//! Everything in the tables; what the markers mean, and that the one which says least is used where
//! it may be (`markers`); how each table rounds and what it hides (`published`); earlier figures,
//! and of a row that an earlier table lacks that it was withheld (`frozen`); what quotients say of
//! their sides (`quotients`); and each contributor its own parts, in all measures, and where it is
//! alone (`holders`). What may be read in two ways is taken as the reading that tells more.
//!
//! # What is not done
//!
//! Amounts are whole units. For one cell the part of its cube around it is searched, about 1,000
//! cells: a proof that needs more is not found, which is on the safe side. With four trees or more
//! that part is too large, so that more is withheld than need be. A stand-in was found for
//! every rounded cube of up to 5,264 cells that was tried, but not for one of 21,056: there the
//! true values decide, and `has_no_stand_in` says so. Sums without a shape have theirs from linear
//! programmes, one for each part. Proofs of theirs, and what is withheld for them, are found by
//! walks of so many steps (`walk`); one that is longer is taken for none.

mod build;
mod check;
mod dimensions;
mod engine;
mod frozen;
pub(super) mod graph;
mod holders;
pub mod instance;
#[cfg(test)]
mod instance_tests;
mod markers;
mod moves;
mod named;
mod published;
mod quotients;
pub(super) mod remembered;
mod rooms;
pub(super) mod rounds;
mod sensitive;
mod simplex;
mod solved;
mod stand_in;
mod targets;
#[cfg(test)]
mod tests;
mod walk;
mod witness;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use build::Built;
use graph::{Need, UNBOUNDED};
pub use instance::Instance;
use instance::Row;
use rounds::Unprotected;
use sensitive::Level;

/// No cell of an instance is greater: an interval around it stays below what counts as no bound.
const MOST: i64 = UNBOUNDED / 8;

/// Why nothing can be published. It names cells and never a value.
#[derive(Clone, PartialEq, Eq)]
pub struct Refusal {
    reasons: Vec<String>,
}

impl Refusal {
    fn new(reason: String) -> Refusal {
        Refusal { reasons: vec![reason] }
    }

    fn unless_empty(reasons: Vec<String>) -> Result<(), Refusal> {
        if reasons.is_empty() { Ok(()) } else { Err(Refusal { reasons }) }
    }

    /// Everything that is wrong, one by one.
    #[must_use]
    pub fn reasons(&self) -> &[String] {
        &self.reasons
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.reasons.join("\n"))
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.reasons.join("\n"))
    }
}

/// Tables that may be published.
pub struct Protection {
    /// Every figure of the tables and quotients that are not frozen, as shown or as the marker: in
    /// the order of the tables, and within one by the codes of its dimensions as they are written,
    /// each before those below it.
    pub rows: Vec<Row>,
    /// Sensitive cells that stay too narrow even if everything is withheld that may be. Nothing may
    /// be published unless this is empty.
    pub open: Vec<String>,
    /// Sensitive cells that earlier releases alone leave too narrow. They keep what is left.
    pub lost: Vec<String>,
    /// How many of the sensitive cells were protected by the true values, as their classes or texts
    /// alone would have left them open. What is withheld for them may tell of what it hides.
    pub by_true_values: usize,
    /// How many cells there are, in tables or not.
    pub cells: usize,
    /// How many of the cells and targets are sensitive.
    pub sensitive: usize,
    /// How many cells of the tables were withheld because of what they are.
    pub withheld_primary: usize,
    /// How many were withheld to protect others.
    pub withheld_secondary: usize,
    /// How much of what the tables hold was withheld to protect others: the sum of these values.
    /// For the workings and for measurement; it must not be published.
    pub value_lost: i64,
}

/// Protects the tables of an instance.
///
/// # Errors
///
/// A [`Refusal`] if the instance contradicts itself or asks for what is not supported.
pub fn protect(instance: &Instance) -> Result<Protection, Refusal> {
    check::check(instance)?;
    let mut built = Built::new(instance, Level::Whole)?;
    let mut found = run(instance, &mut built);
    let is_amount = |cell: &usize| matches!(built.graph.cells[*cell].need, Some(Need::Around(..)));
    // An amount that cannot have a share of its whole to either side may still have what the rule
    // asks for.
    if found.open.iter().any(is_amount) {
        let mut again = Built::new(instance, Level::Rule)?;
        let better = run(instance, &mut again);
        if better.open.len() < found.open.len() {
            (built, found) = (again, better);
        }
    }
    let rows = rows(instance, &built);
    let withheld = |primary: bool| {
        let cells = built.published.iter().map(|cell| &built.graph.cells[*cell]);
        cells.filter(move |cell| cell.is_withheld && cell.is_primary == primary)
    };
    // Copies of a cell have its name.
    let sensitive: BTreeSet<&String> =
        built.graph.cells.iter().filter(|c| c.need.is_some()).map(|c| &c.key).collect();
    Ok(Protection {
        rows,
        open: keys(&built, &found.open),
        lost: keys(&built, &found.lost),
        by_true_values: if found.has_no_stand_in { sensitive.len() } else { found.retried.len() },
        cells: built.cubes.values().map(dimensions::Cube::size).sum(),
        sensitive: sensitive.len(),
        withheld_primary: withheld(true).count(),
        withheld_secondary: withheld(false).count(),
        value_lost: withheld(false).map(|cell| cell.value).sum(),
    })
}

fn run(instance: &Instance, built: &mut Built) -> Unprotected {
    let readers = built.readers(instance);
    rounds::protect(&mut built.graph, readers)
}

fn rows(instance: &Instance, built: &Built) -> Vec<Row> {
    let structure = &instance.structure;
    let mut rows = Vec::new();
    for (number, coordinates, cell) in &built.figures {
        let table = &structure.tables[*number];
        let measure = &structure.measures[&table.measure];
        let found = &built.graph.cells[*cell];
        let shown = published::published_text(table, measure, found.value);
        let value = match shown {
            Some(text) if !found.is_withheld => text,
            _ => built.markers.of(found.value).map_or("", |(marker, _)| marker).to_owned(),
        };
        rows.push(Row { table: table.id.clone(), coordinates: coordinates.clone(), value });
    }
    rows.extend(built.quotient_rows());
    let number = |row: &Row| {
        let tables = structure.tables.iter().map(|table| &table.id);
        tables.chain(structure.ratios.iter().map(|ratio| &ratio.id)).position(|id| *id == row.table)
    };
    let orders: Vec<(&String, BTreeMap<&str, usize>)> =
        structure.dims.iter().map(|(name, dims)| (name, dimensions::order(dims))).collect();
    let codes = |row: &Row| -> Vec<Option<usize>> {
        let place = |(name, order): &(&String, BTreeMap<&str, usize>)| {
            row.coordinates.get(*name).and_then(|code| order.get(code.as_str()).copied())
        };
        orders.iter().map(place).collect()
    };
    rows.sort_by_cached_key(|row| (number(row), codes(row)));
    rows
}

fn keys(built: &Built, cells: &BTreeSet<usize>) -> Vec<String> {
    let names: BTreeSet<&String> = cells.iter().map(|cell| &built.graph.cells[*cell].key).collect();
    names.into_iter().cloned().collect()
}
