//! Lists of providers and services: all of them, by letter, and by every facet.

use serde::Serialize;

use super::address::{self, Address};
use super::cards::{self, ProviderCard, ServiceCard};
use super::catalogue::Facet;
use super::directory_facets::{self, FacetList, Letter};
use super::finder_form::Form;
use super::frame::Head;
use super::words::{closed, counted, thousands};
use super::{Link, Material, view};

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
    pub chosen: Vec<Chosen>,
    pub pagination: Option<Pagination>,
    pub search: Option<Search>,
}
view!(Directory, "directory.html");

/// What the search needs to begin, on the first page of all.
#[derive(Clone, Debug, Serialize)]
pub struct Search {
    /// The ways to its scripts and to the index, in their order.
    pub script_hrefs: Vec<String>,
    /// The way to the root of the site.
    pub root_href: String,
    /// What can be chosen.
    pub form: Form,
}

impl Search {
    /// The ways from a page to its scripts, and the form.
    pub fn new(at: &Address, scripts: &[Address], form: Form) -> Search {
        let script_hrefs = scripts.iter().map(|script| at.to(script)).collect();
        Search { script_hrefs, root_href: at.to_root(), form }
    }
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
        Some(Facet::TypeInArea(area, kind)) => format!("/directory/area/{area}/type/{kind}/"),
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
    let title = match facet {
        Some(facet) => directory_facets::title(material.publication, facet),
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
        letters: match lists_providers {
            true => directory_facets::letters(material, &at, facet),
            false => Vec::new(),
        },
        facets: directory_facets::lists(material, &at, facet),
        result_text: match facet {
            None => format!(
                "{} with {}, {} of them open",
                counted(members.len(), "provider", "providers"),
                counted(material.catalogue.services.len(), "service", "services"),
                thousands(open_services(material) as u32)
            ),
            Some(_) => counted(members.len(), one, many),
        },
        chosen: facet.map_or_else(Vec::new, |facet| chosen(material, &at, facet)),
        pagination: pagination(&at, facet, number, members.len(), many),
        search: None,
    }
}

/// What was chosen; without one of two choices, the list of the other is left.
fn chosen(material: Material, at: &Address, facet: &Facet) -> Vec<Chosen> {
    let choice = |facet: &Facet, left: Option<&Facet>| {
        let (kind, name) = directory_facets::label(material.publication, facet);
        let remove_href = at.to(&address(left, 1));
        Chosen { label: format!("{kind}: {name}"), remove_href }
    };
    match facet {
        Facet::TypeInArea(area, kind) => {
            let (area, kind) = (Facet::Area(area.clone()), Facet::Type(kind.clone()));
            vec![choice(&area, Some(&kind)), choice(&kind, Some(&area))]
        }
        _ => vec![choice(facet, None)],
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
