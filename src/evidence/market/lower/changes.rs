//! `data/changes.yaml`: places that open or close on a day, and services that are to come.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::diagnostics::{Code, Diagnostic, did_you_mean};
use crate::load::yaml::{Located, Text};
use crate::sources::{SourceSet, Span};

use super::super::change::{Certainty, Change, Subject};
use super::super::ids::{ProviderId, ServiceId};
use super::super::provider::Provider;
use super::super::quantities::Beds;
use super::super::record::time::RawChange;
use super::super::service::{Service, Status};
use super::check::{Check, plain};
use super::words::Words;
use super::{file, new_services};

pub(super) fn read(
    sources: &SourceSet,
    words: &Words,
    providers: &BTreeMap<ProviderId, Provider>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Change> {
    let path = "data/changes.yaml";
    let Some((id, source, raw)) = file::<Vec<Located<RawChange>>>(sources, path, false, out) else {
        return Vec::new();
    };
    let services: BTreeMap<&str, &Service> = providers
        .values()
        .flat_map(|provider| &provider.services)
        .map(|service| (service.id.as_str(), service))
        .collect();
    let mut check = Check::new(id, source);
    let mut changes = Vec::new();
    for (number, record) in raw.iter().enumerate() {
        changes.extend(change(&mut check, record, number, words, &services));
    }
    refuse_twice(&mut check, &changes);
    refuse_more_than_there_is(&mut check, &changes, &services);
    out.append(&mut check.diagnostics);
    changes
}

fn change(
    check: &mut Check,
    record: &Located<RawChange>,
    number: usize,
    words: &Words,
    services: &BTreeMap<&str, &Service>,
) -> Option<Change> {
    let raw = &record.value;
    let delta = signed_places(check, &raw.delta);
    let date = check.date(Some(&raw.date));
    let certainties = [("confirmed", Certainty::Confirmed), ("probable", Certainty::Probable)];
    let certainty = check.word("certainty", Some(&raw.certainty), &certainties);
    let answers = [("yes", true), ("no", false), ("true", true), ("false", false)];
    let public = check.word("answer", raw.public.as_ref(), &answers).unwrap_or(false);
    let (subject, span, in_record) = match (&raw.service, &raw.spec) {
        (Some(text), None) => {
            let Some(service) = services.get(text.value.trim()).copied() else {
                refuse_unknown(check, text, services);
                return None;
            };
            refuse_closed(check, text, service);
            let in_record = is_in_record(check, &raw.date, date, service);
            (Subject::Service(service.id.clone()), text.span(check.id), in_record)
        }
        (None, Some(spec)) => {
            let id = free_id(number, services);
            let service = new_services::service(check, &spec.value, id, words);
            if delta.is_some_and(|delta| delta < 0) {
                let message = "a service that does not exist yet cannot close places";
                let help = "write its places as +12, or name the `service` that closes them";
                check.fault(Code::MalformedChange, &raw.delta, message.to_owned(), help);
            }
            (Subject::New(Box::new(service?)), spec.value.level.span(check.id), false)
        }
        (both, _) => {
            let message = match both {
                Some(_) => "a change is of a `service` or of a `spec`, not of both",
                None => "a change names neither a `service` nor a `spec`",
            };
            let help = "write `service: ID` for one of the directory, or `spec: {...}` for one \
                        that does not exist yet";
            check.fault(Code::MalformedChange, &raw.date, message.to_owned(), help);
            return None;
        }
    };
    Some(Change {
        span,
        subject,
        date: date?,
        delta_places: delta?,
        certainty: certainty?,
        reason: plain(raw.reason.as_ref()),
        public,
        in_record,
    })
}

/// `+2` or `2` places that open, `-3` places that close; never none.
pub(super) fn signed_places(check: &mut Check, text: &Text) -> Option<i32> {
    let value = text.value.trim();
    let (sign, digits) = match value.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, value.strip_prefix('+').unwrap_or(value)),
    };
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match digits.parse::<i32>() {
        Ok(places) if is_number && (1..=5000).contains(&places) => Some(sign * places),
        _ => {
            let message = format!("{} is not a change of places", check.quote(text));
            let help = "write +2 for two places that open, -3 for three that close, with a hyphen";
            check.fault(Code::MalformedChange, text, message, help);
            None
        }
    }
}

