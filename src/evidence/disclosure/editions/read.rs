//! Reads locks back, and believes nothing: a lock that was changed by hand is told, with its line.

use std::collections::BTreeMap;

use super::super::figure::{Figure, Published};
use super::super::gaps::PublicGaps;
use super::super::policy::Policy;
use super::record::{FORMAT, RawFigure, RawLock, RawProfile};
use super::{
    EditionRequest, Lock, NOT_APPLICABLE, NOT_COLLECTED, SignedEdition, WITHHELD, free_places,
    is_frozen, lines,
};
use crate::diagnostics::{Code, Diagnostic};
use crate::evidence::analysis::{CellKey, Measure, Unit};
use crate::evidence::market::lower::check::Check;
use crate::evidence::market::{AreaId, LevelId, Market, NeedId, ProfileName};
use crate::load::yaml::{self, Text};
use crate::sources::{SourceId, SourceSet, Span};

/// Way out of a lock that is not as it was written.
pub(super) const RESTORE: &str =
    "take the file back as `placewise edition` wrote it, from your version history";

/// Reads every lock, the oldest first.
pub(super) fn all(
    sources: &SourceSet,
    market: &Market,
    out: &mut Vec<Diagnostic>,
) -> Vec<(SourceId, Lock)> {
    let mut locks = Vec::new();
    for (id, source) in sources.under("data/editions/").filter(|(_, source)| source.is_read()) {
        match yaml::parse::<RawLock>(id, source) {
            Ok(raw) => {
                let mut check = Check::new(id, source);
                locks.extend(lock(&mut check, market, &raw).map(|lock| (id, lock)));
                out.append(&mut check.diagnostics);
            }
            Err(fault) => out.push(fault.help(RESTORE)),
        }
    }
    locks.sort_by(|(_, a), (_, b)| {
        (a.signed.date, &a.signed.name).cmp(&(b.signed.date, &b.signed.name))
    });
    for pair in locks.windows(2) {
        let [(_, first), (id, second)] = pair else { continue };
        if first.signed.date == second.signed.date {
            let message = format!(
                "edition `{}` has the same date as edition `{}`",
                second.signed.name, first.signed.name
            );
            let fault = Diagnostic::error(Code::EditionBroken, message);
            out.push(fault.at(Span::start_of(*id)).label("which is newer?").help(RESTORE));
        }
    }
    locks
}

fn lock(check: &mut Check, market: &Market, raw: &RawLock) -> Option<Lock> {
    if raw.format.value.trim() != FORMAT {
        let help = format!(
            "this version reads format {FORMAT}; a later one takes a newer version, and one of \
             format 1, which no live site has told, is to be deleted and made again"
        );
        broken(check, &raw.format, "the lock is of another format".to_owned(), help);
        return None;
    }
    let signed = signed(check, raw);
    let policy = profile(check, &raw.profile);
    let least = check.count_in("fewest_people", Some(&raw.fewest_people), 2..=1000);
    let (policy, least) = (policy?, least?);
    if least <= policy.threshold {
        let message = "no line is told of so few people".to_owned();
        broken(check, &raw.fewest_people, message, RESTORE);
    }
    let figures = figures(check, market, &policy, &raw.figures);
    let listed = raw.listed_gaps.iter().filter_map(|gap| lines::listed(check, market, least, gap));
    let listed = listed.collect();
    let also = raw.also_wanted.iter().filter_map(|line| lines::also(check, market, least, line));
    let gaps = PublicGaps::told(least, listed, also.collect());
    let free_places = free_places::read(check, &raw.free_places);
    Some(Lock { signed: signed?, policy, figures, gaps, free_places })
}

fn signed(check: &mut Check, raw: &RawLock) -> Option<SignedEdition> {
    let (date, as_at) = (check.date(Some(&raw.date)), check.date(Some(&raw.as_at)));
    check.in_order(("as_at", as_at), ("date", date, Some(&raw.date)));
    let (name, role) = (raw.name.value.trim(), raw.signed_off_by.value.trim());
    if EditionRequest::path_of(name) != check.source().path() {
        let message = format!("the file of this edition is `{}`", EditionRequest::path_of(name));
        check.fault(Code::IdNotFileName, &raw.name, message, RESTORE);
    }
    if !super::request::is_role(role) {
        let message = "the edition is not signed off by a role".to_owned();
        broken(check, &raw.signed_off_by, message, "write the role, and not the person");
    }
    Some(SignedEdition {
        name: name.to_owned(),
        date: date?,
        as_at: as_at?,
        signed_off_by: role.to_owned(),
    })
}

/// The rules of the lock, which must be those of the profile that it names.
fn profile(check: &mut Check, raw: &RawProfile) -> Option<Policy> {
    let named = check.word("profile", Some(&raw.name), &ProfileName::WORDS).map(Policy::of)?;
    // Noughts can be withheld by every profile, where showing them would tell too much.
    let policy = match raw.zeros.value.trim() {
        "withheld" => named.withholding_noughts(),
        _ => named,
    };
    let zeros = if policy.zero_shown { "shown" } else { "withheld" };
    let expected = [
        ("threshold", &raw.threshold, policy.threshold.to_string()),
        ("rounding", &raw.rounding, policy.rounding_base.to_string()),
        ("zeros", &raw.zeros, zeros.to_owned()),
    ];
    for (name, written, right) in expected {
        if written.value.trim() != right {
            let message = format!("`{name}` of profile `{}` is {right}", policy.name);
            broken(check, written, message, RESTORE);
        }
    }
    if policy.rounding_base == 1 {
        let message = format!("profile `{}` tells exact numbers; no edition does", policy.name);
        broken(check, &raw.name, message, RESTORE);
        return None;
    }
    Some(policy)
}

