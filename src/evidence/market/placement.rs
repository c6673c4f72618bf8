//! People placed out of area. Every field of this record is sensitive.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;

use super::ids::{AreaId, LegalId, LevelId, NeedId, ServiceId};
use super::quantities::{AgeRange, Pence, PeopleRange};
use super::service::GenderTaken;
use crate::sources::Span;

/// Gender of the people of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::evidence) enum Gender {
    Female,
    Male,
}

impl Gender {
    /// Whether a service that takes `taken` takes this gender.
    pub(in crate::evidence) fn is_taken_by(self, taken: GenderTaken) -> bool {
        match taken {
            GenderTaken::Any => true,
            GenderTaken::Female => self == Gender::Female,
            GenderTaken::Male => self == Gender::Male,
        }
    }
}

/// Why somebody is placed out of area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) enum Reason {
    NoLocalPlace,
    NoLocalCapability,
    Choice,
    Safeguarding,
    Offending,
    RelativeOnUnit,
    TakenIllAway,
}

impl Reason {
    /// Being away is right for these people: they are counted apart, not as need
    /// (gap-analysis §15.1).
    pub(in crate::evidence) fn is_appropriate(self) -> bool {
        !matches!(self, Reason::NoLocalPlace | Reason::NoLocalCapability)
    }
}

/// One row of people placed out of area who are alike in everything that is recorded.
#[derive(Clone)]
pub struct Placement {
    pub(in crate::evidence) span: Span,
    /// A pseudonym, used to find rows entered twice and to break ties; never emitted.
    pub(in crate::evidence) id: String,
    pub(in crate::evidence) home: AreaId,
    pub(in crate::evidence) level: LevelId,
    /// Absent when unknown; empty when none are needed.
    pub(in crate::evidence) needs: Option<BTreeSet<NeedId>>,
    pub(in crate::evidence) age: Option<AgeRange>,
    pub(in crate::evidence) gender: Option<Gender>,
    pub(in crate::evidence) legal: Option<LegalId>,
    pub(in crate::evidence) people: PeopleRange,
    pub(in crate::evidence) weekly_cost: Option<Pence>,
    pub(in crate::evidence) review_due: Option<Date>,
    pub(in crate::evidence) last_review: Option<Date>,
    pub(in crate::evidence) ready: Option<bool>,
    pub(in crate::evidence) placed_since: Option<Date>,
    pub(in crate::evidence) current_service: Option<ServiceId>,
    pub(in crate::evidence) reason: Option<Reason>,
    /// Days that they stay.
    pub(in crate::evidence) stay_days: Option<u32>,
    #[allow(dead_code, reason = "checked, but no figure uses it yet")]
    pub(in crate::evidence) distance_km: Option<u32>,
}

impl fmt::Debug for Placement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Placement(withheld)")
    }
}
