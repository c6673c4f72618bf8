//! How every figure is worked out, from what, and with which parameters.

use serde::Serialize;

use super::address::Address;
use super::frame::Head;
use super::words::{self, counted, long_date};
use super::{Material, method_gaps, method_parameters, view};
use crate::evidence::disclosure::{Measure, Parameters, PublicService, Rating};
use crate::narrative::prose_html;

/// The method page.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct Method {
    #[serde(flatten)]
    pub head: Head,
    pub sections: Vec<Section>,
}
view!(Method, "method.html");

/// A section of the method page.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the section")]
pub struct Section {
    pub id: &'static str,
    pub title: &'static str,
    pub body_html: Option<String>,
    pub table: Option<Table>,
}

/// A plain table of words.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the table")]
pub struct Table {
    pub caption: &'static str,
    pub head: Vec<&'static str>,
    pub rows: Vec<Vec<String>>,
}

/// Makes the method page.
pub fn page(material: Material, at: &Address) -> Method {
    let about = "How each figure on this site is worked out, and from what.";
    Method {
        head: Head::new(material, at, "Method and sources", about, &[]),
        sections: vec![
            sources(material),
            measures(),
            matching(material.publication.parameters()),
            priority(),
            method_gaps::published(material),
            method_parameters::published(material),
            levels(material),
            assumptions(material),
            limits(),
        ],
    }
}

/// A section of plain words.
pub(super) fn section(id: &'static str, title: &'static str, text: &str) -> Section {
    Section { id, title, body_html: Some(prose_html(text)), table: None }
}

fn sources(material: Material) -> Section {
    let publication = material.publication;
    let days: Vec<_> = publication.services().filter_map(|(_, service)| service.as_of).collect();
    let spread = match (days.iter().min(), days.iter().max()) {
        (Some(first), Some(last)) => {
            format!(
                "Providers stated their numbers between {} and {}.",
                long_date(*first),
                long_date(*last)
            )
        }
        _ => "No provider has stated the day of its numbers.".to_owned(),
    };
    let services: Vec<&PublicService> =
        publication.services().map(|(_, service)| service).collect();
    let unlevelled = services.iter().filter(|service| service.level.is_none()).count();
    let unplaced = services.iter().filter(|service| service.area.is_none()).count();
    let imported = services.iter().filter(|service| service.registration.is_some()).count();
    let none = |count: usize, words: &str| match count {
        0 => format!("None {words}."),
        1 => format!("One {words}."),
        count => format!("{count} {words}."),
    };
    let register = match imported {
        0 => "Registered beds and ratings are as providers stated them; none was taken from the \
              regulator's register."
            .to_owned(),
        count => format!(
            "{} facts from the regulator's register.",
            counted(count, "service has", "services have")
        ),
    };
    let text = format!(
        "Facts about services come from records that providers and commissioners keep: {} of {}. \
         {spread} {register}\n\nSome services are listed and not analysed. {} {}\n\nFacts about \
         people come from commissioners' lists of people placed out of area, as at {}. These lists \
         are not published.{}",
        counted(services.len(), "service", "services"),
        counted(publication.providers().count(), "provider", "providers"),
        none(unlevelled, "without a level of care"),
        none(unplaced, "without an area"),
        long_date(publication.settings().edition.as_at),
        edition(material),
    );
    section("sources", "Where the figures come from", &text)
}

/// What a live site says of the edition that it tells.
fn edition(material: Material) -> String {
    let Some(signed) = material.publication.signed_edition() else {
        return String::new();
    };
    format!(
        "\n\nFigures about people, and the gaps, are those of the edition \"{}\", published on {} \
         and signed off by this role: {}. They stay as they are until the next edition, because \
         small changes from day to day could tell of single people. Services, places and free \
         places are kept up to date.",
        signed.name,
        long_date(signed.date),
        signed.signed_off_by,
    )
}

fn measures() -> Section {
    Section {
        id: "measures",
        title: "What each figure means",
        body_html: None,
        table: Some(Table {
            caption: "Figures on this site",
            head: vec!["Figure", "Name in texts and downloads", "Meaning"],
            rows: Measure::ALL
                .iter()
                .map(|measure| {
                    vec![
                        measure.title().to_owned(),
                        measure.id().to_owned(),
                        words::meaning(*measure).to_owned(),
                    ]
                })
                .collect(),
        }),
    }
}

