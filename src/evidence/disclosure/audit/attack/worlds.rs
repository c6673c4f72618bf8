//! Other tables that a reader cannot tell from the true one.
//!
//! A table of whole numbers is found cell by cell: one gets a value, what hangs on it is narrowed,
//! and so on to the last. Each table tells something of every number at once. So a few are made in
//! which all small numbers get other values, and only what these leave open is left to linear
//! programmes, whose solutions are tables too.
//!
//! Where a block is too large for one programme, programmes are of the neighbourhood of a secret,
//! beside a whole table that was found: fewer tables are looked at, so what is wide there is wide.
//!
//! With fractions of people a number can be only wider than with whole ones. So what is narrow here
//! is proved to be; what is wide here can still be narrow.

#[cfg(test)]
pub(super) mod exact;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::linear;
use super::system::{Range, System, Waiting};

/// Most values that are tried for one cell of a table.
const TRIES: usize = 4;
/// How many tables are looked for in which all open secrets change.
const TURNS: usize = 24;
/// In each of which one in so many of them is asked to.
const SHARES: usize = 12;
/// So many open numbers at most are attacked by all needs at once.
const MOST_AT_ONCE: usize = 500;
/// So many cells of the neighbourhood of a secret are looked at: first, and in the last resort.
const NEIGHBOURHOODS: [usize; 2] = [700, 3_000];
/// What has no upper end needs none: so high is as good.
const FAR: f64 = 1e4;
/// Solutions are exact to much less than this.
const TOLERANCE: f64 = 1e-5;

/// A cell that must keep so many possible values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Secret {
    pub(super) cell: usize,
    pub(super) values: i64,
}

/// Returns the cells of secrets that have too few possible values, and whether that is sure.
/// `system` is narrowed already.
///
/// Tables that hang together by bounds only, such as those of all people and of the people of one
/// need, are looked at apart, each within the bounds that follow from the others.
pub(super) fn narrow(system: &System, secrets: &[Secret]) -> Vec<(usize, bool)> {
    let blocks = system.blocks();
    let search = |cells: &Vec<usize>| {
        let place = |secret: &Secret| {
            let cell = cells.binary_search(&secret.cell).ok()?;
            Some(Secret { cell, ..*secret })
        };
        let here: Vec<Secret> = secrets.iter().filter_map(place).collect();
        if here.is_empty() {
            return Vec::new();
        }
        let block = system.block(cells);
        let mut search = Search::new(&block, &here);
        search.run();
        search.narrow().into_iter().map(|(cell, is_sure)| (cells[cell], is_sure)).collect()
    };
    blocks.par_iter().flat_map_iter(search).collect()
}

/// The same with all tables looked at together, where there are few open numbers: the cells that
/// surely have too few possible values. (With more rows a programme can fail that does not matter.)
pub(super) fn narrow_at_once(system: &System, secrets: &[Secret]) -> Vec<(usize, bool)> {
    if system.ranges.iter().filter(|range| range.width() > 1).count() > MOST_AT_ONCE {
        return Vec::new();
    }
    let mut system = system.clone();
    system.rows.iter_mut().for_each(|row| row.bounds_only = false);
    let found = narrow(&system, secrets).into_iter();
    found.filter(|(_, is_decided)| *is_decided).collect()
}

struct Search<'s> {
    system: &'s System,
    secrets: &'s [Secret],
    /// Lowest and highest value found for each secret.
    seen: Vec<Option<(f64, f64)>>,
    /// A table of whole numbers, once there is one.
    first: Option<Vec<i64>>,
    waiting: Waiting,
}

