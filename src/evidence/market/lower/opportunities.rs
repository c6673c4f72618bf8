//! `data/opportunities/*.yaml`: one purchase in each file.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic};
use crate::load::yaml::{self, Text};
use crate::sources::{SourceSet, Span};

use super::super::ids::OpportunityId;
use super::super::opportunity::{
    Answer, Attempt, Lot, LotStatus, Notice, Opportunity, Stage, Step, ValueBand,
};
use super::super::record::opportunity::{RawAnswer, RawLot, RawOpportunity};
use super::check::{Check, plain};
use super::words::Words;
use super::{duplicate, settings};

pub(super) fn read(
    sources: &SourceSet,
    words: &Words,
    out: &mut Vec<Diagnostic>,
) -> BTreeMap<OpportunityId, Opportunity> {
    let mut found = BTreeMap::new();
    for (id, source) in sources.under("data/opportunities/") {
        if !source.is_read() {
            continue;
        }
        let mut check = Check::new(id, source);
        match yaml::parse::<RawOpportunity>(id, source) {
            Ok(raw) => {
                let opportunity = opportunity(&mut check, &raw, words);
                found.extend(opportunity.map(|opportunity| (opportunity.id.clone(), opportunity)));
            }
            Err(diagnostic) => check.push(*diagnostic),
        }
        out.append(&mut check.diagnostics);
    }
    found
}

fn opportunity(check: &mut Check, raw: &RawOpportunity, words: &Words) -> Option<Opportunity> {
    let id = check.slug(&raw.id).and_then(OpportunityId::parse);
    let stem = check.source().stem();
    if let Some(id) = id.as_ref().filter(|id| id.as_str() != stem) {
        let message = format!("the id `{id}` is not the name of the file, `{stem}`");
        let help = format!("rename the file to `{id}.yaml`, or write `id: {stem}`");
        let span = check.span(&raw.id);
        check.push(Diagnostic::error(Code::IdNotFileName, message).at(span).help(help));
    }
    let title = settings::required(check, "title", &raw.title);
    let stage = stage(check, &raw.stage);
    let lots = lots(check, raw);
    let (dates, events) = (dates(check, raw), events(check, raw));
    let notices = raw.notices.iter().flatten().filter_map(|notice| {
        let title = settings::required(check, "title", &notice.title);
        let url = check.url(Some(&notice.url));
        let date = check.date(notice.date.as_ref());
        Some(Notice { title: title?, url: url?, date })
    });
    let notices = notices.collect();
    let answers = raw.answers.iter().flatten();
    let answers = answers.filter_map(|answer| self::answer(check, answer, words)).collect();
    let attempts = raw.previous_attempts.iter().flatten().filter_map(|attempt| {
        let date = check.date(attempt.date.as_ref());
        let outcome = settings::required(check, "outcome", &attempt.outcome);
        Some(Attempt { date, outcome: outcome?, learned: plain(attempt.learned.as_ref()) })
    });
    let previous_attempts = attempts.collect();
    Some(Opportunity {
        about: plain(raw.about.as_ref()),
        contact: settings::contact(check, raw.contact.as_ref()),
        id: id?,
        title: title?,
        stage: stage?,
        lots,
        dates,
        events,
        notices,
        answers,
        previous_attempts,
    })
}

fn stage(check: &mut Check, text: &Text) -> Option<Stage> {
    let stages = [
        ("uk1", Stage::Pipeline),
        ("uk2", Stage::Engagement),
        ("uk3", Stage::Planned),
        ("uk4", Stage::Tender),
        ("uk5", Stage::Transparency),
        ("psr-intention", Stage::RegimeIntention),
        ("psr-offers", Stage::RegimeOffers),
        ("psr-standstill", Stage::RegimeStandstill),
        ("psr-award", Stage::RegimeAward),
    ];
    // Notices are known as UK1 to UK5.
    let lower = text.with(text.value.trim().to_ascii_lowercase());
    check.word("stage", Some(&lower), &stages)
}

