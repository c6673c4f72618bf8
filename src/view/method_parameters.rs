//! Every parameter of the analysis, with its value and who set it: a section of the method page.

use super::Material;
use super::method::{Section, Table};
use super::words::{joined, thousands};
use crate::evidence::disclosure::{Objective, Parameters, Rating, Vocabulary};

/// Name in `analysis.yaml`, what it means, and its value.
type Row = (&'static str, &'static str, String);

/// Makes the section: all parameters of gap-analysis §15.16, whether stated or not.
pub fn published(material: Material) -> Section {
    let parameters = material.publication.parameters();
    let rows = matching(parameters)
        .into_iter()
        .chain(listing(parameters, material.publication.vocabulary()))
        .chain(working(parameters));
    Section {
        id: "parameters",
        title: "Parameters",
        body_html: None,
        table: Some(Table {
            caption: "Parameters of the analysis",
            head: vec!["Parameter", "Name in analysis.yaml", "Value", "Set by"],
            rows: rows
                .map(|(name, meaning, value)| {
                    let stated = parameters.stated.contains(name);
                    let by = if stated { "the publisher" } else { "default" };
                    vec![meaning.to_owned(), name.to_owned(), value, by.to_owned()]
                })
                .collect(),
        }),
    }
}

/// What decides who fits where.
fn matching(parameters: &Parameters) -> Vec<Row> {
    let floor = match parameters.regulator_floor {
        None => "none",
        Some(Rating::Inadequate) => "rated inadequate",
        Some(_) => "rated requires improvement or inadequate",
    };
    vec![
        ("wait_days", "Days ahead in which an opening counts", parameters.wait_days.to_string()),
        ("max_step", "Levels down for people who are ready", parameters.max_step.to_string()),
        ("quality_floor", "Lowest quality score that counts", parameters.quality_floor.to_string()),
        ("regulator_floor", "Services left out for their rating", floor.to_owned()),
        (
            "unknown_vacancy_hi",
            "Free places assumed in the hopeful reading where nothing is known",
            parameters.unknown_vacancy_hi.to_string(),
        ),
    ]
}

/// What decides which gaps are listed, and how.
fn listing(parameters: &Parameters, vocabulary: &Vocabulary) -> Vec<Row> {
    let first = match parameters.objective {
        Objective::People => "those for the most people",
        Objective::NetSaving => "those that would save the most",
    };
    let name = |need| vocabulary.needs.get(need).map_or(String::new(), |need| need.name.clone());
    let pairs = parameters.forbidden_pairs.iter();
    let apart = pairs.map(|(one, other)| format!("{} with {}", name(one), name(other)));
    let levels = vocabulary.levels_in_order();
    let mixed = levels.filter(|level| parameters.any_gender_levels.contains(&level.id));
    let [need, detained] = parameters.premiums_pence().map(pounds_a_week);
    vec![
        ("min_people", "Fewest people for a listed gap", parameters.min_people.to_string()),
        ("max_people", "Most people for one listed gap", parameters.max_people.to_string()),
        ("max_tags", "Most needs that one listed gap combines", parameters.max_tags.to_string()),
        ("max_specs", "Most listed gaps", thousands(parameters.max_specs)),
        ("objective", "Gaps that are listed first", first.to_owned()),
        ("forbidden_pairs", "Needs that no listed gap combines", list(apart)),
        (
            "any_gender_levels",
            "Levels at which a listed gap may be for any gender",
            list(mixed.map(|level| level.name.clone())),
        ),
        ("tag_premium", "Added to the price for each need after the first", need),
        ("detained_premium", "Added to the price for taking detained people", detained),
    ]
}

/// What beds, savings and years to come rest on.
fn working(parameters: &Parameters) -> Vec<Row> {
    let chance = parameters.full_probability;
    let growth = &parameters.growth;
    let years = [&growth.low, &growth.central, &growth.high];
    let years = years.map(|year| percent(year.millionths)).join(", ");
    let exchange = if parameters.exchange { "on" } else { "off" };
    vec![
        (
            "full_probability",
            "Accepted share of time in which all places are taken",
            format!("{} in {}", chance.num, chance.den),
        ),
        ("weeks_per_year", "Weeks in a year of cost", parameters.weeks_per_year.to_string()),
        (
            "exchange",
            "Moves in which people take each other’s places (not published)",
            exchange.to_owned(),
        ),
        (
            "growth",
            "Growth of need in a year, beyond the population: hopeful, central, cautious \
             (not published)",
            format!("{years} per cent"),
        ),
    ]
}

fn list(words: impl Iterator<Item = String>) -> String {
    let words: Vec<String> = words.collect();
    if words.is_empty() { "none".to_owned() } else { joined(&words, "and") }
}

/// `£1,850 a week`, with pence where there are some.
fn pounds_a_week(pence: i64) -> String {
    let pounds = thousands(u32::try_from(pence / 100).unwrap_or(u32::MAX));
    match pence % 100 {
        0 => format!("£{pounds} a week"),
        rest => format!("£{pounds}.{rest:02} a week"),
    }
}

/// Millionths as per cent, exactly: `0.5`, `-1.25`, `0`.
fn percent(millionths: i32) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    let (whole, rest) = (millionths.unsigned_abs() / 10_000, millionths.unsigned_abs() % 10_000);
    match rest {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{}", format!("{rest:04}").trim_end_matches('0')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_exactly() {
        let told = [0, 5_000, -12_500, 30_000, 1].map(percent);
        assert_eq!(told, ["0", "0.5", "-1.25", "3", "0.0001"]);
        let told = [0, 12_345_600, 50].map(pounds_a_week);
        assert_eq!(told, ["£0 a week", "£123,456 a week", "£0.50 a week"]);
        assert_eq!(list(["A".to_owned(), "B".to_owned()].into_iter()), "A and B");
        assert_eq!(list(std::iter::empty()), "none");
    }
}
