//! Protection against a second attacker, who tries every table of whole numbers.

use std::collections::{BTreeMap, BTreeSet};

use super::build::Built;
use super::engine::interval;
use super::graph::Reader;
use super::instance::{Coordinates, Instance, Record, Row, Structure};
use super::sensitive::Level;
use super::{Protection, protect};

/// The second attacker considers no leaf greater than this.
const LARGEST: i64 = 9;

fn structure(text: &str) -> Structure {
    serde_json::from_str(text).expect("the structure is written here")
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

const COUNT: &str = r#""measures": {"people": {"type": "count", "threshold": 4, "min_width": 2}}"#;

fn flat(marker: &str) -> Structure {
    structure(&format!(
        r#"{{"dims": {{"a": {{"total": "T", "edges": [["1","T"],["2","T"]]}},
        "b": {{"total": "T", "edges": [["x","T"],["y","T"],["z","T"]]}}}}, {COUNT},
        "markers": {{"[c]": {marker}}},
        "tables": [{{"id": "t", "measure": "people", "dims": ["a", "b"]}}]}}"#
    ))
}

fn hierarchical() -> Structure {
    structure(&format!(
        r#"{{"dims": {{"a": {{"total": "T", "edges": [["1","T"],["2","T"]]}},
        "b": {{"total": "T", "edges": [["g","T"],["x","g"],["y","g"],["z","T"]]}}}}, {COUNT},
        "markers": {{"[c]": [1, null]}},
        "tables": [{{"id": "t", "measure": "people", "dims": ["a", "b"]}}]}}"#
    ))
}

fn linked() -> Structure {
    structure(&format!(
        r#"{{"dims": {{"a": {{"total": "T", "edges": [["1","T"],["2","T"]]}},
        "b": {{"total": "T", "edges": [["x","T"],["y","T"]]}},
        "c": {{"total": "T", "edges": [["p","T"],["q","T"]]}}}}, {COUNT},
        "markers": {{"[c]": [0, null]}}, "implied": false,
        "tables": [{{"id": "t", "measure": "people", "dims": ["a", "b"]}},
        {{"id": "u", "measure": "people", "dims": ["b", "c"]}}]}}"#
    ))
}

fn rounded() -> Structure {
    let mut structure = flat("[0, null]");
    structure.tables[0].rounding = Some(5);
    structure
}

/// All combinations of codes that have none below them.
pub(super) fn leaves(structure: &Structure) -> Vec<Coordinates> {
    let mut leaves = vec![Coordinates::new()];
    for (name, dimension) in structure.dims.iter() {
        let parents: BTreeSet<&String> = dimension.edges.iter().map(|(_, parent)| parent).collect();
        let codes = dimension.edges.iter().map(|(child, _)| child);
        let codes: Vec<&String> = codes.filter(|code| !parents.contains(code)).collect();
        leaves = leaves
            .into_iter()
            .flat_map(|leaf| {
                codes.iter().map(move |code| {
                    let mut leaf = leaf.clone();
                    leaf.insert(name.clone(), (*code).clone());
                    leaf
                })
            })
            .collect();
    }
    leaves
}

/// Random records for every leaf, most of them small.
fn filled(structure: Structure, dice: &mut Dice) -> Instance {
    let record = |coordinates| Record {
        measure: "people".to_owned(),
        coordinates,
        holder: String::new(),
        value: dice.below(7) as i64,
    };
    let truth = leaves(&structure).into_iter().map(record).collect();
    Instance { structure, truth, frozen: Vec::new() }
}

