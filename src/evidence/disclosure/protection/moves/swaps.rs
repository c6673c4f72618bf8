//! Short changes of a table without a shape: some free numbers up, others down.
//!
//! One free number moves the cell asked for. Each sum that has no room for that is made up for by
//! another free number of it, the best few of them in turn, or is withheld at its price.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::super::graph::{Graph, Reader, UNBOUNDED};
use super::super::rooms::{Room, Rooms};
use super::super::stand_in::{Row, spread};
use super::super::walk::Net;
use super::super::witness::Change;
use super::{Ask, Found};

/// So many free numbers are tried at each step.
const TRIED: [usize; 9] = [16, 6, 4, 3, 2, 2, 1, 1, 1];
/// So many steps are begun in one search.
const BEGUN: usize = 60;
/// So many free numbers of a sum are looked at.
const LOOKED_AT: usize = 120;
/// What it counts for that a sum cannot be withheld. More than all prices together.
const NEVER: i64 = 1 << 32;

/// Every cell as a sum of free ones.
pub(in super::super) struct Swaps {
    rows: Vec<Row>,
    /// For each free number every cell that it is part of.
    uses: Vec<Row>,
    /// Those of them that may be without room while their free numbers have it.
    narrow: Vec<Row>,
    /// What one search leaves for the next, so that a small change in a large table costs little.
    slate: RefCell<Slate>,
}

/// Notes of a search, cell by cell.
#[derive(Default)]
struct Slate {
    /// How each cell is changed so far. Nought again when a search is done.
    moved: Vec<i64>,
    /// What it adds to the cost to change a cell by one more: down, and up; and in which search
    /// that was worked out.
    more: Vec<(usize, [i64; 2])>,
    /// Number of the search.
    turn: usize,
}

/// Where a search stands.
struct Search<'a> {
    swaps: &'a Swaps,
    graph: &'a Graph,
    rooms: &'a Rooms,
    reader: &'a Reader,
    ask: Ask,
    /// How far the cell asked for has to move.
    least: i64,
    slate: &'a mut Slate,
    /// The free numbers that were changed, one after another.
    steps: Vec<(usize, i64)>,
    /// The cells that have no room for how they are changed.
    short: BTreeSet<usize>,
    cost: i64,
    begun: usize,
    best: Option<(i64, Change)>,
}

impl Swaps {
    /// Of a graph; `None` if its sums go in circles.
    pub(super) fn new(graph: &Graph) -> Option<Swaps> {
        let (rows, uses) = spread(graph)?;
        let is_narrow: Vec<bool> =
            (0..rows.len()).map(|cell| is_narrow(graph, cell, &rows[cell])).collect();
        let narrow = |(free, uses): (usize, &Row)| -> Row {
            uses.iter().filter(|(cell, _)| *cell == free || is_narrow[*cell]).copied().collect()
        };
        let narrow: Vec<Row> = uses.iter().enumerate().map(narrow).collect();
        let size = rows.len();
        let slate = Slate { moved: vec![0; size], more: vec![(0, [0; 2]); size], turn: 0 };
        Some(Swaps { rows, uses, narrow, slate: RefCell::new(slate) })
    }

    /// How cells hang together, of those that may be without room.
    pub(in super::super) fn net(&self) -> Net<'_> {
        Net { rows: &self.rows, uses: &self.narrow }
    }

    /// What follows for every cell from a change of free numbers.
    pub(in super::super) fn spread(&self, steps: &[(usize, i64)]) -> Change {
        let mut change: BTreeMap<usize, i64> = BTreeMap::new();
        for (free, by) in steps {
            for (cell, times) in &self.uses[*free] {
                *change.entry(*cell).or_default() += times * by;
            }
        }
        change.into_iter().filter(|(_, by)| *by != 0).collect()
    }

    /// The cheapest change that moves a cell as asked, by `least` or more, among those tried.
    pub(super) fn cheapest(
        &self,
        graph: &Graph,
        rooms: &Rooms,
        reader: &Reader,
        (ask, least): (Ask, i64),
    ) -> Option<Found> {
        let mut slate = self.slate.borrow_mut();
        slate.turn += 1;
        let mut search = Search {
            swaps: self,
            graph,
            rooms,
            reader,
            ask,
            least,
            slate: &mut slate,
            steps: Vec::new(),
            short: BTreeSet::new(),
            cost: 0,
            begun: 0,
            best: None,
        };
        let sign = if ask.up { 1 } else { -1 };
        search.try_each(ask.cell, sign, 0);
        let (cost, change) = search.best?;
        let is_short = |&&(cell, by): &&(usize, i64)| rooms.of(reader, cell).times(by) < ask.times;
        let withhold = change.iter().filter(is_short).map(|(cell, _)| *cell).collect();
        Some(Found { cost, withhold, change })
    }
}

