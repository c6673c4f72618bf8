//! Short changes of a cube that keep every sum (disclosure §5 C).
//!
//! In one tree, the way from a leaf upwards less the way from another leaf upwards, both to below
//! where they meet, changes no sum; nor does the whole way from a leaf to the root. The product of
//! one such line for each tree changes no sum of the cube. Eight cells of a table with three
//! dimensions are the usual case.

mod lines;
mod near;
mod swaps;

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Block, Graph, Reader};
use super::rooms::Rooms;
use super::witness::Change;
use lines::{Line, lines, ways};
pub(super) use swaps::Swaps;

/// So many lines of each tree are tried together, cheapest first.
const TRIED: usize = 24;
/// So many combinations are begun in one search.
const BEGUN: usize = 4_000;

/// The cubes of a graph, and the lines of their trees.
pub(super) struct Moves {
    blocks: Vec<Shape>,
    /// For each cell its block and its place there.
    places: Vec<Option<(usize, usize)>>,
    /// Whether a cell stands in an equation with one that is in no block.
    is_tied: Vec<bool>,
    /// Where there are no cubes.
    pub(super) swaps: Option<Swaps>,
}

struct Shape {
    cells: Vec<usize>,
    /// For each tree how far the next code is, in places.
    steps: Vec<usize>,
    sizes: Vec<usize>,
    /// For each tree and code the lines.
    lines: Vec<Vec<Vec<Line>>>,
}

/// What is asked of a search.
#[derive(Clone, Copy)]
pub(super) struct Ask {
    pub(super) cell: usize,
    pub(super) up: bool,
    /// How many times the change must be possible.
    pub(super) times: i64,
    /// Whether other cells may be withheld for it.
    pub(super) may_withhold: bool,
}

/// A change, with what must be withheld for it and what that costs.
pub(super) struct Found {
    pub(super) cost: i64,
    pub(super) withhold: Vec<usize>,
    pub(super) change: Change,
}

/// Where a search stands.
struct Search<'a> {
    graph: &'a Graph,
    rooms: &'a Rooms,
    reader: &'a Reader,
    ask: Ask,
    shape: &'a Shape,
    moves: &'a Moves,
    /// Lines of each tree that are still to be chosen, with the least that they cost.
    lines: Vec<(i64, usize, Vec<&'a Line>)>,
    begun: usize,
    best: Option<(i64, Change)>,
}

impl Moves {
    pub(super) fn new(graph: &Graph) -> Moves {
        let mut places = vec![None; graph.cells.len()];
        let blocks: Vec<Shape> = graph.blocks.iter().map(Shape::new).collect();
        for (number, shape) in blocks.iter().enumerate() {
            for (place, cell) in shape.cells.iter().enumerate() {
                if let Some(found) = places.get_mut(*cell) {
                    *found = Some((number, place));
                }
            }
        }
        let mut is_tied = vec![false; graph.cells.len()];
        for equation in &graph.equations {
            if equation.iter().any(|(cell, _)| places[*cell].is_none()) {
                for (cell, _) in equation {
                    is_tied[*cell] = true;
                }
            }
        }
        let swaps = if blocks.is_empty() { Swaps::new(graph) } else { None };
        Moves { blocks, places, is_tied, swaps }
    }

    /// The cheapest product of lines that moves a cell as asked; `None` if there is none among
    /// those tried.
    pub(super) fn cheapest(
        &self,
        graph: &Graph,
        rooms: &Rooms,
        reader: &Reader,
        ask: Ask,
    ) -> Option<Found> {
        if let Some(swaps) = &self.swaps {
            let one = swaps.cheapest(graph, rooms, reader, (ask, 1));
            let at_once = || {
                let times = ask.times;
                swaps.cheapest(graph, rooms, reader, (Ask { times: 1, ..ask }, times))
            };
            return match one {
                Some(Found { cost: 0, .. }) => one,
                _ if ask.times == 1 => one,
                None => at_once(),
                Some(one) => Some(at_once().filter(|found| found.cost < one.cost).unwrap_or(one)),
            };
        }
        let (mut search, (_, place)) = self.search(graph, rooms, reader, ask)?;
        search.price(ask.cell, true)?;
        search.choose_lines(place)?;
        search.extend(0, &[(place, 1)], 0);
        let (cost, change) = search.best.take()?;
        let has_no_room =
            |&&(cell, by): &&(usize, i64)| rooms.of(reader, cell).times(by) < ask.times;
        let withhold = change.iter().filter(has_no_room).map(|(cell, _)| *cell).collect();
        Some(Found { cost, withhold, change })
    }

    /// The beginning of a search, with the block of its cell and its place there; `None` outside
    /// cubes.
    fn search<'a>(
        &'a self,
        graph: &'a Graph,
        rooms: &'a Rooms,
        reader: &'a Reader,
        ask: Ask,
    ) -> Option<(Search<'a>, (usize, usize))> {
        let (block, place) = self.places[ask.cell]?;
        let shape = &self.blocks[block];
        let (moves, lines) = (self, Vec::new());
        let search =
            Search { graph, rooms, reader, ask, shape, moves, lines, begun: 0, best: None };
        Some((search, (block, place)))
    }
}

impl Shape {
    fn new(block: &Block) -> Shape {
        let sizes: Vec<usize> = block.parents.iter().map(Vec::len).collect();
        let steps = (0..sizes.len()).map(|at| sizes[at + 1..].iter().product()).collect();
        let is_whole = sizes.iter().product::<usize>() == block.cells.len();
        let cells = if is_whole { block.cells.clone() } else { Vec::new() };
        let all = |parents: &Vec<Option<usize>>| {
            let ways = ways(parents);
            (0..parents.len()).map(|code| lines(&ways, code)).collect()
        };
        Shape { cells, steps, sizes, lines: block.parents.iter().map(all).collect() }
    }
}

