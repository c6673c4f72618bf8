//! The answer to a graph that was protected before.
//!
//! What `rounds` withholds follows from the graph and the readers and from nothing else.
//! So both, byte by byte, are a question whose answer can be kept (`evidence::private`). An answer
//! counts only if it has the shape of one; that what it tells is safe is looked at by the audit of
//! the finished site, which knows nothing of this.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Block, Cell, Graph, Need, Reader};
use super::rounds::{self, Unprotected};
use crate::evidence::private::Cache;

/// How a graph is protected: with what number before the question.
type Way = (usize, fn(&mut Graph, Vec<Reader>) -> Unprotected);

/// Withholds what must be withheld, as [`rounds::protect_unseen`] does, or as it did before.
pub(in crate::evidence::disclosure) fn protect_unseen(
    graph: &mut Graph,
    readers: Vec<Reader>,
    cache: &Cache,
) -> Unprotected {
    protect(graph, readers, ((0, rounds::protect_unseen), cache))
}

/// The same as [`rounds::protect_by_truth`].
pub(in crate::evidence::disclosure) fn protect_by_truth(
    graph: &mut Graph,
    readers: Vec<Reader>,
    cache: &Cache,
) -> Unprotected {
    protect(graph, readers, ((1, rounds::protect_by_truth), cache))
}

fn protect(
    graph: &mut Graph,
    readers: Vec<Reader>,
    ((number, anew), cache): (Way, &Cache),
) -> Unprotected {
    if !cache.is_kept() {
        return anew(graph, readers);
    }
    let question = question(number, graph, &readers);
    let known = cache.recall(&question);
    if let Some(answer) = known.and_then(|bytes| Answer::read(&bytes, graph)) {
        cache.count_answered();
        return answer.apply(graph);
    }
    cache.count_missed();
    let found = anew(graph, readers);
    cache.keep(&question, &Answer::of(graph, &found).bytes());
    found
}

/// Everything that the answer follows from. Whoever adds to these types must add it here, or it
/// does not compile.
fn question(way: usize, graph: &Graph, readers: &[Reader]) -> Vec<u8> {
    // Where cells stand follows from the equations.
    let Graph { cells, equations, places: _, blocks, parts } = graph;
    let mut out = Out::default();
    out.count(way);
    out.count(cells.len());
    cells.iter().for_each(|cell| out.cell(cell));
    out.count(equations.len());
    for equation in equations {
        out.count(equation.len());
        for (cell, by) in equation {
            out.count(*cell);
            out.number(*by);
        }
    }
    out.count(blocks.len());
    for Block { parents, cells } in blocks {
        out.count(parents.len());
        for tree in parents {
            out.count(tree.len());
            tree.iter().for_each(|above| out.count(above.map_or(0, |above| above + 1)));
        }
        out.counts(cells.iter().copied());
    }
    out.count(parts.len());
    for (cell, part) in parts {
        out.count(*cell);
        out.count(*part);
    }
    out.count(readers.len());
    for Reader { knows, owns } in readers {
        out.count(knows.len());
        for (cell, bounds) in knows {
            out.count(*cell);
            out.pair(*bounds);
        }
        out.counts(owns.iter().copied());
    }
    out.bytes
}

/// Whole numbers in a row, eight bytes each.
#[derive(Default)]
struct Out {
    bytes: Vec<u8>,
}

impl Out {
    fn number(&mut self, number: i64) {
        self.bytes.extend(number.to_le_bytes());
    }

    fn count(&mut self, count: usize) {
        self.bytes.extend((count as u64).to_le_bytes());
    }

    fn counts(&mut self, all: impl ExactSizeIterator<Item = usize>) {
        self.count(all.len());
        all.for_each(|one| self.count(one));
    }

    fn pair(&mut self, (one, other): (i64, i64)) {
        self.number(one);
        self.number(other);
    }

    fn cell(&mut self, cell: &Cell) {
        let Cell {
            key,
            value,
            low,
            high,
            known,
            shown,
            withheld,
            is_withheld,
            is_primary,
            need,
            class,
            weight,
        } = cell;
        self.count(key.len());
        self.bytes.extend(key.as_bytes());
        [*value, *low, *high, *weight].into_iter().for_each(|number| self.number(number));
        [*known, *shown, *class].into_iter().for_each(|bounds| self.pair(bounds));
        self.count(usize::from(withheld.is_some()));
        withheld.iter().for_each(|bounds| self.pair(*bounds));
        self.count(usize::from(*is_withheld));
        self.count(usize::from(*is_primary));
        match need {
            None => self.count(0),
            Some(Need::Width(width)) => {
                self.count(1);
                self.number(*width);
            }
            Some(Need::Span(low, high)) => {
                self.count(2);
                self.pair((*low, *high));
            }
            Some(Need::Around(down, up)) => {
                self.count(3);
                self.pair((*down, *up));
            }
        }
    }
}

