//! From an instance to the cell graph, with the primary rules (disclosure §1, §4).

use std::collections::{BTreeMap, BTreeSet};

use super::dimensions::{Cube, cubes};
use super::graph::{Cell, Graph, Need, Reader, UNBOUNDED};
use super::holders::Holders;
use super::instance::{Coordinates, Instance, Measure, Table};
use super::markers::Markers;
use super::published::{intervals, published_text};
use super::quotients::Shown;
use super::sensitive::{Level, class};
use super::{MOST, Refusal};

/// A graph with what is needed to write its tables.
pub(super) struct Built {
    pub(super) graph: Graph,
    pub(super) cubes: BTreeMap<String, Cube>,
    /// Table, coordinates and cell of each figure of the tables that are not frozen.
    pub(super) figures: Vec<(usize, Coordinates, usize)>,
    /// The cells of these figures.
    pub(super) published: BTreeSet<usize>,
    /// Cells that an earlier release withheld.
    pub(super) withheld_before: BTreeSet<usize>,
    /// Quotients that are not frozen.
    pub(super) quotients: Vec<Shown>,
    pub(super) markers: Markers,
    pub(super) holders: Holders,
    pub(super) level: Level,
}

/// No weight is greater, so that a sum of them stays exact.
const HEAVY: i64 = 1 << 30;

/// A cell of which nothing is known but that it is not negative.
pub(super) fn free(key: String, value: i64) -> Cell {
    Cell {
        key,
        value,
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
    }
}

