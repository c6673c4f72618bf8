//! Who lives in each area, year by year, and how often a need is expected among them.

use std::collections::BTreeMap;

use super::ids::{AreaId, NeedId};
use super::quantities::Ratio;

/// People by area, year and number of the age band in the vocabulary: public counts.
///
/// The table is complete: every area in it has every year and every age band in it, and the year of
/// the as-at date is one of the years.
#[derive(Clone, Debug, Default)]
pub struct Population {
    people: BTreeMap<AreaId, BTreeMap<(i16, usize), u32>>,
}

impl Population {
    /// Enters one count; gives back the one that stood there.
    pub(in crate::evidence) fn enter(
        &mut self,
        area: AreaId,
        year: i16,
        band: usize,
        people: u32,
    ) -> Option<u32> {
        self.people.entry(area).or_default().insert((year, band), people)
    }

    /// People of an age band; absent where the table has none.
    pub fn people(&self, area: &str, year: i16, band: usize) -> Option<u32> {
        self.people.get(area)?.get(&(year, band)).copied()
    }

    /// The areas of the table, in order of their ids.
    pub fn areas(&self) -> impl Iterator<Item = &AreaId> {
        self.people.keys()
    }

    /// The years and age bands that any area has.
    pub fn cells(&self) -> impl Iterator<Item = (i16, usize)> {
        self.people.values().flat_map(|cells| cells.keys().copied())
    }
}

/// How many people of an age band have a need, for each person of the band.
#[derive(Clone, Debug)]
pub struct NeedRate {
    /// The need.
    pub need: NeedId,
    /// Number of the age band in the vocabulary.
    pub band: usize,
    /// The share of people who have it.
    pub share: Ratio,
    /// Where the share comes from.
    pub source: String,
}
