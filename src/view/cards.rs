//! Cards of providers and services, as they stand in lists.

use serde::Serialize;

use super::address::{self, Address};
use super::words::{self, Day};
use super::{Link, Material, freshness};
use crate::evidence::disclosure::{LevelId, PublicProvider, PublicService};

/// A service in a list.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the fields of a service, in the words of a reader")]
pub struct ServiceCard {
    pub name: String,
    pub href: String,
    pub provider: Link,
    pub types: Vec<String>,
    pub level: Option<Link>,
    pub area: Option<Link>,
    pub town: Option<String>,
    pub status: Option<&'static str>,
    pub takes: Vec<String>,
    pub needs: Vec<String>,
    pub capacity: Option<String>,
    pub vacancies: Option<Vacancies>,
    pub rating: Option<RatingView>,
    pub out_of_date: Option<String>,
}

/// Free places and the day on which they were stated.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after what they hold")]
pub struct Vacancies {
    pub text: String,
    pub as_at: Option<Day>,
}

/// A rating, who gave it and when.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after what they hold")]
pub struct RatingView {
    pub text: &'static str,
    pub by: &'static str,
    pub date: Option<Day>,
}

/// A provider in a list.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the fields of a provider, in the words of a reader")]
pub struct ProviderCard {
    pub name: String,
    pub href: String,
    pub sector: Option<&'static str>,
    pub services: Vec<Link>,
    pub areas: Vec<String>,
    pub out_of_date: Option<String>,
}

/// Whom to name as the source of regulator ratings.
pub const REGULATOR: &str = "Care Quality Commission";

/// The card of a service.
pub fn service(
    material: Material,
    at: &Address,
    provider: &PublicProvider,
    service: &PublicService,
) -> ServiceCard {
    let level = service.level.as_ref().map(|id| level_link(material, at, id));
    let closed = words::closed(service.status);
    ServiceCard {
        name: service.name.clone(),
        href: at.to(&address::service(&provider.id, &service.id)),
        provider: Link::between(at, &provider.name, &address::provider(&provider.id)),
        types: types(material, service),
        level,
        area: area_link(material, at, service),
        town: service.address.city.clone(),
        status: closed,
        takes: takes(material, service),
        needs: needs(material, service.needs.iter().flatten().map(|need| need.as_str())),
        capacity: capacity(service).filter(|_| closed.is_none()),
        vacancies: match closed {
            Some(_) => None,
            None => words::vacancies(service.vacancies),
        }
        .map(|text| Vacancies { text, as_at: service.as_of.map(Day::from) }),
        rating: service.regulator.map(|regulator| RatingView {
            text: words::rating(regulator.rating),
            by: REGULATOR,
            date: regulator.date.map(Day::from),
        }),
        out_of_date: freshness::service(material, provider, service),
    }
}

/// The card of a provider.
pub fn provider(material: Material, at: &Address, provider: &PublicProvider) -> ProviderCard {
    let mut areas: Vec<String> = provider
        .services
        .iter()
        .filter_map(|service| service.area.as_ref())
        .filter_map(|id| material.publication.areas().get(id.as_str()))
        .map(|area| area.name.clone())
        .collect();
    areas.sort();
    areas.dedup();
    ProviderCard {
        name: provider.name.clone(),
        href: at.to(&address::provider(&provider.id)),
        sector: provider.sector.map(words::sector),
        services: provider
            .services
            .iter()
            .map(|service| {
                let to = address::service(&provider.id, &service.id);
                Link::between(at, &service.name, &to)
            })
            .collect(),
        areas,
        out_of_date: freshness::provider(material, provider),
    }
}

/// Names of the types of a service; the regulator's words where the vocabulary has none.
pub fn types(material: Material, service: &PublicService) -> Vec<String> {
    let words = material.publication.vocabulary();
    let known = service.types.iter().filter_map(|id| words.types.get(id));
    known.map(|kind| kind.name.clone()).chain(service.other_types.iter().cloned()).collect()
}

/// Names of needs.
pub fn needs<'a>(material: Material, ids: impl Iterator<Item = &'a str>) -> Vec<String> {
    let words = material.publication.vocabulary();
    ids.filter_map(|id| words.needs.get(id)).map(|need| need.name.clone()).collect()
}

/// Whom a service takes: gender, ages, legal statuses.
pub fn takes(material: Material, service: &PublicService) -> Vec<String> {
    let mut takes = Vec::new();
    takes.extend(service.gender.map(|gender| words::gender(gender, service.age).to_owned()));
    takes.extend(service.age.map(words::ages).map(|ages| lower_first(&ages, takes.is_empty())));
    if let Some(legal) = legal(material, service) {
        let first = takes.is_empty();
        takes.push(lower_first(&legal, first));
    }
    takes
}

/// Words that stand behind others begin with a small letter.
fn lower_first(words: &str, is_first: bool) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) if !is_first => first.to_lowercase().chain(letters).collect(),
        _ => words.to_owned(),
    }
}

/// Names of the legal statuses a service takes.
pub fn legal(material: Material, service: &PublicService) -> Option<String> {
    let words = material.publication.vocabulary();
    let known = service.legal.iter().flatten().filter_map(|id| words.legal.get(id));
    let names: Vec<String> =
        known.enumerate().map(|(index, name)| lower_first(name, index == 0)).collect();
    (!names.is_empty()).then(|| self::words::joined(&names, "or"))
}

/// A link to the page of a level.
pub fn level_link(material: Material, at: &Address, id: &LevelId) -> Link {
    let name = material.publication.vocabulary().levels.get(id).map(|level| level.name.clone());
    Link::between(at, name.unwrap_or_else(|| id.to_string()), &address::gap(id))
}

/// A link to the page of the area in which a service stands.
pub fn area_link(material: Material, at: &Address, service: &PublicService) -> Option<Link> {
    let id = service.area.as_ref()?;
    let area = material.publication.areas().get(id.as_str())?;
    Some(Link::between(at, &area.name, &address::area(id)))
}

/// Places in use, or else beds on the register.
pub fn capacity(service: &PublicService) -> Option<String> {
    let places = service.places.map(|beds| words::counted(beds.0 as usize, "place", "places"));
    let registered = service
        .registered
        .map(|beds| words::counted(beds.0 as usize, "registered bed", "registered beds"));
    places.or(registered)
}
