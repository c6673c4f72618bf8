//! What is published already: nothing may be added to it or taken back (disclosure §10).

use super::Refusal;
use super::build::Built;
use super::graph::{Cell, UNBOUNDED};
use super::instance::{Instance, Operand, Quotient, Row};
use super::published::interval;

/// Narrows every cell to what an earlier release tells of it, and states its quotients.
pub(super) fn hold(instance: &Instance, built: &mut Built) -> Result<(), Refusal> {
    let structure = &instance.structure;
    for row in &instance.frozen {
        if !structure.frozen_tables.contains(&row.table) {
            return Err(Refusal::new(format!("`{}` is not among the frozen tables", row.table)));
        }
        let quotient = structure.ratios.iter().find(|quotient| quotient.id == row.table);
        let (low, high) = match (quotient, instance.structure.markers.get(&row.value)) {
            (Some(_), Some(_)) => continue,
            (Some(quotient), None) => {
                state(built, quotient, row)?;
                continue;
            }
            (None, Some((low, high))) => (low.unwrap_or(0), high.unwrap_or(UNBOUNDED)),
            (None, None) => {
                let table = structure.tables.iter().find(|table| table.id == row.table);
                let table = table
                    .ok_or_else(|| Refusal::new(format!("there is no table `{}`", row.table)))?;
                interval(table, &structure.measures[&table.measure], &row.value)?
            }
        };
        let table = structure.tables.iter().find(|table| table.id == row.table);
        let Some(table) = table else { continue };
        let cube = built.cube(&table.measure)?;
        let mut coordinates = table.filter.clone();
        let spread = row.coordinates.iter().filter(|(name, _)| table.dims.contains(*name));
        coordinates.extend(spread.map(|(name, code)| (name.clone(), code.clone())));
        let cell = cube.cell(&cube.find(&coordinates)?);
        narrow(&mut built.graph.cells[cell], low, high)?;
    }
    Ok(())
}

fn narrow(cell: &mut Cell, low: i64, high: i64) -> Result<(), Refusal> {
    if !(low..=high).contains(&cell.value) {
        let message = format!("{}: an earlier release does not agree with the records", cell.key);
        return Err(Refusal::new(message));
    }
    cell.known = (cell.known.0.max(low), cell.known.1.min(high));
    cell.low = cell.low.max(low);
    cell.high = cell.high.min(high);
    cell.shown = (cell.shown.0.max(low), cell.shown.1.min(high));
    cell.withheld = cell.withheld.map(|(least, most)| (least.max(low), most.min(high)));
    Ok(())
}

/// A published quotient q, rounded to half a unit h of its last digit, says that
/// (q - h) den <= scale num <= (q + h) den. Each side is an equation with a cell that takes up
/// what is left.
fn state(built: &mut Built, quotient: &Quotient, row: &Row) -> Result<(), Refusal> {
    let refuse = || Refusal::new(format!("quotient `{}`: `{}` is no number", row.table, row.value));
    let unit = 10_i64.checked_pow(quotient.decimals).filter(|unit| *unit <= 10_000);
    let unit = unit.ok_or_else(refuse)?;
    let digits = parse_fixed(&row.value, quotient.decimals).ok_or_else(refuse)?;
    let numerator = operand(built, quotient, &quotient.num, row)?;
    let denominator = operand(built, quotient, &quotient.den, row)?;
    let scaled = 2 * unit * quotient.scale;
    let sides = [
        [(numerator, scaled), (denominator, -(2 * digits - 1))],
        [(numerator, -scaled), (denominator, 2 * digits + 1)],
    ];
    for (at, side) in sides.iter().enumerate() {
        let value: i64 = side.iter().map(|(cell, by)| built.graph.cells[*cell].value * by).sum();
        let slack = built.graph.cells.len();
        if value < 0 {
            let message =
                format!("{}: an earlier quotient does not agree with the records", row.table);
            return Err(Refusal::new(message));
        }
        built.graph.cells.push(Cell {
            key: format!("{} {} side {at}", row.table, built.graph.cells[numerator].key),
            value,
            low: 0,
            high: i64::MAX / 2,
            known: (0, i64::MAX / 2),
            shown: (0, i64::MAX / 2),
            withheld: None,
            is_withheld: false,
            is_primary: false,
            need: None,
            class: (0, UNBOUNDED),
            weight: 0,
        });
        let mut equation = side.to_vec();
        equation.push((slack, -1));
        built.graph.add_equation(equation);
    }
    Ok(())
}

/// The cell of one side of a quotient.
pub(super) fn operand(
    built: &Built,
    quotient: &Quotient,
    side: &Operand,
    row: &Row,
) -> Result<usize, Refusal> {
    let cube = built.cube(&side.measure)?;
    let mut coordinates = side.fix.clone();
    let spread = row.coordinates.iter().filter(|(name, _)| quotient.dims.contains(*name));
    coordinates.extend(spread.map(|(name, code)| (name.clone(), code.clone())));
    Ok(cube.cell(&cube.find(&coordinates)?))
}

/// A number with at most so many digits after the point, in units of the last.
fn parse_fixed(text: &str, decimals: u32) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let decimals = decimals as usize;
    (part.len() <= decimals).then(|| format!("{whole}{part:0<decimals$}").parse().ok()).flatten()
}
