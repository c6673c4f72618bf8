//! From services one by one to columns and lists: the form that `search` describes.

use serde::Serialize;

use super::dictionary::Dictionary;
use crate::view::finder::{Finder, Listing};
use crate::view::finder_words::{AreaWord, Word};

/// Thousandths of a degree north and east.
type Spot = (i32, i32);
/// A list of entries whose first place stands for none.
type List<T> = Vec<Option<T>>;

/// The index, in the order in which it is written.
#[derive(Serialize)]
pub(super) struct Index<'f> {
    version: u32,
    as_at: &'f str,
    step: u32,
    areas: List<(&'f str, &'f str, usize, Option<Spot>)>,
    types: List<(&'f str, &'f str, &'f str)>,
    needs: List<(&'f str, &'f str, &'f str)>,
    legal: List<(&'f str, &'f str, &'f str)>,
    ladders: List<&'f str>,
    levels: List<(&'f str, &'f str, &'f str, usize, usize)>,
    ages: List<(&'f str, &'f str, u8, u8)>,
    providers: List<(String, &'f str)>,
    towns: List<&'f str>,
    districts: List<&'f str>,
    texts: List<&'f str>,
    sets: List<Vec<usize>>,
    rows: Rows<'f>,
}

/// One column for each fact.
#[derive(Default, Serialize)]
struct Rows<'f> {
    name: Vec<&'f str>,
    id: Vec<String>,
    provider: Vec<i32>,
    #[serde(rename = "type")]
    kind: Vec<usize>,
    types: Vec<usize>,
    level: Vec<usize>,
    area: Vec<usize>,
    town: Vec<i32>,
    district: Vec<i32>,
    lat: Vec<i32>,
    lon: Vec<i32>,
    need: Vec<usize>,
    said: Vec<usize>,
    gender: Vec<u8>,
    aged: Vec<u8>,
    min: Vec<u8>,
    max: Vec<u8>,
    legal: Vec<usize>,
    takes: Vec<usize>,
    registered: Vec<usize>,
    capacity: Vec<usize>,
    vacancies: Vec<usize>,
    free: Vec<u32>,
    as_of: Vec<usize>,
    from: Vec<usize>,
    rating: Vec<usize>,
    rated: Vec<usize>,
    contract: Vec<usize>,
    regulated: Vec<u8>,
    closed: Vec<usize>,
    old: Vec<usize>,
    homes: Vec<usize>,
    ok: Vec<u8>,
}

/// Lists that grow while the rows are written.
#[derive(Default)]
struct Lists<'f> {
    providers: Dictionary<(&'f str, &'f str)>,
    towns: Dictionary<&'f str>,
    districts: Dictionary<&'f str>,
    texts: Dictionary<&'f str>,
    sets: Dictionary<Vec<usize>>,
}

/// Writes services as columns.
pub(super) fn index(version: u32, finder: &Finder) -> Index<'_> {
    let mut lists = Lists::default();
    let mut rows = Rows::default();
    for listing in in_order(&finder.listings) {
        lists.add(listing, &mut rows);
    }
    let levels = finder.levels.iter().map(|level| {
        let word = &level.word;
        let words = (word.id.as_str(), word.name.as_str(), word.others.as_str());
        (words.0, words.1, words.2, level.ladder + 1, level.rank)
    });
    let Rows { provider, town, district, lat, lon, .. } = &mut rows;
    for column in [provider, town, district, lat, lon] {
        *column = steps(column);
    }
    Index {
        version,
        as_at: &finder.as_at,
        step: finder.max_step,
        areas: list(finder.areas.iter().map(area)),
        types: list(finder.types.iter().map(word)),
        needs: list(finder.needs.iter().map(word)),
        legal: list(finder.legal.iter().map(word)),
        ladders: list(finder.ladders.iter().map(String::as_str)),
        levels: list(levels),
        ages: list(finder.ages.iter().map(|age| (&*age.id, &*age.name, age.min, age.max))),
        providers: named(lists.providers.into_values()),
        towns: lists.towns.into_values(),
        districts: lists.districts.into_values(),
        texts: lists.texts.into_values(),
        sets: lists.sets.into_values(),
        rows,
    }
}

/// Services of a district after one another: so written, what they have in common packs small.
fn in_order(listings: &[Listing]) -> Vec<&Listing> {
    let mut listings: Vec<&Listing> = listings.iter().collect();
    listings.sort_by_cached_key(|listing| {
        let at = listing.point.map(|point| spot(point.lat, point.lon));
        (&listing.district, &listing.town, at)
    });
    listings
}

/// An index has far fewer entries than there are numbers.
fn number(entry: usize) -> i32 {
    i32::try_from(entry).expect("a list of an index has fewer than two thousand million entries")
}

/// Each number as the step from the one before.
fn steps(numbers: &[i32]) -> Vec<i32> {
    let before = std::iter::once(&0).chain(numbers);
    numbers.iter().zip(before).map(|(number, before)| number - before).collect()
}

/// Providers with their ids in short.
fn named<'f>(providers: List<(&'f str, &'f str)>) -> List<(String, &'f str)> {
    let shorter = |(id, name): (&'f str, &'f str)| (short(id, name), name);
    providers.into_iter().map(|entry| entry.map(shorter)).collect()
}

