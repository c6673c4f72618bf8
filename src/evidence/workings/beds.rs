//! What the beds of each level do in a year, and how many its admissions need.

use serde::Serialize;
use serde_json::json;

use super::assumptions::{level_id, setting_id};
use super::figure::{Figure, Ledger, Reading};
use crate::evidence::analysis::beds::{admissions, turnover};
use crate::evidence::analysis::rational::Rational;
use crate::evidence::market::Market;

const NAMED: &str = "each number in the unit of its name";

/// Beds by level.
#[derive(Serialize)]
pub(super) struct BedsInUse {
    turnover: Vec<Turned>,
    admissions: Vec<Admitted>,
}

/// The beds of a level in an area of its scope.
#[derive(Serialize)]
struct Turned {
    area: String,
    level: String,
    figure: Figure,
}

/// The beds that the admissions to a level need.
#[derive(Serialize)]
struct Admitted {
    level: String,
    figure: Figure,
}

/// Every figure about beds in use.
pub(super) fn beds(market: &Market, ledger: &mut Ledger) -> BedsInUse {
    let entered = Reading::AsEntered;
    let turnover = turnover(market).into_iter().map(|traced| {
        let beds = &traced.value;
        let at_target = beds.people_at_target;
        let value = json!({
            "beds": beds.beds.0,
            "people_at_target": at_target.num as f64 / at_target.den as f64,
            "refused_at_target": beds.refused_at_target,
            "mean_stay_days": beds.mean_stay_days.map(Rational::to_float),
            "people_a_year": beds.people_a_year.map(Rational::to_float),
        });
        let figure = ledger.traced(entered, NAMED, &traced, value);
        let target = level_id(beds.level.as_str(), "target_occupancy");
        Turned {
            area: beds.area.to_string(),
            level: beds.level.to_string(),
            figure: figure.assuming([target]),
        }
    });
    let turnover = turnover.collect();
    let admissions = admissions(market).into_iter().map(|traced| {
        let admitted = &traced.value;
        let value = json!({
            "admissions_a_year": admitted.a_year,
            "mean_stay_days": admitted.mean_stay_days.to_float(),
            "load": admitted.load.erlangs(),
            "beds": admitted.beds.0,
        });
        let figure = ledger.traced(entered, NAMED, &traced, value);
        Admitted {
            level: admitted.level.to_string(),
            figure: figure.assuming([setting_id("full_probability")]),
        }
    });
    BedsInUse { turnover, admissions: admissions.collect() }
}
