//! The publisher's plan: places to be commissioned and decommissioned, year by year.

use std::collections::BTreeSet;

use super::ids::{AreaId, LevelId, NeedId};
use crate::sources::Span;

/// How far a step of the plan is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepStatus {
    /// It is proposed; the default.
    #[default]
    Proposed,
    /// It is agreed.
    Agreed,
    /// It stands service by service in `changes.yaml`, and counts there.
    Scheduled,
    /// It is done: the records of the services have it already.
    Done,
}

/// One line of the plan.
#[derive(Clone, Debug)]
pub struct PlanStep {
    /// Where it is written.
    pub span: Span,
    /// The year by whose as-at day the step is done.
    pub year: i16,
    /// Where.
    pub area: AreaId,
    /// At which level of care.
    pub level: LevelId,
    /// For which needs; empty when for all.
    pub needs: BTreeSet<NeedId>,
    /// Places to be commissioned; below zero, to be decommissioned. Never zero.
    pub delta_places: i32,
    /// How far it is.
    pub status: StepStatus,
    /// What else is to be known.
    pub note: Option<String>,
}
