//! What a reader makes of one edition: numbers of people who are alike, and sums of them of which
//! something is told.

use std::collections::{BTreeMap, BTreeSet};

use super::super::super::decided::{self, Purpose, Whole};
use super::super::super::figure::Figure;
use super::super::super::openings::Openings;
use super::sites::{HOMES, KINDS, LEVELS, Site};
use super::worlds::{Ends, Sum, Worlds};
use crate::evidence::analysis::{Analysis, CellKey, Measure};
use crate::evidence::market::{AreaId, LevelId, Market, NeedId};

/// The reader thinks of no greater number of people who are alike.
const MOST: i64 = 200;

/// Why people are away: for a good reason, taken, or in the gap.
const STATES: usize = 3;
const MATCHED: usize = 1;
const GAP: usize = 2;

/// Which states a measure counts.
pub(super) const MEASURES: [(Measure, &[usize]); 5] = [
    (Measure::AwayAppropriately, &[0]),
    (Measure::Matched, &[MATCHED]),
    (Measure::Gap, &[GAP]),
    (Measure::Need, &[MATCHED, GAP]),
    (Measure::Away, &[0, MATCHED, GAP]),
];

/// People of one home, one level and one kind, by their places in the lists of [`super::sites`].
type Alike = (usize, usize, usize);

/// A reader of one edition.
pub(super) struct Reader {
    /// Everything that the edition tells, and what it leaves possible.
    pub(super) worlds: Worlds,
    /// Every number that is looked at, told or not, with the numbers that it is the sum of.
    pub(super) cells: BTreeMap<String, Vec<usize>>,
    /// How many people could be taken at most, by the name of a cell.
    pub(super) free: BTreeMap<String, i64>,
    /// The greatest number of people that counts as small.
    pub(super) small: i64,
    /// Numbers of a group that make its gap: those in no line first, then those of each line.
    gaps: BTreeMap<Alike, Vec<usize>>,
}

/// How a group is named, by its area, level and need, and who belongs to it.
struct Group {
    key: CellKey,
    alike: Vec<Alike>,
    /// Whether figures of such a group are told.
    is_told: bool,
}

impl Reader {
    /// A reader of an edition of this site, made by the rule for editions or without it; nothing
    /// where it is refused.
    pub(super) fn of(site: &Site, purpose: Purpose) -> Option<Reader> {
        let (market, analysis, _) = site.files().read();
        let whole = decided::decide(&market, &analysis, purpose).value?;
        let homes: BTreeSet<usize> = site.homes();
        let mut reader = Reader {
            worlds: Worlds::default(),
            cells: BTreeMap::new(),
            free: BTreeMap::new(),
            small: i64::from(whole.policy.threshold) - 1,
            gaps: BTreeMap::new(),
        };
        let places =
            homes.iter().flat_map(|home| (0..LEVELS.len()).map(move |level| (*home, level)));
        let alike: Vec<Alike> = places
            .flat_map(|(home, level)| (0..KINDS.len()).map(move |kind| (home, level, kind)))
            .collect();
        let truth = truth(&market, &analysis);
        for group in &alike {
            for state in 0..STATES {
                let people = truth.get(&(*group, state)).copied().unwrap_or(0);
                reader.worlds.add_number((0, MOST), people);
            }
            let at = reader.worlds.numbers.len() - 1;
            reader.gaps.insert(*group, vec![at]);
        }
        let first: BTreeMap<Alike, usize> =
            alike.iter().enumerate().map(|(at, group)| (*group, at * STATES)).collect();
        reader.read_lines(&whole, &market);
        let openings = Openings::of(&market);
        for group in groups(&homes, &alike) {
            reader.read_group((&whole, &openings, &analysis), &group, &first);
        }
        let shared: Vec<Vec<usize>> = reader.gaps.values().cloned().collect();
        reader.worlds.begin(shared);
        Some(reader)
    }

    fn read_group(
        &mut self,
        (whole, openings, analysis): (&Whole, &Openings, &Analysis),
        group: &Group,
        first: &BTreeMap<Alike, usize>,
    ) {
        for (measure, states) in MEASURES {
            let key = CellKey { measure, ..group.key.clone() };
            let parts = group.alike.iter().flat_map(|alike| {
                states.iter().flat_map(|state| match *state {
                    GAP => self.gaps[alike].clone(),
                    state => vec![first[alike] + state],
                })
            });
            let parts: Vec<usize> = parts.collect();
            let mut ends = if group.is_told { told(whole, &key) } else { (0, i64::MAX) };
            if measure == Measure::Matched {
                let most = i64::from(openings.at_most(&key));
                ends.1 = ends.1.min(most);
                self.free.insert(key.to_string(), most);
            }
            if group.is_told {
                let count = analysis.counts.get(&key).map_or(0, |count| i64::from(count.known));
                let sum = parts.iter().map(|part| self.worlds.truth[*part]).sum::<i64>();
                assert!((ends.0..=ends.1).contains(&count), "{key} is told wrongly");
                assert_eq!(count, sum, "{key} is another sum");
            }
            if measure == Measure::Gap && group.is_told && group.key.need.is_none() {
                let end = |measure| told(whole, &CellKey { measure, ..key.clone() });
                ends = (ends.0.max(end(Measure::GapLow).0), ends.1.min(end(Measure::GapHigh).1));
            }
            self.worlds.add_sum(Sum { parts: parts.clone(), ends });
            self.cells.insert(key.to_string(), parts);
        }
    }

