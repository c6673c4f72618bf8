//! The tree of areas and a page for each.

use serde::Serialize;

use super::address::{self, Address};
use super::area_gaps::{self, AreaGaps};
use super::cards::{self, ServiceCard};
use super::catalogue::Facet;
use super::directory_facets;
use super::figure::{GapTable, Stat, figure, gap_range};
use super::flows::{self, FlowsView};
use super::frame::Head;
use super::{Count, Link, Material, gap_tables, view, words};
use crate::evidence::disclosure::{Area, AreaId, CellKey, Measure};

/// All areas.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct Areas {
    #[serde(flatten)]
    pub head: Head,
    pub intro: &'static str,
    pub regions: Vec<Branch>,
    pub table: GapTable,
}
view!(Areas, "areas.html");

/// An area and those that belong to it.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the tree")]
pub struct Branch {
    pub name: String,
    pub href: String,
    pub kind: &'static str,
    pub children: Vec<Branch>,
}

/// An area's page.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct AreaPage {
    #[serde(flatten)]
    pub head: Head,
    pub name: String,
    pub kind: &'static str,
    pub parent: Option<Link>,
    pub children: Vec<Link>,
    pub stats: Vec<Stat>,
    pub total: GapTable,
    pub flows: Option<FlowsView>,
    pub gaps: Vec<AreaGaps>,
    pub by_level: Vec<LadderSection>,
    pub services: Vec<ServiceCard>,
    pub services_link: Option<Count>,
    pub population_text: Option<String>,
}
view!(AreaPage, "area.html");

/// The levels of one ladder in an area.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the section")]
pub struct LadderSection {
    pub ladder: String,
    pub table: GapTable,
}

/// Services shown on an area's page; the rest is behind a link.
const SHOWN: usize = 12;

/// Makes the page of all areas.
pub fn overview(material: Material, at: &Address) -> Areas {
    let intro = "What each area has and what its people go elsewhere for.";
    let roots = material.publication.areas().roots();
    Areas {
        head: Head::new(material, at, "Areas", intro, &[]),
        intro,
        regions: roots.into_iter().map(|area| branch(material, at, area)).collect(),
        table: gap_tables::area_table(material, at, None),
    }
}

fn branch(material: Material, at: &Address, area: &Area) -> Branch {
    Branch {
        name: area.name.clone(),
        href: at.to(&address::area(&area.id)),
        kind: words::area_kind(area.kind),
        children: material
            .publication
            .areas()
            .children(&area.id)
            .into_iter()
            .map(|child| branch(material, at, child))
            .collect(),
    }
}

/// Makes an area's page.
pub fn area(material: Material, id: &AreaId) -> Option<AreaPage> {
    let publication = material.publication;
    let area = publication.areas().get(id.as_str())?;
    let at = address::area(id);
    let link = |area: &Area| Link::between(&at, &area.name, &address::area(&area.id));
    let services = material.catalogue.services_of(publication, &Facet::Area(id.clone()));
    let description =
        format!("{}: services based there, and what its people go elsewhere for.", area.name);
    let trail = [("Areas", address::section("areas"))];
    let mut head = Head::new(material, &at, &area.name, &description, &trail);
    if publication.areas().iter().filter(|other| other.name == area.name).count() > 1 {
        head.document_title = format!("{} ({id})", head.document_title);
    }
    Some(AreaPage {
        head,
        name: area.name.clone(),
        kind: words::area_kind(area.kind),
        parent: area.parent.as_ref().and_then(|id| publication.areas().get(id.as_str())).map(link),
        children: publication.areas().children(id).into_iter().map(link).collect(),
        stats: stats(material, id),
        total: gap_tables::family_table(material, &at, id),
        flows: flows::by_level(material, &at, Some(id), "flows"),
        gaps: area_gaps::sections(material, &at, id),
        by_level: publication
            .vocabulary()
            .ladders
            .iter()
            .map(|ladder| LadderSection {
                ladder: ladder.name.clone(),
                table: gap_tables::ladder_table(material, &at, ladder, Some(id)).without_note(),
            })
            .collect(),
        services: services
            .into_iter()
            .take(SHOWN)
            .map(|(provider, service)| cards::service(material, &at, provider, service))
            .collect(),
        services_link: directory_facets::area_list(material, &at, id.as_str()),
        population_text: area
            .population
            .map(|people| format!("About {} people live here.", words::thousands(people))),
    })
}

fn stats(material: Material, id: &AreaId) -> Vec<Stat> {
    let of = |measure, label: &str, note: &str| {
        let figure = figure(material.publication, CellKey::whole(measure).in_area(id));
        Stat::new(figure, label, note, "#total".to_owned())
    };
    let range = gap_range(material.publication, &CellKey::whole(Measure::Gap).in_area(id));
    let gap_note = match &range {
        Some(_) => "Not all facts are known.",
        None => "In this area or in a service that serves it.",
    };
    vec![
        of(Measure::Away, "people from here live away for their care", "For whatever reason."),
        of(Measure::Gap, "have no suitable place", gap_note).within(range),
        of(Measure::Services, "open services are based here", "At any level of care, or at none."),
        of(Measure::Places, "places are in use here", "As stated by providers."),
    ]
}
