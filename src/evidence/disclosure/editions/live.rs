//! What a live site tells: people and gaps from its newest edition, the rest as the files say now.

use std::collections::BTreeMap;

use super::super::audit::Watched;
use super::super::decided::{Purpose, Today};
use super::super::figure::{Figure, Published};
use super::super::policy::Policy;
use super::super::publication::{self, Publication};
use super::super::site_graph::Decisions;
use super::super::{decided, protect, protect_again};
use super::{Editions, Lock, compare, free_places, is_frozen};
use crate::diagnostics::{Code, Diagnostic, Outcome, has_errors};
use crate::evidence::analysis::{self, Analysis, CellKey};
use crate::evidence::market::{Market, ProfileName, SiteStatus};
use crate::evidence::private::Cache;
use crate::sources::{SourceId, Span};

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
    publish_live(market, analysis, editions, cache)
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
    let Outcome { value, diagnostics } =
        decided::decide(&market, &analysis, Purpose::ExplainedEdition);
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
fn publish_live(
    mut market: Market,
    mut analysis: Analysis,
    editions: &Editions,
    cache: &Cache,
) -> Outcome<Publication> {
    let Some((file, newest)) = editions.locks.last() else {
        return Outcome::failed(vec![no_edition(editions.status)]);
    };
    let mut diagnostics = Vec::from_iter(exact_numbers(&market, editions));
    if has_errors(&diagnostics) {
        return Outcome::failed(diagnostics);
    }
    if free_places::hold(&mut market, newest) {
        analysis = analysis::analyse(&market);
    }
    let decided = decided::decide_today(&market, &analysis, cache);
    let Some(today) = decided.take(&mut diagnostics) else { return Outcome::failed(diagnostics) };
    let (told, warning) = by_edition((market, analysis), today, (newest, *file));
    diagnostics.extend(warning);
    Outcome::new(told, diagnostics)
}

/// Tells a lock beside what the files say now, and what the publisher is to know of these.
pub(super) fn by_edition(
    (market, analysis): (Market, Analysis),
    today: Today,
    (newest, file): (&Lock, SourceId),
) -> (Publication, Option<Diagnostic>) {
    // What is small now says nothing of figures that were told before.
    let ((figures, decisions, watched), warning) = match today {
        Today::Protected(now) if !compare::differs(newest, &now) => {
            let watched = now.watched(&market, &analysis);
            ((now.figures, now.decisions, watched), None)
        }
        Today::Protected(now) => {
            ((now.figures, Decisions::default(), Watched::default()), Some(behind(newest, file)))
        }
        Today::Unprotected(figures, open) => {
            let warning = Some(unprotected(newest, file, &open));
            ((figures, Decisions::default(), Watched::default()), warning)
        }
    };
    (live(market, (figures, decisions, watched), newest), warning)
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

fn no_edition(at: Option<Span>) -> Diagnostic {
    let message = "a live site needs an edition, and there is none in `data/editions`";
    let found = Diagnostic::error(Code::LiveRefused, message);
    let found = match at {
        Some(at) => found.at(at).label("tells people and gaps from its newest edition"),
        None => found,
    };
    found
        .help("make one: `placewise edition NAME --signed-off-by ROLE`")
        .help("to see the site before that, use `status: draft`")
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

/// The files as they are now could not be told; the edition was, and is.
fn unprotected(lock: &Lock, file: SourceId, open: &str) -> Diagnostic {
    let message = format!(
        "no edition could be made now: a small number of people could be worked out: {open}"
    );
    Diagnostic::warning(Code::EditionBehind, message)
        .at(Span::start_of(file))
        .label(format!("the site goes on telling edition `{}`", lock.signed.name))
        .help(
            "before the next edition name figures around it under `never_publish` in \
               data/disclosure.yaml, or join areas, levels or needs; `placewise explain MPS066` \
               says more",
        )
}
