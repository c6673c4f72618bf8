//! Other residents near to the true ones: a few more or fewer in one service, and as many as that
//! calls for in a few others, where every figure stays as it is told.
//!
//! They are looked for once, for a reader from outside. Such a change is as possible to a provider
//! of whose own residents it changes none. So most secrets are seen to have their values without
//! tables and programmes of the whole site (`worlds`), to which the others are left. Each change is
//! checked in whole numbers against every range and row.

use std::collections::{BTreeMap, BTreeSet};

use super::super::system::{Range, System};

/// One service is changed by so many people at most.
const FURTHEST: i64 = 3;
/// So many services at most are changed at once.
const MOST_PARTS: usize = 6;
/// From each first step so many changes are kept at most, so that they change others of different
/// providers.
const KEPT: usize = 10;
/// After so many steps from a first one no more is looked for.
const PATIENCE: usize = 600;

/// A change: parts, ascending, with so many people more.
type Change = Vec<(usize, i64)>;

/// What bounds some parts together.
struct Bound {
    terms: Vec<(usize, i64)>,
    within: Range,
    /// The sum of the true numbers.
    now: i64,
}

/// Changes of the true numbers that agree with everything that is told.
pub(super) struct Nearby {
    changes: Vec<Change>,
    /// The changes of each part.
    of_part: BTreeMap<usize, Vec<usize>>,
}

impl Nearby {
    /// Looks for changes. `people` holds the true number of each part, `sums` the cell of each sum
    /// by its parts.
    pub(super) fn of(
        system: &System,
        people: &BTreeMap<usize, i64>,
        sums: &BTreeMap<Vec<usize>, usize>,
    ) -> Nearby {
        let bounds = bounds(system, people, sums);
        let agrees = bounds.iter().all(|bound| bound.within.holds(bound.now));
        let mut search = Search::new(&bounds);
        let mut found: BTreeSet<Change> = BTreeSet::new();
        for part in people.keys().filter(|_| agrees) {
            for by in (-FURTHEST..=FURTHEST).filter(|by| *by != 0) {
                search.left = PATIENCE;
                search.step(*part, by);
                found.extend(search.found.drain(..));
            }
        }
        let changes: Vec<Change> = found.into_iter().collect();
        let mut nearby = Nearby { changes, of_part: BTreeMap::new() };
        for (at, change) in nearby.changes.iter().enumerate() {
            for (part, _) in change {
                nearby.of_part.entry(*part).or_default().push(at);
            }
        }
        nearby
    }

    /// How many values a sum of parts was seen to have, for a reader who knows some parts.
    pub(super) fn values(&self, parts: &[usize], known: &BTreeSet<usize>) -> i64 {
        let touching = parts.iter().filter_map(|part| self.of_part.get(part)).flatten();
        let touching: BTreeSet<usize> = touching.copied().collect();
        let changes = touching.into_iter().map(|at| &self.changes[at]);
        let possible =
            changes.filter(|change| change.iter().all(|(part, _)| !known.contains(part)));
        let by = |change: &Change| -> i64 {
            change.iter().filter(|(part, _)| parts.contains(part)).map(|(_, by)| by).sum()
        };
        let values: BTreeSet<i64> = possible.map(by).chain([0]).collect();
        values.len() as i64
    }
}

/// Ranges and rows, by parts alone.
fn bounds(
    system: &System,
    people: &BTreeMap<usize, i64>,
    sums: &BTreeMap<Vec<usize>, usize>,
) -> Vec<Bound> {
    let alone = people.keys().map(|part| (vec![(*part, 1)], system.ranges[*part]));
    let in_all = sums
        .iter()
        .map(|(parts, sum)| (parts.iter().map(|part| (*part, 1)).collect(), system.ranges[*sum]));
    // A row with a sum in it says what the sum is.
    let of_parts = |terms: &[(usize, i64)]| terms.iter().all(|(cell, _)| people.contains_key(cell));
    let rows = system.rows.iter().filter(|row| of_parts(&row.terms));
    let rows = rows.map(|row| (row.terms.clone(), row.sum));
    let all = alone.chain(in_all).chain(rows);
    let bound = |(terms, within): (Vec<(usize, i64)>, Range)| {
        let now = terms.iter().map(|(part, times)| times * people[part]).sum();
        Bound { terms, within, now }
    };
    all.map(bound).collect()
}

