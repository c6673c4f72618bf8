//! Parameters of the analysis and the assumptions it may cite.

use std::collections::{BTreeMap, BTreeSet};

use super::growth::Growth;
use super::ids::{LevelId, NeedId};
use super::quantities::{Pence, Ratio};
use super::service::Rating;

/// Most needs that `max_tags` may ask for. Every mix of so many needs is tried, and a service for
/// still more needs is no specification any more.
pub(in crate::evidence) const MOST_TAGS: usize = 4;

/// The size of a listed gap is told as a band that holds at least so many numbers of people.
pub(in crate::evidence) const FEWEST_SIZES: u32 = 4;

/// What makes one listed gap come before another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Objective {
    /// More people.
    #[default]
    People,
    /// More money saved in a year.
    NetSaving,
}

/// Parameters of gap-analysis §15.16; each has a default, and the method page prints them all.
#[derive(Clone, Debug)]
pub struct Parameters {
    /// Days from the as-at date within which an opening counts as a vacancy.
    pub wait_days: u32,
    /// How many levels a person who is ready may step down.
    pub max_step: u32,
    /// Lowest quality score at which a service counts.
    pub quality_floor: u8,
    /// A rating at or below this one fails the quality filter.
    pub regulator_floor: Option<Rating>,
    /// Vacancies assumed in the optimistic case where nothing is known.
    pub unknown_vacancy_hi: u32,
    /// Fewest people for whom a gap is listed.
    pub min_people: u32,
    /// Most people for whom one gap is listed.
    pub max_people: u32,
    /// Most needs that one listed service combines.
    pub max_tags: u32,
    /// Most gaps listed.
    pub max_specs: u32,
    /// What one need more adds to the weekly price of a listed service.
    pub(in crate::evidence) tag_premium: Pence,
    /// What taking detained people adds to it.
    pub(in crate::evidence) detained_premium: Pence,
    /// Which gaps are listed first.
    pub objective: Objective,
    /// Accepted chance that a service of the proposed size is full.
    pub full_probability: Ratio,
    /// Weeks in a year of cost.
    pub weeks_per_year: u32,
    /// Whether to tell how many could come home if moves were coordinated (gap-analysis §9).
    pub exchange: bool,
    /// Needs that may not be combined in one listed service.
    pub forbidden_pairs: BTreeSet<(NeedId, NeedId)>,
    /// Levels at which a listed service may be for any gender.
    pub any_gender_levels: BTreeSet<LevelId>,
    /// Days between reviews, by need.
    pub review_intervals_days: BTreeMap<NeedId, u32>,
    /// How need grows from year to year; none is assumed where nothing is said.
    pub growth: Growth,
    /// Names of the parameters that the publisher has set.
    pub stated: BTreeSet<&'static str>,
}

impl Parameters {
    /// What one need more, and what taking detained people, adds to the price of a listed service,
    /// in pence a week. They are assumed, and the method page prints them.
    pub fn premiums_pence(&self) -> [i64; 2] {
        [self.tag_premium.raw(), self.detained_premium.raw()]
    }
}

impl Default for Parameters {
    fn default() -> Parameters {
        Parameters {
            wait_days: 0,
            max_step: 1,
            quality_floor: 2,
            regulator_floor: Some(Rating::Inadequate),
            unknown_vacancy_hi: 2,
            min_people: 6,
            max_people: 12,
            max_tags: 2,
            max_specs: 50,
            tag_premium: Pence::new(0),
            detained_premium: Pence::new(0),
            objective: Objective::People,
            full_probability: Ratio { num: 5, den: 100 },
            weeks_per_year: 52,
            exchange: false,
            forbidden_pairs: BTreeSet::new(),
            any_gender_levels: BTreeSet::new(),
            review_intervals_days: BTreeMap::new(),
            growth: Growth::default(),
            stated: BTreeSet::new(),
        }
    }
}

/// A number that the publisher assumes, with where it comes from.
#[derive(Clone, Debug)]
pub struct Assumption {
    /// Its id.
    pub id: String,
    /// The number, as written.
    pub value: String,
    /// Its unit.
    pub unit: String,
    /// Where it comes from.
    pub source: String,
    /// The day it was true.
    pub as_at: Option<jiff::civil::Date>,
    /// What else should be known about it.
    pub note: Option<String>,
}
