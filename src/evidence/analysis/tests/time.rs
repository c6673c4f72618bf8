//! Changes, the plan and the years to come.

use proptest::prelude::*;
use serde_json::json;

use super::answers::{Solved, solve};
use super::loader::{Row, World, row};
use super::{SCENARIOS, any_world, pick, totals};
use crate::evidence::analysis::funnel::{Funnel, funnels};
use crate::evidence::analysis::least_cost::least_cost;
use crate::evidence::analysis::position::Position;
use crate::evidence::analysis::projection::{Projection, expected, years};
use crate::evidence::analysis::reasons::kinds;
use crate::evidence::analysis::stability::shortfalls;
use crate::evidence::analysis::{Ranges, Scenario, analyse, list, match_people, untold};
use crate::evidence::market::Market;

/// A service for women in A with four free places.
fn home() -> Row {
    row(&[
        ("area", "A"),
        ("level", "open_rehab"),
        ("tags", "pd"),
        ("gender", "female"),
        ("legal", "informal|detained"),
        ("age_min", "18"),
        ("age_max", "64"),
        ("places", "10"),
        ("vacancies", "4"),
        ("quality_reviewed", "3"),
    ])
}

/// People for whom it is right.
fn women(people: &str) -> Row {
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
        ("reason", "no-local-place"),
    ])
}

pub(super) fn change(service: &str, date: &str, delta: &str, certainty: &str) -> Row {
    row(&[("service", service), ("date", date), ("delta", delta), ("certainty", certainty)])
}

/// Places of the only service in the three scenarios, on the first of April 2026.
#[track_caller]
fn capacity_is(service: &Row, changes: &[Row], expect: [u32; 3]) {
    let mut world = World::small(vec![service.clone()], vec![women("9")]);
    world.changes = changes.to_vec();
    let market = world.market();
    let got = SCENARIOS.map(|(_, which)| Position::today(&market, which).capacity[0]);
    assert_eq!(got, expect, "{changes:?}");
}

#[test]
fn openings_are_read_hopefully_and_closures_cautiously() {
    let check = |changes: &[Row], expect| capacity_is(&home(), changes, expect);
    check(&[], [4, 4, 4]);
    check(&[change("S0", "2026-04-01", "+2", "confirmed")], [6, 6, 6]);
    check(&[change("S0", "2026-04-01", "2", "probable")], [6, 4, 4]);
    check(&[change("S0", "2026-04-01", "-3", "confirmed")], [1, 1, 1]);
    check(&[change("S0", "2026-04-01", "-3", "probable")], [4, 4, 1]);
    check(&[change("S0", "2026-04-02", "+2", "confirmed")], [4, 4, 4]);
    // Below zero for a while: only what is left after all of them counts.
    let back = change("S0", "2026-03-02", "+4", "confirmed");
    check(&[change("S0", "2026-03-01", "-7", "confirmed"), back], [1, 1, 1]);
    check(&[change("S0", "2026-03-01", "-7", "confirmed")], [0, 0, 0]);
}

#[test]
fn what_the_record_has_already_is_not_counted_again() {
    let mut service = home();
    service.insert("as_of".to_owned(), "2026-03-15".to_owned());
    capacity_is(&service, &[change("S0", "2026-03-15", "+2", "confirmed")], [4, 4, 4]);
    capacity_is(&service, &[change("S0", "2026-03-16", "+2", "confirmed")], [6, 6, 6]);
}

#[test]
fn a_service_that_opens_later_has_nothing_but_what_a_change_adds() {
    let mut service = home();
    service.insert("available_from".to_owned(), "2026-06-01".to_owned());
    capacity_is(&service, &[change("S0", "2026-03-01", "+2", "confirmed")], [2, 2, 2]);
}

