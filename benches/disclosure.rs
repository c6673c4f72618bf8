//! How long the protection of tables takes, and what it costs the reader:
//! `cargo bench --bench disclosure [slice|table|cube|whole] [default|rounded|hidden|exact]`.
//!
//! Makes instances of the size of a site and at its sparsity (disclosure §7): localities in
//! systems, services in groups, cohorts, years; 720 (of three trees), 987, 5,264 and 21,056 cells.
//! The same seed gives the same instance on every machine. Each is told in four ways: as the
//! default profile does, rounded and with noughts withheld; rounded with noughts shown; exact with
//! noughts withheld; exact with noughts shown. With names, only those instances, or only those
//! ways, are timed; the largest is timed only by its name.
//!
//! Printed are the time, how many figures are sensitive and withheld (noughts are not counted),
//! what share of all figures that is, and the value lost: the sum of the figures that are withheld
//! only to protect others, as a share of the sum of all figures.

use std::fmt::Write as _;
use std::time::Instant;

use placewise::evidence::disclosure::protection::instance::{Coordinates, Instance, Record};
use placewise::evidence::disclosure::protection::protect;

/// A dimension in one or two levels.
struct Tree {
    name: &'static str,
    groups: usize,
    leaves: usize,
}

/// A cube of counts, all combinations of all codes.
struct Kind {
    name: &'static str,
    trees: &'static [Tree],
    /// How many of a thousand leaves hold anybody.
    filled: u64,
    /// Of a thousand of those, how many hold 1 or 2, and how many 3 to 11; the rest hold more.
    small: (u64, u64),
    is_usual: bool,
}

const LOCALITY: Tree = Tree { name: "locality", groups: 6, leaves: 40 };
const SERVICE: Tree = Tree { name: "service", groups: 3, leaves: 12 };
const COHORT: Tree = Tree { name: "cohort", groups: 0, leaves: 6 };
const YEAR: Tree = Tree { name: "year", groups: 0, leaves: 3 };

/// How an instance is told.
struct Way {
    name: &'static str,
    /// What the marker leaves possible at least.
    least: u8,
    /// What is said of the table.
    table: &'static str,
}

const WAYS: [Way; 4] = [
    Way {
        name: "default",
        least: 0,
        table: r#", "rounding": 5, "zero_exact": false, "min_shown": 5"#,
    },
    Way {
        name: "rounded",
        least: 1,
        table: r#", "rounding": 5, "zero_exact": true, "min_shown": 5"#,
    },
    Way { name: "hidden", least: 0, table: r#", "zero_exact": false, "min_shown": 5"# },
    Way { name: "exact", least: 1, table: "" },
];

const KINDS: [Kind; 4] = [
    Kind {
        name: "slice",
        trees: &[
            Tree { name: "locality", groups: 2, leaves: 9 },
            Tree { name: "service", groups: 2, leaves: 7 },
            Tree { name: "cohort", groups: 0, leaves: 5 },
        ],
        filled: 700,
        small: (450, 400),
        is_usual: true,
    },
    Kind {
        name: "table",
        trees: &[LOCALITY, Tree { name: "service", groups: 0, leaves: 20 }],
        filled: 500,
        small: (450, 400),
        is_usual: true,
    },
    Kind {
        name: "cube",
        trees: &[LOCALITY, SERVICE, COHORT],
        filled: 570,
        small: (600, 300),
        is_usual: true,
    },
    Kind {
        name: "whole",
        trees: &[LOCALITY, SERVICE, COHORT, YEAR],
        filled: 570,
        small: (570, 280),
        is_usual: false,
    },
];

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let is_asked = |name: &str| words.iter().any(|word| word == name);
    let every_kind = !KINDS.iter().any(|kind| is_asked(kind.name));
    let every_way = !WAYS.iter().any(|way| is_asked(way.name));
    let kinds = KINDS.iter().filter(|kind| is_asked(kind.name) || (every_kind && kind.is_usual));
    for kind in kinds {
        for way in WAYS.iter().filter(|way| is_asked(way.name) || every_way) {
            run(kind, way);
        }
    }
}

