//! The neighbourhood of a cell.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::super::graph::{Graph, Reader};
use super::super::rooms::{Room, Rooms};

/// Cells, and the equations between them; cells outside do not move.
pub(in super::super) struct Region {
    /// Ascending.
    pub(super) cells: Vec<usize>,
    /// Coefficients by place in `cells`.
    pub(super) equations: Vec<Vec<(usize, i64)>>,
    /// For each place its equations.
    pub(super) places: Vec<Vec<usize>>,
    /// Whether every cell that can move and hangs together with the first is in it.
    pub(in super::super) is_whole: bool,
}

impl Region {
    /// Cells around one that are or could be withheld, nearest and cheapest first, no more than
    /// `size`.
    pub(in super::super) fn around(
        graph: &Graph,
        rooms: &Rooms,
        reader: &Reader,
        (cell, may_withhold): (usize, bool),
        size: usize,
    ) -> Region {
        let mut cells = BTreeSet::new();
        let mut heap = BinaryHeap::from([Reverse((0_i64, cell))]);
        let mut best = BTreeMap::from([(cell, 0_i64)]);
        while let Some(Reverse((far, cell))) = heap.pop() {
            if cells.len() >= size {
                return Region::of(graph, cells, false);
            }
            if !cells.insert(cell) {
                continue;
            }
            for &place in &graph.places[cell] {
                for &(other, _) in &graph.equations[place] {
                    let Some(price) = price(graph, rooms, reader, other, may_withhold) else {
                        continue;
                    };
                    let far = far.saturating_add(price);
                    if best.get(&other).is_none_or(|known| far < *known) {
                        best.insert(other, far);
                        heap.push(Reverse((far, other)));
                    }
                }
            }
        }
        Region::of(graph, cells, true)
    }

    /// Those of some cells that are or could be withheld.
    pub(in super::super) fn within(
        graph: &Graph,
        rooms: &Rooms,
        reader: &Reader,
        (cells, may_withhold): (BTreeSet<usize>, bool),
    ) -> Region {
        let can_move = |cell: &usize| price(graph, rooms, reader, *cell, may_withhold).is_some();
        Region::of(graph, cells.into_iter().filter(can_move).collect(), false)
    }

    /// How many cells there are.
    pub(in super::super) fn size(&self) -> usize {
        self.cells.len()
    }

    /// The equations between these cells.
    fn of(graph: &Graph, cells: BTreeSet<usize>, is_whole: bool) -> Region {
        let cells: Vec<usize> = cells.into_iter().collect();
        let mut place_of = vec![None; graph.cells.len()];
        for (place, cell) in cells.iter().enumerate() {
            place_of[*cell] = Some(place);
        }
        let numbers = cells.iter().flat_map(|cell| &graph.places[*cell]).copied();
        let mut numbers: Vec<usize> = numbers.collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut places = vec![Vec::new(); cells.len()];
        let mut equations = Vec::with_capacity(numbers.len());
        for number in numbers {
            let terms = &graph.equations[number];
            let mut equation = Vec::with_capacity(terms.len());
            for (cell, by) in terms {
                if let Some(place) = place_of[*cell] {
                    equation.push((place, *by));
                    places[place].push(equations.len());
                }
            }
            equations.push(equation);
        }
        Region { cells, equations, places, is_whole }
    }
}

/// How far away a cell counts; `None` if it cannot move.
fn price(
    graph: &Graph,
    rooms: &Rooms,
    reader: &Reader,
    cell: usize,
    may_withhold: bool,
) -> Option<i64> {
    let found = &graph.cells[cell];
    if rooms.of(reader, cell) != Room::default() {
        return Some(1);
    }
    let can = may_withhold
        && found.is_candidate()
        && rooms.hidden(graph, reader, cell) != Room::default();
    can.then(|| found.weight.clamp(1, 1 << 20) + 1)
}
