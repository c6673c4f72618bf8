//! Random instances, of every kind that the format allows, the same for the same seed.

use std::collections::BTreeMap;

use super::model::{
    Coordinates, Dimension, Forced, Instance, Measure, Operand, Quotient, Record, Structure, Table,
};

use super::dice::Dice;
use super::truth::{Truth, codes, is_leaf, key, product, rows_of};

/// What an instance is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One table, two ways, no groups.
    Flat,
    /// One table with groups of codes.
    Hierarchical,
    /// Three slices of a cube that share margins.
    Linked,
    /// Numbers to the nearest five or three.
    Rounded,
    /// Two measures with a quotient of each cell.
    Quotient,
    /// Amounts with contributors, and a count that makes them sensitive.
    Amounts,
    /// An interval that must stay possible.
    Forced,
    /// A cube of which only margins are published: its small leaves are implied.
    Implied,
    /// Tables of some codes and of one part only, with a least number shown.
    Partial,
}

pub(super) const KINDS: [Kind; 9] = [
    Kind::Flat,
    Kind::Hierarchical,
    Kind::Linked,
    Kind::Rounded,
    Kind::Quotient,
    Kind::Amounts,
    Kind::Forced,
    Kind::Implied,
    Kind::Partial,
];

pub(super) const PEOPLE: &str = "people";
const MONEY: &str = "money";
const FEW: &str = "few";

/// A random instance of a kind.
pub(super) fn instance(kind: Kind, seed: u64) -> Instance {
    let mut dice = Dice::new(seed.wrapping_mul(31).wrapping_add(kind as u64));
    let mut structure = match kind {
        Kind::Flat | Kind::Rounded | Kind::Forced => flat(&mut dice, 2..=5),
        Kind::Hierarchical => grouped(&mut dice),
        Kind::Linked | Kind::Implied | Kind::Partial => cube(&mut dice),
        Kind::Quotient | Kind::Amounts => flat(&mut dice, 2..=3),
    };
    match kind {
        Kind::Flat | Kind::Hierarchical | Kind::Forced => {
            structure.tables = vec![table("t", PEOPLE, &["a", "b"])];
        }
        Kind::Rounded => {
            let mut rounded = table("t", PEOPLE, &["a", "b"]);
            rounded.rounding = Some(*dice.choice(&[5, 5, 3]));
            rounded.zero_exact = *dice.choice(&[Some(true), Some(true), None]);
            structure.tables = vec![rounded];
            if dice.percent(30) {
                structure.tables.push(table("u", PEOPLE, &["a"]));
            }
        }
        Kind::Linked => {
            structure.tables =
                vec![table("ab", PEOPLE, &["a", "b"]), table("bc", PEOPLE, &["b", "c"])];
            if dice.percent(60) {
                structure.tables.push(table("ac", PEOPLE, &["a", "c"]));
            }
            structure.implied = false;
        }
        Kind::Implied => {
            structure.tables = vec![table("ab", PEOPLE, &["a", "b"]), table("c", PEOPLE, &["c"])];
        }
        Kind::Partial => partial(&mut dice, &mut structure),
        Kind::Quotient => quotient(&mut dice, &mut structure),
        Kind::Amounts => amounts(&mut dice, &mut structure),
    }
    let truth = records(&mut dice, &structure);
    let mut made = Instance { structure, truth, frozen: Vec::new() };
    if kind == Kind::Forced {
        force(&mut dice, &mut made);
    }
    made
}

/// Counts of people with a threshold, a marker that means something, and no tables.
fn empty(dice: &mut Dice) -> Structure {
    let threshold = dice.between(3, 6);
    let count = Measure::Count { threshold, min_width: dice.between(2, 3) };
    let low = dice.between(0, 1);
    Structure {
        name: "random".to_owned(),
        dims: BTreeMap::new(),
        measures: BTreeMap::from([(PEOPLE.to_owned(), count)]),
        tables: Vec::new(),
        ratios: Vec::new(),
        markers: BTreeMap::from([("[c]".to_owned(), (Some(low), None))]),
        targets: Vec::new(),
        force_sensitive: Vec::new(),
        frozen_tables: Vec::new(),
        implied: dice.percent(50),
    }
}

pub(super) fn plain_dim(name: &str, leaves: i64) -> Dimension {
    let edges = (1..=leaves).map(|at| (format!("{name}{at}"), "All".to_owned())).collect();
    Dimension { total: "All".to_owned(), edges }
}

fn flat(dice: &mut Dice, sizes: std::ops::RangeInclusive<i64>) -> Structure {
    let mut structure = empty(dice);
    for name in ["a", "b"] {
        let leaves = dice.between(*sizes.start(), *sizes.end());
        structure.dims.insert(name.to_owned(), plain_dim(name, leaves));
    }
    structure
}

/// Two dimensions, the first with two groups of which one may have a single member.
fn grouped(dice: &mut Dice) -> Structure {
    let mut structure = empty(dice);
    let mut edges = Vec::new();
    for group in ["g", "h"] {
        edges.push((group.to_owned(), "All".to_owned()));
        for at in 1..=dice.between(1, 3) {
            edges.push((format!("{group}{at}"), group.to_owned()));
        }
    }
    structure.dims.insert("a".to_owned(), Dimension { total: "All".to_owned(), edges });
    structure.dims.insert("b".to_owned(), plain_dim("b", dice.between(2, 3)));
    structure
}

