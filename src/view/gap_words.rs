//! Listed gaps in words: what is wanted, how much of it, at what price.

use super::Material;
use super::cards::needs;
use super::gap_tables::area_name;
use super::words::{self, joined, thousands};
use crate::evidence::disclosure::{
    AgeRange, AreaId, Band, BedRange, GapKind, GenderTaken, LegalId, LevelId, NeedId, PriceBand,
    PriceBasis, ProviderId, PublicProvider, PublicService, Ratio, ServiceId, Specification,
    Unlisted,
};

/// The sentence for everybody whose needs would identify them, the same on every site.
pub const INDIVIDUAL: &str = "Some people have needs that would identify them. Talk to us.";

/// `Open rehabilitation for women aged 18 to 64: personality disorder`.
pub fn title(material: Material, wanted: &Specification) -> String {
    let level = level_name(material, wanted);
    format!("{level} for {}: {}", whom(wanted), needs_text(material, wanted, "and"))
}

/// Name of the level of a specification.
pub fn level_name(material: Material, wanted: &Specification) -> String {
    let levels = &material.publication.vocabulary().levels;
    levels.get(&wanted.level).map_or(wanted.level.to_string(), |level| level.name.clone())
}

/// `women aged 18 to 64`.
fn whom(wanted: &Specification) -> String {
    match wanted.ages {
        AgeRange { min: 0, max: 100.. } => format!("{} of any age", people(wanted)),
        of_age => format!("{} aged {}", people(wanted), ages(of_age)),
    }
}

/// `18 to 64`, `65 and over`, `all`.
pub fn ages(ages: AgeRange) -> String {
    match (ages.min, ages.max) {
        (0, 100..) => "all".to_owned(),
        (min, 100..) => format!("{min} and over"),
        (min, max) => format!("{min} to {max}"),
    }
}

/// `women`, `boys`, `people`.
fn people(wanted: &Specification) -> String {
    match wanted.gender {
        GenderTaken::Any if wanted.ages.max < 18 => "children".to_owned(),
        GenderTaken::Any => "people".to_owned(),
        gender => words::gender(gender, Some(wanted.ages)).to_lowercase(),
    }
}

/// Names of the needs of a specification.
pub fn needs_text(material: Material, wanted: &Specification, last: &str) -> String {
    let names = needs(material, wanted.needs.iter().map(NeedId::as_str));
    joined(&in_sentence(names), last)
}

/// Who else can be among the people of a gap: those who are ready to move on from the levels up to
/// `max_step` above it. It follows from the rules, and never from who is in the gap.
pub fn ready_from(material: Material, wanted: &LevelId) -> Option<String> {
    let names = in_sentence(levels_above(material, wanted));
    (!names.is_empty())
        .then(|| format!("include people ready to move on from {}.", joined(&names, "or")))
}

/// Names of the levels from which people can step down to this one.
pub fn levels_above(material: Material, id: &LevelId) -> Vec<String> {
    let words = material.publication.vocabulary();
    let Some(level) = words.levels.get(id) else { return Vec::new() };
    let ladder = words.ladders.iter().find(|ladder| ladder.id == level.ladder);
    let above = ladder.into_iter().flat_map(|ladder| ladder.levels.iter().skip(level.rank + 1));
    above
        .take(material.publication.parameters().max_step as usize)
        .filter_map(|id| words.levels.get(id).map(|level| level.name.clone()))
        .collect()
}

/// That a service must meet all needs of a specification, and a person may have only some.
pub fn some_needs(wanted: &Specification) -> Option<&'static str> {
    match wanted.needs.len() {
        0 | 1 => None,
        2 => Some("one person may need only one of these"),
        _ => Some("one person may need only some of these"),
    }
}

/// Names as they stand within a sentence: all but initials begin with a small letter.
pub fn in_sentence(names: Vec<String>) -> Vec<String> {
    names
        .into_iter()
        .map(|name| {
            let mut letters = name.chars();
            match (letters.next(), letters.next()) {
                (Some(first), Some(second)) if second.is_lowercase() => {
                    first.to_lowercase().chain(name.chars().skip(1)).collect()
                }
                _ => name,
            }
        })
        .collect()
}

/// Names in a list that begins a line: the first keeps its capital letter.
pub fn list(mut names: Vec<String>) -> Vec<String> {
    let rest = names.split_off(names.len().min(1));
    names.extend(in_sentence(rest));
    names
}

