//! Facts of a service: whom it takes, its places, its quality, and what is wanted at its level.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use super::address::{self, Address};
use super::figure::figure;
use super::words::{self, Day};
use super::{Fact, Material, cards, freshness};
use crate::evidence::disclosure::{Beds, CellKey, Measure, NeedId, PublicService};

/// What one body says of a service.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the columns of the table")]
pub struct Verdict {
    pub who: &'static str,
    pub verdict: Option<String>,
    pub date: Option<Day>,
    pub note: Option<String>,
}

/// What is wanted at the level of a service.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the sentence")]
pub struct LevelGap {
    pub text: String,
    pub href: String,
}

pub(super) fn level_fact(material: Material, at: &Address, service: &PublicService) -> Fact {
    match &service.level {
        Some(id) => {
            let link = cards::level_link(material, at, id);
            Fact::new("Level of care", Some(link.label)).to(Some(link.href))
        }
        None => Fact::new("Level of care", None)
            .note(Some("It is listed here but not counted in the gap analysis.".to_owned())),
    }
}

pub(super) fn takes(material: Material, service: &PublicService) -> Vec<Fact> {
    let listed = |ids: Vec<String>| (!ids.is_empty()).then(|| words::joined(&ids, "and"));
    let ids = |set: &BTreeSet<NeedId>| cards::needs(material, set.iter().map(|need| need.as_str()));
    let mut facts = vec![
        Fact::new(
            "Gender",
            service.gender.map(|gender| words::gender(gender, service.age).to_owned()),
        ),
        Fact::new("Ages", service.age.map(words::ages)),
        Fact::new("Legal status", cards::legal(material, service)),
        Fact::new("Needs we have checked", service.needs.as_ref().and_then(|set| listed(ids(set)))),
    ];
    if !service.claimed.is_empty() {
        facts.push(
            Fact::new("Needs the provider says it meets", listed(ids(&service.claimed)))
                .note(Some("Not checked yet.".to_owned())),
        );
    }
    if !service.registered_for.is_empty() {
        facts.push(Fact::new("Registered for", Some(service.registered_for.join(", "))));
    }
    if !service.serves.is_empty() {
        let areas = material.publication.areas();
        let names: Vec<String> = service
            .serves
            .iter()
            .filter_map(|id| areas.get(id.as_str()))
            .map(|area| area.name.clone())
            .collect();
        facts.push(Fact::new("Only for people from", Some(words::joined(&names, "or"))));
    }
    facts
}

pub(super) fn capacity(service: &PublicService) -> Vec<Fact> {
    let beds = |beds: Option<Beds>| beds.map(|beds| words::thousands(beds.0));
    let mut facts = vec![
        Fact::new("Registered beds", beds(service.registered)),
        Fact::new("Places in use", beds(service.places)),
        Fact::new(
            "Free places",
            match words::closed(service.status) {
                Some(closed) => Some(format!("None: {}", closed.to_lowercase())),
                None => words::vacancies(service.vacancies),
            },
        ),
        Fact::new("As at", service.as_of.map(words::long_date)),
    ];
    if let Some(day) = service.available_from {
        facts.push(Fact::new("Takes people from", Some(words::long_date(day))));
    }
    facts
}

pub(super) fn quality(material: Material, service: &PublicService) -> Vec<Verdict> {
    let scale = &material.publication.vocabulary().quality;
    let highest = scale.keys().last().copied().unwrap_or(4);
    let score = |score: u8| match scale.get(&score) {
        Some(name) => format!("{score} of {highest}: {name}"),
        None => format!("{score} of {highest}"),
    };
    let scored = |who, given: Option<(u8, Option<Date>)>, differs: Option<&str>| {
        let date = given.and_then(|(_, day)| day);
        let is_old = freshness::is_old_score(material, date);
        let notes = [is_old.then_some("Out of date"), differs];
        let notes: Vec<&str> = notes.into_iter().flatten().collect();
        Verdict {
            who,
            verdict: given.map(|(given, _)| score(given)),
            date: date.map(Day::from),
            note: (!notes.is_empty()).then(|| notes.join(". ")),
        }
    };
    let (own, reviewer) = (service.own_score, service.reviewer_score);
    let both = own.zip(reviewer).map(|((own, _), (reviewer, _))| (own, reviewer));
    let differs = both.map(|(own, reviewer)| match own == reviewer {
        true => "The same as the provider’s own score",
        false => "Differs from the provider’s own score; both are shown",
    });
    let regulator = service.regulator;
    vec![
        Verdict {
            who: cards::REGULATOR,
            verdict: regulator.map(|regulator| words::rating(regulator.rating).to_owned()),
            date: regulator.and_then(|regulator| regulator.date).map(Day::from),
            note: match regulator {
                Some(regulator) if regulator.inherited => {
                    Some("Carried over from an earlier registration".to_owned())
                }
                None if service.cqc_location.is_none() => Some("Not on its register".to_owned()),
                _ => None,
            },
        },
        scored("The provider itself", own, None),
        scored("Our reviewers", reviewer, differs),
    ]
}

pub(super) fn level_gap(
    material: Material,
    at: &Address,
    service: &PublicService,
) -> Option<LevelGap> {
    let id = service.level.as_ref()?;
    let key = CellKey::whole(Measure::Gap).at_level(id);
    let gap = figure(material.publication, key);
    gap.value.filter(|gap| *gap > 0)?;
    Some(LevelGap {
        text: format!("At this level {} have no suitable place.", gap.phrase),
        href: at.to(&address::gap(id)),
    })
}
