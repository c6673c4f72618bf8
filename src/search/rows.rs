//! The columns of an index: what each service has, as numbers of entries of lists.

use jiff::civil::Date;
use serde::Serialize;

use super::dictionary::Dictionary;
use super::packed::{Column, Packed};
use crate::view::finder::{Finder, Listing};

/// Hundredths of a degree north and east.
pub(super) type Spot = (i32, i32);

/// One column for each fact.
#[derive(Serialize)]
pub(super) struct Rows<'f> {
    name: Vec<&'f str>,
    provider: Column<usize>,
    #[serde(rename = "type")]
    kind: Column<usize>,
    level: Column<usize>,
    area: Column<usize>,
    town: Vec<i32>,
    district: Vec<i32>,
    lat: Vec<i32>,
    lon: Vec<i32>,
    need: Column<usize>,
    claimed: Column<usize>,
    registered: Column<usize>,
    gender: Column<u8>,
    age: Column<usize>,
    legal: Column<usize>,
    takes: Column<usize>,
    capacity: Column<usize>,
    places: Column<u64>,
    vacancies: Column<usize>,
    free: Column<u32>,
    as_of: Column<Option<i64>>,
    from: Column<Option<i64>>,
    rating: Column<usize>,
    contract: Column<usize>,
    regulated: Column<u8>,
    closed: Column<usize>,
    old: Column<usize>,
    homes: Column<usize>,
    ok: Column<u8>,
    // Side by side, as so they pack smaller.
    id: Packed,
    rated: Packed,
}

/// Lists that grow while the rows are written.
#[derive(Default)]
pub(super) struct Lists<'f> {
    pub(super) providers: Dictionary<(&'f str, &'f str)>,
    pub(super) towns: Dictionary<&'f str>,
    pub(super) districts: Dictionary<&'f str>,
    pub(super) ranges: Dictionary<(u8, u8)>,
    pub(super) texts: Dictionary<&'f str>,
    pub(super) sets: Dictionary<Vec<usize>>,
}

impl<'f> Lists<'f> {
    fn text(&mut self, text: Option<&'f str>) -> usize {
        text.filter(|text| !text.is_empty()).map_or(0, |text| self.texts.number(text))
    }

    /// The number of a set of places in a list that begins with none. A set may be empty.
    fn set(&mut self, places: &[usize]) -> usize {
        self.sets.number(places.iter().map(|place| place + 1).collect())
    }

