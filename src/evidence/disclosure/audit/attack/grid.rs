//! What a reader knows: the figures that were read, and how they hang together by their keys.
//!
//! Everything here is public: the tree of areas, the ladders, what the measures count, the profile
//! with its rounding, and what the mark means. Nothing is taken from the code that protects.

mod needs;
mod shared;

use std::collections::BTreeMap;

use super::super::super::figure::Published;
use super::super::super::publication::Publication;
use super::super::reading::Reading;
use super::system::{Range, Row, System};
use super::{Number, Public};
use crate::evidence::analysis::{CellKey, Measure};
use crate::evidence::market::{AreaId, LevelId, NeedId};

/// Measures of people placed away: three parts, of which none holds another, and two sums.
pub(super) const MEASURES: [Measure; 5] =
    [Measure::AwayAppropriately, Measure::Matched, Measure::Gap, Measure::Need, Measure::Away];
/// How many of [`MEASURES`] are parts.
const PARTS: usize = 3;
const MATCHED: usize = 1;
pub(super) const GAP: usize = 2;
/// Each sum with its two parts.
const SUMS: [[usize; 3]; 2] = [[3, 1, 2], [4, 0, 3]];
/// Index of an area, level or need that stands for all of them.
pub(super) const ALL: usize = 0;

/// Measure, area, level and need, by their places in a [`Grid`].
pub(super) type At = [usize; 4];

/// How a reader takes the mark of a withheld number of people.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// By the rules: where noughts are shown, a withheld number is one or more.
    ByProfile,
    /// As any number, nought among them.
    Anything,
}

/// Cells of a site by their coordinates, and the rows between them.
pub(super) struct Grid<'p> {
    pub(super) publication: &'p Publication,
    pub(super) system: System,
    /// All areas after the place of [`ALL`].
    pub(super) areas: Vec<&'p AreaId>,
    pub(super) levels: Vec<&'p LevelId>,
    pub(super) needs: Vec<&'p NeedId>,
    /// Areas directly within one, or those that lie in no other.
    inner: Vec<Vec<usize>>,
    figures: BTreeMap<At, usize>,
    /// People whose home is an area itself and none within it, where there are any within.
    own: BTreeMap<At, usize>,
}

