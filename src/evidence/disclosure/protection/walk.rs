//! Steps from a table to another that lies within given intervals.
//!
//! Every cell is a sum of free numbers. A cell that is outside its interval is chosen, and of its
//! free numbers the one is changed by one that mends the most. Where none mends anything, the cell
//! weighs more from then on. What a change of each free number would mend is kept up, so that a
//! step costs little beside the sums that it changes.

use std::cmp::Reverse;

use super::stand_in::Row;

/// A sum of more free numbers than this is asked what it mends when it matters. It changes too
/// often to tell all of them each time.
const LARGE: usize = 400;

/// How the cells of a walk hang together.
#[derive(Clone, Copy)]
pub(super) struct Net<'a> {
    /// For each cell the free numbers that it is the sum of.
    pub(super) rows: &'a [Row],
    /// For each free number the cells that have to be within their intervals.
    pub(super) uses: &'a [Row],
}

/// Where a walk stands. It goes over the same net all the time.
pub(super) struct Walk {
    cells: Vec<Sum>,
    outside: Vec<usize>,
    /// What it mends to change each free number by one, down and up, but for large sums.
    gains: Vec<[i64; 2]>,
    /// For each free number the large sums that it is part of.
    large: Vec<Row>,
    /// Free numbers that were changed, and cells that weigh more, since it left home.
    changed: Vec<usize>,
    heavier: Vec<usize>,
    /// How many steps were taken since then.
    steps: usize,
}

/// One cell of it.
#[derive(Clone)]
struct Sum {
    value: i64,
    low: i64,
    high: i64,
    /// Where the walk began.
    home: i64,
    weight: i64,
    /// What is mended if it falls or rises by one.
    gains: [i64; 2],
    /// Whether no free number counts more than once in it.
    is_plain: bool,
    /// Whether it is a sum of many.
    is_large: bool,
    /// Whether it has to be within its interval.
    is_kept: bool,
    /// The place in `outside`.
    place: Option<usize>,
}

impl Sum {
    /// How far a value is outside.
    fn miss(&self, value: i64) -> i64 {
        (self.low - value).max(value - self.high).max(0)
    }

    /// What is mended if the value changes by so much.
    fn gain(&self, by: i64) -> i64 {
        self.weight * (self.miss(self.value) - self.miss(self.value + by))
    }
}

impl Walk {
    /// Begins at a table, given whole, with the interval of each cell.
    pub(super) fn new(net: Net, values: &[i64], ends: impl Fn(usize) -> (i64, i64)) -> Walk {
        let mut is_kept = vec![false; values.len()];
        net.uses.iter().flatten().for_each(|(at, _)| is_kept[*at] = true);
        let sum = |(at, &value): (usize, &i64)| {
            let ((low, high), place) = (ends(at), None);
            let row = &net.rows[at];
            let is_plain = row.iter().all(|(_, by)| by.abs() == 1);
            let is_large = is_plain && row.len() > LARGE;
            let (home, is_kept, weight, gains) = (value, is_kept[at], 1, [0; 2]);
            let sum =
                Sum { value, low, high, home, weight, gains, is_plain, is_large, is_kept, place };
            Sum { gains: [-1, 1].map(|by| sum.gain(by)), ..sum }
        };
        let cells: Vec<Sum> = values.iter().enumerate().map(sum).collect();
        let (large, others): (Vec<Row>, Vec<Row>) = net
            .uses
            .iter()
            .map(|uses| uses.iter().partition(|(at, _)| cells[*at].is_large))
            .unzip();
        let gain = |uses: &Row| {
            [-1, 1].map(|by| uses.iter().map(|(at, times)| cells[*at].gain(times * by)).sum())
        };
        let gains = others.iter().map(gain).collect();
        let (outside, changed, heavier) = (Vec::new(), Vec::new(), Vec::new());
        let mut walk = Walk { cells, outside, gains, large, changed, heavier, steps: 0 };
        (0..values.len()).filter(|at| is_kept[*at]).for_each(|at| walk.place(at));
        walk
    }

    /// Goes so many steps at most; whether everything is within then. Before each, somebody may
    /// look at where it stands.
    pub(super) fn run(&mut self, net: Net, steps: usize, mut look: impl FnMut(&Walk)) -> bool {
        if self.outside.iter().any(|at| self.cells[*at].low > self.cells[*at].high) {
            return false;
        }
        for _ in 0..steps {
            self.steps += 1;
            let Some(&at) = self.outside.get(self.steps % self.outside.len().max(1)) else {
                return true;
            };
            look(self);
            let cell = &self.cells[at];
            let sign = if cell.value < cell.low { 1 } else { -1 };
            let gain = |&(free, by): &(usize, i64)| {
                let by = sign * by.signum();
                let found = &self.cells[free];
                // Of equals one that goes back, so that changes stay short.
                let is_back = (found.value - found.home) * by < 0;
                (self.gain(free, by), is_back, Reverse(free), by)
            };
            match net.rows[at].iter().map(gain).max() {
                Some((1.., _, Reverse(free), by)) => {
                    self.changed.push(free);
                    self.change(net, free, by);
                }
                _ => {
                    self.heavier.push(at);
                    self.update(net, at, |cell| cell.weight += 1);
                }
            }
        }
        self.outside.is_empty()
    }

