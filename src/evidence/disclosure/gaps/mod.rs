//! Gaps as they are told: every person without a place in exactly one line, and no line a count.
//!
//! Three tiers (disclosure §11): listed gaps, what else is wanted, and one sentence for everybody
//! whose needs would identify them. A size is told as a [`Band`], and beds are worked out from the
//! ends of the band. Lines stand in order of their bands and then of their keys, never of their
//! sizes or of the order in which they were found. Start reading at [`publish`], then `lines`.

mod asks;
mod band;
mod ids;
pub(super) mod lines;
mod offer;
mod price;
mod size;
#[cfg(test)]
mod tests;
mod told;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::policy::Policy;
use super::site_graph::Told;
use crate::evidence::analysis::{Analysis, Listed, Listing, Specification};
use crate::evidence::market::{Area, AreaId, AreaKind, LevelId, Market, NeedId};
use band::Sizes;
use lines::{Candidate, Group, Key, Line, Lines};

pub use asks::{Ask, NeedsOfLine, Offered, Verdict, verdict};
pub use band::Band;
pub use offer::{GapKind, LocalOffer, Nearest, Unlisted};
pub use price::{PriceBand, PriceBasis};
pub use size::{BedRange, BedRanges};

/// A listed gap as it is told.
#[derive(Clone, Debug)]
pub struct PublicGap {
    id: String,
    specification: Specification,
    people: Band,
    beds: Option<BedRanges>,
    price: Option<PriceBand>,
    offer: LocalOffer,
}

impl PublicGap {
    /// Its id, which is also the last part of its address.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What a service must offer.
    pub fn specification(&self) -> &Specification {
        &self.specification
    }

    /// How many people it is about.
    pub fn people(&self) -> Band {
        self.people
    }

    /// Beds for the two ends of the band; absent where the level has no target occupancy.
    pub fn beds(&self) -> Option<BedRanges> {
        self.beds
    }

    /// What a week may cost; absent where neither providers nor assumptions say so.
    pub fn price(&self) -> Option<PriceBand> {
        self.price
    }

    /// What local services offer of it.
    pub fn offer(&self) -> &LocalOffer {
        &self.offer
    }
}

/// People whose gaps are told together, because alone each would be too small.
#[derive(Clone, Debug)]
pub struct AlsoWanted {
    area: AreaId,
    level: LevelId,
    wanted: BTreeSet<NeedId>,
    people: Band,
}

impl AlsoWanted {
    /// Where they are from.
    pub fn area(&self) -> &AreaId {
        &self.area
    }

    /// The level of care they need.
    pub fn level(&self) -> &LevelId {
        &self.level
    }

    /// What they need, among them; not everybody needs all of it.
    pub fn wanted(&self) -> &BTreeSet<NeedId> {
        &self.wanted
    }

    /// How many they are.
    pub fn people(&self) -> Band {
        self.people
    }
}

/// All gaps as they are told. Whoever is in neither list is meant by the fixed sentence.
#[derive(Clone, Debug)]
pub struct PublicGaps {
    least: u32,
    listed: Vec<PublicGap>,
    also_wanted: Vec<AlsoWanted>,
}

impl PublicGaps {
    /// The fewest people for whom a line is told.
    pub fn fewest_people(&self) -> u32 {
        self.least
    }

    /// Listed gaps, the largest bands first.
    pub fn listed(&self) -> &[PublicGap] {
        &self.listed
    }

    /// The listed gap with this id.
    pub fn find(&self, id: &str) -> Option<&PublicGap> {
        self.listed.iter().find(|gap| gap.id == id)
    }

    /// What else is wanted, the largest bands first.
    pub fn also_wanted(&self) -> &[AlsoWanted] {
        &self.also_wanted
    }
}

/// Everybody without a place, and the listed gaps that may become lines. Sensitive.
pub(super) struct Draft {
    least: u32,
    groups: Vec<Group>,
    candidates: Vec<Candidate>,
    ids: Vec<String>,
}

impl Draft {
    /// Of a market.
    pub(super) fn new(policy: &Policy, market: &Market, analysis: &Analysis) -> Draft {
        let least = policy.fewest_in_line(market.parameters.min_people);
        let (groups, group_of) = groups(market, &analysis.residual);
        let ids = ids::of(market, &analysis.listing);
        let candidates = candidates(market, &analysis.listing, &ids, (&group_of, least));
        Draft { least, groups, candidates, ids }
    }

    /// Shares everybody out among lines that are not barred.
    pub(super) fn share_out(&self, barred: &BTreeSet<Key>) -> Lines {
        let lines = lines::share_out(&self.groups, &self.candidates, self.least, barred);
        debug_assert!(lines.is_partition_of(&self.groups), "nobody is lost or told twice");
        lines
    }