/// A service that is to come takes people without a question of quality; what its plan does not say
/// is unknown.
#[test]
fn a_service_that_is_to_come_takes_people() {
    let with = |spec: &str, date: &str| {
        let mut world = World::small(vec![home()], vec![women("9")]);
        let mut change = change("", date, "+3", "confirmed");
        change.insert("spec".to_owned(), format!("{{level: open_rehab, area: b{spec}}}"));
        world.changes = vec![change];
        let market = world.market();
        SCENARIOS.map(|(_, which)| totals(&market, which).placed)
    };
    let whole = ", needs: [pd], age: {min: 18}, gender: any, legal: [informal]";
    assert_eq!(with(whole, "2026-04-01"), [7, 7, 7]);
    assert_eq!(with(whole, "2026-04-02"), [4, 4, 4]);
    assert_eq!(with("", "2026-04-01"), [7, 4, 4]);
    assert_eq!(with(", gender: male, needs: [pd]", "2026-04-01"), [4, 4, 4]);
}

/// A closed service has no free places of its own, but those of a change count: then people fit
/// there, and are placed and paid for there.
#[test]
fn a_closed_service_takes_people_when_places_open_in_it() {
    let mut service = home();
    service.insert("status".to_owned(), "temporarily closed".to_owned());
    let mut world = World::small(vec![service], vec![women("9")]);
    let read = |world: &World| {
        let market = world.market();
        let Solved { position, fits, placed } = solve(Position::today(&market, Scenario::Central));
        let people = least_cost(&position, &fits, &placed).unknown.people;
        let kinds = kinds(&position, &fits, &placed);
        let Funnel(steps) = funnels(&position, &[0])[0];
        (placed[0], people, kinds.capability, kinds.capacity, steps[7], steps[8])
    };
    assert_eq!(read(&world), (0, 0, 9, 0, 0, 0));
    world.changes = vec![change("S0", "2026-04-01", "+5", "confirmed")];
    assert_eq!(read(&world), (5, 5, 0, 4, 1, 1));
}

/// What is not announced counts for the commissioner, and in nothing that is published.
#[test]
fn published_figures_rest_on_announced_changes_only() {
    let mut world = World::small(vec![home()], vec![women("20")]);
    let hidden = change("S0", "2026-03-01", "+3", "confirmed");
    let mut told = change("S0", "2026-03-02", "+2", "confirmed");
    told.insert("public".to_owned(), "yes".to_owned());
    let mut new = change("", "2026-03-01", "+4", "probable");
    new.insert("spec".to_owned(), "{level: open_rehab, area: b}".to_owned());
    let later = change("S0", "2026-04-02", "+1", "confirmed");
    world.changes = vec![hidden, told, new, later];
    let market = world.market();
    let places = |position: Position| position.capacity.iter().sum::<u32>();
    let all = SCENARIOS.map(|(_, which)| places(Position::today(&market, which)));
    let public = SCENARIOS.map(|(_, which)| places(Position::in_public(&market, which)));
    assert_eq!((all, public), ([13, 9, 9], [4, 3, 3]));
    assert_eq!(analyse(&market).residual, [20], "nobody can read that it is good enough");
    let left = list(&market, &Ranges::today(&market));
    let people = left.gaps.iter().map(|gap| gap.people).sum::<u32>();
    assert_eq!(people + left.unlisted.iter().map(|(_, people)| people).sum::<u32>(), 11);
    let untold: Vec<i32> = untold(&market).map(|change| change.delta_places).collect();
    assert_eq!(untold, [3, 4]);
}

fn any_changes() -> impl Strategy<Value = Vec<Row>> {
    let one = (
        pick(&["S0", "S1", "S2", "S3", "S4", ""]),
        pick(&["2026-02-01", "2026-04-01", "2026-09-01"]),
        pick(&["+1", "+3", "-1", "-2"]),
        pick(&["confirmed", "probable"]),
    );
    prop::collection::vec(one, 0..6).prop_map(|all| {
        let all = all.into_iter().map(|(service, date, delta, certainty)| {
            let mut change = change(&service, &date, &delta, &certainty);
            if service.is_empty() {
                let spec = "{level: open_rehab, area: a, needs: [pd], gender: any}";
                change.insert("spec".to_owned(), spec.to_owned());
                change.insert("delta".to_owned(), delta.replace('-', "+"));
            }
            change
        });
        all.collect()
    })
}

