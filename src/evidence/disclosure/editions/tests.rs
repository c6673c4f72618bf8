//! Editions from the first to the second, and what a reader makes of both.

use std::collections::{BTreeMap, BTreeSet};

use super::super::decided::{self, Today};
use super::super::figure::Figure;
use super::super::profile::PublicVacancies;
use super::super::publication::Publication;
use super::*;
use crate::diagnostics::Code;
use crate::evidence::analysis::{self, Analysis};
use crate::evidence::private::Cache;
use crate::sources::Source;

/// A site of one board with two places, as files.
#[derive(Clone)]
pub(super) struct Files(BTreeMap<String, String>);

impl Files {
    /// Without anybody placed away. One place is free.
    pub(super) fn new(profile: &str) -> Files {
        let site = "{title: T, base_url: \"https://e.example.org/\", publisher: P, status: live, \
                    contact: {email: t@example.org}, \
                    accessibility: {compliance: fully, prepared: 2026-01-02, \
                    contact: {email: t@example.org}},\n\
                    edition: {name: DAY, date: DAY, as_at: DAY}}";
        let areas = "[{id: east, name: East, kind: region},\n\
                     {id: mere, name: Mere, kind: icb, parent: east},\n\
                     {id: dale, name: Dale, kind: place, parent: mere},\n\
                     {id: hill, name: Hill, kind: place, parent: mere}]";
        let words = "{ladders: [{id: l, name: L, levels: [\
                     {id: low, name: Low, scope: icb, target_occupancy: 0.85}, \
                     {id: high, name: High, scope: icb, target_occupancy: 0.85}]}], \
                     needs: [{id: autism, name: A}], \
                     legal: [{id: informal, name: I}], \
                     age_bands: [{id: adults, name: Adults, min: 18, max: 64}], \
                     quality: [{score: 0, name: Poor}, {score: 4, name: Good}]}";
        let provider = "{id: elm, name: Elm, services: [{id: ward, name: Ward, level: low, \
                        area: dale, needs: [autism], age: {min: 18, max: 64}, gender: any, \
                        legal: [informal], registered: 9, places: 9, vacancies: 1, \
                        vacancies_public: exact, as_of: 2026-01-02, \
                        quality: {self: {score: 3, date: 2026-01-02}}}]}";
        let profile = format!("profile: {profile}");
        let files = [
            ("data/site.yaml", site),
            ("data/areas.yaml", areas),
            ("data/vocabulary.yaml", words),
            ("data/providers/elm.yaml", provider),
            ("data/disclosure.yaml", &profile),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
        Files(BTreeMap::from(files)).on("2026-02-03")
    }

    /// On another day, which is also the name of the edition.
    pub(super) fn on(self, day: &str) -> Files {
        let text = self.0["data/site.yaml"].clone();
        let (before, _) = text.split_once("edition:").unwrap();
        let edition = format!("{before}edition: {{name: {day}, date: {day}, as_at: {day}}}}}");
        self.with("data/site.yaml", &edition)
    }

    /// With another file.
    pub(super) fn with(mut self, path: &str, text: &str) -> Files {
        self.0.insert(path.to_owned(), text.to_owned());
        self
    }

    /// With other words in a file.
    pub(super) fn edit(self, path: &str, from: &str, to: &str) -> Files {
        let text = self.0[path].clone();
        assert!(text.contains(from), "{path} has no `{from}`");
        self.with(path, &text.replace(from, to))
    }

    /// With so many places free in the only service.
    pub(super) fn with_free_places(self, free: i64) -> Files {
        let text = self.0["data/providers/elm.yaml"].clone();
        let (before, after) = text.split_once("vacancies: ").unwrap();
        let (_, after) = after.split_once(',').unwrap();
        self.with("data/providers/elm.yaml", &format!("{before}vacancies: {free},{after}"))
    }

    /// With so many people placed away from each place at each level: dale low, dale high, hill
    /// low, hill high.
    pub(super) fn people(self, people: [u32; 4]) -> Files {
        let groups = [("dale", "low"), ("dale", "high"), ("hill", "low"), ("hill", "high")];
        let mut table =
            "id,home,level,needs,age,gender,legal,people,ready,placed_since\n".to_owned();
        for (at, ((home, level), people)) in groups.into_iter().zip(people).enumerate() {
            if people > 0 {
                let row = "autism,18-64,female,informal";
                table.push_str(&format!("P-{at},{home},{level},{row},{people},no,2024-01-01\n"));
            }
        }
        self.with("data/placements/rows.csv", &table)
    }

    fn sources(&self) -> SourceSet {
        SourceSet::new(self.0.iter().map(|(path, text)| Source::new(path.clone(), text.clone())))
    }

    pub(super) fn read(&self) -> (Market, Analysis, Outcome<Editions>) {
        let sources = self.sources();
        let outcome = crate::evidence::market::read(&sources);
        let market = outcome.value.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics));
        let analysis = analysis::analyse(&market);
        let editions = Editions::read(&sources, &market);
        (market, analysis, editions)
    }

    /// Makes an edition, and puts its lock beside the other files.
    pub(super) fn freeze(self) -> Files {
        let (path, text) = self.frozen().unwrap_or_else(|codes| panic!("{codes:?}"));
        self.with(&path, &text)
    }

    /// The lock of an edition, or what stands in the way.
    pub(super) fn frozen(&self) -> Result<(String, String), Vec<Code>> {
        let (market, analysis, editions) = self.read();
        let name = market.settings.edition.name.clone();
        let request = EditionRequest::new(&name, "Director of Care").unwrap();
        let editions = editions.value.unwrap_or_else(|| panic!("{:?}", editions.diagnostics));
        match freeze(market, analysis, &editions, &request) {
            Ok(made) => made.value.map(|(_, edition)| (edition.path, edition.text)).ok_or(vec![]),
            Err(NotMade::Faults(found)) => Err(found.iter().map(|found| found.code).collect()),
            Err(NotMade::Asked(failure)) => panic!("{failure}"),
        }
    }

    /// Every lock, the oldest first.
    pub(super) fn locks(&self) -> Vec<Lock> {
        let editions = self.read().2;
        let editions = editions.value.unwrap_or_else(|| panic!("{:?}", editions.diagnostics));
        editions.locks.into_iter().map(|(_, lock)| lock).collect()
    }

    /// What a live site tells, and which codes it is told with.
    fn live(&self) -> (Option<Publication>, Vec<Code>) {
        let (market, analysis, editions) = self.read();
        let editions = editions.value.unwrap_or_else(|| panic!("{:?}", editions.diagnostics));
        let outcome = publish(market, analysis, &editions, &Cache::none());
        (outcome.value, outcome.diagnostics.iter().map(|found| found.code).collect())
    }
}

