//! Makes the files of a market of any size: the same seed, the same bytes.
//!
//! The mixes are invented. They are meant to be of the same kind as real ones: most services are
//! full, most people have one need and few have three, and much is left blank. The national market
//! has as many services, rows and places as the one that the design was tried on.

use std::fmt::Write as _;

use placewise::sources::{Source, SourceSet};

/// How large a market to make.
pub(crate) struct Kind {
    /// Its name.
    pub(crate) name: &'static str,
    /// Regions, ICBs and places.
    pub(crate) areas: (usize, usize, usize),
    /// Services of all providers.
    pub(crate) services: usize,
    /// Rows of people placed away.
    pub(crate) rows: usize,
}

/// A system with its own ICB and neighbours.
pub(crate) const SMALL: Kind =
    Kind { name: "small", areas: (1, 3, 11), services: 600, rows: 2_000 };

/// A country.
pub(crate) const NATIONAL: Kind =
    Kind { name: "national", areas: (7, 42, 150), services: 55_000, rows: 200_000 };

/// Services of one provider.
const EACH: usize = 11;
/// Rows of one file; a file may not be larger than 8 MB.
const ROWS: usize = 50_000;
/// Levels, lowest first, with their scope and how many of a hundred people need them.
const LEVELS: [(&str, &str, u64); 6] = [
    ("own_home", "place", 8),
    ("supported_living", "place", 22),
    ("open_rehab", "icb", 30),
    ("locked_rehab", "icb", 20),
    ("low_secure", "region", 13),
    ("medium_secure", "region", 7),
];
/// Needs, with how many of a hundred people have them.
const NEEDS: [(&str, u64); 12] = [
    ("psychosis", 30),
    ("personality", 15),
    ("autism", 12),
    ("learning_disability", 10),
    ("forensic", 8),
    ("substance", 7),
    ("brain_injury", 5),
    ("eating_disorder", 4),
    ("physical_health", 3),
    ("trauma", 3),
    ("deaf", 2),
    ("dementia", 1),
];

/// All files of a market.
pub(crate) fn sources(kind: &Kind) -> SourceSet {
    let mut dice = Dice { state: 0x5eed };
    let mut files = vec![
        Source::new("data/site.yaml", SITE),
        Source::new("data/areas.yaml", areas(kind)),
        Source::new("data/vocabulary.yaml", vocabulary()),
        Source::new("data/analysis.yaml", "wait_days: 0\n"),
    ];
    for first in (0..kind.services).step_by(EACH) {
        let numbers = first..kind.services.min(first + EACH);
        let path = format!("data/providers/p{first}.yaml");
        files.push(Source::new(path, provider(kind, first, numbers, &mut dice)));
    }
    for first in (0..kind.rows).step_by(ROWS) {
        let rows = first..kind.rows.min(first + ROWS);
        let path = format!("data/placements/rows-{first}.csv");
        files.push(Source::new(path, placements(kind, rows, &mut dice)));
    }
    SourceSet::new(files)
}

const SITE: &str = "\
title: Bench
base_url: https://example.org/
publisher: Bench
contact: {email: a@example.org}
status: example
edition: {name: One, date: 2026-10-31, as_at: 2026-10-31}
accessibility: {compliance: fully, prepared: 2026-10-31, contact: {email: a@example.org}}
";

fn areas(kind: &Kind) -> String {
    let (regions, icbs, places) = kind.areas;
    let mut text = String::new();
    let mut write = |kind: &str, at: usize, parent: Option<String>| {
        let _ = write!(text, "- {{id: {kind}-{at}, name: {kind} {at}, kind: {kind}");
        if let Some(parent) = parent {
            let _ = write!(text, ", parent: {parent}");
        }
        text.push_str("}\n");
    };
    (0..regions).for_each(|at| write("region", at, None));
    (0..icbs).for_each(|at| write("icb", at, Some(format!("region-{}", at % regions))));
    (0..places).for_each(|at| write("place", at, Some(format!("icb-{}", at % icbs))));
    text
}

fn vocabulary() -> String {
    let mut text = "ladders:\n  - id: care\n    name: Care\n    levels:\n".to_owned();
    for ((id, scope, _), price) in LEVELS.into_iter().zip((1_000..).step_by(700)) {
        let _ = writeln!(
            text,
            "      - {{id: {id}, name: {id}, scope: {scope}, target_occupancy: 0.85, \
             price_default: {price}}}"
        );
    }
    text.push_str("needs:\n");
    for (id, _) in NEEDS {
        let _ = writeln!(text, "  - {{id: {id}, name: {id}}}");
    }
    text.push_str(
        "legal:\n  - {id: informal, name: Informal}\n  - {id: detained, name: Detained}\n\
         age_bands:\n  - {id: adults, name: Adults, min: 18, max: 64}\n  \
         - {id: older, name: Older, min: 65, max: 120}\n\
         quality:\n  - {score: 0, name: Lowest}\n  - {score: 4, name: Highest}\n",
    );
    text
}

