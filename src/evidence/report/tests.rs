//! A small site whose report can be worked out by hand.

use super::bounds::bounds;
use super::document;
use super::merges::{self, Exact, Pair};
use super::reasons::{Way, way};
use crate::evidence::analysis::{self, CellKey, Measure};
use crate::evidence::disclosure::{self, Publication};
use crate::evidence::market::{self, AreaId, LevelId};
use crate::sources::{Source, SourceSet};

const SITE: &str = "{title: Ask | us, base_url: \"https://e.example.org/\", publisher: P, \
                    status: example, contact: {role: Market team, email: t@example.org}, \
                    edition: {name: E, date: 2026-11-02, as_at: 2026-10-31}, \
                    accessibility: {compliance: fully, prepared: 2026-11-02, \
                    contact: {email: t@example.org}}}";
const AREAS: &str = "[{id: mere, name: Mere, kind: icb}, \
                     {id: dale, name: Dale, kind: place, parent: mere}, \
                     {id: ford, name: Ford, kind: place, parent: mere}, \
                     {id: hill, name: Hill, kind: place, parent: mere}]";
const WORDS: &str = "{ladders: [{id: l, name: L, levels: [{id: low, name: Low, scope: icb, \
                     target_occupancy: 0.85}, {id: high, name: High, scope: icb, \
                     target_occupancy: 0.85}]}], needs: [{id: autism, name: A}], \
                     legal: [{id: informal, name: I}], \
                     age_bands: [{id: a, name: A, min: 18, max: 64}], \
                     quality: [{score: 0, name: Poor}, {score: 4, name: Good}]}";

/// People at the low level by home; there is no free place.
fn publication(people: &[(&str, u32)]) -> (Publication, Exact) {
    let rows = people.iter().map(|(home, people)| {
        format!(
            "- {{id: \"{home}-1\", home: {home}, level: low, people: {people}, needs: [autism], \
             legal: informal, age: \"30-40\", gender: female}}\n"
        )
    });
    let sources = SourceSet::new([
        Source::new("data/site.yaml", SITE),
        Source::new("data/areas.yaml", AREAS),
        Source::new("data/vocabulary.yaml", WORDS),
        Source::new(
            "data/providers/elm.yaml",
            "{id: elm, name: Elm, services: [{id: oak, name: Oak, level: low, area: hill, \
             needs: [autism], age: {min: 18, max: 90}, gender: any, legal: [informal], \
             places: 40, vacancies: 0, vacancies_public: exact}]}",
        ),
        Source::new("data/placements/rows.yaml", rows.collect::<String>()),
    ]);
    let read = market::read(&sources);
    let market = read.value.unwrap_or_else(|| panic!("{:?}", read.diagnostics));
    let analysis = analysis::analyse(&market);
    let exact = Exact::of(&analysis.counts);
    let told = disclosure::protect(market, analysis);
    (told.value.unwrap_or_else(|| panic!("{:?}", told.diagnostics)), exact)
}

fn text(people: &[(&str, u32)]) -> String {
    let (publication, exact) = publication(people);
    document::text(&publication, &exact)
}

fn area(id: &str) -> AreaId {
    AreaId::parse(id).unwrap()
}

fn level(id: &str) -> LevelId {
    LevelId::parse(id).unwrap()
}

#[test]
fn merges_are_counted_by_the_rules_for_single_numbers() {
    let (publication, exact) = publication(&[("dale", 3), ("hill", 4), ("ford", 12)]);
    let merges = merges::best(&publication, &exact);
    // Three and four are seven, of whom nobody finds a place: two figures of each.
    let best = &merges[0];
    assert!(best.pair == Pair::Areas(area("dale"), area("hill")), "{merges:?}");
    assert_eq!((best.figures, best.joined, best.people), (4, 0, 7));
    // With Ford, each of the small ones alone; nobody is at the high level.
    let pairs: Vec<&Pair> = merges.iter().map(|merge| &merge.pair).collect();
    let with_ford =
        [Pair::Areas(area("dale"), area("ford")), Pair::Areas(area("ford"), area("hill"))];
    assert!(pairs[1..] == [&with_ford[0], &with_ford[1]], "{merges:?}");
    assert_eq!([merges[1].figures, merges[2].figures], [2, 2]);
    assert_eq!([merges[1].people, merges[2].people], [3, 4]);
}

#[test]
fn bounds_follow_from_published_figures_alone() {
    let (publication, _) = publication(&[("dale", 3), ("hill", 4), ("ford", 12)]);
    let bounds = bounds(&publication);
    let need = |key: CellKey| CellKey { measure: Measure::Need, ..key };
    let whole = CellKey::whole(Measure::Need);
    // Nineteen are told as 20: 18 to 22. Twelve are told as 10, or withheld with the small ones.
    assert_eq!(bounds[&whole], (18, Some(22)));
    let dale = bounds[&need(whole.clone().in_area(&area("dale")))];
    assert!(dale.0 == 0 && dale.1.is_some_and(|high| (10..=22).contains(&high)), "{dale:?}");
}

#[test]
fn people_of_a_level_are_counted_once_however_many_areas_hold_them() {
    let (publication, exact) = publication(&[("dale", 3)]);
    // Neither three in Dale nor three in Mere are enough, with nobody at the other level.
    assert!(merges::best(&publication, &exact).is_empty());
}

#[test]
fn no_small_number_stands_in_the_report() {
    let one = text(&[("dale", 3), ("hill", 4), ("ford", 4137)]);
    let other = text(&[("dale", 4), ("hill", 3), ("ford", 4137)]);
    assert!(one == other, "{one}\n{other}");
    assert!(!one.contains("4137") && !one.contains("4,137"), "{one}");
    assert!(one.starts_with("<!-- placewise-disclosure/1: not for publication -->\n# "), "{one}");
    for words in [
        "Ask \\| us",
        "Market team",
        "numbers of people from 1 to 4 are withheld, noughts are withheld as well",
        "1. Dale and Hill: 4 figures, about 5 people.",
        "| Could come home, by area and level | ",
    ] {
        assert!(one.contains(words), "`{words}` is missing:\n{one}");
    }
}

#[test]
fn a_sentence_follows_the_way_from_one_figure_to_the_other() {
    let (publication, _) = publication(&[("dale", 3)]);
    let key = |at: Option<&str>, on: Option<&str>| CellKey {
        measure: Measure::Need,
        area: at.map(area),
        level: on.map(level),
        need: None,
    };
    let check = |of: CellKey, secret: CellKey, expected| {
        let found = way(&publication, &of, &secret);
        assert_eq!(found, expected, "{of} for {secret}");
    };
    let dale = || key(Some("dale"), Some("low"));
    check(key(Some("hill"), Some("low")), dale(), Way::Siblings);
    check(key(Some("mere"), Some("low")), dale(), Way::Total);
    check(key(None, Some("low")), dale(), Way::Total);
    check(dale(), key(Some("mere"), Some("low")), Way::Part);
    check(key(Some("dale"), None), dale(), Way::Total);
    check(key(Some("dale"), Some("high")), dale(), Way::Siblings);
    check(CellKey { measure: Measure::Gap, ..dale() }, dale(), Way::Parts);
    check(key(Some("hill"), None), dale(), Way::Far);
}