impl<'a> Search<'a> {
    /// What it costs that a cell moves with the one asked for, or against it.
    fn price(&self, cell: usize, with: bool) -> Option<i64> {
        let up = self.ask.up == with;
        if self.rooms.of(self.reader, cell).towards(up) >= self.ask.times {
            return Some(0);
        }
        let found = &self.graph.cells[cell];
        let can = self.ask.may_withhold
            && found.is_candidate()
            && self.rooms.hidden(self.graph, self.reader, cell).towards(up) >= self.ask.times;
        can.then_some(found.weight.max(1))
    }

    /// Finds the cheapest lines of each tree; each stands in every product that has it.
    fn choose_lines(&mut self, place: usize) -> Option<()> {
        for tree in 0..self.shape.sizes.len() {
            let code = self.shape.code(place, tree);
            let mut priced: Vec<(i64, usize, &Line)> = Vec::new();
            for (at, line) in self.shape.lines[tree][code].iter().enumerate() {
                let mut cost = 0;
                let is_possible = line[1..].iter().all(|&(other, by)| {
                    let place = self.moved(place, tree, code, other);
                    let price = self.price(self.shape.cells[place], by > 0);
                    cost += price.unwrap_or(0);
                    price.is_some()
                });
                if is_possible {
                    priced.push((cost, at, line));
                }
            }
            priced.sort_by_key(|(cost, at, _)| (*cost, *at));
            priced.truncate(TRIED);
            let least = priced.first()?.0;
            self.lines.push((least, tree, priced.into_iter().map(|(_, _, line)| line).collect()));
        }
        self.lines.sort_by_key(|(_, tree, lines)| (lines.len(), *tree));
        Some(())
    }

    /// A product as a change of cells, with those outside the blocks that have to follow, such as
    /// the difference between two of them.
    fn completed(&self, support: &[(usize, i64)], mut cost: i64) -> Option<(i64, Change)> {
        let sign = if self.ask.up { 1 } else { -1 };
        let cells = support.iter().map(|&(place, by)| (self.shape.cells[place], by * sign));
        let mut change: BTreeMap<usize, i64> = cells.collect();
        let tied: Vec<usize> =
            change.keys().copied().filter(|cell| self.moves.is_tied[*cell]).collect();
        let places: BTreeSet<usize> =
            tied.iter().flat_map(|cell| self.graph.places[*cell].iter().copied()).collect();
        for place in places {
            let equation = &self.graph.equations[place];
            let moved = |(cell, by): &(usize, i64)| change.get(cell).map(|moved| moved * by);
            let sum: i64 = equation.iter().filter_map(moved).sum();
            if sum == 0 {
                continue;
            }
            let is_free = |(cell, by): &&(usize, i64)| {
                self.moves.places[*cell].is_none() && by.abs() == 1 && !change.contains_key(cell)
            };
            let &(cell, by) = equation.iter().find(is_free)?;
            change.insert(cell, -sum * by);
            let room = self.rooms.of(self.reader, cell).times(-sum * by);
            if room < self.ask.times {
                let hidden = self.rooms.hidden(self.graph, self.reader, cell).times(-sum * by);
                let found = &self.graph.cells[cell];
                let can = self.ask.may_withhold && found.is_candidate();
                if !can || hidden < self.ask.times {
                    return None;
                }
                cost += found.weight.max(1);
            }
        }
        Some((cost, change.into_iter().collect()))
    }

    fn moved(&self, place: usize, tree: usize, from: usize, to: usize) -> usize {
        let step = self.shape.steps[tree];
        place - from * step + to * step
    }

    /// Chooses a line of the next tree.
    fn extend(&mut self, next: usize, support: &[(usize, i64)], cost: i64) {
        let left: i64 =
            self.lines[next.min(self.lines.len())..].iter().map(|(least, ..)| least).sum();
        if self.best.as_ref().is_some_and(|(best, _)| cost + left >= *best) {
            return;
        }
        if next == self.lines.len() {
            if let Some((cost, change)) = self.completed(support, cost)
                && self.best.as_ref().is_none_or(|(best, _)| cost < *best)
            {
                self.best = Some((cost, change));
            }
            return;
        }
        let tree = self.lines[next].1;
        for at in 0..self.lines[next].2.len() {
            self.begun += 1;
            if self.begun > BEGUN {
                return;
            }
            let line = self.lines[next].2[at];
            if let Some((longer, cost)) = self.times(tree, line, support, cost) {
                self.extend(next + 1, &longer, cost);
            }
        }
    }

    /// What has been chosen, times a line.
    fn times(
        &self,
        tree: usize,
        line: &Line,
        support: &[(usize, i64)],
        mut cost: i64,
    ) -> Option<(Vec<(usize, i64)>, i64)> {
        let mut longer = Vec::with_capacity(support.len() * line.len());
        longer.extend_from_slice(support);
        for &(code, by) in &line[1..] {
            for &(place, sign) in support {
                let place = self.moved(place, tree, line[0].0, code);
                cost += self.price(self.shape.cells[place], by * sign > 0)?;
                if self.best.as_ref().is_some_and(|(best, _)| cost >= *best) {
                    return None;
                }
                longer.push((place, by * sign));
            }
        }
        Some((longer, cost))
    }
}
