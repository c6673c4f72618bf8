//! Classes and pools say of every pair what `compatibility` says of it.

use proptest::prelude::*;

use super::super::compatibility::Filter;
use super::super::matching::Instance;
use super::super::position::Position;
use super::loader::{Row, World};
use super::{SCENARIOS, any_placement, any_service, pick};

/// People who live in a service of the directory, or outside it, and points for the areas.
fn any_resident() -> impl Strategy<Value = Row> {
    (any_placement(), pick(&["", "", "S0", "S1", "S2", "elsewhere"])).prop_map(|(mut row, home)| {
        row.insert("placed_service".to_owned(), home);
        row
    })
}

/// Worlds with more alike rows and services than the small ones, with distances, and with up to
/// `more` needs on top of the usual two.
fn any_town(more: usize) -> impl Strategy<Value = World> {
    let services = prop::collection::vec((any_service(), 0..=more), 1..7);
    let placements = prop::collection::vec((any_resident(), 0..=more), 1..9);
    (services, placements).prop_map(move |(services, placements)| {
        let with_need = |(mut row, need): (Row, usize)| {
            if need > 0 {
                let tags = format!("{}|n{need}", row["tags"]);
                row.insert("tags".to_owned(), tags.trim_matches('|').to_owned());
            }
            row
        };
        let mut services: Vec<Row> = services.into_iter().map(with_need).collect();
        let mut placements: Vec<Row> = placements.into_iter().map(with_need).collect();
        if more > 0 {
            // Somebody has each need, so that all of them count.
            let every = (1..=more).map(|need| format!("n{need}")).collect::<Vec<_>>().join("|");
            for row in [services.first_mut(), placements.first_mut()].into_iter().flatten() {
                row.insert("tags".to_owned(), every.clone());
            }
        }
        let mut world = World::small(services, placements);
        for (area, lat) in [("A", "52.0"), ("C", "53.0")] {
            let row = world.areas.iter_mut().find(|row| row["id"] == area).unwrap();
            row.insert("lat".to_owned(), lat.to_owned());
            row.insert("lon".to_owned(), "-1.0".to_owned());
        }
        world
    })
}

/// Compares every pair, in every scenario, with every filter ignored in turn.
fn agree(world: &World) -> Result<(), TestCaseError> {
    let mut market = world.market();
    for level in market.vocabulary.levels.values_mut().take(2) {
        level.max_km = Some(60);
    }
    for (name, scenario) in SCENARIOS {
        let today = Position::today(&market, scenario);
        let without = Filter::ALL.into_iter().map(|filter| today.without(filter));
        for position in std::iter::once(today.clone()).chain(without) {
            let instance = Instance::new(&position);
            let fits = |row: usize, service: usize| {
                instance.class_of(row).is_some_and(|class| {
                    let pools = instance.pools_of(class).iter();
                    pools
                        .flat_map(|pool| instance.services_in(*pool))
                        .any(|at| *at as usize == service)
                })
            };
            for row in 0..market.placements.len() {
                for service in 0..position.services.len() {
                    let has_both = position.need[row] > 0 && position.capacity[service] > 0;
                    let expect = has_both && position.fits(row, service);
                    let ignored = position.ignored;
                    prop_assert_eq!(
                        fits(row, service),
                        expect,
                        "{} {:?} {} {}",
                        name,
                        ignored,
                        row,
                        service
                    );
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn classes_and_pools_say_what_the_filters_say(world in any_town(0)) {
        agree(&world)?;
    }

    #[test]
    fn more_needs_than_a_word_has_bits_are_told_apart(world in any_town(70)) {
        agree(&world)?;
    }

    /// Every row is in the class that it names, and every service with places in one pool at most.
    #[test]
    fn classes_and_pools_are_partitions(world in any_town(0)) {
        let market = world.market();
        for (_, scenario) in SCENARIOS {
            let position = Position::today(&market, scenario);
            let instance = Instance::new(&position);
            let mut rows = 0;
            for class in 0..instance.classes() as u32 {
                for row in instance.rows_in(class) {
                    prop_assert_eq!(instance.class_of(*row as usize), Some(class));
                    rows += 1;
                }
            }
            let in_class = |row: &usize| instance.class_of(*row).is_some();
            let expect = (0..market.placements.len()).filter(in_class).count();
            prop_assert_eq!(rows, expect);
            let mut seen = vec![false; position.services.len()];
            for pool in 0..instance.pools() as u32 {
                let mut places = 0;
                for service in instance.services_in(pool).iter().map(|at| *at as usize) {
                    prop_assert!(!std::mem::replace(&mut seen[service], true));
                    places += position.capacity[service];
                }
                prop_assert_eq!(places, instance.capacity(pool));
            }
        }
    }
}

#[test]
fn services_alike_in_all_but_id_and_price_are_one_pool() {
    let world = World::from_casebook("18_legal_measures");
    let mut alike = world.services[0].clone();
    for (column, value) in [("id", "S9"), ("provider", "P_S9"), ("price_pence_week", "100000")] {
        alike.insert(column.to_owned(), value.to_owned());
    }
    let mut more = world.clone();
    more.services.push(alike);
    let count = |world: &World| {
        let market = world.market();
        let position = Position::today(&market, super::Scenario::Central);
        let instance = Instance::new(&position);
        let places = (0..instance.pools() as u32).map(|pool| instance.capacity(pool)).sum::<u32>();
        (instance.pools(), places)
    };
    let ((pools, places), (pools_of_more, places_of_more)) = (count(&world), count(&more));
    assert_eq!(pools, pools_of_more);
    assert!(places < places_of_more);
}
