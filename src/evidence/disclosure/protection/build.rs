//! From an instance to the cell graph, with the primary rules (disclosure §1, §4).

use std::collections::{BTreeMap, BTreeSet};

use super::Refusal;
use super::dimensions::{Cube, cubes};
use super::graph::{Cell, Graph, Need, Reader, UNBOUNDED};
use super::instance::{Coordinates, Instance, Table};
use super::published::{interval, published_text};
use super::sensitive::class;

/// A graph with what is needed to write its tables.
pub(super) struct Built {
    pub(super) graph: Graph,
    pub(super) cubes: BTreeMap<String, Cube>,
    /// Table, coordinates and cell of each figure of the tables that are not frozen.
    pub(super) figures: Vec<(usize, Coordinates, usize)>,
    /// The marker of every withheld cell.
    pub(super) marker: String,
    /// What each contributor added to each cell.
    pub(super) holdings: BTreeMap<String, BTreeMap<usize, i64>>,
    /// How many contributors a cell has.
    pub(super) holders: Vec<usize>,
}

impl Built {
    /// Builds the graph: records are added up, equations stated, tables published by the primary
    /// rules, and what must be protected is noted.
    pub(super) fn new(instance: &Instance) -> Result<Built, Refusal> {
        let structure = &instance.structure;
        let (cubes, size) = cubes(structure)?;
        let (marker, meaning) = widest_marker(instance)?;
        let mut built = Built {
            graph: Graph::default(),
            cubes,
            figures: Vec::new(),
            marker,
            holdings: BTreeMap::new(),
            holders: vec![0; size],
        };
        for (measure, cube) in &built.cubes {
            for cell in cube.first..cube.first + cube.size() {
                built.graph.cells.push(Cell {
                    key: cube.name(measure, cell),
                    value: 0,
                    low: 0,
                    high: UNBOUNDED,
                    known: (0, UNBOUNDED),
                    shown: (0, UNBOUNDED),
                    withheld: None,
                    is_withheld: false,
                    is_primary: false,
                    need: None,
                    class: (0, UNBOUNDED),
                    weight: 0,
                });
            }
        }
        built.add_up(instance)?;
        for cube in built.cubes.values() {
            for (cell, parts) in cube.sums() {
                let mut equation = vec![(cell, -1)];
                equation.extend(parts.into_iter().map(|part| (part, 1)));
                built.graph.add_equation(equation);
            }
        }
        built.graph.blocks = built.cubes.values().map(Cube::block).collect();
        built.needs(instance)?;
        built.publish(instance, meaning)?;
        super::frozen::hold(instance, &mut built)?;
        built.add_targets(instance)?;
        built.withhold_primary()?;
        Ok(built)
    }

    fn add_up(&mut self, instance: &Instance) -> Result<(), Refusal> {
        for record in &instance.truth {
            let Some(cube) = self.cubes.get(&record.measure) else {
                return Err(Refusal::new(format!("there is no measure `{}`", record.measure)));
            };
            if !(0..UNBOUNDED / 1024).contains(&record.value) {
                return Err(Refusal::new("a record is negative or too large".to_owned()));
            }
            for cell in cube.above(&cube.leaf(&record.coordinates)?) {
                self.graph.cells[cell].value += record.value;
                if !record.holder.is_empty() && record.value > 0 {
                    let held = self.holdings.entry(record.holder.clone()).or_default();
                    *held.entry(cell).or_default() += record.value;
                }
            }
        }
        for cell in self.holdings.values().flat_map(BTreeMap::keys) {
            self.holders[*cell] += 1;
        }
        Ok(())
    }

    /// What must stay possible of the cells of each measure.
    fn needs(&mut self, instance: &Instance) -> Result<(), Refusal> {
        let structure = &instance.structure;
        let mut published = BTreeSet::new();
        for table in &structure.tables {
            let cells = self.cube(&table.measure)?.shown(table)?;
            published.extend(cells.into_iter().map(|(_, cell)| cell));
        }
        for (measure, cube) in &self.cubes {
            for cell in cube.first..cube.first + cube.size() {
                let codes = cube.codes(cell);
                let is_implied = structure.implied && cube.is_leaf(&codes);
                if published.contains(&cell) || is_implied {
                    let need = self.need_of(instance, measure, cell)?;
                    self.graph.cells[cell].need = need;
                }
            }
        }
        for forced in &structure.force_sensitive {
            let cube = self.cube(&forced.measure)?;
            let cell = cube.cell(&cube.find(&forced.coords)?);
            let value = self.graph.cells[cell].value;
            if !(forced.lo..=forced.hi).contains(&value) {
                let key = &self.graph.cells[cell].key;
                return Err(Refusal::new(format!("{key}: the interval misses the value")));
            }
            self.graph.cells[cell].need = Some(Need::Span(forced.lo, forced.hi));
        }
        Ok(())
    }