/// What is told of people, and of gaps.
fn told(publication: &Publication) -> String {
    let figures = publication.figures().filter(|figure| is_frozen(figure.key().measure));
    let figures: Vec<String> = figures.map(|figure| format!("{figure:?}\n")).collect();
    let gaps = publication.gaps();
    let listed: Vec<String> =
        gaps.listed().iter().map(|gap| format!("{:?} {:?}\n", gap.id(), gap.people())).collect();
    format!("{}{}{:?}", figures.concat(), listed.concat(), gaps.also_wanted())
}

fn figure(publication: &Publication, measure: Measure) -> Figure {
    publication.figure(&CellKey::whole(measure)).unwrap().figure()
}

#[test]
fn a_lock_is_read_back_as_it_was_written() {
    for profile in ["nhs-mhsds", "nhs-secondary-care"] {
        let files = Files::new(profile).people([47, 3, 22, 0]);
        let (path, text) = files.frozen().unwrap();
        assert_eq!(path, "data/editions/2026-02-03.yaml");
        let lock = files.with(&path, &text).locks().remove(0);
        assert_eq!(super::text::of(&lock), text, "{profile}");
        assert!(!lock.gaps.listed().is_empty(), "{profile}");
        assert_eq!(lock.signed.signed_off_by, "Director of Care");
    }
}

#[test]
fn a_live_site_tells_its_edition_until_the_next_one() {
    let empty = Files::new("nhs-mhsds").people([47, 3, 22, 0]);
    assert_eq!(empty.live().1, [Code::LiveRefused]);
    let first = empty.freeze();
    let (publication, codes) = first.live();
    let publication = publication.unwrap();
    assert_eq!(codes, []);
    assert_eq!(publication.signed_edition().unwrap().name, "2026-02-03");
    let before = told(&publication);
    // More people and more places: the places are told, the people are not.
    let provider = "data/providers/elm.yaml";
    let later = first.people([67, 3, 22, 0]).on("2026-04-05");
    let later = later.edit(provider, "registered: 9, places: 9", "registered: 12, places: 11");
    let (publication, codes) = later.live();
    let publication = publication.unwrap();
    assert_eq!(codes, [Code::EditionBehind]);
    assert_eq!(told(&publication), before);
    assert_eq!(figure(&publication, Measure::Places), Figure::Shown(11));
    assert_eq!(publication.settings().edition.name, "2026-02-03");
    assert_eq!(publication.settings().edition.as_at.to_string(), "2026-02-03");
    assert_eq!(publication.settings().edition.date.to_string(), "2026-04-05");
    let second = later.freeze();
    let (publication, codes) = second.live();
    assert_eq!(codes, []);
    assert_ne!(told(&publication.unwrap()), before);
    assert_eq!(second.locks().len(), 2);
}

