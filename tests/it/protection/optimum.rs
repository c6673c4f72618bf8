//! How many figures the product hides beyond the fewest that can protect a flat table.
//!
//! The fewest are found exactly. In a flat table the changes that agree with what is published run
//! in circles of rows and columns, so how far a cell can move is a flow, and a cell that cannot
//! move enough is shut in by a cut: at least one more figure of the cut must be hidden. Choices of
//! hidden figures that meet all cuts found so far are tried from the fewest up (branch and bound),
//! until one needs no further cut.

use std::collections::{BTreeSet, VecDeque};

use super::audit::attack;
use super::model::{Instance, Row, publish};
use super::random::{Kind, PEOPLE, instance};
use super::truth::{Truth, codes, key};

/// Where the bands of published gaps begin (disclosure §11).
const BANDS: [i64; 6] = [5, 10, 15, 20, 30, 50];

/// A table with its margins: rows and columns with the total first.
struct Grid {
    rows: usize,
    columns: usize,
    values: Vec<i64>,
    /// The least value behind the marker.
    low: i64,
    threshold: i64,
    /// Whether a cell is no greater than its class says: a proof then never looks at a value.
    by_class: bool,
    /// How far a small number must be able to move, up and down together.
    width: i64,
}

/// At least so much must be hidden of some cells: each counts for what it lets through.
struct Cut {
    cells: Vec<(usize, i64)>,
    least: i64,
}

impl Grid {
    fn new(made: &Instance, by_class: bool) -> Grid {
        let truth = Truth::new(made);
        let structure = &made.structure;
        let [across, down] = ["a", "b"].map(|name| codes(&structure.dims[name]));
        let cell = |a: &String, b: &String| {
            let place = [("a".to_owned(), a.clone()), ("b".to_owned(), b.clone())].into();
            truth.value(&key(structure, PEOPLE, &[&place]))
        };
        let values = across.iter().flat_map(|a| down.iter().map(move |b| cell(a, b))).collect();
        let super::model::Measure::Count { threshold, min_width } = structure.measures[PEOPLE]
        else {
            panic!("people are counted");
        };
        let low = structure.markers["[c]"].0.unwrap_or(0);
        let (rows, columns) = (across.len(), down.len());
        Grid { rows, columns, values, low, threshold, by_class, width: min_width }
    }

    fn is_small(&self, cell: usize) -> bool {
        (1..self.threshold).contains(&self.values[cell])
    }

    /// The least value of the class of a cell, or its value.
    fn least(&self, cell: usize) -> i64 {
        match self.values[cell] {
            value if !self.by_class => value,
            0 => 0,
            value if value < self.threshold => 1,
            value => {
                let begins = BANDS.iter().filter(|begin| **begin <= value);
                begins.copied().max().unwrap_or(0).max(self.threshold)
            }
        }
    }

    /// How much a cell lets through if it is hidden, in the direction that makes it greater or less.
    fn slack(&self, cell: usize, up: bool) -> i64 {
        match up {
            _ if self.values[cell] < self.low => 0,
            true => self.width,
            false => (self.least(cell) - self.low).min(self.width),
        }
    }

    /// The nodes of a cell: a row and a column. A change of the cell by one carries one unit from
    /// the row to the column, or back where exactly one of them is a total.
    fn arc(&self, cell: usize, up: bool) -> (usize, usize) {
        let (row, column) = (cell / self.columns, cell % self.columns);
        let ends = (row, self.rows + column);
        if ((row == 0) != (column == 0)) != up { ends } else { (ends.1, ends.0) }
    }

    /// The most that a cell can move in a direction by moving others, and the cut that stops it.
    fn flow(&self, hidden: &BTreeSet<usize>, of: usize, up: bool) -> (i64, BTreeSet<usize>) {
        let nodes = self.rows + self.columns;
        let mut room = vec![vec![0; nodes]; nodes];
        for &cell in hidden.iter().filter(|cell| **cell != of) {
            for way in [true, false] {
                let (from, to) = self.arc(cell, way);
                room[from][to] += self.slack(cell, way);
            }
        }
        let (to, from) = self.arc(of, up);
        let mut moved = 0;
        loop {
            let mut came = vec![None; nodes];
            came[from] = Some(from);
            let mut queue = VecDeque::from([from]);
            while let Some(at) = queue.pop_front() {
                for next in 0..nodes {
                    if room[at][next] > 0 && came[next].is_none() {
                        came[next] = Some(at);
                        queue.push_back(next);
                    }
                }
            }
            if came[to].is_none() || moved >= self.width {
                let reached = (0..nodes).filter(|at| came[*at].is_some()).collect();
                return (moved, reached);
            }
            let mut at = to;
            while at != from {
                let before = came[at].expect("on the way");
                room[before][at] -= 1;
                room[at][before] += 1;
                at = before;
            }
            moved += 1;
        }
    }

