//! `analysis.yaml`, `disclosure.yaml` and `assumptions.yaml`.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic};
use crate::load::yaml::Text;
use crate::sources::{SourceSet, Span};

use super::super::ids::{LevelId, NeedId};
use super::super::parameters::{Assumption, FEWEST_SIZES, MOST_TAGS, Objective, Parameters};
use super::super::planned::{ADMISSIONS, Planned};
use super::super::record::site::{RawAnalysis, RawAssumption, RawDisclosure};
use super::super::service::Rating;
use super::super::settings::ProfileName;
use super::super::vocabulary::Vocabulary;
use super::check::{Check, plain};
use super::{duplicate, file, growth};

pub(super) fn profile(sources: &SourceSet, out: &mut Vec<Diagnostic>) -> ProfileName {
    let Some((id, source, raw)) =
        file::<RawDisclosure>(sources, "data/disclosure.yaml", false, out)
    else {
        return ProfileName::default();
    };
    let mut check = Check::new(id, source);
    let profile = check.word("disclosure profile", raw.profile.as_ref(), &ProfileName::WORDS);
    out.append(&mut check.diagnostics);
    profile.unwrap_or_default()
}

/// Reads the settings of the analysis. Counts below the threshold are withheld, so no gap of fewer
/// people is listed.
pub(super) fn read(
    sources: &SourceSet,
    threshold: u32,
    (vocabulary, assumptions): (&Vocabulary, &[Assumption]),
    out: &mut Vec<Diagnostic>,
) -> Parameters {
    let mut parameters = Parameters::default();
    let fewest_most = |fewest: u32| fewest.max(threshold + 1) + FEWEST_SIZES - 1;
    parameters.max_people = parameters.max_people.max(fewest_most(parameters.min_people));
    let Some((id, source, raw)) = file::<RawAnalysis>(sources, "data/analysis.yaml", false, out)
    else {
        return parameters;
    };
    let mut check = Check::new(id, source);
    let mut stated = |name: &'static str, value: Option<u32>, place: &mut u32| {
        if let Some(value) = value {
            *place = value;
            parameters.stated.insert(name);
        }
    };
    macro_rules! counts {
        ($($field:ident: $bounds:expr,)+) => {$(
            let value = check.count_in(stringify!($field), raw.$field.as_ref(), $bounds);
            stated(stringify!($field), value, &mut parameters.$field);
        )+};
    }
    counts! {
        wait_days: 0..=3650,
        max_step: 0..=20,
        unknown_vacancy_hi: 0..=100,
        min_people: 5..=100,
        max_people: 5..=1000,
        max_tags: 1..=MOST_TAGS as u32,
        max_specs: 1..=10_000,
        weeks_per_year: 52..=53,
    }
    if let Some(share) = check.share("full_probability", raw.full_probability.as_ref()) {
        parameters.full_probability = share;
        parameters.stated.insert("full_probability");
    }
    floors(&mut check, &raw, &mut parameters);
    growth::read_into(&mut parameters, &mut check, &raw, assumptions);
    exchange(&mut check, &raw, &mut parameters);
    let least_most = fewest_most(parameters.min_people);
    sizes(&mut check, &raw, least_most, &mut parameters);
    listed_gaps(&mut check, &raw, &mut parameters);
    combinations(&mut check, &raw, vocabulary, &mut parameters);
    out.append(&mut check.diagnostics);
    parameters
}

/// The quality below which a service does not count: of a score, and of a rating.
fn floors(check: &mut Check, raw: &RawAnalysis, parameters: &mut Parameters) {
    if let Some(floor) = check.count_in("quality_floor", raw.quality_floor.as_ref(), 0..=10) {
        parameters.quality_floor = floor as u8;
        parameters.stated.insert("quality_floor");
    }
    let floors = [
        ("none", None),
        ("inadequate", Some(Rating::Inadequate)),
        ("requires-improvement", Some(Rating::RequiresImprovement)),
    ];
    if let Some(floor) = check.word("regulator floor", raw.regulator_floor.as_ref(), &floors) {
        parameters.regulator_floor = floor;
        parameters.stated.insert("regulator_floor");
    }
}

