//! The page that says which services fit one person goes by the rules of the engine.
//!
//! Random people and services pass through both: here through `compatibility::check`, there, in
//! Node, through the script of the page and the index that the site ships.

use std::fmt::Write as _;
use std::process::Command;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::evidence::analysis::Scenario;
use crate::evidence::analysis::changes::Audience;
use crate::evidence::analysis::compatibility::{self, Filter};
use crate::evidence::market::{self, Market, Placement, Service};
use crate::sources::{Source, SourceSet};

const PEOPLE: usize = 100;
const SERVICES: usize = 100;

/// Numbers that look random and are the same every time (SplitMix64).
pub(in crate::evidence) struct Dice(pub(in crate::evidence) u64);

impl Dice {
    pub(in crate::evidence) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % end as u64).unwrap()
    }

    pub(in crate::evidence) fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    /// Each choice with a chance of one in `odds`.
    fn some(&mut self, choices: &[&str], odds: usize) -> String {
        let kept = choices.iter().filter(|_| self.below(odds) == 0);
        kept.copied().collect::<Vec<_>>().join(", ")
    }
}

const NEEDS: [&str; 5] = ["autism", "psychosis", "trauma", "dementia", "epilepsy"];
const LEVELS: [&str; 7] = ["visits", "flats", "open", "locked", "low", "home-care", "nursing"];
const PLACES: [&str; 5] = ["p1", "p2", "p3", "p4", "p5"];
const BANDS: [(&str, u8, u8); 3] = [("children", 0, 17), ("adults", 18, 64), ("older", 65, 120)];

const FRAME: [(&str, &str); 3] = [
    (
        "data/site.yaml",
        "title: Market\nbase_url: https://care.example.org/\npublisher: Council\n\
         contact: {role: Team, email: team@example.org}\nstatus: example\n\
         edition: {name: A, date: 2026-11-02, as_at: 2026-10-31}\n\
         accessibility:\n  compliance: fully\n  prepared: 2026-11-02\n  \
         contact: {email: team@example.org}\n",
    ),
    (
        "data/areas.yaml",
        "- {id: r, name: R, kind: region}\n\
         - {id: i1, name: I1, kind: icb, parent: r}\n\
         - {id: i2, name: I2, kind: icb, parent: r}\n\
         - {id: p1, name: P1, kind: place, parent: i1, lat: 54.6, lon: 1.3}\n\
         - {id: p2, name: P2, kind: place, parent: i1, lat: 54.7, lon: 1.2}\n\
         - {id: p3, name: P3, kind: place, parent: i1}\n\
         - {id: p4, name: P4, kind: place, parent: i2, lat: 54.5, lon: 1.6}\n\
         - {id: p5, name: P5, kind: place, parent: i2, lat: 54.9, lon: 1.9}\n",
    ),
    ("content/index.md", "---\ntitle: Home\n---\nWords.\n"),
];

fn vocabulary() -> String {
    let level = |id: &str, rest: &str| {
        format!("      - {{id: {id}, name: {id}, target_occupancy: 0.9, {rest}}}\n")
    };
    let mut text = "ladders:\n  - id: one\n    name: Same\n    levels:\n".to_owned();
    text.push_str(&level("visits", "scope: place, max_km: 12"));
    text.push_str(&level("flats", "scope: icb, max_km: 20"));
    text.push_str(&level("open", "scope: icb"));
    text.push_str(&level("locked", "scope: region, max_km: 30"));
    text.push_str(&level("low", "scope: region"));
    // A second ladder of the same name must not be taken for the first.
    text.push_str("  - id: two\n    name: Same\n    levels:\n");
    text.push_str(&level("home-care", "scope: place"));
    text.push_str(&level("nursing", "scope: icb"));
    text.push_str("needs:\n");
    for need in NEEDS {
        let _ = writeln!(text, "  - {{id: {need}, name: {need}}}");
    }
    text.push_str("legal:\n  - {id: informal, name: I}\n  - {id: detained, name: D}\nage_bands:\n");
    for (id, min, max) in BANDS {
        let _ = writeln!(text, "  - {{id: {id}, name: {id}, min: {min}, max: {max}}}");
    }
    text.push_str("quality:\n  - {score: 0, name: P}\n  - {score: 4, name: E}\n");
    text
}

