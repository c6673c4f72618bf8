//! The form in which a service is described, and the records that it can start from.

use serde::Serialize;

use super::address::Address;
use super::finder::WHOLE_AT_MOST;
use super::{Material, ask_words};
use crate::evidence::disclosure::{Area, Publication};

/// The choices of the form in which a service is described.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "each is the list of choices for the field it is named after")]
pub struct Form {
    pub ladders: Vec<Choices>,
    pub areas: Vec<AreaChoice>,
    pub needs: Vec<Choice>,
    pub legal: Vec<Choice>,
    pub has_records: bool,
}

/// Choices under a heading.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the list")]
pub struct Choices {
    pub name: String,
    pub items: Vec<Choice>,
}

/// One choice.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the choice")]
pub struct Choice {
    pub id: String,
    pub name: String,
}

/// An area to choose, after the one it lies in.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the choice")]
pub struct AreaChoice {
    pub id: String,
    /// Its name, further right the smaller the area is.
    pub label: String,
    pub name: String,
    /// Its id and those of all areas around it.
    pub within: String,
}

/// Where the records stand that the form can start from.
pub fn records_address() -> Address {
    Address::new("/assets/records.js")
}

/// Makes the form.
pub fn form(material: Material) -> Form {
    let words = material.publication.vocabulary();
    let choice = |id: &str, name: &str| Choice { id: id.to_owned(), name: name.to_owned() };
    let ladders = words.ladders.iter().map(|ladder| Choices {
        name: ladder.name.clone(),
        items: ladder
            .levels
            .iter()
            .filter_map(|id| words.levels.get(id))
            .map(|level| choice(level.id.as_str(), &level.name))
            .collect(),
    });
    let mut needs: Vec<Choice> =
        words.needs.values().map(|need| choice(need.id.as_str(), &need.name)).collect();
    needs.sort_by(|a, b| (a.name.to_lowercase(), &a.id).cmp(&(b.name.to_lowercase(), &b.id)));
    let mut areas = Vec::new();
    for root in material.publication.areas().roots() {
        add_area(material.publication, root, 0, &mut areas);
    }
    Form {
        ladders: ladders.collect(),
        areas,
        needs,
        legal: words.legal.iter().map(|(id, name)| choice(id.as_str(), name)).collect(),
        has_records: has_records(material),
    }
}

fn add_area(publication: &Publication, area: &Area, depth: usize, areas: &mut Vec<AreaChoice>) {
    let tree = publication.areas();
    let around: Vec<&str> = tree.lineage(&area.id).map(|area| area.id.as_str()).collect();
    areas.push(AreaChoice {
        id: area.id.to_string(),
        label: format!("{}{}", "\u{a0}\u{a0}".repeat(depth), area.name),
        name: area.name.clone(),
        within: around.join(" "),
    });
    for child in tree.children(&area.id) {
        add_area(publication, child, depth + 1, areas);
    }
}

/// Whether the directory is short enough for a form to offer all its records. In a longer one the
/// page of each service leads to the form, with its record in it.
pub fn has_records(material: Material) -> bool {
    (1..=WHOLE_AT_MOST).contains(&material.catalogue.services.len())
}

/// Records that the form can start from: name, provider, and the record as the form keeps it.
pub fn records(material: Material) -> Vec<(String, String, String)> {
    let publication = material.publication;
    (0..material.catalogue.services.len())
        .filter_map(|at| material.catalogue.service(publication, at))
        .map(|(provider, service)| {
            (service.name.clone(), provider.name.clone(), ask_words::state(service))
        })
        .collect()
}
