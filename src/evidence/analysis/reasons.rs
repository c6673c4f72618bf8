//! Why people have no place, and what would help (gap-analysis §5.2).

use std::collections::BTreeMap;

use super::compatibility::Filter;
use super::fits::Fits;
use super::matching::{Instance, Number};
use super::position::Position;
use super::transport::{Cost, Transport, Way};

/// People without a place, by what is missing. Sensitive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::evidence) struct Kinds {
    /// Nobody near does what they need.
    pub(in crate::evidence) capability: u32,
    /// Somebody near does, but is full, or has places that go to people with priority.
    pub(in crate::evidence) capacity: u32,
    /// Of `capability`, people whose needs are not recorded: no service can be compared with them
    /// (gap-analysis §15.2).
    pub(in crate::evidence) needs_unknown: u32,
}

/// Splits everybody without a place by the kind of gap.
pub(in crate::evidence) fn kinds(position: &Position, fits: &Fits, placed: &[u32]) -> Kinds {
    let mut kinds = Kinds::default();
    for (row, placed) in placed.iter().enumerate() {
        let people = position.need[row] - placed;
        if !fits.of_row(row).is_empty() {
            kinds.capacity += people;
            continue;
        }
        kinds.capability += people;
        if position.market.placements[row].needs.is_none() {
            kinds.needs_unknown += people;
        }
    }
    kinds
}

/// How many more people would have a place if a filter did not exist, for each filter in order.
///
/// The numbers do not add up. Those of level and of legal status are a matter of safety and are for
/// workings only (gap-analysis §15.10).
pub(in crate::evidence) fn barriers(position: &Position, placed: &[u32]) -> [(Filter, u32); 7] {
    let before: u32 = placed.iter().sum();
    Filter::ALL.map(|filter| {
        let then: u32 = Instance::new(&position.without(filter)).place().iter().sum();
        (filter, then - before)
    })
}

/// For each service of the position whether one place more would bring one more person home: the
/// value of a vacancy, which is 0 or 1.
///
/// A place is worth something if somebody without one fits the service, or fits one whose people
/// could move there, and so on. In a service that takes no part it is worth nothing.
pub(in crate::evidence) fn worth_a_place(
    position: &Position,
    fits: &Fits,
    placed: &[u32],
) -> Vec<bool> {
    let mut people: BTreeMap<Number, (u32, bool)> = BTreeMap::new();
    for (row, placed) in placed.iter().enumerate() {
        let Some(class) = fits.class_of(row) else {
            continue;
        };
        let (settled, waits) = people.entry(class).or_default();
        *settled += placed;
        *waits |= position.need[row] > *placed;
    }
    let ways = people
        .keys()
        .map(|class| {
            let services = fits.of_class(*class).iter().copied();
            let open = services.filter(|service| position.capacity[*service] > 0);
            open.map(|pool| Way { pool, cost: Cost::default() }).collect()
        })
        .collect();
    let mut transport = Transport::new(ways, position.capacity.clone());
    let settled: Vec<u32> = people.values().map(|(settled, _)| *settled).collect();
    transport.fill(&settled);
    let without = people.values().enumerate().filter(|(_, (_, waits))| *waits);
    let waiting = transport.waiting(without.map(|(group, _)| group));
    let mut worth = vec![false; position.services.len()];
    for ((class, _), _) in people.iter().zip(waiting).filter(|(_, waits)| *waits) {
        for service in fits.of_class(*class) {
            worth[*service] = true;
        }
    }
    worth
}

/// Services whose vacancies are not told and would be worth asking for: one place there would bring
/// somebody home.
pub(in crate::evidence) fn worth_asking(position: &Position, worth: &[bool]) -> Vec<usize> {
    (0..worth.len())
        .filter(|service| worth[*service] && position.services[*service].vacancies.is_none())
        .collect()
}
