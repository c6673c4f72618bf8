//! The worked examples of the gap analysis and the laws that every answer obeys.

mod answers;
pub(in crate::evidence) mod browser;
mod by_hand;
mod groups;
mod listing;
pub(in crate::evidence) mod loader;
mod measures;
mod oracle;
mod pooling;
mod rules;
mod time;

use proptest::prelude::*;
use serde_json::Value;

use super::position::Position;
use super::{RowResult, Scenario, match_people};
use crate::evidence::market::{GenderTaken, Market};
use loader::{Row, World, row};

const SCENARIOS: [(&str, Scenario); 3] =
    [("low", Scenario::Low), ("central", Scenario::Central), ("high", Scenario::High)];

/// Totals of one scenario.
#[derive(Debug, PartialEq, Eq)]
struct Totals {
    need: u32,
    placed: u32,
    residual: u32,
    vacancies: u32,
}

fn totals(market: &Market, which: Scenario) -> Totals {
    let rows = match_people(market, which);
    let sum = |of: fn(&RowResult) -> u32| rows.iter().map(of).sum::<u32>();
    Totals {
        need: sum(|row| row.need),
        placed: sum(|row| row.placed),
        residual: sum(|row| row.need - row.placed),
        vacancies: Position::today(market, which).capacity.iter().sum(),
    }
}

/// People placed, by the id of their row, in order of ids.
fn placed_by_row(market: &Market, which: Scenario) -> Vec<(String, u32)> {
    let rows = match_people(market, which);
    let ids = market.placements.iter().map(|row| row.id.clone());
    let mut placed: Vec<_> = ids.zip(rows.iter().map(|row| row.placed)).collect();
    placed.sort();
    placed
}

/// Compares an example with its answer.
fn check(name: &str) {
    let market = World::from_casebook(name).market();
    let expected = loader::expected(name);
    for (word, which) in SCENARIOS {
        let of = |key: &str| expected["scenarios"][word][key].as_u64().unwrap() as u32;
        let answer = Totals {
            need: of("need"),
            placed: of("placed"),
            residual: of("residual"),
            vacancies: of("vacancies"),
        };
        assert_eq!(totals(&market, which), answer, "{name}, {word}");
    }
    let by_row: Vec<(String, u32)> = expected["placed_by_row"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(id, placed)| (id.clone(), placed.as_u64().unwrap() as u32))
        .collect();
    assert_eq!(placed_by_row(&market, Scenario::Central), by_row, "{name}");
    groups::check(name, &market, &expected);
}

#[test]
fn example_1_beds_for_the_wrong_people_close_no_gap() {
    check("01_wrong_beds");
}

#[test]
fn example_2_of_two_who_want_one_bed_the_longest_placed_gets_it() {
    check("03_contention");
}

#[test]
fn example_3_somebody_moves_over_so_that_both_find_a_place() {
    check("02_augment");
}

#[test]
fn example_4_who_is_ready_may_step_down() {
    check("04_step_down");
}

#[test]
fn example_5_incomplete_facts_give_a_range() {
    check("05_intervals");
}

/// The exchange itself (`exchange_total`) is compared in `answers`.
#[test]
fn example_6_full_services_take_nobody() {
    check("07_exchange");
}

#[test]
fn example_7_quality_is_read_hopefully_or_cautiously() {
    check("10_quality");
}

#[test]
fn example_8_people_whom_no_service_takes_stay_in_the_gap() {
    check("09_listed_gap");
}

#[test]
fn example_9_without_services_everybody_is_in_the_gap() {
    check("17_coverage_forbidden");
    let market = World::from_casebook("17_coverage_forbidden").market();
    assert_eq!(market.parameters.forbidden_pairs.len(), 1);
}

#[test]
fn example_13_a_bed_is_no_use_to_whom_it_does_not_take() {
    check("18_legal_measures");
}