impl<'p> Grid<'p> {
    /// Takes every figure of people placed away, as it was read, and adds what hangs together.
    pub(super) fn new(public: &Public<'p>, readings: &Readings, mark: Mark) -> Grid<'p> {
        let publication = public.publication;
        let areas: Vec<&AreaId> = publication.areas().iter().map(|area| &area.id).collect();
        let place = |id: &AreaId| areas.iter().position(|area| *area == id).map(|at| at + 1);
        let roots = publication.areas().roots().into_iter().filter_map(|area| place(&area.id));
        let mut inner = vec![roots.collect::<Vec<_>>()];
        inner.extend(areas.iter().map(|area| {
            let children = publication.areas().children(area);
            children.into_iter().filter_map(|area| place(&area.id)).collect()
        }));
        let mut grid = Grid {
            publication,
            system: System::default(),
            areas,
            levels: publication.vocabulary().levels.keys().collect(),
            needs: publication.vocabulary().needs.keys().collect(),
            inner,
            figures: BTreeMap::new(),
            own: BTreeMap::new(),
        };
        grid.take(public, readings, mark);
        grid.add_people();
        (1..=grid.needs.len()).for_each(|need| grid.add_need(need));
        public.doors.iter().for_each(|doors| grid.add_shared_places(doors));
        grid
    }

    /// The cell of a number, if a reader can think of it.
    pub(super) fn find(&self, number: &Number) -> Option<usize> {
        match number {
            Number::Figure(key) => self.figures.get(&self.at(key)?).copied(),
            Number::Own(key) => self.own.get(&self.at(key)?).copied(),
        }
    }

    /// The cell of people whose home is an area itself.
    pub(super) fn homed(&self, at: At) -> Option<usize> {
        let cells = if self.has_inner(at[1]) { &self.own } else { &self.figures };
        cells.get(&at).copied()
    }

    pub(super) fn has_inner(&self, area: usize) -> bool {
        !self.inner[area].is_empty()
    }

    /// The figure of a cell, if it is one.
    pub(super) fn name(&self, cell: usize) -> Option<Number> {
        let (at, _) = self.figures.iter().find(|(_, other)| **other == cell)?;
        Some(Number::Figure(self.key(*at)))
    }

    fn key(&self, [of, area, level, need]: At) -> CellKey {
        let place = |ids: usize| ids.checked_sub(1);
        CellKey {
            measure: MEASURES[of],
            area: place(area).map(|at| self.areas[at].clone()),
            level: place(level).map(|at| self.levels[at].clone()),
            need: place(need).map(|at| self.needs[at].clone()),
        }
    }

    fn at(&self, key: &CellKey) -> Option<At> {
        fn place<T: PartialEq>(all: &[&T], id: Option<&T>) -> Option<usize> {
            match id {
                None => Some(ALL),
                Some(id) => all.iter().position(|one| *one == id).map(|at| at + 1),
            }
        }
        Some([
            MEASURES.iter().position(|measure| *measure == key.measure)?,
            place(&self.areas, key.area.as_ref())?,
            place(&self.levels, key.level.as_ref())?,
            place(&self.needs, key.need.as_ref())?,
        ])
    }

    fn take(&mut self, public: &Public, readings: &Readings, mark: Mark) {
        // Figures of all people come first, and so do the tables that are made of them.
        let mut keys: Vec<&CellKey> = self.publication.figures().map(Published::key).collect();
        keys.sort_by_key(|key| key.need.is_some());
        for key in keys {
            let Some(at) = self.at(key) else { continue };
            let mut range = self.range(public, readings, key, mark);
            range.high = range.high.min(public.most(key));
            let cell = self.system.cell(range);
            self.figures.insert(at, cell);
            if key.measure == Measure::Gap {
                self.take_ends(public, readings, (key, cell));
            }
        }
    }

    /// The numbers that a figure leaves possible by itself.
    fn range(&self, public: &Public, readings: &Readings, key: &CellKey, mark: Mark) -> Range {
        let policy = self.publication.policy();
        let (half, threshold) = (i64::from(policy.rounding_base / 2), i64::from(policy.threshold));
        let is_withheld = |key: &CellKey| readings.get(key) == Some(&&Reading::Withheld);
        match readings.get(key).copied() {
            Some(Reading::NoneAtAll | Reading::Nothing) => Range::new(0, 0),
            Some(Reading::Number { low, high: Some(high), .. }) => {
                let (low, high) = (i64::from(*low), i64::from(*high));
                let least = (low - half).max(threshold.min(low));
                Range::new(least, if high == 0 { 0 } else { high + half })
            }
            Some(Reading::Withheld) => {
                let few = (1..=3).contains(&public.most(key));
                let may_be_nought = mark == Mark::Anything
                    || !policy.zero_shown
                    || public.asked.contains(key)
                    || (key.measure == Measure::Matched && few)
                    || (key.need.is_some() && is_withheld(&CellKey { need: None, ..key.clone() }));
                Range { low: i64::from(!may_be_nought), ..Range::ANY }
            }
            _ => Range::ANY,
        }
    }

    /// A gap lies within its range. The range can reach beyond the need, as it also counts people
    /// of whom it is not known whether they need a place.
    fn take_ends(&mut self, public: &Public, readings: &Readings, (gap, cell): (&CellKey, usize)) {
        for measure in [Measure::GapLow, Measure::GapHigh] {
            let key = CellKey { measure, ..gap.clone() };
            if !matches!(readings.get(&key), Some(Reading::Number { .. } | Reading::NoneAtAll)) {
                continue;
            }
            let range = self.range(public, readings, &key, Mark::ByProfile);
            let end = self.system.cell(range);
            let (more, less) = if measure == Measure::GapLow { (cell, end) } else { (end, cell) };
            self.system.rows.push(Row::at_least(&[more], &[less], 0));
        }
    }

    fn add(&mut self, row: Row, bounds_only: bool) {
        self.system.rows.push(Row { bounds_only, ..row });
    }

    fn figure(&self, at: At) -> Option<usize> {
        self.figures.get(&at).copied()
    }

    /// All cells of these coordinates, or nothing if one is not there.
    fn every(&self, all: impl Iterator<Item = At>) -> Option<Vec<usize>> {
        all.map(|at| self.figure(at)).collect()
    }

    fn add_sums(&mut self, [_, area, level, need]: At) {
        for [total, one, other] in SUMS {
            let cells = [total, one, other].map(|of| self.figure([of, area, level, need]));
            if let [Some(total), Some(one), Some(other)] = cells {
                self.add(Row::balance(&[total], &[one, other]), false);
            }
        }
    }

    /// Everybody has one home and one level.
    fn add_people(&mut self) {
        for area in ALL..=self.areas.len() {
            for level in ALL..=self.levels.len() {
                self.add_sums([0, area, level, ALL]);
                for of in 0..MEASURES.len() {
                    self.add_areas([of, area, level, ALL]);
                }
            }
            for of in 0..MEASURES.len() {
                let levels = (1..=self.levels.len()).map(|level| [of, area, level, ALL]);
                let parts = self.every(levels);
                if let Some((total, parts)) = self.figure([of, area, ALL, ALL]).zip(parts) {
                    self.add(Row::balance(&[total], &parts), of >= PARTS);
                }
            }
        }
    }

    /// An area holds the areas within it, and people whose home is the area itself.
    fn add_areas(&mut self, at: At) {
        let [of, area, level, need] = at;
        let inner = self.inner[area].iter().map(|inner| [of, *inner, level, need]);
        let Some((total, mut parts)) = self.figure(at).zip(self.every(inner)) else { return };
        if parts.is_empty() {
            return;
        }
        match (area, of < PARTS) {
            (ALL, _) => self.add(Row::balance(&[total], &parts), of >= PARTS),
            (_, false) => self.add(Row::at_least(&[total], &parts, 0), true),
            (_, true) => {
                let own = self.system.cell(Range::ANY);
                self.own.insert(at, own);
                parts.push(own);
                self.add(Row::balance(&[total], &parts), false);
            }
        }
    }
}

/// What was read of each figure.
pub(super) type Readings<'r> = BTreeMap<&'r CellKey, &'r Reading>;
