//! Services: one service stands in one place.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;

use super::area::Point;
use super::ids::{AreaId, LegalId, LevelId, NeedId, ServiceId, TypeId};
use super::provider::{Contact, Registration};
use super::quantities::{AgeRange, Beds, Pence, People, Vacancies};
use crate::sources::Span;

/// Whether a service takes people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It does.
    #[default]
    Active,
    /// It does not at present.
    Inactive,
    /// It has closed for good.
    Defunct,
    /// It is closed for a time, or dormant on the register.
    TemporarilyClosed,
}

/// Whom a service takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GenderTaken {
    /// Everybody.
    Any,
    /// Women.
    Female,
    /// Men.
    Male,
}

/// How a provider lets its vacancies be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Consent {
    /// The number.
    Exact,
    /// A band.
    Band,
    /// Only whether there are any; the default, because it tells least.
    #[default]
    YesNo,
}

/// The bands in which free places may be told: lowest and highest number. Above the last band it is
/// "or more".
pub(in crate::evidence) const VACANCY_BANDS: [(u32, u32); 4] = [(0, 0), (1, 2), (3, 5), (6, 10)];

impl Consent {
    /// The fewest free places that follow from what may be told, and whether that is the number.
    pub(in crate::evidence) fn fewest(self, vacancies: Vacancies) -> (u32, bool) {
        let count = vacancies.raw();
        match self {
            Consent::Exact => (count, true),
            Consent::YesNo => (count.min(1), count == 0),
            Consent::Band => match VACANCY_BANDS.iter().find(|(_, high)| count <= *high) {
                Some((low, high)) => (*low, low == high),
                None => (VACANCY_BANDS[VACANCY_BANDS.len() - 1].1 + 1, false),
            },
        }
    }

    /// The most free places that follow from what may be told; where there is no such number, the
    /// fewest.
    pub(in crate::evidence) fn most(self, vacancies: Vacancies) -> Result<u32, u32> {
        let (fewest, is_exact) = self.fewest(vacancies);
        let mut bands = VACANCY_BANDS.iter().filter(|_| self == Consent::Band);
        match (is_exact, bands.find(|(low, _)| *low == fewest)) {
            (true, _) => Ok(fewest),
            (false, Some((_, high))) => Ok(*high),
            (false, None) => Err(fewest),
        }
    }
}

/// How commissioners pay a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contract {
    /// Capacity bought whether used or not.
    Block,
    /// A place on a framework agreement.
    Framework,
    /// Bought for each person.
    Spot,
    /// A mixture of block and spot.
    CostAndVolume,
    /// A grant.
    Grant,
}

/// A rating by the regulator, from worst to best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rating {
    /// Inadequate.
    Inadequate,
    /// Requires improvement.
    RequiresImprovement,
    /// Good.
    Good,
    /// Outstanding.
    Outstanding,
}

/// What the regulator says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegulatorRating {
    /// The rating; absent when the service is not rated.
    pub rating: Option<Rating>,
    /// Day of the report.
    pub date: Option<Date>,
    /// Whether it was inherited from an earlier registration.
    pub inherited: bool,
}

/// Quality as seen by the regulator, the provider itself and a reviewer; never averaged.
#[derive(Clone, Default)]
pub struct Quality {
    /// The regulator's rating.
    pub regulator: Option<RegulatorRating>,
    /// The provider's own score and its day.
    pub own: Option<(u8, Option<Date>)>,
    /// The reviewer's score and its day. Published only if `reviewer_published`.
    pub(in crate::evidence) reviewer: Option<(u8, Option<Date>)>,
    /// Whether the reviewer's score may be told.
    pub(in crate::evidence) reviewer_published: bool,
}

/// Tells everything but the reviewer's score, whether it may be published or not.
impl fmt::Debug for Quality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Quality")
            .field("regulator", &self.regulator)
            .field("own", &self.own)
            .field("reviewer", &format_args!("withheld"))
            .finish()
    }
}

/// An address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// House and street, and what belongs to them.
    pub lines: Vec<String>,
    /// Town.
    pub city: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
}

/// One service.
#[derive(Clone, Debug)]
pub struct Service {
    /// Where its record stands.
    pub(in crate::evidence) span: Span,
    /// Its id, unique in the market.
    pub id: ServiceId,
    /// Its name.
    pub name: String,
    /// What it offers, as Markdown.
    pub description: Option<String>,
    /// Whether it does not exist yet. Such a service is in no directory and on no page; it stands
    /// for the places of a change only.
    pub(in crate::evidence) is_planned: bool,
    /// Whether it takes people.
    pub status: Status,
    /// What types of service it is.
    pub types: Vec<TypeId>,
    /// The regulator's words for its types that the vocabulary does not know.
    pub other_types: Vec<String>,
    /// Its level; without one it is listed but not analysed.
    pub level: Option<LevelId>,
    /// Needs it is verified to meet; absent when unknown.
    pub needs: Option<BTreeSet<NeedId>>,
    /// Needs that it says it meets.
    pub claimed: BTreeSet<NeedId>,
    /// The regulator's words for whom it is registered.
    pub registered_for: Vec<String>,
    /// Ages it takes.
    pub age: Option<AgeRange>,
    /// Genders it takes.
    pub gender: Option<GenderTaken>,
    /// What else is to be known about admission.
    pub admission_note: Option<String>,
    /// Legal statuses it takes; absent when unknown.
    pub legal: Option<BTreeSet<LegalId>>,
    /// Where it stands.
    pub area: Option<AreaId>,
    /// The only areas whose people it takes; empty when all in its scope.
    pub serves: Vec<AreaId>,
    /// Its address.
    pub address: Address,
    /// Its point.
    pub geo: Option<Point>,
    /// Its number on the regulator's register.
    pub cqc_location: Option<String>,
    /// Its own website, where it has one.
    pub website: Option<String>,
    /// Its own contact, where it has one.
    pub contact: Contact,
    /// Beds on the register.
    pub registered: Option<Beds>,
    /// Beds or places that can be used.
    pub places: Option<Beds>,
    /// People of the local areas living there.
    pub(in crate::evidence) occupied_local: Option<People>,
    /// People placed there from elsewhere.
    pub(in crate::evidence) occupied_imported: Option<People>,
    /// Places free now.
    pub(in crate::evidence) vacancies: Option<Vacancies>,
    /// How the vacancies may be told.
    pub vacancies_public: Consent,
    /// Day from which it takes people.
    pub available_from: Option<Date>,
    /// Day on which the numbers were true.
    pub as_of: Option<Date>,
    /// Price of a week; never published.
    pub(in crate::evidence) weekly_price: Option<Pence>,
    /// Quality.
    pub quality: Quality,
    /// How it is paid.
    pub contracts: Vec<Contract>,
    /// Where an imported record comes from.
    pub registration: Option<Registration>,
}

impl Service {
    /// Whether it takes people now or will again: closed services are listed, not analysed.
    pub fn is_open(&self) -> bool {
        self.status == Status::Active
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_of_the_reviewer_does_not_print() {
        let day = jiff::civil::date(1987, 6, 5);
        for reviewer_published in [false, true] {
            let quality = Quality {
                own: Some((3, None)),
                reviewer: Some((241, Some(day))),
                reviewer_published,
                ..Quality::default()
            };
            let text = format!("{quality:?} {quality:#?}");
            assert!(!text.contains("241") && !text.contains("1987"), "{text}");
            assert!(text.contains("own: Some((3, None)), reviewer: withheld"), "{text}");
        }
    }
}
