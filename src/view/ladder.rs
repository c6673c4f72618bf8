//! The picture of the whole: every level with its places beside the people who need one.

use serde::Serialize;

use super::address::{self, Address};
use super::figure::{FigureView, figure};
use super::{Link, Material};
use crate::chart::{BarGroup, bars};
use crate::evidence::disclosure::{CellKey, Measure};

/// Picture and table of all levels.
#[derive(Clone, Debug, Serialize)]
pub struct LadderView {
    /// What it shows, in a few words.
    pub headline: String,
    /// What is measured, where and when.
    pub subtitle: String,
    /// The picture.
    pub svg_html: String,
    /// The same figures as a table.
    pub table: LadderTable,
}

/// The figures of the picture.
#[derive(Clone, Debug, Serialize)]
pub struct LadderTable {
    /// One group of rows for each ladder.
    pub ladders: Vec<LadderRows>,
}

/// The levels of one ladder.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after what they hold")]
pub struct LadderRows {
    pub name: String,
    pub rows: Vec<LadderRow>,
}

/// One level.
#[derive(Clone, Debug, Serialize)]
#[allow(
    missing_docs,
    reason = "the columns of the table, each the measure of its name"
)]
pub struct LadderRow {
    pub level: Link,
    pub places: FigureView,
    pub vacancies: FigureView,
    pub away: FigureView,
    pub need: FigureView,
    pub gap: FigureView,
}

/// Makes picture and table for the page at an address; nothing when there are no levels.
pub fn view(material: Material, at: &Address) -> Option<LadderView> {
    let publication = material.publication;
    let words = publication.vocabulary();
    let mut groups = Vec::new();
    let mut ladders = Vec::new();
    for ladder in &words.ladders {
        let mut rows = Vec::new();
        for level in ladder.levels.iter().filter_map(|id| words.levels.get(id)) {
            let of = |measure| figure(publication, CellKey::whole(measure).at_level(&level.id));
            let row = LadderRow {
                level: Link::between(at, &level.name, &address::gap(&level.id)),
                places: of(Measure::Places),
                vacancies: of(Measure::VacantPlaces),
                away: of(Measure::Away),
                need: of(Measure::Need),
                gap: of(Measure::Gap),
            };
            groups.push(BarGroup {
                label: level.name.clone(),
                capacity: row.places.clone(),
                need: row.need.clone(),
            });
            rows.push(row);
        }
        // The highest level stands on top, as on a ladder.
        rows.reverse();
        ladders.push(LadderRows {
            name: ladder.name.clone(),
            rows,
        });
    }
    if groups.is_empty() {
        return None;
    }
    let headline = "Places here, and people who could come home";
    let subtitle = "Places in local services, and people placed away who could come home if there \
                    were a suitable place, by level of care";
    Some(LadderView {
        headline: headline.to_owned(),
        subtitle: format!("{subtitle}. The upper bar of each pair is places, the lower is people."),
        svg_html: bars("ladder", headline, subtitle, &groups),
        table: LadderTable { ladders },
    })
}
