//! Money and movement of whole markets: the casebook's descriptive measures, and the stories.

use jiff::civil::date;

use super::super::beds::{admissions, turnover};
use super::super::measures::{Measures, movement_and_money};
use super::super::money::{claims::Spread, concentration, saving::Priced};
use super::super::movement::review::Reviews;
use super::super::rational::Rational;
use super::super::{RowResult, match_people};
use super::loader::{self, World};
use super::{SCENARIOS, totals};
use crate::evidence::market::{self, Beds, Market};
use crate::sources::{Source, SourceSet};

fn measures(market: &Market) -> Measures {
    movement_and_money(market, &[])
}

#[test]
fn descriptive_measures_of_every_example_are_exact() {
    for name in loader::casebook() {
        let market = World::from_casebook(&name).market();
        let answer = measures(&market);
        let expected = &loader::expected(&name)["measures"];
        let value = &answer.money.occupied_value.value;
        let float = |share: Option<Rational>| share.map(Rational::to_float);
        assert_eq!(float(value.index()), expected["hhi"].as_f64(), "{name}");
        assert_eq!(float(value.top(3)), expected["top3_share"].as_f64(), "{name}");
        let (whole, flow) = &answer.movement.flows[0];
        assert!(whole.is_none());
        assert_eq!(Some(flow.value.imports.known), expected["imports"].as_i64(), "{name}");
        let share = answer.money.local_share[0].1.value;
        let spend = &expected["spend_week_pence"];
        let pence = |side: &str| spend[side].as_i64().map(i128::from);
        assert_eq!(Some(share.local.known), pence("local"), "{name}");
        assert_eq!(Some(share.out_of_area.known), pence("out_of_area"), "{name}");
        let reviews = &answer.movement.reviews[0].1.value;
        let people = |key: &str| expected["review_overdue"][key].as_u64().unwrap() as u32;
        let found = (reviews.overdue, reviews.unknown, reviews.people);
        assert_eq!(found, (people("overdue"), people("unknown"), people("people")), "{name}");
    }
}

#[test]
fn savings_of_every_example_follow_from_the_least_price() {
    for name in loader::casebook() {
        let market = World::from_casebook(&name).market();
        let expected = loader::expected(&name);
        for (word, scenario) in SCENARIOS {
            let expected = &expected["scenarios"][word];
            if u64::from(totals(&market, scenario).placed) != expected["placed"].as_u64().unwrap() {
                assert_eq!(name, "05_intervals", "its probable opening is not read yet");
                continue;
            }
            let placed: Vec<u32> =
                match_people(&market, scenario).iter().map(|row: &RowResult| row.placed).collect();
            let least_price_week_pence = expected["min_weekly_price_pence"].as_i64();
            let priced = Priced { scenario, placed: &placed, least_price_week_pence };
            let answer = movement_and_money(&market, &[priced]);
            let saving = &answer.money.savings[0];
            let unknown = expected["placed_unknown_cost"].as_u64().unwrap();
            assert_eq!(u64::from(saving.people_unknown), unknown, "{name}, {word}");
            let year = expected["saving_pence_year"].as_i64().map(i128::from);
            assert_eq!(saving.year_pence.as_ref().map(|line| line.value), year, "{name}, {word}");
            // Nothing is assumed where the publisher assumes nothing.
            assert!(saving.assumed_year_pence.is_none() && saving.expected_year_pence.is_none());
            assert!(saving.double_running_pence.is_none() && saving.second_move.is_none());
        }
    }
}

/// Example 13 and 14: the index, imports as a range, and reviews from 75% to 100%.
#[test]
fn over_capacity_and_reviews_of_the_managed_market() {
    let market = World::from_casebook("18_legal_measures").market();
    let answer = measures(&market);
    let index = answer.money.occupied_value.value.index().unwrap();
    assert_eq!(format!("{:?}", concentration::band(index)), "High");
    let reviews = &answer.movement.reviews[0].1.value;
    let percent = |share: Rational| share.per_mille();
    let range = reviews.range().map(|(low, high)| (percent(low), percent(high)));
    assert_eq!(range, Some((Some(750), Some(1000))));
    assert_eq!((reviews.never_recorded, &reviews.days_overdue[..]), (2, &[(0, 1)][..]));
    let rate = &answer.movement.import_rates[0].1.value;
    assert_eq!((rate.imported, rate.occupied, rate.fills_vacancies()), (2, 4, false));
}

