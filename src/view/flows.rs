//! What people of an area live away for: streams to the levels of care, with a table.

use serde::Serialize;

use super::address::{self, Address};
use super::figure::{FigureView, figure};
use super::gap_tables::area_name;
use super::{Link, Material};
use crate::chart::{FlowRow, broadest, flow};
use crate::evidence::disclosure::{AreaId, CellKey, Level, Measure};

/// Pictures and table of the people who leave an area.
#[derive(Clone, Debug, Serialize)]
pub struct FlowsView {
    /// What is measured and where.
    pub subtitle: String,
    /// One picture for each ladder of which a number is shown.
    pub charts: Vec<FlowsChart>,
    /// The same figures as a table.
    pub rows: Vec<FlowsRow>,
}

/// The picture of one ladder.
#[derive(Clone, Debug, Serialize)]
pub struct FlowsChart {
    /// Name of the ladder.
    pub name: String,
    /// The picture.
    pub svg_html: String,
}

/// One level.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the columns of the table, each the measure of its name")]
pub struct FlowsRow {
    pub level: Link,
    pub away: FigureView,
    pub matched: FigureView,
    pub gap: FigureView,
}

/// Who leaves one area, or all areas together; nothing where no number is shown. `id` keeps several
/// on one page apart.
pub fn by_level(
    material: Material,
    at: &Address,
    area: Option<&AreaId>,
    id: &str,
) -> Option<FlowsView> {
    let words = material.publication.vocabulary();
    let place = match area {
        Some(id) => area_name(material.publication, id),
        None => "all areas".to_owned(),
    };
    let ladders: Vec<(&str, Vec<FlowsRow>)> = words
        .ladders
        .iter()
        .map(|ladder| {
            let levels = ladder.levels.iter().rev().filter_map(|id| words.levels.get(id));
            let rows = levels.map(|level| row(material, at, area, level)).collect();
            (ladder.name.as_str(), rows)
        })
        .collect();
    let groups: Vec<Vec<FlowRow>> =
        ladders.iter().map(|(_, rows)| rows.iter().map(flow_row).collect()).collect();
    let scale = broadest(groups.iter().flatten());
    let drawn = ladders.iter().zip(&groups).enumerate();
    let charts: Vec<FlowsChart> = drawn
        .filter_map(|(index, ((name, _), rows))| {
            let title = format!("People from {place} placed away: {name}, by level");
            let svg_html = flow(&format!("{id}-{}", index + 1), &title, rows, scale)?;
            Some(FlowsChart { name: (*name).to_owned(), svg_html })
        })
        .collect();
    let rows = ladders.into_iter().flat_map(|(_, rows)| rows);
    (!charts.is_empty()).then(|| FlowsView {
        subtitle: format!(
            "People from {place} placed away from home, by level of care. The wider the stream, \
             the more people, on one scale for all charts. Levels whose number is withheld are \
             not drawn."
        ),
        charts,
        rows: rows.filter(|row| row.away.value.is_some_and(|away| away > 0)).collect(),
    })
}

fn row(material: Material, at: &Address, area: Option<&AreaId>, level: &Level) -> FlowsRow {
    let of = |measure| {
        let mut key = CellKey::whole(measure).at_level(&level.id);
        key.area = area.cloned();
        figure(material.publication, key)
    };
    FlowsRow {
        level: Link::between(at, &level.name, &address::gap(&level.id)),
        away: of(Measure::Away),
        matched: of(Measure::Matched),
        gap: of(Measure::Gap),
    }
}

fn flow_row(row: &FlowsRow) -> FlowRow {
    FlowRow {
        label: row.level.label.clone(),
        away: row.away.clone(),
        matched: row.matched.clone(),
        gap: row.gap.clone(),
    }
}
