//! A table to begin with, part by part.
//!
//! Most sums are of cells of one part, such as a board; a linear programme for each finds a table
//! within their intervals. Sums of several parts, such as those of a region, are shared out between
//! them first: each part is given an aim that it meets if it can. What is left over is mended
//! afterwards by single changes, of which there are few.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::super::graph::UNBOUNDED;
use super::central::{self, Sums};
use super::spread::Row;

/// What a sum is taken to be that nothing is told of, while others are shared out.
const UNTOLD: i64 = 2;

/// So often all parts are gone through to mend what they are together.
const SWEEPS: usize = 2;

/// Numbers of free cells that are within all intervals of sums of one part, or nearly, and nearly
/// within the others. `None` if a part has no such table, or is too large.
pub(super) fn start(
    rows: &[Row],
    ends: &[(i64, i64)],
    parts: &BTreeMap<usize, usize>,
) -> Option<Vec<i64>> {
    let part_of = |free: usize| parts.get(&free).copied().unwrap_or(0);
    let mut sums: BTreeMap<usize, Sums> = BTreeMap::new();
    let mut joint: Vec<Joint> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let mut pieces: BTreeMap<usize, Row> = BTreeMap::new();
        for &(free, by) in row {
            pieces.entry(part_of(free)).or_default().push((free, by));
        }
        match pieces.len() {
            0 => {}
            1 if row[..] == [(at, 1)] => sums.entry(part_of(at)).or_default().free.push(at),
            1 => {
                let part = part_of(row[0].0);
                sums.entry(part).or_default().within.push((row, at));
            }
            _ => joint.push((at, pieces)),
        }
    }
    let aims = share_out(rows, ends, &joint);
    let with_aims = |(part, sums): (&usize, &Sums<'_>)| {
        let here = aims.iter().filter(|((of, _), _)| of == part);
        let aims = here.map(|((_, row), aim)| (*row, (*aim, *aim))).collect();
        central::start(&Sums { aims, ..sums.clone() }, ends)
    };
    let found: Option<Vec<Vec<(usize, i64)>>> = sums.par_iter().map(with_aims).collect();
    let mut values = vec![0; rows.len()];
    for (at, value) in found?.into_iter().flatten() {
        values[at] = value;
    }
    mend(&mut values, &sums, &joint, ends);
    Some(values)
}

/// Sums of several parts, and what each of these adds.
type Joint = (usize, BTreeMap<usize, Row>);

/// Where such a sum is outside its interval, works out the parts again one by one, each beside the
/// others as they are by then.
fn mend(values: &mut [i64], sums: &BTreeMap<usize, Sums>, joint: &[Joint], ends: &[(i64, i64)]) {
    let add = |values: &[i64], row: &Row| row.iter().map(|(at, by)| values[*at] * by).sum::<i64>();
    let miss = |value: i64, (low, high): (i64, i64)| (low - value).max(value - high).max(0);
    let mut totals: Vec<i64> =
        joint.iter().map(|(_, pieces)| pieces.values().map(|row| add(values, row)).sum()).collect();
    for _ in 0..SWEEPS {
        let is_outside = |(total, (at, _)): (&i64, &Joint)| miss(*total, ends[*at]) > 0;
        if !totals.iter().zip(joint).any(is_outside) {
            return;
        }
        let mut is_better = false;
        for (part, own) in sums {
            let here: Vec<(usize, &Row)> = joint
                .iter()
                .enumerate()
                .filter_map(|(at, (_, pieces))| Some((at, pieces.get(part)?)))
                .collect();
            let missed = |values: &[i64], totals: &[i64], before: &[i64]| -> i64 {
                let each = here.iter().zip(before);
                each.map(|((at, row), before)| {
                    miss(totals[*at] - before + add(values, row), ends[joint[*at].0])
                })
                .sum()
            };
            let before: Vec<i64> = here.iter().map(|(_, row)| add(values, row)).collect();
            let worst = missed(values, &totals, &before);
            if worst == 0 {
                continue;
            }
            let mut aims: BTreeMap<&Row, (i64, i64)> = BTreeMap::new();
            for ((at, row), before) in here.iter().zip(&before) {
                let (low, high) = ends[joint[*at].0];
                let rest = totals[*at] - before;
                let high = if high >= UNBOUNDED { high } else { high - rest };
                let aim = aims.entry(*row).or_insert((low - rest, high));
                *aim = (aim.0.max(low - rest), aim.1.min(high));
            }
            let aims = aims.into_iter().collect();
            let Some(found) = central::start(&Sums { aims, ..own.clone() }, ends) else { continue };
            let old: Vec<(usize, i64)> = own.free.iter().map(|at| (*at, values[*at])).collect();
            found.into_iter().for_each(|(at, value)| values[at] = value);
            if missed(values, &totals, &before) > worst {
                old.into_iter().for_each(|(at, value)| values[at] = value);
                continue;
            }
            is_better = true;
            for ((at, row), before) in here.iter().zip(&before) {
                totals[*at] += add(values, row) - before;
            }
        }
        if !is_better {
            return;
        }
    }
}