/// What the second attacker reads: for each figure its leaves, and the interval it states.
fn readings(instance: &Instance, rows: &[Row]) -> Vec<(Row, Vec<usize>, (i64, i64))> {
    let is_below = |dimension: &str, code: &str, above: &str| {
        let edges = &instance.structure.dims[dimension].edges;
        let mut code = code;
        while code != above {
            match edges.iter().find(|(child, _)| child == code) {
                Some((_, parent)) => code = parent,
                None => return false,
            }
        }
        true
    };
    let reading = |row: &Row| {
        let table = instance.structure.tables.iter().find(|table| table.id == row.table);
        let base = table.and_then(|table| table.rounding).unwrap_or(1);
        let part = |record: &Record| {
            row.coordinates
                .iter()
                .all(|(name, code)| is_below(name, &record.coordinates[name], code))
        };
        let leaves: Vec<usize> =
            (0..instance.truth.len()).filter(|at| part(&instance.truth[*at])).collect();
        let known = match (row.value.parse::<i64>(), instance.structure.markers.get(&row.value)) {
            (Ok(0), _) => (0, 0),
            (Ok(value), _) => ((value - base / 2).max(4), value + base / 2),
            (_, Some((low, high))) => (low.unwrap_or(0), high.unwrap_or(i64::MAX)),
            _ => panic!("`{}` is neither", row.value),
        };
        (row.clone(), leaves, known)
    };
    rows.iter().map(reading).collect()
}

/// Every value of every figure in any table that agrees with all figures.
fn possible(readings: &[(Row, Vec<usize>, (i64, i64))], leaves: usize) -> Vec<BTreeSet<i64>> {
    fn go(
        readings: &[(Row, Vec<usize>, (i64, i64))],
        table: &mut Vec<i64>,
        leaves: usize,
        found: &mut [BTreeSet<i64>],
    ) {
        for (_, parts, (low, high)) in readings {
            let sum: i64 = parts.iter().filter_map(|leaf| table.get(*leaf)).sum();
            let left = parts.iter().filter(|leaf| **leaf >= table.len()).count() as i64;
            if sum > *high || sum + left * LARGEST < *low {
                return;
            }
        }
        if table.len() == leaves {
            for ((_, parts, _), values) in readings.iter().zip(found) {
                values.insert(parts.iter().map(|leaf| table[*leaf]).sum());
            }
            return;
        }
        for value in 0..=LARGEST {
            table.push(value);
            go(readings, table, leaves, found);
            table.pop();
        }
    }
    let mut found = vec![BTreeSet::new(); readings.len()];
    go(readings, &mut Vec::new(), leaves, &mut found);
    found
}

/// No sensitive figure has fewer than three possible values, unless that was said.
fn check(instance: &Instance) -> Protection {
    let protection = protect(instance).expect("these instances are supported");
    let rows = [instance.frozen.as_slice(), &protection.rows].concat();
    let readings = readings(instance, &rows);
    let possible = possible(&readings, instance.truth.len());
    for ((row, leaves, _), values) in readings.iter().zip(&possible) {
        let value: i64 = leaves.iter().map(|leaf| instance.truth[*leaf].value).sum();
        assert!(values.contains(&value), "{row:?}: the truth is not possible");
        if (1..4).contains(&value) && protection.open.is_empty() {
            assert!(values.len() >= 3, "{row:?} of {value}: {values:?}\n{:#?}", protection.rows);
        }
    }
    protection
}

#[test]
fn no_small_number_of_a_random_table_can_be_worked_out() {
    let mut open = 0;
    let mut dice = Dice(1);
    for _ in 0..40 {
        for structure in [flat("[1, null]"), flat("[0, null]"), hierarchical(), linked(), rounded()]
        {
            let protection = check(&filled(structure, &mut dice));
            open += usize::from(!protection.open.is_empty());
        }
    }
    assert!(open <= 40, "{open} of 200 tables cannot be protected");
}

#[test]
fn figures_of_an_earlier_release_stay_and_are_reckoned_with() {
    let mut dice = Dice(2);
    for _ in 0..20 {
        let mut instance = filled(linked(), &mut dice);
        let first = protect(&instance).expect("it is supported").rows;
        instance.frozen = first.into_iter().filter(|row| row.table == "t").collect();
        instance.structure.frozen_tables = vec!["t".to_owned()];
        let protection = check(&instance);
        for row in &instance.frozen {
            assert!(!protection.rows.iter().any(|new| new.table == row.table), "{row:?}");
        }
    }
}

