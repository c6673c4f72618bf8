//! Numbers, what is known of each, and sums between them by which whole-number bounds are narrowed.

mod nearby;

use std::collections::{BTreeMap, VecDeque};

/// Stands for "no upper end". No site has as many people.
pub(super) const ENDLESS: i64 = 1 << 40;

/// How often a row is looked at, on average, before narrowing gives up: bounds are then too wide.
const LOOKS: usize = 60;

/// A number that lies between two ends, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) low: i64,
    pub(super) high: i64,
}

impl Range {
    pub(super) const ANY: Range = Range { low: 0, high: ENDLESS };

    pub(super) fn new(low: i64, high: i64) -> Range {
        Range { low, high }
    }

    /// How many whole numbers lie in it.
    pub(super) fn width(self) -> i64 {
        self.high.saturating_sub(self.low).saturating_add(1)
    }

    pub(super) fn holds(self, value: i64) -> bool {
        self.low <= value && value <= self.high
    }

    fn meet(self, other: Range) -> Range {
        Range { low: self.low.max(other.low), high: self.high.min(other.high) }
    }
}

/// A sum of cells, each taken once or taken away once, that lies in a range.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Cells with +1 or -1.
    pub(super) terms: Vec<(usize, i64)>,
    /// Where the sum lies.
    pub(super) sum: Range,
    /// Whether it follows from other rows, or joins tables that are looked at apart.
    pub(super) bounds_only: bool,
}

impl Row {
    fn new(plus: &[usize], minus: &[usize], sum: Range) -> Row {
        let plus = plus.iter().map(|cell| (*cell, 1));
        let terms = plus.chain(minus.iter().map(|cell| (*cell, -1))).collect();
        Row { terms, sum, bounds_only: false }
    }

    /// `plus` less `minus` is nought.
    pub(super) fn balance(plus: &[usize], minus: &[usize]) -> Row {
        Row::new(plus, minus, Range::new(0, 0))
    }

    /// `plus` less `minus` is `least` or more.
    pub(super) fn at_least(plus: &[usize], minus: &[usize], least: i64) -> Row {
        Row::new(plus, minus, Range::new(least, ENDLESS))
    }

    /// The sum of cells lies in a range.
    pub(super) fn within(cells: &[usize], sum: Range) -> Row {
        Row::new(cells, &[], sum)
    }
}

/// The figures contradict each other: no table agrees with all of them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Contradiction {
    /// A cell for which no value is left.
    pub(super) cell: usize,
}

/// Ranges of cells, and the rows between them.
#[derive(Clone, Debug, Default)]
pub(super) struct System {
    pub(super) ranges: Vec<Range>,
    pub(super) rows: Vec<Row>,
    /// Rows of each cell; made by [`System::narrow`].
    of_cell: Vec<Vec<usize>>,
}

impl System {
    /// Adds a cell.
    pub(super) fn cell(&mut self, range: Range) -> usize {
        self.ranges.push(range);
        self.ranges.len() - 1
    }

    /// Narrows every range by every row until nothing changes.
    pub(super) fn narrow(&mut self) -> Result<(), Contradiction> {
        if let Some(cell) = self.ranges.iter().position(|range| range.low > range.high) {
            return Err(Contradiction { cell });
        }
        self.index();
        let looks = self.rows.len().saturating_mul(LOOKS);
        let mut waiting = Waiting::new(self.rows.len());
        (0..self.rows.len()).for_each(|row| waiting.add(row));
        let mut ranges = std::mem::take(&mut self.ranges);
        let done = self.spread(&mut ranges, &mut waiting, looks, &mut Vec::new());
        self.ranges = ranges;
        done
    }

    /// Gives a cell one value and narrows what hangs on it. Notes every range as it was before in
    /// `trail`, also where this contradicts itself.
    pub(super) fn fix(
        &self,
        ranges: &mut [Range],
        (cell, value): (usize, i64),
        waiting: &mut Waiting,
        trail: &mut Vec<(usize, Range)>,
    ) -> Result<(), Contradiction> {
        trail.push((cell, ranges[cell]));
        ranges[cell] = Range::new(value, value);
        self.of_cell[cell].iter().for_each(|row| waiting.add(*row));
        self.spread(ranges, waiting, usize::MAX, trail)
    }

