//! From services one by one to columns and lists: the form that `search` describes.

use std::collections::BTreeMap;

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
    providers: List<(&'f str, &'f str)>,
    towns: List<(&'f str, Option<Spot>)>,
    districts: List<(&'f str, Option<Spot>)>,
    texts: List<&'f str>,
    sets: List<Vec<usize>>,
    rows: Rows<'f>,
}

/// One column for each fact.
#[derive(Default, Serialize)]
struct Rows<'f> {
    name: Vec<&'f str>,
    id: Vec<&'f str>,
    provider: Vec<usize>,
    #[serde(rename = "type")]
    kind: Vec<usize>,
    types: Vec<usize>,
    level: Vec<usize>,
    area: Vec<usize>,
    town: Vec<usize>,
    district: Vec<usize>,
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
    for listing in &finder.listings {
        lists.add(listing, &mut rows);
    }
    let towns = middles(&finder.listings, |listing| listing.town.as_deref());
    let districts = middles(&finder.listings, |listing| listing.district.as_deref());
    let levels = finder.levels.iter().map(|level| {
        let word = &level.word;
        let words = (word.id.as_str(), word.name.as_str(), word.others.as_str());
        (words.0, words.1, words.2, level.ladder + 1, level.rank)
    });
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
        providers: lists.providers.into_values(),
        towns: placed(lists.towns, &towns),
        districts: placed(lists.districts, &districts),
        texts: lists.texts.into_values(),
        sets: lists.sets.into_values(),
        rows,
    }
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

fn placed<'f>(
    names: Dictionary<&'f str>,
    middles: &BTreeMap<&str, Spot>,
) -> List<(&'f str, Option<Spot>)> {
    let names = names.into_values().into_iter();
    names.map(|name| name.map(|name| (name, middles.get(name).copied()))).collect()
}

/// The middle of the services of each town or district: of those with a point.
fn middles<'f>(
    listings: &'f [Listing],
    key: impl Fn(&'f Listing) -> Option<&'f str>,
) -> BTreeMap<&'f str, Spot> {
    let mut sums: BTreeMap<&str, (i64, i64, i64)> = BTreeMap::new();
    for listing in listings {
        if let Some((name, point)) = key(listing).zip(listing.point) {
            let (lat, lon) = spot(point.lat, point.lon);
            let sum = sums.entry(name).or_default();
            *sum = (sum.0 + i64::from(lat), sum.1 + i64::from(lon), sum.2 + 1);
        }
    }
    let middle = |sum: i64, count: i64| i32::try_from(sum / count).unwrap_or(0);
    sums.into_iter()
        .map(|(name, (lat, lon, count))| (name, (middle(lat, count), middle(lon, count))))
        .collect()
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
        rows.name.push(&listing.name);
        rows.id.push(&listing.id);
        rows.provider.push(self.providers.number((name, provider)));
        rows.kind.push(self.set(&listing.types));
        rows.types.push(self.text(Some(&listing.types_text)));
        rows.level.push(after_none(listing.level));
        rows.area.push(after_none(listing.area));
        rows.town.push(listing.town.as_deref().map_or(0, |town| self.towns.number(town)));
        let district = listing.district.as_deref();
        rows.district.push(district.map_or(0, |district| self.districts.number(district)));
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
        rows.registered.push(self.text(Some(&listing.registered_for)));
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
