//! People placed out of area, from YAML, CSV and workbooks. No value of these files is ever quoted.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic};
use crate::load::yaml::{self, Text};
use crate::sources::{Source, SourceId, SourceSet, Span};

use super::super::area::AreaKind;
use super::super::ids::{ProviderId, ServiceId};
use super::super::placement::{Gender, Placement, Reason};
use super::super::provider::Provider;
use super::super::quantities::{AgeRange, PeopleRange};
use super::super::record::words::RawPlacement;
use super::super::service::Service;
use super::check::Check;
use super::forms::way_to_people;
use super::words::Words;
use super::{personal, placement_csv, placement_sheets};

pub(super) fn read(
    sources: &SourceSet,
    words: &Words,
    providers: &BTreeMap<ProviderId, Provider>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Placement> {
    let services: BTreeMap<&str, &Service> = providers
        .values()
        .flat_map(|provider| &provider.services)
        .map(|service| (service.id.as_str(), service))
        .collect();
    placement_sheets::tell_unread(sources, out);
    let mut placements: Vec<Placement> = Vec::new();
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for (id, source) in sources.under("data/placements") {
        if !source.is_read() || !placement_sheets::is_list(source) {
            continue;
        }
        let mut check = Check::new(id, source);
        for entry in rows(&mut check, id, source) {
            let Some(placement) = placement(&mut check, &entry, words, &services) else {
                continue;
            };
            // AV-41 and av-41 are one person, written down by two.
            let key = placement.id.to_lowercase();
            if let Some(before) = seen.insert(key, placement.span) {
                check.push(entered_twice(placement.span, before));
            }
            placements.push(placement);
        }
        out.append(&mut check.diagnostics);
    }
    placements
}

fn entered_twice(here: Span, before: Span) -> Diagnostic {
    Diagnostic::error(Code::DuplicateId, "two placements have the same id")
        .at(here)
        .label("second use")
        .also(before, "first use")
        .help("if it is the same person, remove one of the two; if not, change one id")
}

/// A row as it was entered, and where.
pub(super) struct Entry {
    pub(super) raw: RawPlacement,
    /// Where its id stands, or the whole row.
    pub(super) at: Span,
    /// Where blank cells of a table stand, by the name of their column.
    pub(super) blanks: BTreeMap<&'static str, Span>,
}

fn rows(check: &mut Check, id: SourceId, source: &Source) -> Vec<Entry> {
    if source.is_table() {
        return placement_csv::rows(check, id, source);
    }
    match yaml::parse::<Vec<yaml::Located<RawPlacement>>>(id, source) {
        Ok(rows) => rows
            .into_iter()
            .map(|row| {
                let at = row.value.id.as_ref().map_or(row.span(id), |text| text.span(id));
                Entry { raw: row.value, at, blanks: BTreeMap::new() }
            })
            .collect(),
        Err(diagnostic) => {
            check.push(personal::misread(id, source, *diagnostic));
            Vec::new()
        }
    }
}

fn placement(
    check: &mut Check,
    entry: &Entry,
    words: &Words,
    services: &BTreeMap<&str, &Service>,
) -> Option<Placement> {
    let Entry { raw, at, .. } = entry;
    expect_keys(check, entry);
    let home = words.area(check, raw.home.as_ref());
    let level = words.level(check, raw.level.as_ref());
    let people = raw.people.as_ref().and_then(|text| people(check, text));
    let age = raw.age.as_ref().and_then(|text| ages(check, text));
    let placed_since = check.date(raw.placed_since.as_ref());
    let last_review = check.date(raw.last_review.as_ref());
    check.in_order(
        ("placed_since", placed_since),
        ("last_review", last_review, raw.last_review.as_ref()),
    );
    let current_service = current_service(raw, services);
    words.expect_scope(check, home.as_ref(), level.as_ref(), raw.home.as_ref());
    let placement = Placement {
        span: *at,
        needs: words.needs(check, raw.needs.as_ref()),
        age,
        gender: gender(check, raw.gender.as_ref()),
        legal: words.legal(check, raw.legal.as_ref()),
        weekly_cost: check.pounds(raw.weekly_cost_pounds.as_ref()),
        review_due: check.date(raw.review_due.as_ref()),
        last_review,
        ready: answer(check, raw.ready.as_ref()),
        placed_since,
        current_service,
        reason: reason(check, raw.reason.as_ref()),
        stay_days: check.count("stay_days", raw.stay_days.as_ref()),
        distance_km: check.count_in("distance_km", raw.distance_km.as_ref(), 0..=1500),
        id: raw.id.as_ref()?.value.trim().to_owned(),
        home: home?,
        level: level?,
        people: people?,
    };
    if let Some(text) = &raw.current_service {
        let at = text.span(check.id);
        warn_if_local(check, &placement, at, words, services);
    }
    Some(placement)
}

/// What no row can do without.
fn expect_keys(check: &mut Check, entry: &Entry) {
    let raw = &entry.raw;
    let keys =
        [("id", &raw.id), ("home", &raw.home), ("level", &raw.level), ("people", &raw.people)];
    for (key, _) in keys.into_iter().filter(|(_, text)| text.is_none()) {
        check.push(
            Diagnostic::error(Code::MissingKey, format!("`{key}` is missing"))
                .at(entry.blanks.get(key).copied().unwrap_or(entry.at))
                .help("every row needs id, home, level and people"),
        );
    }
}

fn gender(check: &mut Check, text: Option<&Text>) -> Option<Gender> {
    let genders = [("female", Gender::Female), ("male", Gender::Male)];
    check.word("gender", text, &genders)
}

fn answer(check: &mut Check, text: Option<&Text>) -> Option<bool> {
    let answers = [
        ("yes", Some(true)),
        ("no", Some(false)),
        ("unknown", None),
        ("true", Some(true)),
        ("false", Some(false)),
    ];
    check.word("answer", text, &answers).flatten()
}

fn reason(check: &mut Check, text: Option<&Text>) -> Option<Reason> {
    let reasons = [
        ("no-local-place", Reason::NoLocalPlace),
        ("capability", Reason::NoLocalCapability),
        ("choice", Reason::Choice),
        ("safeguarding", Reason::Safeguarding),
        ("offending", Reason::Offending),
        ("relative-on-unit", Reason::RelativeOnUnit),
        ("taken-ill-away", Reason::TakenIllAway),
    ];
    check.word("reason", text, &reasons)
}

/// The service people are in now, if it is one of the directory. Most are far away and are not.
fn current_service(raw: &RawPlacement, services: &BTreeMap<&str, &Service>) -> Option<ServiceId> {
    let id = raw.current_service.as_ref()?.value.trim();
    services.get(id).map(|service| service.id.clone())
}

/// `7`, `3-6` or `<5`, which is one to four.
pub(super) fn people(check: &mut Check, text: &Text) -> Option<PeopleRange> {
    people_from(check, text, 1)
}

/// The same where nobody may be a number too.
pub(super) fn people_or_nobody(check: &mut Check, text: &Text) -> Option<PeopleRange> {
    match text.value.trim() {
        "0" => Some(PeopleRange::new(0, 0)),
        _ => people_from(check, text, 0),
    }
}

fn people_from(check: &mut Check, text: &Text, least: i64) -> Option<PeopleRange> {
    let value = text.value.trim();
    let number = |part: &str| {
        let part = part.trim();
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u32>().ok()).flatten()
    };
    let range = if let Some(below) = value.strip_prefix('<') {
        number(below).filter(|below| *below > 1).map(|below| (1, below - 1))
    } else if let Some((low, high)) = value.split_once('-') {
        number(low).zip(number(high)).filter(|(low, high)| low <= high)
    } else {
        number(value).map(|count| (count, count))
    };
    match range {
        Some((low, high)) if high > 0 && high <= 10_000 => Some(PeopleRange::new(low, high)),
        _ => {
            let span = check.span(text);
            check.push(
                Diagnostic::error(Code::MalformedPeople, "this is not a number of people")
                    .at(span)
                    .maybe_help(turned_into_a_day(check, text))
                    .help(way_to_people(value, least)),
            );
            None
        }
    }
}