impl<'s> Search<'s> {
    fn new(system: &'s System, secrets: &'s [Secret]) -> Search<'s> {
        let waiting = Waiting::new(system.rows.len());
        Search { system, secrets, seen: vec![None; secrets.len()], first: None, waiting }
    }

    /// Tables of whole numbers: near to one of them, each open secret once high and once low.
    fn run(&mut self) {
        let start: Vec<i64> = self.system.ranges.iter().map(|range| middle(*range)).collect();
        self.look(&[], &start);
        if self.first.is_none()
            && let Some(point) = linear::solve(self.system, &[])
        {
            // What is high enough for all at once is counted from here.
            self.note(|cell| point[cell]);
            let start: Vec<i64> = point.iter().map(|value| value.round() as i64).collect();
            self.look(&[], &start);
        }
        let Some(first) = self.first.clone() else { return };
        let mut misses = 0;
        for turn in 0..TURNS {
            // Not all at once: what one takes, its neighbours cannot.
            let open = self.open().into_iter().filter(|at| (at + turn / 2) % SHARES == 0);
            let wanted: Vec<(usize, i64)> = open.map(|at| self.end(at, turn % 2 == 0)).collect();
            if !wanted.is_empty() && misses < 2 {
                misses += usize::from(!self.look(&wanted, &first));
            }
        }
    }

    /// The cells of secrets that stay narrow, by joint programmes and then one by one, and whether
    /// the programmes were solved.
    fn narrow(&mut self) -> Vec<(usize, bool)> {
        if self.system.ranges.len() > linear::MOST_CELLS {
            NEIGHBOURHOODS.into_iter().for_each(|most| self.look_around(most));
        }
        loop {
            let open = self.open();
            if open.len() < 2 {
                break;
            }
            for sign in [1.0, -1.0] {
                // High enough is enough, so that one cannot take all there is.
                let aim = |at: &usize| (self.secrets[*at].cell, sign, self.end(*at, true).1 as f64);
                self.solve(&open.iter().map(aim).collect::<Vec<_>>());
            }
            if self.open().len() * 4 > open.len() * 3 {
                break;
            }
        }
        let mut found = Vec::new();
        for at in self.open() {
            let cell = self.secrets[at].cell;
            let ends = [1.0, -1.0].map(|sign| self.is_wide(at) || self.solve(&[(cell, sign, FAR)]));
            if !self.is_wide(at) {
                found.push((cell, ends == [true; 2]));
            }
        }
        found
    }

    /// Lifts and lowers every open secret within its neighbourhood, together with those near it,
    /// and, where that is not enough, alone.
    fn look_around(&mut self, most: usize) {
        let Some(first) = self.first.clone() else { return };
        for at in self.open() {
            if self.is_wide(at) {
                continue;
            }
            let cells = self.system.around(self.secrets[at].cell, most);
            let local = self.system.beside(&cells, &first);
            let place = |at: &usize| cells.binary_search(&self.secrets[*at].cell).ok();
            let open = self.open().into_iter();
            let near: Vec<_> = open.filter_map(|at| Some((at, place(&at)?))).collect();
            let own: Vec<_> = near.iter().filter(|(of, _)| *of == at).copied().collect();
            for (aimed, sign) in [(&near, 1.0), (&near, -1.0), (&own, 1.0), (&own, -1.0)] {
                if self.is_wide(at) {
                    break;
                }
                let aim =
                    |(at, place): &(usize, usize)| (*place, sign, self.end(*at, true).1 as f64);
                let aims: Vec<linear::Aim> = aimed.iter().map(aim).collect();
                let Some(point) = linear::solve(&local, &aims) else { continue };
                self.note(|cell| match cells.binary_search(&cell) {
                    Ok(place) => point[place],
                    Err(_) => first[cell] as f64,
                });
            }
        }
    }

    /// Looks for the solution that lifts or lowers some cells most. Whether there is one.
    fn solve(&mut self, aims: &[linear::Aim]) -> bool {
        let point = linear::solve(self.system, aims);
        point.map(|point| self.note(|cell| point[cell])).is_some()
    }

    fn note(&mut self, value: impl Fn(usize) -> f64) {
        for (secret, seen) in self.secrets.iter().zip(&mut self.seen) {
            let value = value(secret.cell);
            let (low, high) = seen.unwrap_or((value, value));
            *seen = Some((low.min(value), high.max(value)));
        }
    }

    fn is_wide(&self, at: usize) -> bool {
        self.seen[at].is_some_and(|(low, high)| {
            let values = (high + TOLERANCE).floor() - (low - TOLERANCE).ceil() + 1.0;
            values >= self.secrets[at].values as f64
        })
    }

    fn open(&self) -> Vec<usize> {
        (0..self.secrets.len()).filter(|at| !self.is_wide(*at)).collect()
    }

    /// A value of a secret at which it would be wide enough.
    fn end(&self, at: usize, is_high: bool) -> (usize, i64) {
        let Secret { cell, values } = self.secrets[at];
        let range = self.system.ranges[cell];
        let (low, high) = self.seen[at].unwrap_or((range.low as f64, range.low as f64));
        match is_high {
            true => (cell, (low as i64 + values - 1).min(range.high)),
            false => (cell, (high as i64 - values + 1).max(range.low)),
        }
    }

    /// Looks for a table in which these cells have these values, if they can, and the others are
    /// near to what they are in another one. Whether there is one.
    fn look(&mut self, wanted: &[(usize, i64)], near: &[i64]) -> bool {
        let Some(found) = self.table(wanted, near) else { return false };
        self.note(|cell| found[cell] as f64);
        self.first.get_or_insert(found);
        true
    }

    /// Gives every cell a value, those with the fewest left first.
    fn table(&mut self, wanted: &[(usize, i64)], near: &[i64]) -> Option<Vec<i64>> {
        let system = self.system;
        let mut ranges = system.ranges.clone();
        let mut changed: Vec<(usize, Range)> = Vec::new();
        for (cell, value) in wanted {
            if ranges[*cell].holds(*value)
                && system
                    .fix(&mut ranges, (*cell, *value), &mut self.waiting, &mut changed)
                    .is_err()
            {
                undo(&mut ranges, &mut changed, 0);
            }
            changed.clear();
        }
        let all = ranges.iter().enumerate();
        let mut queue: BinaryHeap<Reverse<(i64, usize)>> =
            all.map(|(cell, range)| Reverse((range.width(), cell))).collect();
        while let Some(Reverse((width, cell))) = queue.pop() {
            let range = ranges[cell];
            if range.width() == 1 || range.width() != width {
                continue;
            }
            set(system, &mut ranges, (cell, near[cell]), (&mut self.waiting, &mut changed))?;
            for (cell, _) in changed.drain(..) {
                if ranges[cell].width() > 1 {
                    queue.push(Reverse((ranges[cell].width(), cell)));
                }
            }
        }
        let table: Vec<i64> = ranges.iter().map(|range| range.low).collect();
        system.agrees(&table).then_some(table)
    }
}