    /// What it mends to change a free number by one.
    fn gain(&self, free: usize, by: i64) -> i64 {
        let large = |(at, times): &(usize, i64)| self.cells[*at].gains[usize::from(times * by > 0)];
        let large: i64 = self.large[free].iter().map(large).sum();
        self.gains[free][usize::from(by > 0)] + large
    }

    /// Goes back to where it began.
    pub(super) fn go_home(&mut self, net: Net) {
        for free in std::mem::take(&mut self.changed) {
            let by = self.cells[free].home - self.cells[free].value;
            if by != 0 {
                self.change(net, free, by);
            }
        }
        for at in std::mem::take(&mut self.heavier) {
            self.update(net, at, |cell| cell.weight = 1);
        }
        self.steps = 0;
    }

    /// The cells that are outside.
    pub(super) fn outside(&self) -> &[usize] {
        &self.outside
    }

    /// The value that a cell has now, if it is free or has to be within an interval.
    pub(super) fn value(&self, at: usize) -> i64 {
        self.cells[at].value
    }

    /// The free numbers that differ from where the walk began, and by how much; ascending.
    pub(super) fn changed(&self) -> Vec<(usize, i64)> {
        let by = |free: usize| self.cells[free].value - self.cells[free].home;
        let mut changed: Vec<_> = self.changed.iter().map(|free| (*free, by(*free))).collect();
        changed.sort_unstable();
        changed.dedup();
        changed.retain(|(_, by)| *by != 0);
        changed
    }

    /// The interval of a cell.
    pub(super) fn ends(&self, at: usize) -> (i64, i64) {
        (self.cells[at].low, self.cells[at].high)
    }

    /// Gives a cell another interval, if it has to be within one.
    pub(super) fn set_ends(&mut self, net: Net, at: usize, (low, high): (i64, i64)) {
        if self.cells[at].is_kept {
            self.update(net, at, |cell| (cell.low, cell.high) = (low, high));
        }
    }

    /// Changes a free number, and what follows from it.
    fn change(&mut self, net: Net, free: usize, by: i64) {
        for &(at, times) in &net.uses[free] {
            self.update(net, at, |cell| cell.value += times * by);
        }
    }

    /// Changes something of a cell, and what its free numbers mend with it.
    fn update(&mut self, net: Net, at: usize, change: impl FnOnce(&mut Sum)) {
        let cell = &mut self.cells[at];
        if !cell.is_plain {
            return self.update_each(net, at, change);
        }
        change(cell);
        let now = [-1, 1].map(|by| cell.gain(by));
        let before = std::mem::replace(&mut cell.gains, now);
        if now != before && !cell.is_large {
            let more = [now[0] - before[0], now[1] - before[1]];
            for &(free, by) in &net.rows[at] {
                let [down, up] = if by > 0 { more } else { [more[1], more[0]] };
                let gains = &mut self.gains[free];
                *gains = [gains[0] + down, gains[1] + up];
            }
        }
        self.place(at);
    }

    /// The same where a free number counts more than once.
    fn update_each(&mut self, net: Net, at: usize, change: impl FnOnce(&mut Sum)) {
        let before = self.cells[at].clone();
        let cell = &mut self.cells[at];
        change(cell);
        for &(free, times) in &net.rows[at] {
            for (gain, by) in self.gains[free].iter_mut().zip([-times, times]) {
                *gain += cell.gain(by) - before.gain(by);
            }
        }
        self.place(at);
    }

