//! How many could come home if moves were coordinated, so that the bed that somebody leaves can be
//! given to another (gap-analysis §9, off by default).

use std::collections::BTreeMap;

use super::fits::Fits;
use super::matching::Number;
use super::position::Position;
use super::transport::{Cost, Transport, Way};

/// What it costs that somebody stays where they are.
const STAYS: Cost = Cost { first: 1, second: 0 };
/// What it costs that somebody moves.
const MOVES: Cost = Cost { first: 0, second: 0 };

/// The most people who could have a place if no service takes in more than its free places and the
/// beds that others leave there. Never fewer than without exchange.
///
/// Everybody gets a bed: a new one, or the one they are in. The fewest who stay are the most who
/// move. A bed that is left can be given away if its service takes part and is in the directory;
/// no change to the service that is planned is read into it.
pub(in crate::evidence) fn exchange(position: &Position, fits: &Fits) -> u32 {
    let mut places = position.capacity.clone();
    let mut groups: BTreeMap<(Number, Option<usize>), u32> = BTreeMap::new();
    for (row, home) in homes(position).into_iter().enumerate() {
        // Who fits nothing keeps their bed.
        if let Some(class) = fits.class_of(row) {
            *groups.entry((class, home)).or_default() += position.need[row];
            home.into_iter().for_each(|home| places[home] += position.need[row]);
        }
    }
    let mut ways = Vec::new();
    for ((class, home), people) in &groups {
        let open = fits.of_class(*class).iter().filter(|service| places[**service] > 0);
        let mut group: Vec<Way> = open.map(|pool| Way { pool: *pool, cost: MOVES }).collect();
        // Beds outside the directory are given to nobody else.
        let stay = home.unwrap_or_else(|| {
            places.push(*people);
            places.len() - 1
        });
        group.push(Way { pool: stay, cost: STAYS });
        ways.push(group);
    }
    let mut transport = Transport::new(ways, places);
    let mut everybody = 0;
    for (at, people) in groups.values().enumerate() {
        everybody += transport.add(at, *people);
    }
    let stay = u32::try_from(transport.cost().first).expect("nobody stays twice");
    everybody - stay
}

/// The service that each row lives in, if it is in the directory and takes part.
fn homes(position: &Position) -> Vec<Option<usize>> {
    let services: BTreeMap<_, _> = position
        .services
        .iter()
        .enumerate()
        .filter(|(at, _)| position.takes_part(*at))
        .map(|(at, service)| (&service.id, at))
        .collect();
    let rows = position.market.placements.iter();
    rows.map(|row| services.get(row.current_service.as_ref()?).copied()).collect()
}
