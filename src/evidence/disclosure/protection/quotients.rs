//! Quotients: what they tell of their two sides, and which may be shown (disclosure §6).
//!
//! A quotient is withheld where either side is withheld, or sensitive without being published.
//! Where both sides are known exactly it adds nothing. Otherwise (rounded sides, or sides that no
//! table shows) what it says becomes part of the graph, and it is given up if no proof holds with
//! it. It is always that of the true numbers, so that whoever reads it as such is right.

use super::Refusal;
use super::build::{Built, free};
use super::graph::Cell;
use super::instance::{Coordinates, Instance, Measure, Operand, Quotient, Row, Table};

/// Further than any side of a quotient.
const NO_END: i64 = i64::MAX / 4;
/// No coefficient of a quotient is greater, so that sums of cells stay whole numbers of 64 bits.
const LARGEST: i64 = 1 << 28;
/// What giving one up costs: less than withholding any figure.
const WEIGHT: i64 = 4;

/// A quotient that may be shown.
pub(super) struct Shown {
    row: Row,
    /// The cells above and below.
    sides: [usize; 2],
    /// What it says, where that is more than is known; none of these may be withheld.
    statements: Vec<usize>,
    /// The text, unless it must be withheld whatever the others do.
    text: Option<String>,
}

/// What a quotient with these digits says of its sides.
pub(super) struct Reading {
    key: String,
    /// Coefficients of the number above.
    above: i64,
    /// Twice the digits.
    double: i64,
}

impl Reading {
    /// A published quotient q, rounded to half a unit h of its last digit, says that
    /// (q - h) den <= scale num <= (q + h) den.
    pub(super) fn new(quotient: &Quotient, digits: i64) -> Result<Reading, Refusal> {
        let above =
            unit(quotient).and_then(|unit| unit.checked_mul(2)?.checked_mul(quotient.scale));
        let double = digits.checked_mul(2).filter(|double| *double < LARGEST);
        match (above.filter(|above| *above < LARGEST), double) {
            (Some(above), Some(double)) => Ok(Reading { key: quotient.id.clone(), above, double }),
            _ => Err(too_large(quotient)),
        }
    }
}

impl Built {
    /// Lists the quotients that are not frozen, and states what they say beyond what is known.
    pub(super) fn add_quotients(&mut self, instance: &Instance) -> Result<(), Refusal> {
        let structure = &instance.structure;
        for quotient in &structure.ratios {
            if structure.frozen_tables.contains(&quotient.id) {
                continue;
            }
            for (coordinates, _) in self.cube(&quotient.num.measure)?.shown(&spread(quotient))? {
                let above = self.side(&quotient.num, &coordinates)?;
                let below = self.side(&quotient.den, &coordinates)?;
                let values = [above, below].map(|cell| self.graph.cells[cell].value);
                let is_hidden = self.is_hidden(instance, &quotient.num, above)?
                    || self.is_hidden(instance, &quotient.den, below)?;
                let mut shown = Shown {
                    row: Row { table: quotient.id.clone(), coordinates, value: String::new() },
                    sides: [above, below],
                    statements: Vec::new(),
                    text: None,
                };
                if values[1] > 0 && !is_hidden {
                    let digits = rounded(quotient, values)?;
                    shown.text = Some(fixed(digits, quotient.decimals));
                    if ![above, below].iter().all(|cell| self.is_exact(*cell)) {
                        let reading = Reading::new(quotient, digits)?;
                        let free = Some((-NO_END, NO_END));
                        shown.statements = self.state(&reading, (above, below), free)?;
                    }
                }
                self.quotients.push(shown);
            }
        }
        Ok(())
    }

    /// The quotients as they are published, once it is known what is withheld.
    pub(super) fn quotient_rows(&self) -> Vec<Row> {
        let row = |shown: &Shown| {
            let cells = shown.sides.iter().chain(&shown.statements);
            let is_withheld = cells.into_iter().any(|cell| self.graph.cells[*cell].is_withheld);
            let value = match &shown.text {
                Some(text) if !is_withheld => text.clone(),
                _ => self.markers.first().to_owned(),
            };
            Row { value, ..shown.row.clone() }
        };
        self.quotients.iter().map(row).collect()
    }

