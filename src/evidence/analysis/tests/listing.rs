//! Listed gaps: the answers of the casebook, and the laws of gap-analysis §6.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::Value;

use super::loader::{self, World, row};
use super::{any_placement, any_world};
use crate::evidence::analysis::compatibility::Filter;
use crate::evidence::analysis::listing::{self, Listed, Listing, Specification};
use crate::evidence::analysis::matching::{Contention, priority};
use crate::evidence::analysis::{Ranges, analyse, list};
use crate::evidence::market::{GenderTaken, LegalId, LevelId, Market, Objective, Pence};

/// A specification as the answers of the casebook spell it.
fn spelled(of: &Specification) -> String {
    let joined = |ids: Vec<&str>, by: &str| ids.join(by);
    let gender = match of.gender {
        GenderTaken::Any => "any",
        GenderTaken::Female => "female",
        GenderTaken::Male => "male",
    };
    format!(
        "{}/{}/{}/{}-{}/{gender}/{}",
        of.area.as_str(),
        of.level,
        joined(of.needs.iter().map(|id| id.as_str()).collect(), "+"),
        of.ages.min,
        of.ages.max,
        joined(of.legal.iter().map(|id| id.as_str()).collect(), "|"),
    )
}

fn takes(market: &Market, listed: &Listed) -> Vec<(String, u32)> {
    listed.takes.iter().map(|(at, n)| (market.placements[*at].id.clone(), *n)).collect()
}

fn unlisted(listing: &Listing) -> u32 {
    listing.unlisted.iter().map(|(_, people)| people).sum()
}

fn check(name: &str) {
    let market = World::from_casebook(name).market();
    let expected = loader::expected(name);
    // The examples count all changes: their answers are the commissioner's.
    let listing = list(&market, &Ranges::today(&market));
    let number = |value: &Value| value.as_u64().unwrap() as u32;
    let answers = expected["listed_gaps"].as_array().unwrap();
    assert_eq!(listing.gaps.len(), answers.len(), "{name}");
    for (listed, answer) in listing.gaps.iter().zip(answers) {
        let spec = answer["spec"].as_str().unwrap().to_lowercase();
        assert_eq!(spelled(&listed.specification), spec, "{name}");
        assert_eq!(listed.people, number(&answer["people"]), "{name}");
        assert_eq!(listed.weekly_price_pence, answer["price"].as_i64(), "{name}");
        let saving = listed.saving.unwrap();
        assert_eq!(Some(saving.known_pence_year), answer["saving_pence_year"].as_i64(), "{name}");
        assert_eq!(saving.people_of_unknown_cost, 0, "{name}");
        let [low, high] = [0, 1].map(|end| number(&answer["range"][end]));
        let range = Contention { low, high };
        assert_eq!(listed.range, range, "{name}");
        let sizes = listed.sizes.unwrap();
        assert_eq!(sizes.by_occupancy.0, number(&answer["beds_occupancy"]), "{name}");
        assert_eq!(sizes.by_refusals.0, number(&answer["beds_full"]), "{name}");
        let rows: Vec<(String, u32)> = serde_json::from_value(answer["takes"].clone()).unwrap();
        assert_eq!(takes(&market, listed), rows, "{name}");
    }
    assert_eq!(unlisted(&listing), number(&expected["unlisted_people"]), "{name}");
}

#[test]
fn the_examples_list_what_the_casebook_says() {
    for name in loader::casebook() {
        check(&name);
    }
}

/// Without the forbidden pair one mixed unit takes all twelve (example 9).
#[test]
fn a_mix_that_is_not_forbidden_covers_more() {
    let mut world = World::from_casebook("17_coverage_forbidden");
    world.config["spec"]["forbid_pairs"] = Value::Null;
    let market = world.market();
    let listing = analyse(&market).listing;
    assert_eq!(listing.gaps.len(), 1);
    assert_eq!(listing.gaps[0].people, 12);
    assert_eq!(listing.gaps[0].weekly_price_pence, Some(310_000));
    assert_eq!(
        spelled(&listing.gaps[0].specification),
        "icb1/open_rehab/autism+pd/18-64/female/informal"
    );
}

/// People of one kind who need a place in the first ICB and have none.
fn people(count: &str, changes: &[(&str, &str)]) -> loader::Row {
    let mut cells = row(&[
        ("home", "A"),
        ("level", "open_rehab"),
        ("tags", "pd"),
        ("gender", "female"),
        ("legal", "informal"),
        ("age_min", "18"),
        ("age_max", "64"),
        ("people", count),
        ("ready", "no"),
        ("weekly_cost_pence", "400000"),
    ]);
    cells.extend(row(changes));
    cells
}

