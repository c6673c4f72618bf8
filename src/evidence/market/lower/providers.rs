//! `data/providers/*.yaml`: one provider in each file, read in parallel.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diagnostics::{Code, Diagnostic};
use crate::load::yaml::{self, Text};
use crate::sources::{Source, SourceId, SourceSet, Span};

use super::super::ids::{ProviderId, ServiceId};
use super::super::provider::{Provider, Registration, Sector};
use super::super::record::provider::{RawIdentifiers, RawProvider, RawProviderRegister};
use super::super::service::Service;
use super::check::{Check, plain};
use super::words::Words;
use super::{duplicate, services, settings};

pub(super) fn read(
    sources: &SourceSet,
    words: &Words,
    out: &mut Vec<Diagnostic>,
) -> BTreeMap<ProviderId, Provider> {
    let files: Vec<(SourceId, &Source)> = sources.under("data/providers/").collect();
    let read: Vec<_> = files
        .into_par_iter()
        .filter(|(_, source)| source.is_read())
        .map(|(id, source)| read_one(id, source, words))
        .collect();
    let mut providers = BTreeMap::new();
    let mut places: BTreeMap<ServiceId, Span> = BTreeMap::new();
    for (mut diagnostics, found) in read {
        out.append(&mut diagnostics);
        let Some((provider, spans)) = found else {
            continue;
        };
        for (service, here) in provider.services.iter().zip(spans) {
            if let Some(before) = places.insert(service.id.clone(), here) {
                out.push(duplicate("services", format!("`{}`", service.id), here, before));
            }
        }
        providers.insert(provider.id.clone(), provider);
    }
    providers
}

type Found = Option<(Provider, Vec<Span>)>;

fn read_one(id: SourceId, source: &Source, words: &Words) -> (Vec<Diagnostic>, Found) {
    let raw = match yaml::parse::<RawProvider>(id, source) {
        Ok(raw) => raw,
        Err(diagnostic) => return (vec![*diagnostic], None),
    };
    let mut check = Check::new(id, source);
    let found = provider(&mut check, raw, words);
    (check.diagnostics, found)
}

fn provider(check: &mut Check, raw: RawProvider, words: &Words) -> Found {
    let id = id(check, &raw.id);
    let mut spans = Vec::new();
    let mut services = Vec::new();
    for record in raw.services.iter().flatten() {
        spans.push(record.value.id.span(check.id));
        match services::service(check, &record.value, words) {
            Some(service) => services.push(service),
            None => {
                spans.pop();
            }
        }
    }
    let register = raw.register.as_ref();
    let name = match register.filter(|_| raw.name.is_none()) {
        Some(register) => Some(registered_name(register, &services)),
        None => named(check, &raw.id, raw.name.as_ref(), None),
    };
    let updated = check.date(raw.updated.as_ref());
    not_after_edition(check, words, "updated", updated, raw.updated.as_ref());
    let website = check.url(raw.website.as_ref().or(register.and_then(|r| r.website.as_ref())));
    let mut contact = settings::contact(check, raw.contact.as_ref());
    if contact.phone.is_none() {
        contact.phone = register.and_then(|register| check.phone(register.phone.as_ref()));
    }
    let provider = Provider {
        id: id?,
        name: name?,
        sector: sector(check, raw.sector.as_ref().or(register.and_then(|r| r.sector.as_ref()))),
        description: plain(raw.description.as_ref()),
        identifiers: identifiers(raw.identifiers, register),
        website,
        contact,
        updated,
        registration: register.map(|register| registration(check, register)),
        services,
    };
    Some((provider, spans))
}

/// The provider's id, which is the name of its file too.
fn id(check: &mut Check, text: &Text) -> Option<ProviderId> {
    let id = check.slug(text).and_then(ProviderId::parse)?;
    let stem = check.source().stem();
    if id.as_str() != stem {
        let message = format!("the id `{id}` is not the name of the file, `{stem}`");
        let help = format!("rename the file to `{id}.yaml`, or write `id: {stem}`");
        let span = check.span(text);
        check.push(Diagnostic::error(Code::IdNotFileName, message).at(span).help(help));
    }
    Some(id)
}

/// Numbers on public registers by their kinds: the provider's own, and where it has none of a
/// kind, the register's.
fn identifiers(
    own: Option<RawIdentifiers>,
    register: Option<&RawProviderRegister>,
) -> BTreeMap<String, String> {
    let mut identifiers: BTreeMap<String, String> = BTreeMap::new();
    if let Some(register) = register {
        let numbers = [
            ("cqc-provider", &register.provider),
            ("company", &register.company),
            ("charity", &register.charity),
        ];
        for (kind, number) in numbers {
            identifiers.extend(plain(number.as_ref()).map(|number| (kind.to_owned(), number)));
        }
    }
    if let Some(own) = own {
        identifiers
            .extend(own.by_kind().into_iter().map(|(kind, text)| (kind.to_owned(), text.value)));
    }
    identifiers
}

/// The register's name for a provider, or what can be said where an extract of it has none.
fn registered_name(register: &RawProviderRegister, services: &[Service]) -> String {
    plain(register.name.as_ref()).unwrap_or_else(|| {
        let number = plain(register.provider.as_ref());
        let number = number.map_or_else(String::new, |number| format!(" ({number})"));
        match services {
            [] => format!("Provider without a name{number}"),
            [only] => format!("Provider of {}{number}", only.name),
            [first, ..] => format!("Provider of {} and others{number}", first.name),
        }
    })
}

/// The provider's own name, or else the register's; one of them must be there.
pub(super) fn named(
    check: &mut Check,
    at: &Text,
    own: Option<&Text>,
    register: Option<&Text>,
) -> Option<String> {
    let name = plain(own).or_else(|| plain(register));
    if name.is_none() {
        let span = check.span(at);
        check.push(
            Diagnostic::error(Code::MissingKey, "the key `name` is missing")
                .at(span)
                .help("add `name: ...`"),
        );
    }
    name
}

fn sector(check: &mut Check, text: Option<&Text>) -> Option<Sector> {
    let sectors = [
        ("nhs", Sector::Nhs),
        ("independent", Sector::Independent),
        ("voluntary", Sector::Voluntary),
        ("local-authority", Sector::LocalAuthority),
    ];
    check.word("sector", text, &sectors)
}

fn registration(check: &mut Check, raw: &RawProviderRegister) -> Registration {
    Registration { source: raw.source.value.clone(), date: check.date(raw.date.as_ref()) }
}

/// A fact from after the edition cannot be part of it.
pub(super) fn not_after_edition(
    check: &mut Check,
    words: &Words,
    field: &str,
    date: Option<jiff::civil::Date>,
    text: Option<&Text>,
) {
    if let (Some(edition), Some(date), Some(text)) = (words.edition, date, text)
        && date > edition.date
    {
        let span = check.span(text);
        let message = format!("`{field}` lies after the date of the edition, {}", edition.date);
        check.push(
            Diagnostic::error(Code::DateOrder, message)
                .at(span)
                .help("correct it, or move the edition's date in data/site.yaml"),
        );
    }
}