/// Whether it is told how many could come home if moves were coordinated.
fn exchange(check: &mut Check, raw: &RawAnalysis, parameters: &mut Parameters) {
    let answers = [("yes", true), ("no", false), ("true", true), ("false", false)];
    if let Some(answer) = check.word("answer", raw.exchange.as_ref(), &answers) {
        parameters.exchange = answer;
        parameters.stated.insert("exchange");
    }
}

/// How many people a listed gap is for: with few sizes to choose from, its band would be as good as
/// a count.
fn sizes(check: &mut Check, raw: &RawAnalysis, least_most: u32, parameters: &mut Parameters) {
    if parameters.max_people >= least_most {
        return;
    }
    match raw.max_people.as_ref().or(raw.min_people.as_ref()) {
        Some(text) => {
            let (fewest, most) = (parameters.min_people, parameters.max_people);
            let message = format!("min_people is {fewest} and max_people is {most}");
            let help = format!(
                "the size of a listed gap is told as a band of at least {FEWEST_SIZES} numbers, \
                 all above the threshold: make max_people at least {least_most}"
            );
            check.fault(Code::ImpossibleNumber, text, message, help);
        }
        None => parameters.max_people = least_most,
    }
}

/// Prices of listed gaps, and which of them come first.
fn listed_gaps(check: &mut Check, raw: &RawAnalysis, parameters: &mut Parameters) {
    if let Some(pence) = check.pounds(raw.tag_premium.as_ref()) {
        parameters.tag_premium = pence;
        parameters.stated.insert("tag_premium");
    }
    if let Some(pence) = check.pounds(raw.detained_premium.as_ref()) {
        parameters.detained_premium = pence;
        parameters.stated.insert("detained_premium");
    }
    let objectives = [("people", Objective::People), ("net_saving", Objective::NetSaving)];
    if let Some(objective) = check.word("objective", raw.objective.as_ref(), &objectives) {
        parameters.objective = objective;
        parameters.stated.insert("objective");
    }
}

fn combinations(
    check: &mut Check,
    raw: &RawAnalysis,
    vocabulary: &Vocabulary,
    parameters: &mut Parameters,
) {
    let needs = vocabulary.needs.keys().map(NeedId::as_str);
    let levels = vocabulary.levels.keys().map(LevelId::as_str);
    let file = "data/vocabulary.yaml";
    if raw.forbidden_pairs.is_some() {
        parameters.stated.insert("forbidden_pairs");
    }
    if raw.any_gender_levels.is_some() {
        parameters.stated.insert("any_gender_levels");
    }
    for place in raw.forbidden_pairs.iter().flatten() {
        let pair = &place.value;
        let ids: Vec<NeedId> = pair
            .iter()
            .filter_map(|text| check.reference("need", text, needs.clone(), file))
            .filter_map(NeedId::parse)
            .collect();
        match <[NeedId; 2]>::try_from(ids) {
            Ok([a, b]) => {
                parameters.forbidden_pairs.insert(if a < b { (a, b) } else { (b, a) });
            }
            Err(ids) if ids.len() == pair.len() => {
                let span = place.span(check.id);
                check.push(
                    Diagnostic::error(Code::WrongKind, "a forbidden pair names two needs")
                        .at(span)
                        .help("write it as [one, other]"),
                );
            }
            Err(_) => {}
        }
    }
    for text in raw.any_gender_levels.iter().flatten() {
        let level = check.reference("level", text, levels.clone(), file);
        parameters.any_gender_levels.extend(level.and_then(LevelId::parse));
    }
    for (need, days) in raw.review_intervals_days.iter().flatten() {
        let named = key_before(check, need, days);
        let id = check.reference("need", &named, needs.clone(), file).and_then(NeedId::parse);
        let days = check.count_in("review interval", Some(days), 1..=3650);
        if let (Some(id), Some(days)) = (id, days) {
            parameters.review_intervals_days.insert(id, days);
        }
    }
}

