//! Gaps: what is wanted, in three tiers and level by level.

use serde::Serialize;

use super::address::Address;
use super::figure::{FigureView, GapTable, Stat, figure};
use super::frame::Head;
use super::gap_cards::{self, About, GapCard, WantedRow};
use super::ranges::{self, RangesView};
use super::{Link, Material, address, check, gap_tables, gap_words, home, view};
use crate::evidence::disclosure::{CellKey, Measure};

/// The overview of all gaps.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct Gaps {
    #[serde(flatten)]
    pub head: Head,
    pub intro: &'static str,
    pub summary: Vec<Stat>,
    pub listed: Vec<GapCard>,
    pub also_wanted: Vec<WantedRow>,
    pub fewest_text: String,
    pub total: GapTable,
    pub ladders: Vec<LadderGaps>,
    pub needs: Vec<NeedRow>,
    pub individual: Individual,
    pub ranges: Option<RangesView>,
    pub ladder_href: String,
    pub check: Link,
}
view!(Gaps, "gaps.html");

/// The gaps of one ladder.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the section")]
pub struct LadderGaps {
    pub name: String,
    pub about: Option<String>,
    pub table: GapTable,
}

/// People with one need.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the columns of the table")]
pub struct NeedRow {
    pub need: String,
    pub away: FigureView,
    pub need_figure: FigureView,
    pub gap: FigureView,
}

/// The sentence that stands for everybody whose needs would identify them.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "one sentence")]
pub struct Individual {
    pub text: &'static str,
}

/// Makes the overview.
pub fn overview(material: Material, at: &Address) -> Gaps {
    let publication = material.publication;
    let words = publication.vocabulary();
    let title = "Gaps: what is wanted";
    let intro = "What care is missing here, at which level and for whom. Each gap counts people, \
                 matched one by one against places that are free.";
    let ladders = words
        .ladders
        .iter()
        .map(|ladder| LadderGaps {
            name: ladder.name.clone(),
            about: ladder.about.clone(),
            table: gap_tables::ladder_table(material, at, ladder, None).without_note(),
        })
        .collect();
    let needs = words
        .needs
        .values()
        .map(|need| {
            let of = |measure| figure(publication, CellKey::whole(measure).for_need(&need.id));
            NeedRow {
                need: need.name.clone(),
                away: of(Measure::Away),
                need_figure: of(Measure::Need),
                gap: of(Measure::Gap),
            }
        })
        .collect();
    Gaps {
        head: Head::new(material, at, title, intro, &[]),
        intro,
        summary: home::position(material, at),
        listed: gap_cards::listed(material, at, About::default()),
        also_wanted: gap_cards::also_wanted(material, at, About::default()),
        fewest_text: publication.gaps().fewest_people().to_string(),
        total: gap_tables::area_table(material, at, None),
        ladders,
        needs,
        individual: Individual { text: gap_words::INDIVIDUAL },
        ranges: ranges::by_level(material, at, None, "ranges"),
        ladder_href: at.to(&address::ladder()),
        check: Link::between(
            at,
            "Check which of these your service would answer",
            &check::address(),
        ),
    }
}
