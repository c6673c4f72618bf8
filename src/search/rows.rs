//! The columns of an index: what each service has, as numbers of entries of lists.

use jiff::civil::Date;
use serde::Serialize;

use super::dictionary::Dictionary;
use super::packed::{Columns, Form};
use crate::view::finder::{Finder, Listing};

/// Hundredths of a degree north and east.
pub(super) type Spot = (i32, i32);

/// Names, and a column for each other fact.
#[derive(Serialize)]
pub(super) struct Rows<'f> {
    name: Vec<&'f str>,
    #[serde(flatten)]
    columns: Columns,
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

    /// Writes services as columns; `ids` are the numbers of theirs.
    pub(super) fn rows(
        &mut self,
        finder: &Finder,
        listings: &[&'f Listing],
        ids: Vec<Option<i64>>,
    ) -> Rows<'f> {
        let mut columns = Columns::default();
        self.places(&mut columns, listings);
        self.takes(&mut columns, listings);
        self.states(&mut columns, finder, listings);
        columns.add("id", Form::Above, "", ids.into_iter());
        Rows { name: listings.iter().map(|one| one.name.as_str()).collect(), columns }
    }

    /// Whose a service is, and where.
    fn places(&mut self, columns: &mut Columns, all: &[&'f Listing]) {
        let owner = |one: &&'f Listing| (one.provider.0.as_str(), one.provider.1.as_str());
        let provider = all.iter().map(|one| self.providers.number(owner(one))).collect();
        columns.add("provider", Form::Plain, "", first_met(provider).into_iter().map(number));
        let districts = all.iter().map(|one| {
            number(one.district.as_deref().map_or(0, |name| self.districts.number(name)))
        });
        columns.add("district", Form::Steps, "", districts);
        let towns = all
            .iter()
            .map(|one| number(one.town.as_deref().map_or(0, |name| self.towns.number(name))));
        columns.add("town", Form::Steps, "district", towns);
        let areas = all.iter().map(|one| number(after_none(one.area)));
        columns.add("area", Form::Steps, "district", areas);
        for (name, side) in [("lat", north as fn(Spot) -> i32), ("lon", east)] {
            let at = |one: &&Listing| one.point.map_or(0, |point| side(spot(point.lat, point.lon)));
            columns.add(name, Form::Steps, "district", all.iter().map(|one| Some(at(one).into())));
        }
    }

    /// What a service is, and whom it takes.
    fn takes(&mut self, columns: &mut Columns, all: &[&'f Listing]) {
        let mut add = |name, beside, of: &dyn Fn(&mut Lists<'f>, &'f Listing) -> usize| {
            columns.add(name, Form::Plain, beside, all.iter().map(|one| number(of(self, one))));
        };
        add("type", "", &|lists, one| lists.set(&one.types));
        add("level", "type", &|_, one| after_none(one.level));
        add("need", "type", &|lists, one| lists.set(&one.needs));
        add("claimed", "need", &|lists, one| lists.set(&one.claimed));
        add("registered", "type", &|lists, one| lists.set(&one.registered));
        add("gender", "", &|_, one| gender(one));
        add("age", "gender", &|lists, one| one.ages.map_or(0, |ages| lists.ranges.number(ages)));
        add("legal", "level", &|lists, one| one.legal.as_ref().map_or(0, |legal| lists.set(legal)));
        add("takes", "age", &|lists, one| lists.text(Some(&one.takes_text)));
        add("homes", "level", &|lists, one| lists.set(&one.homes));
    }

    /// How a service is at the moment.
    fn states(&mut self, columns: &mut Columns, finder: &Finder, all: &[&'f Listing]) {
        let grade = |text: &str| finder.ratings.iter().position(|known| *known == text);
        let mut add = |name, beside, of: &dyn Fn(&mut Lists<'f>, &'f Listing) -> usize| {
            columns.add(name, Form::Plain, beside, all.iter().map(|one| number(of(self, one))));
        };
        add("capacity", "type", &|lists, one| {
            lists.text(one.capacity.as_ref().map(|(text, _)| text.as_str()))
        });
        add("vacancies", "capacity", &|lists, one| {
            lists.text(one.vacancies.as_ref().map(|(text, _)| text.as_str()))
        });
        add("free", "vacancies", &|_, one| {
            one.vacancies.as_ref().map_or(0, |told| told.1 as usize)
        });
        add("rating", "type", &|_, one| after_none(one.rating.and_then(|r| grade(r.0))));
        add("contract", "type", &|lists, one| {
            let texts = one.contracts.iter().map(|text| lists.texts.number(text)).collect();
            lists.sets.number(texts)
        });
        add("regulated", "type", &|_, one| usize::from(one.is_regulated));
        add("closed", "capacity", &|lists, one| lists.text(one.closed));
        add("old", "vacancies", &|lists, one| lists.text(one.out_of_date.as_deref()));
        add("ok", "rating", &|_, one| usize::from(one.has_quality));
        let places = |one: &&Listing| one.capacity.as_ref().map_or(0, |told| told.1);
        let places = all.iter().map(|one| i64::try_from(places(one)).ok());
        columns.add("places", Form::Plain, "capacity", places);
        let ago = |day: Option<Date>| day.map(|day| days_between(day, finder.as_at));
        columns.add("as_of", Form::Above, "vacancies", all.iter().map(|one| ago(one.as_of)));
        columns.add("from", Form::Above, "vacancies", all.iter().map(|one| ago(one.takes_from)));
        let rated = all.iter().map(|one| one.rating.and_then(|(_, day)| ago(day)));
        columns.add("rated", Form::Above, "rating", rated);
    }
}

/// 0 unknown, 1 any, 2 women or girls, 3 men or boys; 4 more where only children are taken.
fn gender(listing: &Listing) -> usize {
    let children = listing.ages.is_some_and(|(_, most)| most < 18);
    listing.gender.map_or(0, |gender| gender as usize + 1) + if children { 4 } else { 0 }
}

/// Days from one to another; less than 0 when the first comes later.
fn days_between(from: Date, to: Date) -> i64 {
    i64::from(to.since(from).map_or(0, |span| span.get_days()))
}

/// Degrees north and degrees east of a point, in hundredths.
fn north(spot: Spot) -> i32 {
    spot.0
}

fn east(spot: Spot) -> i32 {
    spot.1
}

/// An index has far fewer entries than there are numbers.
fn number(entry: usize) -> Option<i64> {
    Some(i64::try_from(entry).expect("a list of an index has fewer entries than there are numbers"))
}

/// The number of a place in a list that begins with none.
pub(super) fn after_none(place: Option<usize>) -> usize {
    place.map_or(0, |place| place + 1)
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
