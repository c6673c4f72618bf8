//! People of one home with the same needs.

use serde::Serialize;

use super::figure::{Figure, Ledger, Reading};
use super::formula::Formula;
use super::rows::ids;
use crate::evidence::analysis::{Contention, Ranges, Scenario, by_home_and_needs};
use crate::evidence::market::Market;

/// One group.
#[derive(Serialize)]
pub(super) struct Group {
    home: String,
    /// Null when unknown.
    needs: Option<Vec<String>>,
    need: Figure,
    placed: Figure,
    gap: Figure,
    contention: Figure,
    published: Figure,
}

/// All groups, by home and then by needs.
pub(super) fn groups(market: &Market, ranges: &Ranges, ledger: &mut Ledger) -> Vec<Group> {
    let groups = by_home_and_needs(market, ranges);
    let central = Scenario::Central;
    groups
        .into_iter()
        .map(|group| {
            let lines = ledger.lines(group.rows, []);
            Group {
                home: group.key.home.to_string(),
                needs: group.key.needs.as_ref().map(ids),
                need: ledger.figure(Formula::Need, central, group.need, lines),
                placed: ledger.figure(Formula::Placed, central, group.placed, lines),
                gap: ledger.figure(Formula::Residual, central, group.gap, lines),
                contention: ledger.figure(
                    Formula::Contention,
                    central,
                    ends(group.contention),
                    lines,
                ),
                published: ledger.figure(
                    Formula::PublishedRange,
                    Reading::LowToHigh,
                    ends(group.published),
                    lines,
                ),
            }
        })
        .collect()
}

/// The two ends of a range.
pub(super) fn ends(range: Contention) -> Vec<u32> {
    vec![range.low, range.high]
}
