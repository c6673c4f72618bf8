//! The exact answer for the commissioner's own analyst, and the one file that it goes into.
//!
//! Nothing here is for publication. [`Workings`] is sealed: it can be saved to a private file and
//! nothing else, so that no number in it reaches a page or a terminal. `document` says what is in
//! that file. Every figure names its formula, its scenario, the lines it comes from and the
//! assumptions it rests on (gap-analysis §13).

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
mod reasons;
mod rows;
mod rules;
mod savings;
mod scenarios;
#[cfg(test)]
mod tests;
mod time;

use std::fmt;
use std::io::Read;
use std::path::Path;

use serde::Deserialize;

use super::market;
use super::private::{self, Fences, Kind, Place};
use crate::diagnostics::{Failure, Outcome};
use crate::sources::SourceSet;
use document::{Document, SCHEMA_FAMILY};

/// What opens the file, and what is said when it has been written.
pub const WARNING: &str = "This file holds small numbers about people and is not for publication.";

/// The file as a kind of private file.
static KIND: Kind = Kind {
    name: "workings",
    earlier: "earlier workings",
    stays: "earlier workings are as they were",
    holds: "the workings hold small numbers about people",
    mark: "workings",
    is_ours,
};

/// What is read of a file to see whether it is ours.
#[derive(Deserialize)]
struct Earlier {
    not_for_publication: bool,
    schema: String,
}

/// Whether a file holds workings, of whatever version.
fn is_ours(file: &mut dyn Read) -> bool {
    let earlier = serde_json::from_reader::<_, Earlier>(file);
    earlier.is_ok_and(|earlier| {
        earlier.not_for_publication && earlier.schema.starts_with(SCHEMA_FAMILY)
    })
}

/// Admits a file for the workings.
///
/// # Errors
///
/// Fails when it would lie where it could be published, when something else stands there, and when
/// its folder does not exist.
pub fn admit(file: &Path, fences: &Fences) -> Result<Place, Failure> {
    Place::admit(&KIND, file, fences)
}

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
        private::put(place, &json::bytes(&self.document))
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
