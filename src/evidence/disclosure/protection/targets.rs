//! Linear quantities that are protected as counts are, such as one release less another.

use super::Refusal;
use super::build::Built;
use super::graph::{Cell, Need, UNBOUNDED};
use super::instance::{Instance, Measure};

impl Built {
    /// Linear quantities that no table shows, with the equations that define them.
    pub(super) fn add_targets(&mut self, instance: &Instance) -> Result<(), Refusal> {
        for target in &instance.structure.targets {
            let mut equation = Vec::new();
            let mut value = 0;
            let mut need = None;
            for (coefficient, measure, coordinates) in &target.terms {
                let cube = self.cube(measure)?;
                let cell = cube.cell(&cube.find(coordinates)?);
                value += coefficient * self.graph.cells[cell].value;
                equation.push((cell, *coefficient));
                if let Measure::Count { threshold, min_width } =
                    &instance.structure.measures[measure]
                {
                    need = need.max(Some((*threshold, *min_width)));
                }
            }
            let Some((threshold, min_width)) = need else {
                return Err(Refusal::new(format!("target `{}` counts nothing", target.id)));
            };
            let is_sensitive = (1..threshold).contains(&value.abs());
            let cell = self.graph.cells.len();
            self.graph.cells.push(Cell {
                key: format!("target {}", target.id),
                value,
                low: -UNBOUNDED,
                high: UNBOUNDED,
                known: (-UNBOUNDED, UNBOUNDED),
                shown: (-UNBOUNDED, UNBOUNDED),
                withheld: None,
                is_withheld: false,
                is_primary: false,
                need: is_sensitive.then_some(Need::Width(min_width)),
                class: (value, value),
                weight: 0,
            });
            equation.push((cell, -1));
            self.graph.add_equation(equation);
        }
        Ok(())
    }
}