fn matching(parameters: &Parameters) -> Section {
    let soon = match parameters.wait_days {
        0 => "Places that are free count.".to_owned(),
        days => format!("Places count that are free or open within {days} days."),
    };
    let rating = match parameters.regulator_floor {
        None => "its quality is good enough",
        Some(Rating::Inadequate) => "it is not rated inadequate, and its quality is good enough",
        Some(_) => "it is rated good or better, or not rated, and its quality is good enough",
    };
    let text = format!(
        "A gap is never the number of people less the number of free places. A free place for men \
         is no use to a woman.\n\nEach person is compared with each service. The service could \
         take them only if all of these hold:\n\n\
         1. it is local to their home for its level, near enough, and serves people from there\n\
         2. it works at their level of care, or up to {} lower if they are ready to move on\n\
         3. it is checked to meet every need they have\n\
         4. it takes people of their age\n\
         5. it takes people of their gender\n\
         6. it takes people of their legal status\n\
         7. {rating}: a score of at least {} by our reviewers, or else by the provider itself\n\n\
         {soon} Openings and closures that are decided and announced count from their day. Where \
         a provider does not state its free places, its places less the people living there \
         count; where that is not known either, none. Numbers that are out of date count as they \
         stand. Where a service does not state whom it takes, it is taken not to fit. Then the \
         most people are placed that all these places together could take, each place once.",
        counted(parameters.max_step as usize, "level", "levels"),
        parameters.quality_floor,
    );
    section("matching", "How people and places are matched", &text)
}

fn priority() -> Section {
    section(
        "priority",
        "Who comes first",
        "When two people fit one free place, the one who has been away longest is counted first. \
         This is a rule for counting. It does not decide who moves: any move depends on a clinical \
         assessment and on what the person wants.",
    )
}

fn levels(material: Material) -> Section {
    let vocabulary = material.publication.vocabulary();
    Section {
        id: "levels",
        title: "Levels of care",
        body_html: None,
        table: Some(Table {
            caption: "Levels, lowest first, and the area to which a service at each is local",
            head: vec!["Level", "Ladder", "Local to", "Within", "Target occupancy"],
            rows: vocabulary
                .levels_in_order()
                .map(|level| {
                    let ladder = vocabulary.ladders.iter().find(|ladder| ladder.id == level.ladder);
                    vec![
                        level.name.clone(),
                        ladder.map_or_else(String::new, |ladder| ladder.name.clone()),
                        super::words::scope(level.scope).to_owned(),
                        level.max_km.map_or("No limit".to_owned(), |km| format!("{km} km")),
                        level.target_occupancy.map_or(String::new(), |target| {
                            format!("{} per cent", target.percent())
                        }),
                    ]
                })
                .collect(),
        }),
    }
}

fn assumptions(material: Material) -> Section {
    let found = material.publication.assumptions();
    Section {
        id: "assumptions",
        title: "Assumptions",
        body_html: found.is_empty().then(|| prose_html("No assumptions are used.")),
        table: (!found.is_empty()).then(|| Table {
            caption: "Assumptions that texts and figures may cite",
            head: vec!["Assumption", "Value", "Source", "As at", "Note"],
            rows: found
                .iter()
                .map(|assumption| {
                    vec![
                        assumption.id.clone(),
                        format!("{} {}", assumption.value, assumption.unit),
                        assumption.source.clone(),
                        assumption.as_at.map_or(String::new(), long_date),
                        assumption.note.clone().unwrap_or_default(),
                    ]
                })
                .collect(),
        }),
    }
}

fn limits() -> Section {
    section(
        "limits",
        "What these figures cannot tell",
        "They count people who are placed away today. They do not forecast, and they do not count \
         people waiting at home.\n\nA free place is what a provider said on the day shown. It may \
         be filled since.\n\nEverybody is counted once in a total, but people with two needs count \
         under both needs.\n\nNumbers of people are rounded one by one, so a total can differ \
         from the sum of its parts.",
    )
}
