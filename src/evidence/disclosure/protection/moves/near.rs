//! The part of a cube around one of its cells: where a linear programme looks for a change that is
//! no product of lines.

use std::collections::{BTreeSet, VecDeque};

use super::lines::way;
use super::{Ask, Graph, Moves, Reader, Rooms, Search, Shape};

/// So many cells of close kin at most.
const MOST_KIN: usize = 1_000;

impl Moves {
    /// Cells around one in its cube, as all combinations of some codes of each tree: its own, those
    /// above it and the parts of all these; then the cheapest others, of the smallest tree first,
    /// until there would be more than `most`. Sums of the cube are nearly whole within it, so that
    /// changes which keep them are found there. Where the first alone are more than
    /// [`MOST_KIN`], as with four trees, the cheapest of these parts. `None` outside cubes.
    pub(in super::super) fn near(
        &self,
        (graph, rooms, reader): (&Graph, &Rooms, &Reader),
        ask: Ask,
        most: usize,
    ) -> Option<BTreeSet<usize>> {
        let (search, (block, place)) = self.search(graph, rooms, reader, ask)?;
        let shape = search.shape;
        let trees = graph.blocks[block].parents.iter().enumerate();
        let mut codes: Vec<BTreeSet<usize>> =
            trees.map(|(tree, parents)| kin(parents, shape.code(place, tree))).collect();
        if size(&codes) > MOST_KIN {
            codes = search.cheapest_kin(&graph.blocks[block].parents, place, &codes, most);
        }
        let mut order: Vec<usize> = (0..codes.len()).collect();
        order.sort_by_key(|tree| (shape.sizes[*tree], *tree));
        for tree in order {
            let others = codes.iter().enumerate().filter(|(other, _)| *other != tree);
            let others: usize = others.map(|(_, codes)| codes.len()).product();
            let room = (most / others.max(1)).saturating_sub(codes[tree].len());
            let more = search.by_price(place, tree, &codes[tree]);
            codes[tree].extend(more.into_iter().take(room));
        }
        let mut places = vec![0];
        for (codes, step) in codes.iter().zip(&shape.steps) {
            let along = |at: &usize| codes.iter().map(|code| at + code * step).collect::<Vec<_>>();
            places = places.iter().flat_map(along).collect();
        }
        let cells = places.into_iter().map(|place| shape.cells[place]).collect();
        Some(self.with_tied(graph, cells))
    }

    /// Some cells of cubes, and those outside that have to follow where they move.
    fn with_tied(&self, graph: &Graph, mut cells: BTreeSet<usize>) -> BTreeSet<usize> {
        let tied = cells.iter().filter(|cell| self.is_tied[**cell]);
        let places = tied.flat_map(|cell| &graph.places[*cell]);
        let others = places.flat_map(|place| &graph.equations[*place]).map(|(cell, _)| *cell);
        let outside: Vec<usize> = others.filter(|cell| self.places[*cell].is_none()).collect();
        cells.extend(outside);
        cells
    }
}

impl Shape {
    /// The code of a tree at a place.
    pub(super) fn code(&self, place: usize, tree: usize) -> usize {
        place / self.steps[tree] % self.sizes[tree]
    }
}

impl Search<'_> {
    /// Of too many kin its own codes, those above, and the cheapest others, of each tree in turn.
    fn cheapest_kin(
        &self,
        parents: &[Vec<Option<usize>>],
        place: usize,
        kin: &[BTreeSet<usize>],
        most: usize,
    ) -> Vec<BTreeSet<usize>> {
        let trees = parents.iter().enumerate();
        let above = trees.map(|(tree, parents)| way(parents, self.shape.code(place, tree)));
        let mut codes: Vec<BTreeSet<usize>> =
            above.map(|codes| codes.into_iter().collect()).collect();
        let others = |(tree, kin): (usize, &BTreeSet<usize>)| {
            let others = self.by_price(place, tree, &codes[tree]).into_iter();
            others.filter(|code| kin.contains(code)).collect()
        };
        let mut others: Vec<VecDeque<usize>> = kin.iter().enumerate().map(others).collect();
        loop {
            let fits = |tree: &usize| {
                let length = codes[*tree].len();
                !others[*tree].is_empty() && size(&codes) / length * (length + 1) <= most
            };
            let next = (0..kin.len()).filter(fits).min_by_key(|tree| (codes[*tree].len(), *tree));
            let Some(tree) = next else { return codes };
            codes[tree].extend(others[tree].pop_front());
        }
    }

    /// The codes of a tree that are not there yet, by what it costs to move the cell that has each
    /// in the place of its own.
    fn by_price(&self, place: usize, tree: usize, known: &BTreeSet<usize>) -> Vec<usize> {
        let from = self.shape.code(place, tree);
        let price = |code: usize| {
            let cell = self.shape.cells[self.moved(place, tree, from, code)];
            let prices = [true, false].into_iter().filter_map(|with| self.price(cell, with));
            prices.min().unwrap_or(i64::MAX)
        };
        let left = (0..self.shape.sizes[tree]).filter(|code| !known.contains(code));
        let mut left: Vec<(i64, usize)> = left.map(|code| (price(code), code)).collect();
        left.sort_unstable();
        left.into_iter().map(|(_, code)| code).collect()
    }
}

/// How many combinations there are.
fn size(codes: &[BTreeSet<usize>]) -> usize {
    codes.iter().map(BTreeSet::len).product()
}

/// A code, those above it, and the parts of all these.
fn kin(parents: &[Option<usize>], code: usize) -> BTreeSet<usize> {
    let above = way(parents, code);
    let is_kin = |other: &usize| {
        above.contains(other) || parents[*other].is_some_and(|parent| above.contains(&parent))
    };
    (0..parents.len()).filter(is_kin).collect()
}
