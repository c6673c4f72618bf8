//! What moves would save beyond one full year, where the money goes, and what is paid to whom.

use serde::Serialize;
use serde_json::{Value, json};

use super::figure::{Figure, Ledger, Reading};
use super::scenarios::{Each, Matched};
use crate::evidence::analysis::Scenario;
use crate::evidence::analysis::formula::Traced;
use crate::evidence::analysis::money::Money;
use crate::evidence::analysis::money::concentration::{self, Band, Concentration};
use crate::evidence::analysis::money::local_share::LocalShare;
use crate::evidence::analysis::money::payments::Uplift;
use crate::evidence::analysis::money::saving::{Priced, Saving};
use crate::evidence::analysis::rational::Rational;
use crate::evidence::market::{Market, Year};

const PENCE: &str = "pence";
const NAMED: &str = "each number in the unit of its name";

/// Every figure about money.
#[derive(Serialize)]
pub(super) struct Sums {
    savings: Each<Option<Savings>>,
    local_share: Vec<InArea>,
    budget_share: Vec<OfBudget>,
    occupied_value: Figure,
    paid: Vec<InYear>,
    uplift: Vec<InYear>,
    discounts: Vec<Off>,
}

/// The lines beside the saving of a full year; null where the assumption is not given.
#[derive(Serialize)]
struct Savings {
    people_known: u32,
    people_unknown: u32,
    assumed_year: Option<Figure>,
    this_year_at_once: Option<Figure>,
    first_year_evenly: Option<Figure>,
    expected_year: Option<Figure>,
    double_running: Option<Figure>,
    second_move: Option<Figure>,
}

/// A figure of an area; of the whole site without one.
#[derive(Serialize)]
pub(super) struct InArea {
    pub(super) area: Option<String>,
    pub(super) figure: Figure,
}

#[derive(Serialize)]
struct OfBudget {
    area: String,
    year: String,
    part: Option<String>,
    figure: Figure,
}

#[derive(Serialize)]
struct InYear {
    year: String,
    figure: Figure,
}

#[derive(Serialize)]
struct Off {
    provider: String,
    year: String,
    figure: Figure,
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

/// Every figure about money.
pub(super) fn sums(market: &Market, money: &Money, ledger: &mut Ledger) -> Sums {
    let entered = Reading::AsEntered;
    Sums {
        savings: Each::from(|scenario| {
            let saving = money.savings.iter().find(|saving| saving.scenario == scenario);
            saving.map(|saving| savings(saving, ledger))
        }),
        local_share: money
            .local_share
            .iter()
            .map(|(area, traced)| InArea {
                area: area.as_ref().map(ToString::to_string),
                figure: ledger.traced(entered, NAMED, traced, local(&traced.value)),
            })
            .collect(),
        budget_share: money
            .budget_share
            .iter()
            .map(|(at, traced)| {
                let (budget, share) = (&market.spend.budgets[*at], &traced.value);
                let value = json!({
                    "budget_pence": whole(share.budget_pence),
                    "local_pence": [whole(share.local_low), whole(share.local_high)],
                    "share": share.range().map(both),
                });
                OfBudget {
                    area: budget.area.to_string(),
                    year: budget.year.to_string(),
                    part: budget.part.clone(),
                    figure: ledger.traced(entered, NAMED, traced, value),
                }
            })
            .collect(),
        occupied_value: concentration(&money.occupied_value, ledger),
        paid: money
            .paid
            .iter()
            .map(|(year, traced)| InYear {
                year: year.to_string(),
                figure: concentration(traced, ledger),
            })
            .collect(),
        uplift: uplift(money, ledger),
        discounts: discounts(money, ledger),
    }
}

fn savings(saving: &Saving, ledger: &mut Ledger) -> Savings {
    let mut line = |traced: &Option<Traced<i128>>| {
        let traced = traced.as_ref()?;
        Some(ledger.traced(saving.scenario, PENCE, traced, whole(traced.value)))
    };
    Savings {
        people_known: saving.people_known,
        people_unknown: saving.people_unknown,
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
            });
            ledger.traced(saving.scenario, NAMED, traced, value)
        }),
    }
}

fn local(share: &LocalShare) -> Value {
    let three = [share.local, share.out_of_area]
        .map(|pence| json!([whole(pence.low), whole(pence.known), whole(pence.high)]));
    let [local, out_of_area] = three;
    json!({
        "local_week_pence": local,
        "out_of_area_week_pence": out_of_area,
        "share": share.share().map(Rational::to_float),
        "share_range": share.range().map(both),
        "unpriced": share.unpriced,
    })
}

fn concentration(traced: &Traced<Concentration>, ledger: &mut Ledger) -> Figure {
    let shares = &traced.value;
    let providers: Vec<Value> = shares
        .ranking
        .iter()
        .map(|(provider, pence)| json!({"provider": provider.to_string(), "pence": whole(*pence)}))
        .collect();
    let value = json!({
        "band": shares.index().map(band),
        "index": shares.index().map(Rational::to_float),
        "top_3_share": shares.top(3).map(Rational::to_float),
        "providers": providers,
        "unstated": shares.unstated,
    });
    ledger.traced(Reading::AsEntered, NAMED, traced, value)
}

fn uplift(money: &Money, ledger: &mut Ledger) -> Vec<InYear> {
    let line = |(year, traced): &(Year, Traced<Uplift>)| {
        let uplift = &traced.value;
        let value = json!({
            "paid_pence": whole(uplift.paid_pence),
            "asked_pence": whole(uplift.asked_pence),
            "agreed_pence": whole(uplift.agreed_pence),
            "avoided_pence": whole(uplift.avoided_pence),
            "unstated": uplift.unstated,
        });
        InYear {
            year: year.to_string(),
            figure: ledger.traced(Reading::AsEntered, NAMED, traced, value),
        }
    };
    money.uplift.iter().map(line).collect()
}

fn discounts(money: &Money, ledger: &mut Ledger) -> Vec<Off> {
    money
        .discounts
        .iter()
        .map(|(provider, year, traced)| {
            let value = json!({
                "paid_pence": whole(traced.value.paid_pence),
                "off_pence": whole(traced.value.off_pence),
            });
            Off {
                provider: provider.to_string(),
                year: year.to_string(),
                figure: ledger.traced(Reading::AsEntered, NAMED, traced, value),
            }
        })
        .collect()
}

/// The convention of merger guidelines for an index.
fn band(index: Rational) -> &'static str {
    match concentration::band(index) {
        Band::Low => "low",
        Band::Moderate => "moderate",
        Band::High => "high",
    }
}

/// Pence as a number of the file, which stays at its largest where a sum is beyond all money.
pub(super) fn whole(pence: i128) -> i64 {
    i64::try_from(pence).unwrap_or(if pence < 0 { i64::MIN } else { i64::MAX })
}

/// The two ends of a share.
pub(super) fn both((low, high): (Rational, Rational)) -> [f64; 2] {
    [low.to_float(), high.to_float()]
}