/// The file is sensitive, so its own words are not quoted. The name of a service is no secret; what
/// is to become of it is.
fn refuse_unknown(check: &mut Check, text: &Text, services: &BTreeMap<&str, &Service>) {
    let help = match did_you_mean(text.value.trim(), services.keys().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "use the `id` of a service in data/providers, or describe a new one under `spec`"
            .to_owned(),
    };
    check.fault(Code::UnknownReference, text, "there is no such service".to_owned(), help);
}

/// A service that has closed for good does not change any more.
fn refuse_closed(check: &mut Check, text: &Text, service: &Service) {
    if service.status == Status::Defunct {
        let message = "this service has closed for good".to_owned();
        let help = "remove the change, or correct the status of the service";
        check.fault(Code::MalformedChange, text, message, help);
    }
}

/// Whether the numbers of the service are from the day of the change or a later one. Tells it, as
/// the line does nothing then.
fn is_in_record(check: &mut Check, text: &Text, date: Option<Date>, service: &Service) -> bool {
    let (Some(date), Some(as_of)) = (date, service.as_of) else { return false };
    if date > as_of {
        return false;
    }
    let span = check.span(text);
    check.push(
        Diagnostic::warning(
            Code::ChangeInRecord,
            "the numbers of this service are from that day or later and have the change already",
        )
        .at(span)
        .help("remove the change, or correct its date or the `as_of` of the service"),
    );
    true
}

/// An id for a service that does not exist yet; it is never told.
fn free_id(number: usize, services: &BTreeMap<&str, &Service>) -> String {
    let mut id = format!("planned-{}", number + 1);
    while services.contains_key(id.as_str()) {
        id.push_str("-new");
    }
    id
}

/// Two changes of one service on one day would be counted twice.
fn refuse_twice(check: &mut Check, changes: &[Change]) {
    let mut seen: BTreeMap<(&ServiceId, Date), Span> = BTreeMap::new();
    for change in changes {
        let Subject::Service(service) = &change.subject else { continue };
        if let Some(before) = seen.insert((service, change.date), change.span) {
            check.push(
                Diagnostic::error(Code::DuplicateId, "two changes of one service on one day")
                    .at(change.span)
                    .label("second change")
                    .also(before, "first change")
                    .help("write one change with the sum of both, or correct a date"),
            );
        }
    }
}

/// No service can close more places than it has by then.
fn refuse_more_than_there_is(
    check: &mut Check,
    changes: &[Change],
    services: &BTreeMap<&str, &Service>,
) {
    let changed: BTreeSet<&ServiceId> = changes
        .iter()
        .filter_map(|change| match &change.subject {
            Subject::Service(id) => Some(id),
            Subject::New(_) => None,
        })
        .collect();
    for id in changed {
        let Some(Beds(places)) = services[id.as_str()].places else { continue };
        let is_of = |change: &&Change| matches!(&change.subject, Subject::Service(of) if of == id);
        let mut of: Vec<&Change> =
            changes.iter().filter(is_of).filter(|change| !change.in_record).collect();
        of.sort_by_key(|change| change.date);
        let mut left = i64::from(places);
        for change in of {
            left += i64::from(change.delta_places);
            if left < 0 {
                check.push(
                    Diagnostic::error(
                        Code::MalformedChange,
                        "more places close than the service has by then",
                    )
                    .at(change.span)
                    .help("correct `delta`, or the `places` of the service"),
                );
                break;
            }
        }
    }
}
