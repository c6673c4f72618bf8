//! One shape for every figure: the value, and all that it follows from.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::assumptions::setting_id;
use super::formula::{Formula, Stated};
use super::inputs::{InputSet, Inputs};
use crate::evidence::analysis::Scenario;
use crate::evidence::analysis::formula::Traced;
use crate::evidence::market::{Market, Service, ServiceId};
use crate::sources::{SourceSet, Span};

/// The reading of incomplete facts that a figure rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Reading {
    Low,
    Central,
    High,
    /// From the best case of the hopeful reading to the worst of the cautious one.
    LowToHigh,
    /// Computed of the facts as entered; ranges of people by their middle.
    AsEntered,
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

impl Figure {
    /// The same figure, resting on these assumptions too.
    pub(super) fn assuming(mut self, ids: impl IntoIterator<Item = String>) -> Figure {
        self.assumptions.extend(ids);
        self.assumptions.sort();
        self.assumptions.dedup();
        self
    }
}

/// Makes figures, and keeps the formulas and the sets of lines that they name.
pub(super) struct Ledger<'s> {
    market: &'s Market,
    services: BTreeMap<&'s ServiceId, Span>,
    inputs: Inputs<'s>,
    formulas: BTreeMap<String, Stated>,
}

impl<'s> Ledger<'s> {
    pub(super) fn new(market: &'s Market, sources: &'s SourceSet) -> Ledger<'s> {
        let services = market.providers.values().flat_map(|provider| &provider.services);
        Ledger {
            market,
            services: services.map(|service| (&service.id, service.span)).collect(),
            inputs: Inputs::new(sources),
            formulas: BTreeMap::new(),
        }
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

    /// A figure that brings its formula, lines and assumptions with it.
    pub(super) fn traced<T>(
        &mut self,
        scenario: impl Into<Reading>,
        unit: &'static str,
        traced: &Traced<T>,
        value: impl Into<Value>,
    ) -> Figure {
        let stated = Stated::of(traced.formula, unit);
        let formula = stated.id.clone();
        self.formulas.entry(formula.clone()).or_insert(stated);
        let inputs = self.inputs_of(traced);
        let mut assumptions = traced.assumptions.clone();
        assumptions.sort();
        Figure { value: value.into(), formula, scenario: scenario.into(), inputs, assumptions }
    }

    fn inputs_of<T>(&mut self, traced: &Traced<T>) -> InputSet {
        let (market, inputs) = (self.market, &traced.inputs);
        let (spend, movement) = (&market.spend, &market.movement);
        let mut spans: Vec<Span> = Vec::new();
        spans.extend(inputs.placements.iter().map(|at| market.placements[*at].span));
        spans.extend(inputs.services.iter().filter_map(|id| self.services.get(id)));
        spans.extend(inputs.payments.iter().map(|at| spend.payments[*at].span));
        spans.extend(inputs.budgets.iter().map(|at| spend.budgets[*at].span));
        spans.extend(inputs.tiers.iter().map(|at| spend.tiers[*at].span));
        spans.extend(inputs.pathway.iter().map(|at| movement.pathway[*at].span));
        spans.extend(inputs.returns.iter().map(|at| movement.returns[*at].span));
        spans.extend(inputs.residents.iter().map(|at| movement.residents[*at].span));
        spans.extend(inputs.outcomes.iter().map(|at| market.outcomes[*at].span));
        self.inputs.set(spans)
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

    /// The lines on which these records begin.
    pub(super) fn spans(&mut self, spans: impl IntoIterator<Item = Span>) -> InputSet {
        self.inputs.set(spans)
    }

    /// The name of a row of placements: its file and line. The pseudonym stays in the data files.
    pub(super) fn name_of_row(&mut self, row: usize) -> String {
        self.name(self.market.placements[row].span)
    }

    /// The file and line of a record.
    pub(super) fn name(&mut self, span: Span) -> String {
        self.inputs.name(span)
    }

    /// The tables of formulas and of sets of lines.
    pub(super) fn into_tables(self) -> (Vec<Stated>, Vec<Vec<String>>) {
        (self.formulas.into_values().collect(), self.inputs.into_table())
    }
}