struct Search<'b> {
    bounds: &'b [Bound],
    /// Bounds of each part, and how often it counts in them.
    of_part: BTreeMap<usize, Vec<(usize, i64)>>,
    changed: BTreeMap<usize, i64>,
    /// The sum of each bound as it is changed.
    sums: Vec<i64>,
    left: usize,
    found: Vec<Change>,
}

impl<'b> Search<'b> {
    fn new(bounds: &'b [Bound]) -> Search<'b> {
        let mut of_part: BTreeMap<usize, Vec<(usize, i64)>> = BTreeMap::new();
        for (at, bound) in bounds.iter().enumerate() {
            for (part, times) in &bound.terms {
                of_part.entry(*part).or_default().push((at, *times));
            }
        }
        let sums = bounds.iter().map(|bound| bound.now).collect();
        Search { bounds, of_part, changed: BTreeMap::new(), sums, left: 0, found: Vec::new() }
    }

    /// Changes one more part, and then what that calls for.
    fn step(&mut self, part: usize, by: i64) {
        self.left = self.left.saturating_sub(1);
        self.change(part, by);
        match self.broken() {
            None => self.found.push(self.changed.iter().map(|(part, by)| (*part, *by)).collect()),
            Some((bound, lacking)) if self.changed.len() < MOST_PARTS => {
                let terms = &self.bounds[bound].terms;
                // Not always the same ones.
                let first = part % terms.len();
                for (other, times) in terms[first..].iter().chain(&terms[..first]) {
                    if self.left == 0 || self.found.len() >= KEPT {
                        break;
                    }
                    if !self.changed.contains_key(other) {
                        self.step(*other, lacking * times);
                    }
                }
            }
            Some(_) => {}
        }
        self.change(part, -by);
        self.changed.remove(&part);
    }

    fn change(&mut self, part: usize, by: i64) {
        self.changed.insert(part, by);
        for (at, times) in self.of_part.get(&part).into_iter().flatten() {
            self.sums[*at] += times * by;
        }
    }

    /// The bound of the fewest parts that does not hold, and how much it lacks.
    fn broken(&self) -> Option<(usize, i64)> {
        let touched = self.changed.keys().filter_map(|part| self.of_part.get(part)).flatten();
        let lacking = |(at, _): &(usize, i64)| {
            let (Bound { terms, within, .. }, sum) = (&self.bounds[*at], self.sums[*at]);
            (sum < within.low)
                .then(|| within.low - sum)
                .or_else(|| (sum > within.high).then(|| within.high - sum))
                .map(|lacking| (terms.len(), *at, lacking))
        };
        let (_, at, lacking) = touched.filter_map(lacking).min()?;
        Some((at, lacking))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::system::Row;
    use super::*;

    /// Two services, whose parts from here and from elsewhere fill all places; those from here are
    /// told within two, those from elsewhere exactly.
    #[test]
    fn what_can_be_changed_has_values_and_what_cannot_has_one() {
        let mut system = System::default();
        let parts: Vec<usize> = (0..4).map(|_| system.cell(Range::new(0, 40))).collect();
        let people: BTreeMap<usize, i64> = parts.iter().copied().zip([10, 5, 20, 7]).collect();
        let mut sums = BTreeMap::new();
        for (of, range) in [(vec![0, 2], Range::new(28, 32)), (vec![1, 3], Range::new(12, 12))] {
            let sum = system.cell(range);
            system.rows.push(Row::balance(&[sum], &of));
            sums.insert(of, sum);
        }
        system.rows.push(Row::within(&[0, 1], Range::new(0, 15)));
        system.rows.push(Row::within(&[2, 3], Range::new(0, 27)));
        let nearby = Nearby::of(&system, &people, &sums);
        let nobody = BTreeSet::new();
        assert_eq!(nearby.values(&[0], &nobody), 6, "three fewer to two more, each changed once");
        assert_eq!(nearby.values(&[1], &nobody), 7, "with all four parts");
        assert_eq!(nearby.values(&[1, 3], &nobody), 1, "told exactly");
        assert_eq!(nearby.values(&[1], &BTreeSet::from([2, 3])), 1, "who knows the other service");
        assert_eq!(nearby.values(&[0], &BTreeSet::from([2, 3])), 3, "only fewer, as all is full");
    }

    #[test]
    fn nothing_is_seen_near_numbers_that_do_not_agree() {
        let mut system = System::default();
        let part = system.cell(Range::new(0, 4));
        let nearby = Nearby::of(&system, &BTreeMap::from([(part, 5)]), &BTreeMap::new());
        assert_eq!(nearby.values(&[part], &BTreeSet::new()), 1);
    }
}
