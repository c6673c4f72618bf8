//! Trees of codes, and the cells of a measure by their codes.

use std::collections::{BTreeMap, BTreeSet};

use super::Refusal;
use super::graph::Block;
use super::instance::{Coordinates, Dimension, Measure, Record, Structure, Table};

/// One dimension, its codes in order of name.
pub(super) struct Tree {
    pub(super) name: String,
    pub(super) codes: Vec<String>,
    /// For each code the codes directly below.
    pub(super) children: Vec<Vec<usize>>,
    parents: Vec<Option<usize>>,
    total: usize,
}

/// The largest number of cells of one measure that is taken on.
const MOST_CELLS: usize = 300_000;

impl Tree {
    pub(super) fn new(name: &str, dimension: &Dimension) -> Result<Tree, Refusal> {
        let refuse = |what: &str| Err(Refusal::new(format!("dimension `{name}`: {what}")));
        let mut codes: BTreeSet<&String> =
            dimension.edges.iter().flat_map(|(child, parent)| [child, parent]).collect();
        codes.insert(&dimension.total);
        let codes: Vec<String> = codes.into_iter().cloned().collect();
        let index = |code: &String| codes.binary_search(code).expect("every code was taken up");
        let mut children = vec![Vec::new(); codes.len()];
        let mut parents = vec![None; codes.len()];
        for (child, parent) in &dimension.edges {
            match parents[index(child)].replace(index(parent)) {
                Some(before) if before == index(parent) => {
                    return refuse(&format!("`{child}` stands twice below `{parent}`"));
                }
                Some(_) => return refuse(&format!("`{child}` stands below two codes")),
                None => children[index(parent)].push(index(child)),
            }
        }
        let total = index(&dimension.total);
        let tree = Tree { name: name.to_owned(), codes, children, parents, total };
        let is_lost = |code: &usize| tree.line(*code).last() != Some(&total);
        if let Some(code) = (0..tree.codes.len()).find(is_lost) {
            return refuse(&format!("`{}` does not stand below the total", tree.codes[code]));
        }
        Ok(tree)
    }

    /// A code and those above it.
    pub(super) fn line(&self, code: usize) -> Vec<usize> {
        let mut line = vec![code];
        // A circle of codes has no end: stop once every code was passed.
        while let Some(parent) = self.parents[line[line.len() - 1]]
            && line.len() <= self.codes.len()
        {
            line.push(parent);
        }
        line
    }

    pub(super) fn code(&self, code: &str) -> Result<usize, Refusal> {
        let found = self.codes.binary_search_by(|known| known.as_str().cmp(code));
        found.map_err(|_| Refusal::new(format!("dimension `{}` has no code `{code}`", self.name)))
    }
}

/// The place of each code: the total first, and every code before those below it, as written.
pub(super) fn order(dimension: &Dimension) -> BTreeMap<&str, usize> {
    let mut below: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (child, parent) in &dimension.edges {
        below.entry(parent).or_default().push(child);
    }
    let mut order = BTreeMap::new();
    let mut waiting = vec![dimension.total.as_str()];
    while let Some(code) = waiting.pop() {
        order.insert(code, order.len());
        waiting.extend(below.get(code).into_iter().flatten().rev());
    }
    order
}

/// All cells of one measure: every combination of codes of its dimensions.
pub(super) struct Cube {
    pub(super) trees: Vec<Tree>,
    /// The number of its first cell in the graph.
    pub(super) first: usize,
}

impl Cube {
    /// The cube of the dimensions that a measure is spread out by anywhere.
    fn new(structure: &Structure, measure: &str, first: usize) -> Result<Cube, Refusal> {
        let mut trees = Vec::new();
        for name in used(structure, measure) {
            let dimension = structure.dims.get(name);
            let dimension =
                dimension.ok_or_else(|| Refusal::new(format!("there is no dimension `{name}`")))?;
            trees.push(Tree::new(name, dimension)?);
        }
        let size = trees.iter().try_fold(1_usize, |size, tree| size.checked_mul(tree.codes.len()));
        if size.is_none_or(|size| size > MOST_CELLS) {
            let message = format!("measure `{measure}` has more than {MOST_CELLS} cells");
            return Err(Refusal::new(message));
        }
        Ok(Cube { trees, first })
    }

