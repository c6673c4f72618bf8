//! What is told of services where a reader puts them side by side: the facts of their own pages.
//!
//! The page loads them in small files, each with the services whose ids have one number, so that it
//! needs four of them at most however long the directory is.

use serde::Serialize;

use super::address::{self, Address};
use super::words::{self, long_date};
use super::{Link, Material, cards, freshness, provider, service_facts};
use crate::evidence::disclosure::{NeedId, PublicProvider, PublicService};

/// About so many services stand in one file.
const SERVICES_IN_FILE: usize = 20;

/// Services of one file.
#[derive(Clone, Debug, Serialize)]
pub struct SideBySide {
    /// What each fact is, in the order of `facts`.
    pub labels: Vec<&'static str>,
    /// The services.
    pub services: Vec<Side>,
}

/// One service: id, name, page from the root of the site, facts.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "told above")]
pub struct Side(pub String, pub String, pub String, pub Vec<Told>);

/// A fact: its text, blank where it is not stated; the page it leads to, and its day, or blank.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs, reason = "told above")]
pub struct Told(pub String, pub String, pub String);

/// Shares services out into files by their ids. Numbers are places in the list.
pub(super) fn files<'i>(ids: impl ExactSizeIterator<Item = &'i str>) -> Vec<Vec<usize>> {
    let mut files = vec![Vec::new(); ids.len().div_ceil(SERVICES_IN_FILE)];
    let count = files.len();
    for (at, id) in ids.enumerate() {
        files[file_of(id, count)].push(at);
    }
    files
}

/// Where a file stands.
pub fn address(file: usize) -> Address {
    Address::new(format!("/assets/services-{file}.js"))
}

/// In which of so many files a service stands; `compare.js` counts in the same way.
fn file_of(id: &str, files: usize) -> usize {
    let number = id.bytes().fold(0, |number, byte| (number * 31 + usize::from(byte)) % 65_521);
    number % files.max(1)
}

/// What one file holds, by name.
pub fn side_by_side(material: Material, file: usize) -> SideBySide {
    let members = material.catalogue.files.get(file).into_iter().flatten();
    let sides: Vec<(Side, Vec<&'static str>)> = members
        .filter_map(|at| material.catalogue.service(material.publication, *at))
        .map(|(provider, service)| side(material, provider, service))
        .collect();
    let labels = sides.first().map(|(_, labels)| labels.clone()).unwrap_or_default();
    SideBySide { labels, services: sides.into_iter().map(|(side, _)| side).collect() }
}

fn side(
    material: Material,
    provider: &PublicProvider,
    service: &PublicService,
) -> (Side, Vec<&'static str>) {
    let all: Vec<(&'static str, Told)> = [
        what(material, provider, service),
        whom(material, service),
        how(material, provider, service),
    ]
    .concat();
    let (labels, facts) = all.into_iter().unzip();
    let page = address::service(&provider.id, &service.id);
    (Side(service.id.to_string(), service.name.clone(), from_root(&page), facts), labels)
}

/// The way from the root of the site.
fn from_root(page: &Address) -> String {
    page.as_str().trim_start_matches('/').to_owned()
}

type Facts = Vec<(&'static str, Told)>;

fn what(material: Material, provider: &PublicProvider, service: &PublicService) -> Facts {
    let root = address::home();
    let linked = |link: Option<Link>| {
        link.map_or_else(Told::default, |link| {
            Told(link.label, link.href.trim_start_matches("./").to_owned(), String::new())
        })
    };
    let run_by = Link::between(&root, &provider.name, &address::provider(&provider.id));
    let level = service.level.as_ref().map(|id| cards::level_link(material, &root, id));
    let area = cards::area_link(material, &root, service).map(|link| link.label);
    let mut location: Vec<String> = service.address.city.clone().into_iter().chain(area).collect();
    location.dedup();
    vec![
        ("Provider", linked(Some(run_by))),
        ("Type", told(Some(cards::types(material, service).join(", ")))),
        ("Status", told(Some(words::closed(service.status).unwrap_or("Open").to_owned()))),
        ("Level of care", linked(level)),
        ("Location", told(Some(location.join(", ")))),
    ]
}

fn whom(material: Material, service: &PublicService) -> Facts {
    let needs = |ids: &mut dyn Iterator<Item = &NeedId>| {
        told(Some(cards::needs(material, ids.map(NeedId::as_str)).join(", ")))
    };
    let areas = material.publication.areas();
    let served = service.serves.iter().filter_map(|id| areas.get(id.as_str()));
    let served: Vec<String> = served.map(|area| area.name.clone()).collect();
    let gender = service.gender.map(|gender| words::gender(gender, service.age).to_owned());
    vec![
        ("Gender", told(gender)),
        ("Ages", told(service.age.map(words::ages))),
        ("Legal status", told(cards::legal(material, service))),
        ("Needs we have checked", needs(&mut service.needs.iter().flatten())),
        ("Needs it says it meets, not checked", needs(&mut service.claimed.iter())),
        (
            "Only for people from",
            match served.is_empty() {
                true => told(Some("No such limit stated".to_owned())),
                false => told(Some(words::joined(&served, "or"))),
            },
        ),
    ]
}

fn how(material: Material, provider: &PublicProvider, service: &PublicService) -> Facts {
    let as_at = service.as_of.map(long_date).unwrap_or_default();
    let dated =
        |fact: Told, day: String| if fact.0.is_empty() { fact } else { Told(fact.0, fact.1, day) };
    let free = match words::closed(service.status) {
        Some(closed) => Some(format!("None: {}", closed.to_lowercase())),
        None => words::vacancies(service.vacancies),
    };
    let mut facts = vec![
        ("Capacity", dated(told(cards::capacity(service)), as_at.clone())),
        ("Free places", dated(told(free), as_at)),
        ("Takes people from", told(service.available_from.map(long_date))),
    ];
    let quality = ["Regulator’s rating", "Provider’s own score", "Reviewers’ score"];
    for (label, verdict) in quality.into_iter().zip(service_facts::quality(material, service)) {
        let day = verdict.date.map(|day| day.text).unwrap_or_default();
        facts.push((label, dated(told(verdict.verdict), day)));
    }
    let contracts: Vec<&str> = service.contracts.iter().copied().map(words::contract).collect();
    let regulation = match service.cqc_location {
        Some(_) => "On the regulator’s register",
        None => "Not on the regulator’s register",
    };
    let contact = provider::contact(provider, service);
    let contact: Vec<String> =
        [contact.role, contact.email, contact.phone].into_iter().flatten().collect();
    let old = freshness::service(material, provider, service);
    facts.extend([
        ("Contracts", told(Some(contracts.join(", ")))),
        ("Regulation", told(Some(regulation.to_owned()))),
        ("Contact", told(Some(contact.join(", ")))),
        ("Record", told(Some(old.unwrap_or_else(|| "Not out of date".to_owned())))),
    ]);
    facts
}

fn told(text: Option<String>) -> Told {
    Told(text.unwrap_or_default(), String::new(), String::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_is_in_one_file_and_the_page_can_tell_in_which() {
        assert_eq!(file_of("elm-rehab", 1000), 475);
        assert_eq!(file_of("a", 1000), 97);
        assert_eq!(file_of("", 0), 0);
    }
}
