//! Other residents near to the true ones: a few more in one service, or a few from one service to
//! another, where every figure stays as it is told.
//!
//! Most secrets have their values by such changes alone, and each is checked in whole numbers
//! against every range and row. Only what they leave open is left to tables and programmes of the
//! whole site (`worlds`).

use std::collections::{BTreeMap, BTreeSet};

use super::super::system::{Row, System};

/// A secret is changed by so many people at most.
const FURTHEST: i64 = 3;

/// Everything that hangs on the people of one service from here, or from elsewhere.
#[derive(Default)]
struct Tie<'s> {
    /// Its own cell, and the cells of sums that it is part of, ascending.
    cells: Vec<usize>,
    /// Rows that bound it together with others.
    rows: Vec<&'s Row>,
}

/// The secrets that surely have enough values, of those given with how many they need. `people`
/// holds the true number of each part, `sums` the cell of each sum by its parts.
pub(super) fn wide(
    system: &System,
    people: &BTreeMap<usize, i64>,
    sums: &BTreeMap<Vec<usize>, usize>,
    secrets: &BTreeMap<usize, i64>,
) -> BTreeSet<usize> {
    let mut table = vec![0; system.ranges.len()];
    people.iter().for_each(|(cell, people)| table[*cell] = *people);
    for (parts, sum) in sums {
        table[*sum] = parts.iter().map(|part| table[*part]).sum();
    }
    if !system.agrees(&table) {
        return BTreeSet::new();
    }
    let ties = ties(system, people, sums);
    // For each secret which of the values from so many fewer to so many more it was seen to have.
    let mut seen: BTreeMap<usize, BTreeSet<i64>> =
        secrets.keys().map(|cell| (*cell, BTreeSet::from([0]))).collect();
    let by: Vec<i64> = (-FURTHEST..=FURTHEST).filter(|by| *by != 0).collect();
    for (at, (part, tie)) in ties.iter().enumerate() {
        let alone = std::iter::once(None);
        let others = ties[at + 1..].iter().map(Some);
        for other in alone.chain(others) {
            for by in &by {
                let mut change = BTreeMap::from([(*part, *by)]);
                change.extend(other.map(|(other, _)| (*other, -by)));
                let moved = moved(tie, other.map(|(_, tie)| tie), *by);
                if can_be(system, &table, (&change, &moved), [Some(tie), other.map(|(_, tie)| tie)])
                {
                    for (cell, by) in moved {
                        seen.entry(cell).and_modify(|values| {
                            values.insert(by);
                        });
                    }
                }
            }
        }
    }
    let is_wide = |(cell, values): &(usize, BTreeSet<i64>)| values.len() as i64 >= secrets[cell];
    seen.into_iter().filter(is_wide).map(|(cell, _)| cell).collect()
}

/// What hangs on each part that a reader does not know already.
fn ties<'s>(
    system: &'s System,
    people: &BTreeMap<usize, i64>,
    sums: &BTreeMap<Vec<usize>, usize>,
) -> Vec<(usize, Tie<'s>)> {
    let open = people.keys().filter(|part| system.ranges[**part].width() > 1);
    let mut ties: BTreeMap<usize, Tie> = open.map(|part| (*part, Tie::default())).collect();
    for (part, tie) in &mut ties {
        tie.cells.push(*part);
    }
    for (parts, sum) in sums {
        for part in parts {
            ties.entry(*part).and_modify(|tie| tie.cells.push(*sum));
        }
    }
    // Rows that say what a sum is hold by themselves.
    for row in system.rows.iter().filter(|row| row.sum.low != 0 || row.sum.high != 0) {
        for (part, _) in &row.terms {
            ties.entry(*part).and_modify(|tie| tie.rows.push(row));
        }
    }
    ties.values_mut().for_each(|tie| tie.cells.sort_unstable());
    ties.into_iter().collect()
}

/// The cells that a change of one part by so many, and of another by as many fewer, changes: those
/// that hang on one of them and not on both.
fn moved(one: &Tie, other: Option<&Tie>, by: i64) -> Vec<(usize, i64)> {
    let other = other.map_or(&[][..], |tie| &tie.cells);
    let is_in = |cells: &[usize], cell: &usize| cells.binary_search(cell).is_ok();
    let ours = one.cells.iter().filter(|cell| !is_in(other, cell)).map(|cell| (*cell, by));
    let theirs = other.iter().filter(|cell| !is_in(&one.cells, cell)).map(|cell| (*cell, -by));
    ours.chain(theirs).collect()
}

/// Whether every range and every row allows a change.
fn can_be(
    system: &System,
    table: &[i64],
    (change, moved): (&BTreeMap<usize, i64>, &[(usize, i64)]),
    ties: [Option<&Tie>; 2],
) -> bool {
    let value = |cell: &usize| table[*cell] + change.get(cell).unwrap_or(&0);
    let holds =
        |row: &&Row| row.sum.holds(row.terms.iter().map(|(cell, sign)| sign * value(cell)).sum());
    moved.iter().all(|(cell, by)| system.ranges[*cell].holds(table[*cell] + by))
        && ties.into_iter().flatten().flat_map(|tie| &tie.rows).all(|row| holds(row))
}

#[cfg(test)]
mod tests {
    use super::super::super::system::Range;
    use super::*;

    /// Four parts in a table of two rows, of which the sums and the columns are told within two.
    #[test]
    fn what_can_be_moved_is_wide_and_what_cannot_is_not() {
        let mut system = System::default();
        let parts: Vec<usize> = (0..4).map(|_| system.cell(Range::new(0, 40))).collect();
        let people: BTreeMap<usize, i64> = parts.iter().copied().zip([10, 20, 3, 7]).collect();
        let mut sums = BTreeMap::new();
        for (of, range) in [(vec![0, 1], Range::new(28, 32)), (vec![2, 3], Range::new(10, 10))] {
            let sum = system.cell(range);
            system.rows.push(Row::balance(&[sum], &of));
            sums.insert(of, sum);
        }
        // The third part is three or more, and the last is known.
        system.rows.push(Row::at_least(&[2], &[], 3));
        system.ranges[3] = Range::new(7, 7);
        system.narrow().unwrap();
        let secrets = BTreeMap::from([(0, 4), (2, 2), (4, 5), (5, 1)]);
        let found = wide(&system, &people, &sums, &secrets);
        assert_eq!(found, BTreeSet::from([0, 4, 5]));
    }

    #[test]
    fn nothing_is_told_from_numbers_that_do_not_agree() {
        let mut system = System::default();
        let part = system.cell(Range::new(0, 4));
        let people = BTreeMap::from([(part, 5)]);
        let secrets = BTreeMap::from([(part, 1)]);
        assert!(wide(&system, &people, &BTreeMap::new(), &secrets).is_empty());
    }
}