    /// How many cells it has.
    pub(super) fn size(&self) -> usize {
        self.trees.iter().map(|tree| tree.codes.len()).product()
    }

    /// The cell at the total of every dimension.
    pub(super) fn grand_total(&self) -> usize {
        self.cell(&self.trees.iter().map(|tree| tree.total).collect::<Vec<_>>())
    }

    /// The number of a cell in the graph.
    pub(super) fn cell(&self, codes: &[usize]) -> usize {
        let within = self.trees.iter().zip(codes).fold(0, |n, (t, code)| n * t.codes.len() + code);
        self.first + within
    }

    /// The codes of a cell.
    pub(super) fn codes(&self, cell: usize) -> Vec<usize> {
        let mut rest = cell - self.first;
        let mut codes = Vec::new();
        for tree in self.trees.iter().rev() {
            codes.push(rest % tree.codes.len());
            rest /= tree.codes.len();
        }
        codes.reverse();
        codes
    }

    /// The codes of coordinates; what is absent is at its total.
    pub(super) fn find(&self, coordinates: &Coordinates) -> Result<Vec<usize>, Refusal> {
        let code = |tree: &Tree| match coordinates.get(&tree.name).filter(|code| !code.is_empty()) {
            Some(code) => tree.code(code),
            None => Ok(tree.total),
        };
        self.trees.iter().map(code).collect()
    }

    /// The codes of a record, which is a leaf of every dimension.
    pub(super) fn leaf(&self, record: &Record) -> Result<Vec<usize>, Refusal> {
        let codes = self.find(&record.coordinates)?;
        for (tree, code) in self.trees.iter().zip(&codes) {
            if !tree.children[*code].is_empty() {
                let (code, name, measure) = (&tree.codes[*code], &tree.name, &record.measure);
                return Err(Refusal::new(format!(
                    "{measure}: the codes of a record are no leaf: `{code}` of `{name}`"
                )));
            }
        }
        Ok(codes)
    }

    /// Whether no cell is below this one.
    pub(super) fn is_leaf(&self, codes: &[usize]) -> bool {
        self.trees.iter().zip(codes).all(|(tree, code)| tree.children[*code].is_empty())
    }

    /// Every cell that a leaf is part of.
    pub(super) fn above(&self, leaf: &[usize]) -> Vec<usize> {
        let mut all = vec![Vec::new()];
        for (tree, code) in self.trees.iter().zip(leaf) {
            let line = tree.line(*code);
            all = spread(&all, &line);
        }
        all.iter().map(|codes| self.cell(codes)).collect()
    }

    /// The cells of a table, in order, with their coordinates.
    pub(super) fn shown(&self, table: &Table) -> Result<Vec<(Coordinates, usize)>, Refusal> {
        let fixed = self.find(&table.filter)?;
        let mut all = vec![Vec::new()];
        for (at, tree) in self.trees.iter().enumerate() {
            let codes: Vec<usize> =
                match (table.dims.contains(&tree.name), table.levels.get(&tree.name)) {
                    (false, _) => vec![fixed[at]],
                    (true, None) => (0..tree.codes.len()).collect(),
                    (true, Some(codes)) => {
                        codes.iter().map(|code| tree.code(code)).collect::<Result<_, _>>()?
                    }
                };
            all = spread(&all, &codes);
        }
        let named = |codes: &Vec<usize>| {
            let pairs = self.trees.iter().zip(codes);
            let spread = pairs.filter(|(tree, _)| table.dims.contains(&tree.name));
            spread.map(|(tree, code)| (tree.name.clone(), tree.codes[*code].clone())).collect()
        };
        Ok(all.iter().map(|codes| (named(codes), self.cell(codes))).collect())
    }