    /// Shows every figure of the tables that are not frozen, and notes which may be withheld.
    fn publish(&mut self, instance: &Instance, meaning: (i64, i64)) -> Result<(), Refusal> {
        let structure = &instance.structure;
        for (number, table) in structure.tables.iter().enumerate() {
            let figures = self.cube(&table.measure)?.shown(table)?;
            if structure.frozen_tables.contains(&table.id) {
                continue;
            }
            for (coordinates, cell) in figures {
                self.show(instance, table, cell, meaning)?;
                self.figures.push((number, coordinates, cell));
            }
        }
        Ok(())
    }

    fn show(
        &mut self,
        instance: &Instance,
        table: &Table,
        cell: usize,
        meaning: (i64, i64),
    ) -> Result<(), Refusal> {
        let measure = &instance.structure.measures[&table.measure];
        let found = &mut self.graph.cells[cell];
        let text = published_text(table, measure, found.value);
        let (low, high) = match &text {
            Some(text) => interval(table, measure, text)?,
            None => (found.low, found.high),
        };
        found.low = found.low.max(low);
        found.high = found.high.min(high);
        found.shown = (found.low, found.high);
        found.is_primary |= text.is_none() || found.need.is_some();
        found.withheld = (meaning.0..=meaning.1).contains(&found.value).then_some(meaning);
        found.class = class(measure, found.value);
        found.weight = found.class.0 + 8;
        Ok(())
    }

    /// Withholds what is sensitive by itself.
    fn withhold_primary(&mut self) -> Result<(), Refusal> {
        let mut cells: Vec<usize> = self.figures.iter().map(|(_, _, cell)| *cell).collect();
        cells.sort_unstable();
        cells.dedup();
        for cell in cells {
            let found = &mut self.graph.cells[cell];
            if !found.is_primary {
                continue;
            }
            if found.withheld.is_none() {
                let message = format!("{}: the marker does not admit what it must hide", found.key);
                return Err(Refusal::new(message));
            }
            found.withhold();
        }
        Ok(())
    }

    /// The cells of a measure.
    pub(super) fn cube(&self, measure: &str) -> Result<&Cube, Refusal> {
        let cube = self.cubes.get(measure);
        cube.ok_or_else(|| Refusal::new(format!("there is no measure `{measure}`")))
    }
}

/// Somebody from outside, and each contributor, who knows its own part of every cell.
pub(super) fn readers(built: &Built) -> Vec<Reader> {
    let mut readers = vec![Reader::default()];
    for held in built.holdings.values() {
        let mut reader = Reader::default();
        for (&cell, &own) in held {
            let is_amount = matches!(built.graph.cells[cell].need, Some(Need::Span(..)));
            let is_alone = built.holders[cell] == 1;
            let most = if is_alone { own } else { i64::MAX };
            reader.knows.insert(cell, (own, most));
            // What others contributed to the same amount is what p% looks after.
            if is_alone || is_amount {
                reader.owns.insert(cell);
            }
        }
        readers.push(reader);
    }
    readers
}

/// One marker in every output (disclosure §9): the one that says least.
fn widest_marker(instance: &Instance) -> Result<(String, (i64, i64)), Refusal> {
    let meaning = |(low, high): &(Option<i64>, Option<i64>)| {
        (low.unwrap_or(0).max(0), high.unwrap_or(UNBOUNDED).min(UNBOUNDED))
    };
    let markers = instance.structure.markers.iter();
    let all = markers.map(|(marker, ends)| (marker.clone(), meaning(ends)));
    all.min_by_key(|(marker, (low, high))| (*low, -*high, marker.clone()))
        .ok_or_else(|| Refusal::new("there is no marker".to_owned()))
}
