//! Three readings of incomplete facts, from hopeful to cautious (gap-analysis §3 and §15).

use jiff::ToSpan;
use jiff::civil::Date;

use crate::evidence::market::{Beds, Market, Parameters, Placement, Service};

/// How gaps in the facts are read. Each later reading never finds more places than the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::evidence) enum Scenario {
    /// Hopeful: the smallest gap that the facts allow.
    Low,
    /// The reading that is published.
    Central,
    /// Cautious: the largest gap that the facts allow.
    High,
}

/// The last day on which an opening still counts as a vacancy.
pub(super) fn horizon(market: &Market) -> Date {
    horizon_from(market, market.settings.edition.as_at)
}

/// The last day on which an opening still counts as a vacancy, for figures of a day.
pub(super) fn horizon_from(market: &Market, day: Date) -> Date {
    day.saturating_add(i64::from(market.parameters.wait_days).days())
}

impl Scenario {
    /// People of a row who need a place nearer home.
    pub(super) fn need(self, row: &Placement) -> u32 {
        let people = match self {
            Scenario::Low => row.people.low(),
            Scenario::Central => row.people.middle(),
            Scenario::High => row.people.high(),
        };
        match row.reason {
            Some(reason) if reason.is_appropriate() => 0,
            None if self == Scenario::Low => 0,
            _ => people,
        }
    }

    /// Places of a service that could be filled by the horizon, with the places that changes open
    /// or close by then. Never below zero: a closure of more places than are free moves people, of
    /// whom nothing is known here (gap-analysis §9).
    pub(super) fn capacity(
        self,
        service: &Service,
        parameters: &Parameters,
        horizon: Date,
        net_places: i64,
    ) -> u32 {
        let free = i64::from(self.vacancies(service, parameters, horizon));
        u32::try_from(free.saturating_add(net_places).max(0)).unwrap_or(u32::MAX)
    }

    /// Places of a service that are free by the horizon, before any change.
    pub(super) fn vacancies(
        self,
        service: &Service,
        parameters: &Parameters,
        horizon: Date,
    ) -> u32 {
        if !service.is_open() || service.available_from.is_some_and(|day| day > horizon) {
            return 0;
        }
        let local = service.occupied_local.map(|people| people.raw());
        let imported = service.occupied_imported.map(|people| people.raw());
        let known = local.unwrap_or(0) + imported.unwrap_or(0);
        let room = service.places.map(|Beds(places)| places.saturating_sub(known));
        match (service.vacancies.map(|vacancies| vacancies.raw()), room) {
            (Some(stated), Some(room)) if self != Scenario::Low => stated.min(room),
            (Some(stated), _) => stated,
            (None, Some(room)) if local.is_some() && imported.is_some() => room,
            (None, Some(room)) if self == Scenario::Low => room,
            (None, None) if self == Scenario::Low => parameters.unknown_vacancy_hi,
            (None, _) => 0,
        }
    }
}
