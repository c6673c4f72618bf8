//! The attack: plays a reader of all figures who knows the rules, and works out withheld numbers.

mod doors;
mod grid;
mod inside;
mod linear;
mod lines;
mod residents;
mod system;
#[cfg(test)]
mod tests;
mod worlds;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::super::publication::Publication;
use super::reading::Reading;
use crate::evidence::analysis::{CellKey, Measure};
pub(super) use doors::Doors;
use grid::{Grid, Mark, Readings};
pub(super) use inside::attack as inside;
pub(super) use residents::attack as residents;
use system::{Contradiction, ENDLESS, Range};
use worlds::Secret;

/// A withheld small number keeps at least so many possible values (disclosure §4).
const FEWEST_VALUES: i64 = 4;

/// A number of people that a reader may want to know, told or not.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::evidence) enum Number {
    /// A figure; or people of one home, level and need, who have none.
    Figure(CellKey),
    /// People whose home is the area itself and none within it.
    Own(CellKey),
}

impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Number::Figure(key) => write!(out, "{key}"),
            Number::Own(key) => write!(out, "{key}|own"),
        }
    }
}

/// What everybody can know beside the figures.
pub(super) struct Public<'p> {
    pub(super) publication: &'p Publication,
    /// Free places by whom they might take; nothing where the people are not those of the day of
    /// the records.
    pub(super) doors: Option<Doors>,
    /// Figures that are withheld for reasons that have nothing to do with how many people they
    /// count, so that their mark says nothing.
    pub(super) asked: &'p BTreeSet<CellKey>,
    /// Whether people in no line are too few for one, in every integrated care board and level.
    pub(super) are_rests_few: bool,
}

impl Public<'_> {
    /// The most people of a figure, as free places tell.
    fn most(&self, key: &CellKey) -> i64 {
        let doors = self.doors.as_ref().filter(|_| key.measure == Measure::Matched);
        doors.map_or(ENDLESS, |doors| doors.most(key))
    }
}

/// What an attack found, with the number that it is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Found {
    /// No table agrees with what is told.
    Contradiction(String),
    /// A reader can narrow a small number to too few values.
    Narrow(String),
    /// It was not found out whether a reader can.
    Undecided(String),
}

/// Attacks the numbers that are `small`, and every other withheld figure that can only be small.
pub(super) fn attack(public: &Public, readings: &Readings, small: &BTreeSet<Number>) -> Vec<Found> {
    if !readings.values().any(|reading| **reading == Reading::Withheld) {
        return Vec::new();
    }
    let mut mark = Mark::ByProfile;
    let mut told = know(public, readings, mark);
    if told.system.narrow().is_err() {
        mark = Mark::Anything;
        told = know(public, readings, mark);
        if let Err(Contradiction { cell }) = told.system.narrow() {
            let key = told.name(cell).map_or_else(String::new, |number| number.to_string());
            return vec![Found::Contradiction(key)];
        }
    }
    let alone = publicly_known(public, readings);
    let mut found = Vec::new();
    let mut open = Vec::new();
    let mut names = BTreeMap::new();
    for number in small.iter().filter(|number| !is_told(readings, number)) {
        let Some(cell) = told.find(number) else { continue };
        let least = alone.find(number).map_or(FEWEST_VALUES, |at| alone.system.ranges[at].width());
        let values = least.min(FEWEST_VALUES);
        match told.system.ranges[cell].width() < values {
            true => found.push(Found::Narrow(number.to_string())),
            false => {
                open.push(Secret { cell, values });
                names.insert(cell, number);
            }
        }
    }
    found.extend(certainly_small(public, readings, (&told, &alone)));
    let at_once = worlds::narrow_at_once(&told.system, &open);
    for (cell, is_decided) in worlds::narrow(&told.system, &open).into_iter().chain(at_once) {
        let Some(number) = names.get(&cell).map(|number| number.to_string()) else { continue };
        found.push(if is_decided { Found::Narrow(number) } else { Found::Undecided(number) });
    }
    found.sort();
    found.dedup();
    found
}

/// Withheld figures of which a reader can be sure that they are small, and nearly how small: found
/// also where it is not known which are, as on a live site whose files have moved on.
fn certainly_small(
    public: &Public,
    readings: &Readings,
    (told, alone): (&Grid, &Grid),
) -> Vec<Found> {
    let threshold = i64::from(public.publication.policy().threshold);
    let is_small = |key: &CellKey| {
        let number = Number::Figure(key.clone());
        let range = |grid: &Grid| Some(grid.system.ranges[grid.find(&number)?]);
        range(told).zip(range(alone)).is_some_and(|(told, alone)| {
            let is_within = told.low >= 1 && told.high < threshold;
            is_within && told.width() < alone.width().min(FEWEST_VALUES)
        })
    };
    let withheld = readings.iter().filter(|(_, reading)| ***reading == Reading::Withheld);
    withheld
        .filter(|(key, _)| is_small(key))
        .map(|(key, _)| Found::Narrow(key.to_string()))
        .collect()
}

fn is_told(readings: &Readings, number: &Number) -> bool {
    match number {
        Number::Figure(key) => readings.get(key).is_some_and(|reading| reading.is_number()),
        Number::Own(_) => false,
    }
}

fn know<'p>(public: &Public<'p>, readings: &Readings, mark: Mark) -> Grid<'p> {
    let mut grid = Grid::new(public, readings, mark);
    lines::add(&mut grid, public);
    grid
}

/// What is known with every figure withheld: free places, and that nobody is counted twice. The
/// mark says nothing here: by the rules it would deny that there can be nobody where nobody can be.
fn publicly_known<'p>(public: &Public<'p>, readings: &Readings) -> Grid<'p> {
    let none: Readings = readings.keys().map(|key| (*key, &Reading::Withheld)).collect();
    let mut grid = Grid::new(public, &none, Mark::Anything);
    let before: Vec<Range> = grid.system.ranges.clone();
    if grid.system.narrow().is_err() {
        grid.system.ranges = before;
    }
    grid
}
