//! The least that the places of a matching could cost: O3 of gap-analysis §5.
//!
//! Who gets a place is decided before, and money does not change it. What the places cost depends
//! on who goes where, which is not unique; the least total is.

use std::collections::{BTreeMap, BTreeSet};

use super::fits::Fits;
use super::matching::Number;
use super::position::Position;
use super::transport::{Cost, Transport, Way};
use crate::evidence::market::{Market, Pence, Service};

/// What a week in a service costs for one person, in pence.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::evidence) enum Price {
    /// As the service states it.
    Stated(i64),
    /// Not stated: the default of its level is taken, which is told wherever the price is used.
    Assumed(i64),
    /// Not stated, and its level has no default.
    Unknown,
}

impl Price {
    /// The price of a service (gap-analysis §5, O3).
    pub(in crate::evidence) fn of(market: &Market, service: &Service) -> Price {
        let level = service.level.as_ref().and_then(|id| market.vocabulary.levels.get(id));
        let assumed = level.and_then(|level| level.price_default).map(Pence::raw);
        match service.weekly_price.map(Pence::raw) {
            Some(pence) => Price::Stated(pence),
            None => assumed.map_or(Price::Unknown, Price::Assumed),
        }
    }

    fn pence(self) -> Option<i64> {
        match self {
            Price::Stated(pence) | Price::Assumed(pence) => Some(pence),
            Price::Unknown => None,
        }
    }
}

/// A service of unknown price costs more than all prices of a market together. So the fewest people
/// go there, and then the rest cost least; the count and the price are both unique.
const UNKNOWN: i128 = 1 << 96;

/// What places for some of the people cost. Sensitive.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::evidence) struct Bill {
    /// People who have a place.
    pub(in crate::evidence) people: u32,
    /// Of these, people who cannot but go to a service of unknown price. Their price is not in the
    /// sum.
    pub(in crate::evidence) unpriced: u32,
    /// Pence a week for all others together.
    pub(in crate::evidence) weekly_price_pence: i64,
}

/// The least weekly price of a matching, apart for people whose present cost is known and for the
/// others. Sensitive.
#[derive(Clone, Default)]
pub(in crate::evidence) struct LeastCost {
    /// People whose present weekly cost is known: they come first (O3a).
    pub(in crate::evidence) known: Bill,
    /// People whose present weekly cost is not known (the rest of O3b).
    pub(in crate::evidence) unknown: Bill,
    /// What the people of `known` cost now, in pence a week.
    pub(in crate::evidence) present_weekly_pence: i64,
    /// Services with free places that somebody placed fits, whose price is the default of their
    /// level.
    pub(in crate::evidence) assumed: Vec<usize>,
    /// The same, where there is no default either.
    pub(in crate::evidence) unpriced: Vec<usize>,
}

impl LeastCost {
    /// The least weekly price of all people placed, in pence (O3b), without `unpriced` people.
    pub(in crate::evidence) fn weekly_price_pence(&self) -> i64 {
        self.known.weekly_price_pence.saturating_add(self.unknown.weekly_price_pence)
    }

    /// Saving in a full year, in pence (gap-analysis §8): what people of known cost cost now, less
    /// O3a, for every week. Below zero if the places cost more. Absent if somebody of known cost
    /// can only go to a service of unknown price: nobody can say what that saves.
    pub(in crate::evidence) fn saving_pence_year(&self, weeks_per_year: u32) -> Option<i64> {
        let week = self.present_weekly_pence.saturating_sub(self.known.weekly_price_pence);
        (self.known.unpriced == 0).then(|| week.saturating_mul(i64::from(weeks_per_year)))
    }
}

