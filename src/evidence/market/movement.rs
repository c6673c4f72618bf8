//! How people move: along the pathway, back home, and into places on providers' own lists.
//!
//! All of it is about people and sensitive.

use std::fmt;

use super::ids::{AreaId, CohortId, ServiceId};
use super::quantities::PeopleRange;
use super::year::Year;
use crate::sources::Span;

/// Stages of the way from a place far away to a life nearer home, in their order (story S0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::evidence) enum PathwayStage {
    /// Somebody thinks that a move could be right.
    Identified,
    /// They were assessed.
    Assessed,
    /// The assessment found the move suitable.
    Suitable,
    /// They moved.
    Moved,
    /// They moved on to the community.
    Graduated,
}

impl PathwayStage {
    /// All stages in their order.
    pub(in crate::evidence) const ALL: [PathwayStage; 5] = [
        PathwayStage::Identified,
        PathwayStage::Assessed,
        PathwayStage::Suitable,
        PathwayStage::Moved,
        PathwayStage::Graduated,
    ];

    /// The name of its column.
    pub(in crate::evidence) const fn id(self) -> &'static str {
        match self {
            PathwayStage::Identified => "identified",
            PathwayStage::Assessed => "assessed",
            PathwayStage::Suitable => "suitable",
            PathwayStage::Moved => "moved",
            PathwayStage::Graduated => "graduated",
        }
    }
}

/// People of one cohort who reached each stage in one year: a row of `data/pathway.csv`.
#[derive(Clone)]
pub(in crate::evidence) struct Pathway {
    pub(in crate::evidence) span: Span,
    pub(in crate::evidence) cohort: CohortId,
    pub(in crate::evidence) year: Year,
    /// In the order of [`PathwayStage::ALL`]; absent when unknown.
    pub(in crate::evidence) people: [Option<PeopleRange>; 5],
}

/// People who came back in one year: a row of `data/returns.csv`.
#[derive(Clone)]
pub(in crate::evidence) struct Return {
    pub(in crate::evidence) span: Span,
    pub(in crate::evidence) cohort: CohortId,
    pub(in crate::evidence) year: Year,
    pub(in crate::evidence) commissioner: AreaId,
    pub(in crate::evidence) people: PeopleRange,
    /// Pence in that year; below zero when the new places cost more. Absent when unknown.
    pub(in crate::evidence) saving_pence: Option<i64>,
}

/// Who pays for a resident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::evidence) enum Funder {
    /// A commissioner of the site.
    Ours(AreaId),
    /// A commissioner elsewhere.
    Elsewhere,
    /// The resident.
    Own,
}

/// One resident on a provider's own list: a row of `data/resident_lists/*.csv`.
#[derive(Clone)]
pub(in crate::evidence) struct Resident {
    pub(in crate::evidence) span: Span,
    pub(in crate::evidence) service: ServiceId,
    /// Used to find the same person among the placements; never emitted.
    pub(in crate::evidence) pseudonym: String,
    /// Absent when unknown.
    pub(in crate::evidence) funder: Option<Funder>,
}

/// All that is known of movement.
#[derive(Clone, Default)]
pub(in crate::evidence) struct Movement {
    pub(in crate::evidence) pathway: Vec<Pathway>,
    pub(in crate::evidence) returns: Vec<Return>,
    pub(in crate::evidence) residents: Vec<Resident>,
}

impl fmt::Debug for Movement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Movement(withheld)")
    }
}