const SITE: &str = "{title: T, base_url: \"https://e.example.org/\", publisher: P, \
    status: example, contact: {email: t@example.org}, \
    edition: {name: E, date: 2026-11-02, as_at: 2026-10-01}, accessibility: {compliance: fully, \
    prepared: 2026-11-02, contact: {email: t@example.org}}}";
const AREAS: &str = "[{id: east, name: East, kind: region}, \
    {id: mere, name: Mere, kind: icb, parent: east}, \
    {id: vale, name: Vale, kind: icb, parent: east}, \
    {id: dale, name: Dale, kind: place, parent: vale}, \
    {id: bridge, name: Bridge, kind: place, parent: mere}, \
    {id: hill, name: Hill, kind: place, parent: mere}]";
const WORDS: &str = "{ladders: [{id: health, name: H, levels: [\
    {id: living, name: L, scope: icb, target_occupancy: 0.5, price_default: 900}, \
    {id: rehab, name: R, scope: icb, target_occupancy: 0.85, price_default: 2000}]}], \
    needs: [{id: dementia, name: D}, {id: psychosis, name: P}], \
    quality: [{score: 0, name: Poor}, {score: 4, name: Good}]}";
const PROVIDERS: &str = "{id: elm, name: Elm, services: [\
    {id: oak, name: Oak, level: rehab, area: bridge, needs: [psychosis], gender: any, \
     age: {min: 18}, legal: [], places: 30, occupied: {local: 8, imported: 9}, \
     price: {pounds_per_week: 2000}, quality: {self: {score: 3}}}, \
    {id: ash, name: Ash, level: rehab, area: hill, needs: [psychosis], gender: any, \
     age: {min: 18}, legal: [], places: 6, occupied: {local: 2}, \
     quality: {self: {score: 3}}}]}";

/// A market of two services with these further files.
fn world(files: &[(&str, &str)]) -> Market {
    let fixed = [
        ("data/site.yaml", SITE),
        ("data/areas.yaml", AREAS),
        ("data/vocabulary.yaml", WORDS),
        ("data/providers/elm.yaml", PROVIDERS),
        ("data/analysis.yaml", "{review_intervals_days: {dementia: 182, psychosis: 365}}"),
    ];
    let all = fixed.iter().chain(files);
    let sources = SourceSet::new(all.map(|(path, text)| Source::new(*path, *text)));
    let outcome = market::read(&sources);
    outcome.value.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics))
}

fn share(num: i128, den: i128) -> Rational {
    Rational::new(num, den).unwrap()
}

/// Story S1: 200 days after a review that is due every 182 days, it is overdue by 18 days.
#[test]
fn reviews_are_due_by_the_shortest_interval_of_the_needs() {
    let rows = "\
- {id: R1, home: bridge, level: rehab, people: 2, needs: [dementia, psychosis], \
last_review: 2026-03-15}
- {id: R2, home: bridge, level: rehab, people: 3, needs: [psychosis], last_review: 2026-03-15}
- {id: R3, home: hill, level: rehab, people: 4, needs: [], last_review: 2026-03-15}
- {id: R4, home: hill, level: rehab, people: 1, needs: [dementia]}
- {id: R5, home: hill, level: rehab, people: 1, review_due: 2026-10-01, last_review: 2020-01-01}
";
    let market = world(&[("data/placements/rows.yaml", rows)]);
    let as_at = market.settings.edition.as_at;
    assert_eq!(date(2026, 3, 15).until(as_at).unwrap().get_days(), 200);
    let answer = measures(&market);
    let expect = Reviews {
        people: 11,
        overdue: 2,
        unknown: 5,
        never_recorded: 1,
        days_overdue: vec![(0, 18)],
    };
    assert_eq!(answer.movement.reviews[0].1.value, expect);
    let hill = answer
        .movement
        .reviews
        .iter()
        .find(|(area, _)| area.as_ref().is_some_and(|area| area.as_str() == "hill"));
    let hill = &hill.unwrap().1;
    assert_eq!((hill.value.people, hill.value.overdue, hill.value.unknown), (6, 0, 5));
    assert_eq!(hill.inputs.placements, [2, 3, 4]);
    assert_eq!(hill.formula.id, "review-overdue");
}

