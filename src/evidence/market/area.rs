//! Areas: the tree of region, integrated care board and place.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::ids::AreaId;

/// What an area is. Kinds are ordered from the smallest to the largest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AreaKind {
    /// A council-sized area.
    Place,
    /// The area of an integrated care board.
    Icb,
    /// A region.
    Region,
}

/// A point on the globe in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

impl Point {
    /// Great-circle distance in kilometres on a sphere of 6,371.0 km (gap-analysis §4).
    pub fn distance_km(self, other: Point) -> f64 {
        let (lat1, lat2) = (self.lat.to_radians(), other.lat.to_radians());
        let half_lat = (lat2 - lat1) / 2.0;
        let half_lon = (other.lon - self.lon).to_radians() / 2.0;
        let chord = half_lat.sin().powi(2) + lat1.cos() * lat2.cos() * half_lon.sin().powi(2);
        2.0 * 6371.0 * chord.sqrt().min(1.0).asin()
    }
}

/// One area.
#[derive(Clone, Debug)]
pub struct Area {
    /// Its id.
    pub id: AreaId,
    /// Official code, such as a GSS code.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: AreaKind,
    /// The area it belongs to.
    pub parent: Option<AreaId>,
    /// Its middle.
    pub centroid: Option<Point>,
    /// People living there: a public count.
    pub population: Option<u32>,
    /// First day of the area.
    pub valid_from: Option<Date>,
    /// Last day of the area.
    pub valid_to: Option<Date>,
    /// The area that followed it.
    pub successor: Option<AreaId>,
}

impl Area {
    /// An area of which nothing else is known.
    pub(in crate::evidence) fn named(
        id: AreaId,
        name: &str,
        kind: AreaKind,
        parent: Option<AreaId>,
    ) -> Area {
        Area {
            id,
            code: None,
            name: name.to_owned(),
            kind,
            parent,
            centroid: None,
            population: None,
            valid_from: None,
            valid_to: None,
            successor: None,
        }
    }

    /// Whether the area exists on a day.
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

/// All areas, with their relations. Parents exist and there are no circles.
#[derive(Clone, Debug, Default)]
pub struct AreaTree {
    areas: BTreeMap<AreaId, Area>,
}

impl AreaTree {
    /// Takes checked areas; the caller has made sure that the parents form a tree.
    pub(in crate::evidence) fn new(areas: BTreeMap<AreaId, Area>) -> AreaTree {
        AreaTree { areas }
    }

    /// The area with this id.
    pub fn get(&self, id: &str) -> Option<&Area> {
        self.areas.get(id)
    }

    /// All areas in order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Area> {
        self.areas.values()
    }

    /// All ids in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.areas.keys().map(AreaId::as_str)
    }

    /// The area itself, its parent, and so on to the top.
    pub fn lineage<'a>(&'a self, id: &AreaId) -> impl Iterator<Item = &'a Area> {
        let first = self.areas.get(id);
        std::iter::successors(first, |area| {
            area.parent.as_ref().and_then(|parent| self.areas.get(parent))
        })
    }

    /// The area of this kind that `id` is or lies in.
    pub fn ancestor(&self, id: &AreaId, kind: AreaKind) -> Option<&Area> {
        self.lineage(id).find(|area| area.kind == kind)
    }

    /// Whether `inner` is `outer` or lies in it.
    pub fn is_within(&self, inner: &AreaId, outer: &AreaId) -> bool {
        self.lineage(inner).any(|area| &area.id == outer)
    }

    /// Areas directly in this one, by name.
    pub fn children(&self, id: &AreaId) -> Vec<&Area> {
        let mut children: Vec<&Area> =
            self.areas.values().filter(|area| area.parent.as_ref() == Some(id)).collect();
        children.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        children
    }

    /// Areas that lie in no other, by name.
    pub fn roots(&self) -> Vec<&Area> {
        let mut roots: Vec<&Area> =
            self.areas.values().filter(|area| area.parent.is_none()).collect();
        roots.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        roots
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_is_the_great_circle() {
        let equator = Point { lat: 0.0, lon: 0.0 };
        let quarter = Point { lat: 0.0, lon: 90.0 };
        assert!((equator.distance_km(quarter) - 6371.0 * std::f64::consts::FRAC_PI_2).abs() < 1e-6);
        assert_eq!(equator.distance_km(equator), 0.0);
    }
}
