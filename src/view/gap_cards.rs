//! Gaps in lists: a card for each listed gap, a row for each line of what else is wanted.

use serde::Serialize;

use super::address::{self, Address};
use super::cards::{level_link, needs};
use super::figure::FigureView;
use super::gap_tables::area_name;
use super::line_figures::{self, LineFigure};
use super::words::joined;
use super::{Link, Material, gap_words};
use crate::evidence::disclosure::{AlsoWanted, AreaId, LevelId, NeedId, PublicGap, Specification};

/// A listed gap in a list.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the card")]
pub struct GapCard {
    pub title: String,
    pub href: String,
    pub level: Link,
    pub area: Link,
    pub people: FigureView,
    pub who: Option<String>,
    pub beds: Option<FigureView>,
    pub price: Option<FigureView>,
    pub why: &'static str,
}

/// A line of what else is wanted.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the columns of the table")]
pub struct WantedRow {
    pub level: Link,
    pub area: Link,
    pub wanted: Option<String>,
    pub people: FigureView,
}

/// What a list of gaps is about; nothing means all.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// People from this area.
    pub area: Option<&'a AreaId>,
    /// At this level.
    pub level: Option<&'a LevelId>,
    /// With this need.
    pub need: Option<&'a NeedId>,
}

/// Cards of listed gaps, the largest bands first.
///
/// A gap of an area is also one of the areas that belong to it: its service would be theirs too.
pub fn listed(material: Material, at: &Address, about: About) -> Vec<GapCard> {
    listed_in(material, at, about, |area| concerns(material, about.area, area))
}

/// Cards of listed gaps of some areas, the largest bands first.
pub fn listed_in(
    material: Material,
    at: &Address,
    about: About,
    is_meant: impl Fn(&AreaId) -> bool,
) -> Vec<GapCard> {
    let gaps = material.publication.gaps().listed().iter().filter(|gap| {
        let wanted = gap.specification();
        about.level.is_none_or(|level| wanted.level == *level)
            && about.need.is_none_or(|need| wanted.needs.contains(need))
            && is_meant(&wanted.area)
    });
    gaps.map(|gap| card(material, at, gap)).collect()
}

/// Whether one area is the other or lies in it, either way round.
fn concerns(material: Material, about: Option<&AreaId>, area: &AreaId) -> bool {
    let areas = material.publication.areas();
    about.is_none_or(|about| areas.is_within(area, about) || areas.is_within(about, area))
}

fn card(material: Material, at: &Address, gap: &PublicGap) -> GapCard {
    let wanted = gap.specification();
    GapCard {
        title: gap_words::title(material, wanted),
        href: at.to(&address::listed_gap(gap.id())),
        level: level_link(material, at, &wanted.level),
        area: area(material, at, &wanted.area),
        people: line_figures::people(gap.id(), gap.people()),
        who: who(material, wanted),
        beds: gap.beds().map(|beds| line_figures::beds(LineFigure::Beds, gap, beds.both())),
        price: gap.price().map(|price| line_figures::price(gap, price)),
        why: gap_words::kind(gap.offer().kind),
    }
}

/// How the people of a gap differ from its title, if they can.
fn who(material: Material, wanted: &Specification) -> Option<String> {
    let some = (wanted.needs.len() > 1)
        .then(|| "People who need one or more of these; a service must offer all.".to_owned());
    let ready = gap_words::ready_from(material, &wanted.level);
    let found: Vec<String> =
        some.into_iter().chain(ready.map(|ready| format!("Can {ready}"))).collect();
    (!found.is_empty()).then(|| found.join(" "))
}

/// What else is wanted, the largest bands first.
pub fn also_wanted(material: Material, at: &Address, about: About) -> Vec<WantedRow> {
    also_wanted_in(material, at, about, |area| concerns(material, about.area, area))
}

/// What else is wanted in some areas, the largest bands first.
pub fn also_wanted_in(
    material: Material,
    at: &Address,
    about: About,
    is_meant: impl Fn(&AreaId) -> bool,
) -> Vec<WantedRow> {
    let lines = material.publication.gaps().also_wanted().iter().filter(|line| {
        about.level.is_none_or(|level| line.level() == level)
            && about.need.is_none_or(|need| line.wanted().contains(need))
            && is_meant(line.area())
    });
    lines
        .map(|line| WantedRow {
            level: level_link(material, at, line.level()),
            area: area(material, at, line.area()),
            wanted: wanted(material, line),
            people: line_figures::people(
                &line_figures::also_wanted_name(material.publication, line),
                line.people(),
            ),
        })
        .collect()
}

/// What a line wants, in words; nothing when no need is stated.
pub fn wanted(material: Material, line: &AlsoWanted) -> Option<String> {
    let names = needs(material, line.wanted().iter().map(NeedId::as_str));
    (!names.is_empty()).then(|| joined(&gap_words::list(names), "and"))
}

fn area(material: Material, at: &Address, id: &AreaId) -> Link {
    Link::between(at, area_name(material.publication, id), &address::area(id))
}