/// Gives a cell the value that is nearest to one and can stand, and notes all cells that change.
/// Nothing where none of the values that were tried can stand.
fn set(
    system: &System,
    ranges: &mut [Range],
    (cell, value): (usize, i64),
    (waiting, changed): (&mut Waiting, &mut Vec<(usize, Range)>),
) -> Option<()> {
    let begin = changed.len();
    for _ in 0..TRIES {
        let range = ranges[cell];
        if range.width() < 1 {
            return None;
        }
        let nearest = value.clamp(range.low, range.high);
        if system.fix(ranges, (cell, nearest), waiting, changed).is_ok() {
            return Some(());
        }
        undo(ranges, changed, begin);
        // An end that cannot stand is left out; a value between the ends is tried no second time.
        match nearest {
            end if end == range.low => ranges[cell].low += 1,
            end if end == range.high => ranges[cell].high -= 1,
            _ => ranges[cell].low = nearest + 1,
        }
    }
    None
}

/// Takes back what changed since.
fn undo(ranges: &mut [Range], changed: &mut Vec<(usize, Range)>, since: usize) {
    for (cell, range) in changed.drain(since..).rev() {
        ranges[cell] = range;
    }
}

/// A value within a range to begin with: small numbers fit best into what is not told.
fn middle(range: Range) -> i64 {
    range.low + (range.high - range.low).min(4) / 2
}

#[cfg(test)]
mod tests {
    use super::super::system::{ENDLESS, Row};
    use super::*;

    /// A table of two by two: cells, totals of rows, totals of columns.
    fn square(ranges: [(i64, i64); 8]) -> System {
        let mut system = System::default();
        for (low, high) in ranges {
            system.cell(Range::new(low, high));
        }
        for (total, parts) in [(4, [0, 1]), (5, [2, 3]), (6, [0, 2]), (7, [1, 3])] {
            system.rows.push(Row::balance(&[total], &parts));
        }
        system.narrow().unwrap();
        system
    }

    fn narrow_of(system: &System, cells: &[usize]) -> Vec<usize> {
        let secrets = cells.iter().map(|cell| Secret { cell: *cell, values: 4 });
        let found = narrow(system, &secrets.collect::<Vec<_>>());
        found.into_iter().map(|(cell, _)| cell).collect()
    }

    #[test]
    fn a_square_of_withheld_cells_is_as_wide_as_its_totals() {
        let free = (0, ENDLESS);
        let of = |first| square([first, free, free, free, (10, 10), (20, 20), (9, 9), (21, 21)]);
        assert_eq!(narrow_of(&of(free), &[0, 1, 2, 3]), [0_usize; 0]);
        // What the first can be, the others can be, no more.
        assert_eq!(narrow_of(&of((2, 4)), &[1, 2, 3]), [1, 2, 3]);
        assert_eq!(narrow_of(&of((2, 5)), &[1, 2, 3]), [0_usize; 0]);
    }

    #[test]
    fn a_neighbourhood_shows_what_is_wide_and_never_what_is_narrow() {
        let free = (0, ENDLESS);
        for (first, is_wide) in [(free, true), ((2, 4), false)] {
            let all = [first, free, free, free, (10, 10), (20, 20), (9, 9), (21, 21)];
            let system = square(all);
            let open: Vec<usize> = (0..4).collect();
            let block = system.block(&open);
            let secrets: Vec<Secret> =
                open.iter().map(|cell| Secret { cell: *cell, values: 4 }).collect();
            let mut search = Search::new(&block, &secrets);
            search.look(&[], &[3, 7, 6, 14]);
            search.look_around(4);
            assert_eq!(search.open().is_empty(), is_wide);
            // Beside held neighbours nothing moves at all.
            let mut search = Search::new(&block, &secrets);
            search.look(&[], &[3, 7, 6, 14]);
            search.look_around(1);
            assert_eq!(search.open(), open);
        }
    }

    #[test]
    fn what_bounds_alone_leave_open_is_found() {
        // Two cells with a known sum and a known difference.
        let mut system = System::default();
        for _ in 0..2 {
            system.cell(Range::ANY);
        }
        system.rows.push(Row::within(&[0, 1], Range::new(8, 8)));
        let row = Row { sum: Range::new(2, 2), ..Row::balance(&[0], &[1]) };
        system.rows.push(row);
        system.narrow().unwrap();
        assert!(system.ranges[0].width() >= 4, "bounds do not see it");
        assert_eq!(narrow_of(&system, &[0, 1]), [0, 1]);
    }
}
