//! One service of a provider: its own words first, the register's where it has none.

use std::collections::BTreeSet;

use crate::diagnostics::{Code, Diagnostic};
use crate::load::yaml::Text;

use super::super::ids::{AreaId, LegalId, ServiceId, TypeId};
use super::super::provider::{Contact, Registration};
use super::super::quantities::{AgeRange, People, Vacancies};
use super::super::record::provider::{RawAddress, RawAge, RawService};
use super::super::service::{Address, Consent, Contract, GenderTaken, Service, Status};
use super::check::{Check, plain};
use super::providers::{named, not_after_edition};
use super::words::Words;
use super::{beds, quality, settings};

pub(super) fn service(check: &mut Check, raw: &RawService, words: &Words) -> Option<Service> {
    let register = raw.register.as_ref();
    let id = check.slug(&raw.id).and_then(ServiceId::parse);
    let name = named(check, &raw.id, raw.name.as_ref(), register.and_then(|r| r.name.as_ref()));
    let (types, other_types) = types(check, raw, words);
    let level = words.level(check, raw.level.as_ref());
    let area = area(check, raw, words);
    words.expect_scope(check, area.as_ref(), level.as_ref(), raw.area.as_ref());
    if raw.area.is_none() && area.is_none() {
        expect_no_level(check, raw);
    }
    let as_of = check.date(raw.as_of.as_ref());
    not_after_edition(check, words, "as_of", as_of, raw.as_of.as_ref());
    let geo = raw.geo.as_ref().or(register.and_then(|r| r.geo.as_ref()));
    let contact = contact(check, raw);
    let beds = beds::read(check, raw);
    Some(Service {
        span: check.span(&raw.id),
        name: name?,
        description: plain(raw.description.as_ref()),
        is_planned: false,
        status: status(check, raw),
        types,
        other_types,
        level,
        needs: words.needs(check, raw.needs.as_ref()),
        claimed: words.needs(check, raw.claimed.as_ref()).unwrap_or_default(),
        registered_for: registered_for(raw),
        age: age(check, raw.age.as_ref()),
        gender: gender(check, raw.gender.as_ref()),
        admission_note: plain(raw.admission_note.as_ref()),
        legal: legal(check, raw, words),
        area,
        serves: serves(check, raw, words),
        address: address(check, raw),
        geo: geo.and_then(|geo| check.point(Some(&geo.lat), Some(&geo.lon))),
        cqc_location: cqc_location(raw),
        website: check.url(raw.website.as_ref().or(register.and_then(|r| r.website.as_ref()))),
        contact,
        registered: beds.registered,
        places: beds.places,
        occupied_local: beds.local.map(People::new),
        occupied_imported: beds.imported.map(People::new),
        vacancies: beds.vacancies.map(Vacancies::new),
        vacancies_public: consent(check, raw.vacancies_public.as_ref()),
        available_from: check.date(raw.available_from.as_ref()),
        as_of,
        weekly_price: raw
            .price
            .as_ref()
            .and_then(|price| check.pounds(price.pounds_per_week.as_ref())),
        quality: quality::read(check, raw, words),
        contracts: contracts(check, raw),
        registration: registration(check, raw),
        id: id?,
    })
}

/// Types by the publisher's ids, or else by the regulator's words as far as they are known.
fn types(check: &mut Check, raw: &RawService, words: &Words) -> (Vec<TypeId>, Vec<String>) {
    if let Some(own) = &raw.types {
        return (own.iter().filter_map(|text| words.kind(check, text)).collect(), Vec::new());
    }
    let register = raw.register.as_ref().and_then(|register| register.types.as_ref());
    let (mut known, mut other): (Vec<TypeId>, Vec<String>) = Default::default();
    for text in register.into_iter().flatten() {
        match words.vocabulary.type_of_register_word(&text.value) {
            Some(kind) if !known.contains(&kind.id) => known.push(kind.id.clone()),
            Some(_) => {}
            None => other.extend(plain(Some(text))),
        }
    }
    (known, other)
}

/// The area by id, or else the one whose name is the register's local authority.
fn area(check: &mut Check, raw: &RawService, words: &Words) -> Option<AreaId> {
    if raw.area.is_some() {
        return words.area(check, raw.area.as_ref());
    }
    words.area_of_authority(&plain(raw.register.as_ref()?.local_authority.as_ref())?)
}

/// Without an area, a service can be listed but not analysed.
fn expect_no_level(check: &mut Check, raw: &RawService) {
    if let Some(text) = &raw.level {
        let span = check.span(text);
        check.push(
            Diagnostic::error(Code::ServiceWithoutArea, "a service with a level needs an area")
                .at(span)
                .help("add `area: ...`, or remove the level to list it without analysis"),
        );
    }
}