fn run(kind: &Kind, way: &Way) {
    let instance = instance(kind, way);
    let begun = Instant::now();
    let found = protect(&instance).unwrap_or_else(|refusal| panic!("{}: {refusal}", kind.name));
    let taken = begun.elapsed().as_secs_f64();
    let figures = found.rows.len();
    let share = |part: f64, whole: f64| 100.0 * part / whole;
    let withheld = found.withheld_primary + found.withheld_secondary;
    // Every record is part of one figure for each line of codes above it.
    let above: i64 = kind.trees.iter().map(|tree| if tree.groups > 0 { 3 } else { 2 }).product();
    let all: i64 = instance.truth.iter().map(|record| record.value).sum::<i64>() * above;
    println!("{}, {}: {figures} figures, {} sensitive", kind.name, way.name, found.sensitive);
    println!("  time: {taken:.2} s");
    println!(
        "  withheld: {withheld} ({:.1}%), of these {} to protect others",
        share(withheld as f64, figures as f64),
        found.withheld_secondary
    );
    println!("  value lost: {:.2}%", share(found.value_lost as f64, all as f64));
    let (open, lost, by_truth) = (found.open.len(), found.lost.len(), found.by_true_values);
    println!("  open: {open}, lost: {lost}, decided by true values: {by_truth}");
}

fn instance(kind: &Kind, way: &Way) -> Instance {
    let mut dims = String::new();
    let mut leaves = vec![Coordinates::new()];
    for Tree { name, groups, leaves: count } in kind.trees {
        let mut edges: Vec<String> = (0..*groups).map(|at| format!(r#"["g{at}","all"]"#)).collect();
        for at in 0..*count {
            let parent = match groups {
                0 => "all".to_owned(),
                groups => format!("g{}", at % groups),
            };
            edges.push(format!(r#"["{at:02}","{parent}"]"#));
        }
        let separator = if dims.is_empty() { "" } else { "," };
        let edges = edges.join(",");
        write!(dims, r#"{separator}"{name}": {{"total": "all", "edges": [{edges}]}}"#)
            .expect("writing to a text cannot fail");
        leaves = leaves
            .into_iter()
            .flat_map(|leaf| {
                (0..*count).map(move |at| {
                    let mut leaf = leaf.clone();
                    leaf.insert((*name).to_owned(), format!("{at:02}"));
                    leaf
                })
            })
            .collect();
    }
    let names: Vec<String> = kind.trees.iter().map(|tree| format!("{:?}", tree.name)).collect();
    let structure = format!(
        r#"{{"dims": {{{dims}}}, "markers": {{"[c]": [{}, null]}},
        "measures": {{"people": {{"type": "count", "threshold": 5, "min_width": 3}}}},
        "tables": [{{"id": "t", "measure": "people", "dims": [{}]{}}}]}}"#,
        way.least,
        names.join(","),
        way.table
    );
    let mut dice = Dice { state: 0x5eed };
    let mut truth = Vec::new();
    for coordinates in leaves {
        let value = people(kind, &mut dice);
        if value > 0 {
            let measure = "people".to_owned();
            truth.push(Record { measure, coordinates, holder: String::new(), value });
        }
    }
    let structure = serde_json::from_str(&structure).expect("the structure is well formed");
    Instance { structure, truth, frozen: Vec::new() }
}

/// How many people one leaf holds: mostly none or few.
fn people(kind: &Kind, dice: &mut Dice) -> i64 {
    let (few, some) = kind.small;
    let is_filled = dice.below(1000) < kind.filled;
    let size = dice.below(1000);
    let value = match size {
        _ if !is_filled => 0,
        size if size < few => 1 + dice.below(2),
        size if size < few + some => 3 + dice.below(9),
        _ => 12 + dice.below(60),
    };
    value as i64
}

/// Numbers that look random and are the same every time.
struct Dice {
    state: u64,
}

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.state = self
            .state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) % end
    }
}
