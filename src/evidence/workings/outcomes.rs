//! What is to become better, and what was measured: change, which proves no effect.

use serde::Serialize;
use serde_json::{Value, json};

use super::figure::{Figure, Ledger, Reading};
use crate::evidence::analysis::formula::{Formula, Traced};
use crate::evidence::analysis::movement::change::{
    CHANGE_LABEL, Change, Followed, PROGRESS, RUN_RATE, Reading as Measured,
};
use crate::evidence::analysis::rational::Rational;
use crate::evidence::market::{Aim, Decimal, Market, Period};

/// One outcome.
#[derive(Serialize)]
pub(super) struct Outcome {
    outcome: String,
    group: &'static str,
    text: String,
    counts: &'static str,
    work_stream: Option<String>,
    indicator: Option<String>,
    owner: Option<String>,
    baseline: Option<f64>,
    target: Option<f64>,
    change: Option<Figure>,
    year_rate: Option<Figure>,
    percent_of_target: Option<Figure>,
}

/// Every outcome in the order of the file.
pub(super) fn outcomes(
    market: &Market,
    followed: &[Traced<Followed>],
    ledger: &mut Ledger,
) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for traced in followed {
        let aim = &market.outcomes[traced.value.outcome];
        outcomes.push(outcome(aim, traced, ledger));
    }
    outcomes
}

fn outcome(aim: &Aim, traced: &Traced<Followed>, ledger: &mut Ledger) -> Outcome {
    let unit = "the unit of the indicator";
    let followed = &traced.value;
    let number = |number: Option<Decimal>| number.map(|it| it.millionths() as f64 / 1_000_000.0);
    let mut line = |formula: &'static Formula, unit, value: Option<Rational>| {
        let traced = Traced::new(formula, traced.inputs.clone(), value?);
        Some(ledger.traced(Reading::AsEntered, unit, &traced, traced.value.to_float()))
    };
    Outcome {
        outcome: aim.id.clone(),
        group: aim.group.id(),
        text: aim.text.clone(),
        counts: aim.counts.id(),
        work_stream: aim.work_stream.clone(),
        indicator: aim.indicator.clone(),
        owner: aim.owner.clone(),
        baseline: number(aim.baseline),
        target: number(aim.target),
        year_rate: line(&RUN_RATE, unit, followed.run_rate),
        percent_of_target: line(&PROGRESS, "per cent", followed.percent_of_target),
        change: followed.change.zip(aim.measurements.first().zip(aim.measurements.last())).map(
            |(change, (first, last))| {
                let value = told(&change, &first.period, &last.period);
                ledger.traced(Reading::AsEntered, unit, traced, value)
            },
        ),
    }
}

fn told(change: &Change, first: &Period, last: &Period) -> Value {
    let side = |measured: &Measured, period: &Period| {
        json!({
            "period": period.text,
            "value": measured.value.to_float(),
            "average": measured.average.map(|average| average.id()),
            "n": measured.n,
        })
    };
    json!({
        "before": side(&change.before, first),
        "after": side(&change.after, last),
        "difference": change.difference.to_float(),
        "percent": change.percent.map(Rational::to_float),
        "percent_exact": change.percent.map(|share| format!("{}/{}", share.num(), share.den())),
        "like_with_like": change.is_like_with_like,
        "label": CHANGE_LABEL,
    })
}