/// A world whose changes name services that are there, each once a day.
fn world_with_changes() -> impl Strategy<Value = World> {
    (any_world(), any_changes()).prop_map(|(mut world, changes)| {
        for service in &mut world.services {
            service.insert("places".to_owned(), "9".to_owned());
        }
        let mut seen = Vec::new();
        world.changes = changes
            .into_iter()
            .filter(|change| {
                let at = (change["service"].clone(), change["date"].clone());
                let is_there = world.services.iter().any(|s| s["id"] == change["service"]);
                let is_new = change.contains_key("spec");
                let is_first = is_new || !seen.contains(&at);
                seen.push(at);
                is_new || is_there && is_first
            })
            .collect();
        world
    })
}

/// A table of population in which all ages grow differently, for 2026 and 2031.
fn population() -> (&'static str, String) {
    let mut text = "area,year,age_band,people\n".to_owned();
    for (area, factor) in [("icb1", 1), ("icb2", 3)] {
        for (band, then) in [("young", 90), ("adults", 107), ("older", 131)] {
            text += &format!("{area},2026,{band},{}\n", 1000 * factor);
            text += &format!("{area},2031,{band},{}\n", 10 * then * factor);
        }
    }
    ("data/population/all.csv", text)
}

/// Growth by assumption, in per cent a year.
fn growth(low: &str, central: &str, high: &str) -> [(&'static str, String); 2] {
    let mut text = String::new();
    for (id, value) in [("g-low", low), ("g-central", central), ("g-high", high)] {
        text += &format!("- {{id: {id}, value: {value}, unit: percent a year, source: Test}}\n");
    }
    let parameters = "wait_days: 0\ngrowth: {low: g-low, central: g-central, high: g-high}\n";
    [("data/assumptions.yaml", text), ("data/analysis.yaml", parameters.to_owned())]
}

fn run(market: &Market, year: i16, which: Scenario) -> Projection<'_> {
    Projection::run(market, year, which).unwrap()
}

/// Need and people placed in all.
fn sums(projection: &Projection) -> (u32, u32) {
    projection.rows().fold((0, 0), |(need, placed), row| (need + row.need, placed + row.placed))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// I4 with changes: nobody finds more places in a more cautious scenario.
    #[test]
    fn scenarios_stay_nested_whatever_changes(world in world_with_changes()) {
        let market = world.market();
        let [low, central, high] = SCENARIOS.map(|(_, which)| totals(&market, which));
        prop_assert!(low.vacancies >= central.vacancies && central.vacancies >= high.vacancies);
        prop_assert!(low.residual <= central.residual && central.residual <= high.residual);
    }

    /// Without growth, and with no change to come, every year is today.
    #[test]
    fn nothing_grows_of_itself(world in any_world(), years_on in 0i16..6) {
        let mut world = world;
        let still = "area,year,age_band,people\n\
                     em,2026,adults,700\nem,2027,adults,700\nem,2028,adults,700\n\
                     em,2029,adults,700\nem,2030,adults,700\nem,2031,adults,700\n";
        world.files.push(("data/population/all.csv", still.to_owned()));
        for service in &mut world.services {
            service.insert("available_from".to_owned(), String::new());
        }
        let market = world.market();
        for (_, which) in SCENARIOS {
            let then = run(&market, 2026 + years_on, which);
            let now = match_people(&market, which);
            prop_assert!(then.rows().eq(now.iter().copied()));
            prop_assert_eq!(&then.position.capacity, &Position::today(&market, which).capacity);
        }
    }

    /// I4 in the years to come, and I1.
    #[test]
    fn projections_are_nested_and_add_up(world in world_with_changes()) {
        let mut world = world;
        world.files.push(population());
        world.files.extend(growth("-1.5", "0.5", "3"));
        let market = world.market();
        let [low, central, high] = SCENARIOS.map(|(_, which)| run(&market, 2031, which));
        let rows = low.position.need.iter().zip(&central.position.need);
        for ((low, central), high) in rows.zip(&high.position.need) {
            prop_assert!(low <= central && central <= high);
        }
        let [low, central, high] = [low, central, high].map(|year| sums(&year));
        prop_assert!(low.0 - low.1 <= central.0 - central.1);
        prop_assert!(central.0 - central.1 <= high.0 - high.1);
        for (need, placed) in [low, central, high] {
            prop_assert!(placed <= need);
        }
    }
}

