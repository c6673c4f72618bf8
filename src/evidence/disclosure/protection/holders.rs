//! Who contributed what, and what each contributor may not find out about the others.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Graph, Reader};

/// The parts of all contributors.
#[derive(Default)]
pub(super) struct Holders {
    /// What each added to each cell, where that is more than nought. Records without a name count
    /// as one contributor, who is nobody's reader.
    parts: BTreeMap<String, BTreeMap<usize, i64>>,
    /// The three largest parts of a cell, largest first, with the number of contributors.
    most: BTreeMap<usize, (Vec<i64>, usize)>,
    /// Copies of cells that ask for what one contributor may not find out.
    copies: Vec<(String, usize)>,
}

impl Holders {
    /// Takes in what a record adds to a cell.
    pub(super) fn add(&mut self, holder: &str, cell: usize, value: i64) {
        if value > 0 {
            let held = self.parts.entry(holder.to_owned()).or_default();
            *held.entry(cell).or_default() += value;
        }
    }

    /// Sorts the parts, once all are in.
    pub(super) fn sort(&mut self) {
        for held in self.parts.values() {
            for (&cell, &value) in held {
                let (largest, count) = self.most.entry(cell).or_default();
                *count += 1;
                largest.push(value);
                largest.sort_unstable_by(|a, b| b.cmp(a));
                largest.truncate(3);
            }
        }
    }

    /// The largest parts of a cell, at most three.
    pub(super) fn largest(&self, cell: usize) -> &[i64] {
        self.most.get(&cell).map_or(&[], |(largest, _)| largest)
    }

    /// How many contributed to a cell.
    pub(super) fn count(&self, cell: usize) -> usize {
        self.most.get(&cell).map_or(0, |(_, count)| *count)
    }

    /// The named contributors of a cell, with their parts.
    pub(super) fn named(&self, cell: usize) -> Vec<(String, i64)> {
        let named = self.parts.iter().filter(|(name, _)| !name.is_empty());
        named.filter_map(|(name, held)| Some((name.clone(), *held.get(&cell)?))).collect()
    }

    /// Notes a copy of a cell that is a secret to one contributor only.
    pub(super) fn add_copy(&mut self, holder: String, copy: usize) {
        self.copies.push((holder, copy));
    }

    /// Somebody from outside, and each contributor, who knows its own part of every cell and that
    /// it is alone where it is.
    pub(super) fn readers(&self, graph: &Graph, is_amount: impl Fn(usize) -> bool) -> Vec<Reader> {
        let copies: BTreeSet<usize> = self.copies.iter().map(|(_, copy)| *copy).collect();
        // What a copy asks for is less than what its cell asks for against everybody.
        let mut readers = vec![Reader::default()];
        for (name, held) in self.parts.iter().filter(|(name, _)| !name.is_empty()) {
            let mut reader = Reader { owns: copies.clone(), ..Reader::default() };
            let own = self.copies.iter().filter(|(holder, _)| holder == name);
            for (_, copy) in own {
                reader.owns.remove(copy);
            }
            for (&cell, &part) in held {
                let is_alone = self.count(cell) == 1;
                reader.knows.insert(cell, (part, if is_alone { part } else { i64::MAX }));
                // Of an amount that it shares, a copy says what it may not find out.
                if is_alone || (graph.cells[cell].need.is_some() && is_amount(cell)) {
                    reader.owns.insert(cell);
                }
            }
            readers.push(reader);
        }
        readers
    }
}
