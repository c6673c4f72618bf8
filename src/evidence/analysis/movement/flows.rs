//! Who comes from elsewhere and who lives elsewhere (gap-analysis §8, story S4).

use std::collections::BTreeMap;

use super::{frame, groups};
use crate::evidence::analysis::formula::{Formula, Inputs, Traced};
use crate::evidence::analysis::rational::Rational;
use crate::evidence::market::{AreaId, Beds, Market, Service, ServiceId};

pub(in crate::evidence) static FLOW: Formula = Formula {
    id: "imports-exports",
    rule: "imports = people from elsewhere in local places; exports = people placed away; \
           net = imports - exports; gross = imports + exports",
    source: "gap-analysis §8",
};
pub(in crate::evidence) static IMPORT_RATE: Formula = Formula {
    id: "import-rate",
    rule: "people from elsewhere / occupied places; above 50%: imports fill vacancies",
    source: "domain §3, S4",
};

/// A number of people: what is known, and the lowest and highest that the unknown allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::evidence) struct PeopleSpan {
    /// The low end.
    pub(in crate::evidence) low: i64,
    /// What is known; ranges of people by their middle.
    pub(in crate::evidence) known: i64,
    /// The high end.
    pub(in crate::evidence) high: i64,
}

impl PeopleSpan {
    fn add(&mut self, low: u32, known: u32, high: u32) {
        self.low += i64::from(low);
        self.known += i64::from(known);
        self.high += i64::from(high);
    }
}

/// People who come and go over a border.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::evidence) struct Flow {
    /// People from elsewhere in places here.
    pub(in crate::evidence) imports: PeopleSpan,
    /// People of here in places out of area.
    pub(in crate::evidence) exports: PeopleSpan,
    /// Services that tell neither places nor people from elsewhere: they are in no sum.
    pub(in crate::evidence) unstated: u32,
}

impl Flow {
    /// What the flow of a whole system leaves unexplained: where every area and service is known,
    /// each export is an import somewhere, and nothing is left. Not for a part of a system.
    pub(in crate::evidence) fn unexplained(&self) -> i64 {
        self.net().known
    }

    /// Imports less exports.
    pub(in crate::evidence) fn net(&self) -> PeopleSpan {
        let (into, out) = (self.imports, self.exports);
        PeopleSpan {
            low: into.low - out.high,
            known: into.known - out.known,
            high: into.high - out.low,
        }
    }

    /// Imports and exports together: the movement that a net figure hides.
    pub(in crate::evidence) fn gross(&self) -> PeopleSpan {
        let (into, out) = (self.imports, self.exports);
        PeopleSpan {
            low: into.low + out.low,
            known: into.known + out.known,
            high: into.high + out.high,
        }
    }
}

/// How many residents of a service come from elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct ImportRate {
    /// People from elsewhere.
    pub(in crate::evidence) imported: u32,
    /// All people living there.
    pub(in crate::evidence) occupied: u32,
}

impl ImportRate {
    /// The share; absent when nobody lives there.
    pub(in crate::evidence) fn share(&self) -> Option<Rational> {
        Rational::new(i128::from(self.imported), i128::from(self.occupied))
    }

    /// Whether more than half come from elsewhere: imports fill the vacancies.
    pub(in crate::evidence) fn fills_vacancies(&self) -> bool {
        u64::from(self.imported) * 2 > u64::from(self.occupied)
    }
}

/// Imports and exports of the whole site and of each area.
pub(super) fn by_area(market: &Market) -> Vec<(Option<AreaId>, Traced<Flow>)> {
    let mut found: BTreeMap<Option<AreaId>, (Flow, Inputs)> =
        frame(market).map(|area| (area, Default::default())).collect();
    let services = market.providers.values().flat_map(|provider| &provider.services);
    for service in services.filter(|service| service.is_open()) {
        for area in groups(market, service.area.as_ref()) {
            let (flow, inputs) = found.entry(area).or_default();
            match imported(service) {
                Some((low, known, high)) => flow.imports.add(low, known, high),
                None => flow.unstated += 1,
            }
            inputs.services.push(service.id.clone());
        }
    }
    for (at, row) in market.placements.iter().enumerate() {
        for area in groups(market, Some(&row.home)) {
            let (flow, inputs) = found.entry(area).or_default();
            flow.exports.add(row.people.low(), row.people.middle(), row.people.high());
            inputs.placements.push(at);
        }
    }
    found
        .into_iter()
        .map(|(area, (flow, inputs))| (area, Traced::new(&FLOW, inputs, flow)))
        .collect()
}

/// People from elsewhere in a service: fewest, known, most.
fn imported(service: &Service) -> Option<(u32, u32, u32)> {
    let local = service.occupied_local.map_or(0, |people| people.raw());
    let most = service.places.map(|Beds(places)| places.saturating_sub(local));
    match service.occupied_imported.map(|people| people.raw()) {
        Some(known) => Some((known, known, known)),
        None => most.map(|most| (0, 0, most)),
    }
}

/// Import rates of services that tell both numbers.
pub(super) fn import_rates(market: &Market) -> Vec<(ServiceId, Traced<ImportRate>)> {
    let services = market.providers.values().flat_map(|provider| &provider.services);
    services
        .filter(|service| service.is_open())
        .filter_map(|service| {
            let imported = service.occupied_imported?.raw();
            let occupied = imported + service.occupied_local?.raw();
            let inputs = Inputs { services: vec![service.id.clone()], ..Inputs::default() };
            let rate = ImportRate { imported, occupied };
            Some((service.id.clone(), Traced::new(&IMPORT_RATE, inputs, rate)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exactly(people: i64) -> PeopleSpan {
        PeopleSpan { low: people, known: people, high: people }
    }

    #[test]
    fn net_hides_what_gross_shows() {
        let mut flow = Flow { imports: exactly(9), exports: exactly(7), unstated: 0 };
        assert_eq!((flow.net(), flow.gross()), (exactly(2), exactly(16)));
        assert_eq!(flow.unexplained(), 2);
        flow.exports = PeopleSpan { low: 5, known: 7, high: 12 };
        assert_eq!(flow.net(), PeopleSpan { low: -3, known: 2, high: 4 });
        assert_eq!(flow.gross(), PeopleSpan { low: 14, known: 16, high: 21 });
    }

    /// Story S4: above one half, imports fill the vacancies; one half itself does not.
    #[test]
    fn more_than_half_from_elsewhere_is_flagged() {
        let rate = |imported, occupied| ImportRate { imported, occupied };
        assert_eq!(rate(2, 4).share(), Rational::new(1, 2));
        assert!(!rate(2, 4).fills_vacancies() && rate(3, 5).fills_vacancies());
        assert!(!rate(0, 0).fills_vacancies() && rate(0, 0).share().is_none());
    }
}