    /// Whether a table of whole numbers agrees with every range and every row.
    pub(super) fn agrees(&self, table: &[i64]) -> bool {
        let sum = |row: &Row| row.terms.iter().map(|(cell, sign)| sign * table[*cell]).sum();
        self.ranges.iter().zip(table).all(|(range, value)| range.holds(*value))
            && self.rows.iter().all(|row| row.sum.holds(sum(row)))
    }

    /// Some cells and the rows between them alone: what has one possible value is a number.
    pub(super) fn block(&self, cells: &[usize]) -> System {
        let ranges = cells.iter().map(|cell| self.ranges[*cell]).collect();
        let rows: Vec<Row> = self.rows.iter().filter_map(|row| self.within(row, cells)).collect();
        let mut block = System { ranges, rows, of_cell: Vec::new() };
        block.index();
        block
    }

    /// A row as it is among some cells; nothing where it reaches beyond them.
    fn within(&self, row: &Row, cells: &[usize]) -> Option<Row> {
        let mut terms = Vec::new();
        let mut known = 0;
        for (cell, sign) in &row.terms {
            match self.ranges[*cell] {
                range if range.width() == 1 => known += sign * range.low,
                _ => terms.push((cells.binary_search(cell).ok()?, *sign)),
            }
        }
        let high = if row.sum.high >= ENDLESS { ENDLESS } else { row.sum.high - known };
        let sum = Range::new(row.sum.low - known, high);
        (!terms.is_empty()).then_some(Row { terms, sum, ..*row })
    }

    fn index(&mut self) {
        self.of_cell = vec![Vec::new(); self.ranges.len()];
        for (at, row) in self.rows.iter().enumerate() {
            for (cell, _) in &row.terms {
                self.of_cell[*cell].push(at);
            }
        }
    }

    /// Cells that hang together, in order of the first of each block. Cells of one possible value
    /// join nothing: they are numbers.
    pub(super) fn blocks(&self) -> Vec<Vec<usize>> {
        let mut parent: Vec<usize> = (0..self.ranges.len()).collect();
        fn root(parent: &mut [usize], mut at: usize) -> usize {
            while parent[at] != at {
                parent[at] = parent[parent[at]];
                at = parent[at];
            }
            at
        }
        let is_open = |cell: &usize| self.ranges[*cell].width() > 1;
        for row in self.rows.iter().filter(|row| !row.bounds_only) {
            let mut open = row.terms.iter().map(|(cell, _)| *cell).filter(is_open);
            let Some(first) = open.next() else { continue };
            let mut first = root(&mut parent, first);
            for cell in open {
                let other = root(&mut parent, cell);
                parent[first.max(other)] = first.min(other);
                first = first.min(other);
            }
        }
        let mut blocks: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for cell in (0..self.ranges.len()).filter(is_open) {
            blocks.entry(root(&mut parent, cell)).or_default().push(cell);
        }
        blocks.into_values().collect()
    }

    fn spread(
        &self,
        ranges: &mut [Range],
        waiting: &mut Waiting,
        mut looks: usize,
        trail: &mut Vec<(usize, Range)>,
    ) -> Result<(), Contradiction> {
        while let Some(at) = waiting.next() {
            let before = trail.len();
            if let Err(found) = by_row(&self.rows[at], ranges, trail) {
                waiting.clear();
                return Err(found);
            }
            for (cell, _) in &trail[before..] {
                self.of_cell[*cell].iter().for_each(|row| waiting.add(*row));
            }
            looks = looks.saturating_sub(1);
            if looks == 0 {
                waiting.clear();
            }
        }
        Ok(())
    }
}

/// Rows that are to be looked at, each once.
pub(super) struct Waiting {
    queue: VecDeque<usize>,
    is_in: Vec<bool>,
}

impl Waiting {
    pub(super) fn new(rows: usize) -> Waiting {
        Waiting { queue: VecDeque::new(), is_in: vec![false; rows] }
    }

    fn add(&mut self, row: usize) {
        if !std::mem::replace(&mut self.is_in[row], true) {
            self.queue.push_back(row);
        }
    }

    fn next(&mut self) -> Option<usize> {
        let row = self.queue.pop_front()?;
        self.is_in[row] = false;
        Some(row)
    }

