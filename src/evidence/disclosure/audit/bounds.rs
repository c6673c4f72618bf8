//! The reader's arithmetic, first step: whole-number bounds, narrowed until nothing changes.

use std::collections::VecDeque;

/// Stands for "no upper end". No site has as many people.
pub(super) const ENDLESS: i64 = 1 << 40;

/// How often a row is looked at, on average, before the search gives up. Giving up leaves the
/// bounds wider than they could be, never narrower, and the second step narrows them further.
const LOOKS: usize = 60;

/// A number that lies between two ends, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) low: i64,
    pub(super) high: i64,
}

impl Range {
    pub(super) fn new(low: i64, high: i64) -> Range {
        Range { low, high }
    }

    /// How many whole numbers lie in it.
    pub(super) fn width(self) -> i64 {
        self.high.saturating_sub(self.low).saturating_add(1)
    }

    fn meet(self, other: Range) -> Range {
        Range { low: self.low.max(other.low), high: self.high.min(other.high) }
    }
}

/// A sum of cells, each taken once or taken away once, that lies in a range.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Cells that are added.
    pub(super) plus: Vec<usize>,
    /// Cells that are taken away.
    pub(super) minus: Vec<usize>,
    /// Where the sum lies.
    pub(super) sum: Range,
    /// Whether the row follows from others. It narrows bounds sooner, and tells nothing more.
    pub(super) follows: bool,
}

impl Row {
    /// `plus` less `minus` is nought.
    pub(super) fn balance(plus: Vec<usize>, minus: Vec<usize>) -> Row {
        Row { plus, minus, sum: Range::new(0, 0), follows: false }
    }

    /// `plus` less `minus` is nought or more.
    pub(super) fn at_least(plus: Vec<usize>, minus: Vec<usize>) -> Row {
        Row { plus, minus, sum: Range::new(0, ENDLESS), follows: false }
    }

    pub(super) fn cells(&self) -> impl Iterator<Item = usize> {
        self.plus.iter().chain(&self.minus).copied()
    }
}

/// The figures contradict each other: no table agrees with all of them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Contradiction {
    /// A cell for which no value is left.
    pub(super) cell: usize,
}

/// Narrows every range by every row until nothing changes.
pub(super) fn narrow(rows: &[Row], ranges: &mut [Range]) -> Result<(), Contradiction> {
    if let Some(cell) = ranges.iter().position(|range| range.low > range.high) {
        return Err(Contradiction { cell });
    }
    let mut of_cell: Vec<Vec<usize>> = vec![Vec::new(); ranges.len()];
    for (at, row) in rows.iter().enumerate() {
        for cell in row.cells() {
            of_cell[cell].push(at);
        }
    }
    let mut waiting: VecDeque<usize> = (0..rows.len()).collect();
    let mut is_waiting = vec![true; rows.len()];
    let mut looks = rows.len().saturating_mul(LOOKS);
    while let Some(at) = waiting.pop_front() {
        is_waiting[at] = false;
        for cell in by_row(&rows[at], ranges)? {
            for other in of_cell[cell].iter().copied() {
                if !is_waiting[other] {
                    is_waiting[other] = true;
                    waiting.push_back(other);
                }
            }
        }
        looks = looks.saturating_sub(1);
        if looks == 0 {
            break;
        }
    }
    Ok(())
}

/// Narrows the cells of one row. Returns those that changed.
fn by_row(row: &Row, ranges: &mut [Range]) -> Result<Vec<usize>, Contradiction> {
    // The sum of the others is the whole less the own part; endless parts are counted, not added.
    let (mut low, mut high, mut endless_low, mut endless_high) = (0i64, 0i64, 0usize, 0usize);
    let signed = row.plus.iter().map(|cell| (*cell, true));
    let signed: Vec<(usize, bool)> =
        signed.chain(row.minus.iter().map(|cell| (*cell, false))).collect();
    for (cell, is_added) in &signed {
        let part = part(ranges[*cell], *is_added);
        match part.low <= -ENDLESS {
            true => endless_low += 1,
            false => low += part.low,
        }
        match part.high >= ENDLESS {
            true => endless_high += 1,
            false => high += part.high,
        }
    }
    let mut changed = Vec::new();
    for (cell, is_added) in signed {
        let own = part(ranges[cell], is_added);
        let (own_low, own_high) = (own.low <= -ENDLESS, own.high >= ENDLESS);
        let rest_low = (endless_low == usize::from(own_low))
            .then(|| if own_low { low } else { low - own.low });
        let rest_high = (endless_high == usize::from(own_high))
            .then(|| if own_high { high } else { high - own.high });
        let told = Range {
            low: rest_high.map_or(-ENDLESS, |rest| row.sum.low.saturating_sub(rest)),
            high: match rest_low {
                Some(rest) if row.sum.high < ENDLESS => row.sum.high - rest,
                _ => ENDLESS,
            },
        };
        let told = if is_added { told } else { Range::new(-told.high, -told.low) };
        let met = ranges[cell].meet(told);
        if met.low > met.high {
            return Err(Contradiction { cell });
        }
        if met != ranges[cell] {
            ranges[cell] = met;
            // The sums above hold the old ends, which are wider: still true, and seen again later.
            changed.push(cell);
        }
    }
    Ok(changed)
}

fn part(range: Range, is_added: bool) -> Range {
    if is_added { range } else { Range::new(-range.high, -range.low) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &[Row], ranges: &[(i64, i64)], expect: &[(i64, i64)]) {
        let of = |pairs: &[(i64, i64)]| -> Vec<Range> {
            pairs.iter().map(|(low, high)| Range::new(*low, *high)).collect()
        };
        let mut ranges = of(ranges);
        narrow(rows, &mut ranges).unwrap();
        assert_eq!(ranges, of(expect));
    }

    #[test]
    fn a_part_is_bounded_by_the_whole_and_the_other_part() {
        let rows = [Row::balance(vec![0], vec![1, 2])];
        check(&rows, &[(13, 17), (0, ENDLESS), (13, 17)], &[(13, 17), (0, 4), (13, 17)]);
        check(&rows, &[(8, 12), (0, ENDLESS), (0, ENDLESS)], &[(8, 12), (0, 12), (0, 12)]);
        check(&rows, &[(0, ENDLESS), (2, 3), (4, 5)], &[(6, 8), (2, 3), (4, 5)]);
    }

    #[test]
    fn a_row_without_an_upper_end_bounds_one_way_only() {
        let rows = [Row::at_least(vec![0], vec![1])];
        check(&rows, &[(0, 9), (3, ENDLESS)], &[(3, 9), (3, 9)]);
    }

    #[test]
    fn narrowing_goes_on_from_row_to_row() {
        let rows = [Row::balance(vec![0], vec![1, 2]), Row::balance(vec![1], vec![3])];
        check(
            &rows,
            &[(5, 5), (0, ENDLESS), (2, ENDLESS), (1, 9)],
            &[(5, 5), (1, 3), (2, 4), (1, 3)],
        );
    }

    #[test]
    fn figures_that_contradict_each_other_are_told_of() {
        let mut ranges = [Range::new(1, 2), Range::new(3, ENDLESS)];
        let rows = [Row::at_least(vec![0], vec![1])];
        assert!(narrow(&rows, &mut ranges).is_err());
    }
}