/// Names of legal statuses.
pub fn legal_text<'a>(material: Material, ids: impl IntoIterator<Item = &'a LegalId>) -> String {
    let words = &material.publication.vocabulary().legal;
    let names: Vec<String> = ids.into_iter().filter_map(|id| words.get(id).cloned()).collect();
    joined(&in_sentence(names), "and")
}

/// `10 to 14`, `50 or more`.
pub fn band(band: Band) -> String {
    match band.high() {
        Some(high) => format!("{} to {high}", band.low()),
        None => format!("{} or more", band.low()),
    }
}

/// `12 to 20`, `57 or more`.
pub fn beds(range: BedRange) -> String {
    match range.high {
        Some(high) if high == range.low => range.low.0.to_string(),
        Some(high) => format!("{} to {}", range.low.0, high.0),
        None => format!("{} or more", range.low.0),
    }
}

/// `1 time in 20`, or `3% of the time`.
pub fn chance(of: Ratio) -> String {
    match of.percent() {
        percent @ 1.. if 100 % percent == 0 => format!("1 time in {}", 100 / percent),
        percent => format!("{percent}% of the time"),
    }
}

/// `£2,750 to £3,500 a week`.
pub fn price(price: PriceBand) -> String {
    let (low, high) = (thousands(price.low_pounds()), thousands(price.high_pounds()));
    match low == high {
        true => format!("About £{low} a week"),
        false => format!("£{low} to £{high} a week"),
    }
}

/// Where a price comes from.
pub fn price_basis(price: PriceBand) -> &'static str {
    match price.basis() {
        PriceBasis::Providers => {
            "Between the second lowest and the second highest price of at least three local \
             providers at this level, in steps of £250."
        }
        PriceBasis::Assumed => "From our own assumption for this level, in steps of £250.",
    }
}

/// Why a gap is listed.
pub fn kind(kind: GapKind) -> &'static str {
    match kind {
        GapKind::Capability => "No local service is listed as offering all of this",
        GapKind::Capacity => "Local services offer this, but too few suitable places are free",
    }
}

/// A local service and its provider.
pub fn service_of<'a>(
    material: Material<'a>,
    provider: &ProviderId,
    id: &ServiceId,
) -> Option<(&'a PublicProvider, &'a PublicService)> {
    let provider = material.publication.provider(provider)?;
    provider.services.iter().find(|service| service.id == *id).map(|service| (provider, service))
}

/// How a service differs from what is wanted: `takes ages 18 to 35; wanted: 18 to 64`.
pub fn differs(
    material: Material,
    service: &PublicService,
    wanted: &Specification,
    what: &Unlisted,
) -> String {
    let name = |id: &AreaId| area_name(material.publication, id);
    match what {
        Unlisted::Needs(ids) => {
            let names = needs(material, ids.iter().map(NeedId::as_str));
            format!("is not listed as offering care for {}", joined(&in_sentence(names), "and"))
        }
        Unlisted::Ages => {
            let taken = service.age.map_or("does not state which ages it takes".to_owned(), |of| {
                format!("takes {}", lower(&words::ages(of)))
            });
            format!("{taken}; wanted: {}", ages(wanted.ages))
        }
        Unlisted::Gender => {
            let taken = service.gender.map_or("does not state whom it takes".to_owned(), |of| {
                format!("takes {} only", lower(words::gender(of, service.age)))
            });
            format!("{taken}; wanted: {}", lower(words::gender(wanted.gender, Some(wanted.ages))))
        }
        Unlisted::Legal(ids) => {
            let legal = legal_text(material, ids);
            format!("is not listed as taking people whose legal status is {legal}")
        }
        Unlisted::Area => {
            let from: Vec<String> = service.serves.iter().map(name).collect();
            let from = joined(&from, "and");
            format!("takes people from {from} only; wanted: from all of {}", name(&wanted.area))
        }
    }
}

fn lower(text: &str) -> String {
    in_sentence(vec![text.to_owned()]).concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_a_sentence_begin_small_unless_they_are_initials() {
        let names = ["Autistic people", "BSL users", "psychosis", ""].map(str::to_owned).to_vec();
        assert_eq!(in_sentence(names), ["autistic people", "BSL users", "psychosis", ""]);
    }
}