impl Search<'_> {
    /// What it costs that a cell is changed by so much.
    fn price(&self, cell: usize, by: i64) -> i64 {
        let can = |room: Room| {
            let room = room.towards(by > 0);
            room >= UNBOUNDED || by.abs() * self.ask.times <= room
        };
        if by == 0 || can(self.rooms.of(self.reader, cell)) {
            return 0;
        }
        let found = &self.graph.cells[cell];
        let may = self.ask.may_withhold
            && found.is_candidate()
            && can(self.rooms.hidden(self.graph, self.reader, cell));
        if may { found.weight.max(1) } else { NEVER }
    }

    /// What it adds to the cost to change a cell by one more: down, and up.
    fn priced_more(&mut self, cell: usize) -> [i64; 2] {
        let (turn, more) = self.slate.more[cell];
        if turn == self.slate.turn {
            return more;
        }
        let moved = self.slate.moved[cell];
        let now = self.price(cell, moved);
        let more = [-1, 1].map(|by| self.price(cell, moved + by) - now);
        self.slate.more[cell] = (self.slate.turn, more);
        more
    }

    /// What a change of a free number adds to the cost; `None` if it cannot be.
    fn added(&mut self, free: usize, by: i64) -> Option<i64> {
        if self.slate.moved[free] * by < 0 || self.priced_more(free)[usize::from(by > 0)] > 0 {
            return None;
        }
        let sign = if self.ask.up { 1 } else { -1 };
        let mut added = 0;
        let swaps = self.swaps;
        for &(cell, times) in &swaps.narrow[free] {
            let before = self.slate.moved[cell];
            let after = before + times * by;
            let is_back = after * sign < (before * sign).min(self.least);
            if cell == self.ask.cell && (is_back || after == 0) {
                return None;
            }
            added += match times * by {
                -1 => self.priced_more(cell)[0],
                1 => self.priced_more(cell)[1],
                _ => self.price(cell, after) - self.price(cell, before),
            };
        }
        Some(added)
    }

    /// Changes a cell by one or other of its free numbers.
    fn try_each(&mut self, cell: usize, sign: i64, depth: usize) {
        let swaps = self.swaps;
        let row = &swaps.rows[cell];
        let mut tried: Vec<(i64, usize, i64)> = row
            .iter()
            .step_by(row.len() / LOOKED_AT + 1)
            .filter_map(|&(free, by)| {
                let by = sign * by.signum();
                Some((self.added(free, by)?, free, by))
            })
            .collect();
        tried.sort_unstable();
        for (_, free, by) in tried.into_iter().take(TRIED[depth]) {
            self.begun += 1;
            if self.begun > BEGUN || self.best.as_ref().is_some_and(|(cost, _)| *cost == 0) {
                return;
            }
            self.change(free, by);
            self.steps.push((free, by));
            self.go_on(depth + 1);
            self.steps.pop();
            self.change(free, -by);
        }
    }

    /// Notes the change if it will do, and makes up for the dearest cell that has no room.
    fn go_on(&mut self, depth: usize) {
        let sign = if self.ask.up { 1 } else { -1 };
        if self.slate.moved[self.ask.cell] * sign < self.least {
            if depth < TRIED.len() {
                self.try_each(self.ask.cell, sign, depth);
            }
            return;
        }
        let cost = self.cost;
        if cost < NEVER && self.best.as_ref().is_none_or(|(best, _)| cost < *best) {
            self.best = Some((cost, self.swaps.spread(&self.steps)));
        }
        let price = |cell: &usize| (self.price(*cell, self.slate.moved[*cell]), *cell);
        let dearest = self.short.iter().map(price).max();
        if let Some((_, cell)) = dearest
            && depth < TRIED.len()
        {
            self.try_each(cell, -self.slate.moved[cell].signum(), depth);
        }
    }

    /// Changes a free number, and what follows from it.
    fn change(&mut self, free: usize, by: i64) {
        for &(cell, times) in &self.swaps.narrow[free] {
            let before = self.price(cell, self.slate.moved[cell]);
            self.slate.moved[cell] += times * by;
            let after = self.price(cell, self.slate.moved[cell]);
            self.cost += after - before;
            self.slate.more[cell].0 = 0;
            match (before, after) {
                (0, 1..) => self.short.insert(cell),
                (1.., 0) => self.short.remove(&cell),
                _ => false,
            };
        }
    }
}

/// Whether a sum may be without room while its free numbers have it.
fn is_narrow(graph: &Graph, cell: usize, row: &Row) -> bool {
    let found = &graph.cells[cell];
    let bounds = |(free, by): &(usize, i64)| {
        let (low, high) = graph.cells[*free].known;
        if *by > 0 {
            (by * low, by.saturating_mul(high))
        } else {
            (by.saturating_mul(high), by * low)
        }
    };
    let sum =
        |end: fn((i64, i64)) -> i64| row.iter().map(bounds).map(end).fold(0, i64::saturating_add);
    let (low, high) = (sum(|ends| ends.0), sum(|ends| ends.1).min(UNBOUNDED));
    let is_within = |(least, most): (i64, i64)| least <= low && high <= most;
    let is_open = is_within(found.known)
        && found.withheld.is_none_or(is_within)
        && (found.is_primary || is_within(found.shown));
    !is_open || found.need.is_some()
}
