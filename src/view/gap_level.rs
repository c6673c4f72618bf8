//! The page of one level: who is missing a place there, what is there, what to do next.

use serde::Serialize;

use super::address::{self, Address};
use super::cards::{self, ServiceCard};
use super::catalogue::Facet;
use super::figure::{FigureView, GapRange, GapTable, Stat, figure, gap_range};
use super::frame::{self, Head};
use super::gap_cards::{self, About, GapCard, WantedRow};
use super::gap_opportunities::{self, OpportunityLine};
use super::gap_tables::area_table;
use super::words::{self, counted};
use super::{Link, Material, gap_words, view};
use crate::evidence::disclosure::{CellKey, Level, LevelId, Measure, Publication};

/// A level's page.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct Gap {
    #[serde(flatten)]
    pub head: Head,
    pub level: String,
    pub about: String,
    pub ladder: String,
    pub scope_text: String,
    pub stats: Vec<Stat>,
    pub lead: Option<FigureView>,
    pub headline: String,
    pub listed: Vec<GapCard>,
    pub listed_note: Option<String>,
    pub also_wanted: Vec<WantedRow>,
    pub by_area: GapTable,
    pub by_need: Vec<LevelNeedRow>,
    pub services: Vec<ServiceCard>,
    pub missing: Vec<String>,
    pub check: Link,
    pub next_step: NextStep,
    pub opportunities: Vec<OpportunityLine>,
    pub neighbours: Neighbours,
}
view!(Gap, "gap.html");

/// People at one level with one need, and the services that list it.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the columns of the table")]
pub struct LevelNeedRow {
    pub need: String,
    pub need_figure: FigureView,
    pub gap: FigureView,
    pub services_text: String,
}

/// What a reader can do next.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the section")]
pub struct NextStep {
    pub title: &'static str,
    pub text: &'static str,
    pub href: String,
}

/// The levels below and above.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after where they stand")]
pub struct Neighbours {
    pub lower: Option<Link>,
    pub higher: Option<Link>,
}

/// Makes the page.
pub fn page(material: Material, id: &LevelId) -> Option<Gap> {
    let publication = material.publication;
    let words = publication.vocabulary();
    let level = words.levels.get(id)?;
    let ladder = words.ladders.iter().find(|ladder| ladder.id == level.ladder)?;
    let at = address::gap(id);
    let of = |measure| figure(publication, CellKey::whole(measure).at_level(id));
    let services = material.catalogue.services_of(publication, &Facet::Level(id.clone()));
    let (by_need, missing) = needs_at(material, id);
    let neighbour = |rank: Option<usize>| {
        let id = ladder.levels.get(rank?)?;
        Some(cards::level_link(material, &at, id))
    };
    let (lead, headline) = headline(publication, level);
    let mut head = Head::new(
        material,
        &at,
        &level.name,
        &frame::joined(lead.as_ref(), &headline),
        &[("Gaps", address::section("gaps"))],
    );
    head.description_key = lead.as_ref().map(|lead| lead.key.clone());
    let about = About { level: Some(id), ..About::default() };
    Some(Gap {
        head,
        level: level.name.clone(),
        about: level
            .about
            .clone()
            .unwrap_or_else(|| format!("A level of care on the ladder “{}”.", ladder.name)),
        ladder: ladder.name.clone(),
        scope_text: format!("A service at this level serves {}.", words::scope(level.scope)),
        stats: stats(of, gap_range(publication, &CellKey::whole(Measure::Gap).at_level(id))),
        lead,
        headline,
        listed: gap_cards::listed(material, &at, about),
        listed_note: (!gap_words::levels_above(material, id).is_empty())
            .then(|| listed_note(material.publication.parameters().max_step)),
        also_wanted: gap_cards::also_wanted(material, &at, about),
        by_area: area_table(material, &at, Some(id)),
        by_need,
        services: services
            .into_iter()
            .map(|(provider, service)| cards::service(material, &at, provider, service))
            .collect(),
        missing,
        check: Link::between(&at, "Check my service", &super::check::address()),
        next_step: next_step(material, &at),
        opportunities: gap_opportunities::at_level(material, &at, id),
        neighbours: Neighbours {
            lower: neighbour(level.rank.checked_sub(1)),
            higher: neighbour(level.rank.checked_add(1)),
        },
    })
}

/// Why listed gaps and the figures of the level differ.
fn listed_note(max_step: u32) -> String {
    let above = match max_step {
        1 => "one level up".to_owned(),
        steps => format!("up to {steps} levels up"),
    };
    format!(
        "Listed gaps can include people counted {above}, so they do not add up to the figure above."
    )
}

