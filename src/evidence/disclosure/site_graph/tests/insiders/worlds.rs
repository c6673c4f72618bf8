//! Every population that agrees with sums of which both ends are known, found by trying all.
//!
//! Ends are narrowed by each sum; then the range of one number is parted at a time, and both parts
//! are tried. So nothing is left out: where no population is found, there is none. Where that takes
//! too long a linear programme tells where to begin, or that there is none even with fractions.

use microlp::{ComparisonOp, Error, LinearExpr, OptimizationDirection, Problem};

/// More people who are alike are not tried.
pub(super) const MOST: u32 = 80;
/// So many parts are tried for one question: at first, and from where a programme leads.
const TRIES: [usize; 2] = [60, 1_500];

/// The number of some people, who are told apart by numbers of their own.
#[derive(Clone, Debug)]
pub(super) struct Sum {
    pub(super) of: Vec<usize>,
    pub(super) low: u32,
    pub(super) high: u32,
}

/// Lowest and highest number of people who are alike, for all who are told apart.
type Ranges = Vec<(u32, u32)>;

#[derive(Clone, Default)]
pub(super) struct Worlds {
    pub(super) ranges: Ranges,
    pub(super) sums: Vec<Sum>,
}

/// Whether there is such a population.
pub(super) enum Answer {
    Yes(Vec<u32>),
    No,
    /// Too many were tried.
    Unknown,
}

impl Worlds {
    /// One more who are told apart, of whom there can be any number.
    pub(super) fn add(&mut self) -> usize {
        self.ranges.push((0, MOST));
        self.ranges.len() - 1
    }

    pub(super) fn know(&mut self, of: Vec<usize>, (low, high): (u32, u32)) {
        self.sums.push(Sum { of, low, high });
    }

    /// A population in which some people are so many, as near to another one as is soon found.
    pub(super) fn with(&self, people: &[usize], ends: (u32, u32), near: &[u32]) -> Answer {
        let asked = Sum { of: people.to_vec(), low: ends.0, high: ends.1 };
        let sums: Vec<&Sum> = self.sums.iter().chain([&asked]).collect();
        let found = self.search(&sums, near, TRIES[0]);
        if !matches!(found, Answer::Unknown) {
            return found;
        }
        match self.with_fractions(&sums) {
            Ok(near) => self.search(&sums, &near, TRIES[1]),
            Err(Error::Infeasible) => Answer::No,
            Err(_) => Answer::Unknown,
        }
    }

    fn search(&self, sums: &[&Sum], near: &[u32], left: usize) -> Answer {
        let mut of_each = vec![Vec::new(); self.ranges.len()];
        for (number, sum) in sums.iter().enumerate() {
            sum.of.iter().for_each(|at| of_each[*at].push(number));
        }
        let mut search = Search { sums, of_each, near, left };
        match search.run(self.ranges.clone(), (0..sums.len()).collect()) {
            Some(found) => Answer::Yes(found),
            None if search.left == 0 => Answer::Unknown,
            None => Answer::No,
        }
    }

    /// The nearest whole numbers to a population with fractions of people.
    fn with_fractions(&self, sums: &[&Sum]) -> Result<Vec<u32>, Error> {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let all: Vec<_> = self
            .ranges
            .iter()
            .map(|(low, high)| problem.add_var(1.0, (f64::from(*low), f64::from(*high))))
            .collect();
        for sum in sums.iter().filter(|sum| !sum.of.is_empty()) {
            let mut people = LinearExpr::empty();
            sum.of.iter().for_each(|at| people.add(all[*at], 1.0));
            let (low, high) = (f64::from(sum.low), f64::from(sum.high));
            if sum.low == sum.high {
                problem.add_constraint(people, ComparisonOp::Eq, low);
                continue;
            }
            if sum.high < self.ranges.len() as u32 * MOST {
                problem.add_constraint(people.clone(), ComparisonOp::Le, high);
            }
            problem.add_constraint(people, ComparisonOp::Ge, low);
        }
        let found = problem.solve()?.into_solution().map_err(|_| Error::Unbounded)?;
        Ok(all.iter().map(|at| found.var_value(*at).round() as u32).collect())
    }
}

struct Search<'s> {
    sums: &'s [&'s Sum],
    of_each: Vec<Vec<usize>>,
    near: &'s [u32],
    left: usize,
}

