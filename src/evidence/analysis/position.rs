//! What is to be matched: the people of each row and the places of each service.

use jiff::civil::Date;

use super::changes::{Audience, Changes};
use super::compatibility::Filter;
use super::scenario::{self, Scenario};
use crate::evidence::market::{Market, Service};

/// A market as one scenario reads it, on one day, with one set of rules.
///
/// `need` belongs to the placements of the market and `capacity` to `services`, in the same order.
/// A projection changes the numbers and keeps the market; a barrier ignores a filter.
#[derive(Clone)]
pub(in crate::evidence) struct Position<'m> {
    pub(in crate::evidence) market: &'m Market,
    pub(in crate::evidence) scenario: Scenario,
    /// Whose reading it is.
    pub(in crate::evidence) audience: Audience,
    /// All services, provider by provider, and then those that changes make by the horizon.
    ///
    /// The latter have `is_planned`. They take people, but they are in no directory: nothing that
    /// is published may name one. [`Position::in_public`] leaves out those that are not announced.
    pub(in crate::evidence) services: Vec<&'m Service>,
    /// People of each row who need a place nearer home.
    pub(in crate::evidence) need: Vec<u32>,
    /// Places of each service that could be filled by the horizon.
    pub(in crate::evidence) capacity: Vec<u32>,
    /// A filter that is taken as passed.
    pub(in crate::evidence) ignored: Option<Filter>,
}

impl<'m> Position<'m> {
    /// The position on the as-at date of the edition, with all changes that are due.
    pub(in crate::evidence) fn today(market: &'m Market, scenario: Scenario) -> Position<'m> {
        Position::by(market, scenario, scenario::horizon(market))
    }

    /// The same by what everybody can read: announced changes, free places as they are told and
    /// published scores. All that a published figure may rest on.
    pub(in crate::evidence) fn in_public(market: &'m Market, scenario: Scenario) -> Position<'m> {
        Position::read(market, scenario, scenario::horizon(market), Audience::Public)
    }

    /// The position with the people of today and the places that there are by a day.
    pub(in crate::evidence) fn by(
        market: &'m Market,
        scenario: Scenario,
        horizon: Date,
    ) -> Position<'m> {
        Position::read(market, scenario, horizon, Audience::Commissioner)
    }

    fn read(
        market: &'m Market,
        scenario: Scenario,
        horizon: Date,
        audience: Audience,
    ) -> Position<'m> {
        let changes = Changes::due(market, scenario, horizon, audience);
        let known = market.providers.values().flat_map(|provider| &provider.services);
        let services: Vec<&Service> = known.chain(changes.new_services()).collect();
        let capacity = services
            .iter()
            .map(|service| {
                let net_places = changes.net_places(service);
                let free = match audience {
                    Audience::Public => scenario.told_vacancies(service, market, horizon),
                    Audience::Commissioner => {
                        scenario.vacancies(service, &market.parameters, horizon)
                    }
                };
                scenario::capacity(free, net_places)
            })
            .collect();
        let need = market.placements.iter().map(|row| scenario.need(row)).collect();
        Position { market, scenario, audience, services, need, capacity, ignored: None }
    }

    /// The same position with one filter taken as passed.
    pub(in crate::evidence) fn without(&self, filter: Filter) -> Position<'m> {
        Position { ignored: Some(filter), ..self.clone() }
    }

    /// Whether the service at one place of `services` is compared with people at all: it is open,
    /// or it has places that could be filled by the horizon.
    ///
    /// A closed service has none of its own, but a change that is due can give it some. Whatever
    /// asks who fits where asks this, so that nobody is placed where nobody is said to fit.
    pub(in crate::evidence) fn takes_part(&self, service: usize) -> bool {
        self.services[service].is_open() || self.capacity[service] > 0
    }

    /// Whether the service at one place of `services` could take people of the row at another
    /// place of the placements.
    #[cfg(test)]
    pub(in crate::evidence) fn fits(&self, row: usize, service: usize) -> bool {
        use super::compatibility;
        let (row, service) = (&self.market.placements[row], self.services[service]);
        match self.ignored {
            None => compatibility::check(self.market, self.scenario, row, service).is_ok(),
            Some(filter) => {
                compatibility::passes_without(self.market, self.scenario, row, service, filter)
            }
        }
    }
}
