//! The answer as a whole, in each of the three readings.

use serde::Serialize;

use super::assumptions::{level_id, setting_id};
use super::figure::{Figure, Ledger};
use super::formula::Formula;
use crate::evidence::analysis::{Fits, LeastCost, Position, Ranges, Scenario, least_cost};
use crate::evidence::market::{Market, Service};

/// One thing for each scenario.
#[derive(Clone, Serialize)]
pub(super) struct Each<T> {
    pub(super) low: T,
    pub(super) central: T,
    pub(super) high: T,
}

impl<T> Each<T> {
    /// Makes one for each scenario.
    pub(super) fn from(mut make: impl FnMut(Scenario) -> T) -> Each<T> {
        Each {
            low: make(Scenario::Low),
            central: make(Scenario::Central),
            high: make(Scenario::High),
        }
    }

    /// The one of a scenario.
    pub(super) fn of(&self, scenario: Scenario) -> &T {
        match scenario {
            Scenario::Low => &self.low,
            Scenario::Central => &self.central,
            Scenario::High => &self.high,
        }
    }
}

/// A market in one reading, with its matching.
pub(super) struct Matched<'m> {
    pub(super) position: Position<'m>,
    /// The services that each row fits.
    pub(super) fits: Fits,
    /// People placed by row.
    pub(super) placed: Vec<u32>,
    /// The least that their places could cost.
    pub(super) cost: LeastCost,
}

impl<'m> Each<Matched<'m>> {
    /// What follows from the matching in each scenario.
    pub(super) fn read(market: &'m Market, ranges: &Ranges) -> Each<Matched<'m>> {
        let read = |scenario| {
            let solved = match scenario {
                Scenario::Low => &ranges.low,
                Scenario::Central => &ranges.central,
                Scenario::High => &ranges.high,
            };
            let placed = solved.best.placed.clone();
            let position = Position::today(market, scenario);
            let fits = Fits::of(&position);
            let cost = least_cost(&position, &fits, &placed);
            Matched { position, fits, placed, cost }
        };
        let (low, (central, high)) = rayon::join(
            || read(Scenario::Low),
            || rayon::join(|| read(Scenario::Central), || read(Scenario::High)),
        );
        Each { low, central, high }
    }
}

/// The totals of one scenario.
#[derive(Serialize)]
pub(super) struct Answers {
    need: Figure,
    placed: Figure,
    residual: Figure,
    vacancies: Figure,
    least_weekly_price: Figure,
    placed_unknown_cost: Figure,
    saving: Figure,
}

/// The totals of each scenario.
pub(super) fn answers(readings: &Each<Matched>, ledger: &mut Ledger) -> Each<Answers> {
    Each::from(|scenario| {
        let Matched { position, placed, cost, .. } = readings.of(scenario);
        let in_need = (0..placed.len()).filter(|row| position.need[*row] > 0);
        let open = position.services.iter().zip(&position.capacity);
        let open = open.filter(|(_, vacancies)| **vacancies > 0).map(|(service, _)| *service);
        let rows = ledger.lines(in_need.clone(), []);
        let services = ledger.lines([], open.clone());
        let both = ledger.lines(in_need, open.clone());
        let moved = ledger.lines((0..placed.len()).filter(|row| placed[*row] > 0), open);
        let need: u32 = position.need.iter().sum();
        let home: u32 = placed.iter().sum();
        let vacancies: u32 = position.capacity.iter().sum();
        let weeks = position.market.parameters.weeks_per_year;
        let defaults = cost.assumed.iter().map(|service| position.services[*service]);
        let defaults: Vec<String> = defaults.filter_map(price_default).collect();
        let mut figure = |formula, value, inputs| ledger.figure(formula, scenario, value, inputs);
        let price = serde_json::json!(cost.weekly_price_pence());
        let unknown = cost.unknown.people.into();
        let saving = serde_json::json!(cost.saving_pence_year(weeks));
        Answers {
            need: figure(Formula::Need, need.into(), rows),
            placed: figure(Formula::Placed, home.into(), both),
            residual: figure(Formula::Residual, (need - home).into(), both),
            vacancies: figure(Formula::Vacancies, vacancies.into(), services),
            least_weekly_price: figure(Formula::LeastWeeklyPrice, price, moved)
                .assuming(defaults.clone()),
            placed_unknown_cost: figure(Formula::PlacedUnknownCost, unknown, moved),
            saving: figure(Formula::Saving, saving, moved)
                .assuming(defaults)
                .assuming([setting_id("weeks_per_year")]),
        }
    })
}

/// The id of the price that is assumed for a service.
fn price_default(service: &Service) -> Option<String> {
    Some(level_id(service.level.as_ref()?.as_str(), "price_default"))
}
