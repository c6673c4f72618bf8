//! What was withheld and why, for those who answer for it, and the one file that it goes into.
//!
//! The report names figures that rest on few people, so it is not for publication. It is sealed
//! like the workings: it can be saved to a private file and nothing else. No number of people below
//! the threshold stands in it, as reports travel. `tables` says what became of every figure,
//! `reasons` why one is withheld for another, `bounds` how far a reader gets, `merges` what would
//! help, `document` lays it out
//! (disclosure §9).

mod bounds;
mod document;
mod merges;
mod names;
mod reasons;
mod tables;
#[cfg(test)]
mod tests;

use std::fmt;
use std::io::Read;
use std::path::Path;

use super::analysis;
use super::disclosure::{self, Editions};
use super::market;
use super::private::{self, Fences, Kind, Place};
use crate::diagnostics::{Failure, Outcome};
use crate::sources::SourceSet;
use merges::Exact;

/// What opens the report, and what is said when it has been written.
pub const WARNING: &str =
    "This report tells which figures rest on few people and is not for publication.";

/// How the first line of reports of every version begins.
const FAMILY: &str = "<!-- placewise-disclosure/";
/// The first line of this version.
const MARK: &str = "<!-- placewise-disclosure/1: not for publication -->";

/// The file as a kind of private file.
static KIND: Kind = Kind {
    name: "a report",
    earlier: "an earlier report",
    stays: "an earlier report is as it was",
    holds: "the report tells which figures rest on few people",
    mark: "report",
    is_ours,
};

/// Whether a file holds a report, of whatever version.
fn is_ours(file: &mut dyn Read) -> bool {
    let mut begin = [0; FAMILY.len()];
    file.read_exact(&mut begin).is_ok() && begin == FAMILY.as_bytes()
}

/// Admits a file for the report.
///
/// # Errors
///
/// Fails when it would lie where it could be published, when something else stands there, and when
/// its folder does not exist.
pub fn admit(file: &Path, fences: &Fences) -> Result<Place, Failure> {
    Place::admit(&KIND, file, fences)
}

/// The report. It can be saved, and not be looked at.
pub struct Report {
    text: String,
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Report(withheld)")
    }
}

impl Report {
    /// Writes the file, which only its owner can read.
    ///
    /// # Errors
    ///
    /// Fails when the disk refuses; then an earlier report is as it was.
    pub fn save(&self, place: &Place) -> Result<(), Failure> {
        private::put(place, self.text.as_bytes())
    }
}

/// Protects the figures of a site as a build does, or on a live site as an edition made now would,
/// and reports on it.
///
/// There is a value only when all records could be read and the figures can be protected; texts and
/// theme are not looked at.
pub fn read(sources: &SourceSet) -> Outcome<Report> {
    let mut diagnostics = Vec::new();
    let market = market::read(sources).take(&mut diagnostics);
    let value = market.and_then(|market| {
        let analysis = analysis::analyse(&market);
        let exact = Exact::of(&analysis.counts);
        let editions = Editions::read(sources, &market).take(&mut diagnostics)?;
        let told = disclosure::to_be_told(market, analysis, &editions);
        let publication = told.take(&mut diagnostics)?;
        Some(Report { text: document::text(&publication, &exact) })
    });
    Outcome { value, diagnostics }
}