#[test]
fn people_grow_with_their_own_age_and_area_and_the_total_is_exact() {
    let mut old = women("10");
    old.insert("age_min".to_owned(), "65".to_owned());
    old.insert("age_max".to_owned(), "80".to_owned());
    let mut world = World::small(vec![home()], vec![women("7"), women("7"), old]);
    world.files.push(population());
    let market = world.market();
    assert_eq!(years(&market), [2026, 2031]);
    assert!(Projection::run(&market, 2028, Scenario::Central).is_none());
    // 14 x 1.07 = 14.98: the row that comes first gets the person who is left over. 10 x 1.31.
    let then = run(&market, 2031, Scenario::Central);
    assert_eq!(then.position.need, [8, 7, 13]);
    assert_eq!((sums(&then), then.without_population), ((28, 4), 0));
    let standings = then.standings();
    let whole = standings[&(None, None)];
    assert_eq!((whole.need, whole.placed, whole.residual(), whole.capacity), (28, 4, 24, 4));
    assert!(!standings.keys().any(|(area, _)| area.as_ref().is_some_and(|a| a.as_str() == "c")));
}

#[test]
fn assumed_growth_comes_on_top() {
    let mut world = World::small(vec![home()], vec![women("100")]);
    world.files.push(population());
    world.files.extend(growth("0", "2", "2.5"));
    let market = world.market();
    // 100 x 1.07 x 1.02^5 = 118.13...; x 1.025^5 = 121.06...
    let need = SCENARIOS.map(|(_, which)| run(&market, 2031, which).position.need[0]);
    assert_eq!(need, [107, 118, 121]);
}

/// Largest remainders alone would give a row fewer of eleven people than of ten: 6, 6 and 2 of 14
/// are 4, 4 and 2 of ten, but 5, 5 and 1 of eleven.
#[test]
fn no_row_has_more_people_in_a_more_hopeful_reading() {
    let rows = ["6", "6", "2"].map(women).to_vec();
    let mut world = World::small(vec![home()], rows);
    world.changes = vec![change("S0", "2027-04-01", "+2", "confirmed")];
    let mut market = world.market();
    let (ten, eleven) = (-285_714, -214_286);
    let mut need = |[low, central, high]: [i32; 3]| {
        let growth = &mut market.parameters.growth;
        growth.low.millionths = low;
        growth.central.millionths = central;
        growth.high.millionths = high;
        SCENARIOS.map(|(_, which)| run(&market, 2027, which).position.need)
    };
    assert_eq!(need([ten, ten, eleven]), [[4, 4, 2], [4, 4, 2], [5, 4, 2]]);
    assert_eq!(need([ten, eleven, eleven]), [[5, 4, 1], [5, 5, 1], [5, 5, 1]]);
}

#[test]
fn without_a_population_people_stay_and_places_change() {
    let mut world = World::small(vec![home()], vec![women("9")]);
    world.changes = vec![
        change("S0", "2027-04-01", "+2", "confirmed"),
        change("S0", "2027-04-02", "-10", "confirmed"),
    ];
    let market = world.market();
    assert_eq!(years(&market), [2026, 2027, 2028]);
    let placed = |year| sums(&run(&market, year, Scenario::Central));
    assert_eq!([placed(2026), placed(2027), placed(2028)], [(9, 4), (9, 6), (9, 0)]);
    // Ten places close and six are free by then: four people have to move.
    let then = run(&market, 2028, Scenario::Central);
    assert_eq!((then.displaced[0], then.standings()[&(None, None)].displaced), (4, 4));
    assert_eq!(then.without_population, 9);
}

#[test]
fn rates_tell_of_needs_and_ages_that_no_row_has() {
    let mut world = World::small(vec![home()], vec![women("9")]);
    let mut other = home();
    other.insert("id".to_owned(), "S9".to_owned());
    other.insert("provider".to_owned(), "P9".to_owned());
    other.insert("tags".to_owned(), "psychosis".to_owned());
    world.services.push(other);
    world.files.push(population());
    let rates = "need,age_band,rate,source\n\
                 pd,adults,0.5,Survey\npd,older,0.002,Survey\n\
                 psychosis,adults,0.0105,Survey\npsychosis,older,0.001,Survey\n";
    world.files.push(("data/rates/all.csv", rates.to_owned()));
    let market = world.market();
    let told: Vec<_> = expected(&market, 2031)
        .into_iter()
        .map(|one| (one.area.to_string(), one.need.to_string(), one.people))
        .collect();
    // Adults with this need are known, older people are not: 1,310 x 0.002, and 3,930 x 0.002.
    // 1,070 x 0.0105 + 1,310 x 0.001 = 12.545, and three times that: 37.635.
    let line = |area: &str, need: &str, people| (area.to_owned(), need.to_owned(), people);
    let expect = [
        line("icb1", "pd", 3),
        line("icb1", "psychosis", 13),
        line("icb2", "pd", 8),
        line("icb2", "psychosis", 38),
    ];
    assert_eq!(told, expect);
}

