//! Worlds that fit everything that is told, found by trying.
//!
//! A world gives every number a value. One that fits is changed a little, so that one sum has
//! another value, and then mended, one number at a time, where it no longer fits. What cannot be
//! mended so may still be possible: then all worlds are gone through, by halving what is open.

mod halving;

use std::collections::BTreeSet;

pub(super) use halving::Verdict;

/// Least and greatest.
pub(super) type Ends = (i64, i64);

/// A sum of numbers, and what is known of it.
#[derive(Clone)]
pub(super) struct Sum {
    pub(super) parts: Vec<usize>,
    pub(super) ends: Ends,
}

impl Sum {
    /// How far the sum is above what it may be, or below it as a negative number.
    fn off(&self, total: i64) -> i64 {
        if total < self.ends.0 { total - self.ends.0 } else { (total - self.ends.1).max(0) }
    }
}

/// Mending is given up after so many steps.
const STEPS: usize = 150;

/// And when people are first shared out, whom each step moves by one, after so many.
const FIRST_STEPS: usize = 20_000;

/// And tried so often, or where a number seems narrow, so often.
const STARTS: usize = 4;
const MORE_STARTS: usize = 60;

/// Numbers that look as if drawn, the same each time.
#[derive(Clone, Default)]
pub(super) struct Draw(pub(super) u64);

impl Draw {
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        ((self.0 >> 33) as usize) % end
    }
}

/// Numbers, sums of them, and worlds that fit.
#[derive(Clone, Default)]
pub(super) struct Worlds {
    pub(super) numbers: Vec<Ends>,
    /// The true world.
    pub(super) truth: Vec<i64>,
    sums: Vec<Sum>,
    of_number: Vec<Vec<usize>>,
    found: Vec<Vec<i64>>,
    draw: Draw,
}

impl Worlds {
    /// Adds a number with its true value.
    pub(super) fn add_number(&mut self, ends: Ends, truth: i64) -> usize {
        self.numbers.push(ends);
        self.truth.push(truth);
        self.numbers.len() - 1
    }

    /// Adds what is known of a sum.
    pub(super) fn add_sum(&mut self, sum: Sum) {
        match self.sums.iter_mut().find(|other| other.parts == sum.parts) {
            Some(other) => {
                other.ends = (other.ends.0.max(sum.ends.0), other.ends.1.min(sum.ends.1));
            }
            None => self.sums.push(sum),
        }
    }

    /// Begins with the true world. Who of a group is in which line is not told, so the people that a
    /// reader tells apart there are shared out first, and all others stay as they are.
    pub(super) fn begin(&mut self, groups: Vec<Vec<usize>>) {
        let known = self.sums.len();
        let shared: BTreeSet<usize> = groups.iter().flatten().copied().collect();
        let alone = (0..self.numbers.len()).filter(|number| !shared.contains(number));
        for parts in groups.into_iter().chain(alone.map(|number| vec![number])) {
            let people = parts.iter().map(|part| self.truth[*part]).sum();
            self.sums.push(Sum { parts, ends: (people, people) });
        }
        self.index();
        let mended = self.mend(self.truth.clone(), FIRST_STEPS);
        self.truth = mended.unwrap_or_else(|| panic!("the truth does not fit: {:?}", self.off()));
        self.found = vec![self.truth.clone()];
        self.sums.truncate(known);
        self.sums.retain(|sum| sum.ends != (0, i64::MAX));
        self.index();
    }

    /// Sums that the true world, as it was added, does not fit.
    fn off(&self) -> Vec<(Vec<usize>, Ends, i64)> {
        let sums = self.sums.iter().map(|sum| (sum, total(&self.truth, &sum.parts)));
        let off = sums.filter(|(sum, total)| sum.off(*total) != 0);
        off.map(|(sum, total)| (sum.parts.clone(), sum.ends, total)).collect()
    }

    fn index(&mut self) {
        self.of_number = vec![Vec::new(); self.numbers.len()];
        for (at, sum) in self.sums.iter().enumerate() {
            sum.parts.iter().for_each(|part| self.of_number[*part].push(at));
        }
    }