/// The least weekly price of the people placed, given how many of each row have a place.
///
/// `placed` is what the matching of the same position says. Sums of money beyond 92 quadrillion
/// pounds stay at that.
pub(in crate::evidence) fn least_cost(
    position: &Position,
    fits: &Fits,
    placed: &[u32],
) -> LeastCost {
    let groups = Groups::of(position, fits, placed);
    let pools = Pools::of(position, &groups);
    let mut transport = pools.transport(&groups);
    // People of known cost come first, all at once; each of the others is added at the least cost
    // for both, so that in the end no known cost is higher than it must be.
    let first = groups.all.iter().map(|group| if group.is_known { group.people } else { 0 });
    transport.fill(&first.collect::<Vec<u32>>());
    for (at, group) in groups.all.iter().enumerate().filter(|(_, group)| !group.is_known) {
        let people = transport.add(at, group.people);
        // Without the numbers, which are of people.
        assert!(people == group.people, "everybody placed fits a service with places");
    }
    let mut answer = LeastCost::default();
    for (pool, stays) in pools.all.iter().zip(transport.stays()) {
        for stay in stays {
            let is_known = groups.all[stay.group].is_known;
            let bill = if is_known { &mut answer.known } else { &mut answer.unknown };
            bill.people += stay.people;
            match pool.price {
                Some(pence) => {
                    let sum = pence.saturating_mul(i64::from(stay.people));
                    bill.weekly_price_pence = bill.weekly_price_pence.saturating_add(sum);
                }
                None => bill.unpriced += stay.people,
            }
        }
    }
    for (row, people) in position.market.placements.iter().zip(placed) {
        let week = row.weekly_cost.map_or(0, |pence| pence.raw());
        let sum = week.saturating_mul(i64::from(*people));
        answer.present_weekly_pence = answer.present_weekly_pence.saturating_add(sum);
    }
    for service in groups.services() {
        match Price::of(position.market, position.services[service]) {
            Price::Stated(_) => {}
            Price::Assumed(_) => answer.assumed.push(service),
            Price::Unknown => answer.unpriced.push(service),
        }
    }
    answer
}

/// People placed who could go to the same services.
struct Group {
    /// Whether it is known what they cost now.
    is_known: bool,
    /// Services with places that they fit.
    services: Vec<usize>,
    people: u32,
}

struct Groups {
    all: Vec<Group>,
}

impl Groups {
    fn of(position: &Position, fits: &Fits, placed: &[u32]) -> Groups {
        let mut classes: BTreeMap<(bool, Option<Number>), u32> = BTreeMap::new();
        for (row, people) in placed.iter().enumerate().filter(|(_, people)| **people > 0) {
            let is_known = position.market.placements[row].weekly_cost.is_some();
            *classes.entry((is_known, fits.class_of(row))).or_default() += people;
        }
        let mut groups: BTreeMap<(bool, Vec<usize>), u32> = BTreeMap::new();
        for ((is_known, class), people) in classes {
            let services = class.map_or(&[][..], |class| fits.of_class(class)).iter().copied();
            let open = services.filter(|service| position.capacity[*service] > 0).collect();
            *groups.entry((is_known, open)).or_default() += people;
        }
        let all = groups
            .into_iter()
            .map(|((is_known, services), people)| Group { is_known, services, people })
            .collect();
        Groups { all }
    }

    /// Services with places that somebody placed fits.
    fn services(&self) -> BTreeSet<usize> {
        self.all.iter().flat_map(|group| &group.services).copied().collect()
    }
}

/// Services of the same price that the same groups could go to: for the price they are one.
struct Pool {
    price: Option<i64>,
    groups: Vec<usize>,
    places: u32,
}

struct Pools {
    all: Vec<Pool>,
}

impl Pools {
    fn of(position: &Position, groups: &Groups) -> Pools {
        let mut takers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, group) in groups.all.iter().enumerate() {
            for service in &group.services {
                takers.entry(*service).or_default().push(at);
            }
        }
        let mut pools: BTreeMap<(Option<i64>, Vec<usize>), u32> = BTreeMap::new();
        for (service, groups) in takers {
            let price = Price::of(position.market, position.services[service]).pence();
            *pools.entry((price, groups)).or_default() += position.capacity[service];
        }
        let all = pools
            .into_iter()
            .map(|((price, groups), places)| Pool { price, groups, places })
            .collect();
        Pools { all }
    }

    fn transport(&self, groups: &Groups) -> Transport {
        let mut ways: Vec<Vec<Way>> = groups.all.iter().map(|_| Vec::new()).collect();
        for (at, pool) in self.all.iter().enumerate() {
            let price = pool.price.map_or(UNKNOWN, i128::from);
            for group in &pool.groups {
                let cost = match groups.all[*group].is_known {
                    true => Cost { first: price, second: 0 },
                    false => Cost { first: 0, second: price },
                };
                ways[*group].push(Way { pool: at, cost });
            }
        }
        Transport::new(ways, self.all.iter().map(|pool| pool.places).collect())
    }
}
