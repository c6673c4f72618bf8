//! What the published rows say, as bounds and equations over all cells of the grid.

use std::collections::BTreeMap;

use super::model::{Instance, Measure, Operand, Quotient, Row, Structure, Table};

use super::truth::{Key, Truth, children, grid, key};

/// Stands for "no upper bound". No table of the tests comes near it.
pub(super) const ENDLESS: i64 = 1 << 30;

/// A linear form that lies between two numbers.
#[derive(Clone)]
pub(super) struct Line {
    pub(super) terms: Vec<(usize, i64)>,
    pub(super) low: i64,
    pub(super) high: i64,
}

/// All that the attacker knows.
#[derive(Clone)]
pub(super) struct World {
    /// The least and the greatest value of each variable.
    pub(super) bounds: Vec<(i64, i64)>,
    pub(super) lines: Vec<Line>,
    /// The lines that each variable stands in.
    pub(super) lines_of: Vec<Vec<usize>>,
    /// The table that is true: one that agrees with everything, and where searches begin.
    pub(super) true_values: Vec<i64>,
    /// The variable of each cell.
    pub(super) variables: BTreeMap<Key, usize>,
}

impl World {
    /// What anybody knows before anything is published: which cells add up to which, and that all
    /// are whole and not negative.
    pub(super) fn unpublished(structure: &Structure, truth: &Truth) -> World {
        let mut world = World {
            bounds: Vec::new(),
            lines: Vec::new(),
            lines_of: Vec::new(),
            true_values: Vec::new(),
            variables: BTreeMap::new(),
        };
        for measure in structure.measures.keys() {
            let cells = grid(structure, measure);
            for cell in &cells {
                let variable = world.variable((0, ENDLESS), truth.value(cell));
                world.variables.insert(cell.clone(), variable);
            }
            for cell in &cells {
                world.add_sums(structure, cell);
            }
        }
        for target in &structure.targets {
            let terms: Vec<(usize, i64)> = target
                .terms
                .iter()
                .map(|(factor, measure, codes)| {
                    (world.variables[&key(structure, measure, &[codes])], *factor)
                })
                .collect();
            let value = terms.iter().map(|(at, factor)| factor * world.true_values[*at]).sum();
            let variable = world.variable((-ENDLESS, ENDLESS), value);
            let name = (format!("target {}", target.id), Vec::new());
            world.variables.insert(name, variable);
            world.add_line([terms, vec![(variable, -1)]].concat(), 0, 0);
        }
        world
    }

    /// The same with published rows.
    pub(super) fn published(instance: &Instance, truth: &Truth, rows: &[Row]) -> World {
        let structure = &instance.structure;
        let mut world = World::unpublished(structure, truth);
        for row in rows {
            if let Some(table) = structure.tables.iter().find(|table| table.id == row.table) {
                let cell = key(structure, &table.measure, &[&row.coordinates, &table.filter]);
                let (low, high) = read(structure, table, &row.value);
                world.tighten(world.variables[&cell], low, high);
            }
            if let Some(quotient) = structure.ratios.iter().find(|ratio| ratio.id == row.table) {
                world.add_quotient(structure, quotient, row);
            }
        }
        world
    }

    fn variable(&mut self, bounds: (i64, i64), true_value: i64) -> usize {
        self.bounds.push(bounds);
        self.lines_of.push(Vec::new());
        self.true_values.push(true_value);
        self.bounds.len() - 1
    }

    pub(super) fn add_line(&mut self, terms: Vec<(usize, i64)>, low: i64, high: i64) {
        for (variable, _) in &terms {
            self.lines_of[*variable].push(self.lines.len());
        }
        self.lines.push(Line { terms, low, high });
    }

    pub(super) fn tighten(&mut self, variable: usize, low: i64, high: i64) {
        let known = &mut self.bounds[variable];
        *known = (known.0.max(low), known.1.min(high));
    }

    /// A cell is the sum of those below it, in each dimension by itself.
    fn add_sums(&mut self, structure: &Structure, cell: &Key) {
        for (at, dim) in structure.dims.values().enumerate() {
            let below = children(dim, &cell.1[at]);
            if below.is_empty() {
                continue;
            }
            let mut terms = vec![(self.variables[cell], -1)];
            for code in below {
                let mut part = cell.clone();
                part.1[at].clone_from(code);
                terms.push((self.variables[&part], 1));
            }
            self.add_line(terms, 0, 0);
        }
    }

    /// A shown quotient: scale × numerator / denominator lies within half a unit of its last digit.
    fn add_quotient(&mut self, structure: &Structure, quotient: &Quotient, row: &Row) {
        let Some(shown) = decimal(&row.value, quotient.decimals) else {
            return;
        };
        let side = |operand: &Operand| {
            self.variables[&key(structure, &operand.measure, &[&row.coordinates, &operand.fix])]
        };
        let (above, below) = (side(&quotient.num), side(&quotient.den));
        let unit = 2 * quotient.scale * 10_i64.pow(quotient.decimals);
        self.tighten(below, 1, ENDLESS);
        let endless = ENDLESS * unit.max(2 * shown + 1);
        self.add_line(vec![(above, unit), (below, -(2 * shown - 1))], 0, endless);
        self.add_line(vec![(below, 2 * shown + 1), (above, -unit)], 0, endless);
    }

    /// True if a table agrees with everything that is known.
    pub(super) fn admits(&self, values: &[i64]) -> bool {
        let within = |(value, (low, high)): (&i64, &(i64, i64))| low <= value && value <= high;
        let holds = |line: &Line| {
            let sum: i64 = line.terms.iter().map(|(at, factor)| factor * values[*at]).sum();
            line.low <= sum && sum <= line.high
        };
        values.iter().zip(&self.bounds).all(within) && self.lines.iter().all(holds)
    }
}

/// What a reader learns from one figure of a table: the least and the greatest value.
///
/// A number is the nearest multiple of what the table rounds to. A number of people that is shown
/// is nought or not small.
fn read(structure: &Structure, table: &Table, text: &str) -> (i64, i64) {
    if let Some((low, high)) = structure.markers.get(text) {
        return (low.unwrap_or(0), high.unwrap_or(ENDLESS));
    }
    let shown: i64 = text.parse().unwrap_or_else(|_| panic!("{}: `{text}`", table.id));
    let half = table.rounding.unwrap_or(1) / 2;
    let (mut low, mut high) = ((shown - half).max(0), shown + half);
    if shown == 0 && table.zero_exact == Some(true) {
        high = 0;
    }
    if shown > 0 && table.zero_exact == Some(true) {
        low = low.max(1);
    }
    if let Measure::Count { threshold, .. } = structure.measures[&table.measure] {
        assert!(half < threshold, "what is rounded to nought is small");
        if shown == 0 {
            high = 0;
        } else {
            low = low.max(threshold);
        }
    }
    (low, high)
}

/// A number with so many digits after the point, without the point; nothing for a marker.
pub(super) fn decimal(text: &str, digits: u32) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let wanted = usize::try_from(digits).expect("a few digits");
    if part.len() > wanted || !part.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    format!("{whole}{part:0<wanted$}").parse().ok()
}