/// What each part is to add to sums of several parts, where its own share is told too. The sums of
/// the fewest parts come first.
fn share_out<'j>(
    rows: &[Row],
    ends: &[(i64, i64)],
    joint: &'j [Joint],
) -> BTreeMap<(usize, &'j Row), i64> {
    let known: BTreeMap<&Row, usize> = rows.iter().enumerate().map(|(at, row)| (row, at)).collect();
    let mut order: Vec<&Joint> = joint.iter().collect();
    order.sort_by_key(|(at, pieces)| (pieces.len(), *at));
    let mut aims = BTreeMap::new();
    for (at, pieces) in order {
        let Some(whole) = middle(ends[*at]) else { continue };
        let told: Vec<Option<i64>> = pieces
            .values()
            .map(|row| known.get(row).map(|at| middle(ends[*at]).unwrap_or(UNTOLD)))
            .collect();
        // Of what nothing is told there is nothing to share out by.
        let Some(told) = told.into_iter().collect::<Option<Vec<i64>>>() else { continue };
        // In thousandths, so that little is lost by rounding.
        let shares: Vec<i64> = told.into_iter().map(|told| told * 1_000).collect();
        let sum: i64 = shares.iter().sum::<i64>().max(1);
        let (mut so_far, mut given) = (0, 0);
        for ((part, row), share) in pieces.iter().zip(shares) {
            so_far += share;
            // Rounded so that all aims together are the whole.
            let all = (so_far * whole + sum / 2) / sum;
            aims.entry((*part, row)).or_insert(all - given);
            given = all;
        }
    }
    aims
}

/// What a sum is likely to be; nothing where nobody knows.
fn middle((low, high): (i64, i64)) -> Option<i64> {
    (-UNBOUNDED < low && high < UNBOUNDED).then_some(low + (high - low) / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parts of three free cells each with a total, and totals of each column over all parts.
    fn grid(parts: usize) -> (Vec<Row>, BTreeMap<usize, usize>) {
        let free = |part: usize, at: usize| part * 3 + at;
        let mut rows: Vec<Row> = (0..parts * 3).map(|at| vec![(at, 1)]).collect();
        for part in 0..parts {
            rows.push((0..3).map(|at| (free(part, at), 1)).collect());
        }
        for at in 0..3 {
            rows.push((0..parts).map(|part| (free(part, at), 1)).collect());
        }
        let part_of = (0..parts * 3).map(|at| (at, at / 3)).collect();
        (rows, part_of)
    }

    fn add(row: &Row, values: &[i64]) -> i64 {
        row.iter().map(|(at, by)| values[*at] * by).sum()
    }

    #[test]
    fn parts_fit_together_in_what_is_told_of_several() {
        let (rows, part_of) = grid(6);
        let truth: Vec<i64> = (0..18).map(|at| (at * 7 % 11) as i64).collect();
        // Of a free cell nothing is told, of a sum the nearest multiple of five.
        let end = |row: &Row| match row.len() {
            1 => (0, UNBOUNDED),
            _ => {
                let shown = (add(row, &truth) + 2) / 5 * 5;
                (shown - 2, shown + 2)
            }
        };
        let ends: Vec<(i64, i64)> = rows.iter().map(end).collect();
        let found = start(&rows, &ends, &part_of).unwrap();
        for (row, (low, high)) in rows.iter().zip(&ends) {
            let sum = add(row, &found);
            assert!((*low..=*high).contains(&sum), "{sum} is not within {low} to {high}");
        }
    }

    #[test]
    fn the_shares_of_a_sum_that_are_told_come_to_the_whole() {
        let (rows, _) = grid(2);
        let pieces = BTreeMap::from([(0, rows[0].clone()), (1, rows[3].clone())]);
        let mut ends = vec![(0, UNBOUNDED); rows.len()];
        (ends[0], ends[3], ends[8]) = ((8, 12), (18, 22), (33, 37));
        let joint = [(8, pieces)];
        let aims = share_out(&rows, &ends, &joint);
        assert_eq!(aims.values().copied().collect::<Vec<_>>(), [12, 23]);
    }
}
