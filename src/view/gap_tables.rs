//! Tables of people away, need, match and gap: by level, by area, and as a text asks for them.

use super::Material;
use super::address::{self, Address};
use super::figure::{GapRow, GapTable};
use crate::evidence::disclosure::{AreaId, CellKey, Ladder, Level, LevelId, Measure, Publication};
use crate::narrative::TableRequest;

/// What tables of gaps should be read with.
const TABLE_NOTE: &str = "People are counted by where they are from, services by where they \
                          stand. A person may be matched to a place in another area or one level \
                          lower, so more people may have a place than the row has vacancies. \
                          Under a gap stands how small or large it may be, as not all facts are \
                          known. \
                          Numbers of people are rounded, so they may not add up. Providers choose \
                          how much of their vacancies may be shown.";

/// The table of one ladder, for the whole site or one area. The highest level stands first.
pub fn ladder_table(
    material: Material,
    at: &Address,
    ladder: &Ladder,
    area: Option<&AreaId>,
) -> GapTable {
    let words = material.publication.vocabulary();
    let rows = ladder
        .levels
        .iter()
        .rev()
        .filter_map(|id| words.levels.get(id))
        .map(|level| level_row(material, at, level, area))
        .collect();
    let place = match area {
        None => String::new(),
        Some(id) => format!(": {}", area_name(material.publication, id)),
    };
    GapTable {
        caption: format!("{}{place}. People away, and services, by level of care", ladder.name),
        head: "Level of care",
        rows,
        note: TABLE_NOTE.to_owned(),
    }
}

fn level_row(material: Material, at: &Address, level: &Level, area: Option<&AreaId>) -> GapRow {
    let mut key = CellKey::whole(Measure::Gap).at_level(&level.id);
    key.area = area.cloned();
    let href = at.to(&address::gap(&level.id));
    GapRow::of(material.publication, &level.name, Some(href), &key)
}

/// The table by area, for everybody or one level. Areas follow each other as in their tree.
pub fn area_table(material: Material, at: &Address, level: Option<&LevelId>) -> GapTable {
    let publication = material.publication;
    let mut rows = Vec::new();
    let mut open: Vec<_> = publication.areas().roots().into_iter().rev().collect();
    while let Some(area) = open.pop() {
        open.extend(publication.areas().children(&area.id).into_iter().rev());
        let mut key = CellKey::whole(Measure::Gap).in_area(&area.id);
        key.level = level.cloned();
        let href = at.to(&address::area(&area.id));
        rows.push(GapRow::of(publication, &area.name, Some(href), &key));
    }
    let of = match level.and_then(|id| publication.vocabulary().levels.get(id)) {
        Some(level) => format!("{}: people", level.name),
        None => "People".to_owned(),
    };
    GapTable {
        caption: format!("{of} away, and services, by area"),
        head: "Area",
        rows,
        note: TABLE_NOTE.to_owned(),
    }
}

/// The tables that a text asks for. What they should be read with stands once, under the last.
pub fn requested(material: Material, at: &Address, request: &TableRequest) -> Vec<GapTable> {
    match (&request.area, &request.level) {
        (_, Some(level)) => vec![area_table(material, at, Some(level))],
        (area, None) => {
            let ladders = &material.publication.vocabulary().ladders;
            let mut tables: Vec<GapTable> = ladders
                .iter()
                .map(|ladder| ladder_table(material, at, ladder, area.as_ref()).without_note())
                .collect();
            if let Some(last) = tables.last_mut() {
                last.note = TABLE_NOTE.to_owned();
            }
            tables
        }
    }
}

/// An area and those directly in it, for all levels together.
pub fn family_table(material: Material, at: &Address, id: &AreaId) -> GapTable {
    let areas = material.publication.areas();
    let rows = areas
        .get(id.as_str())
        .into_iter()
        .chain(areas.children(id))
        .map(|area| {
            let key = CellKey::whole(Measure::Gap).in_area(&area.id);
            let href = Some(at.to(&address::area(&area.id))).filter(|_| area.id != *id);
            GapRow::of(material.publication, &area.name, href, &key)
        })
        .collect();
    GapTable {
        caption: format!("{}: all levels together", area_name(material.publication, id)),
        head: "Area",
        rows,
        note: TABLE_NOTE.to_owned(),
    }
}

/// Name of an area, or its id where it has none.
pub fn area_name(publication: &Publication, id: &AreaId) -> String {
    publication.areas().get(id.as_str()).map_or(id.to_string(), |area| area.name.clone())
}
