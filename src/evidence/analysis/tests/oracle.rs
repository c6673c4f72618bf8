//! Money, exchange and reasons against two judges: every way there is, and a linear program.

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use proptest::prelude::*;

use super::answers::{Solved, solve};
use super::loader::{World, row};
use super::time::change;
use super::{SCENARIOS, any_world, pick};
use crate::evidence::analysis::compatibility::Filter;
use crate::evidence::analysis::exchange::exchange;
use crate::evidence::analysis::fits::Fits;
use crate::evidence::analysis::funnel::funnels;
use crate::evidence::analysis::least_cost::{LeastCost, Price, least_cost};
use crate::evidence::analysis::matching::Instance;
use crate::evidence::analysis::position::Position;
use crate::evidence::analysis::reasons;
use crate::evidence::market::{Market, Service};

/// At most four services and five rows, with prices, openings, also in services that are closed,
/// and people who live in one of the services.
fn small_world() -> impl Strategy<Value = World> {
    let prices = prop::collection::vec(pick(&["1", "2", "5", "7", ""]), 4);
    let homes = prop::collection::vec(pick(&["", "S0", "S1", "S2", "S3"]), 5);
    let openings = prop::collection::vec(pick(&["", "+1", "+2"]), 4);
    (any_world(), prices, homes, openings).prop_map(|(mut world, prices, homes, openings)| {
        world.services.truncate(4);
        world.placements.truncate(5);
        for (service, price) in world.services.iter_mut().zip(prices) {
            service.insert("price_pence_week".to_owned(), price);
        }
        for (row, home) in world.placements.iter_mut().zip(homes) {
            row.insert("placed_service".to_owned(), home);
        }
        for (service, opening) in world.services.iter().zip(openings) {
            if !opening.is_empty() {
                let id = service["id"].as_str();
                world.changes.push(change(id, "2026-03-01", &opening, "confirmed"));
            }
        }
        world
    })
}

/// A market in which a price that is not stated is 3 pence at one level and unknown at the other.
fn market(world: &World) -> Market {
    let mut market = world.market();
    for (id, level) in &mut market.vocabulary.levels {
        let has_default = id.as_str() != "supported_living";
        level.price_default =
            level.price_default.filter(|_| has_default).and_then(|_| pence("0.03"));
    }
    market
}

fn pence(pounds: &str) -> Option<crate::evidence::market::Pence> {
    crate::evidence::market::Pence::parse_pounds(pounds)
}

/// What decides between two ways of giving out the places: people of known cost at unknown prices,
/// the price of the rest of them, and the same for people of unknown cost.
type Worth = [i64; 4];

fn worth_of(market: &Market, service: &Service, is_known: bool) -> Worth {
    let (unpriced, price) = match Price::of(market, service) {
        Price::Stated(pence) | Price::Assumed(pence) => (0, pence),
        Price::Unknown => (1, 0),
    };
    match is_known {
        true => [unpriced, price, 0, 0],
        false => [0, 0, unpriced, price],
    }
}

fn worth(cost: &LeastCost) -> Worth {
    let bill = |bill: crate::evidence::analysis::least_cost::Bill| {
        [i64::from(bill.unpriced), bill.weekly_price_pence]
    };
    let ([a, b], [c, d]) = (bill(cost.known), bill(cost.unknown));
    [a, b, c, d]
}

/// One entry for each person: the row.
fn persons(people: &[u32]) -> Vec<usize> {
    people.iter().enumerate().flat_map(|(row, n)| vec![row; *n as usize]).collect()
}

/// The least worth of all ways to give everybody a place.
fn every_way(position: &Position, persons: &[usize], free: &mut [u32]) -> Option<Worth> {
    let Some((row, rest)) = persons.split_first() else {
        return Some([0; 4]);
    };
    let is_known = position.market.placements[*row].weekly_cost.is_some();
    let mut best: Option<Worth> = None;
    for service in 0..free.len() {
        if free[service] == 0 || !position.fits(*row, service) {
            continue;
        }
        free[service] -= 1;
        if let Some(then) = every_way(position, rest, free) {
            let own = worth_of(position.market, position.services[service], is_known);
            let sum = std::array::from_fn(|at| own[at] + then[at]);
            best = Some(best.map_or(sum, |best| best.min(sum)));
        }
        free[service] += 1;
    }
    best
}