/// One provider with random services. Scores that are not published are left out on request: the
/// page cannot know them.
fn provider(dice: &mut Dice, with_secrets: bool) -> String {
    let mut text =
        "id: p\nname: P\nsector: independent\nupdated: 2026-10-20\nservices:\n".to_owned();
    for number in 0..SERVICES {
        let _ = writeln!(text, "  - id: s{number}\n    name: S{number}\n    places: 9");
        let mut line = |chance: usize, line: String| {
            if chance > 0 {
                let _ = writeln!(text, "    {line}");
            }
        };
        let has_area = dice.below(12);
        line(has_area, format!("area: {}", dice.of(&PLACES)));
        line(has_area * dice.below(12), format!("level: {}", dice.of(&LEVELS)));
        line(dice.below(8), format!("needs: [{}]", dice.some(&NEEDS, 2)));
        line(dice.below(2), format!("claimed: [{}]", dice.some(&NEEDS, 4)));
        let ages = ["{min: 18, max: 64}", "{min: 0, max: 120}", "{min: 65, max: 120}"];
        let ages = [&ages[..], &["{min: 16, max: 70}", "{min: 0, max: 17}"]].concat();
        line(dice.below(8), format!("age: {}", dice.of(&ages)));
        line(dice.below(8), format!("gender: {}", dice.of(&["any", "any", "female", "male"])));
        line(dice.below(8), format!("legal: [{}]", dice.of(&["informal", "informal, detained"])));
        let serves = dice.of(&["p1", "i1", "p4, p5", "r"]);
        line(usize::from(dice.below(5) == 0), format!("serves: [{serves}]"));
        let (north, east) = (54_500 + dice.below(400), 1_200 + dice.below(700));
        let geo = format!("geo: {{lat: {}, lon: {}}}", north as f64 / 1e3, east as f64 / 1e3);
        line(dice.below(3), geo);
        let rating = dice.of(&["outstanding", "good", "inadequate", "requires-improvement"]);
        let (rated, own, reviewed) = (dice.below(3), dice.below(5), dice.below(5));
        let mut quality = vec![format!("self: {{score: {own}, date: 2026-01-01}}")];
        quality.retain(|_| dice.below(5) > 0);
        if rated > 0 {
            quality.push(format!("regulator: {{rating: {rating}, date: 2026-01-01}}"));
        }
        let publish = ["yes", "no"][dice.below(2)];
        if dice.below(2) > 0 && (publish == "yes" || with_secrets) {
            let day = "date: 2026-02-01";
            quality.push(format!("reviewer: {{score: {reviewed}, {day}, publish: {publish}}}"));
        }
        let _ = writeln!(text, "    quality: {{{}}}", quality.join(", "));
    }
    text
}

/// A market of random people and services, each person and each service with whatever can be unknown
/// of a service.
pub(in crate::evidence) fn market(seed: u64) -> Market {
    let (rows, _) = people(&mut Dice(seed));
    read(&sources(&rows, provider(&mut Dice(seed + 1), false)))
}

/// The filters that a person and a service do not pass, in the central reading.
pub(in crate::evidence) fn failing(
    market: &Market,
    row: &Placement,
    service: &Service,
) -> Vec<Filter> {
    let reading = (Scenario::Central, Audience::Commissioner);
    let fails = |filter: &Filter| !compatibility::passes(market, reading, row, service, *filter);
    Filter::ALL.into_iter().filter(fails).collect()
}

