//! Opportunities beside gaps, and listed gaps beside opportunities.

use std::collections::BTreeSet;

use serde::Serialize;

use super::address::{self, Address};
use super::figure::FigureView;
use super::{Link, Material, gap_tables, gap_words, line_figures, opportunity_words};
use crate::evidence::disclosure::{LevelId, NeedId, PublicOpportunity, Specification};

/// A listed gap of the same level and area that shares a need with the purchase.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the line")]
pub struct AnsweredGap {
    pub gap: Link,
    pub people: FigureView,
    pub area: Link,
    pub unnamed: Option<String>,
}

/// An opportunity beside a gap.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the line")]
pub struct OpportunityLine {
    pub link: Link,
    pub stage: &'static str,
    pub unnamed: Option<String>,
}

/// Listed gaps that an opportunity may answer, in whole or in part. It states no age or gender.
pub fn answered(
    material: Material,
    at: &Address,
    opportunity: &PublicOpportunity,
) -> Vec<AnsweredGap> {
    let gaps = material.publication.gaps().listed().iter();
    gaps.filter_map(|gap| {
        let wanted = gap.specification();
        let unnamed = unnamed(material, opportunity, wanted)?;
        let title = gap_words::title(material, wanted);
        let area = gap_tables::area_name(material.publication, &wanted.area);
        Some(AnsweredGap {
            gap: Link::between(at, title, &address::listed_gap(gap.id())),
            people: line_figures::people(gap.id(), gap.people()),
            area: Link::between(at, area, &address::area(&wanted.area)),
            unnamed: opportunity_words::unnamed(material, &unnamed),
        })
    })
    .collect()
}

fn unnamed(
    material: Material,
    opportunity: &PublicOpportunity,
    wanted: &Specification,
) -> Option<BTreeSet<NeedId>> {
    let areas = material.publication.areas();
    opportunity.unnamed(areas, &wanted.area, &wanted.level, &wanted.needs)
}

/// Opportunities that answer a listed gap, in whole or in part.
pub fn answering(material: Material, at: &Address, wanted: &Specification) -> Vec<OpportunityLine> {
    let all = material.publication.opportunities().iter();
    all.filter_map(|opportunity| {
        let unnamed = unnamed(material, opportunity, wanted)?;
        Some(line(at, opportunity, opportunity_words::unnamed(material, &unnamed)))
    })
    .collect()
}

/// Opportunities at a level, for anybody.
pub fn at_level(material: Material, at: &Address, level: &LevelId) -> Vec<OpportunityLine> {
    let all = material.publication.opportunities().iter();
    all.filter(|opportunity| opportunity.answers.iter().any(|answer| answer.level == *level))
        .map(|opportunity| line(at, opportunity, None))
        .collect()
}

fn line(at: &Address, opportunity: &PublicOpportunity, unnamed: Option<String>) -> OpportunityLine {
    OpportunityLine {
        link: Link::between(at, &opportunity.title, &address::opportunity(&opportunity.id)),
        stage: opportunity_words::stage(opportunity.stage),
        unnamed,
    }
}