fn figures(
    check: &mut Check,
    market: &Market,
    policy: &Policy,
    raw: &[RawFigure],
) -> BTreeMap<CellKey, Published> {
    let mut figures = BTreeMap::new();
    let mut places: BTreeMap<CellKey, Span> = BTreeMap::new();
    for raw in raw {
        let key = key(check, market, raw);
        let figure = key.as_ref().and_then(|key| figure(check, policy, key.measure, &raw.value));
        let (Some(key), Some(figure)) = (key, figure) else { continue };
        let is_at_least = raw
            .at_least
            .as_ref()
            .is_some_and(|text| check.word("mark", Some(text), &[("yes", true)]).unwrap_or(false));
        let here = raw.of.span(check.id);
        if let Some(before) = places.insert(key.clone(), here) {
            check.push(
                Diagnostic::error(Code::DuplicateId, format!("the figure `{key}` comes twice"))
                    .at(here)
                    .label("second time")
                    .also(before, "first time")
                    .help(RESTORE),
            );
        }
        figures.insert(key.clone(), Published::new(key, figure, is_at_least));
    }
    figures
}

fn key(check: &mut Check, market: &Market, raw: &RawFigure) -> Option<CellKey> {
    let measures: Vec<(&str, Measure)> =
        Measure::ALL.iter().map(|measure| (measure.id(), *measure)).collect();
    let measure = check.word("name of a figure", Some(&raw.of), &measures);
    if measure.is_some_and(|measure| !is_frozen(measure)) {
        let message = format!("`{}` is no figure of people", raw.of.value.trim());
        broken(check, &raw.of, message, RESTORE);
        return None;
    }
    // All parts are looked at, so that one run tells everything.
    let area = raw.area.as_ref().map(|text| area(check, market, text));
    let level = raw.level.as_ref().map(|text| level(check, market, text));
    let need = raw.need.as_ref().map(|text| need(check, market, text));
    let part = |found: Option<Option<_>>| -> Option<Option<_>> {
        match found {
            None => Some(None),
            Some(found) => found.map(Some),
        }
    };
    let level = match level {
        None => None,
        Some(found) => Some(found?),
    };
    let need = match need {
        None => None,
        Some(found) => Some(found?),
    };
    Some(CellKey { measure: measure?, area: part(area)?, level, need })
}

/// An area of the site: one that has ended stays in the list.
pub(super) fn area(check: &mut Check, market: &Market, text: &Text) -> Option<AreaId> {
    let file = "data/areas.yaml";
    let found = known(check, ("area", text, file), market.areas.ids(), "valid_to");
    found.and_then(AreaId::parse)
}

/// A level of the site.
pub(super) fn level(check: &mut Check, market: &Market, text: &Text) -> Option<LevelId> {
    let ids = market.vocabulary.levels.keys().map(LevelId::as_str);
    known(check, ("level", text, "data/vocabulary.yaml"), ids, "").and_then(LevelId::parse)
}

/// A need of the site.
pub(super) fn need(check: &mut Check, market: &Market, text: &Text) -> Option<NeedId> {
    let ids = market.vocabulary.needs.keys().map(NeedId::as_str);
    known(check, ("need", text, "data/vocabulary.yaml"), ids, "").and_then(NeedId::parse)
}

/// An id that the site must know, because an edition told figures of it: they cannot be taken back.
pub(super) fn known<'t, 'k>(
    check: &mut Check,
    (kind, text, file): (&str, &'t Text, &str),
    mut ids: impl Iterator<Item = &'k str>,
    ending: &str,
) -> Option<&'t str> {
    let value = text.value.trim();
    if ids.any(|id| id == value) {
        return Some(value);
    }
    let message = format!("an edition told figures of the {kind} `{value}`, which is gone");
    let ended = match ending {
        "" => String::new(),
        key => format!("; where it has ended, say so with `{key}`"),
    };
    let span = check.span(text);
    check.push(
        Diagnostic::error(Code::UnknownReference, message)
            .at(span)
            .label(format!("not in {file}"))
            .help(format!("put it back into {file}{ended}"))
            .help("what was told of it stays known, so the next edition is held against it"),
    );
    None
}

/// What was told of one figure, as far as the rules of its edition allow it.
fn figure(check: &mut Check, policy: &Policy, measure: Measure, text: &Text) -> Option<Figure> {
    match text.value.trim() {
        WITHHELD => return Some(Figure::Suppressed),
        NOT_COLLECTED => return Some(Figure::NotCollected),
        NOT_APPLICABLE => return Some(Figure::NotApplicable),
        _ => {}
    }
    let value = check.count("value", Some(text))?;
    if measure.unit() == Unit::Percent {
        if value > 100 {
            broken(check, text, "no share is more than 100 per cent".to_owned(), RESTORE);
        }
        return Some(Figure::Rounded(value));
    }
    let is_hidden = match value {
        0 => !policy.zero_shown,
        value => value < policy.threshold,
    };
    if is_hidden || value % policy.rounding_base != 0 {
        let message = format!("profile `{}` never shows such a number", policy.name);
        broken(check, text, message, RESTORE);
        return None;
    }
    Some(match policy.rounding_base {
        1 => Figure::Shown(value),
        _ => Figure::Rounded(value),
    })
}

/// Tells that a lock is not as it was written.
pub(super) fn broken(check: &mut Check, at: &Text, message: String, help: impl Into<String>) {
    let span = check.span(at);
    check.push(
        Diagnostic::error(Code::EditionBroken, message)
            .at(span)
            .label("changed since it was written")
            .help(help),
    );
}
