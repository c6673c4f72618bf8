//! Protection of small cubes, against every table of whole numbers.

use std::collections::BTreeSet;

use super::super::graph::{Block, Cell, Graph, Need, Reader, UNBOUNDED};
use super::protect;

/// The second attacker considers no leaf greater than this.
const LARGEST: i64 = 12;

/// How figures are published: noughts hidden, rounded to five.
#[derive(Clone, Copy)]
struct Style {
    hides_noughts: bool,
    is_rounded: bool,
}

const SHOWN: Style = Style { hides_noughts: false, is_rounded: false };
const HIDDEN: Style = Style { hides_noughts: true, is_rounded: false };
const ROUNDED: Style = Style { hides_noughts: true, is_rounded: true };

struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % end) as i64
    }
}

fn cell(at: usize, value: i64, style: Style) -> Cell {
    let is_primary = (1..5).contains(&value) || (value == 0 && style.hides_noughts);
    let rounded = (value + 2) / 5 * 5;
    let shown = match style.is_rounded && value > 0 {
        true => ((rounded - 2).max(5), rounded + 2),
        false => (value, value),
    };
    let class = match value {
        0 => (0, 0),
        1..5 => (1, 4),
        _ if style.is_rounded => shown,
        5..10 => (5, 9),
        10..20 => (10, 19),
        _ => (20, 1000),
    };
    let marker = (i64::from(!style.hides_noughts), UNBOUNDED);
    let mut cell = Cell {
        key: at.to_string(),
        value,
        low: shown.0,
        high: shown.1,
        known: (0, UNBOUNDED),
        shown,
        withheld: (value >= marker.0).then_some(marker),
        is_withheld: false,
        is_primary,
        need: (1..5).contains(&value).then_some(Need::Width(3)),
        class,
        weight: class.0 + 8,
    };
    if is_primary {
        cell.withhold();
    }
    cell
}

/// A cube of flat trees; the last code of each is its total.
fn cube(sizes: &[usize], leaves: &[i64], style: Style) -> Graph {
    let size: usize = sizes.iter().map(|size| size + 1).product();
    let codes = |mut at: usize| -> Vec<usize> {
        let mut codes = Vec::new();
        for size in sizes.iter().rev() {
            codes.insert(0, at % (size + 1));
            at /= size + 1;
        }
        codes
    };
    let at = |codes: &[usize]| codes.iter().zip(sizes).fold(0, |n, (code, s)| n * (s + 1) + code);
    let leaf = |codes: &[usize]| codes.iter().zip(sizes).fold(0, |n, (code, size)| n * size + code);
    let is_leaf = |codes: &[usize]| codes.iter().zip(sizes).all(|(code, size)| code < size);
    let mut values = vec![0; size];
    for cell in (0..size).filter(|cell| is_leaf(&codes(*cell))) {
        for (other, value) in values.iter_mut().enumerate() {
            let pairs = codes(other).into_iter().zip(codes(cell)).zip(sizes);
            if pairs.into_iter().all(|((a, b), size)| a == b || a == *size) {
                *value += leaves[leaf(&codes(cell))];
            }
        }
    }
    let cells = values.iter().enumerate().map(|(at, v)| cell(at, *v, style)).collect();
    let mut graph = Graph { cells, ..Graph::default() };
    for cell in 0..size {
        for (tree, last) in sizes.iter().enumerate() {
            let mut codes = codes(cell);
            if codes[tree] == *last {
                let mut equation = vec![(cell, -1)];
                for code in 0..*last {
                    codes[tree] = code;
                    equation.push((at(&codes), 1));
                }
                graph.add_equation(equation);
            }
        }
    }
    let tree = |size: &usize| (0..=*size).map(|code| (code < *size).then_some(*size)).collect();
    graph.blocks =
        vec![Block { parents: sizes.iter().map(tree).collect(), cells: (0..size).collect() }];
    graph
}

/// What is withheld.
fn pattern(graph: &Graph) -> Vec<bool> {
    graph.cells.iter().map(|cell| cell.is_withheld).collect()
}