    /// What readers know of lines.
    pub(super) fn told<'a>(&'a self, lines: &'a Lines, given_up: &'a BTreeSet<Key>) -> Told<'a> {
        Told { groups: &self.groups, lines, least: self.least, given_up }
    }
}

/// Tells of each line what may be told.
pub(super) fn publish(
    market: &Market,
    analysis: &Analysis,
    draft: Draft,
    lines: Lines,
) -> PublicGaps {
    let Draft { least, ids, .. } = draft;
    let chosen: BTreeMap<&str, _> =
        ids.iter().map(String::as_str).zip(&analysis.listing.gaps).collect();
    let mut listed = Vec::new();
    let mut also_wanted = Vec::new();
    for (key, line) in lines.lines {
        let people = line.band();
        match key {
            Key::Listed(id) => {
                let Some(gap) = chosen.get(id.as_str()) else { continue };
                let wanted = gap.specification.clone();
                let Specification { area, level, .. } = &wanted;
                listed.push(PublicGap {
                    people,
                    beds: size::beds(market, level, people),
                    price: price::weekly(market, area, level, gap.weekly_price_pence),
                    offer: offer::local(market, &wanted),
                    specification: wanted,
                    id,
                });
            }
            _ => also_wanted.push(told(line, people)),
        }
    }
    listed.sort_by(|a, b| (Reverse(a.people), &a.id).cmp(&(Reverse(b.people), &b.id)));
    also_wanted.sort_by(|a, b| {
        let key = |line: &AlsoWanted| {
            (Reverse(line.people), line.level.clone(), line.area.clone(), line.wanted.clone())
        };
        key(a).cmp(&key(b))
    });
    PublicGaps { least, listed, also_wanted }
}

fn told(line: Line, people: Band) -> AlsoWanted {
    AlsoWanted { area: line.area, level: line.level, wanted: line.wanted, people }
}

/// Joins rows that are alike in home, level and needs. Returns the groups, and that of each row.
fn groups(market: &Market, residual: &[u32]) -> (Vec<Group>, Vec<usize>) {
    let mut numbers: BTreeMap<(&AreaId, &LevelId, BTreeSet<NeedId>), usize> = BTreeMap::new();
    let mut groups: Vec<Group> = Vec::new();
    let mut group_of = Vec::with_capacity(residual.len());
    for (row, people) in market.placements.iter().zip(residual) {
        let needs = row.needs.clone().unwrap_or_default();
        let at = *numbers.entry((&row.home, &row.level, needs.clone())).or_insert_with(|| {
            groups.push(Group {
                home: row.home.clone(),
                icb: market.areas.ancestor(&row.home, AreaKind::Icb).map(|icb| icb.id.clone()),
                places: places(market, &row.home),
                level: row.level.clone(),
                needs,
                people: 0,
            });
            groups.len() - 1
        });
        groups[at].people += people;
        group_of.push(at);
    }
    (groups, group_of)
}

/// How many areas that no other lies in the integrated care board of a home has.
fn places(market: &Market, home: &AreaId) -> u32 {
    let Some(icb) = market.areas.ancestor(home, AreaKind::Icb) else { return 0 };
    let is_place = |area: &&Area| {
        market.areas.is_within(&area.id, &icb.id) && market.areas.children(&area.id).is_empty()
    };
    market.areas.iter().filter(is_place).count() as u32
}

/// Listed gaps by id, so that the order in which they were found makes no difference.
///
/// A specification that is listed twice is told once, with the people of both: that there is a
/// second tells that the first has exactly the most people that a listing may have.
fn candidates(
    market: &Market,
    listing: &Listing,
    ids: &[String],
    (group_of, least): (&[usize], u32),
) -> Vec<Candidate> {
    let mut by_id: BTreeMap<&str, Vec<&Listed>> = BTreeMap::new();
    for (gap, id) in listing.gaps.iter().zip(ids) {
        by_id.entry(id).or_default().push(gap);
    }
    let candidate = |(id, gaps): (&str, Vec<&Listed>)| {
        let mut takes: BTreeMap<usize, u32> = BTreeMap::new();
        for (row, people) in gaps.iter().flat_map(|gap| &gap.takes) {
            *takes.entry(group_of[*row]).or_default() += people;
        }
        let wanted = &gaps.first()?.specification;
        Some(Candidate {
            id: id.to_owned(),
            area: wanted.area.clone(),
            level: wanted.level.clone(),
            sizes: Sizes::of_listed(&market.parameters, least, gaps.len() as u32),
            takes: takes.into_iter().collect(),
        })
    };
    by_id.into_iter().filter_map(candidate).collect()
}
