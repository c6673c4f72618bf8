//! What moves would save beyond one full year, and whether that is what is aimed at.

use serde::Serialize;
use serde_json::{Value, json};

use super::figure::{Figure, Ledger};
use super::money::{NAMED, whole};
use super::scenarios::{Each, Matched};
use crate::evidence::analysis::Scenario;
use crate::evidence::analysis::formula::Traced;
use crate::evidence::analysis::money::claims::FirstYear;
use crate::evidence::analysis::money::saving::{Priced, Saving};
use crate::evidence::analysis::money::target::AgainstTarget;

const PENCE: &str = "pence";

/// The lines beside the saving of a full year; null where the assumption is not given.
#[derive(Serialize)]
pub(super) struct Savings {
    people_known: u32,
    people_unknown: u32,
    year: Option<Figure>,
    assumed_year: Option<Figure>,
    this_year_at_once: Option<Figure>,
    first_year_evenly: Option<Figure>,
    expected_year: Option<Figure>,
    double_running: Option<Figure>,
    second_move: Option<Figure>,
    against_target: Option<Figure>,
    lasting_moves: Option<Figure>,
}

/// The assignments with their prices, for the rules of money. A place of unknown price that
/// somebody must go to leaves the price of its scenario unknown.
pub(super) fn priced<'a>(readings: &'a Each<Matched>) -> Vec<Priced<'a>> {
    let scenarios = [Scenario::Low, Scenario::Central, Scenario::High];
    scenarios
        .into_iter()
        .map(|scenario| (scenario, readings.of(scenario)))
        .map(|(scenario, matched)| {
            let known = &matched.cost.known;
            Priced {
                scenario,
                placed: &matched.placed,
                least_price_week_pence: (known.unpriced == 0).then_some(known.weekly_price_pence),
            }
        })
        .collect()
}

/// What the moves of one scenario would save.
pub(super) fn savings(saving: &Saving, ledger: &mut Ledger) -> Savings {
    let mut line = |traced: &Option<Traced<i128>>| {
        let traced = traced.as_ref()?;
        Some(ledger.traced(saving.scenario, PENCE, traced, whole(traced.value)))
    };
    Savings {
        people_known: saving.people_known,
        people_unknown: saving.people_unknown,
        year: line(&saving.year_pence),
        this_year_at_once: line(&saving.this_year_at_once_pence),
        first_year_evenly: line(&saving.first_year_evenly_pence),
        expected_year: line(&saving.expected_year_pence),
        double_running: line(&saving.double_running_pence),
        assumed_year: saving.assumed_year_pence.as_ref().map(|traced| {
            let ends = json!([whole(traced.value.low), whole(traced.value.high)]);
            ledger.traced(saving.scenario, "pence per year, lowest and highest", traced, ends)
        }),
        second_move: saving.second_move.as_ref().map(|traced| {
            let value = json!({
                "after_months": traced.value.after_months,
                "year_pence": whole(traced.value.year_pence),
                "within_1_year_pence": traced.value.within_pence[0].map(whole),
                "within_2_years_pence": traced.value.within_pence[1].map(whole),
            });
            ledger.traced(saving.scenario, NAMED, traced, value)
        }),
        against_target: saving
            .against_target
            .as_ref()
            .map(|traced| ledger.traced(saving.scenario, NAMED, traced, against(&traced.value))),
        lasting_moves: saving.lasting.as_ref().map(|traced| {
            let (fewest, most) = traced.value.range;
            let value = json!({"people": traced.value.people.to_float(), "range": [fewest, most]});
            ledger.traced(saving.scenario, NAMED, traced, value)
        }),
    }
}

fn against(target: &AgainstTarget) -> Value {
    let first = |year: FirstYear| json!({"pence": whole(year.saves_pence), "is_met": year.is_met});
    let full = target.full_year;
    json!({
        "target_pence": whole(target.target_pence),
        "share_of_year_needed": target.evenly.needs.to_float(),
        "days_needed": whole(target.evenly.needs_days),
        "evenly": first(target.evenly),
        "at_once": first(target.at_once),
        "full_year_pence": [full.low.map(whole), full.high.map(whole)],
        "full_year_reaches_it": target.is_proved,
    })
}