/// Story S4: 9 residents on the provider's list, 7 placements, one of them not there.
#[test]
fn providers_and_commissioners_compare_their_lists() {
    let mut list = "service,pseudonym,funder\n".to_owned();
    for n in 1..=9 {
        list += &format!("oak,R{n},vale\n");
    }
    list += "oak,R90,elsewhere\noak,R91,\noak,R92,self\noak,R93,mere\nash,R13,dale\n";
    let mut rows = String::new();
    let mut place = |id: &str, service: &str, people: &str| {
        rows += &format!("- {{id: {id}, home: dale, level: rehab, people: {people}");
        rows += &format!(", current_service: {service}}}\n");
    };
    for n in 1..=6 {
        place(&format!("R{n}"), "oak", "1");
    }
    place("R10", "oak", "1");
    place("R12", "oak", "3-6");
    place("R13", "oak", "1");
    let market =
        world(&[("data/placements/rows.yaml", &rows), ("data/resident_lists/elm.csv", &list)]);
    let lists = measures(&market).movement.lists;
    let names: Vec<&str> = lists.iter().map(|(service, _)| service.as_str()).collect();
    assert_eq!(names, ["ash", "oak"]);
    let oak = lists[1].1.value;
    assert_eq!((oak.provider_says_ours, oak.matched), (9, 6));
    // R13 is placed at Oak, whose list does not have it; Ash has it.
    assert_eq!((oak.unknown_to_commissioner, oak.unknown_to_provider), (3, 2));
    assert_eq!((oak.funder_unknown, oak.not_single, oak.local), (1, 1, 1));
    assert_eq!(oak.coverage(), Some(share(6, 9)));
    let ash = lists[0].1.value;
    assert_eq!((ash.matched, ash.placed_elsewhere, ash.unknown_to_commissioner), (0, 1, 1));
}

/// Stories S0 and S1: spend by provider, its increases, its tiers, and the budget it comes from.
#[test]
fn spend_is_ranked_and_shared() {
    let market = world(&[
        (
            "data/spend/2025.csv",
            "provider,year,amount_pounds,place,area,part,uplift_asked,uplift_agreed\n\
             elm,2025/26,1000000,local,bridge,health,5,3\n\
             far-away,2025/26,3000000,out-of-area,mere,health,4.5,2.5\n\
             elm,2025/26,200000,local,mere,,,\n\
             elm,2024/25,9,local,mere,health,,\n",
        ),
        (
            "data/budget.yaml",
            "- {area: mere, year: 2025/26, part: health, amount_pounds: 80000000, percent: 10}\n\
             - {area: hill, year: 2025/26, amount_pounds: 1200000}\n",
        ),
        (
            "data/discounts.yaml",
            "- {provider: elm, year: 2025/26, from_spend: 500000, percent_off: 1}\n\
             - {provider: elm, from_spend: 1000000, percent_off: 2.5}\n",
        ),
    ]);
    let money = measures(&market).money;
    let (year, paid) = &money.paid[1];
    assert_eq!((year.to_string().as_str(), paid.value.ranking.len()), ("2025/26", 2));
    assert_eq!(paid.value.top(1), Some(share(30, 42)));
    assert_eq!(
        paid.value.index(),
        share(30 * 30 + 12 * 12, 42 * 42).times(Rational::whole(10_000))
    );
    assert_eq!(paid.inputs.payments, [0, 1, 2]);
    let uplift = money.uplift[1].1.value;
    assert_eq!((uplift.avoided_pence, uplift.unstated), (8_000_000, 1));
    assert_eq!((uplift.asked_pence, uplift.agreed_pence), (18_500_000, 10_500_000));
    assert_eq!(uplift.avoided_points, Rational::new(uplift.avoided_pence * 100, uplift.paid_pence));
    assert_eq!(uplift.point_pence(), Some(uplift.paid_pence / 100));
    let (_, budget) = &money.budget_share[0];
    assert_eq!(budget.value.range(), Some((share(1, 8), share(12, 80))));
    assert_eq!(money.budget_share[1].1.value.range().unwrap().0, Rational::whole(0));
    let (_, _, discount) = &money.discounts[1];
    assert_eq!(discount.value.off_pence, 500_000 + 500_000);
    assert_eq!(discount.inputs.tiers, [0, 1]);
    assert_eq!(money.discounts[0].2.value.off_pence, 0);
}

