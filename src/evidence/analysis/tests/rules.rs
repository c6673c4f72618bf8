//! The rows of the tables in gap-analysis §3 and §4 one by one: who fits, and how many places there
//! are, in the hopeful, the central and the cautious reading.

use serde_json::json;

use super::SCENARIOS;
use super::loader::{Row, World, row};
use crate::evidence::analysis::compatibility::{self, Filter};
use crate::evidence::analysis::matching::{Instance, priority};
use crate::evidence::analysis::position::Position;
use crate::evidence::market::{Market, Point, Rating, RegulatorRating, Service};

/// Never, only hopefully, and in every reading.
const NO: [bool; 3] = [false; 3];
const HOPEFULLY: [bool; 3] = [true, false, false];
const YES: [bool; 3] = [true; 3];

pub(super) type Cells<'a> = &'a [(&'a str, &'a str)];

pub(super) fn service(cells: Cells) -> Row {
    let mut service = row(&[
        ("area", "A"),
        ("level", "open_rehab"),
        ("tags", "pd|autism"),
        ("gender", "any"),
        ("legal", "informal|detained"),
        ("age_min", "18"),
        ("age_max", "64"),
        ("places", "9"),
        ("vacancies", "4"),
        ("quality_reviewed", "3"),
    ]);
    service.extend(row(cells));
    service
}

pub(super) fn person(cells: Cells) -> Row {
    let mut person = row(&[
        ("home", "A"),
        ("level", "open_rehab"),
        ("tags", "pd|autism"),
        ("gender", "female"),
        ("legal", "informal"),
        ("age_min", "18"),
        ("age_max", "64"),
        ("people", "1"),
        ("ready", "no"),
    ]);
    person.extend(row(cells));
    person
}

fn world(taken: Cells, needed: Cells) -> World {
    World::small(vec![service(taken)], vec![person(needed)])
}

/// Whether the one row fits the one service, in the three readings: by the rule, by the barrier
/// that ignores no filter that fails, and by classes and pools.
#[track_caller]
fn fits(market: &Market, expect: [bool; 3]) {
    let found = SCENARIOS.map(|(_, which)| {
        let today = Position::today(market, which);
        let fits = compatibility::check(market, which, &market.placements[0], today.services[0]);
        let placed: u32 = Instance::new(&today).place().iter().sum();
        assert_eq!(placed == 1, fits.is_ok(), "pools and filters say the same");
        fits.is_ok()
    });
    assert_eq!(found, expect);
}

#[track_caller]
fn check(taken: Cells, needed: Cells, expect: [bool; 3]) {
    fits(&world(taken, needed).market(), expect);
}

/// The one service of a market.
fn only(market: &mut Market) -> &mut Service {
    market.providers.values_mut().flat_map(|provider| &mut provider.services).next().unwrap()
}

#[test]
fn people_are_counted_as_each_reading_says() {
    let need = |people, reason| {
        let market = world(&[], &[("people", people), ("reason", reason)]).market();
        SCENARIOS.map(|(_, which)| Position::today(&market, which).need[0])
    };
    assert_eq!(need("3", "no-local-place"), [3, 3, 3]);
    assert_eq!(need("1-4", "no-local-place"), [1, 2, 4]);
    assert_eq!(need("2-7", ""), [0, 4, 7]);
    assert_eq!(need("3", "choice"), [0, 0, 0]);
}