fn lots(check: &mut Check, raw: &RawOpportunity) -> Vec<Lot> {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    let mut lots = Vec::new();
    for record in raw.lots.iter().flatten() {
        let Some(lot) = lot(check, &record.value) else {
            continue;
        };
        let here = check.span(&record.value.id);
        match seen.insert(lot.id.clone(), here) {
            Some(before) => check.push(duplicate("lots", format!("`{}`", lot.id), here, before)),
            None => lots.push(lot),
        }
    }
    lots
}

fn lot(check: &mut Check, raw: &RawLot) -> Option<Lot> {
    let statuses = [
        ("planned", LotStatus::Planned),
        ("open", LotStatus::Open),
        ("evaluating", LotStatus::Evaluating),
        ("awarded", LotStatus::Awarded),
        ("no-bids", LotStatus::NoBids),
        ("withdrawn", LotStatus::Withdrawn),
    ];
    let bands = [
        ("under-100k", ValueBand::Under100k),
        ("100k-500k", ValueBand::From100k),
        ("500k-1m", ValueBand::From500k),
        ("1m-5m", ValueBand::From1m),
        ("5m-10m", ValueBand::From5m),
        ("10m-or-more", ValueBand::From10m),
    ];
    let id = check.slug(&raw.id).map(str::to_owned);
    let title = settings::required(check, "title", &raw.title);
    Some(Lot {
        about: plain(raw.about.as_ref()),
        places: raw.size.as_ref().and_then(|text| places(check, text)),
        is_for_several: check.word(
            "number of providers",
            raw.providers.as_ref(),
            &[("one", false), ("several", true)],
        ),
        status: check.word("status", raw.status.as_ref(), &statuses),
        value_band: check.word("value band", raw.value_band.as_ref(), &bands),
        id: id?,
        title: title?,
    })
}

/// `14` or `10-14` places.
fn places(check: &mut Check, text: &Text) -> Option<(u32, u32)> {
    let value = text.value.trim();
    let number = |part: &str| {
        let part = part.trim();
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u32>().ok()).flatten()
    };
    let (low, high) = value.split_once('-').unwrap_or((value, value));
    match (number(low), number(high)) {
        (Some(low), Some(high)) if (1..=5000).contains(&low) && (low..=5000).contains(&high) => {
            Some((low, high))
        }
        _ => {
            let message = format!("{} is not a number of places", check.quote(text));
            let help = "write a whole number of beds or places, or a range such as 10-14";
            check.fault(Code::ImpossibleNumber, text, message, help);
            None
        }
    }
}

fn dates(check: &mut Check, raw: &RawOpportunity) -> Vec<Step> {
    let dates = raw.dates.iter().flatten().filter_map(|step| {
        let date = check.date(Some(&step.date));
        let what = settings::required(check, "what", &step.what);
        Some(Step { date: date?, what: what?, place: None, url: None })
    });
    in_order(dates.collect())
}

fn events(check: &mut Check, raw: &RawOpportunity) -> Vec<Step> {
    let events = raw.events.iter().flatten().filter_map(|event| {
        let date = check.date(Some(&event.date));
        let what = settings::required(check, "title", &event.title);
        let url = check.url(event.url.as_ref());
        Some(Step { date: date?, what: what?, place: plain(event.place.as_ref()), url })
    });
    in_order(events.collect())
}

/// Earliest first; those of one day as they are in the file.
fn in_order(mut steps: Vec<Step>) -> Vec<Step> {
    steps.sort_by_key(|step| step.date);
    steps
}

fn answer(check: &mut Check, raw: &RawAnswer, words: &Words) -> Option<Answer> {
    let area = words.area(check, Some(&raw.area));
    let level = words.level(check, Some(&raw.level));
    let needs = words.needs(check, raw.needs.as_ref());
    words.expect_scope(check, area.as_ref(), level.as_ref(), Some(&raw.area));
    Some(Answer { area: area?, level: level?, needs: needs.into_iter().flatten().collect() })
}