fn spelled_all(market: &Market) -> Vec<(String, u32, u32)> {
    let listing = analyse(market).listing;
    listing.gaps.iter().map(|g| (spelled(&g.specification), g.ordinal, g.people)).collect()
}

#[test]
fn one_specification_may_be_listed_twice() {
    let market = World::small(vec![], vec![people("17", &[])]).market();
    let spec = "icb1/open_rehab/pd/18-64/female/informal".to_owned();
    assert_eq!(spelled_all(&market), [(spec.clone(), 1, 12), (spec, 2, 5)]);
}

#[test]
fn no_more_is_asked_than_people_need() {
    let mut market = World::small(vec![], vec![people("5", &[])]).market();
    // Without premiums, taking everybody costs no more; it is still more than is needed.
    market.parameters.tag_premium = Pence::new(0);
    market.parameters.detained_premium = Pence::new(0);
    market.parameters.any_gender_levels.extend(LevelId::parse("open_rehab"));
    assert_eq!(spelled_all(&market)[0].0, "icb1/open_rehab/pd/18-64/female/informal");
}

#[test]
fn any_gender_only_where_it_is_allowed() {
    let rows = || vec![people("3", &[]), people("3", &[("gender", "male")])];
    let mut market = World::small(vec![], rows()).market();
    assert_eq!(spelled_all(&market), []);
    market.parameters.any_gender_levels.extend(LevelId::parse("open_rehab"));
    let spec = "icb1/open_rehab/pd/18-64/any/informal".to_owned();
    assert_eq!(spelled_all(&market), [(spec, 1, 6)]);
}

#[test]
fn what_is_unknown_is_covered_only_where_everything_is_taken() {
    let listed = |changes| spelled_all(&World::small(vec![], vec![people("6", changes)]).market());
    let all = "icb1/open_rehab/pd/18-64/female/detained|informal".to_owned();
    assert_eq!(listed(&[("legal", "")]), [(all, 1, 6)]);
    assert_eq!(listed(&[("gender", "")]), []);
    assert_eq!(listed(&[("tags", "")]), []);
    assert_eq!(listed(&[("age_min", "17")]), []);
}

/// Who is ready may come along one level down, but draws no specification there alone.
#[test]
fn only_people_who_are_ready_step_down() {
    let above = |ready| people("4", &[("level", "locked_rehab"), ("ready", ready)]);
    let listed =
        |ready| spelled_all(&World::small(vec![], vec![people("6", &[]), above(ready)]).market());
    let spec = |level: &str| format!("icb1/{level}/pd/18-64/female/informal");
    assert_eq!(listed("yes"), [(spec("open_rehab"), 1, 10)]);
    for ready in ["no", "unknown"] {
        assert_eq!(listed(ready), [(spec("open_rehab"), 1, 6), (spec("locked_rehab"), 1, 4)]);
    }
    let alone = World::small(vec![], vec![above("yes")]).market();
    assert_eq!(spelled_all(&alone), [(spec("locked_rehab"), 1, 4)]);
}

/// `net_saving` takes the dearer places first, and counts unknown costs apart.
#[test]
fn savings_rank_gaps_if_they_are_asked_to() {
    let rows = vec![
        people("9", &[("weekly_cost_pence", "310000")]),
        people("4", &[("tags", "psychosis"), ("weekly_cost_pence", "500000")]),
        people("2", &[("tags", "psychosis"), ("weekly_cost_pence", "")]),
    ];
    let mut market = World::small(vec![], rows).market();
    // Three would be one mixed gap of twelve; keep them apart.
    market.parameters.max_tags = 1;
    let names = |market: &Market| -> Vec<String> {
        spelled_all(market).into_iter().map(|(spec, ..)| spec).collect()
    };
    let spec = |need: &str| format!("icb1/open_rehab/{need}/18-64/female/informal");
    assert_eq!(names(&market), [spec("pd"), spec("psychosis")]);
    market.parameters.objective = Objective::NetSaving;
    assert_eq!(names(&market), [spec("psychosis"), spec("pd")]);
    let saving = analyse(&market).listing.gaps[0].saving.unwrap();
    assert_eq!(saving.known_pence_year, 4 * (500_000 - 250_000) * 52);
    assert_eq!(saving.people_of_unknown_cost, 2);
    assert_eq!(saving.range(4_900_000), (52_000_000, 52_000_000 + 9_800_000));
}

