//! Listed gaps: what a new service would have to be to take people who have no place (§6).
//!
//! Candidates are drawn from the people who are left over, and the best is taken again and again.
//! Start reading at [`list`], then `greedy`; `coverage` says whom a specification covers.

mod candidates;
mod coverage;
mod greedy;
mod nearest;
mod tag_set;
mod words;

use std::collections::BTreeSet;
use std::fmt;

use super::beds::{Sizes, sizes};
use super::compatibility::Filter;
use super::matching::Contention;
use crate::evidence::market::{
    AgeRange, AreaId, GenderTaken, LegalId, LevelId, Market, NeedId, ServiceId,
};

pub(in crate::evidence) use coverage::covers;

/// What a service must offer to close a gap.
///
/// The order of specifications is that of their parts, one after the other; it settles the ties
/// that price and number of needs leave.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Specification {
    /// The area whose people it serves: of the kind that is the scope of the level.
    pub area: AreaId,
    /// The level of care.
    pub level: LevelId,
    /// The needs it must meet together; at least one.
    pub needs: BTreeSet<NeedId>,
    /// Ages: one band of the vocabulary.
    pub ages: AgeRange,
    /// Whom it takes.
    pub gender: GenderTaken,
    /// The legal statuses it takes: one, or all.
    pub legal: BTreeSet<LegalId>,
}

/// One gap that is listed. Everything but the specification is sensitive.
#[derive(Clone)]
pub(in crate::evidence) struct Listed {
    pub(in crate::evidence) specification: Specification,
    /// 1 for the first listing of this specification, 2 for the second, and so on.
    pub(in crate::evidence) ordinal: u32,
    /// People of the central residual whom it would take.
    pub(in crate::evidence) people: u32,
    /// The rows they come from, in order of priority: number of the placement, people.
    pub(in crate::evidence) takes: Vec<(usize, u32)>,
    /// Of everybody whom the specification covers: lowest in the low scenario, highest in the high.
    pub(in crate::evidence) range: Contention,
    /// Weekly price for one person that the assumptions give, in pence; absent without a default.
    pub(in crate::evidence) weekly_price_pence: Option<i64>,
    /// What a year would save; absent without a price.
    pub(in crate::evidence) saving: Option<Saving>,
    /// Beds for its people by both rules; absent without a target for occupancy. For the workings:
    /// what is published rests on the ends of a band.
    pub(in crate::evidence) sizes: Option<Sizes>,
    /// The service that comes closest.
    pub(in crate::evidence) nearest: Option<Nearest>,
}

/// What a listed gap would save in a year if its people moved. Sensitive.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::evidence) struct Saving {
    /// For people whose cost is known, in pence; below nothing where the new service is dearer.
    pub(in crate::evidence) known_pence_year: i64,
    /// People whose cost is not known. What is assumed for them is told in a line of its own.
    pub(in crate::evidence) people_of_unknown_cost: u32,
}

impl Saving {
    /// Lowest and highest saving in pence a year, if each person of unknown cost saves nothing or
    /// `assumed_pence_year` (gap-analysis §8).
    pub(in crate::evidence) fn range(self, assumed_pence_year: i64) -> (i64, i64) {
        let assumed = i64::from(self.people_of_unknown_cost) * assumed_pence_year;
        (self.known_pence_year, self.known_pence_year + assumed)
    }
}

/// An open service at the level and in the area of a specification that lacks one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct Nearest {
    pub(in crate::evidence) service: ServiceId,
    /// The one filter that it fails.
    pub(in crate::evidence) lacks: Filter,
    /// The needs that it is not listed as meeting; empty when it lacks something else.
    pub(in crate::evidence) missing_needs: BTreeSet<NeedId>,
}

/// All listed gaps, and the people whom none of them takes.
#[derive(Clone, Default)]
pub(in crate::evidence) struct Listing {
    /// In the order in which they were chosen, which is never published.
    pub(in crate::evidence) gaps: Vec<Listed>,
    /// Rows with people left over, in the order of the file: number of the placement, people.
    pub(in crate::evidence) unlisted: Vec<(usize, u32)>,
}

impl fmt::Debug for Listing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listing(withheld)")
    }
}

/// Lists what would take the people of `residual`, which holds for each row those without a place.
///
/// `ranges` gives the published ranges of groups of rows (gap-analysis §5.1). It is asked
/// about everybody whom a specification covers, also those who have a place.
pub(in crate::evidence) fn list(
    market: &Market,
    residual: &[u32],
    ranges: impl FnOnce(&[Vec<usize>]) -> Vec<Contention>,
) -> Listing {
    let (chosen, left) = greedy::choose(market, residual);
    let covered = |chosen: &greedy::Chosen| -> Vec<usize> {
        let rows = market.placements.iter().enumerate();
        rows.filter(|(_, row)| covers(market, &chosen.specification, row))
            .map(|(at, _)| at)
            .collect()
    };
    let ranges = ranges(&chosen.iter().map(covered).collect::<Vec<_>>());
    let gaps = chosen
        .into_iter()
        .zip(ranges)
        .map(|(chosen, range)| {
            let specification = chosen.specification;
            let price = chosen.weekly_price_pence;
            let people = chosen.takes.iter().map(|(_, people)| people).sum();
            let level = market.vocabulary.levels.get(&specification.level);
            let target = level.and_then(|level| level.target_occupancy);
            let full = market.parameters.full_probability;
            Listed {
                ordinal: chosen.ordinal,
                people,
                range,
                weekly_price_pence: price,
                saving: price.map(|price| greedy::saving(market, price, &chosen.takes)),
                sizes: target.map(|target| sizes(people, target, full)),
                nearest: nearest::find(market, &specification),
                takes: chosen.takes,
                specification,
            }
        })
        .collect();
    let unlisted = left.into_iter().enumerate().filter(|(_, people)| *people > 0).collect();
    Listing { gaps, unlisted }
}
