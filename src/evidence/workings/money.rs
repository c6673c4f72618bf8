//! Where the money goes, what is paid to whom, and what prices come to.

use serde::Serialize;
use serde_json::{Value, json};

use super::figure::{Figure, Ledger, Reading};
use super::savings::{Savings, savings};
use super::scenarios::Each;
use crate::evidence::analysis::formula::Traced;
use crate::evidence::analysis::money::Money;
use crate::evidence::analysis::money::concentration::{self, Band, Concentration};
use crate::evidence::analysis::money::local_share::LocalShare;
use crate::evidence::analysis::money::payments::{ToCome, Uplift};
use crate::evidence::analysis::rational::Rational;
use crate::evidence::market::{Market, Year};

pub(super) const NAMED: &str = "each number in the unit of its name";

/// Every figure about money.
#[derive(Serialize)]
pub(super) struct Sums {
    savings: Each<Option<Savings>>,
    local_share: Vec<InArea>,
    budget_share: Vec<OfBudget>,
    occupied_value: Figure,
    paid: Vec<InYear>,
    uplift: Vec<InYear>,
    spend_to_come: Vec<InYear>,
    discounts: Vec<Off>,
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
        spend_to_come: spend_to_come(money, ledger),
        discounts: discounts(money, ledger),
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
        "is_below_half": share.is_below_half(),
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
        "top_3_mean_pence": shares.mean_of_top(3).map(|mean| whole(mean.rounded())),
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
            "avoided_points": uplift.avoided_points.map(Rational::to_float),
            "point_pence": uplift.point_pence().map(whole),
            "share_of_spend_at_most": uplift.share_of_spend_at_most.map(Rational::to_float),
            "unstated": uplift.unstated,
        });
        InYear {
            year: year.to_string(),
            figure: ledger.traced(Reading::AsEntered, NAMED, traced, value),
        }
    };
    money.uplift.iter().map(line).collect()
}

fn spend_to_come(money: &Money, ledger: &mut Ledger) -> Vec<InYear> {
    let line = |(year, traced): &(Year, Traced<ToCome>)| {
        let value = json!({
            "paid_pence": whole(traced.value.paid_pence),
            "after_pence": traced.value.after_pence.map(|pence| pence.map(whole)),
        });
        InYear {
            year: year.to_string(),
            figure: ledger.traced(Reading::AsEntered, NAMED, traced, value),
        }
    };
    money.spend_to_come.iter().map(line).collect()
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
