//! Whole small sites, by what their files say and what is told.

mod attack;
mod doors;
mod insiders;
mod interference;

use std::collections::BTreeMap;

use crate::diagnostics::Outcome;
use crate::evidence::analysis::{self, CellKey, Measure};
use crate::evidence::disclosure::{self, Figure, Publication};
use crate::evidence::market::{self, AreaId, LevelId};
use crate::evidence::small_sites::{AREAS, SITE, words};
use crate::sources::{Source, SourceSet};

/// A site of two places in one integrated care board, two levels and one service at the lower one.
struct Site {
    profile: &'static str,
    /// What the service says of its free places and its quality.
    service: String,
    /// Rows of placements.
    rows: Vec<String>,
    /// More of `data/disclosure.yaml`.
    asked: &'static str,
}

/// People of one home and level who need a place; whether the service takes their legal status.
fn row(home: &str, level: &str, people: u32, fits: bool) -> String {
    let legal = if fits { "informal" } else { "detained" };
    format!("{}, legal: {legal}", with_needs((home, level), "autism", people))
}

/// People of one home and level with these needs.
fn with_needs((home, level): (&str, &str), needs: &str, people: u32) -> String {
    format!(
        "home: {home}, level: {level}, people: {people}, needs: [{needs}], age: \"30-40\", \
         gender: female"
    )
}

impl Site {
    fn new(profile: &'static str, vacancies: u32, rows: Vec<String>) -> Site {
        let service = format!("vacancies: {vacancies}, vacancies_public: exact");
        Site { profile, service, rows, asked: "" }
    }

    fn build(&self) -> Outcome<Publication> {
        let market = self.market();
        let analysis = analysis::analyse(&market);
        disclosure::protect(market, analysis)
    }

    /// Its files.
    fn sources(&self) -> SourceSet {
        let provider = format!(
            "{{id: elm, name: Elm, services: [{{id: oak, name: Oak, level: low, area: hill, \
             needs: [autism], age: {{min: 18, max: 90}}, gender: any, legal: [informal], \
             places: 40, {}}}]}}",
            self.service
        );
        let rows = self.rows.iter().enumerate();
        let rows: Vec<String> = rows.map(|(n, row)| format!("- {{id: P-{n}, {row}}}\n")).collect();
        let quality = if self.service.contains("quality") { 2 } else { 0 };
        let files = [
            ("data/site.yaml", SITE.to_owned()),
            ("data/areas.yaml", AREAS.to_owned()),
            ("data/vocabulary.yaml", words(["icb"; 2], &["autism", "epilepsy"])),
            ("data/analysis.yaml", format!("quality_floor: {quality}\n")),
            ("data/disclosure.yaml", format!("profile: {}\n{}", self.profile, self.asked)),
            ("data/providers/elm.yaml", provider),
            ("data/placements/rows.yaml", rows.concat()),
        ];
        SourceSet::new(files.map(|(path, text)| Source::new(path, text)))
    }

    fn market(&self) -> market::Market {
        let outcome = market::read(&self.sources());
        outcome.value.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics))
    }

    fn told(&self) -> BTreeMap<CellKey, Figure> {
        let outcome = self.build();
        let publication = outcome.value.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics));
        publication.figures().map(|told| (told.key().clone(), told.figure())).collect()
    }
}

fn key(measure: Measure, area: Option<&str>, level: Option<&str>) -> CellKey {
    CellKey {
        area: area.and_then(AreaId::parse),
        level: level.and_then(LevelId::parse),
        ..CellKey::whole(measure)
    }
}

#[test]
fn a_score_that_is_not_published_changes_no_figure() {
    let told = |score: u32| {
        let mut site = Site::new("ten", 20, vec![row("hill", "low", 15, true)]);
        site.service = format!(
            "vacancies: 20, vacancies_public: exact, quality: {{self: {{score: 4, \
             date: 2026-01-01}}, reviewer: {{score: {score}, date: 2026-01-01, publish: no}}}}"
        );
        site.told()
    };
    assert!(told(0) == told(4), "a reader could tell the score from who is taken");
}

