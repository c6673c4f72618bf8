//! What is published already: nothing may be added to it or taken back (disclosure §10).

use std::collections::{BTreeMap, BTreeSet};

use super::Refusal;
use super::build::Built;
use super::graph::{Cell, UNBOUNDED};
use super::instance::{Coordinates, Instance, Quotient, Row, Table};
use super::markers::meaning;
use super::published::intervals;
use super::quotients::{Reading, digits, spread};

/// Frozen figures by table and complete codes.
type Known<'a> = BTreeMap<(String, Vec<usize>), &'a Row>;

impl Built {
    /// Narrows every cell to what earlier releases tell of it, and states their quotients.
    pub(super) fn hold(&mut self, instance: &Instance) -> Result<(), Refusal> {
        let mut known = self.known(instance)?;
        for table in &instance.structure.tables {
            if instance.structure.frozen_tables.contains(&table.id) {
                self.hold_table(instance, table, &mut known)?;
            }
        }
        for quotient in &instance.structure.ratios {
            if instance.structure.frozen_tables.contains(&quotient.id) {
                self.hold_quotient(instance, quotient, &mut known)?;
            }
        }
        let unknown = |((table, _), _): (&(String, Vec<usize>), &&Row)| {
            format!("frozen figures: `{table}` has no row with the codes of one of its figures")
        };
        let unknown: BTreeSet<String> = known.iter().map(unknown).collect();
        Refusal::unless_empty(unknown.into_iter().collect())
    }

    /// All rows. What a table does not spread out may be named, if it says nothing else.
    fn known<'a>(&self, instance: &'a Instance) -> Result<Known<'a>, Refusal> {
        let structure = &instance.structure;
        let mut known = BTreeMap::new();
        for row in &instance.frozen {
            let table = structure.tables.iter().find(|table| table.id == row.table);
            let quotient = structure.ratios.iter().find(|quotient| quotient.id == row.table);
            let is_frozen = structure.frozen_tables.contains(&row.table);
            let table = match (table, quotient) {
                (Some(table), _) if is_frozen => table.clone(),
                (None, Some(quotient)) if is_frozen => spread(quotient),
                _ => {
                    let message = format!("`{}` is not among the frozen tables", row.table);
                    return Err(Refusal::new(message));
                }
            };
            let codes = self.row_codes(&table, &row.coordinates)?;
            if known.insert((row.table.clone(), codes), row).is_some() {
                let message = format!("frozen figures: `{}` has a row twice", row.table);
                return Err(Refusal::new(message));
            }
        }
        Ok(known)
    }

    fn row_codes(&self, table: &Table, coordinates: &Coordinates) -> Result<Vec<usize>, Refusal> {
        let cube = self.cube(&table.measure)?;
        let mut all = table.filter.clone();
        for (name, code) in coordinates.iter().filter(|(_, code)| !code.is_empty()) {
            if table.dims.contains(name) {
                all.insert(name.clone(), code.clone());
            } else if table.filter.get(name).is_some_and(|fixed| fixed != code) {
                let message = format!("frozen figures: `{}` is not of that `{name}`", table.id);
                return Err(Refusal::new(message));
            }
        }
        cube.find(&all)
    }

    fn hold_table(
        &mut self,
        instance: &Instance,
        table: &Table,
        known: &mut Known<'_>,
    ) -> Result<(), Refusal> {
        let measure = &instance.structure.measures[&table.measure];
        for (_, cell) in self.cube(&table.measure)?.shown(table)? {
            let codes = self.cube(&table.measure)?.codes(cell);
            let row = known.remove(&(table.id.clone(), codes));
            let marker = row.map_or(self.markers.first(), |row| row.value.as_str());
            // The first that the truth agrees with: what this program would have meant, then what
            // anybody else may have.
            let mut readings = match instance.structure.markers.get(marker) {
                Some(ends) => vec![self.markers.learnt(marker), meaning(*ends)],
                None => intervals(table, measure, marker)?.to_vec(),
            };
            if row.is_none() {
                readings.push((0, UNBOUNDED));
            }
            if instance.structure.markers.get(marker).is_some() {
                self.withheld_before.insert(cell);
            }
            narrow(&mut self.graph.cells[cell], &readings)?;
        }
        Ok(())
    }

    /// A published quotient also says that it could be reckoned: the number below is not nought.
    fn hold_quotient(
        &mut self,
        instance: &Instance,
        quotient: &Quotient,
        known: &mut Known<'_>,
    ) -> Result<(), Refusal> {
        let table = spread(quotient);
        for (coordinates, cell) in self.cube(&table.measure)?.shown(&table)? {
            let codes = self.cube(&table.measure)?.codes(cell);
            let Some(row) = known.remove(&(table.id.clone(), codes)) else { continue };
            if instance.structure.markers.get(&row.value).is_some() {
                continue;
            }
            let above = self.side(&quotient.num, &coordinates)?;
            let below = self.side(&quotient.den, &coordinates)?;
            let digits = digits(&row.value, quotient.decimals).ok_or_else(|| {
                Refusal::new(format!("`{}`: a quotient is neither a number nor a marker", table.id))
            })?;
            narrow(&mut self.graph.cells[below], &[(1, UNBOUNDED)])?;
            let reading = Reading::new(quotient, digits)?;
            self.state(&reading, (above, below), None)?;
        }
        Ok(())
    }
}

/// Narrows a cell by the first of these that its value agrees with.
fn narrow(cell: &mut Cell, readings: &[(i64, i64)]) -> Result<(), Refusal> {
    let Some(&(low, high)) =
        readings.iter().find(|(low, high)| (*low..=*high).contains(&cell.value))
    else {
        let message = format!("{}: an earlier release does not agree with the records", cell.key);
        return Err(Refusal::new(message));
    };
    let within = |(least, most): (i64, i64)| (least.max(low), most.min(high));
    cell.known = within(cell.known);
    cell.shown = within(cell.shown);
    cell.withheld = cell.withheld.map(within);
    (cell.low, cell.high) = cell.shown;
    if cell.known.0 == cell.known.1 && !cell.is_primary {
        // Everybody knows it: withholding it hides nothing.
        cell.withheld = None;
    }
    Ok(())
}
