//! The years to come, and plans that close places before there are others.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::figure::{Figure, Ledger, Reading};
use super::formula::Formula;
use super::inputs::InputSet;
use super::scenarios::Each;
use crate::evidence::analysis::{Projection, Scenario, Standing, expected, shortfalls, years};
use crate::evidence::market::{Certainty, Change, Market, Subject};

/// What follows from the population, the changes and the plan.
#[derive(Serialize)]
pub(super) struct Years {
    years: Vec<Year>,
    changes: Vec<Opening>,
    shortfalls: Vec<Shortfall>,
}

/// One year.
#[derive(Serialize)]
struct Year {
    year: i16,
    total: Each<Figure>,
    without_population: Figure,
    groups: Vec<Group>,
    expected: Vec<Expected>,
}

/// An area, a level, or both, in the central scenario.
#[derive(Serialize)]
struct Group {
    area: Option<String>,
    level: Option<String>,
    figure: Figure,
}

/// Need that no row of placements tells of.
#[derive(Serialize)]
struct Expected {
    area: String,
    need: String,
    people: Figure,
}

/// Places that open or close on a day.
#[derive(Serialize)]
struct Opening {
    change: String,
    service: String,
    date: String,
    delta_places: i32,
    certainty: &'static str,
    in_record: bool,
    public: bool,
    reason: Option<String>,
}

/// A level that closes places too early.
#[derive(Serialize)]
struct Shortfall {
    area: String,
    level: String,
    closure: String,
    opening: Option<String>,
    people: BTreeMap<String, Figure>,
}

/// Everything about the years to come.
pub(super) fn time(market: &Market, ledger: &mut Ledger) -> Years {
    let years = years(market).into_iter().filter_map(|year| {
        let run = |scenario| Projection::run(market, year, scenario);
        let (low, central, high) =
            (run(Scenario::Low)?, run(Scenario::Central)?, run(Scenario::High)?);
        Some((year, Each { low, central, high }))
    });
    Years {
        years: years.map(|(year, runs)| of_year(market, year, &runs, ledger)).collect(),
        changes: market.changes.iter().map(|change| opening(change, ledger)).collect(),
        shortfalls: closes_too_early(market, ledger),
    }
}

fn opening(change: &Change, ledger: &mut Ledger) -> Opening {
    let service = match &change.subject {
        Subject::Service(id) => id,
        Subject::New(service) => &service.id,
    };
    Opening {
        change: ledger.name(change.span),
        service: service.to_string(),
        date: change.date.to_string(),
        delta_places: change.delta_places,
        certainty: match change.certainty {
            Certainty::Confirmed => "confirmed",
            Certainty::Probable => "probable",
        },
        in_record: change.in_record,
        public: change.public,
        reason: change.reason.clone(),
    }
}

fn of_year(market: &Market, year: i16, runs: &Each<Projection>, ledger: &mut Ledger) -> Year {
    let total = Each::from(|scenario| {
        let run = runs.of(scenario);
        let whole = run.standings().get(&(None, None)).copied().unwrap_or_default();
        let lines = lines(market, year, run, ledger);
        projected(market, scenario, whole, lines, ledger)
    });
    let central = &runs.central;
    let people = central.without_population;
    let rows = ledger.lines(0..market.placements.len(), []);
    let all = lines(market, year, central, ledger);
    let standings = central.standings().into_iter();
    Year {
        year,
        total,
        without_population: ledger.figure(
            Formula::WithoutPopulation,
            Scenario::Central,
            people,
            rows,
        ),
        groups: standings
            .filter(|((area, level), _)| area.is_some() || level.is_some())
            .map(|((area, level), standing)| Group {
                area: area.map(|area| area.to_string()),
                level: level.map(|level| level.to_string()),
                figure: projected(market, Scenario::Central, standing, all, ledger),
            })
            .collect(),
        expected: expected(market, year)
            .into_iter()
            .map(|line| {
                let none = ledger.lines([], []);
                Expected {
                    area: line.area.to_string(),
                    need: line.need.to_string(),
                    people: ledger.figure(Formula::Expected, Reading::AsEntered, line.people, none),
                }
            })
            .collect(),
    }
}

/// The rows, the services with places and the changes up to a year.
fn lines(market: &Market, year: i16, run: &Projection, ledger: &mut Ledger) -> InputSet {
    let position = &run.position;
    let rows = (0..position.need.len()).filter(|row| position.need[*row] > 0);
    let rows = rows.map(|row| market.placements[row].span);
    let open = position.services.iter().zip(&position.capacity);
    let open = open.filter(|(_, places)| **places > 0).map(|(service, _)| service.span);
    let is_due = |change: &&Change| !change.in_record && change.date.year() <= year;
    let changes = market.changes.iter().filter(is_due).map(|change| change.span);
    ledger.spans(rows.chain(open).chain(changes))
}

fn projected(
    market: &Market,
    scenario: Scenario,
    standing: Standing,
    lines: InputSet,
    ledger: &mut Ledger,
) -> Figure {
    let growth = &market.parameters.growth;
    let growth = match scenario {
        Scenario::Low => &growth.low,
        Scenario::Central => &growth.central,
        Scenario::High => &growth.high,
    };
    let value: Value = json!({
        "need": standing.need,
        "placed": standing.placed,
        "residual": standing.residual(),
        "places": standing.capacity,
        "displaced": standing.displaced,
    });
    ledger.figure(Formula::Projection, scenario, value, lines).assuming(growth.assumption.clone())
}

fn closes_too_early(market: &Market, ledger: &mut Ledger) -> Vec<Shortfall> {
    shortfalls(market)
        .into_iter()
        .map(|shortfall| {
            let lines = ledger.spans([shortfall.closure].into_iter().chain(shortfall.opening));
            let people = shortfall.years.iter().map(|(year, people)| {
                let central = Scenario::Central;
                let figure = ledger.figure(Formula::ClosesTooEarly, central, *people, lines);
                (year.to_string(), figure)
            });
            Shortfall {
                people: people.collect(),
                area: shortfall.area.to_string(),
                level: shortfall.level.to_string(),
                closure: ledger.name(shortfall.closure),
                opening: shortfall.opening.map(|opening| ledger.name(opening)),
            }
        })
        .collect()
}
