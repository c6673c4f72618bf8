//! `data/pathway.csv`, `returns.csv` and `resident_lists/*.csv`. No value of them is ever quoted.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic};
use crate::load::table::Row;
use crate::load::yaml::Text;
use crate::sources::{Source, SourceId, SourceSet, Span};

use super::super::ids::{ProviderId, ServiceId};
use super::super::movement::{Funder, Movement, Pathway, PathwayStage, Resident, Return};
use super::super::provider::Provider;
use super::check::Check;
use super::ledger::{self, counted_twice, needed};
use super::words::Words;

const PATHWAY: [&str; 7] =
    ["cohort", "year", "identified", "assessed", "suitable", "moved", "graduated"];
const RETURNS: [&str; 5] = ["cohort", "year", "commissioner", "people", "saving_pounds"];
const RESIDENTS: [&str; 3] = ["service", "pseudonym", "funder"];

pub(super) fn read(
    sources: &SourceSet,
    words: &Words,
    providers: &BTreeMap<ProviderId, Provider>,
    out: &mut Vec<Diagnostic>,
) -> Movement {
    Movement {
        pathway: pathway(sources, words, out),
        returns: returns(sources, words, out),
        residents: residents(sources, words, providers, out),
    }
}

/// A file that is there and whole.
fn found<'a>(sources: &'a SourceSet, path: &str) -> Option<(SourceId, &'a Source)> {
    sources.find(path).filter(|(_, source)| source.is_read())
}

fn pathway(sources: &SourceSet, words: &Words, out: &mut Vec<Diagnostic>) -> Vec<Pathway> {
    let Some((id, source)) = found(sources, "data/pathway.csv") else {
        return Vec::new();
    };
    let mut check = Check::new(id, source);
    let mut rows: Vec<Pathway> = Vec::new();
    let mut seen = BTreeMap::new();
    for mut row in ledger::rows(&mut check, source, &PATHWAY, &["cohort", "year"]) {
        let cohort = needed(&mut check, &mut row, "cohort");
        let cohort = check.cohort(cohort.as_ref(), words);
        let year = needed(&mut check, &mut row, "year");
        let year = check.year(year.as_ref());
        let people =
            PathwayStage::ALL.map(|stage| check.people_or_none(row.take(stage.id()).as_ref()));
        let span = ledger::whole(id, &row);
        let (Some(cohort), Some(year)) = (cohort, year) else {
            continue;
        };
        if let Some(before) = seen.insert((cohort.clone(), year), span) {
            check.push(counted_twice("cohort and year", span, before));
        }
        rows.push(Pathway { span, cohort, year, people });
    }
    out.append(&mut check.diagnostics);
    rows
}

fn returns(sources: &SourceSet, words: &Words, out: &mut Vec<Diagnostic>) -> Vec<Return> {
    let Some((id, source)) = found(sources, "data/returns.csv") else {
        return Vec::new();
    };
    let mut check = Check::new(id, source);
    let mut returns: Vec<Return> = Vec::new();
    let mut seen = BTreeMap::new();
    let required = ["cohort", "year", "commissioner", "people"];
    for mut row in ledger::rows(&mut check, source, &RETURNS, &required) {
        let Some(found) = returned(&mut check, &mut row, words) else {
            continue;
        };
        let key = (found.cohort.clone(), found.year, found.commissioner.clone());
        if let Some(before) = seen.insert(key, found.span) {
            check.push(counted_twice("cohort, year and commissioner", found.span, before));
        }
        returns.push(found);
    }
    out.append(&mut check.diagnostics);
    returns
}

fn returned(check: &mut Check, row: &mut Row, words: &Words) -> Option<Return> {
    let cohort = needed(check, row, "cohort");
    let cohort = check.cohort(cohort.as_ref(), words);
    let year = needed(check, row, "year");
    let year = check.year(year.as_ref());
    let commissioner = needed(check, row, "commissioner");
    let commissioner = words.area(check, commissioner.as_ref());
    let people = needed(check, row, "people");
    let people = check.people_or_none(people.as_ref());
    let saving = row.take("saving_pounds");
    Some(Return {
        span: ledger::whole(check.id, row),
        saving_pence: check.pounds_either_way(saving.as_ref()),
        cohort: cohort?,
        year: year?,
        commissioner: commissioner?,
        people: people?,
    })
}

fn residents(
    sources: &SourceSet,
    words: &Words,
    providers: &BTreeMap<ProviderId, Provider>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Resident> {
    let services: Vec<&ServiceId> = providers
        .values()
        .flat_map(|provider| &provider.services)
        .map(|service| &service.id)
        .collect();
    let mut residents: Vec<Resident> = Vec::new();
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    let lists = sources.under("data/resident_lists/").filter(|(_, source)| source.is_read());
    for (id, source) in lists {
        let mut check = Check::new(id, source);
        let required = ["service", "pseudonym"];
        for mut row in ledger::rows(&mut check, source, &RESIDENTS, &required) {
            let Some(resident) = resident(&mut check, &mut row, words, &services) else {
                continue;
            };
            if let Some(before) = seen.insert(resident.pseudonym.clone(), resident.span) {
                check.push(listed_twice(resident.span, before));
            }
            residents.push(resident);
        }
        out.append(&mut check.diagnostics);
    }
    residents
}

fn resident(
    check: &mut Check,
    row: &mut Row,
    words: &Words,
    services: &[&ServiceId],
) -> Option<Resident> {
    let service = needed(check, row, "service");
    let known = services.iter().map(|id| id.as_str());
    let service = service
        .and_then(|text| {
            check.reference("service", &text, known, "data/providers").map(str::to_owned)
        })
        .and_then(|id| ServiceId::parse(&id));
    let pseudonym = needed(check, row, "pseudonym");
    let funder = funder(check, row.take("funder").as_ref(), words);
    let pseudonym = pseudonym?;
    Some(Resident {
        span: pseudonym.span(check.id),
        pseudonym: pseudonym.value,
        service: service?,
        funder,
    })
}

/// An area of the site, `elsewhere` or `self`.
fn funder(check: &mut Check, text: Option<&Text>, words: &Words) -> Option<Funder> {
    match text?.value.trim() {
        "elsewhere" => Some(Funder::Elsewhere),
        "self" => Some(Funder::Own),
        _ => words.area(check, text).map(Funder::Ours),
    }
}

fn listed_twice(here: Span, before: Span) -> Diagnostic {
    Diagnostic::error(Code::DuplicateId, "two residents have the same pseudonym")
        .at(here)
        .label("second use")
        .also(before, "first use")
        .help("one person lives in one place: remove one of the two, or correct a pseudonym")
}