fn provider(kind: &Kind, first: usize, numbers: std::ops::Range<usize>, dice: &mut Dice) -> String {
    let mut text = format!("id: p{first}\nname: Provider {first}\nservices:\n");
    for number in numbers {
        service(kind, number, dice, &mut text);
    }
    text
}

fn service(kind: &Kind, number: usize, dice: &mut Dice, text: &mut String) {
    let level = LEVELS[dice.weighed(LEVELS.map(|level| level.2))].0;
    let place = dice.below(kind.areas.2 as u64);
    let _ = write!(text, "- {{id: s{number}, name: S{number}, level: {level}, area: place-{place}");
    if !dice.chance(4) {
        let wide = 1 + dice.weighed([55, 35, 10]) as u64;
        let _ = write!(text, ", needs: [{}]", needs(dice, wide).join(", "));
    }
    if dice.chance(15) {
        let _ = write!(text, ", claimed: [{}]", needs(dice, 1).join(", "));
    }
    let ages = ["{min: 18, max: 64}", "{min: 18}", "{min: 16, max: 25}", "{min: 65}"];
    let _ = write!(text, ", age: {}", ages[dice.weighed([60, 30, 4, 6])]);
    let _ = write!(text, ", gender: {}", ["any", "female", "male"][dice.weighed([45, 22, 33])]);
    let legal = ["[informal]", "[informal, detained]", "[detained]"];
    let _ = write!(text, ", legal: {}", legal[dice.weighed([35, 55, 10])]);
    let places = 8 + dice.below(18);
    match dice.weighed([15, 35, 35, 15]) {
        0 => {}
        1 => drop(write!(text, ", places: {places}, vacancies: 0")),
        2 => drop(write!(text, ", places: {places}, vacancies: {}", 1 + dice.below(8))),
        _ => {
            let local = dice.below(places);
            let imported = dice.below(places - local);
            let _ = write!(text, ", places: {places}, occupied: {{local: {local}");
            let is_known = dice.chance(60);
            text.push_str(&if is_known { format!(", imported: {imported}}}") } else { "}".into() });
        }
    }
    match dice.weighed([40, 45, 15]) {
        0 => drop(write!(text, ", quality: {{reviewer: {{score: {}}}}}", 1 + dice.below(4))),
        1 => drop(write!(text, ", quality: {{self: {{score: {}}}}}", 2 + dice.below(3))),
        _ => {}
    }
    let _ = writeln!(text, ", price: {{pounds_per_week: {}}}}}", 900 + dice.below(4_000));
}

fn placements(kind: &Kind, rows: std::ops::Range<usize>, dice: &mut Dice) -> String {
    let mut text = "id,home,level,needs,age,gender,legal,people,weekly_cost_pounds,ready,\
                    placed_since,reason\n"
        .to_owned();
    for number in rows {
        let home = dice.below(kind.areas.2 as u64);
        let level = LEVELS[dice.weighed(LEVELS.map(|level| level.2))].0;
        let wide = 1 + dice.weighed([80, 17, 3]) as u64;
        let needs = needs(dice, wide).join("|");
        let age = ["18-64", "18-25", "65-80", ""][dice.weighed([85, 5, 9, 1])];
        let gender = ["female", "male", ""][dice.weighed([40, 59, 1])];
        let legal = ["informal", "detained", ""][dice.weighed([60, 38, 2])];
        let people = ["1", "2", "1-3", "<5"][dice.weighed([87, 8, 3, 2])];
        let cost = match dice.chance(80) {
            true => (2_000 + dice.below(5_000)).to_string(),
            false => String::new(),
        };
        let ready = ["yes", "no", "unknown"][dice.weighed([30, 50, 20])];
        let (year, month) = (2016 + dice.below(10), 1 + dice.below(12));
        let day = 1 + dice.below(28);
        let reasons = ["no-local-place", "capability", "choice", ""];
        let reason = reasons[dice.weighed([60, 25, 5, 10])];
        let _ = writeln!(
            text,
            "r{number},place-{home},{level},{needs},{age},{gender},{legal},{people},{cost},{ready},\
             {year}-{month:02}-{day:02},{reason}"
        );
    }
    text
}

/// So many different needs, the common ones more often, in the order of the list.
fn needs(dice: &mut Dice, count: u64) -> Vec<&'static str> {
    let mut chosen = [false; NEEDS.len()];
    for _ in 0..count {
        chosen[dice.weighed(NEEDS.map(|need| need.1))] = true;
    }
    NEEDS.iter().zip(chosen).filter(|(_, chosen)| *chosen).map(|(need, _)| need.0).collect()
}

/// Numbers that look random and are the same every time (SplitMix64).
struct Dice {
    state: u64,
}

impl Dice {
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, not including, `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// True so many times of a hundred.
    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// The number of a weight, chosen as often as it is heavy.
    fn weighed<const N: usize>(&mut self, weights: [u64; N]) -> usize {
        let mut at = self.below(weights.iter().sum());
        for (number, weight) in weights.into_iter().enumerate() {
            if at < weight {
                return number;
            }
            at -= weight;
        }
        N - 1
    }
}
