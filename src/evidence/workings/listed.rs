//! Listed gaps: what a new service would have to be, and whom it would take.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;

use super::assumptions::level_id;
use super::figure::{Figure, Ledger, Reading};
use super::formula::Formula;
use super::groups::ends;
use super::reasons::filter_id;
use super::rows::ids;
use crate::evidence::analysis::beds::{Load, pool, year_to_year};
use crate::evidence::analysis::{Listed, Listing, Nearest, Scenario, Specification, covers};
use crate::evidence::market::{Beds, GenderTaken, Market, Planned};

/// All listed gaps in the order in which they were chosen, and who is left.
#[derive(Serialize)]
pub(super) struct Listings {
    gaps: Vec<Gap>,
    pooling: Vec<Pooled>,
    unlisted: Figure,
    unlisted_rows: Vec<Share>,
}

/// One listed gap.
#[derive(Serialize)]
struct Gap {
    specification: Offer,
    /// 1 for the first listing of this specification.
    ordinal: u32,
    people: Figure,
    range: Figure,
    year_to_year: Figure,
    beds: Beddings,
    price: Figure,
    saving: Figure,
    saving_range: Figure,
    people_of_unknown_cost: Figure,
    rows: Vec<Share>,
    nearest: Option<Near>,
}

/// What a service must offer.
#[derive(Serialize)]
struct Offer {
    area: String,
    level: String,
    needs: Vec<String>,
    ages: [u8; 2],
    gender: &'static str,
    legal: Vec<String>,
}

/// Beds by each rule; null without a target for occupancy.
#[derive(Serialize)]
struct Beddings {
    by_occupancy: Figure,
    by_refusals: Figure,
    refused: Figure,
    real_occupancy: Figure,
}

/// Gaps of one area and level, apart and as one service.
#[derive(Serialize)]
struct Pooled {
    area: String,
    level: String,
    apart: Figure,
    pooled: Figure,
}

/// How many people of a row are meant.
#[derive(Serialize)]
struct Share {
    row: String,
    people: u32,
}

/// The service that comes closest.
#[derive(Serialize)]
struct Near {
    service: String,
    lacks: &'static str,
    missing_needs: Vec<String>,
}

/// Everything that is listed.
pub(super) fn listings(market: &Market, listing: &Listing, ledger: &mut Ledger) -> Listings {
    let left = &listing.unlisted;
    let lines = ledger.lines(left.iter().map(|(row, _)| *row), []);
    let people: u32 = left.iter().map(|(_, people)| people).sum();
    Listings {
        gaps: listing.gaps.iter().map(|listed| gap(market, listed, ledger)).collect(),
        pooling: pooling(market, listing, ledger),
        unlisted: ledger.figure(Formula::Unlisted, Scenario::Central, people, lines),
        unlisted_rows: shares(left, ledger),
    }
}

