//! Editions: what was published stays as it is, and whatever comes later is held against it.
//!
//! # What a lock is
//!
//! `placewise edition` writes a lock, `data/editions/NAME.yaml`: every figure that counts people,
//! as it was told, and every line of gaps with its band, its beds and its price. Nothing in it is
//! unpublished, nor follows from what is: no exact number, no hash, no order but that of the keys.
//! It is committed with the site. Start reading at [`Lock`]; `text` writes it, `read` and `lines`
//! check it.
//!
//! # What a live site shows
//!
//! Every upload is a release (disclosure §10). So a live site tells people and gaps from its
//! newest lock, and everything else as the files say now (`live`). Figures of people whose cells
//! the lock does not know, such as those of a new area, are not collected until the next edition.
//! Whether the files have changed is found by deciding everything again and comparing what would
//! be published with the lock (`compare`), so that no trace of unpublished data is kept.
//!
//! # Free places that change beside figures that do not
//!
//! No more people are matched than places were free. A reader who holds today's free places against
//! a match of the last edition learns nothing, as long as today's are facts of another day. But
//! the same fact told more closely, a band that becomes a number, would be a bound that the edition
//! was not protected against. So the lock also keeps how the free places of each service were
//! told, and a live site tells them in the same way until the record bears a later day than the
//! edition (`free_places`).
//!
//! # Two editions are one system
//!
//! New less old is itself a sensitive number: of people who came or went. A reader who has both
//! editions knows of the old number that it is in a set A, of the new one that it is in a set B,
//! by everything that each edition tells and by every rule. Nothing else ties the two: what an
//! edition withholds follows from its own figures and never from an earlier edition. So the
//! difference can be any b - a, and of two finite sets of numbers there are at least
//! |A| + |B| - 1 such differences (take the least of A from each of B, then each other of A from
//! the greatest of B). It does not matter whether the sets have holes.
//!
//! So in an edition not only small numbers keep four possible values: every other number of people
//! of the graph keeps three, each figure, each line, the parts and rests that are not printed
//! (`Site::is_edition`, `Cells::protect`). No rounded text leaves fewer: 5 people, where fewer are
//! withheld, are 5, 6 or 7. A difference then has five possible values at least, and six if one of
//! the two is small, for every pair of any number of editions, and no edition needs to know
//! another. More for larger numbers would protect nobody, and in the example it would withhold a
//! hundred figures more. What is left:
//!
//! - A nought asks for no values, and may be known for certain. Beside one the difference is the
//!   other number, which keeps its four values where it is small; where it is not, or is a nought
//!   as well, no few people came or went.
//! - Where so few places are free that fewer than four people could be taken, how many were is
//!   bounded by public facts in each edition, and so is the difference. What follows from public
//!   facts alone is no secret of ours to keep (disclosure §10).
//!
//! Profiles that do not round tell exact numbers, so A and B have one value each, and a change of
//! one person could be hidden only by withholding every total that it is in. With them no edition
//! is made and no site is live ([`Code::EditionUnsafe`]).
//!
//! # What else could tie two editions
//!
//! - Noughts shown in one and small in the other: as above, the difference is the small number.
//! - Ends of ranges: they count nobody, and are told only where need and gap of their group are,
//!   whose own texts say as much (`primary::hide_ranges`). Nor do free places tie the need to the
//!   lower end: that one leaves out people of whom nobody says why they are away, and how many
//!   these are is not told.
//! - Lines of gaps: a band holds four numbers at least, and each line is a number of the graph. A
//!   line that comes or goes says that the people were too few for one before or after. Beds and
//!   prices are worked out from the ends of the band and from public facts.
//! - Free places: what is told on a later day bounds nobody of an earlier one; the same fact told
//!   more closely is held back, as above.
//! - Residents: every provider knows its own, so what it could tell of the others from two editions
//!   is another proof, which is not made. An edition tells none (`primary::hide_residents`), and no
//!   occupancy, which would follow from them.
//! - Shares and means: an edition has none but occupancy.
//! - An area, level or need that was joined or split in between: the new number, with its four or
//!   three values, is held against a sum of old ones that is no number of the old edition. Were
//!   such a sum known exactly, the difference would have as many values as the number itself.
//! - Another profile: both round, and the proof asks for nothing else. What is small by the rules
//!   of one is protected as small in that one.
//! - Somebody who takes it for granted that nearly nothing has changed guesses, and may be right.
//!
//! `attack` tries all this by force on small sites, chains of three editions each; without the rule
//! for editions it sees changes at once. The attacker of the audit does so on the example, with
//! editions that differ by one person (`audit::attack`).