/// Story S1: over 100 people and 12 million pounds in three years.
#[test]
fn returns_add_up_over_the_years() {
    let market = world(&[
        (
            "data/returns.csv",
            "cohort,year,commissioner,people,saving_pounds\n\
             health,2014/15,bridge,50,7000000\n\
             health,2012/13,bridge,20,2000000\n\
             health,2012/13,hill,<5,-1000.50\n\
             dementia,2013/14,mere,3-6,\n\
             health,2013/14,hill,29,3001000.50\n",
        ),
        (
            "data/pathway.csv",
            "cohort,year,identified,assessed,suitable,moved,graduated\n\
             health,2013/14,10,10,8,6,0\n\
             health,2012/13,40,30,24,14,\n",
        ),
    ]);
    let movement = measures(&market).movement;
    let years: Vec<String> =
        movement.returns.iter().map(|line| line.value.year.to_string()).collect();
    assert_eq!(years, ["2013/14", "2012/13", "2013/14", "2014/15"]);
    let first = &movement.returns[1].value;
    assert_eq!((first.people.low, first.people.high, first.saving_pence), (21, 24, 199_899_950));
    let last = &movement.returns[3].value;
    assert_eq!((last.people_so_far.low, last.people_so_far.high), (100, 103));
    assert_eq!(last.saving_so_far_pence, 1_200_000_000);
    assert_eq!(last.saving_each_at_most(), Some(Rational::whole(12_000_000)));
    let each_year = |spread| last.saving_each_year_at_most(spread);
    assert_eq!(each_year(Spread::AtOnce), Some(Rational::whole(4_000_000)));
    assert_eq!(each_year(Spread::Evenly), Some(Rational::whole(8_000_000)));
    assert_eq!(movement.returns[0].value.unstated, 1);
    let stages = &movement.pathway[1].value;
    use crate::evidence::market::PathwayStage;
    let moved = stages.reached(PathwayStage::Suitable, PathwayStage::Moved).unwrap();
    assert_eq!(moved, (share(20, 32), share(20, 32)));
    assert_eq!(stages.reached(PathwayStage::Moved, PathwayStage::Graduated), None);
    assert_eq!(stages.people[4].map(|people| people.high), Some(0));
}

/// 36 places at 85% for 10 local people, and for 3 to 6 people away whom the services could take.
/// A cautious reading does not let them in, because nobody has reviewed the services; the central
/// one counts 4 of them.
#[test]
fn places_to_spare_are_a_range() {
    let rows = "- {id: R1, home: bridge, level: rehab, people: 3-6, needs: [psychosis], \
                age: 18-64, reason: capability}\n";
    let market = world(&[("data/placements/rows.yaml", rows)]);
    let movement = measures(&market).movement;
    let found = &movement.over_capacity[0];
    assert_eq!((found.value.area.as_str(), found.value.level.as_str()), ("mere", "rehab"));
    assert_eq!((found.value.low, found.value.high), (36 - 17, 36 - 12));
    let flow = movement.flows[0].1.value;
    assert_eq!((flow.imports.low, flow.imports.known, flow.imports.high), (9, 9, 13));
    assert_eq!((flow.net().low, flow.net().known, flow.net().high), (3, 5, 10));
    let rates = &movement.import_rates;
    assert_eq!(rates.len(), 1);
    assert!(rates[0].1.value.fills_vacancies());
}

