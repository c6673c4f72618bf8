//! Reads the lines of gaps of a lock.

use std::collections::BTreeSet;

use super::super::gaps::{AlsoWanted, Band, BedRange, BedRanges, PriceBand, PriceBasis, PublicGap};
use super::read::{RESTORE, area, broken, known, level, need};
use super::record::{RawAges, RawEnds, RawLine, RawListed, RawPrice};
use crate::evidence::analysis::Specification;
use crate::evidence::market::lower::check::Check;
use crate::evidence::market::{AgeRange, Beds, GenderTaken, LegalId, Market, NeedId};
use crate::load::yaml::Text;

/// The first band begins here, where a line has one person more at least.
const FIRST_BAND: u32 = 5;

const BASES: [(&str, PriceBasis); 2] =
    [("providers", PriceBasis::Providers), ("assumed", PriceBasis::Assumed)];

const GENDERS: [(&str, GenderTaken); 3] =
    [("any", GenderTaken::Any), ("female", GenderTaken::Female), ("male", GenderTaken::Male)];

/// A listed gap; nothing if any part of it is wrong.
pub(super) fn listed(
    check: &mut Check,
    market: &Market,
    least: u32,
    raw: &RawListed,
) -> Option<PublicGap> {
    let id = check.slug(&raw.id).map(str::to_owned);
    let (area, level) = (area(check, market, &raw.area), level(check, market, &raw.level));
    let needs = needs(check, market, &raw.needs);
    let legal = legal(check, market, &raw.legal);
    let (ages, gender) =
        (ages(check, &raw.ages), check.word("gender", Some(&raw.gender), &GENDERS));
    let people = band(check, least, &raw.people);
    let busy = raw.beds_busy.as_ref().map(|ends| bed_range(check, ends));
    let free = raw.beds_seldom_full.as_ref().map(|ends| bed_range(check, ends));
    let beds = busy
        .flatten()
        .zip(free.flatten())
        .map(|(by_occupancy, seldom_full)| BedRanges { by_occupancy, seldom_full });
    let price = raw.pounds_a_week.as_ref().and_then(|price| pounds(check, price));
    let specification = Specification {
        area: area?,
        level: level?,
        needs: needs?,
        ages: ages?,
        gender: gender?,
        legal: legal?,
    };
    Some(PublicGap::told(market, (id?, specification), people?, beds, price))
}

/// A line of what else is wanted; nothing if any part of it is wrong.
pub(super) fn also(
    check: &mut Check,
    market: &Market,
    least: u32,
    raw: &RawLine,
) -> Option<AlsoWanted> {
    let (area, level) = (area(check, market, &raw.area), level(check, market, &raw.level));
    let wanted = needs(check, market, &raw.wanted);
    let people = band(check, least, &raw.people);
    Some(AlsoWanted::told(area?, level?, wanted?, people?))
}

fn needs(check: &mut Check, market: &Market, raw: &[Text]) -> Option<BTreeSet<NeedId>> {
    let found: Vec<Option<NeedId>> = raw.iter().map(|text| need(check, market, text)).collect();
    found.into_iter().collect()
}

fn legal(check: &mut Check, market: &Market, raw: &[Text]) -> Option<BTreeSet<LegalId>> {
    let mut found = Vec::new();
    for text in raw {
        let ids = market.vocabulary.legal.keys().map(LegalId::as_str);
        let place = ("legal status", text, "data/vocabulary.yaml");
        found.push(known(check, place, ids, "").and_then(LegalId::parse));
    }
    found.into_iter().collect()
}

fn ages(check: &mut Check, raw: &RawAges) -> Option<AgeRange> {
    let min = check.count_in("youngest age", Some(&raw.min), 0..=130)?;
    let max = check.count_in("oldest age", Some(&raw.max), 0..=130)?;
    if max < min {
        broken(check, &raw.max, "the oldest age is below the youngest".to_owned(), RESTORE);
    }
    Some(AgeRange { min: u8::try_from(min).ok()?, max: u8::try_from(max).ok()? })
}

/// A band of people, which is never as good as a count.
fn band(check: &mut Check, least: u32, raw: &RawEnds) -> Option<Band> {
    let low = check.count("people", Some(&raw.low))?;
    let high = match &raw.high {
        None => None,
        Some(high) => Some(check.count("people", Some(high))?),
    };
    let is_point = high.is_some_and(|high| high <= low.max(least));
    if low < least.min(FIRST_BAND) || is_point {
        broken(check, &raw.low, "no line is told in such a band".to_owned(), RESTORE);
        return None;
    }
    Some(Band::told(low, high))
}

fn bed_range(check: &mut Check, raw: &RawEnds) -> Option<BedRange> {
    let low = check.count("beds", Some(&raw.low))?;
    let high = raw.high.as_ref().and_then(|high| check.count("beds", Some(high)));
    Some(BedRange { low: Beds(low), high: high.map(Beds) })
}

fn pounds(check: &mut Check, raw: &RawPrice) -> Option<PriceBand> {
    let basis = check.word("basis of a price", Some(&raw.basis), &BASES);
    let low = check.count("pounds a week", Some(&raw.low))?;
    let high = check.count("pounds a week", Some(&raw.high))?;
    let basis = basis?;
    let is_point = basis == PriceBasis::Providers && low >= high;
    if low > high || is_point {
        broken(check, &raw.low, "no price is told between such ends".to_owned(), RESTORE);
        return None;
    }
    Some(PriceBand::told(low, high, basis))
}
