//! Open data about opportunities: a row for each lot.

use serde::Serialize;

use super::downloads::{Cell, Record, record};
use super::{Material, address, frame, opportunity_words, sealed};
use crate::evidence::disclosure::{Lot, PublicOpportunity};

record! {
    /// A lot of an opportunity; an opportunity without lots has one row.
    OpportunityRow {
        id: String = "Id of the opportunity",
        title: String = "Its title",
        page: String = "Its page on this site",
        stage: String = "How far it has come",
        next_date: Option<String> = "Its first date on or after the day of the edition",
        next_step: Option<String> = "What happens on that date",
        lot: Option<String> = "Id of the lot; blank when there are no lots",
        lot_title: Option<String> = "Title of the lot",
        lot_status: Option<String> = "How far the lot has come; blank when not stated",
        places_min: Option<u32> = "Fewest places of the lot",
        places_max: Option<u32> = "Most places of the lot",
        value: Option<String> = "Band of what the lot is worth over its whole term",
        areas: String = "Ids of the areas whose people it is for, joined by |",
        levels: String = "Ids of the levels of care, joined by |",
        needs: String = "Ids of the needs, joined by |; blank for any",
    }
}

/// All lots, in the order of the page.
pub fn opportunities(material: Material) -> Vec<OpportunityRow> {
    let mut rows = Vec::new();
    for opportunity in material.publication.opportunities() {
        rows.extend(opportunity.lots.iter().map(|lot| row(material, opportunity, Some(lot))));
        if opportunity.lots.is_empty() {
            rows.push(row(material, opportunity, None));
        }
    }
    rows
}

fn row(material: Material, opportunity: &PublicOpportunity, lot: Option<&Lot>) -> OpportunityRow {
    let next = opportunity.next_step(material.publication.settings().edition.date);
    let answers = &opportunity.answers;
    let joined = |mut ids: Vec<&str>| {
        ids.sort_unstable();
        ids.dedup();
        ids.join("|")
    };
    let status = lot.and_then(|lot| lot.status);
    let places = lot.and_then(|lot| lot.places);
    let value = lot.and_then(|lot| lot.value_band);
    OpportunityRow {
        id: opportunity.id.to_string(),
        title: opportunity.title.clone(),
        page: frame::canonical(material, &address::opportunity(&opportunity.id)),
        stage: opportunity_words::stage(opportunity.stage).to_owned(),
        next_date: next.map(|step| step.date.to_string()),
        next_step: next.map(|step| step.what.clone()),
        lot: lot.map(|lot| lot.id.clone()),
        lot_title: lot.map(|lot| lot.title.clone()),
        lot_status: status.map(|status| opportunity_words::lot_status(status).to_owned()),
        places_min: places.map(|(low, _)| low),
        places_max: places.map(|(_, high)| high),
        value: value.map(|band| opportunity_words::value_band(band).to_owned()),
        areas: joined(answers.iter().map(|answer| answer.area.as_str()).collect()),
        levels: joined(answers.iter().map(|answer| answer.level.as_str()).collect()),
        needs: joined(
            answers.iter().flat_map(|answer| &answer.needs).map(|need| need.as_str()).collect(),
        ),
    }
}
