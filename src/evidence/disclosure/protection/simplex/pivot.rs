//! How the point and the basis change with a step.

use super::super::solved::{NEGLIGIBLE, settled};
use super::{Place, Simplex, Way};

impl Simplex {
    pub(super) fn move_by(&mut self, way: Way, length: f64) {
        if length == 0.0 {
            return;
        }
        let by = way.sign * length;
        let entering = self.outside[way.column];
        self.at[entering] = settled(self.at[entering] + by);
        let width = self.outside.len();
        for (line, &variable) in self.basis.iter().enumerate() {
            let rate = self.table[line * width + way.column];
            if rate != 0.0 {
                self.at[variable] = settled(self.at[variable] + by * rate);
            }
        }
    }

    /// Exchanges the variable of a line for one outside the basis.
    pub(super) fn pivot(&mut self, line: usize, column: usize) {
        let width = self.outside.len();
        let mut pivot: Vec<f64> = self.line(line).to_vec();
        let by = pivot[column];
        for value in &mut pivot {
            *value = settled(-*value / by);
        }
        pivot[column] = 1.0 / by;
        for other in 0..self.basis.len() {
            let row = &mut self.table[other * width..(other + 1) * width];
            let times = row[column];
            if other == line || times == 0.0 {
                continue;
            }
            row[column] = 0.0;
            for (value, add) in row.iter_mut().zip(&pivot) {
                *value += times * add;
                if value.abs() < NEGLIGIBLE {
                    *value = 0.0;
                }
            }
        }
        self.table[line * width..(line + 1) * width].copy_from_slice(&pivot);
        let (leaving, entering) = (self.basis[line], self.outside[column]);
        self.basis[line] = entering;
        self.outside[column] = leaving;
        self.place[leaving] = Place::Column(column);
        self.place[entering] = Place::Line(line);
    }
}
