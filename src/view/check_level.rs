//! What is wanted at a level, need by need: the lists of `check` for those without scripts.

use serde::Serialize;

use super::address::{self, Address};
use super::frame::Head;
use super::gap_cards::{self, About, GapCard, WantedRow};
use super::{Count, Link, Material, check, gap_level, gap_words, view};
use crate::evidence::disclosure::{LevelId, Publication};

/// What is wanted at one level, need by need.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct CheckLevel {
    #[serde(flatten)]
    pub head: Head,
    pub level: Link,
    pub needs: Vec<NeedSection>,
    pub unstated: Vec<WantedRow>,
    pub check: Link,
    pub next_href: String,
}
view!(CheckLevel, "check_level.html");

/// What is wanted for one need.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the section")]
pub struct NeedSection {
    pub id: String,
    pub name: String,
    pub listed: Vec<GapCard>,
    pub also_wanted: Vec<WantedRow>,
}

/// A level with the needs that are wanted there.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the list")]
pub struct LevelLinks {
    pub level: Link,
    pub needs: Vec<Count>,
}

/// Where the list of a level stands.
pub fn address_of(level: &LevelId) -> Address {
    Address::new(format!("/check-my-service/{level}/"))
}

/// Levels at which something is wanted, in reading order, each with the needs that are wanted.
pub fn levels(material: Material, at: &Address) -> Vec<LevelLinks> {
    let words = material.publication.vocabulary();
    words
        .levels_in_order()
        .filter(|level| is_wanted(material.publication, &level.id))
        .map(|level| {
            let to = address_of(&level.id);
            let needs = sections(material, at, &level.id).into_iter().map(|section| Count {
                label: section.name,
                href: format!("{}#{}", at.to(&to), section.id),
                count: section.listed.len() + section.also_wanted.len(),
            });
            LevelLinks { needs: needs.collect(), level: Link::between(at, &level.name, &to) }
        })
        .collect()
}

/// Whether anything at a level is published as wanted.
pub fn is_wanted(publication: &Publication, level: &LevelId) -> bool {
    let gaps = publication.gaps();
    gaps.listed().iter().any(|gap| gap.specification().level == *level)
        || gaps.also_wanted().iter().any(|line| line.level() == level)
}

/// Makes the list of a level.
pub fn page(material: Material, id: &LevelId) -> Option<CheckLevel> {
    let level = material.publication.vocabulary().levels.get(id)?;
    let at = address_of(id);
    let title =
        format!("What is wanted: {}", gap_words::in_sentence(vec![level.name.clone()]).concat());
    let about = "Published gaps at this level, need by need, with what a service must offer.";
    let trail = [("Check my service", check::address())];
    let everything = About { level: Some(id), ..About::default() };
    let mut unstated = gap_cards::also_wanted(material, &at, everything);
    unstated.retain(|row| row.wanted.is_none());
    Some(CheckLevel {
        head: Head::new(material, &at, &title, about, &trail),
        level: Link::between(&at, &level.name, &address::gap(id)),
        needs: sections(material, &at, id),
        unstated,
        check: Link::between(&at, "Check my service", &check::address()),
        next_href: at.to(&gap_level::how_to_work_with_us(material)),
    })
}

/// Needs that are wanted at a level, by name; what is wanted with two needs stands under both.
fn sections(material: Material, at: &Address, level: &LevelId) -> Vec<NeedSection> {
    let mut sections: Vec<NeedSection> = material
        .publication
        .vocabulary()
        .needs
        .values()
        .map(|need| {
            let about = About { level: Some(level), need: Some(&need.id), ..About::default() };
            NeedSection {
                id: format!("need-{}", need.id),
                name: need.name.clone(),
                listed: gap_cards::listed(material, at, about),
                also_wanted: gap_cards::also_wanted(material, at, about),
            }
        })
        .filter(|section| !section.listed.is_empty() || !section.also_wanted.is_empty())
        .collect();
    sections.sort_by(|a, b| (a.name.to_lowercase(), &a.id).cmp(&(b.name.to_lowercase(), &b.id)));
    sections
}
