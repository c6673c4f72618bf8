//! What a live site tells: people and gaps from its newest edition, the rest as the files say now.

use std::collections::BTreeMap;

use super::super::audit::Watched;
use super::super::figure::{Figure, Published};
use super::super::openings::Openings;
use super::super::policy::Policy;
use super::super::publication::{self, Publication};
use super::super::site_graph::Decisions;
use super::super::{decided, primary, protect, protect_again};
use super::{Editions, Lock, compare, free_places, is_frozen};
use crate::diagnostics::{Code, Diagnostic, Outcome};
use crate::evidence::analysis::{self, Analysis, CellKey};
use crate::evidence::market::{Market, ProfileName, SiteStatus};
use crate::evidence::private::Cache;
use crate::sources::{SourceId, Span};

/// Whether every way to work out a withheld number from shown ones is closed. Until then a live
/// site is refused; this is the one switch.
pub(super) const PROTECTION_IS_COMPLETE: bool = false;

type Figures = BTreeMap<CellKey, Published>;

/// What a site tells, by its status: a live site people and gaps from its newest edition, any other
/// what follows from the files now.
/// What was decided before is taken from the cache.
pub fn publish(
    market: Market,
    analysis: Analysis,
    editions: &Editions,
    cache: &Cache,
) -> Outcome<Publication> {
    if market.settings.status != SiteStatus::Live {
        return protect_again(market, analysis, cache);
    }
    let mut outcome = publish_live(market, analysis, editions, cache);
    if !PROTECTION_IS_COMPLETE {
        outcome.diagnostics.retain(|found| found.code != Code::LiveRefused);
        outcome.diagnostics.push(refusal(editions.status));
    }
    outcome
}

/// What the private report is about: on a live site what an edition made now would tell, on any
/// other what the site tells. It names who signed if that is the newest edition itself.
pub(in crate::evidence) fn to_be_told(
    market: Market,
    analysis: Analysis,
    editions: &Editions,
) -> Outcome<Publication> {
    if market.settings.status != SiteStatus::Live {
        return protect(market, analysis);
    }
    if let Some(exact) = exact_numbers(&market, editions) {
        return Outcome::failed(vec![exact]);
    }
    let Outcome { value, diagnostics } = decided::decide(&market, &analysis, true);
    let newest = editions.locks.last().map(|(_, lock)| lock);
    let publication = value.map(|now| {
        let signed = newest.filter(|lock| !compare::differs(lock, &now));
        let signed = signed.map(|lock| lock.signed.clone());
        let watched = now.watched(&market, &analysis);
        let told = (now.figures, now.decisions);
        publication::assemble(market, now.policy, told, now.gaps, watched, signed)
    });
    Outcome { value: publication, diagnostics }
}

/// What a live site tells: people and gaps from its newest edition.
pub(super) fn publish_live(
    market: Market,
    analysis: Analysis,
    editions: &Editions,
    cache: &Cache,
) -> Outcome<Publication> {
    let Some((file, newest)) = editions.locks.last() else {
        return Outcome::failed(vec![no_edition(editions.status)]);
    };
    let mut diagnostics = Vec::from_iter(exact_numbers(&market, editions));
    let decided =
        diagnostics.is_empty().then(|| decided::decide_again(&market, &analysis, true, cache));
    let now = decided.and_then(|decided| decided.take(&mut diagnostics));
    let Some(now) = now else { return Outcome::failed(diagnostics) };
    let differs = compare::differs(newest, &now);
    if differs {
        diagnostics.push(behind(newest, *file));
    }
    // What is small now says nothing of figures that were told before.
    let watched = match differs {
        true => Watched::default(),
        false => now.watched(&market, &analysis),
    };
    let decisions = if differs { Decisions::default() } else { now.decisions };
    let mut market = market;
    let figures = match free_places::hold(&mut market, newest) {
        false => now.figures,
        true => {
            let openings = Openings::of(&market);
            primary::figures(&newest.policy, &analysis::analyse(&market).counts, &openings)
        }
    };
    Outcome::new(live(market, (figures, decisions, watched), newest), diagnostics)
}

/// Puts a live site together: people and gaps from the lock, everything else as it is now.
pub(super) fn live(
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

pub(super) fn refusal(at: Option<Span>) -> Diagnostic {
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

/// Nothing is told beside an edition by a profile that tells exact numbers.
pub(super) fn exact_numbers(market: &Market, editions: &Editions) -> Option<Diagnostic> {
    let policy = Policy::of(market.profile);
    if policy.rounding_base > 1 {
        return None;
    }
    let rounding = ProfileName::WORDS.iter().filter(|(_, of)| Policy::of(*of).rounding_base > 1);
    let names: Vec<String> = rounding.map(|(name, _)| format!("`{name}`")).collect();
    let message = format!(
        "profile `{}` tells exact numbers, so two editions would tell of every \
                           person who came or went",
        policy.name
    );
    let found = Diagnostic::error(Code::EditionUnsafe, message)
        .help(format!("choose a profile that rounds: {}", names.join(" or ")));
    Some(match editions.profile {
        Some(at) => found.at(at).label("does not round"),
        None => found,
    })
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