/// Random people, for the engine and for the page.
fn people(dice: &mut Dice) -> (String, Vec<Value>) {
    let mut rows = "id,home,level,needs,age,gender,legal,people,ready\n".to_owned();
    let mut people = Vec::new();
    for number in 0..PEOPLE {
        let (home, level) = (dice.of(&PLACES), dice.of(&LEVELS));
        let needs = dice.some(&NEEDS, 4);
        let needs: Vec<&str> = needs.split(", ").filter(|need| !need.is_empty()).collect();
        let (_, min, max) = BANDS[dice.below(3)];
        let gender = dice.of(&["female", "male"]);
        let legal = dice.of(&["informal", "detained"]);
        let ready = dice.of(&["yes", "no"]);
        let listed = if needs.is_empty() { "none".to_owned() } else { needs.join("|") };
        let _ = writeln!(
            rows,
            "x{number:03},{home},{level},{listed},{min}-{max},{gender},{legal},1,{ready}"
        );
        people.push(json!({
            "id": format!("x{number:03}"), "home": home, "level": level, "needs": needs,
            "age": [min, max], "gender": gender, "legal": legal, "ready": ready == "yes",
        }));
    }
    (rows, people)
}

fn sources(rows: &str, provider: String) -> SourceSet {
    let analysis = "quality_floor: 2\nregulator_floor: inadequate\nmax_step: 1\n";
    let mut files: Vec<Source> =
        FRAME.iter().map(|(path, text)| Source::new(*path, *text)).collect();
    files.push(Source::new("data/vocabulary.yaml", vocabulary()));
    files.push(Source::new("data/analysis.yaml", analysis));
    files.push(Source::new("data/providers/p.yaml", provider));
    files.push(Source::new("data/placements/rows.csv", rows));
    SourceSet::new(files)
}

fn read(sources: &SourceSet) -> Market {
    let outcome = market::read(sources);
    let told = crate::diagnostics::render::report(
        sources,
        &outcome.diagnostics,
        crate::diagnostics::render::Style::Plain,
    );
    outcome.value.unwrap_or_else(|| panic!("{told}"))
}

/// Each pair with the number of the first filter that fails, or -1.
fn verdicts(market: &Market) -> Vec<(String, String, i32)> {
    let services: Vec<_> = market.providers.values().flat_map(|p| &p.services).collect();
    let mut pairs = Vec::new();
    for row in &market.placements {
        for service in &services {
            let failed = match compatibility::check(market, Scenario::Central, row, service) {
                Ok(()) => -1,
                Err(filter) => {
                    let at = Filter::ALL.iter().position(|known| *known == filter).unwrap();
                    i32::try_from(at).unwrap()
                }
            };
            pairs.push((row.id.clone(), service.id.to_string(), failed));
        }
    }
    pairs
}

#[test]
fn the_page_and_the_engine_agree_on_ten_thousand_pairs() {
    let (rows, people) = people(&mut Dice(1));
    let told = provider(&mut Dice(2), false);
    let pairs = verdicts(&read(&sources(&rows, told)));
    assert_eq!(pairs.len(), PEOPLE * SERVICES);
    for wanted in -1..7 {
        let found = pairs.iter().filter(|(_, _, verdict)| *verdict == wanted).count();
        assert!(found >= 20, "only {found} pairs of verdict {wanted}");
    }
    let site = crate::compile(Arc::new(sources(&rows, provider(&mut Dice(2), true))));
    let site = site.value.expect("the made-up market makes a site");
    let address = site.address_of_path("/assets/search-index.js").unwrap();
    let index = site.bytes(address).unwrap().unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("index.js"), index).unwrap();
    let case = json!({ "people": people, "pairs": pairs });
    std::fs::write(folder.path().join("pairs.json"), case.to_string()).unwrap();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = Command::new("node")
        .arg(root.join("tests/browser/fits.mjs"))
        .arg(root.join("themes/default/assets/fit.js"))
        .arg(folder.path())
        .output();
    match run {
        // `tests/run` says that Node is missing; everything else is tested without it.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        run => {
            let output = run.unwrap();
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{told}");
            assert_eq!(String::from_utf8_lossy(&output.stdout), "10000 pairs agree\n");
        }
    }
}