/// The service's own contact, with the register's telephone where it gives none.
fn contact(check: &mut Check, raw: &RawService) -> Contact {
    let mut contact = settings::contact(check, raw.contact.as_ref());
    if contact.phone.is_none() {
        let register = raw.register.as_ref();
        contact.phone = register.and_then(|register| check.phone(register.phone.as_ref()));
    }
    contact
}

fn registered_for(raw: &RawService) -> Vec<String> {
    let specialisms = raw.register.as_ref().and_then(|register| register.specialisms.as_ref());
    specialisms.into_iter().flatten().filter_map(|text| plain(Some(text))).collect()
}

fn legal(check: &mut Check, raw: &RawService, words: &Words) -> Option<BTreeSet<LegalId>> {
    let statuses = raw.legal.as_ref()?;
    Some(statuses.iter().filter_map(|text| words.legal(check, Some(text))).collect())
}

fn serves(check: &mut Check, raw: &RawService, words: &Words) -> Vec<AreaId> {
    raw.serves.iter().flatten().filter_map(|text| words.area(check, Some(text))).collect()
}

fn cqc_location(raw: &RawService) -> Option<String> {
    let own = raw.regulated.as_ref().and_then(|regulated| regulated.cqc_location.as_ref());
    let register = raw.register.as_ref().and_then(|register| register.location.as_ref());
    plain(own.or(register))
}

fn registration(check: &mut Check, raw: &RawService) -> Option<Registration> {
    let register = raw.register.as_ref()?;
    let date = check.date(register.date.as_ref());
    Some(Registration { source: register.source.value.clone(), date })
}

fn status(check: &mut Check, raw: &RawService) -> Status {
    let statuses = [
        ("active", Status::Active),
        ("inactive", Status::Inactive),
        ("defunct", Status::Defunct),
        ("temporarily closed", Status::TemporarilyClosed),
    ];
    let dormant = raw.register.as_ref().and_then(|register| register.dormant) == Some(true);
    let usual = if dormant { Status::TemporarilyClosed } else { Status::Active };
    check.word("status", raw.status.as_ref(), &statuses).unwrap_or(usual)
}

pub(super) fn gender(check: &mut Check, text: Option<&Text>) -> Option<GenderTaken> {
    let genders =
        [("any", GenderTaken::Any), ("female", GenderTaken::Female), ("male", GenderTaken::Male)];
    check.word("gender", text, &genders)
}

fn consent(check: &mut Check, text: Option<&Text>) -> Consent {
    let words = [("exact", Consent::Exact), ("band", Consent::Band), ("yes-no", Consent::YesNo)];
    check.word("way of publishing vacancies", text, &words).unwrap_or_default()
}

pub(super) fn age(check: &mut Check, raw: Option<&RawAge>) -> Option<AgeRange> {
    let raw = raw?;
    let min = check.count_in("youngest age", raw.min.as_ref(), 0..=130);
    let max = check.count_in("oldest age", raw.max.as_ref(), 0..=130);
    // A missing end is no limit.
    let range = AgeRange { min: min.unwrap_or(0) as u8, max: max.unwrap_or(130) as u8 };
    if range.min <= range.max {
        return Some(range);
    }
    if let Some(text) = raw.max.as_ref() {
        let span = check.span(text);
        check.push(
            Diagnostic::error(Code::ImpossibleNumber, "the oldest age is below the youngest")
                .at(span)
                .help("exchange min and max, or correct one of them"),
        );
    }
    None
}

fn address(check: &mut Check, raw: &RawService) -> Address {
    let register = raw.register.as_ref().and_then(|register| register.address.as_ref());
    let Some(RawAddress { line1, line2, city, county: _, postcode }) =
        raw.address.as_ref().or(register)
    else {
        return Address::default();
    };
    Address {
        lines: [line1, line2].into_iter().filter_map(|line| plain(line.as_ref())).collect(),
        city: plain(city.as_ref()),
        postcode: check.postcode(postcode.as_ref().filter(|text| !text.value.is_empty())),
    }
}

fn contracts(check: &mut Check, raw: &RawService) -> Vec<Contract> {
    let kinds = [
        ("block", Contract::Block),
        ("framework", Contract::Framework),
        ("spot", Contract::Spot),
        ("cost-and-volume", Contract::CostAndVolume),
        ("grant", Contract::Grant),
    ];
    let found: BTreeSet<Contract> = raw
        .contracts
        .iter()
        .flatten()
        .filter_map(|text| check.word("kind of contract", Some(text), &kinds))
        .collect();
    found.into_iter().collect()
}
