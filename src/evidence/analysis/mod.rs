//! What follows from the facts: who could come home, who could not, and what each area has.
//!
//! Pure functions from a [`Market`] to an [`Analysis`]. Capability is matched person by person, in
//! whole numbers; need is never the difference of two totals. Nothing here is published: every
//! count goes through `disclosure`. Start reading at [`analyse`], then `compatibility`.

mod apportion;
pub(in crate::evidence) mod beds;
mod cell;
mod changes;
mod compatibility;
mod counts;
mod exchange;
mod fits;
pub(in crate::evidence) mod formula;
mod funnel;
mod groups;
mod least_cost;
mod listing;
mod matching;
mod measures;
pub(in crate::evidence) mod money;
pub(in crate::evidence) mod movement;
mod position;
mod projection;
mod range_cells;
mod ranges;
pub(in crate::evidence) mod rational;
mod reasons;
mod rehearsal;
mod scenario;
mod stability;
#[cfg(test)]
pub(in crate::evidence) mod tests;
mod transport;

use std::fmt;

use super::market::Market;
use ranges::Solved;

pub use cell::{CellKey, Measure, Unit};
pub(in crate::evidence) use cell::{Count, Counts};
pub(in crate::evidence) use changes::{Audience, untold};
pub(in crate::evidence) use compatibility::{
    Filter, Stand, is_good_enough, quality_fits, serves_home,
};
pub(in crate::evidence) use exchange::exchange;
pub(in crate::evidence) use fits::Fits;
pub(in crate::evidence) use funnel::funnels;
pub(in crate::evidence) use groups::by_home_and_needs;
pub(in crate::evidence) use least_cost::{LeastCost, least_cost};
pub use listing::Specification;
pub(in crate::evidence) use listing::{Listed, Listing, Nearest, covers};
pub(in crate::evidence) use matching::Contention;
pub(in crate::evidence) use measures::movement_and_money;
pub(in crate::evidence) use position::Position;
pub(in crate::evidence) use projection::{Projection, Standing, expected, years};
pub(in crate::evidence) use ranges::Ranges;
pub(in crate::evidence) use reasons::{barriers, kinds, worth_a_place, worth_asking};
pub use rehearsal::{Rehearsal, Size, rehearse, rehearse_ranges};
pub(in crate::evidence) use scenario::Scenario;
pub(in crate::evidence) use stability::shortfalls;
pub use stability::warnings;

/// The exact results. Readable inside `evidence` only.
pub struct Analysis {
    pub(in crate::evidence) counts: Counts,
    /// People of each row of placements who stay without a place in the central scenario.
    pub(in crate::evidence) residual: Vec<u32>,
    /// What would fill these gaps.
    pub(in crate::evidence) listing: Listing,
}

/// Tells no number of people, and not even how many rows there are.
impl fmt::Debug for Analysis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Analysis")
            .field("counts", &self.counts)
            .field("residual", &format_args!("withheld"))
            .field("listing", &self.listing)
            .finish()
    }
}

/// What the matching says about one row of placements in one scenario.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::evidence) struct RowResult {
    /// People who need a place nearer home.
    pub(in crate::evidence) need: u32,
    /// Of these, people whom today's vacancies could take.
    pub(in crate::evidence) placed: u32,
}

/// Computes everything that the site may tell, exactly. Changes that are not announced count in
/// nothing of it.
pub fn analyse(market: &Market) -> Analysis {
    let ranges = Ranges::in_public(market);
    let rows = row_by_row(&ranges.central);
    let residual = residual(&rows);
    let listing = listing::list(market, &residual, |groups| ranges.published(groups));
    let mut counts = counts::tabulate(market, &rows);
    range_cells::tabulate(market, &ranges, &mut counts);
    Analysis { counts, residual, listing }
}

/// What would take the people whom a matching leaves without a place.
pub(in crate::evidence) fn list(market: &Market, ranges: &Ranges) -> Listing {
    let residual = residual(&row_by_row(&ranges.central));
    listing::list(market, &residual, |groups| ranges.published(groups))
}

/// People of each row without a place.
fn residual(rows: &[RowResult]) -> Vec<u32> {
    rows.iter().map(|row| row.need - row.placed).collect()
}

/// The unique best assignment of people to vacancies, row by row in file order.
fn row_by_row(solved: &Solved) -> Vec<RowResult> {
    let placed = solved.best.placed.iter().enumerate();
    placed
        .map(|(row, placed)| RowResult { need: solved.instance.need(row), placed: *placed })
        .collect()
}

/// The unique best assignment of a market in one scenario, row by row in file order.
#[cfg(test)]
fn match_people(market: &Market, scenario: Scenario) -> Vec<RowResult> {
    row_by_row(&Solved::new(&position::Position::today(market, scenario)))
}
