//! Answers that are kept, damaged, and not those of this graph.

use std::path::PathBuf;

use super::super::graph::UNBOUNDED;
use super::*;
use crate::evidence::private::Fences;

/// A table of three by three with its totals; small numbers are withheld.
fn table() -> Graph {
    let mut graph = Graph::default();
    let inner = [[3, 40, 21], [30, 2, 17], [25, 60, 11]];
    let row = |row: usize| inner[row].iter().sum::<i64>();
    let column = |column: usize| inner.iter().map(|row| row[column]).sum::<i64>();
    for at in 0..16 {
        let value = match (at / 4, at % 4) {
            (3, 3) => (0..3).map(row).sum(),
            (3, at) => column(at),
            (at, 3) => row(at),
            (row, column) => inner[row][column],
        };
        let is_primary = value < 5;
        let mut cell = Cell {
            key: format!("cell {at}"),
            value,
            low: value,
            high: value,
            known: (0, UNBOUNDED),
            shown: (value, value),
            withheld: Some((1, UNBOUNDED)),
            is_withheld: false,
            is_primary,
            need: is_primary.then_some(Need::Width(3)),
            class: if is_primary { (1, 4) } else { (5, 80) },
            weight: 10 + value,
        };
        if is_primary {
            cell.withhold();
        }
        graph.cells.push(cell);
    }
    for line in 0..4 {
        graph.add_equation(vec![
            (line * 4, 1),
            (line * 4 + 1, 1),
            (line * 4 + 2, 1),
            (line * 4 + 3, -1),
        ]);
        graph.add_equation(vec![(line, 1), (line + 4, 1), (line + 8, 1), (line + 12, -1)]);
    }
    graph
}

struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Home {
        Home(tempfile::tempdir().unwrap())
    }

    fn cache(&self) -> Cache {
        let fences = Fences { inputs: &[], outputs: &[] as &[PathBuf], published_mark: "mark" };
        Cache::in_folder(&self.0.path().join("kept"), &std::env::current_exe().unwrap(), &fences)
    }
}

/// What readers can see of a graph, and why.
fn seen(graph: &Graph, found: &Unprotected) -> Vec<u8> {
    let cells = graph.cells.iter().map(|cell| (cell.low, cell.high, cell.is_withheld));
    let rest = (&found.lost, &found.open, &found.retried, &found.protects, found.has_no_stand_in);
    format!("{:?} {rest:?}", cells.collect::<Vec<_>>()).into_bytes()
}

#[test]
fn what_is_remembered_is_what_would_be_found() {
    let home = Home::new();
    let run = |cache: &Cache| {
        let mut graph = table();
        let found = protect_unseen(&mut graph, vec![Reader::default()], cache);
        seen(&graph, &found)
    };
    let without = run(&Cache::none());
    let first = home.cache();
    assert_eq!(run(&first), without);
    assert_eq!(first.answered(), 0);
    assert_eq!(run(&first), without);
    assert_eq!(first.answered(), 1, "from memory");
    let second = home.cache();
    assert_eq!(run(&second), without);
    assert_eq!(second.answered(), 1, "from the disk");
}

#[test]
fn another_graph_is_another_question() {
    let readers = || vec![Reader::default()];
    let asked = question(0, &table(), &readers());
    let changes: [fn(&mut Graph); 14] = [
        |graph| graph.cells[5].key.push('x'),
        |graph| graph.cells[5].value += 1,
        |graph| graph.cells[5].low -= 1,
        |graph| graph.cells[5].high += 1,
        |graph| graph.cells[5].known.1 -= 1,
        |graph| graph.cells[5].shown.0 -= 1,
        |graph| graph.cells[5].withheld = None,
        |graph| graph.cells[5].withheld = Some((2, UNBOUNDED)),
        |graph| graph.cells[5].is_withheld = !graph.cells[5].is_withheld,
        |graph| graph.cells[5].is_primary = !graph.cells[5].is_primary,
        |graph| graph.cells[0].need = Some(Need::Span(3, 3)),
        |graph| graph.cells[5].class.1 += 1,
        |graph| graph.cells[5].weight += 1,
        |graph| graph.equations[2][1].1 = 2,
    ];
    for (number, change) in changes.into_iter().enumerate() {
        let mut other = table();
        change(&mut other);
        assert!(question(0, &other, &readers()) != asked, "change {number}");
    }
    let knows = [(3, (0, 5))].into();
    assert!(question(0, &table(), &[Reader { knows, ..Reader::default() }]) != asked);
    assert!(question(0, &table(), &[Reader { owns: [3].into(), ..Reader::default() }]) != asked);
    assert!(question(0, &table(), &[]) != asked);
}

#[test]
fn an_answer_that_cannot_be_one_is_not_taken() {
    let graph = table();
    let mut protected = table();
    let found = rounds::protect_unseen(&mut protected, vec![Reader::default()]);
    let answer = || Answer::of(&protected, &found);
    let is_taken = |answer: Answer| Answer::read(&answer.bytes(), &graph).is_some();
    assert!(is_taken(answer()));
    let whole = answer().bytes();
    for end in 0..whole.len() {
        assert!(Answer::read(&whole[..end], &graph).is_none(), "cut at {end}");
    }
    let longer: Vec<u8> = whole.iter().copied().chain([0]).collect();
    assert!(Answer::read(&longer, &graph).is_none());
    let small = graph.cells.iter().position(|cell| cell.is_primary).unwrap();
    let large = graph.cells.iter().position(|cell| !cell.is_primary).unwrap();
    let spoilt: [&dyn Fn(&mut Answer); 6] = [
        &|answer| _ = answer.withheld.remove(&small),
        &|answer| _ = answer.withheld.insert(graph.cells.len()),
        &|answer| _ = answer.open.insert(large),
        &|answer| _ = answer.lost.insert(large),
        &|answer| _ = answer.retried.insert(large),
        &|answer| _ = answer.protects.insert(small, large),
    ];
    for (number, spoil) in spoilt.into_iter().enumerate() {
        let mut one = answer();
        spoil(&mut one);
        assert!(!is_taken(one), "{number}");
    }
    let mut kept = table();
    kept.cells[large].withheld = None;
    let mut one = answer();
    one.withheld.insert(large);
    assert!(Answer::read(&one.bytes(), &kept).is_none(), "it cannot be withheld");
}