/// What was found, by numbers of cells.
struct Answer {
    withheld: BTreeSet<usize>,
    lost: BTreeSet<usize>,
    open: BTreeSet<usize>,
    retried: BTreeSet<usize>,
    has_no_stand_in: bool,
    protects: BTreeMap<usize, usize>,
}

impl Answer {
    fn of(graph: &Graph, found: &Unprotected) -> Answer {
        let cells = graph.cells.iter().enumerate();
        Answer {
            withheld: cells.filter(|(_, cell)| cell.is_withheld).map(|(cell, _)| cell).collect(),
            lost: found.lost.clone(),
            open: found.open.clone(),
            retried: found.retried.clone(),
            has_no_stand_in: found.has_no_stand_in,
            protects: found.protects.clone(),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut out = Out::default();
        for cells in [&self.withheld, &self.lost, &self.open, &self.retried] {
            out.counts(cells.iter().copied());
        }
        out.count(usize::from(self.has_no_stand_in));
        out.count(self.protects.len());
        for (cell, other) in &self.protects {
            out.count(*cell);
            out.count(*other);
        }
        out.bytes
    }

    /// Reads an answer; nothing if it could not be one for this graph: if it names cells that are
    /// not there, withholds what cannot be withheld, or shows what is too small to be shown.
    fn read(bytes: &[u8], graph: &Graph) -> Option<Answer> {
        let mut from = From { bytes, cells: graph.cells.len() };
        let [withheld, lost, open, retried] = [(); 4].map(|()| from.cells());
        let (withheld, lost) = (withheld?, lost?);
        let (open, retried) = (open?, retried?);
        let has_no_stand_in = match from.count()? {
            0 => false,
            1 => true,
            _ => return None,
        };
        let mut protects = BTreeMap::new();
        for _ in 0..from.count()? {
            protects.insert(from.cell()?, from.cell()?);
        }
        let can_be = |(cell, found): (usize, &Cell)| match withheld.contains(&cell) {
            true => found.withheld.is_some() || found.is_withheld,
            false => !found.is_primary,
        };
        let is_sensitive = |cell: &usize| graph.cells[*cell].need.is_some();
        let is_one = from.bytes.is_empty()
            && graph.cells.iter().enumerate().all(can_be)
            && [&lost, &open, &retried].into_iter().flatten().all(is_sensitive)
            && protects.values().all(is_sensitive)
            && protects.keys().all(|cell| withheld.contains(cell));
        is_one.then_some(Answer { withheld, lost, open, retried, has_no_stand_in, protects })
    }

    fn apply(self, graph: &mut Graph) -> Unprotected {
        graph.places.resize(graph.cells.len(), Vec::new());
        for (cell, found) in graph.cells.iter_mut().enumerate() {
            match (self.withheld.contains(&cell), found.is_withheld) {
                (true, false) => found.withhold(),
                (false, true) => found.show(),
                _ => {}
            }
        }
        Unprotected {
            lost: self.lost,
            open: self.open,
            retried: self.retried,
            has_no_stand_in: self.has_no_stand_in,
            protects: self.protects,
            #[cfg(test)]
            left: BTreeMap::new(),
        }
    }
}

/// What is left to be read, and how many cells there are.
struct From<'b> {
    bytes: &'b [u8],
    cells: usize,
}

impl From<'_> {
    fn count(&mut self) -> Option<usize> {
        let (first, rest) = self.bytes.split_first_chunk()?;
        self.bytes = rest;
        usize::try_from(u64::from_le_bytes(*first)).ok()
    }

    fn cell(&mut self) -> Option<usize> {
        self.count().filter(|cell| *cell < self.cells)
    }

    fn cells(&mut self) -> Option<BTreeSet<usize>> {
        let count = self.count().filter(|count| *count <= self.cells)?;
        (0..count).map(|_| self.cell()).collect()
    }
}

#[cfg(test)]
mod tests;
