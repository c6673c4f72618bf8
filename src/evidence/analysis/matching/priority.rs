//! Who comes first.

use std::cmp::Reverse;

use crate::evidence::market::Placement;

/// Row numbers in priority order: longest placed first (unknown last), then dearest, then by id.
pub(in crate::evidence::analysis) fn priority(rows: &[Placement]) -> Vec<usize> {
    let mut order: Vec<_> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let cost = row.weekly_cost.map_or(0, |pence| pence.raw());
            let since = (row.placed_since.is_none(), row.placed_since);
            (since, Reverse(cost), row.id.as_str(), at)
        })
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(_, _, _, at)| at).collect()
}
