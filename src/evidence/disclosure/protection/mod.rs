//! Protection of tables that hang together, against a reader who does sums (disclosure §4 to §6).
//!
//! The reader knows everything published, that values are whole and not negative, what the marker
//! means and how numbers are rounded; an insider also knows its own part. For such a reader every
//! sensitive number keeps what its [`graph::Need`] asks for. That is proved by other tables which
//! agree with everything published (`witness`), found as short moves of a cube (`moves`) or by
//! small linear programmes (`engine`, `simplex`) and checked in whole numbers. Where there is no
//! proof, the cheapest other figures are withheld. In the end each of them is shown again if the
//! proof does without it.
//!
//! What is withheld follows from classes and from rounded texts (`rooms`, `stand_in`), and from a
//! true value only for cells that would stay open otherwise (`rounds`).
//!
//! # What it takes
//!
//! CPU time of a release build on one thread: 984 cells with 294 sensitive 0.3 s; 800 cells of two
//! hierarchies with 250 sensitive 0.2 s; 720 cells of three with 169 sensitive 0.2 s; 5,264 cells
//! with 1,608 sensitive 1.5 s; 21,056 cells with 6,830 sensitive 7 s.
//!
//! # How the site is to use it
//!
//! [`protect`] works on an [`Instance`]: dimensions, tables and records. The figures of the site
//! become one: a measure for need, placed, away and gap each, with `area`, `level` and `need` as
//! dimensions; sums across measures are targets with their equations stated as a dimension whose
//! codes are the parts (placed and residual below need). `primary` then asks for the state of each
//! cell by key. Until that is done, `identities` guards the site and a live site is refused.
//!
//! # What is not done
//!
//! The audit, which reads the published tables alone, is not here yet.
//! New quotients are shown where both sides are shown exactly, and withheld otherwise: then they
//! add nothing to what is known. Amounts are whole units. A neighbourhood of at most 700 cells is
//! searched for one cell: a proof that needs more is not found, which is on the safe side. A
//! stand-in was found for every rounded cube of up to 5,264 cells that was tried, but not for one
//! of 21,056: there the true values decide, and `has_no_stand_in` says so.

mod build;
mod dimensions;
mod engine;
mod frozen;
pub(super) mod graph;
pub mod instance;
mod moves;
mod published;
mod quotients;
mod rooms;
pub(super) mod rounds;
mod sensitive;
mod simplex;
mod solved;
mod stand_in;
mod targets;
#[cfg(test)]
mod tests;
mod witness;

use std::collections::BTreeSet;
use std::fmt;

use build::Built;
pub use instance::Instance;
use instance::Row;

/// Why nothing can be published. It names cells and never a value.
#[derive(Clone, PartialEq, Eq)]
pub struct Refusal {
    reason: String,
}

impl Refusal {
    fn new(reason: String) -> Refusal {
        Refusal { reason }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.reason)
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.reason)
    }
}

/// Tables that may be published.
pub struct Protection {
    /// Every figure, as shown or as the marker: frozen ones first, as they were.
    pub rows: Vec<Row>,
    /// Sensitive cells that stay too narrow even if everything is withheld that may be. Nothing may
    /// be published unless this is empty.
    pub open: Vec<String>,
    /// Sensitive cells that earlier releases alone leave too narrow. They keep what is left.
    pub lost: Vec<String>,
    /// How many figures were withheld because they are sensitive themselves.
    pub withheld_primary: usize,
    /// How many were withheld to protect others.
    pub withheld_secondary: usize,
}

/// Protects the tables of an instance.
///
/// # Errors
///
/// A [`Refusal`] if the instance contradicts itself or asks for what is not supported.
pub fn protect(instance: &Instance) -> Result<Protection, Refusal> {
    let mut built = Built::new(instance)?;
    let readers = build::readers(&built);
    let found = rounds::protect(&mut built.graph, readers);
    let mut rows = instance.frozen.clone();
    let mut primary = BTreeSet::new();
    let mut secondary = BTreeSet::new();
    for (number, coordinates, cell) in &built.figures {
        let table = &instance.structure.tables[*number];
        let found = &built.graph.cells[*cell];
        if found.is_withheld {
            let kind = if found.is_primary { &mut primary } else { &mut secondary };
            kind.insert(*cell);
        }
        let measure = &instance.structure.measures[&table.measure];
        let shown = published::published_text(table, measure, found.value);
        let value = match shown {
            Some(text) if !found.is_withheld => text,
            _ => built.marker.clone(),
        };
        rows.push(Row { table: table.id.clone(), coordinates: coordinates.clone(), value });
    }
    rows.extend(quotients::rows(instance, &built)?);
    Ok(Protection {
        rows,
        open: keys(&built, &found.open),
        lost: keys(&built, &found.lost),
        withheld_primary: primary.len(),
        withheld_secondary: secondary.len(),
    })
}

fn keys(built: &Built, cells: &BTreeSet<usize>) -> Vec<String> {
    cells.iter().map(|cell| built.graph.cells[*cell].key.clone()).collect()
}
