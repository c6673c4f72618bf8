//! Lists of providers and services: all of them, by letter, and by every facet.

use serde::Serialize;

use super::address::{self, Address};
use super::cards::{self, ProviderCard, ServiceCard};
use super::catalogue::Facet;
use super::frame::Head;
use super::words::{closed, counted, thousands};
use super::{Count, Link, Material, view};
use crate::evidence::disclosure::{AreaKind, Publication};

/// Cards on one page.
pub const PAGE_SIZE: usize = 100;

/// A page of the directory.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct Directory {
    #[serde(flatten)]
    pub head: Head,
    pub intro: String,
    pub cards: Vec<ProviderCard>,
    pub services: Vec<ServiceCard>,
    pub letters: Vec<Letter>,
    pub facets: Vec<FacetList>,
    pub result_text: String,
    pub chosen: Option<Chosen>,
    pub pagination: Option<Pagination>,
}
view!(Directory, "directory.html");

/// A letter of the A to Z.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the link")]
pub struct Letter {
    pub label: String,
    pub href: Option<String>,
    pub current: bool,
}

/// The choices of one facet.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the list")]
pub struct FacetList {
    pub title: &'static str,
    pub items: Vec<Count>,
}

/// The choice that was made.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the line")]
pub struct Chosen {
    pub label: String,
    pub remove_href: String,
}

/// Pages of a long list.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the list")]
pub struct Pagination {
    pub pages: Vec<PageLink>,
    pub previous: Option<Link>,
    pub next: Option<Link>,
    pub showing: String,
}

/// One page of a long list.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the link")]
pub struct PageLink {
    pub label: String,
    pub href: String,
    pub current: bool,
}

/// Where a list stands. Pages count from 1.
pub fn address(facet: Option<&Facet>, page: usize) -> Address {
    let base = match facet {
        None => "/directory/".to_owned(),
        Some(Facet::Area(id)) => format!("/directory/area/{id}/"),
        Some(Facet::Type(id)) => format!("/directory/type/{id}/"),
        Some(Facet::Level(id)) => format!("/directory/level/{id}/"),
        Some(Facet::Need(id)) => format!("/directory/need/{id}/"),
        Some(Facet::Letter('#')) => "/directory/letter/other/".to_owned(),
        Some(Facet::Letter(letter)) => {
            format!("/directory/letter/{}/", letter.to_ascii_lowercase())
        }
    };
    Address::new(if page > 1 { format!("{base}page/{page}/") } else { base })
}

/// Number of pages of a list; an empty list still has one.
pub fn pages(members: usize) -> usize {
    members.div_ceil(PAGE_SIZE).max(1)
}

/// Makes one page of one list.
pub fn page(material: Material, facet: Option<&Facet>, number: usize) -> Directory {
    let at = address(facet, number);
    let everyone: Vec<usize>;
    let members: &[usize] = match facet {
        Some(facet) => material.catalogue.members(facet),
        None => {
            everyone = (0..material.catalogue.providers.len()).collect();
            &everyone
        }
    };
    let from = (number - 1) * PAGE_SIZE;
    let shown = &members[from.min(members.len())..(from + PAGE_SIZE).min(members.len())];
    let lists_providers = matches!(facet, None | Some(Facet::Letter(_)));
    let (one, many) =
        if lists_providers { ("provider", "providers") } else { ("service", "services") };
    let label = facet.map(|facet| label(material.publication, facet));
    let title = match &label {
        Some((_, name)) if lists_providers => format!("Providers: {name}"),
        Some((kind, name)) => format!("Services by {}: {name}", kind.to_lowercase()),
        None => "Directory of providers".to_owned(),
    };
    let title = if number > 1 { format!("{title}, page {number}") } else { title };
    let trail = match facet {
        None => Vec::new(),
        Some(_) => vec![("Directory", address::section("directory"))],
    };
    let intro = "Every provider and service we know of, with what it offers, to whom, and whether \
                 it has room.";
    Directory {
        head: Head::new(material, &at, &title, intro, &trail),
        intro: if facet.is_none() { intro.to_owned() } else { String::new() },
        cards: match lists_providers {
            true => providers(material, &at, shown),
            false => Vec::new(),
        },
        services: match lists_providers {
            true => Vec::new(),
            false => services(material, &at, shown),
        },
        letters: if lists_providers { letters(material, &at, facet) } else { Vec::new() },
        facets: facets(material, &at),
        result_text: match facet {
            None => format!(
                "{} with {}, {} of them open",
                counted(members.len(), "provider", "providers"),
                counted(material.catalogue.services.len(), "service", "services"),
                thousands(open_services(material) as u32)
            ),
            Some(_) => counted(members.len(), one, many),
        },
        chosen: label.map(|(kind, name)| Chosen {
            label: format!("{kind}: {name}"),
            remove_href: at.to(&address::section("directory")),
        }),
        pagination: pagination(&at, facet, number, members.len(), many),
    }
}

