//! How far a reader can narrow a withheld figure by adding up and taking off what is published.
//!
//! Nothing here knows a number that is not published, so that what it finds can be told.

use std::collections::BTreeMap;

use super::tables::{Fate, fate};
use crate::evidence::analysis::{CellKey, Measure};
use crate::evidence::disclosure::{Figure, Publication, Published};

/// So many rounds at most; with fewer than it takes, figures look safer than they are by a little.
const ROUNDS: usize = 100;

/// The least and the greatest number that a figure can be; no greatest where nothing bounds it.
type Bounds = (i64, Option<i64>);

/// A sum and its parts; whether there is nobody in the sum who is in none of them.
struct Sum {
    total: CellKey,
    parts: Vec<CellKey>,
    is_whole: bool,
}

/// What can be told of each figure of people placed away.
pub(super) fn bounds(publication: &Publication) -> BTreeMap<CellKey, Bounds> {
    let mut bounds: BTreeMap<CellKey, Bounds> = publication
        .figures()
        .filter(|published| is_summed(published.key().measure))
        .filter_map(|published| {
            let fate = fate(publication, published)?;
            Some((published.key().clone(), first(publication, published, &fate)))
        })
        .collect();
    let sums = sums(publication, &bounds);
    for _ in 0..ROUNDS {
        let before = bounds.clone();
        for sum in &sums {
            narrow(sum, &mut bounds);
        }
        if before == bounds {
            break;
        }
    }
    bounds
}

/// A withheld figure that published ones bound.
pub(super) struct Narrowed {
    pub(super) key: CellKey,
    pub(super) low: i64,
    pub(super) high: i64,
}

/// Withheld figures that published ones bound, the narrowest first.
pub(super) fn narrowed(publication: &Publication) -> Vec<Narrowed> {
    let mut found = Vec::new();
    for (key, (low, high)) in bounds(publication) {
        let fate = publication.figure(&key).and_then(|published| fate(publication, published));
        let is_meant = fate.is_some_and(|fate| !matches!(fate, Fate::Shown | Fate::Nought));
        found.extend(high.filter(|_| is_meant).map(|high| Narrowed { key, low, high }));
    }
    found.sort_by(|a, b| (a.high - a.low, &a.key).cmp(&(b.high - b.low, &b.key)));
    found
}

/// Whether figures of a measure are parts and sums of each other.
fn is_summed(measure: Measure) -> bool {
    use Measure::{Away, AwayAppropriately, Gap, Matched, Need};
    matches!(measure, Away | AwayAppropriately | Need | Matched | Gap)
}

/// What a figure says by itself.
fn first(publication: &Publication, published: &Published, fate: &Fate) -> Bounds {
    let policy = publication.policy();
    let half = i64::from(policy.rounding_base / 2);
    match published.figure() {
        Figure::Shown(value) => (i64::from(value), Some(i64::from(value))),
        Figure::Rounded(0) => (0, Some(0)),
        Figure::Rounded(value) => {
            let value = i64::from(value);
            ((value - half).max(i64::from(policy.threshold)), Some(value + half))
        }
        // Where noughts are shown, the mark says that there is somebody.
        _ => {
            let may_be_nought =
                published.key().measure == Measure::Matched || *fate == Fate::Listed;
            (i64::from(policy.zero_shown && !may_be_nought), None)
        }
    }
}

/// Everything that adds up, as everybody knows.
fn sums(publication: &Publication, bounds: &BTreeMap<CellKey, Bounds>) -> Vec<Sum> {
    let areas = publication.areas();
    let levels: Vec<_> =
        publication.vocabulary().levels_in_order().map(|level| &level.id).collect();
    let mut sums = Vec::new();
    for key in bounds.keys() {
        let of = |measure| CellKey { measure, ..key.clone() };
        let parts = match key.measure {
            Measure::Away => vec![of(Measure::AwayAppropriately), of(Measure::Need)],
            Measure::Need => vec![of(Measure::Matched), of(Measure::Gap)],
            _ => Vec::new(),
        };
        sums.push(Sum { total: key.clone(), parts, is_whole: true });
        if key.level.is_none() {
            let parts = levels.iter().map(|level| key.clone().at_level(level)).collect();
            sums.push(Sum { total: key.clone(), parts, is_whole: true });
        }
        // People can be at home in an area that holds others.
        let below = areas.iter().filter(|area| area.parent == key.area);
        let parts = below.map(|area| key.clone().in_area(&area.id)).collect();
        sums.push(Sum { total: key.clone(), parts, is_whole: key.area.is_none() });
    }
    sums.retain(|sum| {
        !sum.parts.is_empty() && sum.parts.iter().all(|part| bounds.contains_key(part))
    });
    sums
}

/// Narrows the sum by its parts, and each part by the sum and the others.
fn narrow(sum: &Sum, bounds: &mut BTreeMap<CellKey, Bounds>) {
    let total = bounds[&sum.total];
    let parts: Vec<Bounds> = sum.parts.iter().map(|part| bounds[part]).collect();
    let ends = |without: Option<usize>| -> Bounds {
        let others = parts.iter().enumerate().filter(|(at, _)| Some(*at) != without);
        let highs: Option<i64> = others.clone().map(|(_, (_, high))| *high).sum();
        (others.map(|(_, (low, _))| low).sum(), highs.filter(|_| sum.is_whole))
    };
    set(bounds, &sum.total, ends(None));
    for (at, part) in sum.parts.iter().enumerate() {
        let (lows, highs) = ends(Some(at));
        let low = highs.map_or(0, |highs| total.0 - highs);
        set(bounds, part, (low, total.1.map(|high| high - lows)));
    }
}

fn set(bounds: &mut BTreeMap<CellKey, Bounds>, key: &CellKey, (low, high): Bounds) {
    if let Some(found) = bounds.get_mut(key) {
        found.0 = found.0.max(low);
        found.1 = [found.1, high].into_iter().flatten().min();
    }
}