#[test]
fn places_are_counted_as_each_reading_says() {
    let places = |cells: Cells| {
        let market = world(cells, &[]).market();
        SCENARIOS.map(|(_, which)| Position::today(&market, which).capacity[0])
    };
    assert_eq!(places(&[("occ_local", "3"), ("occ_import", "2")]), [4, 4, 4]);
    assert_eq!(places(&[("occ_local", "6")]), [4, 3, 3]);
    assert_eq!(places(&[("places", "")]), [4, 4, 4]);
    let blank = ("vacancies", "");
    assert_eq!(places(&[blank, ("occ_local", "3"), ("occ_import", "1")]), [5, 5, 5]);
    assert_eq!(places(&[blank, ("occ_local", "3")]), [6, 0, 0]);
    assert_eq!(places(&[blank, ("occ_import", "3")]), [6, 0, 0]);
    assert_eq!(places(&[blank]), [9, 0, 0]);
    assert_eq!(places(&[blank, ("places", "")]), [2, 0, 0]);
    assert_eq!(places(&[("available_from", "2026-04-01")]), [4, 4, 4]);
    assert_eq!(places(&[("available_from", "2026-04-02")]), [0, 0, 0]);
}

#[test]
fn days_of_waiting_move_the_horizon() {
    let mut market = world(&[("available_from", "2026-05-01")], &[]).market();
    for (days, places) in [(29, 0), (30, 4)] {
        market.parameters.wait_days = days;
        for (_, which) in SCENARIOS {
            assert_eq!(Position::today(&market, which).capacity, [places]);
        }
    }
}

#[test]
fn local_is_the_area_of_the_scope_and_who_is_served() {
    check(&[], &[], YES);
    check(&[("area", "B")], &[], YES);
    check(&[("area", "C")], &[], NO);
    check(&[("serves", "B")], &[], NO);
    check(&[("serves", "B|ICB1")], &[], YES);
    check(&[], &[("placed_service", "elsewhere")], YES);
    check(&[], &[("placed_service", "S0")], NO);
}

/// One degree of latitude is 111.2 km.
#[test]
fn the_limit_of_distance_is_from_the_home_to_the_service() {
    let far = Point { lat: 53.0, lon: -1.0 };
    let with = |limit, home: &[&str], point| {
        let mut world = world(&[], &[]);
        for area in world.areas.iter_mut().filter(|area| home.contains(&area["id"].as_str())) {
            area.extend(row(&[("lat", "52.0"), ("lon", "-1.0")]));
        }
        let mut market = world.market();
        for level in market.vocabulary.levels.values_mut() {
            level.max_km = limit;
        }
        only(&mut market).geo = point;
        market
    };
    fits(&with(None, &["A"], Some(far)), YES);
    fits(&with(Some(112), &["A"], Some(far)), YES);
    fits(&with(Some(111), &["A"], Some(far)), NO);
    fits(&with(Some(1), &["A"], None), YES);
    fits(&with(Some(112), &[], Some(far)), HOPEFULLY);
    fits(&with(None, &[], Some(far)), YES);
}

#[test]
fn steps_lead_down_by_one_and_for_people_who_are_ready() {
    let step = |service, ready, expect| {
        check(&[("level", service)], &[("level", "locked_rehab"), ("ready", ready)], expect);
    };
    for ready in ["yes", "no", "unknown"] {
        step("locked_rehab", ready, YES);
        step("supported_living", ready, NO);
        check(&[("level", "locked_rehab")], &[("ready", ready)], NO);
    }
    step("open_rehab", "yes", YES);
    step("open_rehab", "unknown", HOPEFULLY);
    step("open_rehab", "no", NO);
    let mut world = world(&[], &[("level", "locked_rehab"), ("ready", "yes")]);
    world.config["ladders"] = json!([["open_rehab"], ["crisis_house", "locked_rehab"]]);
    fits(&world.market(), NO);
}

#[test]
fn every_need_must_be_met_and_verified() {
    check(&[("tags", "pd")], &[], NO);
    check(&[("tags", "pd"), ("tags_claimed", "autism")], &[], HOPEFULLY);
    check(&[("tags", "")], &[], HOPEFULLY);
    check(&[("tags", "psychosis")], &[("tags", "pd")], NO);
    let with = |needs: Option<&[&str]>| {
        let mut market = world(&[("tags", "psychosis")], &[]).market();
        market.placements[0].needs = needs.map(|_| Default::default());
        market
    };
    fits(&with(Some(&[])), YES);
    fits(&with(None), HOPEFULLY);
}