/// What the publisher assumes stands in lines of its own, with the assumption named.
#[test]
fn assumed_savings_are_never_mixed_in() {
    let market = world(&[
        (
            "data/placements/rows.yaml",
            "- {id: R1, home: bridge, level: rehab, people: 2, weekly_cost_pounds: 3000}\n\
             - {id: R2, home: bridge, level: rehab, people: 5}\n",
        ),
        (
            "data/assumptions.yaml",
            "- {id: saving-per-person, value: 49000, unit: u, source: s}\n\
             - {id: move-success, value: 0.76, unit: u, source: s}\n\
             - {id: double-running-weeks, value: 4, unit: u, source: s}\n\
             - {id: saving-target, value: 50000, unit: u, source: s}\n\
             - {id: second-move-months, value: 18, unit: u, source: s}\n\
             - {id: second-move-price, value: 900, unit: u, source: s}\n",
        ),
    ]);
    let priced = Priced {
        scenario: SCENARIOS[1].1,
        placed: &[2, 4],
        least_price_week_pence: Some(2 * 200_000),
    };
    let answer = movement_and_money(&market, &[priced]);
    let saving = &answer.money.savings[0];
    assert_eq!((saving.people_known, saving.people_unknown), (2, 4));
    let year = saving.year_pence.as_ref().unwrap();
    assert_eq!((year.value, &year.inputs.placements[..]), (2 * 100_000 * 52, &[0][..]));
    assert!(year.assumptions.is_empty());
    let assumed = saving.assumed_year_pence.as_ref().unwrap();
    assert_eq!((assumed.value.low, assumed.value.high), (0, 4 * 4_900_000));
    assert_eq!(assumed.assumptions, ["saving-per-person"]);
    assert_eq!(assumed.inputs.placements, [1]);
    // 1 October to 31 March: 182 of 365 days.
    let at_once = saving.this_year_at_once_pence.as_ref().unwrap().value;
    assert_eq!(at_once, share(10_400_000 * 182, 365).rounded());
    assert_eq!(saving.first_year_evenly_pence.as_ref().unwrap().value, 5_200_000);
    assert_eq!(saving.expected_year_pence.as_ref().unwrap().value, 7_904_000);
    let against = saving.against_target.as_ref().unwrap();
    let target = &against.value;
    assert_eq!((target.evenly.needs, target.evenly.needs_days), (share(50, 104), 176));
    assert!(target.evenly.is_met && target.at_once.is_met && target.is_proved);
    let ends = (target.full_year.low, target.full_year.high);
    assert_eq!(ends, (Some(10_400_000), Some(10_400_000 + 4 * 4_900_000)));
    assert_eq!(against.assumptions, ["saving-target", "saving-per-person"]);
    let lasting = saving.lasting.as_ref().unwrap();
    assert_eq!((lasting.value.people, lasting.value.range), (share(456, 100), (2, 6)));
    assert_eq!(saving.double_running_pence.as_ref().unwrap().value, 4 * 400_000);
    let second = saving.second_move.as_ref().unwrap();
    assert_eq!((second.value.after_months, second.value.year_pence), (18, 2 * 110_000 * 52));
    assert_eq!(second.value.within_pence, [Some(0), Some(110_000 * 52)]);
    assert_eq!(second.assumptions.len(), 2);
    assert_eq!(format!("{answer:?}"), "Measures(withheld)");
    // Without a price nobody can say what a move saves; what is assumed does not need one.
    let unpriced = Priced { least_price_week_pence: None, ..priced };
    let saving = movement_and_money(&market, &[unpriced]).money.savings.remove(0);
    assert!(saving.year_pence.is_none() && saving.second_move.is_none());
    assert!(saving.assumed_year_pence.is_some());
}

/// Domain §5: what beds let through, and story S2: beds for the admissions of a year.
#[test]
fn beds_are_told_by_stays_and_admissions() {
    let market = world(&[
        (
            "data/placements/rows.yaml",
            "- {id: R1, home: bridge, level: rehab, people: 2, stay_days: 30}\n\
             - {id: R2, home: bridge, level: rehab, people: 1, stay_days: 60}\n\
             - {id: R3, home: bridge, level: rehab, people: 5}\n",
        ),
        (
            "data/assumptions.yaml",
            "- {id: admissions-rehab, value: 110, unit: people a year, source: s}\n",
        ),
    ]);
    let turnover = turnover(&market);
    let beds = &turnover[0].value;
    assert_eq!((beds.level.as_str(), beds.mean_stay_days), ("rehab", Some(Rational::whole(40))));
    assert_eq!(turnover[0].inputs.placements, [0, 1]);
    let (places, target) = (i128::from(beds.beds.0), beds.people_at_target);
    assert_eq!(share(target.num.into(), target.den.into()), share(places * 85, 100));
    assert_eq!(beds.people_a_year, Some(share(places * 85 * 365, 100 * 40)));
    let admissions = admissions(&market);
    assert_eq!(admissions[0].value.beds, Beds(17));
    assert_eq!(admissions[0].assumptions, ["admissions-rehab"]);
}