/// The most who move, over all ways to move or to stay. `net` is places taken less places left.
fn every_move(position: &Position, persons: &[usize], net: &mut [i64]) -> Option<u32> {
    let Some((row, rest)) = persons.split_first() else {
        let fits = net.iter().zip(&position.capacity).all(|(net, free)| *net <= i64::from(*free));
        return fits.then_some(0);
    };
    let mut best = every_move(position, rest, net);
    for service in 0..net.len() {
        if !position.takes_part(service) || !position.fits(*row, service) {
            continue;
        }
        let home = &position.market.placements[*row].current_service;
        let left = position.services.iter().position(|service| Some(&service.id) == home.as_ref());
        net[service] += 1;
        left.into_iter().for_each(|left| net[left] -= 1);
        let then = every_move(position, rest, net);
        net[service] -= 1;
        left.into_iter().for_each(|left| net[left] += 1);
        best = best.max(then.map(|then| then + 1));
    }
    best
}

/// Variables of a linear program: one for each row and service that fit.
fn pairs(
    position: &Position,
    problem: &mut Problem,
    weight: impl Fn(usize, usize) -> f64,
) -> Vec<(usize, usize, Variable)> {
    let mut found = Vec::new();
    for row in 0..position.need.len() {
        for service in 0..position.services.len() {
            if position.takes_part(service) && position.fits(row, service) {
                let variable = problem.add_var(weight(row, service), (0.0, f64::INFINITY));
                found.push((row, service, variable));
            }
        }
    }
    found
}

/// The least worth by linear programming, as one number in which the parts do not mix.
fn linear_cost(position: &Position, placed: &[u32]) -> f64 {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let pairs = pairs(position, &mut problem, |row, service| {
        let is_known = position.market.placements[row].weekly_cost.is_some();
        one_number(worth_of(position.market, position.services[service], is_known))
    });
    for (row, people) in placed.iter().enumerate() {
        let of_row = pairs.iter().filter(|pair| pair.0 == row).map(|pair| (pair.2, 1.0));
        problem.add_constraint(of_row.collect::<Vec<_>>(), ComparisonOp::Eq, f64::from(*people));
    }
    for service in 0..position.services.len() {
        let there = pairs.iter().filter(|pair| pair.1 == service).map(|pair| (pair.2, 1.0));
        let free = f64::from(position.capacity[service]);
        problem.add_constraint(there.collect::<Vec<_>>(), ComparisonOp::Le, free);
    }
    problem.solve().unwrap().into_solution().unwrap().objective()
}

fn one_number(worth: Worth) -> f64 {
    worth.iter().fold(0.0, |sum, part| sum * 256.0 + *part as f64)
}

