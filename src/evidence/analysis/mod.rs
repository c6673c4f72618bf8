//! What follows from the facts: who could come home, who could not, and what each area has.
//!
//! Pure functions from a [`Market`] to an [`Analysis`]. Capability is matched person by person, in
//! whole numbers; need is never the difference of two totals. Nothing here is published: every
//! count goes through `disclosure`. Start reading at [`analyse`], then `compatibility`.

mod cell;
#[allow(dead_code, reason = "funnels and barriers will ask it")]
mod compatibility;
mod counts;
#[allow(dead_code, reason = "the workings will write it")]
pub(in crate::evidence) mod formula;
#[allow(dead_code, reason = "the workings will tell them")]
mod groups;
mod listing;
#[allow(dead_code, reason = "the cheapest assignment will start from it")]
mod matching;
#[allow(dead_code, reason = "the workings will write them")]
mod measures;
#[allow(dead_code, unused_imports, reason = "the workings will write it")]
pub(in crate::evidence) mod money;
#[allow(dead_code, unused_imports, reason = "the workings will write it")]
pub(in crate::evidence) mod movement;
#[allow(dead_code, reason = "barriers will ignore filters")]
mod position;
#[allow(dead_code, reason = "listings will ask for ranges")]
mod ranges;
#[allow(dead_code, reason = "the workings will write them")]
pub(in crate::evidence) mod rational;
mod rehearsal;
mod scenario;
#[cfg(test)]
mod tests;

use super::market::Market;
use matching::Instance;
use position::Position;

pub use cell::{CellKey, Measure, Unit};
pub(in crate::evidence) use cell::{Count, Counts};
#[allow(unused_imports, reason = "the workings will write them")]
pub(in crate::evidence) use measures::{Measures, movement_and_money};
pub use rehearsal::{Size, rehearse, rehearse_ranges};
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
    let position = Position::today(market, scenario);
    let placed = Instance::new(&position).place();
    position.need.into_iter().zip(placed).map(|(need, placed)| RowResult { need, placed }).collect()
}
