//! Where a service stands: how far from the nearest towns and areas, as text and as a small map.
//!
//! Made from the site's own points. Distances are rounded to be read; nothing is decided by them.

use serde::Serialize;

use super::address::{self, Address};
use super::{Link, Material, words};
use crate::chart::{KM_PER_MILE, Spot, locator};
use crate::evidence::disclosure::{AreaKind, Point, PublicService};

/// So many places are named.
const NAMED: usize = 5;
/// Towns further away than this many degrees north or south are not looked at.
const REACH_DEGREES: f64 = 1.0;

/// The map of a service and the same facts as text.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the section")]
pub struct Locator {
    pub svg: String,
    pub nearest: Vec<Near>,
}

/// One place, and how the service lies to it.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the line")]
pub struct Near {
    pub way: String,
    pub name: String,
    pub href: Option<String>,
}

/// A place with a name.
struct Place<'a> {
    name: &'a str,
    area: Option<Link>,
    point: Point,
    /// Kilometres from the service.
    away: f64,
}

/// Shows where a service stands; nothing where its point is not stated or no place lies near.
pub fn locator_of(material: Material, at: &Address, service: &PublicService) -> Option<Locator> {
    let here = service.geo?;
    let places = nearest(material, at, service, here);
    if places.is_empty() {
        return None;
    }
    let near = |place: &Place| Near {
        way: way(place.point, here, place.away),
        name: place.name.to_owned(),
        href: place.area.as_ref().map(|link| link.href.clone()),
    };
    let nearest: Vec<Near> = places.iter().map(near).collect();
    let told: Vec<String> =
        nearest.iter().map(|near| format!("{} {}", near.way, near.name)).collect();
    let words = format!("{} is {}.", service.name, words::joined(&told, "and"));
    let spots: Vec<Spot> = places
        .iter()
        .map(|place| {
            let (east, north) = offset(here, place.point);
            Spot { name: place.name, east, north }
        })
        .collect();
    let title = format!("Map of where {} is", service.name);
    Some(Locator { svg: locator(&title, &words, &spots), nearest })
}

/// The nearest areas and towns. The town of its own address is left out: it is part of the address.
fn nearest<'a>(
    material: Material<'a>,
    at: &Address,
    service: &PublicService,
    here: Point,
) -> Vec<Place<'a>> {
    let own = service.address.city.as_deref();
    let areas = material.publication.areas().iter().filter(|area| area.kind == AreaKind::Place);
    let mut places: Vec<Place> = areas
        .filter_map(|area| {
            let point = area.centroid?;
            let link = Link::between(at, &area.name, &address::area(&area.id));
            let away = here.distance_km(point);
            Some(Place { name: &area.name, area: Some(link), point, away })
        })
        .collect();
    let towns = &material.catalogue.towns;
    let from = towns.partition_point(|(_, point)| point.lat < here.lat - REACH_DEGREES);
    let near = towns[from..].iter().take_while(|(_, point)| point.lat < here.lat + REACH_DEGREES);
    for (name, point) in near {
        let is_area = places.iter().any(|place| place.area.is_some() && place.name == name);
        if own != Some(name.as_str()) && !is_area {
            let away = here.distance_km(*point);
            places.push(Place { name, area: None, point: *point, away });
        }
    }
    places.sort_by(|a, b| a.away.total_cmp(&b.away).then_with(|| a.name.cmp(b.name)));
    places.truncate(NAMED);
    places
}

/// How a service lies to a place: `about 3 miles (5 km) north-east of`.
fn way(place: Point, here: Point, away: f64) -> String {
    let miles = (away / KM_PER_MILE).round() as u32;
    if miles == 0 {
        return "less than a mile from".to_owned();
    }
    let distance = words::counted(miles as usize, "mile", "miles");
    let (east, north) = offset(place, here);
    format!("about {distance} ({} km) {} of", away.round() as u32, direction(east, north))
}

/// Kilometres east and north of one point to another, on a flat map; good enough for one county.
fn offset(from: Point, to: Point) -> (f64, f64) {
    const KM_PER_DEGREE: f64 = 111.195;
    let middle = ((from.lat + to.lat) / 2.0).to_radians();
    let east = (to.lon - from.lon) * middle.cos() * KM_PER_DEGREE;
    (east, (to.lat - from.lat) * KM_PER_DEGREE)
}

/// One of eight directions.
fn direction(east: f64, north: f64) -> &'static str {
    // The tangent of half the angle between two of them.
    const HALF: f64 = 0.414_213_562;
    let along = |one: f64, other: f64| other.abs() <= one.abs() * HALF;
    match (east >= 0.0, north >= 0.0) {
        (true, _) if along(east, north) => "east",
        (false, _) if along(east, north) => "west",
        (_, true) if along(north, east) => "north",
        (_, false) if along(north, east) => "south",
        (true, true) => "north-east",
        (false, true) => "north-west",
        (true, false) => "south-east",
        (false, false) => "south-west",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_those_of_the_compass() {
        let told = [(0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (1.0, -1.0), (0.0, -1.0), (-1.0, -1.0)];
        let words = ["north", "north-east", "east", "south-east", "south", "south-west"];
        for ((east, north), word) in told.into_iter().zip(words) {
            assert_eq!(direction(east, north), word);
        }
        assert_eq!(direction(-1.0, 0.0), "west");
        assert_eq!(direction(-1.0, 1.0), "north-west");
        assert_eq!(direction(0.4, 1.0), "north", "less than half an eighth off");
        assert_eq!(direction(0.5, 1.0), "north-east");
    }

    #[test]
    fn a_way_is_told_from_the_place_to_the_service() {
        let town = Point { lat: 54.0, lon: 1.0 };
        let north = Point { lat: 54.1, lon: 1.0 };
        assert_eq!(way(town, north, town.distance_km(north)), "about 7 miles (11 km) north of");
        let near = Point { lat: 54.001, lon: 1.0 };
        assert_eq!(way(town, near, town.distance_km(near)), "less than a mile from");
    }
}
