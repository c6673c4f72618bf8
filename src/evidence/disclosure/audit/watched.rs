//! What the audit is told of a site beside what everybody can read: which numbers are small, never
//! how small.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::super::policy::Policy;
use super::announced::Announced;
use super::attack::Number;
use super::insiders::{self, Insider};
use crate::evidence::analysis::{Analysis, CellKey, Counts, Measure, Unit};
use crate::evidence::market::{
    AreaId, LevelId, Market, NeedId, People, Placement, ProviderId, ServiceId,
};

/// Which numbers are small, and why figures are withheld that are not. Sensitive: it never leaves
/// `evidence`.
#[derive(Default)]
pub(in crate::evidence) struct Watched {
    /// Keys of counts that are too small to be shown.
    pub(super) withheld: BTreeSet<CellKey>,
    /// Numbers of people, printed or not, of whom there are some and too few to be told.
    pub(super) small: BTreeSet<Number>,
    /// Changes of free places that are announced; nothing where the people who are told of are not
    /// those of the day of the records, so that free places say nothing of them.
    pub(super) announced: Option<Announced>,
    /// Figures that are withheld for other reasons than how many people they count.
    pub(super) asked: BTreeSet<CellKey>,
    /// Whether people in no line are too few for one, in every integrated care board and level.
    pub(super) are_rests_few: bool,
    /// What each provider knows of those who live in its services that are open: how many are from
    /// here, and how many from elsewhere, where it says so.
    pub(super) residents: Residents,
    /// What each provider knows of people placed away whom it houses.
    pub(super) insiders: BTreeMap<ProviderId, Insider>,
}

/// Residents by service. Sensitive.
pub(super) type Residents = BTreeMap<ServiceId, [Option<u32>; 2]>;

impl fmt::Debug for Watched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watched(withheld)")
    }
}

/// People of one home and one level, of one need or of all, by [`PARTS`]. Sensitive.
pub(super) type Homed = BTreeMap<Home, [u32; 3]>;

/// A home, a level, and one need or all.
pub(super) type Home = (AreaId, LevelId, Option<NeedId>);

/// The parts of all people away, none of which holds another.
const PARTS: [Measure; 3] = [Measure::AwayAppropriately, Measure::Matched, Measure::Gap];

impl Watched {
    /// Marks what the rules of a profile call small, by its threshold alone.
    pub(in crate::evidence::disclosure) fn of(
        policy: &Policy,
        market: &Market,
        analysis: &Analysis,
        asked: BTreeSet<CellKey>,
        are_rests_few: bool,
    ) -> Watched {
        let announced = Some(Announced::of(market));
        let mut watched = Watched { asked, are_rests_few, announced, ..Watched::default() };
        watched.mark_figures(policy, &analysis.counts, market.has_placement_lists);
        let services = market.providers.values().flat_map(|provider| &provider.services);
        let raw = |people: Option<People>| people.map(People::raw);
        let living = services.filter(|service| service.is_open()).map(|service| {
            let people = [service.occupied_local, service.occupied_imported];
            (service.id.clone(), people.map(raw))
        });
        watched.residents = living.collect();
        if market.has_placement_lists {
            let homed = homed(market, &analysis.residual, |_| true);
            watched.mark_homed(policy, market, &homed);
            watched.insiders = insiders::of(policy, market, &analysis.residual);
        }
        watched
    }

    fn mark_figures(&mut self, policy: &Policy, counts: &Counts, has_lists: bool) {
        for (key, count) in counts.iter() {
            let of_residents =
                matches!(key.measure, Measure::OccupiedLocally | Measure::OccupiedByOthers);
            let is_counted = if of_residents { !count.providers.is_empty() } else { has_lists };
            if key.measure.unit() != Unit::People || !is_counted {
                continue;
            }
            if count.known < policy.threshold && !(count.known == 0 && policy.zero_shown) {
                self.withheld.insert(key.clone());
            }
            if (1..policy.threshold).contains(&count.known) {
                self.small.insert(Number::Figure(key.clone()));
            }
        }
    }

    /// Marks numbers that no figure tells: of people whose home is an area that has others within
    /// it, and of those of one home, level and need.
    fn mark_homed(&mut self, policy: &Policy, market: &Market, homed: &Homed) {
        for (home, parts) in homed {
            let has_inner = !market.areas.children(&home.0).is_empty();
            for (measure, people) in PARTS.into_iter().zip(parts) {
                let key = key_of(measure, home);
                if (1..policy.threshold).contains(people) {
                    self.small.insert(if has_inner {
                        Number::Own(key)
                    } else {
                        Number::Figure(key)
                    });
                }
            }
        }
    }
}

fn key_of(measure: Measure, (area, level, need): &Home) -> CellKey {
    CellKey { measure, area: Some(area.clone()), level: Some(level.clone()), need: need.clone() }
}

/// The people of some rows, by home.
pub(super) fn homed(
    market: &Market,
    residual: &[u32],
    is_meant: impl Fn(&Placement) -> bool,
) -> Homed {
    let mut homed = Homed::new();
    let rows = market.placements.iter().zip(residual);
    for (row, gap) in rows.filter(|(row, _)| is_meant(row)) {
        let all = row.people.middle();
        let parts = match row.reason.is_some_and(|reason| reason.is_appropriate()) {
            true => [all, 0, 0],
            false => [0, all - gap, *gap],
        };
        let needs = row.needs.iter().flatten().cloned().map(Some);
        for need in std::iter::once(None).chain(needs) {
            let of = (row.home.clone(), row.level.clone(), need);
            for (count, more) in homed.entry(of).or_default().iter_mut().zip(parts) {
                *count += more;
            }
        }
    }
    homed
}