    /// States what a quotient says as two cells that take up what is left on either side. Where
    /// the true quotient is not half-way between two texts, no rule of rounding lets a reader think
    /// it is.
    pub(super) fn state(
        &mut self,
        reading: &Reading,
        (above, below): (usize, usize),
        withheld: Option<(i64, i64)>,
    ) -> Result<Vec<usize>, Refusal> {
        let Reading { key, above: times, double } = reading;
        let sides =
            [[(above, *times), (below, 1 - double)], [(above, -times), (below, double + 1)]];
        let mut cells = Vec::new();
        for side in sides {
            let divisor = divisor(side[0].1, side[1].1);
            let mut equation = side.map(|(cell, by)| (cell, by / divisor)).to_vec();
            let part = |(cell, by): &(usize, i64)| {
                i128::from(self.graph.cells[*cell].value) * i128::from(*by)
            };
            let name = &self.graph.cells[above].key;
            let value = i64::try_from(equation.iter().map(part).sum::<i128>());
            let Some(value) = value.ok().filter(|value| value.abs() < NO_END / 2) else {
                return Err(Refusal::new(format!("{key} {name}: too large a quotient")));
            };
            if value < 0 {
                let message = format!("{key} {name}: the quotient does not agree with the records");
                return Err(Refusal::new(message));
            }
            let said = (value.min(1), NO_END);
            let cell = Cell {
                low: said.0,
                high: said.1,
                known: if withheld.is_some() { (-NO_END, NO_END) } else { said },
                shown: said,
                withheld,
                class: said,
                weight: WEIGHT,
                ..free(format!("{key} {name}"), value)
            };
            equation.push((self.graph.cells.len(), -1));
            cells.push(self.graph.cells.len());
            self.graph.cells.push(cell);
            self.graph.add_equation(equation);
        }
        Ok(cells)
    }

    /// The cell of one side of a quotient.
    pub(super) fn side(&self, side: &Operand, spread: &Coordinates) -> Result<usize, Refusal> {
        let mut coordinates = side.fix.clone();
        coordinates.extend(spread.iter().map(|(name, code)| (name.clone(), code.clone())));
        self.find(&side.measure, &coordinates)
    }

    fn is_hidden(&self, instance: &Instance, side: &Operand, cell: usize) -> Result<bool, Refusal> {
        let found = &self.graph.cells[cell];
        let is_small = match &instance.structure.measures[&side.measure] {
            Measure::Count { threshold, .. } => (1..*threshold).contains(&found.value),
            Measure::Magnitude { .. } => self.need_of(instance, &side.measure, cell)?.is_some(),
        };
        Ok(is_small
            || found.is_withheld
            || found.need.is_some()
            || (self.withheld_before.contains(&cell) && !self.is_published(cell)))
    }

    fn is_exact(&self, cell: usize) -> bool {
        let found = &self.graph.cells[cell];
        found.shown.0 == found.shown.1
    }
}

/// A quotient as the table of the number above.
pub(super) fn spread(quotient: &Quotient) -> Table {
    Table {
        id: quotient.id.clone(),
        measure: quotient.num.measure.clone(),
        dims: quotient.dims.clone(),
        filter: quotient.num.fix.clone(),
        levels: std::collections::BTreeMap::new(),
        rounding: None,
        zero_exact: None,
        min_shown: None,
    }
}

fn unit(quotient: &Quotient) -> Option<i64> {
    10_i64.checked_pow(quotient.decimals)
}

fn too_large(quotient: &Quotient) -> Refusal {
    Refusal::new(format!("`{}`: scale or decimals are too large for its numbers", quotient.id))
}

/// The quotient in units of the last digit, halves rounded up.
fn rounded(quotient: &Quotient, [above, below]: [i64; 2]) -> Result<i64, Refusal> {
    let double = |unit: i64| {
        let scaled = i128::from(above).checked_mul(i128::from(quotient.scale) * 2)?;
        scaled.checked_mul(i128::from(unit))?.checked_add(i128::from(below))
    };
    let digits = unit(quotient).and_then(double).map(|double| double / (2 * i128::from(below)));
    digits.and_then(|digits| i64::try_from(digits).ok()).ok_or_else(|| too_large(quotient))
}

/// A number of units of the last digit, with its point.
fn fixed(digits: i64, decimals: u32) -> String {
    let width = decimals as usize;
    let text = format!("{digits:0>least$}", least = width + 1);
    match text.split_at(text.len() - width) {
        (whole, "") => whole.to_owned(),
        (whole, part) => format!("{whole}.{part}"),
    }
}

/// A number with at most so many digits after the point, in units of the last. Noughts in the end
/// may be missing or too many.
pub(super) fn digits(text: &str, decimals: u32) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let decimals = decimals as usize;
    let part = format!("{:0<decimals$}", part.trim_end_matches('0'));
    let all = format!("{whole}{part}");
    let is_number = !whole.is_empty() && all.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && part.len() == decimals).then(|| all.parse().ok()).flatten()
}

/// The greatest number that divides both.
pub(super) fn divisor(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_as_they_are_written() {
        for (text, decimals, found) in
            [("0", 0, 0), ("12", 0, 12), ("0.05", 2, 5), ("7.3", 1, 73), ("120.00", 2, 12_000)]
        {
            assert_eq!(digits(text, decimals), Some(found), "{text}");
            assert_eq!(fixed(found, decimals), text);
        }
        assert_eq!(digits("7.5", 2), Some(750));
        assert_eq!(digits("7.50", 1), Some(75));
        for text in ["", "-1", "7.55", "a", "1e3", ".", "1.2.3"] {
            assert_eq!(digits(text, 1), None, "{text}");
        }
    }
}