#[test]
fn free_places_of_the_same_day_are_told_as_in_the_edition() {
    let provider = "data/providers/elm.yaml";
    let first = Files::new("nhs-mhsds").people([47, 3, 22, 0]).edit(provider, "exact", "band");
    let first = first.edit(provider, "vacancies: 1", "vacancies: 3").freeze();
    let free = |files: &Files| {
        let publication = files.live().0.unwrap();
        let told = publication.services().next().unwrap().1.vacancies;
        (told, figure(&publication, Measure::VacantPlaces))
    };
    let band = (PublicVacancies::Band(3, Some(5)), Figure::Shown(3));
    assert_eq!(free(&first), band);
    let closer = first.edit(provider, "band", "exact");
    assert_eq!(free(&closer), band, "the same day");
    let later = closer.edit(provider, "as_of: 2026-01-02", "as_of: 2026-02-04").on("2026-02-05");
    assert_eq!(free(&later), (PublicVacancies::Exact(3), Figure::Shown(3)), "a later day");
}

/// No files are known that cannot be protected, so that they cannot is only said here.
#[test]
fn a_live_site_is_told_from_its_lock_though_no_edition_could_be_made() {
    let first = Files::new("nhs-mhsds").people([47, 3, 22, 0]).freeze();
    let before = first.live().0.unwrap();
    let later = first.people([61, 2, 9, 1]).with_free_places(4).edit(
        "data/providers/elm.yaml",
        "as_of: 2026-01-02",
        "as_of: 2026-02-04",
    );
    let (market, analysis, editions) = later.on("2026-02-05").read();
    let editions = editions.value.unwrap();
    let (file, lock) = editions.locks.last().unwrap();
    let figures = decided::of_services(&market, &analysis, &BTreeSet::new());
    let people = figures.values().filter(|figure| is_frozen(figure.key().measure));
    assert!(people.clone().count() > 20);
    assert!(people.into_iter().all(|figure| figure.figure() == Figure::NotCollected));
    let today = Today::Unprotected(figures, "gap.people|dale|low|all and 2 more".to_owned());
    let (now, warning) = live::by_edition((market, analysis), today, (lock, *file));
    let warning = warning.unwrap();
    assert_eq!(warning.code, Code::EditionBehind);
    assert!(warning.message.contains("gap.people|dale|low|all and 2 more"), "{warning:?}");
    assert!(!crate::diagnostics::has_errors(&[warning]));
    assert_eq!(told(&now), told(&before));
    assert_eq!(figure(&before, Measure::VacantPlaces), Figure::Shown(1));
    assert_eq!(figure(&now, Measure::VacantPlaces), Figure::Shown(4));
}

#[test]
fn what_an_edition_does_not_know_is_not_collected() {
    let first = Files::new("nhs-mhsds").people([47, 3, 22, 0]).freeze();
    let later =
        first.edit("data/areas.yaml", "]", ",\n{id: moor, name: Moor, kind: place, parent: mere}]");
    let (publication, codes) = later.live();
    assert_eq!(codes, [Code::EditionBehind]);
    let key = CellKey { area: later_area("moor"), ..CellKey::whole(Measure::Away) };
    assert_eq!(publication.unwrap().figure(&key).unwrap().figure(), Figure::NotCollected);
}

fn later_area(id: &str) -> Option<crate::evidence::market::AreaId> {
    crate::evidence::market::AreaId::parse(id)
}

