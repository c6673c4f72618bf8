//! How far the published gaps may be from the truth: a chart and a table, level by level.

use serde::Serialize;

use super::address::{self, Address};
use super::figure::{FigureView, figure};
use super::gap_tables::area_name;
use super::{Link, Material};
use crate::chart::{RangeRow, ranges, widest};
use crate::evidence::disclosure::{AreaId, CellKey, Measure};

/// Pictures and table of the ranges of all levels whose gap is shown.
#[derive(Clone, Debug, Serialize)]
pub struct RangesView {
    /// What is measured and where.
    pub subtitle: String,
    /// One picture for each ladder, all on one scale.
    pub charts: Vec<RangesChart>,
    /// The same figures as a table.
    pub rows: Vec<RangesRow>,
}

/// The picture of one ladder.
#[derive(Clone, Debug, Serialize)]
pub struct RangesChart {
    /// Name of the ladder.
    pub name: String,
    /// The picture.
    pub svg_html: String,
}

/// One level.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the columns of the table, each the measure of its name")]
pub struct RangesRow {
    pub level: Link,
    pub low: FigureView,
    pub gap: FigureView,
    pub high: FigureView,
}

/// The ranges of one area, or of the whole site; nothing where no gap is shown. `id` keeps several
/// on one page apart.
pub fn by_level(
    material: Material,
    at: &Address,
    area: Option<&AreaId>,
    id: &str,
) -> Option<RangesView> {
    let words = material.publication.vocabulary();
    let ladders: Vec<(&str, Vec<RangesRow>)> = words
        .ladders
        .iter()
        .map(|ladder| {
            let levels = ladder.levels.iter().rev().filter_map(|id| words.levels.get(id));
            let rows = levels.map(|level| {
                let of = |measure| {
                    let mut key = CellKey::whole(measure).at_level(&level.id);
                    key.area = area.cloned();
                    figure(material.publication, key)
                };
                RangesRow {
                    level: Link::between(at, &level.name, &address::gap(&level.id)),
                    low: of(Measure::GapLow),
                    gap: of(Measure::Gap),
                    high: of(Measure::GapHigh),
                }
            });
            // A level whose gap is withheld would be a line of marks.
            let shown = rows.filter(|row| row.gap.value.is_some_and(|gap| gap > 0)).collect();
            (ladder.name.as_str(), shown)
        })
        .filter(|(_, rows): &(_, Vec<_>)| !rows.is_empty())
        .collect();
    let groups: Vec<Vec<RangeRow>> =
        ladders.iter().map(|(_, rows)| rows.iter().map(range_row).collect()).collect();
    let scale = widest(groups.iter().flatten());
    let charts: Vec<RangesChart> = ladders
        .iter()
        .zip(&groups)
        .enumerate()
        .map(|(index, ((name, _), rows))| {
            let id = format!("{id}-{}", index + 1);
            let title = format!("{name}: people without a suitable place, and the range");
            RangesChart { name: (*name).to_owned(), svg_html: ranges(&id, &title, rows, scale) }
        })
        .collect();
    let place =
        area.map_or(String::new(), |id| format!(" from {}", area_name(material.publication, id)));
    (!charts.is_empty()).then(|| RangesView {
        subtitle: format!(
            "People{place} without a suitable place, by level of care. The dot is the published \
             gap; the line runs from the fewest to the most people that it could be. All charts \
             have the same scale."
        ),
        charts,
        rows: ladders.into_iter().flat_map(|(_, rows)| rows).collect(),
    })
}

fn range_row(row: &RangesRow) -> RangeRow {
    RangeRow {
        label: row.level.label.clone(),
        low: row.low.clone(),
        gap: row.gap.clone(),
        high: row.high.clone(),
    }
}