fn gap(market: &Market, listed: &Listed, ledger: &mut Ledger) -> Gap {
    let central = Scenario::Central;
    let wanted = &listed.specification;
    let taken = ledger.lines(listed.takes.iter().map(|(row, _)| *row), []);
    let covered =
        (0..market.placements.len()).filter(|row| covers(market, wanted, &market.placements[*row]));
    let covered = ledger.lines(covered, []);
    let level = wanted.level.as_str();
    let price = [level_id(level, "price_default")];
    let target = [level_id(level, "target_occupancy")];
    let price = listed.weekly_price_pence.is_some().then_some(price).into_iter().flatten();
    let target = listed.sizes.is_some().then_some(target).into_iter().flatten();
    let beds = |of: fn(_) -> Beds| json!(listed.sizes.map(|sizes| of(sizes).0));
    let load = Load::of_people(listed.people);
    let full = listed.sizes.map(|sizes| load.refused(sizes.by_occupancy));
    let filled = listed.sizes.and_then(|sizes| load.real_occupancy(sizes.by_occupancy));
    let each = Planned::SavingPerPerson.pence(&market.assumptions);
    let range = listed.saving.zip(each).map(|(saving, each)| saving.range(each.raw()));
    let planned = range.is_some().then(|| Planned::SavingPerPerson.id().to_owned());
    let years = year_to_year(listed.people);
    let mut figure = |formula, value| ledger.figure(formula, central, value, taken);
    Gap {
        people: figure(Formula::ListedPeople, json!(listed.people)),
        beds: Beddings {
            by_occupancy: figure(Formula::BedsByOccupancy, beds(|sizes| sizes.by_occupancy))
                .assuming(target.clone()),
            by_refusals: figure(Formula::BedsByRefusals, beds(|sizes| sizes.by_refusals)),
            refused: figure(Formula::Refused, json!(full)).assuming(target.clone()),
            real_occupancy: figure(Formula::RealOccupancy, json!(filled)).assuming(target),
        },
        year_to_year: figure(Formula::YearToYear, json!([years.low, years.high])),
        price: figure(Formula::ListedPrice, json!(listed.weekly_price_pence))
            .assuming(price.clone()),
        saving: figure(
            Formula::ListedSaving,
            json!(listed.saving.map(|saving| saving.known_pence_year)),
        )
        .assuming(price),
        saving_range: figure(Formula::ListedSavingRange, json!(range)).assuming(planned),
        people_of_unknown_cost: figure(
            Formula::ListedUnknownCost,
            json!(listed.saving.map(|saving| saving.people_of_unknown_cost)),
        ),
        range: ledger.figure(
            Formula::PublishedRange,
            Reading::LowToHigh,
            ends(listed.range),
            covered,
        ),
        specification: offer(wanted),
        ordinal: listed.ordinal,
        rows: shares(&listed.takes, ledger),
        nearest: listed.nearest.as_ref().map(near),
    }
}

/// Beds of each area and level for which more than one gap is listed.
fn pooling(market: &Market, listing: &Listing, ledger: &mut Ledger) -> Vec<Pooled> {
    let mut units: BTreeMap<_, Vec<&Listed>> = BTreeMap::new();
    for listed in &listing.gaps {
        let wanted = &listed.specification;
        units.entry((&wanted.area, &wanted.level)).or_default().push(listed);
    }
    units.retain(|_, gaps| gaps.len() > 1);
    units
        .into_iter()
        .map(|((area, level), gaps)| {
            let loads: Vec<Load> = gaps.iter().map(|gap| Load::of_people(gap.people)).collect();
            let beds = pool(&loads, market.parameters.full_probability);
            let rows = gaps.iter().flat_map(|gap| &gap.takes).map(|(row, _)| *row);
            let lines = ledger.lines(rows, []);
            let mut figure =
                |Beds(beds)| ledger.figure(Formula::Pooling, Scenario::Central, beds, lines);
            Pooled {
                apart: figure(beds.apart),
                pooled: figure(beds.pooled),
                area: area.to_string(),
                level: level.to_string(),
            }
        })
        .collect()
}

fn offer(wanted: &Specification) -> Offer {
    Offer {
        area: wanted.area.to_string(),
        level: wanted.level.to_string(),
        needs: ids(&wanted.needs),
        ages: [wanted.ages.min, wanted.ages.max],
        gender: match wanted.gender {
            GenderTaken::Any => "any",
            GenderTaken::Female => "female",
            GenderTaken::Male => "male",
        },
        legal: ids(&wanted.legal),
    }
}

fn near(nearest: &Nearest) -> Near {
    Near {
        service: nearest.service.to_string(),
        lacks: filter_id(nearest.lacks),
        missing_needs: ids(&nearest.missing_needs),
    }
}

fn shares(people: &[(usize, u32)], ledger: &mut Ledger) -> Vec<Share> {
    let share =
        |(row, people): &(usize, u32)| Share { row: ledger.name_of_row(*row), people: *people };
    people.iter().map(share).collect()
}
