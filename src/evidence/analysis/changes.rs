//! Which changes count by a day, in one scenario (gap-analysis §3 and §15.4).

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::scenario::{self, Scenario};
use crate::evidence::market::{Certainty, Change, Market, Service, ServiceId, Subject};

/// Who is told the answer, and so what may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) enum Audience {
    /// Everybody: only changes with `public: yes`, free places as far as their provider lets them
    /// be told, and scores that are published. A figure in which anything else counts would tell of
    /// it.
    Public,
    /// The commissioner's own analyst: everything.
    Commissioner,
}

/// Changes that the commissioner's answer of today counts in some scenario, and published figures
/// do not, in the order of the file.
pub(in crate::evidence) fn untold(market: &Market) -> impl Iterator<Item = &Change> {
    let by = scenario::horizon(market);
    // Every opening counts in the hopeful scenario, and every closure in the cautious one.
    market.changes.iter().filter(move |change| {
        let counts = |scenario| counts(change, scenario, by);
        !change.public && (counts(Scenario::Low) || counts(Scenario::High))
    })
}

/// Places that open and close by a day: the sum of all changes that count, for each service.
pub(super) struct Changes<'m> {
    net_places: BTreeMap<&'m ServiceId, i64>,
    /// Services that exist by then and did not before.
    new: Vec<&'m Service>,
}

impl<'m> Changes<'m> {
    /// The changes due by a day that an audience may read. Hopefully: every opening and the
    /// closures that are decided; cautiously: the other way round.
    pub(super) fn due(
        market: &'m Market,
        scenario: Scenario,
        by: Date,
        audience: Audience,
    ) -> Changes<'m> {
        let mut changes = Changes { net_places: BTreeMap::new(), new: Vec::new() };
        let may_tell = |change: &Change| change.public || audience == Audience::Commissioner;
        let due = market.changes.iter().filter(|change| counts(change, scenario, by));
        for change in due.filter(|change| may_tell(change)) {
            let id = match &change.subject {
                Subject::Service(id) => id,
                Subject::New(service) => {
                    changes.new.push(service);
                    &service.id
                }
            };
            *changes.net_places.entry(id).or_default() += i64::from(change.delta_places);
        }
        changes
    }

    /// Services that exist by then and did not before, in the order of the file.
    pub(super) fn new_services(&self) -> impl Iterator<Item = &'m Service> {
        self.new.iter().copied()
    }

    /// Places that open in a service by then, less those that close.
    pub(super) fn net_places(&self, service: &Service) -> i64 {
        self.net_places.get(&service.id).copied().unwrap_or(0)
    }
}

/// Whether a change is due by a day, as a scenario reads it, and not in the numbers already.
fn counts(change: &Change, scenario: Scenario, by: Date) -> bool {
    let is_sure = match (change.delta_places > 0, scenario) {
        (true, Scenario::Low) | (false, Scenario::High) => true,
        _ => change.certainty == Certainty::Confirmed,
    };
    !change.in_record && change.date <= by && is_sure
}
