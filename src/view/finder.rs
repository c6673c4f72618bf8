//! What the search of the directory knows: the facts of every card, with the ids they are found by.
//!
//! Words shown come from the cards themselves, so a result reads as the same card in a list. Whom a
//! service is local to, and whether its published quality stands against it, are worked out here by
//! the rules of the analysis; the page compares the rest.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::address::Address;
use super::cards;
use super::catalogue::Facet;
use super::finder_words::{self, AgeWord, AreaWord, LevelWord, Word};
use super::{Material, words};
use crate::evidence::disclosure::{
    AreaId, GenderTaken, LevelId, NeedId, Point, PublicProvider, PublicService, PublicVacancies,
};

/// Up to so many services are searched in one piece.
pub const WHOLE_AT_MOST: usize = 10_000;

/// A part of a directory that is too long to be searched in one piece.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Services in an area that lies in no other.
    Within(AreaId),
    /// Services that state no area.
    Elsewhere,
}

/// A part, as it is offered.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "named after what they hold")]
pub struct PartWord {
    pub part: Part,
    pub id: String,
    pub name: String,
    pub services: usize,
}

/// Everything that a search is made from.
#[derive(Clone, Debug)]
pub struct Finder {
    /// Day of the figures: all days count from it.
    pub as_at: Date,
    /// How many levels a person who is ready may step down.
    pub max_step: u32,
    /// Areas, each after the one it lies in.
    pub areas: Vec<AreaWord>,
    /// Types of service.
    pub types: Vec<Word>,
    /// Names of ladders.
    pub ladders: Vec<String>,
    /// Levels in reading order.
    pub levels: Vec<LevelWord>,
    /// Needs.
    pub needs: Vec<Word>,
    /// Legal statuses.
    pub legal: Vec<Word>,
    /// Bands of ages.
    pub ages: Vec<AgeWord>,
    /// Ratings, best first.
    pub ratings: Vec<&'static str>,
    /// Types that the vocabulary has no word for; they follow the others.
    pub other_types: Vec<String>,
    /// Words of the register for people that services of it are for, and the need each means.
    pub register: Vec<(String, Option<usize>)>,
    /// Services by name.
    pub listings: Vec<Listing>,
}

/// One service. Numbers are places in the lists of [`Finder`].
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the fields of a card, and what it is found by")]
pub struct Listing {
    pub id: String,
    pub name: String,
    pub provider: (String, String),
    pub types: Vec<usize>,
    pub level: Option<usize>,
    pub area: Option<usize>,
    pub town: Option<String>,
    /// The first part of its postcode.
    pub district: Option<String>,
    pub point: Option<Point>,
    /// Needs it is checked to meet.
    pub needs: Vec<usize>,
    /// Other needs that it says it meets.
    pub claimed: Vec<usize>,
    pub gender: Option<GenderTaken>,
    pub ages: Option<(u8, u8)>,
    /// Absent when unknown, which is not the same as none.
    pub legal: Option<Vec<usize>>,
    pub takes_text: String,
    /// Words of the register that it is registered for.
    pub registered: Vec<usize>,
    /// Words in which `#` stands for a number, and the number.
    pub capacity: Option<(String, u64)>,
    /// What may be told of its free places, and the fewest that follow from it.
    pub vacancies: Option<(String, u32)>,
    pub as_of: Option<Date>,
    pub takes_from: Option<Date>,
    pub rating: Option<(&'static str, Option<Date>)>,
    pub contracts: Vec<&'static str>,
    pub is_regulated: bool,
    pub closed: Option<&'static str>,
    pub out_of_date: Option<String>,
    /// Areas to whose people it is local.
    pub homes: Vec<usize>,
    pub has_quality: bool,
}

/// The parts of a directory, largest areas first by name; none when it is searched in one piece.
pub fn parts(material: Material) -> Vec<PartWord> {
    let all = material.catalogue.services.len();
    if all <= WHOLE_AT_MOST {
        return Vec::new();
    }
    let mut parts: Vec<PartWord> = Vec::new();
    for area in material.publication.areas().roots() {
        let services = material.catalogue.members(&Facet::Area(area.id.clone())).len();
        if services > 0 {
            let (part, id) = (Part::Within(area.id.clone()), area.id.to_string());
            parts.push(PartWord { part, id, name: area.name.clone(), services });
        }
    }
    let elsewhere = all - parts.iter().map(|part| part.services).sum::<usize>();
    if elsewhere > 0 {
        let (id, name) = ("-".to_owned(), "No area stated".to_owned());
        parts.push(PartWord { part: Part::Elsewhere, id, name, services: elsewhere });
    }
    parts
}

/// Gathers the facts of all services, or of those of one part.
pub fn finder(material: Material, part: Option<&Part>) -> Finder {
    let publication = material.publication;
    let words = finder_words::words(publication);
    let numbers = finder_words::Numbers::of(&words);
    let register = finder_words::register(publication, &numbers);
    let other_types = finder_words::other_types(publication);
    let mut homes = Homes { material, numbers: &numbers, catchments: BTreeMap::new() };
    let members: Vec<usize> = match part {
        Some(Part::Within(id)) => material.catalogue.members(&Facet::Area(id.clone())).to_vec(),
        _ => (0..material.catalogue.services.len()).collect(),
    };
    let listings = members
        .into_iter()
        .filter_map(|at| material.catalogue.service(publication, at))
        .filter(|(_, service)| part != Some(&Part::Elsewhere) || service.area.is_none())
        .map(|(provider, service)| {
            let homes = homes.of(service);
            let known = |word: &String| register.binary_search_by_key(&word, |entry| &entry.0).ok();
            let registered = sorted(service.registered_for.iter().filter_map(known).collect());
            let mut types = numbers.types(&service.types);
            let other = |name: &String| other_types.binary_search(name).ok();
            let others = service.other_types.iter().filter_map(other);
            types.extend(others.map(|at| words.types.len() + at));
            Listing { homes, types, registered, ..listing(material, &numbers, provider, service) }
        })
        .collect();
    Finder {
        as_at: publication.settings().edition.as_at,
        max_step: publication.parameters().max_step,
        areas: words.areas,
        types: words.types,
        ladders: words.ladders,
        levels: words.levels,
        needs: words.needs,
        legal: words.legal,
        ages: words.ages,
        ratings: finder_words::RATINGS.map(words::rating).to_vec(),
        other_types,
        register,
        listings,
    }
}

/// Whom services are local to. Areas that could be, by area and level, are looked up once.
struct Homes<'a> {
    material: Material<'a>,
    numbers: &'a finder_words::Numbers,
    catchments: BTreeMap<(AreaId, LevelId), Vec<AreaId>>,
}