    /// Notes whether a cell is outside.
    fn place(&mut self, at: usize) {
        let cell = &self.cells[at];
        match (cell.miss(cell.value) > 0, cell.place) {
            (true, None) => {
                self.cells[at].place = Some(self.outside.len());
                self.outside.push(at);
            }
            (false, Some(place)) => {
                self.outside.swap_remove(place);
                if let Some(&moved) = self.outside.get(place) {
                    self.cells[moved].place = Some(place);
                }
                self.cells[at].place = None;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Dice(u64);

    impl Dice {
        fn below(&mut self, end: i64) -> i64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            ((self.0 >> 33) % end as u64) as i64
        }
    }

    /// Free numbers first, then sums of some of them; `times` is the most that one counts.
    fn net(free: usize, sums: usize, times: i64, dice: &mut Dice) -> (Vec<Row>, Vec<Row>) {
        let mut rows: Vec<Row> = (0..free).map(|at| vec![(at, 1)]).collect();
        for _ in 0..sums {
            let by = |at: usize, dice: &mut Dice| match dice.below(3) {
                0 => Some((at, dice.below(times) + 1)),
                1 if dice.below(3) == 0 => Some((at, -dice.below(times) - 1)),
                _ => None,
            };
            rows.push((0..free).filter_map(|at| by(at, dice)).collect());
        }
        let mut uses = vec![Row::new(); rows.len()];
        for (cell, row) in rows.iter().enumerate() {
            row.iter().for_each(|(at, by)| uses[*at].push((cell, *by)));
        }
        (rows, uses)
    }

    fn sums(rows: &[Row], free: &[i64]) -> Vec<i64> {
        rows.iter().map(|row| row.iter().map(|(at, by)| free[*at] * by).sum()).collect()
    }

    /// What is kept up along the way is what a new walk would work out.
    fn assert_kept_up(net: Net, walk: &Walk) {
        let values: Vec<i64> = (0..net.rows.len()).map(|at| walk.value(at)).collect();
        assert_eq!(values, sums(net.rows, &values), "every sum is one");
        for (free, uses) in net.uses.iter().enumerate() {
            for by in [-1, 1] {
                let mends = uses.iter().map(|(at, times)| walk.cells[*at].gain(times * by));
                assert_eq!(walk.gain(free, by), mends.sum::<i64>(), "number {free} by {by}");
            }
        }
        let miss = |at: &usize| walk.cells[*at].miss(walk.cells[*at].value) > 0;
        let mut outside = walk.outside().to_vec();
        outside.sort_unstable();
        assert_eq!(outside, (0..net.rows.len()).filter(miss).collect::<Vec<_>>());
    }

    #[test]
    fn a_walk_finds_a_table_where_there_is_one_and_goes_home_again() {
        let (mut found, mut left) = (0, 0);
        for seed in 0..400 {
            let mut dice = Dice(seed);
            let (free, times) = (4 + dice.below(9) as usize, 1 + dice.below(2));
            let (rows, uses) = net(free, 8, times, &mut dice);
            let net = Net { rows: &rows, uses: &uses };
            // There is a table, as the ends are around one.
            let goal: Vec<i64> = (0..free).map(|_| dice.below(12)).collect();
            let ends: Vec<(i64, i64)> = sums(&rows, &goal)
                .iter()
                .map(|value| (value - dice.below(3), value + dice.below(3)))
                .collect();
            let start: Vec<i64> = (0..free).map(|_| dice.below(12)).collect();
            let start = sums(&rows, &start);
            let mut walk = Walk::new(net, &start, |at| ends[at]);
            assert_kept_up(net, &walk);
            let mut looks = 0;
            let is_there = walk.run(net, 2_000, |walk| {
                looks += 1;
                assert!(!walk.outside().is_empty());
            });
            assert_kept_up(net, &walk);
            if is_there {
                found += 1;
                let within = |at: usize| (ends[at].0..=ends[at].1).contains(&walk.value(at));
                assert!((0..rows.len()).all(within), "seed {seed}");
            }
            left += usize::from(looks > 0);
            for (at, by) in walk.changed() {
                assert!(by != 0 && walk.value(at) - start[at] == by);
            }
            walk.go_home(net);
            assert!((0..rows.len()).all(|at| walk.value(at) == start[at]), "seed {seed}");
            assert!(walk.changed().is_empty());
            assert_kept_up(net, &walk);
        }
        assert!(found >= 300, "only {found} tables of 400 were found");
        assert!(left >= 350, "only {left} walks had anywhere to go");
    }

    #[test]
    fn large_sums_are_asked_when_they_matter() {
        let mut dice = Dice(7);
        let (rows, uses) = net(LARGE * 4, 6, 1, &mut dice);
        let net = Net { rows: &rows, uses: &uses };
        let start = vec![0; rows.len()];
        let ends = |at: usize| if at < LARGE * 4 { (0, 3) } else { (40, 41) };
        let mut walk = Walk::new(net, &start, ends);
        assert!(walk.large.iter().any(|large| !large.is_empty()));
        assert!(walk.run(net, 5_000, |_| ()));
        assert_kept_up(net, &walk);
    }

    #[test]
    fn there_is_no_table_within_ends_that_cross() {
        let rows = [vec![(0, 1)]];
        let net = Net { rows: &rows, uses: &rows };
        assert!(!Walk::new(net, &[0], |_| (2, 1)).run(net, 100, |_| ()));
        assert!(Walk::new(net, &[0], |_| (2, 2)).run(net, 100, |_| ()));
    }
}