    /// A cut that hidden cells do not meet, if a small number cannot move far enough.
    fn cut(&self, hidden: &BTreeSet<usize>) -> Option<Cut> {
        for of in (0..self.values.len()).filter(|cell| self.is_small(*cell)) {
            let mut total = 0;
            let mut through = vec![0; self.values.len()];
            for up in [true, false] {
                let own = self.slack(of, up);
                let (moved, reached) = self.flow(hidden, of, up);
                total += moved.min(own);
                if moved >= own {
                    // Its own bound stops it, and no cell can help.
                    continue;
                }
                for cell in (0..self.values.len()).filter(|cell| *cell != of) {
                    for way in [true, false] {
                        let (from, to) = self.arc(cell, way);
                        if reached.contains(&from) && !reached.contains(&to) {
                            through[cell] += self.slack(cell, way);
                        }
                    }
                }
            }
            if total < self.width {
                let own_stops: i64 = [true, false]
                    .into_iter()
                    .map(|up| {
                        let own = self.slack(of, up);
                        if self.flow(hidden, of, up).0 >= own { own } else { 0 }
                    })
                    .sum();
                let least = self.width - own_stops;
                let cells = through.iter().enumerate().filter(|(_, room)| **room > 0);
                let cells = cells.map(|(cell, room)| (cell, (*room).min(least))).collect();
                return Some(Cut { cells, least });
            }
        }
        None
    }

    /// The fewest hidden cells that protect every small number.
    fn fewest(&self) -> Option<usize> {
        let primary: BTreeSet<usize> =
            (0..self.values.len()).filter(|cell| self.is_small(*cell)).collect();
        let mut cuts = Vec::new();
        let mut steps = 0;
        for size in 0..self.values.len() {
            let mut hidden = primary.clone();
            match self.choose(&mut hidden, &BTreeSet::new(), size, (&mut cuts, &mut steps)) {
                Some(true) => return Some(primary.len() + size),
                Some(false) => {}
                None => return None,
            }
        }
        None
    }

    /// Whether hiding at most so many more protects everything; nothing if that takes too long.
    fn choose(
        &self,
        hidden: &mut BTreeSet<usize>,
        shown: &BTreeSet<usize>,
        left: usize,
        (cuts, steps): (&mut Vec<Cut>, &mut usize),
    ) -> Option<bool> {
        *steps += 1;
        if *steps > 3_000_000 {
            return None;
        }
        let lacks = |cut: &Cut| {
            let there = cut.cells.iter().filter(|(cell, _)| hidden.contains(cell));
            cut.least - there.map(|(_, room)| room).sum::<i64>()
        };
        // What the open cuts still need at least: those without a cell in common add up.
        let (mut taken, mut needed) = (BTreeSet::new(), 0);
        let mut next: Option<(usize, Vec<usize>)> = None;
        for (at, cut) in cuts.iter().enumerate().filter(|(_, cut)| lacks(cut) > 0) {
            let open = cut.cells.iter().map(|(cell, _)| *cell);
            let open: Vec<usize> =
                open.filter(|cell| !hidden.contains(cell) && !shown.contains(cell)).collect();
            let mut rooms: Vec<i64> = cut
                .cells
                .iter()
                .filter(|(cell, _)| open.contains(cell))
                .map(|(_, room)| *room)
                .collect();
            rooms.sort_unstable_by(|a, b| b.cmp(a));
            let (mut lack, mut count) = (lacks(cut), 0);
            for room in rooms {
                if lack > 0 {
                    lack -= room;
                    count += 1;
                }
            }
            if lack > 0 || count > left {
                return Some(false);
            }
            if open.iter().all(|cell| !taken.contains(cell)) {
                taken.extend(open.iter().copied());
                needed += count;
            }
            if next.as_ref().is_none_or(|(_, fewest)| open.len() < fewest.len()) {
                next = Some((at, open));
            }
        }
        if needed > left {
            return Some(false);
        }
        let Some((_, open)) = next else {
            let Some(cut) = self.cut(hidden) else { return Some(true) };
            cuts.push(cut);
            return self.choose(hidden, shown, left, (cuts, steps));
        };
        let mut shown = shown.clone();
        for cell in open {
            hidden.insert(cell);
            let found = self.choose(hidden, &shown, left - 1, (cuts, steps));
            if found != Some(false) {
                return found;
            }
            hidden.remove(&cell);
            shown.insert(cell);
        }
        Some(false)
    }
}