fn cube(dice: &mut Dice) -> Structure {
    let mut structure = empty(dice);
    for name in ["a", "b", "c"] {
        structure.dims.insert(name.to_owned(), plain_dim(name, dice.between(2, 3)));
    }
    structure
}

pub(super) fn table(id: &str, measure: &str, dims: &[&str]) -> Table {
    Table {
        id: id.to_owned(),
        measure: measure.to_owned(),
        dims: dims.iter().map(|&name| name.to_owned()).collect(),
        filter: Coordinates::new(),
        levels: BTreeMap::new(),
        rounding: None,
        zero_exact: None,
        min_shown: None,
    }
}

/// A table of one part, a table without some codes, and a least number shown.
fn partial(dice: &mut Dice, structure: &mut Structure) {
    let mut part = table("part", PEOPLE, &["a", "b"]);
    part.filter.insert("c".to_owned(), "c1".to_owned());
    let mut some = table("some", PEOPLE, &["b", "c"]);
    let mut shown = codes(&structure.dims["b"]);
    shown.remove(dice.place(shown.len()));
    some.levels.insert("b".to_owned(), shown);
    if dice.percent(50) {
        let Measure::Count { threshold, .. } = structure.measures[PEOPLE] else { return };
        some.min_shown = Some(threshold + dice.between(0, 4));
    }
    structure.tables = vec![part, some];
}

fn quotient(dice: &mut Dice, structure: &mut Structure) {
    let count = structure.measures[PEOPLE].clone();
    structure.measures.insert(FEW.to_owned(), count);
    structure.tables = vec![table("t", PEOPLE, &["a", "b"]), table("u", FEW, &["a", "b"])];
    let side = |measure: &str, fix: Coordinates| Operand { measure: measure.to_owned(), fix };
    let share = Quotient {
        id: "share".to_owned(),
        dims: vec!["a".to_owned(), "b".to_owned()],
        num: side(FEW, Coordinates::new()),
        den: side(PEOPLE, Coordinates::new()),
        scale: 100,
        decimals: u32::try_from(dice.between(0, 1)).expect("small"),
    };
    let first = Quotient {
        id: "first".to_owned(),
        dims: vec!["a".to_owned()],
        num: side(PEOPLE, [("b".to_owned(), "b1".to_owned())].into()),
        den: side(PEOPLE, Coordinates::new()),
        scale: 100,
        decimals: 0,
    };
    structure.ratios = if dice.percent(50) { vec![share, first] } else { vec![share] };
}

fn amounts(dice: &mut Dice, structure: &mut Structure) {
    let p = dice.percent(60).then(|| *dice.choice(&[10, 15, 20]));
    let min_holders = dice.percent(40).then_some(3);
    let count_measure = dice.percent(50).then(|| PEOPLE.to_owned());
    let kind = Measure::Magnitude { p, min_holders, count_measure };
    structure.measures.insert(MONEY.to_owned(), kind);
    structure.tables = vec![table("t", PEOPLE, &["a", "b"]), table("m", MONEY, &["a", "b"])];
    structure.implied = false;
}

/// Forces an interval around the value of a cell, besides the rule for small counts.
fn force(dice: &mut Dice, made: &mut Instance) {
    let structure = &made.structure;
    let truth = Truth::new(made);
    let rows = rows_of(structure, &structure.tables[0]);
    let rows: Vec<Coordinates> = rows
        .into_iter()
        .filter(|row| {
            let cell = key(structure, PEOPLE, &[row]);
            truth.value(&cell) > 5 && cell.1.iter().filter(|code| *code == "All").count() < 2
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    let coords = dice.choice(&rows).clone();
    let value = truth.value(&key(structure, PEOPLE, &[&coords]));
    let forced = Forced {
        measure: PEOPLE.to_owned(),
        coords,
        lo: value - dice.between(1, (value - 1).min(4)),
        hi: value + dice.between(1, 5),
    };
    made.structure.force_sensitive = vec![forced];
}

/// Leaf records: many noughts, many small numbers, some greater ones.
pub(super) fn records(dice: &mut Dice, structure: &Structure) -> Vec<Record> {
    let lists: Vec<Vec<String>> = structure
        .dims
        .values()
        .map(|dim| codes(dim).into_iter().filter(|code| is_leaf(dim, code)).collect())
        .collect();
    let mut found = Vec::new();
    for leaf in product(&lists) {
        let coordinates: Coordinates = structure.dims.keys().cloned().zip(leaf).collect();
        let record = |measure: &str, holder: &str, value: i64| Record {
            measure: measure.to_owned(),
            coordinates: coordinates.clone(),
            holder: holder.to_owned(),
            value,
        };
        let people = count(dice);
        if people > 0 {
            found.push(record(PEOPLE, "", people));
        }
        if structure.measures.contains_key(FEW) && people > 0 {
            found.push(record(FEW, "", dice.between(0, people)));
        }
        if structure.measures.contains_key(MONEY) && people > 0 {
            let mut names = ["h1", "h2", "h3", "h4", "h5"];
            dice.shuffle(&mut names);
            let holders = *dice.choice(&[1, 1, 2, 3, 4]);
            for name in &names[..holders] {
                found.push(record(MONEY, name, dice.between(5, 300)));
            }
        }
    }
    found
}

fn count(dice: &mut Dice) -> i64 {
    match dice.between(1, 100) {
        1..=25 => 0,
        26..=60 => dice.between(1, 4),
        61..=88 => dice.between(5, 14),
        _ => dice.between(15, 60),
    }
}
