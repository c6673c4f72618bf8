//! Cells: one count for one measure and one group, under a key that every output uses.

use std::collections::BTreeMap;
use std::fmt;

use crate::evidence::market::{AreaId, LevelId, NeedId, ProviderId};

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// People.
    People,
    /// Beds or places.
    Beds,
    /// Services.
    Services,
    /// Providers.
    Providers,
    /// Whole per cent.
    Percent,
}

macro_rules! measures {
    ($($(#[doc = $doc:literal])* $name:ident = $id:literal, $unit:ident, $title:literal;)+) => {
        /// A measure that the site can publish.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Measure {
            $($(#[doc = $doc])* $name,)+
        }

        impl Measure {
            /// Every measure in reading order.
            pub const ALL: &'static [Measure] = &[$(Measure::$name,)+];

            /// The name under which texts and downloads quote it.
            pub const fn id(self) -> &'static str {
                match self { $(Measure::$name => $id,)+ }
            }

            /// What it counts.
            pub const fn unit(self) -> Unit {
                match self { $(Measure::$name => Unit::$unit,)+ }
            }

            /// A short title for tables.
            pub const fn title(self) -> &'static str {
                match self { $(Measure::$name => $title,)+ }
            }
        }
    };
}

measures! {
    /// People placed out of area, for whatever reason.
    Away = "out-of-area.people", People, "People placed away";
    /// Of these, people for whom being away is right: choice, safety, taken ill elsewhere.
    AwayAppropriately = "out-of-area.appropriate", People, "Away for a good reason";
    /// People away who need a place nearer home.
    Need = "need.people", People, "Could come home";
    /// Of these, people who could move to a place that is free or opens soon.
    Matched = "matched.people", People, "Could move soon";
    /// Of these, people for whom no such place is suitable.
    Gap = "gap.people", People, "Gap: no suitable place";
    /// The fewest of the group for whom there is no place, in the hopeful reading of the facts.
    GapLow = "gap.low", People, "Gap: the fewest people it could be";
    /// The most of the group for whom there is no place, in the cautious reading of the facts.
    GapHigh = "gap.high", People, "Gap: the most people it could be";
    /// Services that are open.
    Services = "services.count", Services, "Services";
    /// Providers with an open service.
    Providers = "providers.count", Providers, "Providers";
    /// Beds on the regulator's register.
    RegisteredBeds = "registered.beds", Beds, "Registered beds";
    /// Beds and places that can be used.
    Places = "places.beds", Beds, "Places";
    /// Places stated to be free now.
    VacantPlaces = "vacancies.beds", Beds, "Places free now";
    /// Local people living in local places.
    OccupiedLocally = "occupied.local", People, "Local people in local places";
    /// People from elsewhere living in local places.
    OccupiedByOthers = "occupied.imported", People, "People from elsewhere in local places";
    /// Occupied places for each hundred places.
    Occupancy = "occupancy.percent", Percent, "Occupancy";
}

/// Names one cell: a measure, and at most two of area, level and need.
///
/// No area means the whole site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellKey {
    /// What is counted.
    pub measure: Measure,
    /// Where: people by home, services by where they stand.
    pub area: Option<AreaId>,
    /// At which level of care.
    pub level: Option<LevelId>,
    /// With or for which need; people with two needs count in both.
    pub need: Option<NeedId>,
}

impl CellKey {
    /// The whole site.
    pub fn whole(measure: Measure) -> CellKey {
        CellKey { measure, area: None, level: None, need: None }
    }

    /// The same measure in one area.
    pub fn in_area(self, area: &AreaId) -> CellKey {
        CellKey { area: Some(area.clone()), ..self }
    }

    /// The same measure at one level.
    pub fn at_level(self, level: &LevelId) -> CellKey {
        CellKey { level: Some(level.clone()), ..self }
    }

    /// The same measure for one need.
    pub fn for_need(self, need: &NeedId) -> CellKey {
        CellKey { need: Some(need.clone()), ..self }
    }
}

impl fmt::Display for CellKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |text: Option<&str>| text.unwrap_or("all").to_owned();
        write!(
            f,
            "{}|{}|{}|{}",
            self.measure.id(),
            part(self.area.as_ref().map(AreaId::as_str)),
            part(self.level.as_ref().map(LevelId::as_str)),
            part(self.need.as_ref().map(NeedId::as_str)),
        )
    }
}

/// One exact count, with what is needed to decide whether it may be told. Sensitive.
#[derive(Clone, Default)]
pub(in crate::evidence) struct Count {
    /// The sum of what is known.
    pub(in crate::evidence) known: u32,
    /// Records that belong to the cell but do not state the number, or not exactly.
    pub(in crate::evidence) unstated: u32,
    /// Providers whose numbers are in the sum, and what each adds to it.
    pub(in crate::evidence) providers: BTreeMap<ProviderId, u32>,
}

/// All exact counts of a site.
#[derive(Clone, Default)]
pub(in crate::evidence) struct Counts {
    cells: BTreeMap<CellKey, Count>,
}

impl Counts {
    /// The count of a cell, made if it is not there yet.
    pub(super) fn entry(&mut self, key: CellKey) -> &mut Count {
        self.cells.entry(key).or_default()
    }

    /// All cells in order of their keys.
    pub(in crate::evidence) fn iter(&self) -> impl Iterator<Item = (&CellKey, &Count)> {
        self.cells.iter()
    }

    /// The count of a cell.
    pub(in crate::evidence) fn get(&self, key: &CellKey) -> Option<&Count> {
        self.cells.get(key)
    }
}

impl fmt::Debug for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Counts({} cells, withheld)", self.cells.len())
    }
}
