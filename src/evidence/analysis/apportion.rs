//! Parts of a person made whole, so that the total is right: the method of largest remainders.
//!
//! Parts are counted in billionths of a thousandth (10^-12) of a person, in whole numbers, so that
//! no tie depends on how a machine rounds.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// One person, in the parts that are counted.
pub(super) const ONE: u128 = 1_000_000_000_000;

/// What each row may come to, lowest and highest, both included.
pub(super) type Bounds = (u32, u32);

/// The nearest whole number of persons; half a person counts as one.
pub(super) fn nearest(parts: u128) -> u32 {
    u32::try_from(parts.saturating_add(ONE / 2) / ONE).unwrap_or(u32::MAX)
}

/// Whole persons for each row, whose sum is the nearest whole number to the sum of the parts.
///
/// Every row gets its whole persons; those that are left over go to the rows with the largest parts
/// left, and among equals to the earlier row (gap-analysis §8). Bounds come before that: a row that
/// may have no more is passed over, and a row that must have more takes from those with the
/// smallest parts left. The sum of the lowest bounds must not be above the total, nor that of the
/// highest below it.
pub(super) fn apportion(parts: &[u128], bounds: &[Bounds]) -> Vec<u32> {
    let sum = parts.iter().fold(0u128, |sum, parts| sum.saturating_add(*parts));
    let total = i64::from(nearest(sum));
    let mut rows: Vec<u32> = parts
        .iter()
        .zip(bounds)
        .map(|(parts, (low, high))| {
            u32::try_from(*parts / ONE).unwrap_or(u32::MAX).clamp(*low, *high)
        })
        .collect();
    let mut missing = total - rows.iter().map(|row| i64::from(*row)).sum::<i64>();
    // Parts that a row has not got yet; below zero if it has got more.
    let left = |row: usize, people: u32| parts[row] as i128 - (u128::from(people) * ONE) as i128;
    let mut takers: BinaryHeap<(i128, Reverse<usize>)> = (0..rows.len())
        .filter(|row| missing > 0 && rows[*row] < bounds[*row].1)
        .map(|row| (left(row, rows[row]), Reverse(row)))
        .collect();
    while missing > 0
        && let Some((_, Reverse(row))) = takers.pop()
    {
        rows[row] += 1;
        missing -= 1;
        if rows[row] < bounds[row].1 {
            takers.push((left(row, rows[row]), Reverse(row)));
        }
    }
    let mut givers: BinaryHeap<(Reverse<i128>, usize)> = (0..rows.len())
        .filter(|row| missing < 0 && rows[*row] > bounds[*row].0)
        .map(|row| (Reverse(left(row, rows[row])), row))
        .collect();
    while missing < 0
        && let Some((_, row)) = givers.pop()
    {
        rows[row] -= 1;
        missing += 1;
        if rows[row] > bounds[row].0 {
            givers.push((Reverse(left(row, rows[row])), row));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FREE: Bounds = (0, u32::MAX);

    #[test]
    fn what_is_left_over_goes_to_the_largest_part_and_then_to_the_earlier_row() {
        let check = |parts: &[u128], expect: &[u32]| {
            let parts: Vec<u128> = parts.iter().map(|tenths| tenths * ONE / 10).collect();
            assert_eq!(apportion(&parts, &vec![FREE; parts.len()]), expect);
        };
        check(&[14, 14, 14], &[2, 1, 1]);
        check(&[11, 19, 10], &[1, 2, 1]);
        check(&[5], &[1]);
        check(&[4, 4], &[1, 0]);
        check(&[4], &[0]);
        check(&[], &[]);
    }

    #[test]
    fn a_row_that_must_have_more_takes_from_the_smallest_part() {
        let parts = [ONE * 4 / 10, ONE, ONE];
        assert_eq!(apportion(&parts, &[(1, 9), (0, 9), (0, 9)]), [1, 1, 0]);
        assert_eq!(apportion(&[ONE / 2, ONE], &[(0, 0), (0, 9)]), [0, 2]);
    }

    proptest! {
        /// The total is exact and no row is a whole person away from its own number.
        #[test]
        fn the_total_is_kept(parts in prop::collection::vec(0..50 * ONE, 0..30)) {
            let rows = apportion(&parts, &vec![FREE; parts.len()]);
            let total: u32 = rows.iter().sum();
            prop_assert_eq!(total, nearest(parts.iter().sum()));
            for (row, parts) in rows.iter().zip(&parts) {
                prop_assert!((u128::from(*row) * ONE).abs_diff(*parts) < ONE);
            }
        }

        /// A smaller list within the rows of a larger one, and the larger one above the rows of the
        /// smaller: totals stay exact and rows stay in order.
        #[test]
        fn nested_lists_give_nested_rows(
            pairs in prop::collection::vec((0..20 * ONE, 0..3 * ONE), 1..20),
        ) {
            let less: Vec<u128> = pairs.iter().map(|(less, _)| *less).collect();
            let more: Vec<u128> = pairs.iter().map(|(less, extra)| less + extra).collect();
            let free = vec![FREE; pairs.len()];
            let rows = apportion(&more, &free);
            let below: Vec<Bounds> = rows.iter().map(|row| (0, *row)).collect();
            let fewer = apportion(&less, &below);
            prop_assert_eq!(fewer.iter().sum::<u32>(), nearest(less.iter().sum()));
            prop_assert!(fewer.iter().zip(&rows).all(|(fewer, rows)| fewer <= rows));
            let rows = apportion(&less, &free);
            let above: Vec<Bounds> = rows.iter().map(|row| (*row, u32::MAX)).collect();
            let most = apportion(&more, &above);
            prop_assert_eq!(most.iter().sum::<u32>(), nearest(more.iter().sum()));
            prop_assert!(most.iter().zip(&rows).all(|(most, rows)| most >= rows));
        }
    }
}
