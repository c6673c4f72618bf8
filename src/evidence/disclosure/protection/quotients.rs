//! Quotients of published numbers.

use std::collections::BTreeSet;

use super::Refusal;
use super::build::Built;
use super::frozen::operand;
use super::instance::{Coordinates, Instance, Row, Table};

/// New quotients: shown where both sides are shown exactly, so that they add nothing.
pub(super) fn rows(instance: &Instance, built: &Built) -> Result<Vec<Row>, Refusal> {
    let structure = &instance.structure;
    let exact: BTreeSet<usize> = built
        .figures
        .iter()
        .map(|(_, _, cell)| *cell)
        .filter(|cell| {
            let found = &built.graph.cells[*cell];
            !found.is_withheld && found.low == found.high
        })
        .collect();
    let mut rows = Vec::new();
    for quotient in &structure.ratios {
        if structure.frozen_tables.contains(&quotient.id) {
            continue;
        }
        let spread = Table {
            id: quotient.id.clone(),
            measure: quotient.num.measure.clone(),
            dims: quotient.dims.clone(),
            filter: Coordinates::new(),
            levels: std::collections::BTreeMap::new(),
            rounding: None,
            zero_exact: None,
            min_shown: None,
        };
        for (coordinates, _) in built.cube(&quotient.num.measure)?.shown(&spread)? {
            let mut row =
                Row { table: quotient.id.clone(), coordinates, value: built.marker.clone() };
            let numerator = operand(built, quotient, &quotient.num, &row)?;
            let denominator = operand(built, quotient, &quotient.den, &row)?;
            let [above, below] = [numerator, denominator].map(|cell| built.graph.cells[cell].value);
            let is_known = exact.contains(&numerator) && exact.contains(&denominator);
            if is_known && below > 0 {
                let scaled = above * quotient.scale * 10_i64.pow(quotient.decimals.min(6));
                row.value = fixed((2 * scaled + below) / (2 * below), quotient.decimals.min(6));
            }
            rows.push(row);
        }
    }
    Ok(rows)
}

/// A number of units of the last digit, with its point.
fn fixed(digits: i64, decimals: u32) -> String {
    match decimals {
        0 => digits.to_string(),
        decimals => {
            let unit = 10_i64.pow(decimals);
            format!("{}.{:0width$}", digits / unit, digits % unit, width = decimals as usize)
        }
    }
}