fn stats(of: impl Fn(Measure) -> FigureView, range: Option<GapRange>) -> Vec<Stat> {
    let gap_note = match &range {
        Some(_) => "Not all facts are known.",
        None => "Free places differ in needs met, ages, gender or legal status, or there are none.",
    };
    let stat = |measure, label: &str, note: &str| Stat {
        figure: of(measure),
        label: label.to_owned(),
        note: note.to_owned(),
        range: None,
        href: "#by-area".to_owned(),
    };
    let stats = [
        stat(
            Measure::Need,
            "people could come home to a place at this level",
            "Placed away, and no recorded reason why being away is right for them.",
        ),
        stat(Measure::Gap, "have no suitable place here", gap_note).within(range),
        stat(
            Measure::VacantPlaces,
            "places were free when providers last told us",
            "As far as each provider lets them be told.",
        ),
    ];
    // A withheld number is said once, in the headline, and not three times in large type.
    stats.into_iter().filter(|stat| stat.figure.value.is_some()).collect()
}

/// Needs whose numbers can be shown, and those of them that no service here lists. The second
/// follows from published figures only.
fn needs_at(material: Material, level: &LevelId) -> (Vec<LevelNeedRow>, Vec<String>) {
    let publication = material.publication;
    let services: Vec<_> = material
        .catalogue
        .services_of(publication, &Facet::Level(level.clone()))
        .into_iter()
        .map(|(_, service)| service)
        .filter(|service| words::closed(service.status).is_none())
        .collect();
    let mut rows = Vec::new();
    let mut missing = Vec::new();
    for need in publication.vocabulary().needs.values() {
        let of = |measure| {
            figure(publication, CellKey::whole(measure).at_level(level).for_need(&need.id))
        };
        let wanted = of(Measure::Need);
        if wanted.value.is_none_or(|value| value == 0) {
            continue;
        }
        let listed = services
            .iter()
            .filter(|service| service.needs.as_ref().is_some_and(|set| set.contains(&need.id)))
            .count();
        if listed == 0 {
            missing.push(need.name.clone());
        }
        rows.push(LevelNeedRow {
            need: need.name.clone(),
            need_figure: wanted,
            gap: of(Measure::Gap),
            services_text: match (services.len(), listed) {
                (0, _) => "No service at this level".to_owned(),
                (all, 0) => format!("None of {}", counted(all, "service", "services")),
                (all, some) => format!("{some} of {}", counted(all, "service", "services")),
            },
        });
    }
    (rows, missing)
}

/// The finding of the page: a figure, if one is told, and the words that follow it.
fn headline(publication: &Publication, level: &Level) -> (Option<FigureView>, String) {
    let of = |measure| figure(publication, CellKey::whole(measure).at_level(&level.id));
    let gap = of(Measure::Gap);
    let away = of(Measure::Away);
    match (gap.value, away.value) {
        (Some(gap_value), _) if gap_value > 0 => (
            Some(at_the_start(gap)),
            "who need this level of care live away from home and have no suitable place here."
                .to_owned(),
        ),
        (_, Some(away_value)) if away_value > 0 => (
            Some(at_the_start(away)),
            "at this level are placed away from home. For how many of them there is no suitable \
             place here is not shown."
                .to_owned(),
        ),
        (Some(0), Some(0)) => (None, "Nobody at this level is placed away from home.".to_owned()),
        _ => (None, "Numbers at this level are withheld to protect people.".to_owned()),
    }
}

/// A figure whose phrase begins with a capital letter.
fn at_the_start(figure: FigureView) -> FigureView {
    let mut letters = figure.phrase.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    FigureView { phrase: first.chain(letters).collect(), ..figure }
}

/// The chapter that tells providers how to work with the publisher, or the whole statement.
pub fn how_to_work_with_us(material: Material) -> Address {
    let chapter = material
        .narrative
        .chapters
        .iter()
        .find(|chapter| chapter.covers.iter().any(|rule| rule == "M12" || rule == "M11"));
    match chapter {
        Some(chapter) => Address::new(&chapter.address),
        None => address::section("statement"),
    }
}

fn next_step(material: Material, at: &Address) -> NextStep {
    NextStep {
        title: "If you could offer this",
        text: "Read first what we intend at this level. Then tell us early, before you plan a \
               building or change a registration: which needs you could meet, for whom, and from \
               when. Any move home would depend on a clinical assessment and on what the person \
               wants.",
        href: at.to(&how_to_work_with_us(material)),
    }
}