/// Values of every cell in cubes that agree with what is published: all, or as many as are asked
/// for of each of the cells given.
fn possible(graph: &Graph, sizes: &[usize], asked: &[usize]) -> Vec<BTreeSet<i64>> {
    let free: usize = sizes.iter().product();
    let zero = vec![0; free];
    let parts: Vec<Vec<usize>> = (0..graph.cells.len())
        .map(|cell| {
            let is_part = |leaf: &usize| {
                let mut one = zero.clone();
                one[*leaf] = 1;
                cube(sizes, &one, SHOWN).cells[cell].value == 1
            };
            (0..free).filter(is_part).collect()
        })
        .collect();
    let mut found = vec![BTreeSet::new(); graph.cells.len()];
    let mut tables = vec![Vec::new()];
    while let Some(table) = tables.pop() {
        let is_within = |(cell, parts): (&Cell, &Vec<usize>)| {
            let sum: i64 = parts.iter().filter_map(|leaf| table.get(*leaf)).sum();
            let left = parts.iter().filter(|leaf| **leaf >= table.len()).count() as i64;
            sum <= cell.high && sum + left * LARGEST >= cell.low
        };
        if !graph.cells.iter().zip(&parts).all(is_within) {
            continue;
        }
        if table.len() == free {
            for (values, parts) in found.iter_mut().zip(&parts) {
                values.insert(parts.iter().map(|leaf| table[*leaf]).sum());
            }
            if asked.iter().all(|cell| found[*cell].len() > 3) {
                break;
            }
            continue;
        }
        tables.extend((0..=LARGEST).map(|value| [table.as_slice(), &[value]].concat()));
    }
    found
}

#[test]
fn every_table_of_whole_numbers_leaves_small_counts_four_values() {
    let mut dice = Dice(11);
    let flat: &[usize] = &[3, 3];
    let cubic: &[usize] = &[2, 2, 2];
    let small: &[usize] = &[2, 3];
    let kinds = [(flat, SHOWN), (cubic, SHOWN), (cubic, HIDDEN), (small, HIDDEN), (small, ROUNDED)];
    for (sizes, style) in kinds {
        for _ in 0..4 {
            let leaves: Vec<i64> =
                (0..sizes.iter().product()).map(|_| dice.below(9) * dice.below(2)).collect();
            let mut graph = cube(sizes, &leaves, style);
            let unprotected = protect(&mut graph, vec![Reader::default()]);
            let told = &unprotected.open | &unprotected.lost;
            let asked: Vec<usize> = (0..graph.cells.len())
                .filter(|at| graph.cells[*at].need.is_some() && !told.contains(at))
                .collect();
            let possible = possible(&graph, sizes, &asked);
            for at in asked {
                assert!(possible[at].len() > 3, "{sizes:?} {leaves:?} cell {at}");
            }
        }
    }
}

#[test]
fn two_tables_of_the_same_classes_get_the_same_pattern() {
    let mut dice = Dice(12);
    let mut compared = 0;
    for _ in 0..60 {
        let leaves: Vec<i64> = (0..12).map(|_| [0, 2, 7, 14][dice.below(4) as usize]).collect();
        let sizes = [3, 4];
        // Another table with the same totals: one square of it moves by one.
        let mut other = leaves.clone();
        let (row, column) = (dice.below(2) as usize, dice.below(3) as usize);
        for (at, by) in [(0, 1), (1, -1), (4, -1), (5, 1)] {
            other[row * 4 + column + at] += by;
        }
        let [mut one, mut two] = [leaves, other].map(|leaves| cube(&sizes, &leaves, SHOWN));
        let is_alike = one.cells.iter().zip(&two.cells).all(|(a, b)| a.class == b.class);
        let found = [&mut one, &mut two].map(|graph| protect(graph, vec![Reader::default()]));
        let is_by_class = found.iter().all(|found| found.retried.is_empty());
        // Figures that are shown in the end are equal: else the reader may tell them apart.
        let is_equal =
            one.cells.iter().zip(&two.cells).all(|(a, b)| a.is_withheld || a.value == b.value);
        if is_alike && is_by_class && is_equal {
            compared += 1;
            assert!(pattern(&one) == pattern(&two));
        }
    }
    assert!(compared > 3, "{compared}");
}

