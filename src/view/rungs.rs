//! The ladder page: people away and places free, level by level.

use serde::Serialize;

use super::Material;
use super::address::{self, Address};
use super::frame::Head;
use super::ladder::{self, LadderRows, LadderTable};
use super::view;
use crate::chart::{Rung, longest, rungs};

/// The ladder page.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct LadderPage {
    #[serde(flatten)]
    pub head: Head,
    pub intro: &'static str,
    pub ladders: Vec<LadderPicture>,
}
view!(LadderPage, "ladder.html");

/// One ladder as a picture and as a table.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the section")]
pub struct LadderPicture {
    pub name: String,
    pub about: Option<String>,
    pub svg_html: String,
    pub table: LadderTable,
}

/// Makes the page.
pub fn page(material: Material, at: &Address) -> LadderPage {
    let intro = "How many people are away at each level, and how many places are free. Each rung \
                 is a level of care, the highest at the top; people stand on the one they need \
                 now.";
    let words = material.publication.vocabulary();
    let ladders: Vec<(Option<String>, LadderRows)> = words
        .ladders
        .iter()
        .map(|ladder| (ladder.about.clone(), ladder::rows(material, at, ladder)))
        .filter(|(_, ladder)| !ladder.rows.is_empty())
        .collect();
    let drawn: Vec<Vec<Rung>> = ladders.iter().map(|(_, ladder)| rungs_of(ladder)).collect();
    let scale = longest(drawn.iter().flatten());
    let trail = [("Gaps", address::section("gaps"))];
    LadderPage {
        head: Head::new(material, at, "Where people wait", intro, &trail),
        intro,
        ladders: ladders
            .into_iter()
            .zip(&drawn)
            .enumerate()
            .map(|(index, ((about, ladder), drawn))| LadderPicture {
                name: ladder.name.clone(),
                about,
                svg_html: rungs(
                    &format!("ladder-{}", index + 1),
                    &format!("{}: people placed away, and places that are free", ladder.name),
                    drawn,
                    scale,
                ),
                table: LadderTable { ladders: vec![ladder] },
            })
            .collect(),
    }
}

fn rungs_of(ladder: &LadderRows) -> Vec<Rung> {
    ladder
        .rows
        .iter()
        .map(|row| Rung {
            label: row.level.label.clone(),
            away: row.away.clone(),
            gap: row.gap.clone(),
            free: row.vacancies.clone(),
        })
        .collect()
}