#[test]
fn every_example_of_the_casebook_is_checked() {
    let folders = loader::casebook();
    let source = include_str!("tests.rs");
    for name in &folders {
        assert!(source.contains(&format!("check(\"{name}\"")), "{name}");
    }
    assert_eq!(folders.len(), 10);
}

#[test]
fn the_loader_keeps_what_the_tables_say() {
    let market = World::from_casebook("18_legal_measures").market();
    let services: Vec<_> = market.providers.values().flat_map(|p| &p.services).collect();
    assert_eq!(services.len(), 2);
    assert_eq!(services[0].gender, Some(GenderTaken::Any));
    assert_eq!(services[0].occupied_imported.map(|n| n.raw()), Some(2));
    assert_eq!(services[0].weekly_price.map(|n| n.raw()), Some(300_000));
    assert_eq!(market.placements[0].weekly_cost.map(|n| n.raw()), Some(400_000));
    assert!(market.placements[1].review_due.is_none());
    let level = &market.vocabulary.levels["supported_living"];
    assert_eq!((level.rank, level.price_default.map(|n| n.raw())), (1, Some(150_000)));
}

fn pick(choices: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(choices).prop_map(str::to_owned)
}

fn any_service() -> impl Strategy<Value = Row> {
    let who = (
        pick(&["A", "B", "C"]),
        pick(&["supported_living", "open_rehab"]),
        pick(&["psychosis", "pd", "psychosis|pd", ""]),
        pick(&["", "pd"]),
        pick(&["any", "female", "male", ""]),
        pick(&["informal", "informal|detained", ""]),
    );
    let beds = (
        pick(&["0", "1", "2", ""]),
        pick(&["4", "5", ""]),
        pick(&["1", "2", ""]),
        pick(&["", "1", "3"]),
        pick(&["", "1", "3"]),
    );
    let limits = (
        pick(&["", "18", "30"]),
        pick(&["", "A", "B|C"]),
        pick(&["", "2026-03-01", "2026-06-01"]),
        pick(&["active", "active", "active", "temporarily closed"]),
    );
    (who, beds, limits).prop_map(|(who, beds, limits)| {
        row(&[
            ("area", &who.0),
            ("level", &who.1),
            ("tags", &who.2),
            ("tags_claimed", &who.3),
            ("gender", &who.4),
            ("legal", &who.5),
            ("age_min", &limits.0),
            ("serves", &limits.1),
            ("available_from", &limits.2),
            ("age_max", "64"),
            ("status", &limits.3),
            ("vacancies", &beds.0),
            ("places", &beds.1),
            ("occ_local", &beds.2),
            ("quality_reviewed", &beds.3),
            ("quality_self", &beds.4),
        ])
    })
}

fn any_placement() -> impl Strategy<Value = Row> {
    let who = (
        pick(&["A", "B", "C"]),
        pick(&["open_rehab", "locked_rehab"]),
        pick(&["psychosis", "pd", "psychosis|pd", ""]),
        pick(&["female", "male", ""]),
        pick(&["informal", "detained", ""]),
    );
    let facts = (
        pick(&["1", "2", "1-3", "<5"]),
        pick(&["yes", "no", "unknown"]),
        pick(&["2024-01-01", "2025-01-01", ""]),
        pick(&["400000", "300000", ""]),
        pick(&["no-local-place", "capability", "choice", ""]),
    );
    (who, facts).prop_map(|(who, facts)| {
        row(&[
            ("home", &who.0),
            ("level", &who.1),
            ("tags", &who.2),
            ("gender", &who.3),
            ("legal", &who.4),
            ("age_min", "18"),
            ("age_max", "64"),
            ("people", &facts.0),
            ("ready", &facts.1),
            ("placed_since", &facts.2),
            ("weekly_cost_pence", &facts.3),
            ("reason", &facts.4),
        ])
    })
}

