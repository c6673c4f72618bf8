//! What may be told of counts and gaps, decided all at once.

use std::collections::{BTreeMap, BTreeSet};

use super::audit::Watched;
use super::figure::{Figure, Published};
use super::gaps::lines::Lines;
use super::gaps::{self, PublicGaps};
use super::openings::Openings;
use super::policy::Policy;
use super::site_graph::{self, Asked, Decision, Decisions, Site};
use super::{asked, primary};
use crate::diagnostics::{Code, Diagnostic, Outcome, has_errors};
use crate::evidence::analysis::{Analysis, CellKey, Unit};
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
    let mut diagnostics = Vec::new();
    let asked = asked::find(market, &analysis.counts, &mut diagnostics);
    let task = Task { market, analysis, purpose, cache, asked };
    match task.decide() {
        Ok(_) if has_errors(&diagnostics) => Outcome::failed(diagnostics),
        Ok(whole) => {
            diagnostics.extend(noughts_withheld(&whole.policy, &Policy::of(market.profile)));
            Outcome::new(whole, diagnostics)
        }
        Err(open) => {
            diagnostics.push(refuse(&open));
            Outcome::failed(diagnostics)
        }
    }
}

/// What a live site takes from its files as they are now.
pub(super) enum Today {
    /// All that an edition made now would tell.
    Protected(Box<Whole>),
    /// No edition can be made now. Services and their places are told all the same; of each figure
    /// of people there is its key alone. And the numbers that could be worked out, named.
    Unprotected(BTreeMap<CellKey, Published>, String),
}

/// Decides what an edition made now would tell, for a site that tells an earlier one.
pub(super) fn decide_today(market: &Market, analysis: &Analysis, cache: &Cache) -> Outcome<Today> {
    let mut diagnostics = Vec::new();
    let asked = asked::find(market, &analysis.counts, &mut diagnostics);
    if has_errors(&diagnostics) {
        return Outcome::failed(diagnostics);
    }
    let task = Task { market, analysis, purpose: Purpose::Edition, cache, asked };
    let today = match task.decide() {
        Ok(whole) => Today::Protected(Box::new(whole)),
        Err(open) => {
            Today::Unprotected(of_services(market, analysis, &task.asked.never), names(&open))
        }
    };
    Outcome::new(today, diagnostics)
}

/// What is decided, for whom, and what the publisher asked for.
struct Task<'a> {
    market: &'a Market,
    analysis: &'a Analysis,
    purpose: Purpose,
    cache: &'a Cache,
    asked: Asked,
}

impl Task<'_> {
    /// By the rules of the profile; or, where noughts that are shown leave something open, by the
    /// same rules with noughts withheld. Where these are shown every mark says that there is
    /// somebody, and no other figure that is withheld takes that back.
    fn decide(&self) -> Result<Whole, BTreeSet<String>> {
        let policy = Policy::of(self.market.profile);
        match decide_by(self, policy) {
            Err(_) if policy.zero_shown => decide_by(self, policy.withholding_noughts()),
            found => found,
        }
    }
}

/// Figures of services and places as they are now; of people the keys alone.
pub(super) fn of_services(
    market: &Market,
    analysis: &Analysis,
    never: &BTreeSet<CellKey>,
) -> BTreeMap<CellKey, Published> {
    let policy = Policy::of(market.profile);
    let mut figures = primary::figures(&policy, &analysis.counts, &Openings::of(market));
    primary::add_occupancy(&analysis.counts, &mut figures);
    for (key, figure) in &mut figures {
        let told = match key.measure.unit() {
            Unit::People | Unit::Percent => Figure::NotCollected,
            _ if never.contains(key) => Figure::Suppressed,
            _ => continue,
        };
        *figure = Published::new(key.clone(), told, false);
    }
    figures
}

/// Decides by one set of rules; or tells the numbers that could be worked out all the same.
fn decide_by(task: &Task, policy: Policy) -> Result<Whole, BTreeSet<String>> {
    let Task { market, analysis, purpose, cache, asked } = task;
    let is_edition = *purpose != Purpose::Alone;
    let openings = Openings::of(market);
    let mut figures = primary::figures(&policy, &analysis.counts, &openings);
    let draft = gaps::Draft::new(&policy, market, analysis);
    let site = Site {
        policy: &policy,
        market,
        analysis,
        openings: &openings,
        figures: &figures,
        asked,
        is_edition,
        cache,
    };
    let people = || settle(&site, &draft, *purpose);
    let residents = || site_graph::protect_residents(&site);
    let ((lines, mut decisions), residents) = rayon::join(people, residents);
    decisions.join(residents);
    if !decisions.open().is_empty() {
        return Err(decisions.open().clone());
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
    Ok(Whole { policy, figures, decisions, gaps })
}

/// Gives up lines until all that are left can stand with the figures that are told.
fn settle(site: &Site, draft: &gaps::Draft, purpose: Purpose) -> (Lines, Decisions) {
    let mut barred = BTreeSet::new();
    loop {
        let lines = draft.share_out(&barred);
        let found = site_graph::protect(site, &draft.told(&lines, &barred));
        // Every round bars a line that was not barred before, and there are only so many.
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

/// The first of some numbers, and how many more there are.
fn names(open: &BTreeSet<String>) -> String {
    let first = open.first().map_or("", String::as_str);
    match open.len() {
        0 | 1 => first.to_owned(),
        all => format!("{first} and {} more", all - 1),
    }
}

/// What is said where nothing may be published. It names figures, and no number.
fn refuse(open: &BTreeSet<String>) -> Diagnostic {
    let message = format!("a small number of people could be worked out: {}", names(open));
    Diagnostic::error(Code::CannotProtect, message).help(
        "name figures around it under `never_publish` in data/disclosure.yaml, or join areas, \
         levels or needs; `placewise explain MPS066` says more",
    )
}

/// What the publisher is told where noughts are withheld though the profile would show them.
fn noughts_withheld(policy: &Policy, of_profile: &Policy) -> Option<Diagnostic> {
    if policy.zero_shown == of_profile.zero_shown {
        return None;
    }
    let message = format!(
        "noughts are withheld like small numbers, though profile `{}` would show them",
        policy.name
    );
    let found = Diagnostic::warning(Code::NoughtsWithheld, message)
        .help("shown, they would let a reader work a small number out")
        .help("to show them again, join areas, levels or needs so that fewer numbers are small");
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_protected_is_refused_by_key_alone() {
        let open = ["gap.people|mere|low|all", "need.people|mere|low|all"];
        let told = format!("{:?}", refuse(&open.map(str::to_owned).into()));
        assert!(told.contains("gap.people|mere|low|all and 1 more"), "{told}");
    }
}
