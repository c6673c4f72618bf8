//! The home page: how many are away, what is wanted most, three ways in.

use serde::Serialize;

use super::address::{self, Address};
use super::figure::{FigureView, Stat, figure, gap_range};
use super::frame::Head;
use super::ladder::{self, LadderView};
use super::opportunities::{self, OpportunityCard};
use super::words::{self, Day, joined};
use super::{Link, Material, check, view};
use crate::evidence::disclosure::{AreaKind, CellKey, Level, Measure};

/// The home page.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct Home {
    #[serde(flatten)]
    pub head: Head,
    pub lead: Vec<Stat>,
    pub narrative_html: Option<String>,
    pub ways: Vec<Way>,
    pub ladder: Option<LadderView>,
    pub wanted: Vec<Wanted>,
    pub coming: Vec<OpportunityCard>,
    pub opportunities_href: String,
    pub gaps: Link,
    pub waiting: Link,
    pub as_at: Day,
}
view!(Home, "home.html");

/// A way into the site for one kind of reader.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the link")]
pub struct Way {
    pub title: &'static str,
    pub text: &'static str,
    pub href: String,
}

/// A level at which services are wanted.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the line")]
pub struct Wanted {
    pub label: String,
    pub href: String,
    pub gap: FigureView,
    #[serde(rename = "where")]
    pub places: String,
}

/// Most levels named on the home page.
const WANTED: usize = 6;

/// Most opportunities named on the home page.
const COMING: usize = 3;

/// Makes the home page.
pub fn page(material: Material, at: &Address, narrative_html: Option<String>) -> Home {
    let publication = material.publication;
    let settings = publication.settings();
    let title = match &material.narrative.home {
        Some(chapter) => chapter.title.as_str(),
        None => settings.title.as_str(),
    };
    let mut head = Head::new(material, at, title, &settings.summary, &[]);
    head.breadcrumbs.clear();
    if title == settings.title {
        head.document_title = settings.title.clone();
    }
    Home {
        head,
        lead: position(material, at),
        narrative_html,
        ways: ways(at),
        ladder: ladder::view(material, at, "ladder"),
        wanted: wanted(material, at),
        coming: opportunities::coming(material, at, COMING),
        opportunities_href: at.to(&address::section("opportunities")),
        gaps: Link::between(at, listed_text(material), &address::section("gaps")),
        waiting: Link::between(at, "Where people wait, level by level", &address::ladder()),
        as_at: settings.edition.as_at.into(),
    }
}

/// Away, need, match and gap for the whole site.
pub fn position(material: Material, at: &Address) -> Vec<Stat> {
    let of = |measure, label: &str, note: &str| {
        let figure = figure(material.publication, CellKey::whole(measure));
        Stat::new(figure, label, note, format!("{}#total", at.to(&address::section("gaps"))))
    };
    let soon = match material.publication.parameters().wait_days {
        0 => "could move to a place that is free".to_owned(),
        days => format!("could move to a place that is free or opens within {days} days"),
    };
    let range = gap_range(material.publication, &CellKey::whole(Measure::Gap));
    let gap_note = "Free places do not fit them, or there are none.";
    vec![
        of(
            Measure::Away,
            "people live away from home for their care",
            "Placed out of area by local commissioners, for whatever reason.",
        ),
        of(
            Measure::Need,
            "could come home if there were a place",
            "Placed away, and no recorded reason why being away is right for them.",
        ),
        of(
            Measure::Matched,
            &soon,
            "On what providers last told us. Matched by level, needs, age, gender, legal status.",
        ),
        of(Measure::Gap, "have no suitable place here", gap_note).within(range),
    ]
}

/// Words for the way to the listed gaps.
fn listed_text(material: Material) -> String {
    match material.publication.gaps().listed().len() {
        0 => "All gaps".to_owned(),
        count => format!("All gaps, {} of them listed one by one", words::thousands(count as u32)),
    }
}

fn ways(at: &Address) -> Vec<Way> {
    vec![
        Way {
            title: "I provide services",
            text: "Check which gaps your service would answer, and what it would need.",
            href: at.to(&check::address()),
        },
        Way {
            title: "I place people",
            text: "Find a service by area, level of care and need.",
            href: at.to(&address::section("directory")),
        },
        Way {
            title: "I am reading the statement",
            text: "What we have, what is missing and what we intend.",
            href: at.to(&address::section("statement")),
        },
    ]
}

/// Levels with a published gap, widest first. Only published figures decide the order.
fn wanted(material: Material, at: &Address) -> Vec<Wanted> {
    let publication = material.publication;
    let mut found: Vec<(u32, &Level, FigureView)> = publication
        .vocabulary()
        .levels_in_order()
        .filter_map(|level| {
            let gap = figure(publication, CellKey::whole(Measure::Gap).at_level(&level.id));
            Some((gap.value.filter(|gap| *gap > 0)?, level, gap))
        })
        .collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.name.cmp(&b.1.name)));
    found
        .into_iter()
        .take(WANTED)
        .map(|(_, level, gap)| Wanted {
            label: level.name.clone(),
            href: at.to(&address::gap(&level.id)),
            gap,
            places: places(material, level),
        })
        .collect()
}

/// The places where a gap at this level can be shown.
fn places(material: Material, level: &Level) -> String {
    let publication = material.publication;
    let names: Vec<String> = publication
        .areas()
        .iter()
        .filter(|area| area.kind == AreaKind::Place)
        .filter(|area| {
            let key = CellKey::whole(Measure::Gap).at_level(&level.id).in_area(&area.id);
            figure(publication, key).value.is_some_and(|gap| gap > 0)
        })
        .map(|area| area.name.clone())
        .collect();
    match names.len() {
        0 => "Not shown place by place".to_owned(),
        1..=4 => format!("Including people from {}", joined(&names, "and")),
        count => format!("From {count} places"),
    }
}
