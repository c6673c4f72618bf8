//! Published gaps as the download of a site tells them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::evidence::disclosure::{Ask, NeedsOfLine};
use crate::evidence::market::{Area, AreaId, AreaKind, AreaTree, Known};

/// The form of the download that is read here; `view::gap_lines` writes it.
const FORMAT: &str = "placewise-gaps-1";

/// `gaps.json` of a site as it is written, which anybody can have changed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Download {
    format: String,
    title: String,
    as_at: String,
    areas: Vec<(String, String, String, String)>,
    levels: Vec<(String, String)>,
    needs: Vec<(String, String)>,
    legal: Vec<(String, String)>,
    rows: Vec<Row>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Row {
    tier: String,
    title: String,
    page: String,
    level_name: Option<String>,
    area_name: Option<String>,
    people_low: Option<u32>,
    people_high: Option<u32>,
    beds_busy_low: Option<u32>,
    beds_busy_high: Option<u32>,
    beds_free_low: Option<u32>,
    beds_free_high: Option<u32>,
    asks: Vec<(String, String, String)>,
}

/// The published gaps of a site, and its words.
pub struct Board {
    pub(super) title: String,
    pub(super) as_at: String,
    pub(super) known: Known,
    pub(super) lines: Vec<Line>,
    /// The sentence for everybody who is in no line.
    pub(super) individual: Option<String>,
}

/// One published line.
pub(super) struct Line {
    pub(super) title: String,
    pub(super) page: String,
    /// `10 to 14 people from Avonmere`.
    pub(super) people: String,
    /// Places wanted by both rules: the fewest, and the most unless there is no upper end.
    pub(super) places: Option<(u32, Option<u32>)>,
    pub(super) needs: NeedsOfLine,
    pub(super) asks: Vec<Ask>,
    /// What is asked, in words.
    pub(super) texts: Vec<String>,
}

impl Board {
    /// Checks the download.
    ///
    /// # Errors
    ///
    /// In words, when it holds no published gaps.
    pub fn of(file: Download) -> Result<Board, String> {
        if file.format != FORMAT {
            return Err(format!("it does not say that its format is `{FORMAT}`"));
        }
        let ids = |list: &[(String, String)]| list.iter().map(|(id, _)| id.clone()).collect();
        let known = Known {
            levels: ids(&file.levels),
            needs: ids(&file.needs),
            legal: ids(&file.legal),
            areas: areas(&file.areas)?,
        };
        let individual = file.rows.iter().find(|row| row.tier == "individual");
        Ok(Board {
            individual: individual.map(|row| row.title.clone()),
            lines: file
                .rows
                .into_iter()
                .filter(|row| row.tier != "individual")
                .map(line)
                .collect::<Result<_, _>>()?,
            title: file.title,
            as_at: file.as_at,
            known,
        })
    }
}

fn areas(listed: &[(String, String, String, String)]) -> Result<AreaTree, String> {
    let mut areas = BTreeMap::new();
    for (id, name, kind, parent) in listed {
        let fault = || format!("`{id}` is no area");
        let id = AreaId::parse(id).ok_or_else(fault)?;
        // An area is told after the one it lies in, so there can be no circle.
        let parent = match parent.as_str() {
            "" => None,
            parent => Some(
                areas.get_key_value(parent).map(|(id, _)| AreaId::clone(id)).ok_or_else(fault)?,
            ),
        };
        let kind = match kind.as_str() {
            "region" => AreaKind::Region,
            "icb" => AreaKind::Icb,
            "place" => AreaKind::Place,
            _ => return Err(fault()),
        };
        let area = Area::named(id.clone(), name, kind, parent);
        areas.insert(id, area);
    }
    Ok(AreaTree::new(areas))
}

fn line(row: Row) -> Result<Line, String> {
    let mut asks = Vec::new();
    let mut texts = Vec::new();
    for (kind, of, text) in row.asks {
        asks.push(Ask::parse(&kind, &of).ok_or_else(|| format!("`{kind}: {of}` asks nothing"))?);
        texts.push(text);
    }
    let band = match (row.people_low, row.people_high) {
        (Some(low), Some(high)) => format!("{low} to {high} people"),
        (Some(low), None) => format!("{low} or more people"),
        (None, _) => "people".to_owned(),
    };
    let fewest = row.beds_busy_low.zip(row.beds_free_low).map(|(one, other)| one.min(other));
    let most = row.beds_busy_high.zip(row.beds_free_high).map(|(one, other)| one.max(other));
    let is_listed = row.tier == "listed";
    let level = row.level_name.unwrap_or_default();
    Ok(Line {
        people: format!("{band} from {}", row.area_name.unwrap_or_default()),
        needs: if is_listed { NeedsOfLine::Together } else { NeedsOfLine::Among },
        title: if is_listed { row.title } else { format!("{level}, also wanted: {}", row.title) },
        page: row.page,
        places: fewest.map(|fewest| (fewest, most)),
        asks,
        texts,
    })
}