    /// The values of a sum in the worlds that were found.
    pub(super) fn values(&self, parts: &[usize]) -> BTreeSet<i64> {
        self.found.iter().map(|world| total(world, parts)).collect()
    }

    /// Looks for worlds until a sum has so many values, or none near to the true one is left to be
    /// found by mending.
    pub(super) fn widen(
        &mut self,
        parts: &[usize],
        (fewest, is_last): (usize, bool),
    ) -> BTreeSet<i64> {
        let starts = if is_last { MORE_STARTS } else { STARTS };
        let truth = total(&self.truth, parts);
        let mut values = self.values(parts);
        for value in near(truth, fewest as i64) {
            if values.len() >= fewest {
                break;
            }
            if !values.contains(&value) && self.seek((parts, value), starts) {
                values = self.values(parts);
            }
        }
        values
    }

    /// Takes a value of a sum for known. Returns the place of the sum.
    fn aim(&mut self, parts: &[usize], value: i64) -> usize {
        let goal = self.sums.len();
        self.sums.push(Sum { parts: parts.to_vec(), ends: (value, value) });
        parts.iter().for_each(|part| self.of_number[*part].push(goal));
        goal
    }

    /// Takes it for unknown again.
    fn forget(&mut self, parts: &[usize]) {
        self.sums.pop();
        for part in parts {
            self.of_number[*part].pop();
        }
    }

    /// Looks for a world in which a sum has a value. Whether there is one.
    fn seek(&mut self, (parts, value): (&[usize], i64), most: usize) -> bool {
        self.aim(parts, value);
        let far = |world: &[i64]| (total(world, parts) - value).abs();
        let mut starts: Vec<usize> = (0..self.found.len()).collect();
        starts.sort_by_key(|at| far(&self.found[*at]));
        let mut world = None;
        for turn in 0..most {
            let near = starts[self.draw.below(starts.len().min(turn + 1))];
            world = self.mend(self.found[near].clone(), STEPS);
            if world.is_some() {
                break;
            }
        }
        self.forget(parts);
        self.found.extend(world.clone());
        world.is_some()
    }

    /// Mends a world until it fits: a sum that does not is drawn, and the number of it changed
    /// that does the others least harm.
    fn mend(&mut self, mut world: Vec<i64>, steps: usize) -> Option<Vec<i64>> {
        let mut totals: Vec<i64> = self.sums.iter().map(|sum| total(&world, &sum.parts)).collect();
        for _ in 0..steps {
            let off = |at: &usize| self.sums[*at].off(totals[*at]) != 0;
            let wrong: Vec<usize> = (0..totals.len()).filter(off).collect();
            if wrong.is_empty() {
                return Some(world);
            }
            let at = wrong[self.draw.below(wrong.len())];
            let by = -self.sums[at].off(totals[at]).signum();
            let can = |part: &&usize| {
                let (low, high) = self.numbers[**part];
                (low..=high).contains(&(world[**part] + by))
            };
            let open: Vec<usize> = self.sums[at].parts.iter().filter(can).copied().collect();
            if open.is_empty() {
                return None;
            }
            let harm = |part: &usize| -> i64 {
                let sums = self.of_number[*part].iter().map(|at| {
                    let off = |total| self.sums[*at].off(total).abs();
                    off(totals[*at] + by) - off(totals[*at])
                });
                sums.sum()
            };
            let costs: Vec<i64> = open.iter().map(harm).collect();
            let least = costs.iter().min().copied().unwrap_or(0);
            let best: Vec<usize> = (0..open.len()).filter(|at| costs[*at] == least).collect();
            let pick = match self.draw.below(6) {
                0 => self.draw.below(open.len()),
                _ => best[self.draw.below(best.len())],
            };
            world[open[pick]] += by;
            self.of_number[open[pick]].iter().for_each(|at| totals[*at] += by);
        }
        None
    }
}

fn total(world: &[i64], parts: &[usize]) -> i64 {
    parts.iter().map(|part| world[*part]).sum()
}

/// Values around one, the nearest first.
fn near(value: i64, by: i64) -> impl Iterator<Item = i64> {
    (1..by).flat_map(move |by| [value + by, value - by]).filter(|value| *value >= 0)
}