#[test]
fn intervals_of_flat_tables_are_those_of_the_second_attacker() {
    let mut dice = Dice(3);
    let mut compared = 0;
    for _ in 0..30 {
        let instance = filled(flat("[1, null]"), &mut dice);
        let protection = protect(&instance).expect("it is supported");
        let mut built = Built::new(&instance, Level::Whole).expect("it is supported");
        let withheld: BTreeSet<&Coordinates> = protection
            .rows
            .iter()
            .filter(|row| row.value == "[c]")
            .map(|row| &row.coordinates)
            .collect();
        for (_, coordinates, cell) in &built.figures {
            if withheld.contains(coordinates) {
                built.graph.cells[*cell].withhold();
            }
        }
        let readings = readings(&instance, &protection.rows);
        let possible = possible(&readings, instance.truth.len());
        let by: BTreeMap<&Coordinates, usize> =
            built.figures.iter().map(|(_, coordinates, cell)| (coordinates, *cell)).collect();
        let mut ends = Vec::new();
        for ((row, _, _), values) in readings.iter().zip(&possible) {
            let cell = by[&row.coordinates];
            let (low, high) = interval(&built.graph, &Reader::default(), cell, 1000);
            let value = built.graph.cells[cell].value;
            ends.push((
                (value + low, value + high),
                (*values.first().unwrap(), *values.last().unwrap()),
            ));
        }
        // Where a leaf could be greater than the second attacker tries, it sees less.
        if ends.iter().all(|((_, high), _)| *high < 100)
            && ends
                .iter()
                .zip(&readings)
                .all(|(((_, high), _), (_, leaves, _))| leaves.len() > 1 || *high <= LARGEST)
        {
            compared += 1;
            for ((engine, brute), (row, _, _)) in ends.iter().zip(&readings) {
                assert_eq!(engine, brute, "{row:?}");
            }
        }
    }
    assert!(compared > 5, "{compared}");
}

#[test]
fn the_known_answer_of_the_literature() {
    let structure = structure(
        r#"{"dims": {"activity": {"total": "All",
        "edges": [["I","All"],["II","All"],["III","All"]]},
        "region": {"total": "All", "edges": [["A","All"],["B","All"],["C","All"]]}},
        "measures": {"inv": {"type": "magnitude"}}, "markers": {"*": [0, null]},
        "tables": [{"id": "T1", "measure": "inv", "dims": ["activity", "region"]}],
        "force_sensitive": [{"measure": "inv", "coords": {"activity": "II", "region": "C"},
        "lo": 17, "hi": 27}]}"#,
    );
    let values = [20, 50, 10, 8, 19, 22, 17, 32, 12];
    let mut truth = Vec::new();
    for (at, value) in values.into_iter().enumerate() {
        let coordinates =
            [("activity", ["I", "II", "III"][at / 3]), ("region", ["A", "B", "C"][at % 3])];
        truth.push(Record {
            measure: "inv".to_owned(),
            coordinates: coordinates.map(|(a, b)| (a.to_owned(), b.to_owned())).into(),
            holder: String::new(),
            value,
        });
    }
    let instance = Instance { structure, truth, frozen: Vec::new() };
    let protection = protect(&instance).expect("it is supported");
    assert!(protection.open.is_empty());
    assert_eq!((protection.withheld_primary, protection.withheld_secondary), (1, 3));
    let mut built = Built::new(&instance, Level::Whole).expect("it is supported");
    let cell = |name: &str| built.graph.cells.iter().position(|cell| cell.key == name).unwrap();
    let cells = ["inv II/A", "inv II/C", "inv III/A", "inv III/C"].map(cell);
    for cell in cells {
        built.graph.cells[cell].withhold();
    }
    let (low, high) = interval(&built.graph, &Reader::default(), cells[1], 1000);
    assert_eq!((22 + low, 22 + high), (5, 30));
}
