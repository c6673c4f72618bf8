//! The table of everything assumed: settings, stated or default, and the publisher's assumptions.

use serde::Serialize;

use crate::evidence::market::{Market, Objective, Parameters, Pence, Rating};

/// One thing assumed.
#[derive(Serialize)]
pub(super) struct Assumed {
    /// The id by which figures name it.
    id: String,
    /// As written in the data.
    value: String,
    unit: String,
    source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// The id of a setting of `analysis.yaml`.
pub(super) fn setting_id(name: &str) -> String {
    format!("analysis.{name}")
}

/// Settings first, then defaults of levels, then what `assumptions.yaml` says.
pub(super) fn table(market: &Market) -> Vec<Assumed> {
    let mut table = settings(&market.parameters);
    table.extend(lists(&market.parameters));
    for level in market.vocabulary.levels.values() {
        let price = level.price_default.map(|price| price.raw().to_string());
        let occupancy = level.target_occupancy.map(|share| format!("{}/{}", share.num, share.den));
        let known = [
            ("price_default", "pence per person per week", price),
            ("target_occupancy", "share of places", occupancy),
        ];
        table.extend(known.into_iter().filter_map(|(name, unit, value)| {
            Some(plain(level_id(level.id.as_str(), name), value?, unit, "data/vocabulary.yaml"))
        }));
    }
    table.extend(market.assumptions.iter().map(|given| Assumed {
        id: given.id.clone(),
        value: given.value.clone(),
        unit: given.unit.clone(),
        source: given.source.clone(),
        as_at: given.as_at.map(|day| day.to_string()),
        note: given.note.clone(),
    }));
    table
}

/// The id of a default of a level.
pub(super) fn level_id(level: &str, name: &str) -> String {
    format!("level.{level}.{name}")
}

fn plain(id: String, value: String, unit: &str, source: &str) -> Assumed {
    let (unit, source) = (unit.to_owned(), source.to_owned());
    Assumed { id, value, unit, source, as_at: None, note: None }
}

/// Settings that are lists, each in one line; empty unless the publisher fills them.
fn lists(parameters: &Parameters) -> [Assumed; 3] {
    let pairs = parameters.forbidden_pairs.iter().map(|(one, other)| format!("{one}+{other}"));
    let levels = parameters.any_gender_levels.iter().map(ToString::to_string);
    let reviews = parameters.review_intervals_days.iter();
    let reviews = reviews.map(|(need, days)| format!("{need}: {days}"));
    [
        ("forbidden_pairs", "pairs of needs", pairs.collect::<Vec<String>>()),
        ("any_gender_levels", "levels", levels.collect()),
        ("review_intervals_days", "days by need", reviews.collect()),
    ]
    .map(|(name, unit, entries)| {
        let source = if entries.is_empty() { "default" } else { "data/analysis.yaml" };
        plain(setting_id(name), entries.join(", "), unit, source)
    })
}

fn settings(parameters: &Parameters) -> Vec<Assumed> {
    let floor = match parameters.regulator_floor {
        None => "none",
        Some(Rating::Inadequate) => "inadequate",
        Some(Rating::RequiresImprovement) => "requires-improvement",
        Some(Rating::Good) => "good",
        Some(Rating::Outstanding) => "outstanding",
    };
    let full = parameters.full_probability;
    let objective = match parameters.objective {
        Objective::People => "people",
        Objective::NetSaving => "net_saving",
    };
    let exchange = if parameters.exchange { "yes" } else { "no" };
    let premium = |pence: Pence| pence.raw().to_string();
    let counts = [
        ("wait_days", "days", parameters.wait_days),
        ("max_step", "levels", parameters.max_step),
        ("quality_floor", "score", u32::from(parameters.quality_floor)),
        ("unknown_vacancy_hi", "places", parameters.unknown_vacancy_hi),
        ("min_people", "people", parameters.min_people),
        ("max_people", "people", parameters.max_people),
        ("max_tags", "needs", parameters.max_tags),
        ("max_specs", "listed gaps", parameters.max_specs),
        ("weeks_per_year", "weeks", parameters.weeks_per_year),
    ];
    let counts = counts.map(|(name, unit, count)| (name, unit, count.to_string()));
    let others = [
        ("regulator_floor", "rating", floor.to_owned()),
        ("objective", "what comes first", objective.to_owned()),
        ("exchange", "whether it is told", exchange.to_owned()),
        ("tag_premium", "pence per person per week", premium(parameters.tag_premium)),
        ("detained_premium", "pence per person per week", premium(parameters.detained_premium)),
        ("full_probability", "share of time", format!("{}/{}", full.num, full.den)),
    ];
    counts
        .into_iter()
        .chain(others)
        .map(|(name, unit, value)| {
            let source = match parameters.stated.contains(name) {
                true => "data/analysis.yaml",
                false => "default",
            };
            plain(setting_id(name), value, unit, source)
        })
        .collect()
}
