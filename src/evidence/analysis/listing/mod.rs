//! Listed gaps: what a new service would have to be to take people who have no place (§6).

use std::collections::BTreeSet;

use super::compatibility::Filter;
use super::matching::Contention;
use crate::evidence::market::{AgeRange, AreaId, GenderTaken, LegalId, LevelId, NeedId, ServiceId};

/// What a service must offer to close a gap.
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
    /// The rows they come from: number of the placement, people.
    pub(in crate::evidence) takes: Vec<(usize, u32)>,
    /// Of everybody whom the specification covers: lowest in the low scenario, highest in the high.
    pub(in crate::evidence) range: Contention,
    /// Weekly price for one person that the assumptions give, in pence; absent without a default.
    pub(in crate::evidence) weekly_price_pence: Option<i64>,
    /// The service that comes closest, and the one thing it lacks.
    pub(in crate::evidence) nearest: Option<(ServiceId, Filter)>,
}

/// All listed gaps, and the people whom none of them takes.
#[derive(Clone, Default)]
pub(in crate::evidence) struct Listing {
    /// In the order in which they were chosen, which is never published.
    pub(in crate::evidence) gaps: Vec<Listed>,
    /// Rows with people left over: number of the placement, people.
    pub(in crate::evidence) unlisted: Vec<(usize, u32)>,
}