/// The secure review of S3: 20 medium secure beds of which seven are free, no low secure ones.
fn secure(plan: &str) -> Market {
    let mut unit = home();
    for (column, value) in [("level", "medium_secure"), ("places", "20"), ("vacancies", "7")] {
        unit.insert(column.to_owned(), value.to_owned());
    }
    let mut world = World::small(vec![unit], vec![women("1")]);
    world.config["ladders"] = json!([["open_rehab", "low_secure", "medium_secure"]]);
    world.files.push(("data/plan.yaml", plan.to_owned()));
    world.market()
}

fn short(plan: &str) -> Vec<(i16, u32)> {
    let found = shortfalls(&secure(plan));
    assert!(found.len() <= 1);
    found.into_iter().flat_map(|shortfall| shortfall.years).collect()
}

fn line(year: i16, level: &str, delta: &str) -> String {
    format!("- {{year: {year}, area: icb1, level: {level}, delta: {delta}}}\n")
}

/// S3: medium secure 18 too many, low secure 11 too few, over five years.
#[test]
fn s3_beds_may_not_close_before_there_are_places_one_step_down() {
    let (upper, lower) = ("medium_secure", "low_secure");
    let hasty = line(2027, upper, "-18") + &line(2030, lower, "+11");
    assert_eq!(short(&hasty), [(2027, 11), (2028, 11), (2029, 11)]);
    let staged = line(2027, lower, "+4")
        + &line(2028, lower, "+7")
        + &line(2027, upper, "-7")
        + &line(2028, upper, "-11");
    assert_eq!(short(&staged), []);
    let slow = line(2027, lower, "+4") + &line(2028, upper, "-12") + &line(2029, lower, "+7");
    assert_eq!(short(&slow), [(2028, 1)]);
    // Two steps down is too far; the same level, or one step, is not.
    assert_eq!(short(&(line(2027, "open_rehab", "+11") + &line(2027, upper, "-8"))).len(), 1);
    assert_eq!(short(&(line(2027, upper, "+1") + &line(2027, upper, "-8"))), []);
    // Only empty beds close.
    assert_eq!(short(&line(2027, upper, "-7")), []);
    // What is done or scheduled is counted elsewhere.
    let done = "- {year: 2027, area: icb1, level: medium_secure, delta: -18, status: done}\n";
    assert_eq!(short(done), []);
}

#[test]
fn levels_that_close_together_do_not_count_a_place_twice() {
    let plan = line(2027, "medium_secure", "-9")
        + &line(2027, "low_secure", "-3")
        + &line(2027, "open_rehab", "+4")
        + &line(2027, "low_secure", "+1");
    // Three of low secure care move down; two of medium secure care find one place.
    let found = shortfalls(&secure(&plan));
    let told: Vec<_> = found.iter().map(|s| (s.level.as_str(), s.years.clone())).collect();
    assert_eq!(told, [("medium_secure", vec![(2027, 1)])]);
}

#[test]
fn a_confirmed_change_counts_like_a_step_of_the_plan() {
    let mut world = World::small(vec![home()], vec![women("1")]);
    world.changes = vec![change("S0", "2027-04-01", "-6", "confirmed")];
    let years = |world: &World| -> Vec<_> {
        shortfalls(&world.market()).into_iter().flat_map(|short| short.years).collect()
    };
    assert_eq!(years(&world), [(2027, 2)]);
    world.changes[0].insert("certainty".to_owned(), "probable".to_owned());
    assert_eq!(years(&world), []);
}