#[test]
fn free_places_that_are_told_as_yes_or_no_or_in_a_band_are_not_told_by_who_is_taken() {
    let told = |vacancies: u32, consent: &str| {
        let mut site = Site::new("ten", 0, vec![row("hill", "low", 25, true)]);
        site.service = format!("vacancies: {vacancies}, vacancies_public: {consent}");
        site.told()
    };
    assert!(told(11, "\"yes-no\"") == told(24, "\"yes-no\""));
    assert!(told(11, "band") == told(24, "band"));
    assert!(told(11, "exact") != told(24, "exact"));
}

#[test]
fn a_single_match_is_not_given_away_where_noughts_are_shown() {
    let told = |fits: bool| {
        let rows = vec![row("hill", "low", 30, false), row("dale", "low", 30, fits)];
        let figures = Site::new("ten", 1, rows).told();
        [Some("hill"), Some("dale"), Some("mere"), None]
            .map(|area| figures[&key(Measure::Matched, area, Some("low"))])
    };
    assert_eq!(told(true), [Figure::Suppressed; 4]);
    assert_eq!(told(false), [Figure::Suppressed; 4]);
}

#[test]
fn a_small_number_does_not_follow_from_sums_across_areas() {
    let rows = vec![row("hill", "high", 30, false), row("dale", "high", 3, false)];
    let figures = Site::new("ten", 0, rows).told();
    for measure in [Measure::Gap, Measure::Need, Measure::Away] {
        let of = |area: &str| figures[&key(measure, Some(area), Some("high"))].value();
        assert_eq!(of("dale"), None);
        assert!(of("hill").is_none() || of("mere").is_none(), "{measure:?}");
    }
}

#[test]
fn a_small_number_does_not_follow_from_sums_across_levels() {
    let rows = vec![row("hill", "high", 30, false), row("hill", "low", 3, false)];
    let figures = Site::new("ten", 0, rows).told();
    let of = |level| figures[&key(Measure::Gap, Some("hill"), level)].value();
    assert_eq!(of(Some("low")), None);
    assert!(of(Some("high")).is_none() || of(None).is_none());
}

#[test]
fn two_sites_that_would_be_told_in_the_same_words_are() {
    // Every sum with the first row is rounded to the same number with one more.
    for small in [3, 4] {
        let told = |first: u32| {
            let rows = vec![
                row("hill", "high", first, false),
                row("dale", "high", small, false),
                row("hill", "low", 25, false),
                with_needs(("dale", "low"), "epilepsy", 30) + ", legal: detained",
            ];
            let site = Site::new("nhs-mhsds", 0, rows);
            site.told()
        };
        assert!(told(20) == told(21), "a figure follows from a number that is not told");
    }
}

#[test]
fn figures_that_are_named_are_withheld_or_kept() {
    let rows = || vec![row("hill", "high", 30, false), row("dale", "high", 40, false)];
    let mut site = Site::new("ten", 0, rows());
    assert_eq!(site.told()[&key(Measure::Gap, Some("hill"), Some("high"))], Figure::Shown(30));
    site.asked = "never_publish: [{of: gap.people, area: hill, level: high}]\n";
    let told = site.told();
    assert_eq!(told[&key(Measure::Gap, Some("hill"), Some("high"))], Figure::Suppressed);
    site.asked = "never_publish: [{of: gap.poeple, area: hill}]\n";
    let outcome = site.build();
    assert!(outcome.value.is_none());
    assert!(format!("{:?}", outcome.diagnostics).contains("did you mean `gap.people`"));
    let rows = vec![
        row("hill", "high", 30, false),
        row("dale", "high", 3, false),
        row("hill", "low", 30, false),
    ];
    let mut site = Site::new("ten", 0, rows);
    site.asked = "keep: [{of: gap.people, area: hill, level: high}]\n";
    let told = site.told();
    assert_eq!(told[&key(Measure::Gap, Some("hill"), Some("high"))], Figure::Shown(30));
}