fn open_services(material: Material) -> usize {
    material.publication.services().filter(|(_, s)| closed(s.status).is_none()).count()
}

fn providers(material: Material, at: &Address, shown: &[usize]) -> Vec<ProviderCard> {
    shown
        .iter()
        .filter_map(|index| material.catalogue.providers.get(*index))
        .filter_map(|id| material.publication.provider(id))
        .map(|provider| cards::provider(material, at, provider))
        .collect()
}

fn services(material: Material, at: &Address, shown: &[usize]) -> Vec<ServiceCard> {
    shown
        .iter()
        .filter_map(|index| material.catalogue.service(material.publication, *index))
        .map(|(provider, service)| cards::service(material, at, provider, service))
        .collect()
}

fn letters(material: Material, at: &Address, facet: Option<&Facet>) -> Vec<Letter> {
    ('A'..='Z')
        .chain(['#'])
        .map(|letter| {
            let own = Facet::Letter(letter);
            let empty = material.catalogue.members(&own).is_empty();
            Letter {
                label: if letter == '#' { "0–9".to_owned() } else { letter.to_string() },
                href: (!empty).then(|| at.to(&address(Some(&own), 1))),
                current: facet == Some(&own),
            }
        })
        .collect()
}

/// Kind and name of a facet.
pub fn label(publication: &Publication, facet: &Facet) -> (&'static str, String) {
    let words = publication.vocabulary();
    match facet {
        Facet::Area(id) => (
            "Area",
            publication.areas().get(id.as_str()).map_or(id.to_string(), |area| area.name.clone()),
        ),
        Facet::Type(id) => {
            ("Type", words.types.get(id).map_or(id.to_string(), |kind| kind.name.clone()))
        }
        Facet::Level(id) => (
            "Level of care",
            words.levels.get(id).map_or(id.to_string(), |level| level.name.clone()),
        ),
        Facet::Need(id) => {
            ("Need", words.needs.get(id).map_or(id.to_string(), |need| need.name.clone()))
        }
        Facet::Letter('#') => ("Letter", "0–9".to_owned()),
        Facet::Letter(letter) => ("Letter", letter.to_string()),
    }
}

fn facets(material: Material, at: &Address) -> Vec<FacetList> {
    let mut lists: [(&'static str, Vec<Count>); 4] = [
        ("Area", Vec::new()),
        ("Level of care", Vec::new()),
        ("Type", Vec::new()),
        ("Need", Vec::new()),
    ];
    let mut entries: Vec<(&Facet, &[usize])> = material.catalogue.groups().collect();
    let rank = |facet: &Facet| match facet {
        Facet::Level(id) => {
            material.publication.vocabulary().levels_in_order().position(|level| &level.id == id)
        }
        _ => None,
    };
    entries.sort_by_cached_key(|(facet, _)| (rank(facet), label(material.publication, facet).1));
    for (facet, members) in entries {
        let list = match facet {
            Facet::Area(_) => 0,
            Facet::Level(_) => 1,
            Facet::Type(_) => 2,
            Facet::Need(_) => 3,
            Facet::Letter(_) => continue,
        };
        lists[list].1.push(Count {
            label: label(material.publication, facet).1,
            href: at.to(&address(Some(facet), 1)),
            count: members.len(),
        });
    }
    lists
        .into_iter()
        .filter(|(_, items)| !items.is_empty())
        .map(|(title, items)| FacetList { title, items })
        .collect()
}

fn pagination(
    at: &Address,
    facet: Option<&Facet>,
    number: usize,
    members: usize,
    noun: &str,
) -> Option<Pagination> {
    let last = pages(members);
    if last == 1 {
        return None;
    }
    let link = |label: &str, page| Link::between(at, label, &address(facet, page));
    // First, last and the neighbours: a national list has hundreds of pages.
    let near = |page: &usize| *page == 1 || *page == last || page.abs_diff(number) <= 2;
    let first_shown = (number - 1) * PAGE_SIZE + 1;
    Some(Pagination {
        pages: (1..=last)
            .filter(near)
            .map(|page| PageLink {
                label: page.to_string(),
                href: at.to(&address(facet, page)),
                current: page == number,
            })
            .collect(),
        previous: (number > 1).then(|| link("Previous", number - 1)),
        next: (number < last).then(|| link("Next", number + 1)),
        showing: format!(
            "{first_shown} to {} of {members} {noun}",
            members.min(number * PAGE_SIZE)
        ),
    })
}

/// The facet of an area, when services stand there: for links from area pages.
pub fn area_list(material: Material, at: &Address, id: &str) -> Option<Count> {
    let area = material.publication.areas().get(id)?;
    let facet = Facet::Area(area.id.clone());
    let count = material.catalogue.members(&facet).len();
    let kind = if area.kind == AreaKind::Place { "in" } else { "across" };
    (count > 0).then(|| Count {
        label: format!("All services {kind} {}", area.name),
        href: at.to(&address(Some(&facet), 1)),
        count,
    })
}
