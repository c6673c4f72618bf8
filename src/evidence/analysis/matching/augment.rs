//! Who gets which place: most people home, and among equals whoever has waited longest.
//!
//! Rows are taken in priority order, and each is placed as far as it can be without taking a place
//! from a row before it; others may move to make room. Greedy augmentation on this structure (a
//! polymatroid) gives the unique best vector of gap-analysis §5, whatever the order of services.

use std::cmp::Reverse;
use std::collections::VecDeque;

use crate::evidence::market::Placement;

/// Row numbers in priority order: longest placed first (unknown last), then dearest, then by id.
pub(in crate::evidence::analysis) fn priority(rows: &[Placement]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|at| {
        let row = &rows[*at];
        let cost = row.weekly_cost.map_or(0, |pence| pence.raw());
        (row.placed_since.is_none(), row.placed_since, Reverse(cost), row.id.clone())
    });
    order
}

/// Places people. `fits[row]` lists the services a row could go to; returns people placed by row.
///
/// Every service that a failed search has seen stays closed for good: no later search can find a
/// free place through it. That keeps the whole run near linear in the number of pairs.
pub(super) fn assign(
    need: &[u32],
    order: &[usize],
    capacity: &[u32],
    fits: &[Vec<usize>],
) -> Vec<u32> {
    let mut flow = Flow {
        fits,
        free: capacity.to_vec(),
        held: vec![Vec::new(); capacity.len()],
        closed: vec![false; capacity.len()],
    };
    let mut placed = vec![0; need.len()];
    for row in order {
        while placed[*row] < need[*row] {
            let moved = flow.augment(*row, need[*row] - placed[*row]);
            if moved == 0 {
                break;
            }
            placed[*row] += moved;
        }
    }
    placed
}

struct Flow<'a> {
    fits: &'a [Vec<usize>],
    /// Places left in each service.
    free: Vec<u32>,
    /// Rows that hold places in each service, and how many.
    held: Vec<Vec<(usize, u32)>>,
    /// Services from which no free place can be reached any more.
    closed: Vec<bool>,
}

impl Flow<'_> {
    /// Places up to `wanted` people of a row along one shortest chain of moves.
    fn augment(&mut self, row: usize, wanted: u32) -> u32 {
        // For each service reached: the row that would enter it.
        let mut entered_by: Vec<Option<usize>> = vec![None; self.free.len()];
        // For each row reached: the service that it would leave.
        let mut leaves: Vec<Option<usize>> = vec![None; self.fits.len()];
        let mut queue = VecDeque::from([row]);
        let mut seen = Vec::new();
        while let Some(at) = queue.pop_front() {
            for service in &self.fits[at] {
                if self.closed[*service] || entered_by[*service].is_some() {
                    continue;
                }
                entered_by[*service] = Some(at);
                seen.push(*service);
                if self.free[*service] > 0 {
                    return self.shift(row, *service, wanted, &entered_by, &leaves);
                }
                for (holder, people) in &self.held[*service] {
                    if *people > 0 && *holder != row && leaves[*holder].is_none() {
                        leaves[*holder] = Some(*service);
                        queue.push_back(*holder);
                    }
                }
            }
        }
        for service in seen {
            self.closed[service] = true;
        }
        0
    }

    /// Carries out a chain of moves that ends at a free place; returns how many people moved.
    fn shift(
        &mut self,
        row: usize,
        last: usize,
        wanted: u32,
        entered_by: &[Option<usize>],
        leaves: &[Option<usize>],
    ) -> u32 {
        let mut chain = Vec::new();
        let mut service = last;
        while let Some(enters) = entered_by[service] {
            chain.push((enters, service));
            match leaves[enters] {
                Some(left) if enters != row => service = left,
                _ => break,
            }
        }
        let mut people = wanted.min(self.free[last]);
        for (enters, _) in &chain {
            if let Some(left) = leaves[*enters].filter(|_| *enters != row) {
                people = people.min(self.holding(*enters, left));
            }
        }
        self.free[last] -= people;
        for (enters, service) in chain {
            self.change(enters, service, i64::from(people));
            if let Some(left) = leaves[enters].filter(|_| enters != row) {
                self.change(enters, left, -i64::from(people));
            }
        }
        people
    }

    fn holding(&self, row: usize, service: usize) -> u32 {
        self.held[service].iter().find(|(holder, _)| *holder == row).map_or(0, |(_, n)| *n)
    }

    fn change(&mut self, row: usize, service: usize, by: i64) {
        let held = &mut self.held[service];
        match held.iter_mut().find(|(holder, _)| *holder == row) {
            Some((_, people)) => *people = (i64::from(*people) + by) as u32,
            None => held.push((row, by as u32)),
        }
        held.retain(|(_, people)| *people > 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Most people of a subset of rows that fit, by trying every way.
    fn brute(need: &[u32], subset: &[usize], capacity: &mut [u32], fits: &[Vec<usize>]) -> u32 {
        let Some((first, rest)) = subset.split_first() else {
            return 0;
        };
        if need[*first] == 0 {
            return brute(need, rest, capacity, fits);
        }
        let mut fewer = need.to_vec();
        fewer[*first] -= 1;
        let mut best = brute(&fewer, subset, capacity, fits);
        for service in &fits[*first] {
            if capacity[*service] > 0 {
                capacity[*service] -= 1;
                best = best.max(1 + brute(&fewer, subset, capacity, fits));
                capacity[*service] += 1;
            }
        }
        best
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        /// Every prefix of the priority order is placed as far as it can be: this is the unique
        /// optimum of O1 and O2.
        #[test]
        fn every_prefix_is_placed_as_far_as_possible(
            need in prop::collection::vec(0u32..3, 1..4),
            capacity in prop::collection::vec(0u32..3, 1..4),
            edges in prop::collection::vec(any::<bool>(), 9),
        ) {
            let fits: Vec<Vec<usize>> = (0..need.len())
                .map(|row| (0..capacity.len()).filter(|s| edges[row * 3 + s]).collect())
                .collect();
            let order: Vec<usize> = (0..need.len()).rev().collect();
            let placed = assign(&need, &order, &capacity, &fits);
            for end in 1..=order.len() {
                let prefix = &order[..end];
                let total: u32 = prefix.iter().map(|row| placed[*row]).sum();
                prop_assert_eq!(total, brute(&need, prefix, &mut capacity.clone(), &fits));
            }
        }
    }
}
