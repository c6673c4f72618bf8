//! Changes of supply that have a date: openings, closures and services that do not exist yet.
//!
//! A planned closure that gets about too early harms the people who live there. Nothing here
//! prints, and only a change that is marked public may ever be told.

use std::fmt;

use jiff::civil::Date;

use super::ids::ServiceId;
use super::service::Service;
use crate::sources::Span;

/// How sure a change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::evidence) enum Certainty {
    /// It is decided.
    Confirmed,
    /// It is likely.
    Probable,
}

/// What a change happens to.
#[derive(Clone)]
pub(in crate::evidence) enum Subject {
    /// A service of the directory.
    Service(ServiceId),
    /// A service that does not exist yet. Nothing is free in it before the change.
    New(Box<Service>),
}

/// Places that open or close on a day (gap-analysis §2).
#[derive(Clone)]
pub(in crate::evidence) struct Change {
    /// Where it is written.
    pub(in crate::evidence) span: Span,
    /// What it happens to.
    pub(in crate::evidence) subject: Subject,
    /// The first day on which the places are there, or are gone.
    pub(in crate::evidence) date: Date,
    /// Places that open; below zero, places that close. Never zero.
    pub(in crate::evidence) delta_places: i32,
    /// How sure it is.
    pub(in crate::evidence) certainty: Certainty,
    /// Why, in the publisher's words.
    pub(in crate::evidence) reason: Option<String>,
    /// Whether it may be told at all, and so count in published figures. No is the default.
    pub(in crate::evidence) public: bool,
    /// Whether the numbers of the service are from that day or a later one, so that the change is
    /// in them already (gap-analysis §15.4).
    pub(in crate::evidence) in_record: bool,
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Change(withheld)")
    }
}