#[test]
fn ages_are_within_and_hopefully_overlap() {
    check(&[("age_min", "18")], &[("age_min", "18"), ("age_max", "25")], YES);
    check(&[("age_min", "25")], &[], HOPEFULLY);
    check(&[("age_max", "30")], &[], HOPEFULLY);
    check(&[("age_min", "65"), ("age_max", "90")], &[], NO);
    check(&[("age_min", ""), ("age_max", "")], &[], HOPEFULLY);
    let unknown = |ages: Cells| {
        let mut market = world(ages, &[]).market();
        market.placements[0].age = None;
        market
    };
    fits(&unknown(&[]), HOPEFULLY);
    fits(&unknown(&[("age_min", "0"), ("age_max", "120")]), YES);
}

#[test]
fn gender_and_legal_status_are_those_that_are_taken() {
    let gender = |taken, who, expect| check(&[("gender", taken)], &[("gender", who)], expect);
    gender("female", "female", YES);
    gender("male", "female", NO);
    gender("any", "female", YES);
    gender("", "female", HOPEFULLY);
    gender("female", "", HOPEFULLY);
    gender("any", "", YES);
    let legal = |taken, status, expect| check(&[("legal", taken)], &[("legal", status)], expect);
    legal("informal", "informal", YES);
    legal("detained", "informal", NO);
    legal("", "informal", HOPEFULLY);
    legal("informal", "", HOPEFULLY);
    legal("informal|detained", "", YES);
}

/// The floor is 2.
#[test]
fn quality_is_the_best_the_reviewed_or_nothing() {
    let score = |reviewed, own, expect| {
        check(&[("quality_reviewed", reviewed), ("quality_self", own)], &[], expect);
    };
    score("2", "", YES);
    score("1", "", NO);
    score("1", "4", HOPEFULLY);
    score("4", "1", YES);
    score("", "2", [true, true, false]);
    score("", "", NO);
    let rated = |rating, floor| {
        let mut market = world(&[], &[]).market();
        only(&mut market).quality.regulator =
            Some(RegulatorRating { rating, date: None, inherited: false });
        market.parameters.regulator_floor = floor;
        market
    };
    let floor = Some(Rating::Inadequate);
    fits(&rated(Some(Rating::Inadequate), floor), NO);
    fits(&rated(Some(Rating::RequiresImprovement), floor), YES);
    fits(&rated(None, floor), YES);
    fits(&rated(Some(Rating::Inadequate), None), YES);
}

/// O2: longest placed, dearest, then by id; blanks come last.
#[test]
fn who_comes_first() {
    let row = |since, cost| person(&[("placed_since", since), ("weekly_cost_pence", cost)]);
    let (old, new) = ("2024-01-01", "2025-01-01");
    let rows = [row("", "900000"), row(new, ""), row(old, ""), row(new, "400000"), row(old, "100")];
    let rows = rows.into_iter().chain([row(new, "300000"), row(new, "400000")]).collect();
    let market = World::small(vec![], rows).market();
    assert_eq!(priority(&market.placements), [4, 2, 3, 6, 5, 1, 0]);
}

/// Nobody moves to where they live, whatever filter is ignored; others may.
#[test]
fn a_barrier_is_one_filter_taken_as_passed() {
    let market = world(&[("gender", "male")], &[]).market();
    let live_there = world(&[], &[("placed_service", "S0")]).market();
    for (market, open) in [(market, Some(Filter::Gender)), (live_there, None)] {
        for (_, which) in SCENARIOS {
            for filter in Filter::ALL {
                let position = Position::today(&market, which).without(filter);
                let placed = Instance::new(&position).place()[0];
                assert_eq!(position.fits(0, 0), open == Some(filter), "{filter:?}");
                assert_eq!(placed == 1, open == Some(filter), "{filter:?}");
            }
        }
    }
}
