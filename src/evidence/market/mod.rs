//! The facts of a market as their publisher entered them: areas, vocabulary, providers, placements.
//!
//! `record` holds the shapes of the files, `lower` turns them into the checked types beside it.
//! Nothing here computes a figure. Start reading at [`Market`].

mod area;
mod ids;
pub(in crate::evidence) mod lower;
mod parameters;
mod placement;
mod provider;
mod quantities;
mod record;
mod service;
mod settings;
mod vocabulary;

use std::collections::BTreeMap;

use crate::diagnostics::Outcome;
use crate::sources::SourceSet;

pub use area::{Area, AreaKind, AreaTree, Point};
pub use ids::{AreaId, LadderId, LegalId, LevelId, NeedId, ProviderId, ServiceId, TypeId};
pub use parameters::{Assumption, Parameters};
pub use placement::Placement;
pub use provider::{Contact, Provider, Registration, Sector};
pub use quantities::{AgeRange, Beds, Pence, People, PeopleRange, Ratio, Vacancies};
pub(in crate::evidence) use service::VACANCY_BANDS;
pub use service::{
    Address, Consent, Contract, GenderTaken, Quality, Rating, RegulatorRating, Service, Status,
};
pub use settings::{
    Accessibility, AccessibilityIssue, Compliance, Edition, Enforcement, Freshness, IssueReason,
    Licence, ProfileName, Settings, SiteStatus, Tested,
};
pub use vocabulary::{AgeBand, Ladder, Level, Need, ServiceType, Vocabulary};

/// Everything that was entered, checked.
///
/// The fields can be read inside `evidence` only; what may be told of them is decided by
/// `disclosure`.
#[derive(Debug)]
pub struct Market {
    pub(in crate::evidence) settings: Settings,
    pub(in crate::evidence) profile: ProfileName,
    pub(in crate::evidence) areas: AreaTree,
    pub(in crate::evidence) vocabulary: Vocabulary,
    pub(in crate::evidence) parameters: Parameters,
    pub(in crate::evidence) assumptions: Vec<Assumption>,
    pub(in crate::evidence) providers: BTreeMap<ProviderId, Provider>,
    pub(in crate::evidence) placements: Vec<Placement>,
}

/// Reads the data files of a site into a market.
///
/// There is a value only when all records of all kinds could be read; a gap table that lacks one
/// provider would be false. All diagnostics of all files are told at once.
pub fn read(sources: &SourceSet) -> Outcome<Market> {
    lower::market(sources)
}