/// The most who move by linear programming, as gap-analysis §9 states it.
fn linear_exchange(position: &Position) -> f64 {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let pairs = pairs(position, &mut problem, |_, _| 1.0);
    for row in 0..position.need.len() {
        let of_row = pairs.iter().filter(|pair| pair.0 == row).map(|pair| (pair.2, 1.0));
        let need = f64::from(position.need[row]);
        problem.add_constraint(of_row.collect::<Vec<_>>(), ComparisonOp::Le, need);
    }
    for (at, service) in position.services.iter().enumerate() {
        let leaves = |row: usize| {
            position.market.placements[row].current_service.as_ref() == Some(&service.id)
        };
        let net: Vec<_> = pairs
            .iter()
            .map(|(row, to, variable)| {
                let (arrives, leaves) = (*to == at, leaves(*row));
                (*variable, f64::from(u8::from(arrives)) - f64::from(u8::from(leaves)))
            })
            .filter(|(_, factor)| *factor != 0.0)
            .collect();
        problem.add_constraint(&net, ComparisonOp::Le, f64::from(position.capacity[at]));
    }
    problem.solve().unwrap().into_solution().unwrap().objective()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// I12 for O3: of all ways to place the same people, none costs less.
    #[test]
    fn no_way_to_place_the_same_people_costs_less(world in small_world()) {
        let market = market(&world);
        for (_, which) in SCENARIOS {
            let Solved { position, fits, placed } = solve(Position::today(&market, which));
            let cost = least_cost(&position, &fits, &placed);
            let linear = linear_cost(&position, &placed);
            prop_assert!((one_number(worth(&cost)) - linear).abs() < 0.5, "{linear}");
            let persons = persons(&placed);
            if persons.len() <= 9 {
                let best = every_way(&position, &persons, &mut position.capacity.clone());
                prop_assert_eq!(Some(worth(&cost)), best);
            }
        }
    }

    /// I12 and I9 for exchange: as many as any set of moves allows, and never fewer than without.
    #[test]
    fn no_set_of_moves_brings_more_people_home(world in small_world()) {
        let market = market(&world);
        for (_, which) in SCENARIOS {
            let Solved { position, fits, placed } = solve(Position::today(&market, which));
            let most = exchange(&position, &fits);
            prop_assert!(most >= placed.iter().sum::<u32>());
            prop_assert!((linear_exchange(&position) - f64::from(most)).abs() < 1e-6);
            let persons = persons(&position.need);
            if persons.len() <= 7 {
                let net = &mut vec![0; position.services.len()];
                prop_assert_eq!(Some(most), every_move(&position, &persons, net));
            }
        }
    }

    /// A vacancy is worth what a run with one place more says.
    #[test]
    fn the_value_of_a_vacancy_is_what_it_changes(world in small_world()) {
        let market = market(&world);
        for (_, which) in SCENARIOS {
            let Solved { position, fits, placed } = solve(Position::today(&market, which));
            let worth = reasons::worth_a_place(&position, &fits, &placed);
            for (service, is_worth) in worth.iter().enumerate() {
                if !position.takes_part(service) {
                    prop_assert!(!is_worth);
                    continue;
                }
                let mut more = position.clone();
                more.capacity[service] += 1;
                let then: u32 = Instance::new(&more).place().iter().sum();
                prop_assert_eq!(then - placed.iter().sum::<u32>(), u32::from(*is_worth));
            }
            for service in reasons::worth_asking(&position, &worth) {
                prop_assert!(position.services[service].vacancies.is_none() && worth[service]);
            }
        }
    }

    /// I7 and I9: no filter that is ignored costs anybody a place, the kinds make up the gap, and a
    /// funnel never widens and ends where the row ends.
    #[test]
    fn reasons_add_up(world in small_world()) {
        let market = market(&world);
        for (_, which) in SCENARIOS {
            let Solved { position, fits, placed } = solve(Position::today(&market, which));
            let gap = position.need.iter().sum::<u32>() - placed.iter().sum::<u32>();
            let kinds = reasons::kinds(&position, &fits, &placed);
            prop_assert_eq!(kinds.capability + kinds.capacity, gap);
            prop_assert!(kinds.needs_unknown <= kinds.capability);
            for (_, people) in reasons::barriers(&position, &placed) {
                prop_assert!(people <= gap);
            }
            let rows: Vec<usize> = (0..placed.len()).collect();
            for (row, funnel) in rows.iter().zip(funnels(&position, &rows)) {
                let steps = funnel.0;
                prop_assert_eq!(steps[0] as usize, position.services.len());
                prop_assert!(steps.windows(2).all(|pair| pair[0] >= pair[1]));
                if position.need[*row] > 0 {
                    prop_assert_eq!(steps[7] as usize, fits.of_row(*row).len());
                }
            }
        }
    }

    /// Rows that are alike and services that are near: asking less often finds the same.
    #[test]
    fn who_fits_where_is_what_each_pair_says(world in small_world()) {
        let market = market(&world);
        for (_, which) in SCENARIOS {
            let today = Position::today(&market, which);
            let mut positions = vec![today.clone()];
            positions.extend(Filter::ALL.map(|filter| today.without(filter)));
            for position in positions {
                let fits = Fits::of(&position);
                for row in (0..position.need.len()).filter(|row| position.need[*row] > 0) {
                    let pairs: Vec<usize> = (0..position.services.len())
                        .filter(|service| position.takes_part(*service))
                        .filter(|service| position.fits(row, *service))
                        .collect();
                    prop_assert_eq!(fits.of_row(row), pairs);
                }
            }
        }
    }

    /// I3: the order of rows and services changes no price, reason or exchange.
    #[test]
    fn order_changes_no_price_and_no_reason(world in small_world(), turn in 0usize..5) {
        let mut other = world.clone();
        other.services.reverse();
        let rows = other.placements.len();
        other.placements.rotate_left(turn % rows);
        let (one, other) = (market(&world), market(&other));
        for (_, which) in SCENARIOS {
            let [one, other] = [&one, &other].map(|market| {
                let Solved { position, fits, placed } = solve(Position::today(market, which));
                let cost = least_cost(&position, &fits, &placed);
                (
                    worth(&cost),
                    cost.saving_pence_year(52),
                    exchange(&position, &fits),
                    reasons::kinds(&position, &fits, &placed),
                    reasons::barriers(&position, &placed),
                )
            });
            prop_assert_eq!(one, other);
        }
    }
}

