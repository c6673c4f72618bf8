//! The exact answer for the commissioner's own analyst, and the one file that it goes into.
//!
//! Nothing here is for publication. [`Workings`] is sealed: it can be saved to a private file and
//! nothing else, so that no number in it reaches a page or a terminal. `place` decides where that
//! file may be, `private_file` writes it, `document` says what is in it. Every figure names its
//! formula, its scenario, the lines it comes from and the assumptions it rests on
//! (gap-analysis §13).

mod assumptions;
mod beds;
mod document;
mod figure;
mod formula;
mod groups;
mod inputs;
mod json;
mod listed;
mod money;
mod movement;
mod outcomes;
mod place;
mod private_file;
mod reasons;
mod rows;
mod rules;
mod savings;
mod scenarios;
#[cfg(test)]
mod tests;
mod time;

use std::fmt;

pub use place::{Fences, Place};

use super::market;
use crate::diagnostics::{Failure, Outcome};
use crate::sources::SourceSet;
use document::Document;

/// What opens the file, and what is said when it has been written.
pub const WARNING: &str = "This file holds small numbers about people and is not for publication.";

/// The exact answer. It can be saved, and not be looked at.
pub struct Workings {
    document: Document,
}

impl fmt::Debug for Workings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Workings(withheld)")
    }
}

impl Workings {
    /// Writes the file, which only its owner can read.
    ///
    /// # Errors
    ///
    /// Fails when the disk refuses; then earlier workings are as they were.
    pub fn save(&self, place: &Place) -> Result<(), Failure> {
        private_file::put(place, &json::bytes(&self.document))
    }
}

/// Works out everything from the data files of a site, exactly.
///
/// There is a value only when all records could be read, as for a site; texts and theme are not
/// looked at.
pub fn read(sources: &SourceSet) -> Outcome<Workings> {
    let mut diagnostics = Vec::new();
    let market = market::read(sources).take(&mut diagnostics);
    let value = market.map(|market| Workings { document: Document::new(&market, sources) });
    Outcome { value, diagnostics }
}