#[test]
fn two_tables_of_the_same_rounded_texts_get_the_same_pattern() {
    let mut dice = Dice(13);
    for _ in 0..40 {
        let leaves: Vec<i64> = (0..12).map(|_| [2, 3, 10, 15][dice.below(4) as usize]).collect();
        let mut other = leaves.clone();
        for (at, by) in [(0, 1), (1, -1), (4, -1), (5, 1)] {
            other[at] += by;
        }
        let [mut one, mut two] = [leaves, other].map(|leaves| cube(&[3, 4], &leaves, ROUNDED));
        if one.cells.iter().zip(&two.cells).any(|(a, b)| a.class != b.class) {
            continue;
        }
        for graph in [&mut one, &mut two] {
            let found = protect(graph, vec![Reader::default()]);
            assert!(!found.has_no_stand_in && found.open.is_empty());
        }
        assert!(pattern(&one) == pattern(&two));
    }
}

#[test]
fn a_contributor_cannot_narrow_what_another_contributed() {
    let leaves = [1, 9, 9, 9, 9, 9, 3, 9, 9];
    let mut graph = cube(&[3, 3], &leaves, SHOWN);
    // Alone in the second cell of the first row, and with five in the third.
    let knows = [(1, (9, 9)), (2, (5, i64::MAX))].into_iter().collect();
    let insider = Reader { knows, owns: BTreeSet::from([1]) };
    let found = protect(&mut graph, vec![Reader::default(), insider]);
    assert!(found.open.is_empty() && found.lost.is_empty());
    // What it owns cannot make up for the first cell, so another of its row is withheld.
    assert!(graph.cells[0].is_withheld);
    assert!([2, 3].iter().any(|at| graph.cells[*at].is_withheld));
}

#[test]
fn each_withheld_figure_names_what_it_protects() {
    let mut graph = cube(&[2, 2, 2], &[1, 9, 9, 9, 9, 9, 9, 9], SHOWN);
    let found = protect(&mut graph, vec![Reader::default()]);
    let secondary: Vec<usize> = (0..graph.cells.len())
        .filter(|at| graph.cells[*at].is_withheld && !graph.cells[*at].is_primary)
        .collect();
    assert_eq!(secondary.len(), 7);
    assert!(secondary.iter().all(|at| found.protects.get(at) == Some(&0)));
    let (least, most) = found.left[&0];
    assert!(least >= 1 && most - least >= 3);
}

#[test]
fn odd_graphs_are_taken_as_they_are() {
    let found = protect(&mut Graph::default(), vec![Reader::default()]);
    assert!(found.open.is_empty());
    // A cell in no equation, one that no bound holds, and one whose bounds contradict each other.
    let mut graph = Graph {
        cells: vec![cell(0, 3, SHOWN), cell(1, 2, SHOWN), cell(2, 1, SHOWN)],
        ..Graph::default()
    };
    (graph.cells[1].low, graph.cells[1].high) = (-UNBOUNDED, UNBOUNDED);
    (graph.cells[2].low, graph.cells[2].high) = (4, 3);
    graph.cells[2].withheld = None;
    let found = protect(&mut graph, vec![Reader::default()]);
    assert!(!found.open.contains(&0) && !found.open.contains(&1));
    // An equation of one cell pins it.
    let mut graph = Graph { cells: vec![cell(0, 3, SHOWN)], ..Graph::default() };
    graph.add_equation(vec![(0, 1)]);
    let found = protect(&mut graph, vec![Reader::default()]);
    assert!(found.lost.contains(&0) || found.open.contains(&0));
}

#[test]
fn what_was_found_is_admitted_by_the_graph() {
    let graph = cube(&[2, 2], &[3, 3, 3, 3], SHOWN);
    let turn = [(0, 1), (1, -1), (3, -1), (4, 1)];
    assert!(graph.admits(&turn, &Reader::default()));
    assert!(!graph.admits(&turn[..3], &Reader::default()));
    let thrice: Vec<(usize, i64)> = turn.iter().map(|(cell, by)| (*cell, by * 3)).collect();
    assert!(!graph.admits(&thrice, &Reader::default()), "a cell would fall below its marker");
}
