//! Beds for a gap, worked out from the ends of its band and never from a count.

use super::band::Band;
use crate::evidence::analysis::beds;
use crate::evidence::market::{Beds, LevelId, Market};

/// Beds for the lower and the upper end of a band; no upper end for "or more".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BedRange {
    /// For the lower end.
    pub low: Beds,
    /// For the upper end.
    pub high: Option<Beds>,
}

/// Beds by both rules of gap-analysis §7.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BedRanges {
    /// So many beds that the target share of them is used.
    pub by_occupancy: BedRange,
    /// So many that a place is seldom refused because all are full.
    pub seldom_full: BedRange,
}

impl BedRanges {
    /// From the fewest beds by either rule to the most.
    pub fn both(self) -> BedRange {
        let (one, other) = (self.by_occupancy, self.seldom_full);
        BedRange {
            low: one.low.min(other.low),
            high: one.high.zip(other.high).map(|(one, other)| one.max(other)),
        }
    }
}

/// Beds for a band of people at a level; nothing where the level has no target occupancy.
pub(super) fn beds(market: &Market, level: &LevelId, people: Band) -> Option<BedRanges> {
    let target = market.vocabulary.levels.get(level)?.target_occupancy?;
    let chance = market.parameters.full_probability;
    let low = beds::sizes(people.low(), target, chance);
    let high = people.high().map(|people| beds::sizes(people, target, chance));
    Some(BedRanges {
        by_occupancy: BedRange { low: low.by_occupancy, high: high.map(|high| high.by_occupancy) },
        seldom_full: BedRange { low: low.by_refusals, high: high.map(|high| high.by_refusals) },
    })
}
