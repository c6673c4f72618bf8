//! Gaps on the page of an area: those counted for it, and those of each area it is part of.

use serde::Serialize;

use super::address::{self, Address};
use super::gap_cards::{self, About, GapCard, WantedRow};
use super::{Link, Material};
use crate::evidence::disclosure::{Area, AreaId};

/// Gaps that are counted for one area or for the areas within it.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the section")]
pub struct AreaGaps {
    pub listed_title: String,
    pub wanted_title: String,
    pub note: Option<String>,
    pub listed: Vec<GapCard>,
    pub shown_text: Option<String>,
    pub all: Link,
    pub also_wanted: Vec<WantedRow>,
    pub table_id: String,
}

/// Listed gaps shown in a section; the rest is behind a link.
const SHOWN: usize = 6;

/// The gaps of an area, and of each area around it; those without any are left out.
pub fn sections(material: Material, at: &Address, id: &AreaId) -> Vec<AreaGaps> {
    let areas = material.publication.areas();
    let Some(here) = areas.get(id.as_str()) else { return Vec::new() };
    areas
        .lineage(id)
        .map(|area| section(material, at, here, area))
        .filter(|section| !section.listed.is_empty() || !section.also_wanted.is_empty())
        .collect()
}

fn section(material: Material, at: &Address, here: &Area, area: &Area) -> AreaGaps {
    let areas = material.publication.areas();
    let is_here = area.id == here.id;
    // Around an area, only what is counted for the whole: the rest is about people elsewhere.
    let is_meant = |of: &AreaId| match is_here {
        true => areas.is_within(of, &area.id),
        false => *of == area.id,
    };
    let mut listed = gap_cards::listed_in(material, at, About::default(), is_meant);
    let found = listed.len();
    listed.truncate(SHOWN);
    let place = match is_here {
        true => "for people from here".to_owned(),
        false => format!("in {}, which {} is part of", area.name, here.name),
    };
    AreaGaps {
        listed_title: format!("Listed gaps {place}"),
        wanted_title: format!("Also wanted {place}"),
        note: (!is_here).then(|| {
            format!("Counted for the whole of {}; how many come from here is not shown.", area.name)
        }),
        shown_text: (found > SHOWN).then(|| format!("{SHOWN} of {found} are shown.")),
        listed,
        all: Link::between(at, "All listed gaps", &address::section("gaps")),
        also_wanted: gap_cards::also_wanted_in(material, at, About::default(), is_meant),
        table_id: format!("also-wanted-{}", area.id),
    }
}
