//! The answer row by row. A row is named by its file and line.

use serde::Serialize;

use super::figure::{Figure, Ledger};
use super::formula::Formula;
use super::scenarios::{Each, Matched};
use crate::evidence::analysis::{Scenario, funnels};
use crate::evidence::market::Market;

/// One row of placements.
#[derive(Serialize)]
pub(super) struct Row {
    row: String,
    home: String,
    level: String,
    /// Null when unknown.
    needs: Option<Vec<String>>,
    #[serde(flatten)]
    people: Each<InScenario>,
    /// Null when everybody has a place.
    funnel: Option<Figure>,
}

/// People of one row in one scenario.
#[derive(Serialize)]
pub(super) struct InScenario {
    need: Figure,
    placed: Figure,
}

/// All rows in the order of the files.
pub(super) fn rows(market: &Market, readings: &Each<Matched>, ledger: &mut Ledger) -> Vec<Row> {
    let Matched { position, placed, .. } = &readings.central;
    let left: Vec<usize> =
        (0..placed.len()).filter(|row| position.need[*row] > placed[*row]).collect();
    let mut funnels = left.iter().zip(funnels(position, &left)).peekable();
    let rows = market.placements.iter().enumerate();
    rows.map(|(at, row)| {
        let line = ledger.lines([at], []);
        let people = Each::from(|scenario| {
            let Matched { position, placed, .. } = readings.of(scenario);
            InScenario {
                need: ledger.figure(Formula::Need, scenario, position.need[at], line),
                placed: ledger.figure(Formula::Placed, scenario, placed[at], line),
            }
        });
        let funnel = funnels.next_if(|(row, _)| **row == at).map(|(_, funnel)| {
            ledger.figure(Formula::Funnel, Scenario::Central, funnel.0.to_vec(), line)
        });
        Row {
            row: ledger.name_of_row(at),
            home: row.home.to_string(),
            level: row.level.to_string(),
            needs: row.needs.as_ref().map(ids),
            people,
            funnel,
        }
    })
    .collect()
}

/// Ids as texts, in their order.
pub(super) fn ids<'a, T: ToString + 'a>(ids: impl IntoIterator<Item = &'a T>) -> Vec<String> {
    ids.into_iter().map(ToString::to_string).collect()
}
