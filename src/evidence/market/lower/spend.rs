//! `data/spend/*.csv`, `budget.yaml` and `discounts.yaml`: money paid and promised.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic};
use crate::load::table::Row;
use crate::load::yaml::Text;
use crate::sources::{SourceSet, Span};

use super::super::ids::{AreaId, ProviderId};
use super::super::provider::Provider;
use super::super::record::ledger::{RawBudget, RawTier};
use super::super::spend::{Budget, Payment, Place, Spend, Tier};
use super::super::year::Year;
use super::check::{Check, plain};
use super::file;
use super::ledger::{self, counted_twice, needed};
use super::words::Words;

const COLUMNS: [&str; 8] =
    ["provider", "year", "amount_pounds", "place", "area", "part", "uplift_asked", "uplift_agreed"];

pub(super) fn read(
    sources: &SourceSet,
    words: &Words,
    providers: &BTreeMap<ProviderId, Provider>,
    out: &mut Vec<Diagnostic>,
) -> Spend {
    Spend {
        payments: payments(sources, words, providers, out),
        budgets: budgets(sources, words, out),
        tiers: tiers(sources, providers, out),
    }
}

fn payments(
    sources: &SourceSet,
    words: &Words,
    providers: &BTreeMap<ProviderId, Provider>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Payment> {
    let mut payments: Vec<Payment> = Vec::new();
    let mut seen = BTreeMap::new();
    for (id, source) in sources.under("data/spend/").filter(|(_, source)| source.is_read()) {
        let mut check = Check::new(id, source);
        let required = ["provider", "year", "amount_pounds"];
        for mut row in ledger::rows(&mut check, source, &COLUMNS, &required) {
            let Some(payment) = payment(&mut check, &mut row, words, providers) else {
                continue;
            };
            let key = (
                payment.provider.clone(),
                payment.year,
                payment.place.map(|place| place == Place::Local),
                payment.area.clone(),
                payment.part.clone(),
            );
            if let Some(before) = seen.insert(key, payment.span) {
                let what = "provider, year, place, area and part";
                check.push(counted_twice(what, payment.span, before));
            }
            payments.push(payment);
        }
        out.append(&mut check.diagnostics);
    }
    payments
}

fn payment(
    check: &mut Check,
    row: &mut Row,
    words: &Words,
    providers: &BTreeMap<ProviderId, Provider>,
) -> Option<Payment> {
    let places = [("local", Place::Local), ("out-of-area", Place::OutOfArea)];
    let place = check.word("place of spend", row.take("place").as_ref(), &places);
    let named = needed(check, row, "provider");
    // Far away, people live with providers whom the directory does not list.
    let provider = named.as_ref().and_then(|text| match place {
        Some(Place::OutOfArea) => check.slug(text).and_then(ProviderId::parse),
        _ => listed_or_away(check, text, providers),
    });
    let year = needed(check, row, "year");
    let year = check.year(year.as_ref());
    let amount = needed(check, row, "amount_pounds");
    let amount = check.pounds(amount.as_ref());
    let area = words.area(check, row.take("area").as_ref());
    let part = part(check, row.take("part").as_ref());
    let asked = row.take("uplift_asked");
    let agreed = row.take("uplift_agreed");
    Some(Payment {
        span: ledger::whole(check.id, row),
        place,
        area,
        part,
        uplift_asked: check.rate("uplift_asked", asked.as_ref(), -100..=100),
        uplift_agreed: check.rate("uplift_agreed", agreed.as_ref(), -100..=100),
        provider: provider?,
        year: year?,
        amount: amount?,
    })
}

fn provider(
    check: &mut Check,
    text: &Text,
    providers: &BTreeMap<ProviderId, Provider>,
) -> Option<ProviderId> {
    let known = providers.keys().map(ProviderId::as_str);
    ProviderId::parse(check.reference("provider", text, known, "data/providers")?)
}

/// A provider of the directory; if there is none, whoever entered it may have meant one far away.
fn listed_or_away(
    check: &mut Check,
    text: &Text,
    providers: &BTreeMap<ProviderId, Provider>,
) -> Option<ProviderId> {
    let found = provider(check, text, providers);
    if let (None, Some(told)) = (&found, check.diagnostics.last_mut()) {
        told.help.push("for a provider out of area, write `out-of-area` under `place`".to_owned());
    }
    found
}

/// The name of a part of a budget; the publisher's own word, the same in budgets and spend.
fn part(check: &mut Check, text: Option<&Text>) -> Option<String> {
    check.slug(text?).map(str::to_owned)
}

fn budgets(sources: &SourceSet, words: &Words, out: &mut Vec<Diagnostic>) -> Vec<Budget> {
    let Some((id, source, raw)) = file::<Vec<RawBudget>>(sources, "data/budget.yaml", false, out)
    else {
        return Vec::new();
    };
    let mut check = Check::new(id, source);
    let mut budgets: Vec<Budget> = Vec::new();
    let mut seen: BTreeMap<(AreaId, Year, Option<String>), Span> = BTreeMap::new();
    for record in &raw {
        let area = words.area(&mut check, Some(&record.area));
        let year = check.year(Some(&record.year));
        let amount = check.pounds(Some(&record.amount_pounds));
        let share = check.rate("percent", record.percent.as_ref(), 0..=100);
        let part = part(&mut check, record.part.as_ref());
        let span = check.span(&record.amount_pounds);
        let (Some(area), Some(year), Some(amount)) = (area, year, amount) else {
            continue;
        };
        if plain(record.part.as_ref()).is_none() && share.is_some() {
            check.push(
                Diagnostic::error(Code::MissingKey, "`percent` is the share of a part")
                    .at(span)
                    .help("name the part with `part`, or write the whole amount without `percent`"),
            );
        }
        if let Some(before) = seen.insert((area.clone(), year, part.clone()), span) {
            check.push(counted_twice("area, year and part", span, before));
        }
        budgets.push(Budget { span, area, year, part, amount, share });
    }
    out.append(&mut check.diagnostics);
    budgets
}

fn tiers(
    sources: &SourceSet,
    providers: &BTreeMap<ProviderId, Provider>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Tier> {
    let Some((id, source, raw)) = file::<Vec<RawTier>>(sources, "data/discounts.yaml", false, out)
    else {
        return Vec::new();
    };
    let mut check = Check::new(id, source);
    let mut tiers: Vec<Tier> = Vec::new();
    let mut seen: BTreeMap<(ProviderId, Option<Year>, i64), Span> = BTreeMap::new();
    for record in &raw {
        let provider = provider(&mut check, &record.provider, providers);
        let year = check.year(record.year.as_ref());
        let from_spend = check.pounds(Some(&record.from_spend));
        let off = check.rate("percent_off", Some(&record.percent_off), 0..=100);
        let span = check.span(&record.from_spend);
        let (Some(provider), Some(from_spend), Some(off)) = (provider, from_spend, off) else {
            continue;
        };
        if let Some(before) = seen.insert((provider.clone(), year, from_spend.raw()), span) {
            check.push(counted_twice("provider, year and threshold", span, before));
        }
        tiers.push(Tier { span, provider, year, from_spend, off });
    }
    out.append(&mut check.diagnostics);
    tiers
}
