//! What follows from the facts: who could come home, who could not, and what each area has.
//!
//! Pure functions from a [`Market`] to an [`Analysis`]. Capability is matched person by person, in
//! whole numbers; need is never the difference of two totals. Nothing here is published: every
//! count goes through `disclosure`. Start reading at [`analyse`], then `compatibility`.

mod assignment;
mod cell;
mod compatibility;
mod counts;
mod scenario;
#[cfg(test)]
mod tests;

use super::market::Market;

pub use cell::{CellKey, Measure, Unit};
pub(in crate::evidence) use cell::{Count, Counts};
pub(in crate::evidence) use scenario::Scenario;

/// The exact results. Readable inside `evidence` only.
#[derive(Debug)]
pub struct Analysis {
    pub(in crate::evidence) counts: Counts,
}

/// What the matching says about one row of placements in one scenario.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::evidence) struct RowResult {
    /// People who need a place nearer home.
    pub(in crate::evidence) need: u32,
    /// Of these, people whom today's vacancies could take.
    pub(in crate::evidence) placed: u32,
}

/// Computes everything that the site may tell, exactly.
pub fn analyse(market: &Market) -> Analysis {
    let rows = match_people(market, Scenario::Central);
    Analysis { counts: counts::tabulate(market, &rows) }
}

/// The unique best assignment of people to vacancies in one scenario, row by row in file order.
pub(in crate::evidence) fn match_people(market: &Market, scenario: Scenario) -> Vec<RowResult> {
    let services: Vec<_> =
        market.providers.values().flat_map(|provider| &provider.services).collect();
    let horizon = scenario::horizon(market);
    let capacity: Vec<u32> = services
        .iter()
        .map(|service| scenario.vacancies(service, &market.parameters, horizon))
        .collect();
    let need: Vec<u32> = market.placements.iter().map(|row| scenario.need(row)).collect();
    let fits: Vec<Vec<usize>> = market
        .placements
        .iter()
        .zip(&need)
        .map(|(row, need)| {
            // Services without vacancies cannot take part in any augmenting path.
            (0..services.len())
                .filter(|at| *need > 0 && capacity[*at] > 0)
                .filter(|at| compatibility::check(market, scenario, row, services[*at]).is_ok())
                .collect()
        })
        .collect();
    let order = assignment::priority(&market.placements);
    let placed = assignment::assign(&need, &order, &capacity, &fits);
    need.into_iter().zip(placed).map(|(need, placed)| RowResult { need, placed }).collect()
}