fn service(changes: &[(&str, &str)]) -> loader::Row {
    let mut cells = row(&[
        ("area", "B"),
        ("level", "open_rehab"),
        ("tags", "pd"),
        ("gender", "any"),
        ("legal", "informal|detained"),
        ("age_min", "18"),
        ("age_max", "64"),
        ("vacancies", "0"),
        ("quality_reviewed", "3"),
    ]);
    cells.extend(row(changes));
    cells
}

#[test]
fn the_nearest_service_lacks_one_thing() {
    let nearest = |services: &[&[(&str, &str)]]| {
        let services = services.iter().map(|changes| service(changes)).collect();
        let market = World::small(services, vec![people("6", &[])]).market();
        let listing = analyse(&market).listing;
        let nearest = listing.gaps[0].nearest.clone()?;
        let missing: Vec<String> = nearest.missing_needs.iter().map(|id| id.to_string()).collect();
        Some((nearest.service.to_string(), nearest.lacks, missing.join("+")))
    };
    let lacks = |filter, missing: &str| Some(("s0".to_owned(), filter, missing.to_owned()));
    assert_eq!(nearest(&[&[("tags", "psychosis")]]), lacks(Filter::Needs, "pd"));
    assert_eq!(nearest(&[&[("tags", "")]]), lacks(Filter::Needs, "pd"));
    assert_eq!(nearest(&[&[("gender", "male")]]), lacks(Filter::Gender, ""));
    assert_eq!(nearest(&[&[("legal", "detained")]]), lacks(Filter::Legal, ""));
    assert_eq!(nearest(&[&[("age_min", "30")]]), lacks(Filter::Age, ""));
    assert_eq!(nearest(&[&[("quality_reviewed", "1")]]), lacks(Filter::Quality, ""));
    assert_eq!(nearest(&[&[("serves", "A")]]), lacks(Filter::Scope, ""));
    // Two things are not one, and a full service lacks nothing but a place.
    assert_eq!(nearest(&[&[("gender", "male"), ("tags", "psychosis")]]), None);
    assert_eq!(nearest(&[&[]]), None);
    // Another level or area is not near.
    assert_eq!(nearest(&[&[("area", "C"), ("gender", "male")]]), None);
    assert_eq!(nearest(&[&[("level", "locked_rehab"), ("gender", "male")]]), None);
    // Of two, the first by id.
    assert_eq!(nearest(&[&[("gender", "male")], &[("tags", "")]]), lacks(Filter::Gender, ""));
}

/// All sets of at least one and at most `most` of these.
fn sets<T: Clone + Ord>(of: &BTreeSet<T>, most: usize) -> Vec<BTreeSet<T>> {
    let sets = (1..1u32 << of.len()).map(|choice| {
        let chosen = of.iter().enumerate().filter(|(at, _)| choice & (1 << at) != 0);
        chosen.map(|(_, one)| one.clone()).collect()
    });
    sets.filter(|set: &BTreeSet<T>| set.len() <= most).collect()
}

/// Whom of the residual each specification covers that could be listed, by the plain rule.
fn every_choice(market: &Market, residual: &[u32]) -> Vec<Vec<usize>> {
    let left: Vec<usize> = (0..residual.len()).filter(|at| residual[*at] > 0).collect();
    let row = |at: &usize| &market.placements[*at];
    let all: BTreeSet<LegalId> = market.vocabulary.legal.keys().cloned().collect();
    let mut statuses = sets(&all, 1);
    statuses.push(all);
    let mut choices = BTreeSet::new();
    for one in left.iter().map(row) {
        let (level, scope) = (&one.level, market.vocabulary.levels[&one.level].scope);
        let area = &market.areas.ancestor(&one.home, scope).unwrap().id;
        let here = left
            .iter()
            .map(row)
            .filter(|other| other.level == *level && market.areas.is_within(&other.home, area));
        let drawn = here.filter_map(|other| other.needs.clone()).flatten().collect();
        for needs in sets(&drawn, market.parameters.max_tags as usize) {
            for gender in [GenderTaken::Female, GenderTaken::Male] {
                for legal in &statuses {
                    let specification = Specification {
                        area: area.clone(),
                        level: level.clone(),
                        needs: needs.clone(),
                        ages: market.vocabulary.age_bands[1].ages,
                        gender,
                        legal: legal.clone(),
                    };
                    let covers = |at: &&usize| listing::covers(market, &specification, row(at));
                    choices.insert(left.iter().filter(covers).copied().collect());
                }
            }
        }
    }
    choices.into_iter().collect()
}