/// Spreadsheets take 3-6 for the third of June, or the sixth of March.
fn turned_into_a_day(check: &Check, text: &Text) -> Option<String> {
    let is_day = check.source().is_table() && text.value.parse::<jiff::civil::Date>().is_ok();
    let help = "a spreadsheet has made a date of a range: format the cells as Text, then write \
                the range again";
    is_day.then(|| help.to_owned())
}

fn ages(check: &mut Check, text: &Text) -> Option<AgeRange> {
    let ends = text.value.split_once('-').or(Some((&text.value, &text.value)));
    let age = |part: &str| part.trim().parse::<u8>().ok().filter(|age| *age <= 130);
    let range = ends.and_then(|(min, max)| Some((age(min)?, age(max)?)));
    match range {
        Some((min, max)) if min <= max => Some(AgeRange { min, max }),
        _ => {
            let span = check.span(text);
            check.push(
                Diagnostic::error(Code::ImpossibleNumber, "this is not a range of ages")
                    .at(span)
                    .maybe_help(turned_into_a_day(check, text))
                    .help(match range {
                        Some(_) => "the youngest comes first: 18-64",
                        None => "write youngest and oldest age with a hyphen, such as 18-64",
                    }),
            );
            None
        }
    }
}

/// A person in a service that is local for their level is not out of area.
fn warn_if_local(
    check: &mut Check,
    placement: &Placement,
    at: Span,
    words: &Words,
    services: &BTreeMap<&str, &Service>,
) {
    let Some(current) = placement.current_service.as_ref().and_then(|id| services.get(id.as_str()))
    else {
        return;
    };
    let (Some(area), Some(level)) = (&current.area, words.vocabulary.levels.get(&placement.level))
    else {
        return;
    };
    let scope: AreaKind = level.scope;
    let home = words.areas.ancestor(&placement.home, scope);
    let there = words.areas.ancestor(area, scope);
    if let (Some(home), Some(there)) = (home, there)
        && home.id == there.id
    {
        check.push(
            Diagnostic::warning(
                Code::NotOutOfArea,
                "the current service is local to this person's home for this level",
            )
            .at(at)
            .help("correct home, level or current_service, or remove the row")
            .help("until then the person is counted as out of area"),
        );
    }
}