    /// For each cell and dimension with codes below: the cell and its parts.
    pub(super) fn sums(&self) -> Vec<(usize, Vec<usize>)> {
        let mut sums = Vec::new();
        for cell in self.first..self.first + self.size() {
            let codes = self.codes(cell);
            for (at, tree) in self.trees.iter().enumerate() {
                let part = |child: &usize| {
                    let mut codes = codes.clone();
                    codes[at] = *child;
                    self.cell(&codes)
                };
                let children = &tree.children[codes[at]];
                if !children.is_empty() {
                    sums.push((cell, children.iter().map(part).collect()));
                }
            }
        }
        sums
    }

    /// Its trees and cells, as a hint where short changes are to be looked for.
    pub(super) fn block(&self) -> Block {
        Block {
            parents: self.trees.iter().map(|tree| tree.parents.clone()).collect(),
            cells: (self.first..self.first + self.size()).collect(),
        }
    }

    /// A cell in words: its codes.
    pub(super) fn name(&self, measure: &str, cell: usize) -> String {
        let codes = self.codes(cell);
        let words: Vec<&str> =
            self.trees.iter().zip(&codes).map(|(tree, code)| tree.codes[*code].as_str()).collect();
        format!("{measure} {}", words.join("/"))
    }
}

/// All that have one more code at the end.
fn spread(all: &[Vec<usize>], codes: &[usize]) -> Vec<Vec<usize>> {
    let longer = |begin: &Vec<usize>| {
        let begin = begin.clone();
        codes.iter().map(move |code| [begin.as_slice(), &[*code]].concat())
    };
    all.iter().flat_map(longer).collect()
}

/// The dimensions that any table, quotient or wish names for a measure. A count that decides which
/// amounts are sensitive has those of the amounts too.
fn used<'a>(structure: &'a Structure, measure: &str) -> BTreeSet<&'a String> {
    let mut used: BTreeSet<&String> = BTreeSet::new();
    for table in structure.tables.iter().filter(|table| table.measure == measure) {
        used.extend(table.dims.iter().chain(table.filter.keys()));
    }
    for quotient in &structure.ratios {
        for side in [&quotient.num, &quotient.den] {
            if side.measure == measure {
                used.extend(quotient.dims.iter().chain(side.fix.keys()));
            }
        }
    }
    let terms = structure.targets.iter().flat_map(|target| &target.terms);
    let named = terms.map(|(_, measure, coords)| (measure, coords));
    let forced = structure.force_sensitive.iter().map(|forced| (&forced.measure, &forced.coords));
    let places = structure.never_publish.iter().chain(&structure.keep);
    let named = named.chain(forced).chain(places.map(|place| (&place.measure, &place.coords)));
    used.extend(named.filter(|(of, _)| *of == measure).flat_map(|(_, coords)| coords.keys()));
    for (amount, found) in structure.measures.iter() {
        if let Measure::Magnitude { count_measure: Some(count), .. } = found
            && count == measure
        {
            used.extend(self::used(structure, amount));
        }
    }
    // A small leaf of a dimension that nothing is spread out by may be anything up to the sum that
    // it is part of: enough values, if that sum need not have more than the threshold says.
    if let Some(Measure::Count { threshold, min_width }) = structure.measures.get(measure)
        && structure.implied
        && min_width > threshold
    {
        used.extend(structure.dims.keys());
    }
    used
}

/// The cubes of all measures.
pub(super) fn cubes(structure: &Structure) -> Result<BTreeMap<String, Cube>, Refusal> {
    let mut cubes = BTreeMap::new();
    let mut first = 0;
    for measure in structure.measures.keys() {
        let cube = Cube::new(structure, measure, first)?;
        first += cube.size();
        cubes.insert(measure.clone(), cube);
    }
    Ok(cubes)
}
