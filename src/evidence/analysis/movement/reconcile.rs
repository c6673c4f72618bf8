//! Providers' own lists against the placements: is every placement known (story S4)?

use std::collections::{BTreeMap, BTreeSet};

use crate::evidence::analysis::formula::{Formula, Inputs, Traced};
use crate::evidence::analysis::rational::Rational;
use crate::evidence::market::{AreaId, Funder, Market, Placement, Resident, Service, ServiceId};

pub(in crate::evidence) static RECONCILIATION: Formula = Formula {
    id: "reconciliation",
    rule: "pseudonyms on the provider's list against placements with this current service; \
           coverage = matched / residents that the provider says are ours",
    source: "domain §3, S4",
};

/// One service's list against the commissioner's placements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::evidence) struct Reconciliation {
    /// Residents that the provider says are ours, and who are away from home there.
    pub(in crate::evidence) provider_says_ours: u32,
    /// Of all residents on the list, those whom the placements know.
    pub(in crate::evidence) matched: u32,
    /// Said to be ours, and not among the placements of this service.
    pub(in crate::evidence) unknown_to_commissioner: u32,
    /// Placed there by us, and not on the list.
    pub(in crate::evidence) unknown_to_provider: u32,
    /// Said to be ours, and at home in the area of the service: the placements, which hold people
    /// out of area only, need not know them.
    pub(in crate::evidence) local: u32,
    /// On the list without a funder, and not among the placements.
    pub(in crate::evidence) funder_unknown: u32,
    /// On the list and among our placements, which say that they live in another service.
    pub(in crate::evidence) placed_elsewhere: u32,
    /// Rows of this service for more than one person: no list can match them.
    pub(in crate::evidence) not_single: u32,
}

impl Reconciliation {
    /// Share of the residents said to be ours whom the commissioner knows; the target is all.
    /// Absent when there are none.
    pub(in crate::evidence) fn coverage(&self) -> Option<Rational> {
        let known = self.provider_says_ours - self.unknown_to_commissioner;
        Rational::new(i128::from(known), i128::from(self.provider_says_ours))
    }
}

/// Reconciles every service that has a list, in order of ids. Services without a list are not
/// compared: there a placement is not unknown to anybody.
pub(super) fn by_service(market: &Market) -> Vec<(ServiceId, Traced<Reconciliation>)> {
    let placed: BTreeMap<&str, usize> =
        market.placements.iter().enumerate().map(|(at, row)| (row.id.as_str(), at)).collect();
    let services = market.providers.values().flat_map(|provider| &provider.services);
    let mut lists: BTreeMap<&ServiceId, List> = services
        .map(|service| {
            let counts = Reconciliation::default();
            let (inputs, seen) = (Inputs::default(), BTreeSet::new());
            (&service.id, List { market, service, counts, inputs, seen })
        })
        .collect();
    for (at, resident) in market.movement.residents.iter().enumerate() {
        if let Some(list) = lists.get_mut(&resident.service) {
            list.resident(at, resident, placed.get(resident.pseudonym.as_str()).copied());
        }
    }
    lists.retain(|_, list| !list.inputs.residents.is_empty());
    for (at, row) in market.placements.iter().enumerate() {
        if let Some(list) = row.current_service.as_ref().and_then(|id| lists.get_mut(id)) {
            list.placement(at, row);
        }
    }
    lists
        .into_iter()
        .map(|(id, mut list)| {
            list.inputs.placements.sort_unstable();
            (id.clone(), Traced::new(&RECONCILIATION, list.inputs, list.counts))
        })
        .collect()
}

/// The list of one service while it is compared.
struct List<'m> {
    market: &'m Market,
    service: &'m Service,
    counts: Reconciliation,
    inputs: Inputs,
    /// Placements that are on the list.
    seen: BTreeSet<usize>,
}

impl List<'_> {
    /// A resident on the list, with the placement of the same pseudonym.
    fn resident(&mut self, at: usize, resident: &Resident, row: Option<usize>) {
        let current = row.and_then(|row| self.market.placements[row].current_service.as_ref());
        let lives_elsewhere = current.is_some_and(|service| *service != self.service.id);
        let is_matched = row.is_some() && !lives_elsewhere;
        let funder = match &resident.funder {
            Some(Funder::Ours(area)) => Some(area),
            _ => None,
        };
        let is_at_home = funder.is_some_and(|area| is_local(self.market, self.service, area));
        let is_local = is_at_home && !is_matched;
        let is_ours = funder.is_some() && !is_local;
        let counts = &mut self.counts;
        counts.local += u32::from(is_local);
        counts.provider_says_ours += u32::from(is_ours);
        counts.placed_elsewhere += u32::from(lives_elsewhere);
        counts.matched += u32::from(is_matched);
        counts.unknown_to_commissioner += u32::from(is_ours && !is_matched);
        counts.funder_unknown += u32::from(resident.funder.is_none() && row.is_none());
        self.seen.extend(row);
        self.inputs.residents.push(at);
        self.inputs.placements.extend(row);
    }

    /// A placement that says its people live in this service.
    fn placement(&mut self, at: usize, row: &Placement) {
        let is_listed = self.seen.contains(&at);
        if row.people.high() > 1 {
            self.counts.not_single += 1;
        } else if !is_listed {
            self.counts.unknown_to_provider += 1;
        }
        if !is_listed {
            self.inputs.placements.push(at);
        }
    }
}

/// Whether a service is local to people of an area: it stands in it, or both lie in the same area
/// of the scope of its level.
fn is_local(market: &Market, service: &Service, home: &AreaId) -> bool {
    let level = service.level.as_ref().and_then(|id| market.vocabulary.levels.get(id));
    service.area.as_ref().is_some_and(|area| {
        let scope = level.and_then(|level| {
            let home = market.areas.ancestor(home, level.scope)?;
            Some(home.id == market.areas.ancestor(area, level.scope)?.id)
        });
        scope.unwrap_or_else(|| market.areas.is_within(area, home))
    })
}