impl Homes<'_> {
    fn of(&mut self, service: &PublicService) -> Vec<usize> {
        let publication = self.material.publication;
        let areas = publication.areas();
        let level = service.level.as_ref().and_then(|id| publication.vocabulary().levels.get(id));
        let (Some(level), Some(area)) = (level, &service.area) else {
            return Vec::new();
        };
        let key = (area.clone(), level.id.clone());
        let candidates = self.catchments.entry(key).or_insert_with(|| {
            let around = areas.ancestor(area, level.scope);
            let within = |id: &AreaId| around.is_some_and(|around| areas.is_within(id, &around.id));
            areas.iter().map(|area| &area.id).filter(|id| within(id)).cloned().collect()
        });
        let local = candidates.iter().filter(|home| publication.is_local(home, service));
        let mut homes: Vec<usize> =
            local.filter_map(|home| self.numbers.areas.get(home.as_str()).copied()).collect();
        homes.sort_unstable();
        homes
    }
}

fn listing(
    material: Material,
    numbers: &finder_words::Numbers,
    provider: &PublicProvider,
    service: &PublicService,
) -> Listing {
    let card = cards::service(material, &Address::new("/directory/"), provider, service);
    let needs: Vec<usize> = numbers.needs(service.needs.iter().flatten());
    let mut claimed = numbers.needs(service.claimed.iter());
    claimed.retain(|need| !needs.contains(need));
    let postcode = service.address.postcode.as_deref();
    Listing {
        id: service.id.to_string(),
        name: card.name,
        provider: (provider.id.to_string(), card.provider.label),
        types: Vec::new(),
        level: service.level.as_ref().and_then(|id| numbers.levels.get(id.as_str()).copied()),
        area: service.area.as_ref().and_then(|id| numbers.areas.get(id.as_str()).copied()),
        town: card.town,
        district: postcode.and_then(district),
        point: service.geo,
        needs,
        claimed,
        gender: service.gender,
        ages: service.age.map(|ages| (ages.min, ages.max)),
        legal: service.legal.as_ref().map(|set| numbers.legal(set)),
        takes_text: card.takes.join(", "),
        registered: Vec::new(),
        capacity: card.capacity.map(around_number),
        vacancies: card.vacancies.map(|told| (told.text, fewest(service.vacancies))),
        as_of: service.as_of,
        takes_from: service.available_from,
        rating: service.regulator.map(|given| (words::rating(given.rating), given.date)),
        contracts: service.contracts.iter().copied().map(words::contract).collect(),
        is_regulated: service.cqc_location.is_some(),
        closed: card.status,
        out_of_date: card.out_of_date,
        homes: Vec::new(),
        has_quality: material.publication.has_quality(service),
    }
}

/// The words around the number that a text begins with.
fn around_number(text: String) -> (String, u64) {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match text[..digits].parse() {
        Ok(number) => (format!("#{}", &text[digits..]), number),
        Err(_) => (text, 0),
    }
}

/// The fewest free places that follow from what may be told.
fn fewest(vacancies: PublicVacancies) -> u32 {
    match vacancies {
        PublicVacancies::Exact(count) | PublicVacancies::Band(count, _) => count,
        PublicVacancies::Any(some) => u32::from(some),
        PublicVacancies::NotStated => 0,
    }
}

/// The first part of a postcode: all but the last three letters and digits.
fn district(postcode: &str) -> Option<String> {
    let plain: String = postcode.chars().filter(char::is_ascii_alphanumeric).collect();
    let outward = plain.get(..plain.len().checked_sub(3)?)?;
    (2..=4).contains(&outward.len()).then(|| outward.to_ascii_uppercase())
}

impl finder_words::Numbers {
    fn needs<'i>(&self, ids: impl Iterator<Item = &'i NeedId>) -> Vec<usize> {
        sorted(ids.filter_map(|id| self.needs.get(id.as_str()).copied()).collect())
    }
}

pub(super) fn sorted(mut numbers: Vec<usize>) -> Vec<usize> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_part_of_a_postcode_is_its_district() {
        assert_eq!(district("QK1 4UB").as_deref(), Some("QK1"));
        assert_eq!(district("qk14ub").as_deref(), Some("QK1"));
        assert_eq!(district("SW1A 1AA").as_deref(), Some("SW1A"));
        assert_eq!(district("4UB"), None);
        assert_eq!(district("ÄÖ"), None);
        assert_eq!(district("somewhere else"), None);
    }

    #[test]
    fn the_fewest_places_follow_from_what_is_told() {
        assert_eq!(fewest(PublicVacancies::Band(3, Some(5))), 3);
        assert_eq!(fewest(PublicVacancies::Any(true)), 1);
        assert_eq!(fewest(PublicVacancies::NotStated), 0);
    }
}
