//! Lines as an earlier edition told them.

use std::collections::BTreeSet;

use super::{AlsoWanted, Band, BedRanges, PriceBand, PublicGap, PublicGaps, offer};
use crate::evidence::analysis::Specification;
use crate::evidence::market::{AreaId, LevelId, Market, NeedId};

impl PublicGap {
    /// A listed gap as it was told; what local services offer of it is as it is now.
    pub(in crate::evidence::disclosure) fn told(
        market: &Market,
        (id, specification): (String, Specification),
        people: Band,
        beds: Option<BedRanges>,
        price: Option<PriceBand>,
    ) -> PublicGap {
        let offer = offer::local(market, &specification);
        PublicGap { id, specification, people, beds, price, offer }
    }

    /// Whether both are told alike, whatever local services offer.
    pub(in crate::evidence::disclosure) fn is_told_like(&self, other: &PublicGap) -> bool {
        let facts = |gap: &PublicGap| {
            (gap.id.clone(), gap.specification.clone(), gap.people, gap.beds, gap.price)
        };
        facts(self) == facts(other)
    }
}

impl AlsoWanted {
    /// A line as it was told.
    pub(in crate::evidence::disclosure) fn told(
        area: AreaId,
        level: LevelId,
        wanted: BTreeSet<NeedId>,
        people: Band,
    ) -> AlsoWanted {
        AlsoWanted { area, level, wanted, people }
    }

    /// Whether both are told alike.
    pub(in crate::evidence::disclosure) fn is_told_like(&self, other: &AlsoWanted) -> bool {
        let facts = |line: &AlsoWanted| {
            (line.area.clone(), line.level.clone(), line.wanted.clone(), line.people)
        };
        facts(self) == facts(other)
    }
}

impl PublicGaps {
    /// All lines as they were told, in their order.
    pub(in crate::evidence::disclosure) fn told(
        least: u32,
        listed: Vec<PublicGap>,
        also_wanted: Vec<AlsoWanted>,
    ) -> PublicGaps {
        PublicGaps { least, listed, also_wanted }
    }

    /// Whether both tell the same lines.
    pub(in crate::evidence::disclosure) fn are_told_like(&self, other: &PublicGaps) -> bool {
        self.least == other.least
            && self.listed.len() == other.listed.len()
            && self.also_wanted.len() == other.also_wanted.len()
            && self.listed.iter().zip(&other.listed).all(|(a, b)| a.is_told_like(b))
            && self.also_wanted.iter().zip(&other.also_wanted).all(|(a, b)| a.is_told_like(b))
    }
}