fn any_world() -> impl Strategy<Value = World> {
    let services = prop::collection::vec(any_service(), 1..6);
    let placements = prop::collection::vec(any_placement(), 1..7);
    (services, placements).prop_map(|(services, placements)| World::small(services, placements))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// I3, as far as it speaks of totals and rows.
    #[test]
    fn order_in_the_files_changes_nothing(world in any_world(), turn in 0usize..7) {
        let mut other = world.clone();
        other.services.reverse();
        let rows = other.placements.len();
        other.placements.rotate_left(turn % rows);
        let (one, other) = (world.market(), other.market());
        for (_, which) in SCENARIOS {
            prop_assert_eq!(totals(&one, which), totals(&other, which));
            prop_assert_eq!(placed_by_row(&one, which), placed_by_row(&other, which));
        }
    }

    /// I3 for ids of services: another order of ids is another order of services.
    #[test]
    fn ids_of_services_change_nothing(world in any_world()) {
        let mut other = world.clone();
        let count = other.services.len();
        for (at, service) in other.services.iter_mut().enumerate() {
            service.insert("id".to_owned(), format!("S{}", count - at));
            service.insert("provider".to_owned(), format!("P{}", count - at));
        }
        let (one, other) = (world.market(), other.market());
        for (_, which) in SCENARIOS {
            prop_assert_eq!(placed_by_row(&one, which), placed_by_row(&other, which));
        }
    }

    /// I4 for the whole, and I1: nobody is lost and no place is used twice.
    #[test]
    fn scenarios_are_nested_and_add_up(world in any_world()) {
        let market = world.market();
        let [low, central, high] = SCENARIOS.map(|(_, which)| totals(&market, which));
        prop_assert!(low.residual <= central.residual && central.residual <= high.residual);
        for answer in [low, central, high] {
            prop_assert_eq!(answer.placed + answer.residual, answer.need);
            prop_assert!(answer.placed <= answer.vacancies);
        }
    }

    /// I5 for the total, and that nobody who had a place loses it.
    #[test]
    fn one_vacancy_more_is_worth_nothing_or_one_person(world in any_world(), which in 0usize..6) {
        let mut more = world.clone();
        let at = which % more.services.len();
        let stated = more.services[at]["vacancies"].parse::<u32>().unwrap_or(0);
        // So many places that the record does not contradict itself before or after.
        let mut before = world.clone();
        for (world, vacancies) in [(&mut before, stated), (&mut more, stated + 1)] {
            world.services[at].insert("places".to_owned(), "12".to_owned());
            world.services[at].insert("vacancies".to_owned(), vacancies.to_string());
        }
        let (before, more) = (before.market(), more.market());
        for (_, which) in SCENARIOS {
            let fall = totals(&before, which).residual - totals(&more, which).residual;
            prop_assert!(fall <= 1);
            let rows = placed_by_row(&before, which).into_iter().zip(placed_by_row(&more, which));
            for ((_, placed), (_, then)) in rows {
                prop_assert!(placed <= then);
            }
        }
    }

    /// I10 for gender.
    #[test]
    fn women_and_men_are_treated_alike(world in any_world()) {
        let mut other = world.clone();
        for row in other.services.iter_mut().chain(&mut other.placements) {
            let swapped = match row["gender"].as_str() {
                "female" => "male",
                "male" => "female",
                same => same,
            };
            let swapped = swapped.to_owned();
            row.insert("gender".to_owned(), swapped);
        }
        let (one, other) = (world.market(), other.market());
        for (_, which) in SCENARIOS {
            prop_assert_eq!(placed_by_row(&one, which), placed_by_row(&other, which));
        }
    }
}

#[test]
fn config_of_the_examples_is_all_read() {
    let read = ["as_of", "ladders", "price_default", "scope", "spec"];
    for name in loader::casebook() {
        let world = World::from_casebook(&name);
        let Value::Object(config) = &world.config else {
            panic!("{name}: config.json is not an object");
        };
        for key in config.keys() {
            assert!(read.contains(&key.as_str()), "{name}: nothing reads `{key}`");
        }
    }
}
