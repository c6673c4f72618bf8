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

/// Whether a service is open, and takes people by the horizon.
fn takes_by(service: &Service, horizon: Date) -> bool {
    service.is_open() && service.available_from.is_none_or(|day| day <= horizon)
}

/// Places that could be filled by the horizon: those that are free, and those that changes open or
/// close by then. Never below zero: a closure of more places than are free moves people, of whom
/// nothing is known here (gap-analysis §9).
pub(super) fn capacity(free: u32, net_places: i64) -> u32 {
    u32::try_from(i64::from(free).saturating_add(net_places).max(0)).unwrap_or(u32::MAX)
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

    /// Places of a service that are free by the horizon, before any change.
    pub(super) fn vacancies(
        self,
        service: &Service,
        parameters: &Parameters,
        horizon: Date,
    ) -> u32 {
        if !takes_by(service, horizon) {
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

    /// The same for a reader who knows what the provider lets be told, and nothing of residents:
    /// the fewest that may be free, and hopefully the most.
    pub(super) fn told_vacancies(self, service: &Service, market: &Market, horizon: Date) -> u32 {
        if !takes_by(service, horizon) {
            return 0;
        }
        let unknown = market.parameters.unknown_vacancy_hi;
        match (service.vacancies, self) {
            (Some(vacancies), Scenario::Low) => service
                .vacancies_public
                .most(vacancies)
                .unwrap_or_else(|fewest| fewest.max(unknown)),
            (Some(vacancies), _) => service.vacancies_public.fewest(vacancies).0,
            (None, Scenario::Low) if service.places.is_none() => unknown,
            (None, _) => 0,
        }
    }
}
