//! One shape for every figure: the value, and all that it follows from.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::assumptions::setting_id;
use super::formula::{Formula, Stated};
use super::inputs::{InputSet, Inputs};
use crate::evidence::analysis::Scenario;
use crate::evidence::market::{Market, Service};
use crate::sources::SourceSet;

/// The reading of incomplete facts that a figure rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Reading {
    Low,
    Central,
    High,
    /// From the best case of the hopeful reading to the worst of the cautious one.
    LowToHigh,
}

impl From<Scenario> for Reading {
    fn from(scenario: Scenario) -> Reading {
        match scenario {
            Scenario::Low => Reading::Low,
            Scenario::Central => Reading::Central,
            Scenario::High => Reading::High,
        }
    }
}

/// A figure with what explains it.
#[derive(Serialize)]
pub(super) struct Figure {
    /// In the unit of the formula; null where it is not known or does not apply.
    value: Value,
    formula: String,
    scenario: Reading,
    /// Number of the set of lines that it comes from.
    inputs: InputSet,
    /// Ids of what it assumes.
    assumptions: Vec<String>,
}

/// Makes figures, and keeps the formulas and the sets of lines that they name.
pub(super) struct Ledger<'s> {
    market: &'s Market,
    inputs: Inputs<'s>,
    formulas: BTreeMap<String, Stated>,
}

impl<'s> Ledger<'s> {
    pub(super) fn new(market: &'s Market, sources: &'s SourceSet) -> Ledger<'s> {
        Ledger { market, inputs: Inputs::new(sources), formulas: BTreeMap::new() }
    }

    /// A figure from a formula, with the settings that the formula always reads.
    pub(super) fn figure(
        &mut self,
        formula: Formula,
        scenario: impl Into<Reading>,
        value: impl Into<Value>,
        inputs: InputSet,
    ) -> Figure {
        let stated = formula.stated();
        let id = stated.id.clone();
        self.formulas.entry(id.clone()).or_insert(stated);
        Figure {
            value: value.into(),
            formula: id,
            scenario: scenario.into(),
            inputs,
            assumptions: formula.settings().iter().map(|name| setting_id(name)).collect(),
        }
    }

    /// The lines of rows of placements, by their numbers in the market, and of services.
    pub(super) fn lines<'a>(
        &mut self,
        rows: impl IntoIterator<Item = usize>,
        services: impl IntoIterator<Item = &'a Service>,
    ) -> InputSet {
        let market = self.market;
        let rows = rows.into_iter().map(|row| market.placements[row].span);
        self.inputs.set(rows.chain(services.into_iter().map(|service| service.span)))
    }

    /// The name of a row of placements: its file and line. The pseudonym stays in the data files.
    pub(super) fn name_of_row(&mut self, row: usize) -> String {
        self.inputs.name(self.market.placements[row].span)
    }

    /// The tables of formulas and of sets of lines.
    pub(super) fn into_tables(self) -> (Vec<Stated>, Vec<Vec<String>>) {
        (self.formulas.into_values().collect(), self.inputs.into_table())
    }
}
