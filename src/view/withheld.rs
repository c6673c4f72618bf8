//! The page on what was withheld and why, and the same in the terminal.
//!
//! Everything here follows from figures that are published, and from the rules.

use serde::Serialize;

use super::address::Address;
use super::frame::Head;
use super::words::{area_kind, joined};
use super::{Material, view};
use crate::evidence::disclosure::{
    Area, AreaKind, CellKey, Level, Measure, Publication, SiteStatus, TableLog,
};

/// What was withheld, and why.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct Withheld {
    #[serde(flatten)]
    pub head: Head,
    pub intro: &'static str,
    pub profile: Profile,
    pub tables: Vec<WithheldTable>,
    pub marker_text: &'static str,
    pub still_told: Vec<String>,
}
view!(Withheld, "withheld.html");

/// The rules that were applied.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the fields of `Policy`")]
pub struct Profile {
    pub name: &'static str,
    pub rules: Vec<String>,
}

/// How much of one table is shown.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the columns of the table")]
pub struct WithheldTable {
    pub title: String,
    pub shown: usize,
    pub withheld: usize,
    pub text: &'static str,
}

const MARKER: &str = "Figures marked [c] are withheld to protect people, either because they are \
                      small or because they would reveal one that is. Numbers of residents are \
                      also withheld where they would tell of one provider. The mark is the same \
                      on pages, in charts and in downloads. It does not mean zero.";

/// Makes the page on what was withheld.
pub fn withheld(material: Material, at: &Address) -> Withheld {
    let intro = "Some figures on this site are withheld, because they could point to one person or \
                 show how full one provider is.";
    let policy = material.publication.policy();
    Withheld {
        head: Head::new(material, at, "What was withheld and why", intro, &[]),
        intro,
        profile: Profile { name: policy.name, rules: policy.rules() },
        tables: material.publication.log().iter().map(withheld_table).collect(),
        marker_text: MARKER,
        still_told: still_told(material.publication),
    }
}

/// The page as a text for the terminal.
pub fn note(publication: &Publication) -> String {
    let policy = publication.policy();
    let mut text = String::new();
    if publication.settings().status == SiteStatus::Example {
        text.push_str("All people and providers here are invented.\n\n");
    }
    text.push_str(&format!("{MARKER}\n\nRules: {}\n", policy.name));
    for rule in policy.rules() {
        text.push_str(&format!("- {rule}\n"));
    }
    let told = still_told(publication);
    if !told.is_empty() {
        text.push_str("\nWhat can still be read:\n");
    }
    for line in told {
        text.push_str(&format!("- {line}\n"));
    }
    text.push_str("\n  SHOWN  WITHHELD  TABLE\n");
    for table in publication.log().iter().map(withheld_table) {
        text.push_str(&format!("{:7}  {:8}  {}\n", table.shown, table.withheld, table.title));
    }
    text
}

fn withheld_table(log: &TableLog) -> WithheldTable {
    WithheldTable {
        title: format!("{}, by {}", log.measure.title(), log.by),
        shown: log.shown,
        withheld: log.withheld,
        text: match (log.withheld, log.measure) {
            (0, _) => "Nothing is withheld",
            (_, Measure::OccupiedLocally | Measure::OccupiedByOthers) => {
                "Too few people, or too few providers"
            }
            _ => "Too few people, or a number that would give one away",
        },
    }
}

/// How many of the people of a total the figures by level still tell of.
///
/// Worked out from published figures only, which may be rounded.
fn still_told(publication: &Publication) -> Vec<String> {
    let kinds = [AreaKind::Region, AreaKind::Icb, AreaKind::Place];
    let mut lines = Vec::new();
    for (measure, who) in [
        (Measure::Need, "people who could come home"),
        (Measure::Gap, "people without a suitable place"),
    ] {
        let Some(total) = value(publication, &CellKey::whole(measure)).filter(|all| *all > 0)
        else {
            continue;
        };
        let levels: Vec<&Level> = publication.vocabulary().levels_in_order().collect();
        let by_level = levels
            .iter()
            .filter_map(|level| value(publication, &CellKey::whole(measure).at_level(&level.id)));
        let mut parts = vec![format!("{} by level", percent(by_level.sum(), total))];
        for kind in kinds {
            let areas: Vec<&Area> =
                publication.areas().iter().filter(|area| area.kind == kind).collect();
            if areas.is_empty() {
                continue;
            }
            let cells = areas.iter().flat_map(|area| {
                levels
                    .iter()
                    .map(|level| CellKey::whole(measure).in_area(&area.id).at_level(&level.id))
            });
            let told = cells.filter_map(|key| value(publication, &key)).sum();
            let kind = area_kind(kind).to_lowercase();
            parts.push(format!("{} by {kind} and level", percent(told, total)));
        }
        lines.push(format!(
            "Of the {who}, published figures tell of about {}.",
            joined(&parts, "and"),
        ));
    }
    lines
}

/// The published number of a cell.
fn value(publication: &Publication, key: &CellKey) -> Option<u64> {
    publication.figure(key)?.figure().value().map(u64::from)
}

/// Whole per cent of a total, rounded down; sums of rounded figures may be more than their total.
fn percent(part: u64, total: u64) -> String {
    format!("{}%", (part * 100 / total).min(100))
}
