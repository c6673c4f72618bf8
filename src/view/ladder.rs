//! The picture of the whole: every level with its places beside the people who need one.

use serde::Serialize;

use super::address::{self, Address};
use super::figure::{FigureView, GapRange, figure, gap_range};
use super::{Link, Material};
use crate::chart::{BarGroup, bars, largest};
use crate::evidence::disclosure::{CellKey, Ladder, Measure};

/// Pictures and table of all levels.
#[derive(Clone, Debug, Serialize)]
pub struct LadderView {
    /// What it shows, in a few words.
    pub headline: &'static str,
    /// What is measured and where.
    pub subtitle: &'static str,
    /// One picture for each ladder, all on one scale.
    pub charts: Vec<LadderChart>,
    /// The same figures as a table.
    pub table: LadderTable,
}

/// The picture of one ladder.
#[derive(Clone, Debug, Serialize)]
pub struct LadderChart {
    /// Name of the ladder.
    pub name: String,
    /// The picture.
    pub svg_html: String,
}

/// The figures of the pictures.
#[derive(Clone, Debug, Serialize)]
pub struct LadderTable {
    /// One group of rows for each ladder.
    pub ladders: Vec<LadderRows>,
}

/// The levels of one ladder, the highest first.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after what they hold")]
pub struct LadderRows {
    pub name: String,
    pub rows: Vec<LadderRow>,
}

/// One level.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the columns of the table, each the measure of its name")]
pub struct LadderRow {
    pub level: Link,
    pub places: FigureView,
    pub vacancies: FigureView,
    pub away: FigureView,
    pub need: FigureView,
    pub gap: FigureView,
    pub range: Option<GapRange>,
}

/// Makes pictures and table for the page at an address; nothing when there are no levels. `id`
/// keeps several on one page apart.
pub fn view(material: Material, at: &Address, id: &str) -> Option<LadderView> {
    let ladders: Vec<LadderRows> = material
        .publication
        .vocabulary()
        .ladders
        .iter()
        .map(|ladder| rows(material, at, ladder))
        .filter(|ladder| !ladder.rows.is_empty())
        .collect();
    if ladders.is_empty() {
        return None;
    }
    let groups: Vec<Vec<BarGroup>> = ladders.iter().map(bar_groups).collect();
    let scale = largest(groups.iter().flatten());
    let charts = ladders
        .iter()
        .zip(&groups)
        .enumerate()
        .map(|(index, (ladder, groups))| {
            let title = format!("{}: places, and people who could come home", ladder.name);
            let id = format!("{id}-{}", index + 1);
            LadderChart { name: ladder.name.clone(), svg_html: bars(&id, &title, groups, scale) }
        })
        .collect();
    Some(LadderView {
        headline: "Places here, and people who could come home",
        subtitle: "Places in local services, and people placed away who could come home if there \
                   were a suitable place, by level of care, the highest first. All bars have \
                   the same scale.",
        charts,
        table: LadderTable { ladders },
    })
}

/// The levels of one ladder with their figures, the highest first.
pub fn rows(material: Material, at: &Address, ladder: &Ladder) -> LadderRows {
    let publication = material.publication;
    let levels = ladder.levels.iter().rev();
    let rows = levels
        .filter_map(|id| publication.vocabulary().levels.get(id))
        .map(|level| {
            let of = |measure| figure(publication, CellKey::whole(measure).at_level(&level.id));
            LadderRow {
                level: Link::between(at, &level.name, &address::gap(&level.id)),
                places: of(Measure::Places),
                vacancies: of(Measure::VacantPlaces),
                away: of(Measure::Away),
                need: of(Measure::Need),
                gap: of(Measure::Gap),
                range: gap_range(publication, &CellKey::whole(Measure::Gap).at_level(&level.id)),
            }
        })
        .collect();
    LadderRows { name: ladder.name.clone(), rows }
}

fn bar_groups(ladder: &LadderRows) -> Vec<BarGroup> {
    ladder
        .rows
        .iter()
        .map(|row| BarGroup {
            label: row.level.label.clone(),
            places: row.places.clone(),
            need: row.need.clone(),
            gap: row.gap.clone(),
        })
        .collect()
}
