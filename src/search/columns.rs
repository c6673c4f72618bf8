//! From services one by one to columns and lists: the form that `search` describes.

use serde::Serialize;

use super::packed;
use super::rows::{Lists, Rows, Spot, after_none, spot};
use crate::view::finder::{Finder, Listing};
use crate::view::finder_words::{self, AreaWord, Word};

/// A list of entries whose first place stands for none.
type List<T> = Vec<Option<T>>;

/// The index, in the order in which it is written.
#[derive(Serialize)]
pub(super) struct Index<'f> {
    version: u32,
    as_at: String,
    step: u32,
    areas: List<(String, &'f str, usize, Option<Spot>)>,
    types: List<(&'f str, &'f str, &'f str)>,
    needs: List<(&'f str, &'f str, &'f str)>,
    legal: List<(&'f str, &'f str, &'f str)>,
    ladders: List<&'f str>,
    levels: List<(&'f str, &'f str, &'f str, usize, usize)>,
    ages: List<(&'f str, &'f str, u8, u8)>,
    genders: [&'static str; 8],
    ratings: List<&'static str>,
    register: List<(&'f str, usize)>,
    providers: List<(String, &'f str)>,
    towns: List<&'f str>,
    districts: String,
    ranges: List<(u8, u8)>,
    texts: List<&'f str>,
    sets: List<Vec<usize>>,
    stem: String,
    others: Vec<String>,
    rows: Rows<'f>,
}

/// Writes services as columns.
pub(super) fn index(version: u32, finder: &Finder) -> Index<'_> {
    let mut lists = Lists::default();
    let listings = in_order(&finder.listings);
    let ids: Vec<String> = listings.iter().map(|one| short(&one.id, &one.name)).collect();
    let ids = packed::ids(ids);
    let rows = lists.rows(finder, &listings, ids.numbers);
    let levels = finder.levels.iter().map(|level| {
        let word = &level.word;
        let words = (word.id.as_str(), word.name.as_str(), word.others.as_str());
        (words.0, words.1, words.2, level.ladder + 1, level.rank)
    });
    let others = finder.other_types.iter().map(|name| ("", name.as_str(), ""));
    let register = finder.register.iter().map(|(word, need)| (word.as_str(), after_none(*need)));
    Index {
        version,
        as_at: finder.as_at.to_string(),
        step: finder.max_step,
        areas: list(finder.areas.iter().map(area)),
        types: list(finder.types.iter().map(word).chain(others)),
        needs: list(finder.needs.iter().map(word)),
        legal: list(finder.legal.iter().map(word)),
        ladders: list(finder.ladders.iter().map(String::as_str)),
        levels: list(levels),
        ages: list(finder.ages.iter().map(|age| (&*age.id, &*age.name, age.min, age.max))),
        genders: finder_words::GENDERS,
        ratings: list(finder.ratings.iter().copied()),
        register: list(register),
        providers: lists.providers.into_values().into_iter().map(owner).collect(),
        towns: lists.towns.into_values(),
        districts: lettered(&lists.districts.into_values()),
        ranges: lists.ranges.into_values(),
        texts: lists.texts.into_values(),
        sets: lists.sets.into_values(),
        stem: ids.stem,
        others: ids.others,
        rows,
    }
}

/// Services of a district after one another: so written, what they have in common packs small.
fn in_order(listings: &[Listing]) -> Vec<&Listing> {
    let mut listings: Vec<&Listing> = listings.iter().collect();
    listings.sort_by_cached_key(|listing| {
        let at = listing.point.map(|point| spot(point.lat, point.lon));
        (numbered(listing.district.as_deref()), listing.town.as_deref(), at)
    });
    listings
}

fn owner<'f>(entry: Option<(&str, &'f str)>) -> Option<(String, &'f str)> {
    entry.map(|(id, name)| (short(id, name), name))
}

/// Districts with spaces between them, without their letters where these are those of the one
/// before. A district has letters and a digit, and holds no space.
fn lettered(districts: &[Option<&str>]) -> String {
    let mut letters = "";
    let told = districts.iter().map(|district| {
        let district = district.unwrap_or_default();
        let rest = district.trim_start_matches(|letter: char| !letter.is_ascii_digit());
        let own = &district[..district.len() - rest.len()];
        match own == letters && !rest.is_empty() {
            true => rest,
            false => {
                letters = own;
                district
            }
        }
    });
    told.collect::<Vec<&str>>().join(" ")
}

/// A district with its number as one, so that those with the same letters stand in their order.
fn numbered(district: Option<&str>) -> Option<(&str, u32, &str)> {
    let district = district?;
    let is_digit = |letter: char| letter.is_ascii_digit();
    let at = district.find(is_digit).unwrap_or(district.len());
    let (letters, rest) = district.split_at(at);
    let (digits, end) = rest.split_at(rest.find(|letter| !is_digit(letter)).unwrap_or(rest.len()));
    Some((letters, digits.parse().unwrap_or(0), end))
}

fn list<T>(entries: impl Iterator<Item = T>) -> List<T> {
    std::iter::once(None).chain(entries.map(Some)).collect()
}

fn word(word: &Word) -> (&str, &str, &str) {
    (&word.id, &word.name, &word.others)
}

fn area(area: &AreaWord) -> (String, &str, usize, Option<Spot>) {
    let parent = area.parent.map_or(0, |parent| parent + 1);
    (
        short(&area.id, &area.name),
        &area.name,
        parent,
        area.middle.map(|point| spot(point.lat, point.lon)),
    )
}

/// An id in short: what follows the name, after `~`, where it begins with the name as ids write it.
pub(super) fn short(id: &str, name: &str) -> String {
    let plain = name.replace('&', " and ").replace(['\'', '’'], "").to_lowercase();
    let words: Vec<&str> = plain
        .split(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit())
        .filter(|word| !word.is_empty())
        .collect();
    match id.strip_prefix(&words.join("-")) {
        Some(rest) => format!("~{rest}"),
        None => id.to_owned(),
    }
}