    fn clear(&mut self) {
        while self.next().is_some() {}
    }
}

/// Narrows the cells of one row, and notes in `trail` those that change, as they were.
fn by_row(
    row: &Row,
    ranges: &mut [Range],
    trail: &mut Vec<(usize, Range)>,
) -> Result<(), Contradiction> {
    // The sum of the others is the whole less the own part; endless parts are counted, not added.
    let (mut low, mut high, mut endless_low, mut endless_high) = (0i64, 0i64, 0usize, 0usize);
    for (cell, sign) in &row.terms {
        let part = signed(ranges[*cell], *sign);
        match part.low <= -ENDLESS {
            true => endless_low += 1,
            false => low += part.low,
        }
        match part.high >= ENDLESS {
            true => endless_high += 1,
            false => high += part.high,
        }
    }
    for (cell, sign) in &row.terms {
        let own = signed(ranges[*cell], *sign);
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
        let before = ranges[*cell];
        let met = before.meet(signed(told, *sign));
        if met.low > met.high {
            return Err(Contradiction { cell: *cell });
        }
        if met != before {
            // The sums above hold the old ends, which are wider: still true, and seen again later.
            trail.push((*cell, before));
            ranges[*cell] = met;
        }
    }
    Ok(())
}

fn signed(range: Range, sign: i64) -> Range {
    if sign > 0 { range } else { Range::new(-range.high, -range.low) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pairs: &[(i64, i64)]) -> Vec<Range> {
        pairs.iter().map(|(low, high)| Range::new(*low, *high)).collect()
    }

    fn check(rows: &[Row], ranges: &[(i64, i64)], expect: &[(i64, i64)]) {
        let rows = rows.to_vec();
        let mut system = System { ranges: of(ranges), rows, of_cell: Vec::new() };
        system.narrow().unwrap();
        assert_eq!(system.ranges, of(expect));
    }

    #[test]
    fn a_part_is_bounded_by_the_whole_and_the_other_part() {
        let rows = [Row::balance(&[0], &[1, 2])];
        check(&rows, &[(13, 17), (0, ENDLESS), (13, 17)], &[(13, 17), (0, 4), (13, 17)]);
        check(&rows, &[(8, 12), (0, ENDLESS), (0, ENDLESS)], &[(8, 12), (0, 12), (0, 12)]);
        check(&rows, &[(0, ENDLESS), (2, 3), (4, 5)], &[(6, 8), (2, 3), (4, 5)]);
    }

    #[test]
    fn a_row_without_an_upper_end_bounds_one_way_only() {
        let rows = [Row::at_least(&[0], &[1], 0)];
        check(&rows, &[(0, 9), (3, ENDLESS)], &[(3, 9), (3, 9)]);
    }

    #[test]
    fn narrowing_goes_on_from_row_to_row() {
        let rows = [Row::balance(&[0], &[1, 2]), Row::balance(&[1], &[3])];
        check(
            &rows,
            &[(5, 5), (0, ENDLESS), (2, ENDLESS), (1, 9)],
            &[(5, 5), (1, 3), (2, 4), (1, 3)],
        );
    }

    #[test]
    fn figures_that_contradict_each_other_are_told_of() {
        let rows = vec![Row::at_least(&[0], &[1], 0)];
        let ranges = of(&[(1, 2), (3, ENDLESS)]);
        assert!(System { ranges, rows, of_cell: Vec::new() }.narrow().is_err());
    }

    #[test]
    fn what_was_fixed_can_be_undone() {
        let rows = vec![Row::balance(&[0], &[1, 2])];
        let ranges = of(&[(5, 5), (0, ENDLESS), (2, ENDLESS)]);
        let mut system = System { ranges, rows, of_cell: Vec::new() };
        system.narrow().unwrap();
        let (mut ranges, mut trail) = (system.ranges.clone(), Vec::new());
        let waiting = &mut Waiting::new(1);
        system.fix(&mut ranges, (1, 2), waiting, &mut trail).unwrap();
        assert_eq!(ranges, of(&[(5, 5), (2, 2), (3, 3)]));
        while let Some((cell, range)) = trail.pop() {
            ranges[cell] = range;
        }
        assert_eq!(ranges, system.ranges);
    }
}