pub(super) fn assumptions(sources: &SourceSet, out: &mut Vec<Diagnostic>) -> Vec<Assumption> {
    let Some((id, source, raw)) =
        file::<Vec<RawAssumption>>(sources, "data/assumptions.yaml", false, out)
    else {
        return Vec::new();
    };
    let mut check = Check::new(id, source);
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    let mut assumptions = Vec::new();
    for record in &raw {
        let Some(slug) = check.slug(&record.id).map(str::to_owned) else {
            continue;
        };
        let here = record.id.span(id);
        if let Some(before) = seen.insert(slug.clone(), here) {
            check.push(duplicate("assumptions", format!("`{slug}`"), here, before));
        }
        expect_form(&mut check, &slug, &record.value);
        assumptions.push(Assumption {
            id: slug,
            value: record.value.value.clone(),
            unit: record.unit.value.clone(),
            source: record.source.value.clone(),
            as_at: check.date(record.as_at.as_ref()),
            note: plain(record.note.as_ref()),
        });
    }
    out.append(&mut check.diagnostics);
    assumptions
}

/// The value of an assumption that savings rest on must be one that can be counted with.
fn expect_form(check: &mut Check, id: &str, value: &Text) {
    let planned = Planned::ALL.into_iter().find(|planned| planned.id() == id);
    if let Some(planned) = planned.filter(|planned| !planned.accepts(value.value.trim())) {
        let message = format!("`{id}` cannot be {}", check.quote(value));
        check.fault(Code::ImpossibleNumber, value, message, planned.form());
    }
    if id.starts_with(ADMISSIONS) {
        check.count(id, Some(value));
    }
}

/// A key of a map with its place, which is just before its value.
fn key_before(check: &Check, key: &str, value: &Text) -> Text {
    let before = &check.source().text()[..check.span(value).range().start];
    match before.rfind(key) {
        Some(at) => Text::new(key.to_owned(), at..at + key.len()),
        None => value.with(key.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::Source;

    fn parameters(text: &str) -> (Parameters, usize) {
        above(5, text)
    }

    fn above(threshold: u32, text: &str) -> (Parameters, usize) {
        let sources = SourceSet::new([Source::new("data/analysis.yaml", text)]);
        let mut found = Vec::new();
        let parameters = read(&sources, threshold, (&Vocabulary::default(), &[]), &mut found);
        (parameters, found.len())
    }

    #[test]
    fn exchange_is_off_until_the_publisher_asks_for_it() {
        let check = |text: &str, is_on: bool, is_stated: bool, faults: usize| {
            let (parameters, found) = parameters(text);
            let answer = (parameters.exchange, parameters.stated.contains("exchange"), found);
            assert_eq!(answer, (is_on, is_stated, faults), "{text}");
        };
        check("wait_days: 0", false, false, 0);
        check("exchange: yes", true, true, 0);
        check("exchange: true", true, true, 0);
        check("exchange: no", false, true, 0);
        check("exchange: perhaps", false, false, 1);
    }

    #[test]
    fn a_listed_gap_has_several_sizes_above_the_threshold() {
        let check = |threshold: u32, text: &str, most: u32, faults: usize| {
            let (parameters, found) = above(threshold, text);
            assert_eq!((parameters.max_people, found), (most, faults), "{threshold}: {text}");
        };
        check(5, "wait_days: 0", 12, 0);
        check(10, "wait_days: 0", 14, 0);
        check(10, "max_people: 14", 14, 0);
        check(10, "max_people: 13", 13, 1);
        check(5, "min_people: 8\nmax_people: 11", 11, 0);
        check(5, "min_people: 8\nmax_people: 10", 10, 1);
    }
}