/// A flat table of 42 to 64 cells with a few small numbers.
fn table(seed: u64) -> Instance {
    let mut dice = super::dice::Dice::new(seed ^ 0x0971);
    let mut made = instance(Kind::Flat, seed);
    for name in ["a", "b"] {
        let dim = super::random::plain_dim(name, dice.between(5, 7));
        made.structure.dims.insert(name.to_owned(), dim);
    }
    made.structure.implied = false;
    made.truth = super::random::records(&mut dice, &made.structure);
    // Fewer small numbers than the other random tables have: 5 to 9.
    let mut small = 0;
    let most = dice.between(5, 9);
    for record in &mut made.truth {
        if record.value < 6 {
            small += 1;
            if small > most {
                record.value += 6;
            }
        }
    }
    made
}

/// What is hidden over many tables.
#[derive(Default, Debug)]
struct Hidden {
    by_product: usize,
    /// At least, if the true values may decide.
    fewest: usize,
    /// At least, if classes alone may decide, as they must (disclosure §10).
    fewest_by_class: usize,
    unsolved: usize,
}

fn hidden(seeds: std::ops::Range<u64>) -> Hidden {
    let mut sum = Hidden::default();
    for seed in seeds {
        let made = table(seed);
        let both = [false, true].map(|by_class| Grid::new(&made, by_class).fewest());
        let [Some(fewest), Some(by_class)] = both else {
            sum.unsolved += 1;
            continue;
        };
        let rows = publish(&made).rows;
        let by_product = rows.iter().filter(|row| row.value == "[c]").count();
        assert!(by_product >= fewest, "seed {seed}: fewer than the fewest");
        sum.by_product += by_product;
        sum.fewest += fewest;
        sum.fewest_by_class += by_class;
    }
    sum
}

#[test]
fn little_more_is_hidden_than_must_be() {
    check(0..12);
}

#[test]
#[ignore = "50 tables; part of `tests/run --long`"]
fn little_more_is_hidden_than_must_be_in_many_tables() {
    check(0..50);
}

fn check(seeds: std::ops::Range<u64>) {
    let count = usize::try_from(seeds.end - seeds.start).unwrap();
    let sum = hidden(seeds);
    println!("{sum:?} of {count} tables");
    assert!(sum.unsolved * 4 <= count, "{sum:?}");
    // A pattern that follows from classes costs more than one that looks at values; of its own kind
    // the product's is within a tenth of the best.
    assert!(sum.by_product * 100 <= sum.fewest_by_class * 110, "{sum:?}");
    assert!(sum.by_product * 100 <= sum.fewest * 125, "{sum:?}");
}

/// The optimum itself stands against the attacker, and nothing smaller does: on tables so small
/// that every choice can be tried.
#[test]
fn the_fewest_is_what_trying_every_choice_finds() {
    let mut compared = 0;
    for seed in 0..120 {
        let made = instance(Kind::Flat, seed);
        let grid = Grid::new(&made, false);
        if grid.values.len() > 12 || made.structure.implied {
            continue;
        }
        let plain = |cell: usize| {
            let [a, b] = ["a", "b"].map(|name| codes(&made.structure.dims[name]));
            let place = [
                ("a".to_owned(), a[cell / grid.columns].clone()),
                ("b".to_owned(), b[cell % grid.columns].clone()),
            ];
            Row {
                table: "t".to_owned(),
                coordinates: place.into(),
                value: grid.values[cell].to_string(),
            }
        };
        let stands = |choice: u32| {
            let rows: Vec<Row> = (0..grid.values.len())
                .map(|cell| match choice >> cell & 1 {
                    1 => Row { value: "[c]".to_owned(), ..plain(cell) },
                    _ => plain(cell),
                })
                .collect();
            attack(&made, &rows).found.is_empty()
        };
        let must = (0..grid.values.len())
            .filter(|cell| grid.is_small(*cell))
            .map(|c| 1_u32 << c)
            .sum::<u32>();
        let false_of = (0..grid.values.len())
            .filter(|cell| grid.values[*cell] < grid.low)
            .map(|c| 1_u32 << c)
            .sum::<u32>();
        let mut choices: Vec<u32> = (0..1_u32 << grid.values.len())
            .filter(|choice| choice & must == must && choice & false_of == 0)
            .collect();
        choices.sort_by_key(|choice| (choice.count_ones(), *choice));
        let best = choices.into_iter().find(|choice| stands(*choice));
        let best = best.map(|choice| choice.count_ones() as usize);
        assert_eq!(grid.fewest(), best, "seed {seed}");
        compared += 1;
    }
    assert!(compared > 10, "{compared}");
}
