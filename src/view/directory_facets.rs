//! The lists that a reader of the directory can choose from, and how they are named.

use serde::Serialize;

use super::address::Address;
use super::catalogue::Facet;
use super::{Count, Material, directory};
use crate::evidence::disclosure::{AreaKind, Publication};

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
    pub title: String,
    pub items: Vec<Count>,
    /// Whether it is offered first.
    pub open: bool,
}

/// The A to Z.
pub(super) fn letters(material: Material, at: &Address, facet: Option<&Facet>) -> Vec<Letter> {
    ('A'..='Z')
        .chain(['#'])
        .map(|letter| {
            let own = Facet::Letter(letter);
            let empty = material.catalogue.members(&own).is_empty();
            Letter {
                label: if letter == '#' { "0–9".to_owned() } else { letter.to_string() },
                href: (!empty).then(|| at.to(&directory::address(Some(&own), 1))),
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
        Facet::TypeInArea(_, kind) => self::label(publication, &Facet::Type(kind.clone())),
        Facet::Letter('#') => ("Letter", "0–9".to_owned()),
        Facet::Letter(letter) => ("Letter", letter.to_string()),
    }
}

/// The title of the list of a facet.
pub(super) fn title(publication: &Publication, facet: &Facet) -> String {
    let (kind, name) = label(publication, facet);
    match facet {
        Facet::Letter(_) => format!("Providers: {name}"),
        Facet::TypeInArea(area, _) => {
            format!("{name}: {}", label(publication, &Facet::Area(area.clone())).1)
        }
        _ => format!("Services by {}: {name}", kind.to_lowercase()),
    }
}

/// Lists to choose from: within what was chosen, where there are lists of both, then all others.
pub(super) fn lists(material: Material, at: &Address, chosen: Option<&Facet>) -> Vec<FacetList> {
    let (area, kind) = match chosen {
        Some(Facet::Area(area)) => (Some(area), None),
        Some(Facet::Type(kind)) => (None, Some(kind)),
        Some(Facet::TypeInArea(area, kind)) => (Some(area), Some(kind)),
        _ => (None, None),
    };
    let name = |facet: Facet| label(material.publication, &facet).1;
    let mut lists = Vec::new();
    if let Some(area) = area {
        let types = material.publication.vocabulary().types.keys();
        let facets = types.map(|kind| Facet::TypeInArea(area.clone(), kind.clone()));
        let items = counts(material, at, facets.map(|facet| (name(facet.clone()), facet)));
        let title = format!("Type, in {}", name(Facet::Area(area.clone())));
        lists.push(FacetList { title, items, open: kind.is_none() });
    }
    if let Some(kind) = kind {
        let areas = material.publication.areas().iter();
        let facets = areas.map(|area| Facet::TypeInArea(area.id.clone(), kind.clone()));
        let area_of = |facet: Facet| match &facet {
            Facet::TypeInArea(area, _) => (name(Facet::Area(area.clone())), facet),
            _ => (name(facet.clone()), facet),
        };
        let items = counts(material, at, facets.map(area_of));
        let title = format!("Area, of {}", name(Facet::Type(kind.clone())));
        lists.push(FacetList { title, items, open: area.is_none() });
    }
    lists.extend(groups(material, at));
    lists.retain(|list| !list.items.is_empty());
    lists
}

/// Links to the lists of facets that are not empty, by name.
fn counts(
    material: Material,
    at: &Address,
    facets: impl Iterator<Item = (String, Facet)>,
) -> Vec<Count> {
    let mut named: Vec<(String, Facet)> =
        facets.filter(|(_, facet)| !material.catalogue.members(facet).is_empty()).collect();
    named.sort();
    let count = |(label, facet): (String, Facet)| Count {
        label,
        href: at.to(&directory::address(Some(&facet), 1)),
        count: material.catalogue.members(&facet).len(),
    };
    named.into_iter().map(count).collect()
}

/// Every area, level, type and need with services.
fn groups(material: Material, at: &Address) -> Vec<FacetList> {
    let mut lists: [(&'static str, Vec<Count>); 4] = [
        ("Area", Vec::new()),
        ("Level of care", Vec::new()),
        ("Type", Vec::new()),
        ("Need", Vec::new()),
    ];
    let single = |facet: &Facet| !matches!(facet, Facet::TypeInArea(..) | Facet::Letter(_));
    let mut entries: Vec<(&Facet, &[usize])> =
        material.catalogue.groups().filter(|(facet, _)| single(facet)).collect();
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
            Facet::Letter(_) | Facet::TypeInArea(..) => continue,
        };
        lists[list].1.push(Count {
            label: label(material.publication, facet).1,
            href: at.to(&directory::address(Some(facet), 1)),
            count: members.len(),
        });
    }
    lists
        .into_iter()
        .map(|(title, items)| FacetList { title: title.to_owned(), items, open: false })
        .collect()
}

/// The facet of an area, when services stand there: for links from area pages.
pub fn area_list(material: Material, at: &Address, id: &str) -> Option<Count> {
    let area = material.publication.areas().get(id)?;
    let facet = Facet::Area(area.id.clone());
    let count = material.catalogue.members(&facet).len();
    let kind = if area.kind == AreaKind::Place { "in" } else { "across" };
    (count > 0).then(|| Count {
        label: format!("All services {kind} {}", area.name),
        href: at.to(&directory::address(Some(&facet), 1)),
        count,
    })
}