/// Most people whom so many listings could take, by trying every choice and every way to take.
fn best_of(market: &Market, choices: &[Vec<usize>], left: &[u32], listings: usize) -> u32 {
    if listings == 0 {
        return 0;
    }
    let mut best = 0;
    for choice in choices {
        // With one row each way to take is the same; so the rows are taken in every order.
        for turn in 0..choice.len() {
            let (mut then, mut room) = (left.to_vec(), market.parameters.max_people);
            for at in choice.iter().cycle().skip(turn).take(choice.len()) {
                let people = then[*at].min(room);
                then[*at] -= people;
                room -= people;
            }
            let taken = market.parameters.max_people - room;
            if taken >= market.parameters.min_people {
                best = best.max(taken + best_of(market, choices, &then, listings - 1));
            }
        }
    }
    best
}

/// Small markets without services; rows of unknown needs may need nothing instead.
fn without_services() -> impl Strategy<Value = Market> {
    let rows = prop::collection::vec(any_placement(), 1..6);
    (rows, any::<bool>()).prop_map(|(rows, need_nothing)| {
        let mut market = World::small(vec![], rows).market();
        for row in &mut market.placements {
            row.needs = row.needs.take().or(need_nothing.then(BTreeSet::new));
        }
        market
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// I9, that nobody is listed twice, and that each listing keeps the rules of §6.
    #[test]
    fn listed_and_unlisted_make_the_residual(world in any_world(), fewest in 1u32..4) {
        let mut market = world.market();
        market.parameters.min_people = fewest;
        market.parameters.max_people = 4;
        let analysis = analyse(&market);
        let mut people = vec![0; market.placements.len()];
        let order = priority(&market.placements);
        for listed in &analysis.listing.gaps {
            prop_assert_eq!(listed.people, listed.takes.iter().map(|(_, n)| n).sum::<u32>());
            prop_assert!((fewest..=4).contains(&listed.people));
            prop_assert!(!listed.specification.needs.is_empty());
            for (at, n) in &listed.takes {
                people[*at] += n;
                prop_assert!(listing::covers(&market, &listed.specification, &market.placements[*at]));
            }
            let ranks: Vec<_> =
                listed.takes.iter().map(|(row, _)| order.iter().position(|at| at == row)).collect();
            prop_assert!(ranks.is_sorted());
        }
        for (at, n) in &analysis.listing.unlisted {
            people[*at] += n;
        }
        prop_assert_eq!(people, analysis.residual);
    }

    /// The greedy choice is the best of every specification at each step, by the plain rule, and
    /// reaches (1 - 1/e) of the best choice of as many.
    #[test]
    fn the_choice_is_near_the_best(mut market in without_services(), most in 2u32..5) {
        market.parameters.min_people = 1;
        market.parameters.max_people = most;
        market.parameters.max_specs = 2;
        let analysis = analyse(&market);
        let choices = every_choice(&market, &analysis.residual);
        let mut left = analysis.residual.clone();
        for listed in &analysis.listing.gaps {
            prop_assert_eq!(listed.people, best_of(&market, &choices, &left, 1));
            for (at, people) in &listed.takes {
                left[*at] -= people;
            }
        }
        if analysis.listing.gaps.len() < 2 {
            prop_assert_eq!(best_of(&market, &choices, &left, 1), 0);
        }
        let greedy: u32 = analysis.listing.gaps.iter().map(|listed| listed.people).sum();
        let best = best_of(&market, &choices, &analysis.residual, 2);
        prop_assert!(f64::from(greedy) >= (1.0 - (-1.0f64).exp()) * f64::from(best));
    }

    /// Rows in another order in the file give the same listings.
    #[test]
    fn the_order_of_rows_changes_no_listing(world in any_world(), turn in 0usize..7) {
        let mut other = world.clone();
        let rows = other.placements.len();
        other.placements.rotate_left(turn % rows);
        let told = |market: &Market| -> Vec<_> {
            analyse(market)
                .listing
                .gaps
                .iter()
                .map(|listed| (spelled(&listed.specification), takes(market, listed), listed.range.low))
                .collect()
        };
        let (mut one, mut other) = (world.market(), other.market());
        for market in [&mut one, &mut other] {
            market.parameters.min_people = 1;
        }
        prop_assert_eq!(told(&one), told(&other));
    }
}
