//! What may be told of counts and gaps, decided all at once.

use std::collections::{BTreeMap, BTreeSet};

use super::audit::Watched;
use super::figure::{Figure, Published};
use super::gaps::lines::Lines;
use super::gaps::{self, PublicGaps};
use super::openings::Openings;
use super::policy::Policy;
use super::site_graph::{self, Decision, Decisions, Site};
use super::{asked, primary};
use crate::diagnostics::{Code, Diagnostic, Outcome, has_errors};
use crate::evidence::analysis::{Analysis, CellKey};
use crate::evidence::market::Market;
use crate::evidence::private::Cache;

/// What is decided for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A site that makes no editions.
    Alone,
    /// An edition, which others come after.
    Edition,
    /// The same, and what a site without editions would show of it: a second protection, made only
    /// for those who ask why a figure is withheld.
    ExplainedEdition,
}

/// Every figure and every line of gaps, as they may be told.
pub(super) struct Whole {
    pub(super) policy: Policy,
    pub(super) figures: BTreeMap<CellKey, Published>,
    pub(super) decisions: Decisions,
    pub(super) gaps: PublicGaps,
}

impl Whole {
    /// What the audit of the finished site is told of it.
    pub(super) fn watched(&self, market: &Market, analysis: &Analysis) -> Watched {
        let is_listed = |key: &&CellKey| {
            self.decisions.get(key).is_some_and(|found| found.decision == Decision::Listed)
        };
        let asked = self.figures.keys().filter(is_listed).cloned().collect();
        let are_rests_few = self.decisions.given_up().is_empty();
        Watched::of(&self.policy, market, analysis, asked, are_rests_few)
    }
}

/// Decides by the profile of the site.
pub(super) fn decide(market: &Market, analysis: &Analysis, purpose: Purpose) -> Outcome<Whole> {
    decide_again(market, analysis, purpose, &Cache::none())
}

/// The same, where it may have been decided before.
pub(super) fn decide_again(
    market: &Market,
    analysis: &Analysis,
    purpose: Purpose,
    cache: &Cache,
) -> Outcome<Whole> {
    let is_edition = purpose != Purpose::Alone;
    let mut diagnostics = Vec::new();
    let asked = asked::find(market, &analysis.counts, &mut diagnostics);
    let policy = Policy::of(market.profile);
    let openings = Openings::of(market);
    let mut figures = primary::figures(&policy, &analysis.counts, &openings);
    let draft = gaps::Draft::new(&policy, market, analysis);
    let site = Site {
        policy: &policy,
        market,
        analysis,
        openings: &openings,
        figures: &figures,
        asked: &asked,
        is_edition,
        cache,
    };
    let people = || settle(&site, &draft, purpose);
    let residents = || site_graph::protect_residents(&site);
    let ((lines, mut decisions), residents) = rayon::join(people, residents);
    decisions.join(residents);
    diagnostics.extend(refuse(&decisions));
    if has_errors(&diagnostics) {
        return Outcome::failed(diagnostics);
    }
    decisions.apply(&mut figures);
    for key in primary::hide_ranges(&mut figures) {
        decisions.withhold(&key, Decision::Protects(None));
    }
    if is_edition {
        primary::hide_residents(&mut figures);
    }
    if !market.has_placement_lists {
        primary::tell_uncollected(&mut figures);
    }
    primary::add_occupancy(&analysis.counts, &mut figures);
    for key in &asked.never {
        figures.insert(key.clone(), Published::new(key.clone(), Figure::Suppressed, false));
        decisions.withhold(key, Decision::Listed);
    }
    let gaps = gaps::publish(market, analysis, draft, lines);
    Outcome::new(Whole { policy, figures, decisions, gaps }, diagnostics)
}

/// Gives up lines until all that are left can stand with the figures that are told.
fn settle(site: &Site, draft: &gaps::Draft, purpose: Purpose) -> (Lines, Decisions) {
    let mut barred = BTreeSet::new();
    loop {
        let lines = draft.share_out(&barred);
        let found = site_graph::protect(site, &draft.told(&lines, &barred));
        // Every round bars a line that was there, and there are only so many.
        if found.given_up.is_empty() {
            let mut decisions = found.decisions;
            if purpose == Purpose::ExplainedEdition {
                let alone = Site { is_edition: false, ..*site };
                let without = site_graph::protect(&alone, &draft.told(&lines, &barred));
                decisions.set_beside(&without.decisions);
            }
            decisions.give_up(barred);
            return (lines, decisions);
        }
        barred.extend(found.given_up);
    }
}

/// What is said where nothing may be published. It names figures, and no number.
fn refuse(decisions: &Decisions) -> Option<Diagnostic> {
    let first = decisions.open().first()?;
    let more = match decisions.open().len() - 1 {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message = format!("a small number of people could be worked out: {first}{more}");
    Some(Diagnostic::error(Code::CannotProtect, message).help(
        "name figures around it under `never_publish` in data/disclosure.yaml, or join areas, \
         levels or needs; `placewise explain MPS066` says more",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_protected_is_refused_by_key_alone() {
        let mut decisions = Decisions::default();
        assert!(refuse(&decisions).is_none());
        decisions.add_open("gap.people|mere|low|all".to_owned());
        decisions.add_open("need.people|mere|low|all".to_owned());
        let told = format!("{:?}", refuse(&decisions));
        assert!(told.contains("gap.people|mere|low|all and 1 more"), "{told}");
    }
}