#[test]
fn an_edition_has_a_later_day_and_a_name_of_its_own() {
    let first = Files::new("nhs-mhsds").people([47, 3, 22, 0]).freeze();
    let (market, analysis, editions) = first.read();
    let editions = editions.value.unwrap();
    let request = EditionRequest::new("2026-02-03", "Director").unwrap();
    let taken = freeze(market, analysis, &editions, &request);
    assert!(matches!(taken, Err(NotMade::Asked(_))));
    let (market, analysis, _) = first.read();
    let request = EditionRequest::new("Spring", "Director").unwrap();
    let other = freeze(market, analysis, &editions, &request);
    assert!(matches!(other, Err(NotMade::Asked(_))), "data/site.yaml has another name");
    let earlier = first.on("2026-01-09");
    assert_eq!(earlier.frozen().unwrap_err(), [Code::DateOrder]);
}

#[test]
fn no_edition_tells_exact_numbers() {
    let first = Files::new("nhs-mhsds").people([47, 3, 22, 0]).freeze();
    for profile in ["ons-3", "ten"] {
        let exact = Files::new(profile).people([47, 3, 22, 0]);
        assert_eq!(exact.frozen().unwrap_err(), [Code::EditionUnsafe]);
        let later = first.clone().edit("data/disclosure.yaml", "nhs-mhsds", profile);
        let (publication, codes) = later.live();
        assert!(publication.is_none());
        assert_eq!(codes, [Code::EditionUnsafe]);
    }
}

#[test]
fn what_an_edition_withholds_follows_from_it_alone() {
    let first = Files::new("nhs-mhsds").people([47, 3, 22, 0]).freeze();
    let later = |files: Files| files.people([48, 3, 22, 0]).on("2026-04-05").frozen().unwrap();
    assert_eq!(later(first), later(Files::new("nhs-mhsds")));
}

#[test]
fn an_edition_tells_no_residents() {
    let provider = "data/providers/elm.yaml";
    let files = Files::new("nhs-mhsds").people([47, 3, 22, 0]);
    let words = "places: 9, occupied: {local: 5, imported: 3}";
    let lock = files.edit(provider, "places: 9", words).freeze().locks().remove(0);
    let of_residents = |key: &&CellKey| {
        matches!(key.measure, Measure::OccupiedLocally | Measure::OccupiedByOthers)
    };
    for key in lock.figures.keys().filter(of_residents) {
        assert_eq!(lock.figures[key].figure().value(), None, "{key}");
    }
}

#[test]
fn a_lock_that_was_changed_is_told() {
    let path = "data/editions/2026-02-03.yaml";
    let files = Files::new("nhs-mhsds").people([47, 3, 22, 0]).freeze();
    let check = |from: &str, to: &str, expect: &[Code]| {
        let outcome = files.clone().edit(path, from, to).read().2;
        let codes: Vec<Code> = outcome.diagnostics.iter().map(|found| found.code).collect();
        assert_eq!(codes, expect, "{from} -> {to}: {:?}", outcome.diagnostics);
        assert_eq!(outcome.value.is_none(), !expect.is_empty());
        assert!(outcome.diagnostics.iter().all(|found| !found.help.is_empty()));
    };
    check("format: 2", "format: 1", &[Code::EditionBroken]);
    check("threshold: 5", "threshold: 1", &[Code::EditionBroken]);
    let rules = "nhs-mhsds, threshold: 5, rounding: 5, zeros: withheld";
    check(rules, "ten, threshold: 10, rounding: 1, zeros: shown", &[Code::EditionBroken]);
    check("fewest_people: 6", "fewest_people: 3", &[Code::EditionBroken]);
    check("Director of Care", "Jane Smith", &[Code::EditionBroken]);
    check("name: \"2026-02-03\"", "name: Spring", &[Code::IdNotFileName]);
    check("\ndate: 2026-02-03", "\ndate: 2026-02-30", &[Code::MalformedDate]);
    let all = "{of: out-of-area.people, value: 70}";
    for (value, code) in [
        ("4", Code::EditionBroken),
        ("0", Code::EditionBroken),
        ("71", Code::EditionBroken),
        ("many", Code::WrongKind),
    ] {
        check(all, &format!("{{of: out-of-area.people, value: {value}}}"), &[code]);
    }
    check(all, "{of: places.beds, value: 70}", &[Code::EditionBroken]);
    check(all, "{of: out-of-area.peeple, value: 70}", &[Code::UnknownWord]);
    check(all, &format!("{all}\n  - {all}"), &[Code::DuplicateId]);
    check(all, "{of: out-of-area.people, valu: 70}", &[Code::UnknownKey]);
    check(all, "{of: out-of-area.people, area: moor, value: 70}", &[Code::UnknownReference]);
    check(all, "{of: out-of-area.people, value: withheld}", &[]);
}
