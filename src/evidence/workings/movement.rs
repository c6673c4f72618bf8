//! Who comes and goes, whose review is overdue, who came back, and what lists agree on.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::figure::{Figure, Ledger, Reading};
use super::money::{InArea, both, whole};
use crate::evidence::analysis::formula::Traced;
use crate::evidence::analysis::money::claims::Spread;
use crate::evidence::analysis::movement::Moves;
use crate::evidence::analysis::movement::flows::{Flow, ImportRate, PeopleSpan};
use crate::evidence::analysis::movement::over_capacity::OverCapacity;
use crate::evidence::analysis::movement::reconcile::Reconciliation;
use crate::evidence::analysis::movement::returns::{Ends, PathwayLine, ReturnLine};
use crate::evidence::analysis::movement::review::Reviews;
use crate::evidence::analysis::rational::Rational;
use crate::evidence::market::PathwayStage;

const NAMED: &str = "each number in the unit of its name";

/// Every figure about movement.
#[derive(Serialize)]
pub(super) struct Movement {
    flows: Vec<InArea>,
    import_rates: Vec<OfService>,
    over_capacity: Vec<AtLevel>,
    reviews: Vec<InArea>,
    returns: Vec<OfCohort>,
    pathway: Vec<OfCohort>,
    lists: Vec<OfService>,
}

#[derive(Serialize)]
struct OfService {
    service: String,
    figure: Figure,
}

#[derive(Serialize)]
struct AtLevel {
    area: String,
    level: String,
    figure: Figure,
}

#[derive(Serialize)]
struct OfCohort {
    cohort: String,
    year: String,
    figure: Figure,
}

/// Every figure about movement.
pub(super) fn movement(moves: &Moves, ledger: &mut Ledger) -> Movement {
    let entered = Reading::AsEntered;
    Movement {
        flows: moves
            .flows
            .iter()
            .map(|(area, traced)| InArea {
                area: area.as_ref().map(ToString::to_string),
                figure: ledger.traced(entered, NAMED, traced, flow(&traced.value, area.is_none())),
            })
            .collect(),
        import_rates: moves
            .import_rates
            .iter()
            .map(|(service, traced)| OfService {
                service: service.to_string(),
                figure: ledger.traced(entered, NAMED, traced, import_rate(&traced.value)),
            })
            .collect(),
        over_capacity: moves.over_capacity.iter().map(|found| over(found, ledger)).collect(),
        reviews: moves
            .reviews
            .iter()
            .map(|(area, traced)| {
                let value = reviews(&traced.value, ledger);
                InArea {
                    area: area.as_ref().map(ToString::to_string),
                    figure: ledger.traced(entered, NAMED, traced, value),
                }
            })
            .collect(),
        returns: moves
            .returns
            .iter()
            .map(|traced| OfCohort {
                cohort: traced.value.cohort.to_string(),
                year: traced.value.year.to_string(),
                figure: ledger.traced(entered, NAMED, traced, returned(&traced.value)),
            })
            .collect(),
        pathway: moves
            .pathway
            .iter()
            .map(|traced| OfCohort {
                cohort: traced.value.cohort.to_string(),
                year: traced.value.year.to_string(),
                figure: ledger.traced(entered, NAMED, traced, stages(&traced.value)),
            })
            .collect(),
        lists: moves
            .lists
            .iter()
            .map(|(service, traced)| OfService {
                service: service.to_string(),
                figure: ledger.traced(entered, NAMED, traced, list(&traced.value)),
            })
            .collect(),
    }
}

fn import_rate(rate: &ImportRate) -> Value {
    json!({
        "imported_people": rate.imported,
        "occupied_places": rate.occupied,
        "share": rate.share().map(Rational::to_float),
        "fills_vacancies": rate.fills_vacancies(),
    })
}

fn over(traced: &Traced<OverCapacity>, ledger: &mut Ledger) -> AtLevel {
    let found = &traced.value;
    let ends = json!([found.low, found.high]);
    let unit = "places, lowest and highest";
    AtLevel {
        area: found.area.to_string(),
        level: found.level.to_string(),
        figure: ledger.traced(Reading::LowToHigh, unit, traced, ends),
    }
}

fn flow(flow: &Flow, is_whole: bool) -> Value {
    let three = |people: PeopleSpan| [people.low, people.known, people.high];
    json!({
        "imports": three(flow.imports),
        "exports": three(flow.exports),
        "net": three(flow.net()),
        "gross": three(flow.gross()),
        "unexplained": is_whole.then(|| flow.unexplained()),
        "unstated": flow.unstated,
    })
}

fn reviews(reviews: &Reviews, ledger: &mut Ledger) -> Value {
    let overdue: Vec<Value> = reviews
        .days_overdue
        .iter()
        .map(|(row, days)| json!({"row": ledger.name_of_row(*row), "days": days}))
        .collect();
    json!({
        "people": reviews.people,
        "overdue": reviews.overdue,
        "unknown": reviews.unknown,
        "never_recorded": reviews.never_recorded,
        "share_range": reviews.range().map(both),
        "days_overdue": overdue,
    })
}

fn returned(line: &ReturnLine) -> Value {
    let pence = |each: Option<Rational>| each.map(|pence| whole(pence.rounded()));
    let by_commissioner: Vec<Value> = line
        .by_commissioner
        .iter()
        .map(
            |(area, people)| json!({"area": area.to_string(), "people": [people.low, people.high]}),
        )
        .collect();
    json!({
        "people": [line.people.low, line.people.high],
        "people_so_far": [line.people_so_far.low, line.people_so_far.high],
        "by_commissioner": by_commissioner,
        "saving_pence": whole(line.saving_pence),
        "saving_so_far_pence": whole(line.saving_so_far_pence),
        "saving_each_at_most_pence": pence(line.saving_each_at_most()),
        "saving_each_year_at_most_pence": {
            "at_once": pence(line.saving_each_year_at_most(Spread::AtOnce)),
            "evenly": pence(line.saving_each_year_at_most(Spread::Evenly)),
        },
        "unstated": line.unstated,
    })
}

fn stages(line: &PathwayLine) -> Value {
    let named = |people: &[Option<Ends>; 5]| -> Value {
        let ends = people.iter().map(|people| json!(people.map(|ends| [ends.low, ends.high])));
        let stages = PathwayStage::ALL.iter().map(|stage| stage.id().to_owned());
        Value::Object(stages.zip(ends).collect::<Map<String, Value>>())
    };
    let reached = PathwayStage::ALL.iter().skip(1).map(|stage| {
        let share = line.reached(PathwayStage::Identified, *stage);
        (stage.id().to_owned(), json!(share.map(both)))
    });
    json!({
        "people": named(&line.people),
        "people_so_far": named(&line.so_far),
        "share_of_identified": Value::Object(reached.collect::<Map<String, Value>>()),
    })
}

fn list(list: &Reconciliation) -> Value {
    json!({
        "provider_says_ours": list.provider_says_ours,
        "matched": list.matched,
        "unknown_to_commissioner": list.unknown_to_commissioner,
        "unknown_to_provider": list.unknown_to_provider,
        "funder_unknown": list.funder_unknown,
        "placed_elsewhere": list.placed_elsewhere,
        "not_single": list.not_single,
        "coverage": list.coverage().map(Rational::to_float),
    })
}
