//! From the shapes of the files to checked facts, collecting every fault on the way.
//!
//! Nothing here stops at the first fault. Records are read and checked in parallel, each on its
//! own; references between them are checked once all are known.

mod accessibility;
mod areas;
mod beds;
mod changes;
pub(in crate::evidence) mod check;
pub(in crate::evidence) mod described;
mod disclosure;
mod forms;
mod growth;
mod ledger;
mod listable;
mod movement;
mod new_services;
mod opportunities;
mod outcomes;
mod parameters;
mod personal;
mod placement_csv;
mod placement_sheets;
mod placements;
mod plan;
mod population;
mod providers;
mod quality;
mod services;
mod settings;
mod spend;
mod vocabulary;
mod words;

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic, Outcome, has_errors};
use crate::guard;
use crate::load::yaml;
use crate::sources::{Source, SourceId, SourceSet, Span};

use super::{
    Change, Market, Movement, NeedRate, Opportunity, OpportunityId, Placement, PlanStep,
    Population, Provider, ProviderId, SiteStatus, Spend,
};

/// Reads all data files. There is a market only if none of them has an error.
pub(in crate::evidence) fn market(sources: &SourceSet) -> Outcome<Market> {
    let mut diagnostics = Vec::new();
    let settings = settings::read(sources, &mut diagnostics);
    let profile = parameters::profile(sources, &mut diagnostics);
    let is_live = settings.as_ref().is_some_and(|settings| settings.status == SiteStatus::Live);
    let bounds = guard::Bounds { threshold: profile.threshold(), is_live };
    let exceptions = guarded(sources, bounds, &mut diagnostics);
    let areas = areas::read(sources, &mut diagnostics).unwrap_or_default();
    let vocabulary::Read { words: vocabulary, untargeted, is_sound } =
        vocabulary::read(sources, &mut diagnostics).unwrap_or_default();
    let assumptions = parameters::assumptions(sources, &mut diagnostics);
    let words = (&vocabulary, &assumptions[..]);
    let parameters = parameters::read(sources, profile.threshold(), words, &mut diagnostics);
    // Without areas or vocabulary every reference would be reported as unknown, which helps nobody.
    let has_words = vocabulary.is_known() && areas.iter().next().is_some();
    let edition = settings.as_ref().map(|settings| settings.edition.clone());
    let scope = words::Words { areas: &areas, vocabulary: &vocabulary, edition: edition.as_ref() };
    let named = has_words.then(|| disclosure::read(sources, &scope, &mut diagnostics));
    let records = has_words.then(|| records(sources, &scope, &mut diagnostics));
    let (named, records) = (named.unwrap_or_default(), records.unwrap_or_default());
    if is_sound {
        let placements = &records.placements;
        listable::check(sources, &vocabulary, &untargeted, placements, &mut diagnostics);
    }
    if let Some(settings) = settings.as_ref().filter(|_| !records.placements.is_empty()) {
        settings::warn_of_draft(sources, settings, &mut diagnostics);
    }
    let outcomes = outcomes::read(sources, &mut diagnostics);
    match settings {
        Some(settings) if !has_errors(&diagnostics) => Outcome::new(
            Market {
                settings,
                profile,
                never_publish: named.never_publish,
                keep: named.keep,
                areas,
                vocabulary,
                parameters,
                assumptions,
                providers: records.providers,
                has_placement_lists: sources.under("data/placements").next().is_some(),
                placements: records.placements,
                opportunities: records.opportunities,
                spend: records.spend,
                movement: records.movement,
                changes: records.changes,
                plan: records.plan,
                outcomes,
                population: records.population,
                need_rates: records.need_rates,
                exceptions,
            },
            diagnostics,
        ),
        _ => Outcome::failed(diagnostics),
    }
}

/// Searches all files for what no file may hold. Returns the exceptions that were made.
fn guarded(
    sources: &SourceSet,
    bounds: guard::Bounds,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<guard::Exception> {
    let guard::Guarded { diagnostics: mut found, exceptions } = guard::search(sources, bounds);
    personal::search(sources, &found, diagnostics);
    diagnostics.append(&mut found);
    exceptions
}

/// Everything that is written in the words of the site.
#[derive(Default)]
struct Records {
    providers: BTreeMap<ProviderId, Provider>,
    placements: Vec<Placement>,
    opportunities: BTreeMap<OpportunityId, Opportunity>,
    spend: Spend,
    movement: Movement,
    changes: Vec<Change>,
    plan: Vec<PlanStep>,
    population: Population,
    need_rates: Vec<NeedRate>,
}

fn records(sources: &SourceSet, words: &words::Words, out: &mut Vec<Diagnostic>) -> Records {
    let providers = providers::read(sources, words, out);
    let population = population::read(sources, words, out);
    Records {
        placements: placements::read(sources, words, &providers, out),
        opportunities: opportunities::read(sources, words, out),
        spend: spend::read(sources, words, &providers, out),
        movement: movement::read(sources, words, &providers, out),
        changes: changes::read(sources, words, &providers, out),
        plan: plan::read(sources, words, out),
        need_rates: population::rates(sources, words, &population, out),
        population,
        providers,
    }
}

/// Reads one YAML file; a file that must be there and is not is an error.
fn file<'a, T: serde::de::DeserializeOwned>(
    sources: &'a SourceSet,
    path: &str,
    required: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(SourceId, &'a Source, T)> {
    let Some((id, source)) = sources.find(path) else {
        if required {
            diagnostics.push(
                Diagnostic::error(Code::MissingFile, format!("`{path}` is missing"))
                    .help("make the file; `placewise new DIR` shows what it holds"),
            );
        }
        return None;
    };
    if !source.is_read() {
        return None;
    }
    match yaml::parse(id, source) {
        Ok(value) => Some((id, source, value)),
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            None
        }
    }
}

/// Tells that an id was used before, pointing at both places.
fn duplicate(kind: &str, name: String, here: Span, before: Span) -> Diagnostic {
    Diagnostic::error(Code::DuplicateId, format!("two {kind} have the id {name}"))
        .at(here)
        .label("second use")
        .also(before, "first use")
        .help("give one of them another id")
}
