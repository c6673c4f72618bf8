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
//! New less old is itself a sensitive number of people (`pairs`). The old side is what the lock
//! says, which is an interval; no old count is kept anywhere.

mod compare;
mod free_places;
mod freeze;
mod lines;
mod pairs;
mod read;
mod record;
mod request;
#[cfg(test)]
mod tests;
mod text;

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::audit::Watched;
use super::decided;
use super::figure::{Figure, Published};
use super::gaps::PublicGaps;
use super::policy::Policy;
use super::primary;
use super::publication::{self, Publication};
use super::site_graph::Decisions;
use crate::diagnostics::{Code, Diagnostic, Outcome};
use crate::evidence::analysis::{self, Analysis, CellKey, Measure, Unit};
use crate::evidence::market::{Market, SiteStatus};
use crate::sources::{SourceId, SourceSet, Span};

use free_places::FreePlaces;
pub use freeze::{EditionSummary, NewEdition, NotMade, freeze};
pub(super) use pairs::{Public, withhold_beside};
pub use request::EditionRequest;

/// Whether every way to work out a withheld number from shown ones is closed. Until then a live
/// site is refused; this is the one switch.
const PROTECTION_IS_COMPLETE: bool = false;

const WITHHELD: &str = "withheld";
const NOT_COLLECTED: &str = "not-collected";
const NOT_STATED: &str = "not-stated";
const NOT_APPLICABLE: &str = "not-applicable";

type Figures = BTreeMap<CellKey, Published>;

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
    /// Where `data/site.yaml` tells the status and the edition.
    status: Option<Span>,
    edition: Option<Span>,
}

impl Editions {
    /// Reads and checks every lock of a site.
    pub fn read(sources: &SourceSet, market: &Market) -> Outcome<Editions> {
        let mut diagnostics = Vec::new();
        let locks = read::all(sources, market, &mut diagnostics);
        let of = |key| value_of(sources, key);
        let editions = Editions { locks, status: of("status:"), edition: of("edition:") };
        match crate::diagnostics::has_errors(&diagnostics) {
            true => Outcome::failed(diagnostics),
            false => Outcome::new(editions, diagnostics),
        }
    }

    fn earlier(&self) -> Vec<&Lock> {
        self.locks.iter().map(|(_, lock)| lock).collect()
    }
}

/// Where `data/site.yaml` tells the value of a key, on its line.
fn value_of(sources: &SourceSet, key: &str) -> Option<Span> {
    let (id, source) = sources.find("data/site.yaml")?;
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

/// What a site tells, by its status: a live site people and gaps from its newest edition, any other
/// what follows from the files now.
pub fn publish(market: Market, analysis: Analysis, editions: &Editions) -> Outcome<Publication> {
    if market.settings.status != SiteStatus::Live {
        return super::protect(market, analysis);
    }
    let mut outcome = publish_live(market, analysis, editions);
    if !PROTECTION_IS_COMPLETE {
        outcome.diagnostics.retain(|found| found.code != Code::LiveRefused);
        outcome.diagnostics.push(refusal(editions.status));
    }
    outcome
}

/// What a live site tells: people and gaps from its newest edition.
fn publish_live(market: Market, analysis: Analysis, editions: &Editions) -> Outcome<Publication> {
    let Some(((file, newest), earlier)) = editions.locks.split_last() else {
        return Outcome::failed(vec![no_edition(editions.status)]);
    };
    let mut diagnostics = Vec::new();
    let earlier: Vec<&Lock> = earlier.iter().map(|(_, lock)| lock).collect();
    let Some(now) = decided::decide(&market, &analysis, &earlier).take(&mut diagnostics) else {
        return Outcome::failed(diagnostics);
    };
    let differs = compare::differs(newest, &now);
    // What is small now says nothing of figures that were told before.
    let watched = match differs {
        true => Watched::default(),
        false => now.watched(&market, &analysis),
    };
    if differs {
        diagnostics.push(behind(newest, *file));
    }
    let decisions = if differs { Decisions::default() } else { now.decisions };
    let mut market = market;
    let figures = match free_places::hold(&mut market, newest) {
        false => now.figures,
        true => {
            let openings = super::openings::Openings::of(&market);
            primary::figures(&newest.policy, &analysis::analyse(&market).counts, &openings)
        }
    };
    Outcome::new(live(market, (figures, decisions, watched), newest), diagnostics)
}

/// Puts a live site together: people and gaps from the lock, everything else as it is now.
fn live(
    mut market: Market,
    (figures, decisions, watched): (Figures, Decisions, Watched),
    lock: &Lock,
) -> Publication {
    let edition = &mut market.settings.edition;
    edition.name.clone_from(&lock.signed.name);
    edition.as_at = lock.signed.as_at;
    let mut figures = figures;
    for (key, published) in &mut figures {
        if is_frozen(key.measure) {
            let unknown = || Published::new(key.clone(), Figure::NotCollected, false);
            *published = lock.figures.get(key).cloned().unwrap_or_else(unknown);
        }
    }
    let signed = Some(lock.signed.clone());
    let gaps = lock.gaps.clone();
    publication::assemble(market, lock.policy, (figures, decisions), gaps, watched, signed)
}

fn refusal(at: Option<Span>) -> Diagnostic {
    let help = "this version hides small numbers but does not yet prove that they cannot be worked \
                out from other figures; use `status: draft`";
    refused("a live site cannot be built yet", at).label("refused").help(help)
}

fn no_edition(at: Option<Span>) -> Diagnostic {
    refused("a live site needs an edition, and there is none in `data/editions`", at)
        .label("tells people and gaps from its newest edition")
        .help("make one: `placewise edition NAME --signed-off-by ROLE`")
        .help("to see the site before that, use `status: draft`")
}

fn refused(message: &str, at: Option<Span>) -> Diagnostic {
    let found = Diagnostic::error(Code::LiveRefused, message);
    match at {
        Some(at) => found.at(at),
        None => found,
    }
}

fn behind(lock: &Lock, file: SourceId) -> Diagnostic {
    let name = &lock.signed.name;
    let message =
        format!("the placements, or what they are held against, differ from edition `{name}`");
    Diagnostic::warning(Code::EditionBehind, message)
        .at(Span::start_of(file))
        .label("the site goes on telling this edition")
        .help("`placewise edition NAME --signed-off-by ROLE --dry-run` tells which figures differ")
}
