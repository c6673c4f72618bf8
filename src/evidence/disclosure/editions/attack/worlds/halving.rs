//! Going through all worlds, by halving what is open.

use std::collections::VecDeque;

use super::{Ends, Worlds};

/// Going through all worlds is given up after so many halvings.
const PATIENCE: usize = 4_000;

/// Whether a sum can have a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Verdict {
    Possible,
    Impossible,
    /// The attacker has lost patience.
    Open,
}

/// The attacker has none left.
struct Patience;

impl Worlds {
    /// Whether a sum can have a value, by going through all worlds.
    pub(in super::super) fn can_be(&mut self, parts: &[usize], value: i64) -> Verdict {
        let goal = self.aim(parts, value);
        let numbers = self.numbers.clone();
        let mut left = PATIENCE;
        let found = self.halve(numbers, (0..=goal).collect(), &mut left);
        self.forget(parts);
        match found {
            Ok(Some(world)) => {
                self.found.push(world);
                Verdict::Possible
            }
            Ok(None) => Verdict::Impossible,
            Err(_) => Verdict::Open,
        }
    }

    /// A world within these numbers that fits all sums, if there is one, the halves with the true
    /// values first. Only what hangs on the sums that are waiting has to be looked at.
    fn halve(
        &self,
        mut numbers: Vec<Ends>,
        waiting: VecDeque<usize>,
        left: &mut usize,
    ) -> Result<Option<Vec<i64>>, Patience> {
        *left = left.checked_sub(1).ok_or(Patience)?;
        if !self.narrow(&mut numbers, waiting) {
            return Ok(None);
        }
        let open = numbers.iter().enumerate().filter(|(_, (low, high))| low < high);
        let Some((at, (low, high))) = open.max_by_key(|(_, (low, high))| high - low) else {
            return Ok(Some(numbers.iter().map(|(low, _)| *low).collect()));
        };
        let middle = low + (high - low) / 2;
        let mut halves = [(*low, middle), (middle + 1, *high)];
        if self.truth[at] > middle {
            halves.reverse();
        }
        for half in halves {
            let mut numbers = numbers.clone();
            numbers[at] = half;
            let waiting = self.of_number[at].iter().copied().collect();
            if let Some(world) = self.halve(numbers, waiting, left)? {
                return Ok(Some(world));
            }
        }
        Ok(None)
    }

    /// Narrows each number by every sum until nothing changes. Whether any world is left.
    fn narrow(&self, numbers: &mut [Ends], mut waiting: VecDeque<usize>) -> bool {
        let mut is_waiting = vec![false; self.sums.len()];
        waiting.iter().for_each(|at| is_waiting[*at] = true);
        while let Some(at) = waiting.pop_front() {
            is_waiting[at] = false;
            let sum = &self.sums[at];
            let ends = sum.parts.iter().map(|part| numbers[*part]);
            let (low, high) = ends.fold((0, 0), |all, ends| (all.0 + ends.0, all.1 + ends.1));
            for part in &sum.parts {
                let (least, most) = numbers[*part];
                let told = (
                    least.max(sum.ends.0.saturating_sub(high - most)),
                    most.min(sum.ends.1.saturating_sub(low - least)),
                );
                if told.0 > told.1 {
                    return false;
                }
                if told == (least, most) {
                    continue;
                }
                numbers[*part] = told;
                for other in &self.of_number[*part] {
                    if !std::mem::replace(&mut is_waiting[*other], true) {
                        waiting.push_back(*other);
                    }
                }
            }
        }
        true
    }
}
