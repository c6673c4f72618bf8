//! The answer as a whole, in each of the three readings.

use serde::Serialize;

use super::figure::{Figure, Ledger};
use super::formula::Formula;
use crate::evidence::analysis::{Position, Ranges, Scenario};
use crate::evidence::market::Market;

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
    /// People placed by row.
    pub(super) placed: Vec<u32>,
}

impl<'m> Each<Matched<'m>> {
    /// What follows from the matching in each scenario.
    pub(super) fn read(market: &'m Market, ranges: &Ranges) -> Each<Matched<'m>> {
        Each::from(|scenario| {
            let solved = match scenario {
                Scenario::Low => &ranges.low,
                Scenario::Central => &ranges.central,
                Scenario::High => &ranges.high,
            };
            let position = Position::today(market, scenario);
            Matched { position, placed: solved.best.placed.clone() }
        })
    }
}

/// The totals of one scenario.
#[derive(Serialize)]
pub(super) struct Answers {
    need: Figure,
    placed: Figure,
    residual: Figure,
    vacancies: Figure,
}

/// The totals of each scenario.
pub(super) fn answers(readings: &Each<Matched>, ledger: &mut Ledger) -> Each<Answers> {
    Each::from(|scenario| {
        let Matched { position, placed } = readings.of(scenario);
        let in_need = (0..placed.len()).filter(|row| position.need[*row] > 0);
        let open = position.services.iter().zip(&position.capacity);
        let open = open.filter(|(_, vacancies)| **vacancies > 0).map(|(service, _)| *service);
        let rows = ledger.lines(in_need.clone(), []);
        let services = ledger.lines([], open.clone());
        let both = ledger.lines(in_need, open);
        let need: u32 = position.need.iter().sum();
        let home: u32 = placed.iter().sum();
        let vacancies: u32 = position.capacity.iter().sum();
        let mut figure = |formula, value, inputs| ledger.figure(formula, scenario, value, inputs);
        Answers {
            need: figure(Formula::Need, need, rows),
            placed: figure(Formula::Placed, home, both),
            residual: figure(Formula::Residual, need - home, both),
            vacancies: figure(Formula::Vacancies, vacancies, services),
        }
    })
}