#[cfg(test)]
mod attack;
mod compare;
mod free_places;
mod freeze;
mod lines;
mod live;
mod read;
mod record;
mod request;
#[cfg(test)]
mod tests;
mod text;

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::figure::Published;
use super::gaps::PublicGaps;
use super::policy::Policy;
use crate::diagnostics::Outcome;
use crate::evidence::analysis::{CellKey, Measure, Unit};
use crate::evidence::market::Market;
use crate::sources::{SourceId, SourceSet, Span};

use free_places::FreePlaces;
pub use freeze::{EditionSummary, NewEdition, NotMade, freeze};
pub use live::publish;
pub(in crate::evidence) use live::to_be_told;
pub use request::EditionRequest;

const WITHHELD: &str = "withheld";
const NOT_COLLECTED: &str = "not-collected";
const NOT_STATED: &str = "not-stated";
const NOT_APPLICABLE: &str = "not-applicable";

/// When an edition was published, and who answers for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedEdition {
    /// Its name.
    pub name: String,
    /// Day of publication.
    pub date: Date,
    /// Day on which its figures were true.
    pub as_at: Date,
    /// The role that signed it off.
    pub signed_off_by: String,
}

/// One edition as it was published.
#[derive(Clone, Debug)]
pub(super) struct Lock {
    pub(super) signed: SignedEdition,
    /// The rules of its time.
    pub(super) policy: Policy,
    /// Figures of people by key.
    pub(super) figures: BTreeMap<CellKey, Published>,
    /// Lines of gaps; what local services offer is as the files say now.
    pub(super) gaps: PublicGaps,
    /// Free places of each service as they were told.
    free_places: FreePlaces,
}

/// All editions of a site, the oldest first, with their files.
#[derive(Debug, Default)]
pub struct Editions {
    locks: Vec<(SourceId, Lock)>,
    /// Where `data/site.yaml` tells the status and the edition, and `data/disclosure.yaml` the
    /// profile.
    status: Option<Span>,
    edition: Option<Span>,
    profile: Option<Span>,
}

impl Editions {
    /// Reads and checks every lock of a site.
    pub fn read(sources: &SourceSet, market: &Market) -> Outcome<Editions> {
        let mut diagnostics = Vec::new();
        let locks = read::all(sources, market, &mut diagnostics);
        let of_site = |key| value_of(sources, "data/site.yaml", key);
        let editions = Editions {
            locks,
            status: of_site("status:"),
            edition: of_site("edition:"),
            profile: value_of(sources, "data/disclosure.yaml", "profile:"),
        };
        match crate::diagnostics::has_errors(&diagnostics) {
            true => Outcome::failed(diagnostics),
            false => Outcome::new(editions, diagnostics),
        }
    }
}

/// Where a file tells the value of a key, on its line.
fn value_of(sources: &SourceSet, path: &str, key: &str) -> Option<Span> {
    let (id, source) = sources.find(path)?;
    let text = source.text();
    let line = match text.starts_with(key) {
        true => 0,
        false => text.find(&format!("\n{key}"))? + 1,
    };
    let rest = text[line + key.len()..].lines().next().unwrap_or_default();
    let value = rest.split(" #").next().unwrap_or_default().trim();
    let start = line + key.len() + rest.find(value).unwrap_or(0);
    Some(Span::new(id, start..start + value.len()))
}

/// Whether an edition freezes figures of a measure: those of people, and occupancy, which is worked
/// out from them.
fn is_frozen(measure: Measure) -> bool {
    matches!(measure.unit(), Unit::People | Unit::Percent)
}