    /// A column of entries of a list.
    fn column(
        &mut self,
        listings: &[&'f Listing],
        of: impl Fn(&mut Lists<'f>, &'f Listing) -> usize,
    ) -> Column<usize> {
        listings.iter().map(|one| of(self, one)).collect()
    }

    /// Writes services as columns; `id` is theirs.
    pub(super) fn rows(
        &mut self,
        finder: &Finder,
        listings: &[&'f Listing],
        id: Packed,
    ) -> Rows<'f> {
        let owner = |one: &&'f Listing| (one.provider.0.as_str(), one.provider.1.as_str());
        let provider = listings.iter().map(|one| self.providers.number(owner(one))).collect();
        let ago = |day: Option<Date>| day.map(|day| days_between(day, finder.as_at));
        let rated = listings.iter().map(|one| one.rating.and_then(|(_, day)| ago(day)));
        let grade = |text: &str| finder.ratings.iter().position(|known| *known == text);
        let all = listings;
        Rows {
            name: all.iter().map(|one| one.name.as_str()).collect(),
            provider: first_met(provider).into_iter().collect(),
            kind: self.column(all, |lists, one| lists.set(&one.types)),
            level: all.iter().map(|one| after_none(one.level)).collect(),
            area: all.iter().map(|one| after_none(one.area)).collect(),
            town: stepped(all, |one| one.town.as_deref().map_or(0, |name| self.towns.number(name))),
            district: stepped(all, |one| {
                one.district.as_deref().map_or(0, |name| self.districts.number(name))
            }),
            lat: far(all, |spot| spot.0),
            lon: far(all, |spot| spot.1),
            need: self.column(all, |lists, one| lists.set(&one.needs)),
            claimed: self.column(all, |lists, one| lists.set(&one.claimed)),
            registered: self.column(all, |lists, one| lists.set(&one.registered)),
            gender: all.iter().map(|one| gender(one)).collect(),
            age: self
                .column(all, |lists, one| one.ages.map_or(0, |ages| lists.ranges.number(ages))),
            legal: self
                .column(all, |lists, one| one.legal.as_ref().map_or(0, |legal| lists.set(legal))),
            takes: self.column(all, |lists, one| lists.text(Some(&one.takes_text))),
            capacity: self.column(all, |lists, one| {
                lists.text(one.capacity.as_ref().map(|(text, _)| text.as_str()))
            }),
            places: all.iter().map(|one| one.capacity.as_ref().map_or(0, |told| told.1)).collect(),
            vacancies: self.column(all, |lists, one| {
                lists.text(one.vacancies.as_ref().map(|(text, _)| text.as_str()))
            }),
            free: all.iter().map(|one| one.vacancies.as_ref().map_or(0, |told| told.1)).collect(),
            as_of: all.iter().map(|one| ago(one.as_of)).collect(),
            from: all.iter().map(|one| ago(one.takes_from)).collect(),
            rating: all.iter().map(|one| after_none(one.rating.and_then(|r| grade(r.0)))).collect(),
            contract: self.column(all, |lists, one| {
                let texts = one.contracts.iter().map(|text| lists.texts.number(text)).collect();
                lists.sets.number(texts)
            }),
            regulated: all.iter().map(|one| u8::from(one.is_regulated)).collect(),
            closed: self.column(all, |lists, one| lists.text(one.closed)),
            old: self.column(all, |lists, one| lists.text(one.out_of_date.as_deref())),
            homes: self.column(all, |lists, one| lists.set(&one.homes)),
            ok: all.iter().map(|one| u8::from(one.has_quality)).collect(),
            id,
            rated: Packed::of(&rated.collect::<Vec<Option<i64>>>()),
        }
    }
}

/// 0 unknown, 1 any, 2 women or girls, 3 men or boys; 4 more where only children are taken.
fn gender(listing: &Listing) -> u8 {
    let children = listing.ages.is_some_and(|(_, most)| most < 18);
    listing.gender.map_or(0, |gender| gender as u8 + 1) + if children { 4 } else { 0 }
}

/// Days from one to another; less than 0 when the first comes later.
fn days_between(from: Date, to: Date) -> i64 {
    i64::from(to.since(from).map_or(0, |span| span.get_days()))
}

/// Numbers of entries as steps.
fn stepped<'f>(all: &[&'f Listing], of: impl FnMut(&&'f Listing) -> usize) -> Vec<i32> {
    steps(&all.iter().map(of).map(number).collect::<Vec<i32>>())
}

/// One side of the points as steps; 0 where none is known.
fn far(all: &[&Listing], side: fn(Spot) -> i32) -> Vec<i32> {
    let at = |one: &&Listing| one.point.map_or((0, 0), |point| spot(point.lat, point.lon));
    steps(&all.iter().map(|one| side(at(one))).collect::<Vec<i32>>())
}

/// An index has far fewer entries than there are numbers.
fn number(entry: usize) -> i32 {
    i32::try_from(entry).expect("a list of an index has fewer than two thousand million entries")
}

/// The number of a place in a list that begins with none.
pub(super) fn after_none(place: Option<usize>) -> usize {
    place.map_or(0, |place| place + 1)
}

/// Each number as the step from the one before.
fn steps(numbers: &[i32]) -> Vec<i32> {
    let before = std::iter::once(&0).chain(numbers);
    numbers.iter().zip(before).map(|(number, before)| number - before).collect()
}

/// Entries by number, where 0 is the next one that no row before has named.
fn first_met(numbers: Vec<usize>) -> Vec<usize> {
    let mut last = 0;
    let met = numbers.into_iter().map(|number| match number > last {
        true => {
            last = number;
            0
        }
        false => number,
    });
    met.collect()
}

/// Hundredths of a degree; points are checked to lie on the globe when they are read.
pub(super) fn spot(lat: f64, lon: f64) -> Spot {
    let hundredths = |degrees: f64| (degrees * 100.0).round() as i32;
    (hundredths(lat), hundredths(lon))
}