fn list<T>(entries: impl Iterator<Item = T>) -> List<T> {
    std::iter::once(None).chain(entries.map(Some)).collect()
}

fn word(word: &Word) -> (&str, &str, &str) {
    (&word.id, &word.name, &word.others)
}

fn area(area: &AreaWord) -> (&str, &str, usize, Option<Spot>) {
    let parent = area.parent.map_or(0, |parent| parent + 1);
    (&area.id, &area.name, parent, area.middle.map(|point| spot(point.lat, point.lon)))
}

/// Thousandths of a degree; points are checked to lie on the globe when they are read.
fn spot(lat: f64, lon: f64) -> Spot {
    let thousandths = |degrees: f64| (degrees * 1000.0).round() as i32;
    (thousandths(lat), thousandths(lon))
}

/// An id in short: what follows the name, after `~`, where it begins with the name as ids write it.
pub(super) fn short(id: &str, name: &str) -> String {
    let plain = name.to_lowercase();
    let words: Vec<&str> = plain
        .split(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit())
        .filter(|word| !word.is_empty())
        .collect();
    match id.strip_prefix(&words.join("-")) {
        Some(rest) => format!("~{rest}"),
        None => id.to_owned(),
    }
}

impl<'f> Lists<'f> {
    fn text(&mut self, text: Option<&'f str>) -> usize {
        text.filter(|text| !text.is_empty()).map_or(0, |text| self.texts.number(text))
    }

    /// The number of a set of places in a list that begins with none. A set may be empty.
    fn set(&mut self, places: &[usize]) -> usize {
        self.sets.number(places.iter().map(|place| place + 1).collect())
    }

    fn add(&mut self, listing: &'f Listing, rows: &mut Rows<'f>) {
        let after_none = |place: Option<usize>| place.map_or(0, |place| place + 1);
        let at = listing.point.map_or((0, 0), |point| spot(point.lat, point.lon));
        let (name, provider) = &listing.provider;
        let (min, max) = listing.ages.unwrap_or((0, 0));
        let told = listing.vacancies.as_ref();
        let contracts: Vec<usize> =
            listing.contracts.iter().map(|text| self.texts.number(text)).collect();
        let registered: Vec<usize> =
            listing.registered_for.iter().map(|text| self.texts.number(text)).collect();
        rows.name.push(&listing.name);
        rows.id.push(short(&listing.id, &listing.name));
        rows.provider.push(number(self.providers.number((name, provider))));
        rows.kind.push(self.set(&listing.types));
        rows.types.push(self.text(Some(&listing.types_text)));
        rows.level.push(after_none(listing.level));
        rows.area.push(after_none(listing.area));
        let town = listing.town.as_deref().map_or(0, |town| self.towns.number(town));
        rows.town.push(number(town));
        let district = listing.district.as_deref();
        rows.district.push(number(district.map_or(0, |name| self.districts.number(name))));
        rows.lat.push(at.0);
        rows.lon.push(at.1);
        rows.need.push(self.set(&listing.needs));
        rows.said.push(self.set(&listing.further_needs));
        rows.gender.push(listing.gender.map_or(0, |gender| gender as u8 + 1));
        rows.aged.push(u8::from(listing.ages.is_some()));
        rows.min.push(min);
        rows.max.push(max);
        rows.legal.push(listing.legal.as_ref().map_or(0, |legal| self.set(legal)));
        rows.takes.push(self.text(Some(&listing.takes_text)));
        rows.registered.push(self.sets.number(registered));
        rows.capacity.push(self.text(listing.capacity.as_deref()));
        rows.vacancies.push(self.text(told.map(|(text, _)| text.as_str())));
        rows.free.push(told.map_or(0, |(_, fewest)| *fewest));
        rows.as_of.push(self.text(listing.as_of.as_deref()));
        rows.from.push(self.text(listing.takes_from.as_deref()));
        let rating = listing.rating.as_ref();
        rows.rating.push(self.text(rating.map(|(text, _)| *text)));
        rows.rated.push(self.text(rating.and_then(|(_, day)| day.as_deref())));
        rows.contract.push(self.sets.number(contracts));
        rows.regulated.push(u8::from(listing.is_regulated));
        rows.closed.push(self.text(listing.closed));
        rows.old.push(self.text(listing.out_of_date.as_deref()));
        rows.homes.push(self.set(&listing.homes));
        rows.ok.push(u8::from(listing.has_quality));
    }
}