impl Search<'_> {
    fn run(&mut self, mut ranges: Ranges, changed: Vec<usize>) -> Option<Vec<u32>> {
        if self.left == 0 || !self.narrow(&mut ranges, changed) {
            return None;
        }
        self.left -= 1;
        let guess = self.near.iter().zip(&ranges);
        let guess: Vec<u32> = guess.map(|(near, (low, high))| *near.clamp(low, high)).collect();
        let total = |sum: &Sum| sum.of.iter().map(|at| guess[*at]).sum::<u32>();
        let is_wrong = |sum: &&&Sum| !(sum.low..=sum.high).contains(&total(sum));
        // The one that leaves least to choose.
        let freedom =
            |sum: &Sum| sum.of.iter().filter(|at| ranges[**at].0 < ranges[**at].1).count();
        let Some(wrong) = self.sums.iter().filter(is_wrong).min_by_key(|sum| freedom(sum)) else {
            return Some(guess);
        };
        let is_few = total(wrong) < wrong.low;
        let can_move = |at: &&usize| match is_few {
            true => guess[**at] < ranges[**at].1,
            false => guess[**at] > ranges[**at].0,
        };
        // Each sum can reach its ends, or the ranges would have been narrowed.
        let at = *wrong.of.iter().filter(can_move).min_by_key(|at| self.of_each[**at].len())?;
        let (low, high) = ranges[at];
        let halves = match is_few {
            true => [(guess[at] + 1, high), (low, guess[at])],
            false => [(low, guess[at] - 1), (guess[at], high)],
        };
        halves.into_iter().find_map(|half| {
            let mut ranges = ranges.clone();
            ranges[at] = half;
            self.run(ranges, self.of_each[at].clone())
        })
    }

    /// Narrows all ranges by all sums; whether any population is left.
    fn narrow(&self, ranges: &mut Ranges, mut waiting: Vec<usize>) -> bool {
        let mut is_waiting = vec![false; self.sums.len()];
        waiting.iter().for_each(|sum| is_waiting[*sum] = true);
        while let Some(number) = waiting.pop() {
            is_waiting[number] = false;
            let sum = self.sums[number];
            let least: u32 = sum.of.iter().map(|at| ranges[*at].0).sum();
            let most: u32 = sum.of.iter().map(|at| ranges[*at].1).sum();
            if least > sum.high || most < sum.low {
                return false;
            }
            for at in &sum.of {
                let (low, high) = ranges[*at];
                let new_high = high.min(sum.high - (least - low));
                let new_low = low.max((sum.low + high).saturating_sub(most));
                if (new_low, new_high) != (low, high) {
                    ranges[*at] = (new_low, new_high);
                    for other in &self.of_each[*at] {
                        if !std::mem::replace(&mut is_waiting[*other], true) {
                            waiting.push(*other);
                        }
                    }
                }
            }
        }
        true
    }
}

#[test]
fn every_population_is_found() {
    // Two rows and two columns of a table, and one corner is bounded.
    let mut worlds = Worlds::default();
    let at: [usize; 4] = std::array::from_fn(|_| worlds.add());
    for of in [[0, 1], [2, 3], [0, 2], [1, 3]] {
        worlds.know(of.to_vec(), (3, 4));
    }
    worlds.know(vec![0], (0, 2));
    let mut found = 0;
    for table in 0..5_u32.pow(4) {
        let table = [0, 1, 2, 3].map(|place| table / 5_u32.pow(place) % 5);
        let is_in = |sum: &Sum| {
            let total: u32 = sum.of.iter().map(|at| table[*at]).sum();
            (sum.low..=sum.high).contains(&total)
        };
        let mut asked = worlds.clone();
        for (cell, people) in at.into_iter().zip(table) {
            asked.know(vec![cell], (people, people));
        }
        let is_found = matches!(asked.with(&[], (0, 0), &[1; 4]), Answer::Yes(one) if one == table);
        assert_eq!(is_found, worlds.sums.iter().all(is_in), "{table:?}");
        found += usize::from(is_found);
    }
    assert!(found > 15, "{found}");
    for people in 0..6 {
        let answer = worlds.with(&[3], (people, people), &[1; 4]);
        assert_eq!(matches!(answer, Answer::Yes(_)), (0..=3).contains(&people), "{people}");
    }
}