impl Built {
    /// Builds the graph: records are added up, equations stated, tables published by the primary
    /// rules, and what must be protected is noted. The instance was checked before.
    pub(super) fn new(instance: &Instance, level: Level) -> Result<Built, Refusal> {
        let cubes = cubes(&instance.structure)?;
        let mut built = Built {
            graph: Graph::default(),
            cubes,
            figures: Vec::new(),
            published: BTreeSet::new(),
            withheld_before: BTreeSet::new(),
            quotients: Vec::new(),
            markers: Markers::new(&instance.structure),
            holders: Holders::default(),
            level,
        };
        for (measure, cube) in &built.cubes {
            for cell in cube.first..cube.first + cube.size() {
                let mut found = free(cube.name(measure, cell), 0);
                found.class = (0, 0);
                built.graph.cells.push(found);
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
        built.list_figures(instance)?;
        built.graph.blocks = built.cubes.values().map(Cube::block).collect();
        built.needs(instance)?;
        built.publish(instance)?;
        built.hold(instance)?;
        built.withhold_primary()?;
        built.add_targets(instance)?;
        built.add_quotients(instance)?;
        Ok(built)
    }

    fn add_up(&mut self, instance: &Instance) -> Result<(), Refusal> {
        for record in &instance.truth {
            let cube = &self.cubes[&record.measure];
            for cell in cube.above(&cube.leaf(record)?) {
                let found = &mut self.graph.cells[cell];
                // Each is less than the limit, so the sum of two is a number.
                found.value += record.value;
                if found.value >= MOST {
                    return Err(Refusal::new(format!("{}: too large a sum", found.key)));
                }
                self.holders.add(&record.holder, cell, record.value);
            }
        }
        self.holders.sort();
        for (measure, cube) in &self.cubes {
            for found in &mut self.graph.cells[cube.first..cube.first + cube.size()] {
                found.class = class(&instance.structure.measures[measure], found.value);
            }
        }
        Ok(())
    }

    fn list_figures(&mut self, instance: &Instance) -> Result<(), Refusal> {
        let structure = &instance.structure;
        for (number, table) in structure.tables.iter().enumerate() {
            if structure.frozen_tables.contains(&table.id) {
                continue;
            }
            for (coordinates, cell) in self.cube(&table.measure)?.shown(table)? {
                self.published.insert(cell);
                self.figures.push((number, coordinates, cell));
            }
        }
        Ok(())
    }

    /// What must stay possible of the cells of each measure: of those in tables, earlier ones
    /// included, and of leaves.
    fn needs(&mut self, instance: &Instance) -> Result<(), Refusal> {
        let structure = &instance.structure;
        let mut in_tables = self.published.clone();
        for table in &structure.tables {
            let cells = self.cube(&table.measure)?.shown(table)?;
            in_tables.extend(cells.into_iter().map(|(_, cell)| cell));
        }
        let mut asked = Vec::new();
        for (measure, cube) in &self.cubes {
            for cell in cube.first..cube.first + cube.size() {
                let is_implied = structure.implied && cube.is_leaf(&cube.codes(cell));
                if (in_tables.contains(&cell) || is_implied)
                    && let Some(need) = self.need_of(instance, measure, cell)?
                {
                    asked.push((measure.clone(), cell, need));
                }
            }
        }
        for place in &structure.never_publish {
            let cell = self.find(&place.measure, &place.coords)?;
            let need = match &structure.measures[&place.measure] {
                Measure::Count { min_width, .. } => Need::Width(*min_width),
                Measure::Magnitude { p, .. } => self.amount_need(cell, *p),
            };
            asked.push((place.measure.clone(), cell, need));
        }
        for (measure, cell, need) in asked {
            self.ask(cell, need);
            if let Measure::Magnitude { p, .. } = structure.measures[&measure] {
                let is_of_few = self.is_of_few(instance, &measure, cell)?;
                self.add_copies(cell, p, is_of_few);
            }
        }
        for forced in &structure.force_sensitive {
            let cell = self.find(&forced.measure, &forced.coords)?;
            self.ask(cell, Need::Span(forced.lo, forced.hi));
        }
        Ok(())
    }

    /// Shows every figure of the tables that are not frozen, and notes which may be withheld.
    fn publish(&mut self, instance: &Instance) -> Result<(), Refusal> {
        let structure = &instance.structure;
        for (number, _, cell) in &self.figures {
            let table = &structure.tables[*number];
            let found = &mut self.graph.cells[*cell];
            show(found, table, &structure.measures[&table.measure])?;
            found.withheld = self.markers.of(found.value).map(|(_, learnt)| learnt);
            found.weight = (found.class.0 + 8).min(HEAVY);
        }
        for (measure, cube) in &self.cubes {
            let weights = &self.graph.cells[cube.first..cube.first + cube.size()];
            let all: i64 = weights.iter().map(|cell| cell.weight.min(HEAVY)).sum();
            // The total of everything is what a table is read for first: dearer than all others.
            if self.published.contains(&cube.grand_total()) {
                self.graph.cells[cube.grand_total()].weight = all.min(HEAVY);
            }
            for place in structure.keep.iter().filter(|place| place.measure == *measure) {
                let found = &mut self.graph.cells[cube.cell(&cube.find(&place.coords)?)];
                if found.is_primary {
                    let message =
                        format!("{}: it is to be kept, but a rule withholds it", found.key);
                    return Err(Refusal::new(message));
                }
                found.withheld = None;
            }
        }
        Ok(())
    }

    /// Withholds what is sensitive by itself.
    fn withhold_primary(&mut self) -> Result<(), Refusal> {
        let mut reasons = Vec::new();
        for cell in &self.published {
            let found = &mut self.graph.cells[*cell];
            if found.is_primary {
                found.withhold();
                if !found.is_withheld {
                    reasons.push(format!("{}: no marker may stand for it", found.key));
                }
            }
        }
        Refusal::unless_empty(reasons)
    }

    /// The cells of a measure.
    pub(super) fn cube(&self, measure: &str) -> Result<&Cube, Refusal> {
        let cube = self.cubes.get(measure);
        cube.ok_or_else(|| Refusal::new(format!("there is no measure `{measure}`")))
    }

    /// A cell by its measure and codes.
    pub(super) fn find(&self, measure: &str, coords: &Coordinates) -> Result<usize, Refusal> {
        let cube = self.cube(measure)?;
        Ok(cube.cell(&cube.find(coords)?))
    }

    /// Whether a table that is not frozen has this cell.
    pub(super) fn is_published(&self, cell: usize) -> bool {
        self.published.contains(&cell)
    }

    /// Somebody from outside, and each contributor.
    pub(super) fn readers(&self, instance: &Instance) -> Vec<Reader> {
        let amounts = instance
            .structure
            .measures
            .iter()
            .filter(|(_, measure)| matches!(measure, Measure::Magnitude { .. }))
            .map(|(name, _)| &self.cubes[name]);
        let amounts: Vec<&Cube> = amounts.collect();
        self.holders.readers(&self.graph, |cell| {
            amounts.iter().any(|cube| (cube.first..cube.first + cube.size()).contains(&cell))
        })
    }
}

/// What a reader learns of a cell while a table shows it. Several tables may.
fn show(found: &mut Cell, table: &Table, measure: &Measure) -> Result<(), Refusal> {
    let text = published_text(table, measure, found.value);
    if let Some(text) = &text {
        let [(low, high), _] = intervals(table, measure, text)?;
        found.low = found.low.max(low);
        found.high = found.high.min(high);
        found.shown = (found.low, found.high);
    }
    found.is_primary |= text.is_none() || found.need.is_some();
    Ok(())
}
