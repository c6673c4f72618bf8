//! How the point and the basis change with a step.

use super::super::solved::{NEGLIGIBLE, settled};
use super::{NEVER, PLAY, Place, Simplex, Variable, Way};

impl Simplex {
    /// The lines in which a column stands, with what it adds to each per unit.
    pub(super) fn column(&self, column: usize) -> Vec<(usize, f64)> {
        let width = self.outside.len();
        let lines = self.table.iter().skip(column).step_by(width.max(1)).enumerate();
        lines.filter(|(_, by)| **by != 0.0).map(|(line, by)| (line, *by)).collect()
    }

    pub(super) fn move_by(&mut self, way: Way, length: f64, column: &[(usize, f64)]) {
        if length == 0.0 {
            return;
        }
        let by = way.sign * length;
        let entering = self.outside[way.column];
        self.at[entering] = settled(self.at[entering] + by);
        for &(line, rate) in column {
            let variable = self.basis[line];
            self.at[variable] = settled(self.at[variable] + by * rate);
        }
    }

    /// Exchanges the variable of a line for one outside the basis, of which the lines are given.
    pub(super) fn pivot(&mut self, line: usize, column: usize, lines: &[(usize, f64)]) {
        let width = self.outside.len();
        let by = self.table[line * width + column];
        let row = self.table[line * width..(line + 1) * width].iter().enumerate();
        // Most of a line is nought.
        let mut pivot: Vec<(usize, f64)> = row
            .filter(|(at, value)| **value != 0.0 && *at != column)
            .map(|(at, value)| (at, settled(-*value / by)))
            .collect();
        for &(other, times) in lines.iter().filter(|(other, _)| *other != line) {
            let row = &mut self.table[other * width..(other + 1) * width];
            for &(at, add) in &pivot {
                let value = row[at] + times * add;
                row[at] = if value.abs() < NEGLIGIBLE { 0.0 } else { value };
            }
            row[column] = times / by;
        }
        pivot.push((column, 1.0 / by));
        for (at, value) in pivot {
            self.table[line * width + at] = value;
        }
        let (leaving, entering) = (self.basis[line], self.outside[column]);
        self.basis[line] = entering;
        self.outside[column] = leaving;
        self.place[leaving] = Place::Column(column);
        self.place[entering] = Place::Line(line);
        self.price(column);
    }

    /// Notes what it costs per unit to move the variable of a column by itself.
    pub(super) fn price(&mut self, column: usize) {
        let variable = self.outside[column];
        let Variable { low, high, price } = self.variables[variable];
        let at = self.at[variable];
        let down = if at > PLAY { -price } else { price };
        let up = if at < -PLAY { -price } else { price };
        self.own[column] = [
            if at > low + NEGLIGIBLE { down } else { NEVER },
            if at < high - NEGLIGIBLE { up } else { NEVER },
        ];
    }
}
