//! Linear quantities that are protected as counts are, such as one release less another.

use std::collections::BTreeMap;

use super::Refusal;
use super::build::{Built, free};
use super::graph::{Cell, Need, UNBOUNDED};
use super::instance::{Instance, Measure, Target};

impl Built {
    /// Linear quantities that no table shows, with the equations that define them. One is sensitive
    /// where a count of its size would be, below nought as well as above: two people fewer are two
    /// people. It needs what the strictest of its counts does.
    pub(super) fn add_targets(&mut self, instance: &Instance) -> Result<(), Refusal> {
        for target in &instance.structure.targets {
            let (threshold, min_width) = strictest(instance, target)?;
            let mut terms: BTreeMap<usize, i64> = BTreeMap::new();
            let mut value = 0_i128;
            for (coefficient, measure, coordinates) in &target.terms {
                let cube = self.cube(measure)?;
                let cell = cube.cell(&cube.find(coordinates)?);
                *terms.entry(cell).or_default() += coefficient;
                value += i128::from(*coefficient) * i128::from(self.graph.cells[cell].value);
            }
            let value = i64::try_from(value).ok().filter(|value| value.abs() < NO_END / 2);
            let value = value
                .ok_or_else(|| Refusal::new(format!("target `{}` is too large", target.id)))?;
            let cell = self.graph.cells.len();
            self.graph.cells.push(Cell {
                low: -NO_END,
                high: NO_END,
                known: (-NO_END, NO_END),
                shown: (-NO_END, NO_END),
                class: class(value, threshold),
                need: (1..threshold).contains(&value.abs()).then_some(Need::Width(min_width)),
                ..free(format!("target {}", target.id), value)
            });
            let mut equation: Vec<(usize, i64)> =
                terms.into_iter().filter(|(_, by)| *by != 0).collect();
            equation.push((cell, -1));
            self.graph.add_equation(equation);
        }
        Ok(())
    }
}

/// Further than any sum of cells.
const NO_END: i64 = i64::MAX / 4;

/// The threshold and the width of the counts that a target is made of.
fn strictest(instance: &Instance, target: &Target) -> Result<(i64, i64), Refusal> {
    let mut found = None;
    for (_, measure, _) in &target.terms {
        if let Measure::Count { threshold, min_width } = instance.structure.measures[measure] {
            let (most, width) = found.unwrap_or((0, 0));
            found = Some((threshold.max(most), min_width.max(width)));
        }
    }
    found.ok_or_else(|| Refusal::new(format!("target `{}` counts nothing", target.id)))
}

/// Small below nought, small above, or anything else.
fn class(value: i64, threshold: i64) -> (i64, i64) {
    match value {
        value if (1..threshold).contains(&value) => (1, threshold - 1),
        value if (1..threshold).contains(&-value) => (1 - threshold, -1),
        _ => (-UNBOUNDED, UNBOUNDED),
    }
}