    /// Takes in what lines of gaps tell: whom each can hold, and how many; and that who is in none
    /// at one level of the board is too few for one.
    fn read_lines(&mut self, whole: &Whole, market: &Market) {
        let gaps = &whole.gaps;
        let least = i64::from(gaps.fewest_people());
        let listed = gaps.listed().iter().map(|gap| {
            let wanted = gap.specification();
            (true, &wanted.area, &wanted.level, &wanted.needs, gap.people())
        });
        let also = gaps.also_wanted().iter();
        let also =
            also.map(|line| (false, line.area(), line.level(), line.wanted(), line.people()));
        for (is_listed, area, level, needs, band) in listed.chain(also) {
            let mut all = Vec::new();
            let mut having: BTreeMap<&NeedId, Vec<usize>> = BTreeMap::new();
            for (alike, numbers) in &mut self.gaps {
                let (home, own) = (HOMES[alike.0], LEVELS[alike.1]);
                let of_kind = |need: &&NeedId| KINDS[alike.2].contains(&need.as_str());
                let has: Vec<&NeedId> = needs.iter().filter(of_kind).collect();
                let is_level = own == level.as_str() || (is_listed && own == "high");
                let is_kind = match is_listed {
                    true => !has.is_empty(),
                    false => has.len() == KINDS[alike.2].len(),
                };
                let home = AreaId::parse(home).unwrap();
                if !(market.areas.is_within(&home, area) && is_level && is_kind) {
                    continue;
                }
                let number = self.worlds.add_number((0, MOST), 0);
                numbers.push(number);
                all.push(number);
                for need in has {
                    having.entry(need).or_default().push(number);
                }
            }
            let ends = (i64::from(band.low()).max(least), band.high().map_or(i64::MAX, i64::from));
            for parts in having.into_values().filter(|_| !is_listed) {
                self.worlds.add_sum(Sum { parts, ends: (1, i64::MAX) });
            }
            let needs: Vec<&str> = needs.iter().map(NeedId::as_str).collect();
            let name = format!("line {is_listed} {area}|{level}|{}", needs.join("+"));
            self.worlds.add_sum(Sum { parts: all.clone(), ends });
            self.cells.insert(name, all);
        }
        self.read_rests(least, whole.decisions.given_up().is_empty());
    }

    /// Who is in no line, by home and level and by level. Where lines were given up they may be
    /// more than too few.
    fn read_rests(&mut self, least: i64, are_few: bool) {
        let mut by_level: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut by_home: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for ((home, level, _), numbers) in &self.gaps {
            by_level.entry(*level).or_default().push(numbers[0]);
            by_home.entry((*home, *level)).or_default().push(numbers[0]);
        }
        for (level, parts) in by_level {
            let ends = (0, if are_few { least - 1 } else { i64::MAX });
            self.worlds.add_sum(Sum { parts: parts.clone(), ends });
            self.cells.insert(format!("rest {}", LEVELS[level]), parts);
        }
        for ((home, level), parts) in by_home {
            self.cells.insert(format!("rest {}|{}", HOMES[home], LEVELS[level]), parts);
        }
    }
}

/// What a figure tells by itself.
fn told(whole: &Whole, key: &CellKey) -> Ends {
    let policy = &whole.policy;
    let half = i64::from(policy.rounding_base / 2);
    match whole.figures[key].figure() {
        Figure::Rounded(0) => (0, 0),
        Figure::Rounded(shown) => {
            let shown = i64::from(shown);
            ((shown - half).max(i64::from(policy.threshold)), shown + half)
        }
        _ => (0, i64::MAX),
    }
}

/// How many people are alike, by state.
fn truth(market: &Market, analysis: &Analysis) -> BTreeMap<(Alike, usize), i64> {
    let mut truth: BTreeMap<(Alike, usize), i64> = BTreeMap::new();
    let place = |all: &[&str], id: &str| all.iter().position(|one| *one == id).unwrap();
    for (row, gap) in market.placements.iter().zip(&analysis.residual) {
        let needs: Vec<&str> = row.needs.iter().flatten().map(NeedId::as_str).collect();
        let kind = KINDS.iter().position(|kind| *kind == needs).unwrap();
        let alike = (place(&HOMES, row.home.as_str()), place(&LEVELS, row.level.as_str()), kind);
        let all = i64::from(row.people.middle());
        let parts = match row.reason.is_some_and(|reason| reason.is_appropriate()) {
            true => [all, 0, 0],
            false => [0, all - i64::from(*gap), i64::from(*gap)],
        };
        for (state, people) in parts.into_iter().enumerate() {
            *truth.entry((alike, state)).or_default() += people;
        }
    }
    truth
}

/// Every group of which figures are told, and those by home, level and need, of which none are.
fn groups(homes: &BTreeSet<usize>, alike: &[Alike]) -> Vec<Group> {
    let areas = homes.iter().map(|home| (Some(HOMES[*home]), Some(*home)));
    let areas: Vec<_> =
        areas.chain([None, Some("east"), Some("mere")].map(|area| (area, None))).collect();
    let levels = [None, Some(0), Some(1)];
    let mut found = Vec::new();
    for (area, home) in areas {
        for level in levels {
            for need in [None, Some("autism"), Some("epilepsy")] {
                let is_told = need.is_none() || area.is_none() || level.is_none();
                let is_within = |(at, own, kind): &&Alike| {
                    home.is_none_or(|home| home == *at)
                        && level.is_none_or(|level| level == *own)
                        && need.is_none_or(|need| KINDS[*kind].contains(&need))
                };
                if !is_told && home.is_none() {
                    continue;
                }
                let key = CellKey {
                    area: area.and_then(AreaId::parse),
                    level: level.and_then(|level| LevelId::parse(LEVELS[level])),
                    need: need.and_then(NeedId::parse),
                    ..CellKey::whole(Measure::Away)
                };
                let alike = alike.iter().filter(is_within).copied().collect();
                found.push(Group { key, alike, is_told });
            }
        }
    }
    found
}