/// Two beds at one price and one at another; the row of unknown cost must not take a cheap bed from
/// the row of known cost, though both orders cost the same in total.
#[test]
fn people_of_known_cost_are_priced_first() {
    let service = |price: &str, vacancies: &str| {
        row(&[
            ("area", "A"),
            ("level", "open_rehab"),
            ("tags", "pd"),
            ("gender", "any"),
            ("legal", "informal"),
            ("age_min", "18"),
            ("age_max", "64"),
            ("vacancies", vacancies),
            ("quality_reviewed", "3"),
            ("price_pence_week", price),
        ])
    };
    let person = |people: &str, cost: &str, since: &str| {
        row(&[
            ("home", "A"),
            ("level", "open_rehab"),
            ("tags", "pd"),
            ("gender", "female"),
            ("legal", "informal"),
            ("age_min", "18"),
            ("age_max", "64"),
            ("people", people),
            ("ready", "no"),
            ("placed_since", since),
            ("weekly_cost_pence", cost),
        ])
    };
    let world = World::small(
        vec![service("200000", "2"), service("300000", "1"), service("", "1")],
        vec![person("2", "", "2020-01-01"), person("2", "150000", "2024-01-01")],
    );
    let mut market = world.market();
    let position = Position::today(&market, super::Scenario::Central);
    let Solved { fits, placed, .. } = solve(position.clone());
    let cost = least_cost(&position, &fits, &placed);
    assert_eq!((cost.known.people, cost.known.weekly_price_pence), (2, 400_000));
    assert_eq!((cost.unknown.people, cost.unknown.weekly_price_pence), (2, 550_000));
    assert_eq!((cost.assumed, cost.unpriced), (vec![2], vec![]));
    // The places cost more than the people do now: a saving below zero is told, not cut off.
    assert_eq!(least_cost(&position, &fits, &placed).saving_pence_year(52), Some(-5_200_000));
    // Without a default, nobody who need not goes to the service of unknown price.
    for level in market.vocabulary.levels.values_mut() {
        level.price_default = None;
    }
    let cost = |placed: &[u32]| {
        least_cost(&Position::today(&market, super::Scenario::Central), &fits, placed)
    };
    let all = cost(&placed);
    assert_eq!((all.known.unpriced, all.unknown.unpriced), (0, 1));
    assert_eq!(all.saving_pence_year(52), Some(-5_200_000));
    assert_eq!((all.weekly_price_pence(), all.unpriced), (700_000, vec![2]));
    market.placements[0].weekly_cost = pence("1500");
    let position = Position::today(&market, super::Scenario::Central);
    assert_eq!(least_cost(&position, &fits, &placed).saving_pence_year(52), None);
}
