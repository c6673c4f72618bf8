//! What is out of date, and whom to ask for newer facts.
//!
//! A record has the limit of its kind (`freshness` in `data/site.yaml`). No clock: an age is
//! counted to the day of the edition, so the same files give the same words on every day.

use jiff::civil::Date;
use serde::Serialize;

use super::words;
use super::{Material, statement};
use crate::evidence::disclosure::{Contact, PublicProvider, PublicService, Status};
use crate::narrative::Chapter;

/// The words for a provider whose record was last confirmed too long ago.
pub fn provider(material: Material, provider: &PublicProvider) -> Option<String> {
    let limit = material.publication.settings().freshness.provider_days;
    told(material, provider.updated, limit)
}

/// The words for a service whose numbers, or else its provider's record, are too old.
pub fn service(
    material: Material,
    provider: &PublicProvider,
    service: &PublicService,
) -> Option<String> {
    let (day, limit) = service_day(material, provider, service);
    told(material, day, limit)
}

/// The day from which a service counts, and the limit for it: that of its own numbers, or that of
/// its provider's record where it states none.
fn service_day(
    material: Material,
    provider: &PublicProvider,
    service: &PublicService,
) -> (Option<Date>, u32) {
    let limits = material.publication.settings().freshness;
    match service.as_of {
        Some(day) => (Some(day), limits.service_days),
        None => (provider.updated, limits.provider_days),
    }
}

/// Whether a score of quality was given too long ago.
pub fn is_old_score(material: Material, day: Option<Date>) -> bool {
    let limit = material.publication.settings().freshness.score_days;
    day.is_some_and(|day| over(material, day, limit).is_some())
}

fn told(material: Material, day: Option<Date>, limit: u32) -> Option<String> {
    let day = day.filter(|day| over(material, *day, limit).is_some())?;
    Some(format!("Out of date: last confirmed {}", words::long_date(day)))
}

/// By how many days a fact is older than its limit; nothing within it.
fn over(material: Material, day: Date, limit: u32) -> Option<u32> {
    let edition = material.publication.settings().edition.date;
    let age = u32::try_from(edition.since(day).ok()?.get_days()).ok()?;
    age.checked_sub(limit).filter(|days| *days > 0)
}

/// Everything of one provider, or of the statement, that somebody has to be asked about.
#[derive(Clone, Debug, Serialize)]
pub struct Chase {
    /// The provider, or "Statement".
    pub name: String,
    /// Whom to ask: a role with its e-mail and telephone; blank parts are not stated.
    pub ask: Ask,
    /// What is old, the oldest first.
    pub records: Vec<Old>,
}

/// A role and how to reach it.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs, reason = "the fields of `Contact`")]
pub struct Ask {
    pub role: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
}

/// One thing that is out of date or bears no date.
#[derive(Clone, Debug, Serialize)]
pub struct Old {
    /// What it is: `Rowan Court, places`.
    pub what: String,
    /// Its kind, as `freshness` in `data/site.yaml` names it.
    pub kind: &'static str,
    /// Its day; nothing where none is stated.
    pub day: Option<String>,
    /// Days beyond the limit; nothing where no day is stated.
    pub days_over: Option<u32>,
    /// The limit in days.
    pub limit_days: u32,
    /// Where its date is written, or should be.
    #[serde(skip)]
    pub place: Place,
}

/// Where the date of a record stands in the files of a site.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "named after the keys of the files")]
pub enum Place {
    /// A key of a provider's file, and within one of its services where a service is named.
    Provider { provider: String, service: Option<String>, key: &'static str },
    /// The file of a chapter, by its number.
    Chapter(usize),
}

/// What is out of date or bears no date: by provider, then the chapters of the statement. Services
/// that have closed for good need nothing more.
pub fn chases(material: Material) -> Vec<Chase> {
    let providers = material.catalogue.providers.iter();
    let mut chases: Vec<Chase> = providers
        .filter_map(|id| material.publication.provider(id))
        .map(|provider| Chase {
            name: provider.name.clone(),
            ask: Ask::of(&provider.contact),
            records: of_provider(material, provider),
        })
        .collect();
    let chapters = material.narrative.chapters.iter().enumerate();
    chases.extend(chapters.map(|(number, chapter)| Chase {
        name: "Statement".to_owned(),
        ask: Ask { role: Some(statement::owner(material, chapter)), ..Ask::default() },
        records: of_chapter(material, number, chapter).into_iter().collect(),
    }));
    chases.retain(|chase| !chase.records.is_empty());
    for chase in &mut chases {
        // No day at all is older than any.
        chase.records.sort_by_key(|old| std::cmp::Reverse(old.days_over.unwrap_or(u32::MAX)));
    }
    chases
}

impl Ask {
    fn of(contact: &Contact) -> Ask {
        let Contact { role, email, phone } = contact.clone();
        Ask { role, email, phone }
    }
}

fn of_provider(material: Material, provider: &PublicProvider) -> Vec<Old> {
    let limits = material.publication.settings().freshness;
    let place = |service: Option<&PublicService>, key| Place::Provider {
        provider: provider.id.to_string(),
        service: service.map(|service| service.id.to_string()),
        key,
    };
    let mut dates =
        vec![("Record".to_owned(), "provider", provider.updated, limits.provider_days, {
            place(None, "updated")
        })];
    for service in &provider.services {
        if service.status == Status::Defunct {
            continue;
        }
        // A service without numbers of its own goes by its provider's record, listed above.
        if service.as_of.is_some() || service.places.is_some() {
            let what = format!("{}, places", service.name);
            let at = place(Some(service), "as_of");
            dates.push((what, "service", service.as_of, limits.service_days, at));
        }
        let scores = [
            ("its own score", service.own_score.and_then(|(_, day)| day)),
            ("reviewer’s score", service.reviewer_score.and_then(|(_, day)| day)),
        ];
        for (score, day) in scores.into_iter().filter(|(_, day)| day.is_some()) {
            let what = format!("{}, {score}", service.name);
            dates.push((what, "score", day, limits.score_days, place(Some(service), "quality")));
        }
    }
    let old = dates.into_iter().filter_map(|(what, kind, day, limit_days, place)| {
        let days_over = match day {
            Some(day) => Some(over(material, day, limit_days)?),
            None => None,
        };
        Some(Old { what, kind, day: day.map(|day| day.to_string()), days_over, limit_days, place })
    });
    old.collect()
}

/// A chapter is old when its day is, or once the day has passed by which it says it will be looked
/// at again.
fn of_chapter(material: Material, number: usize, chapter: &Chapter) -> Option<Old> {
    let limit_days = material.publication.settings().freshness.statement_days;
    let due = chapter.review_by.and_then(|day| over(material, day, 0));
    let aged = chapter.as_at.and_then(|day| over(material, day, limit_days));
    Some(Old {
        what: chapter.title.clone(),
        kind: "statement",
        day: chapter.as_at.map(|day| day.to_string()),
        days_over: Some(due.max(aged)?),
        limit_days,
        place: Place::Chapter(number),
    })
}
