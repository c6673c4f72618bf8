//! What a reader knows of a small site: by free places and its own people alone, and with all that
//! is told. Worked out by the words of the rules, and by no code of the product.

use std::collections::BTreeSet;

use super::super::doors::{Offer, can_take};
use super::site::{Built, NEEDS, People, Site, is_in, kinds, parts};
use super::worlds::{Answer, MOST, Worlds};
use crate::evidence::analysis::{CellKey, Measure};
use crate::evidence::disclosure::site_graph::atoms::Kind;
use crate::evidence::disclosure::{Band, Figure, LineKey};
use crate::evidence::market::{AreaId, LevelId, NeedId};

const REASON: usize = 0;
const MATCHED: usize = 1;
const GAP: usize = 2;
/// There are as many as can be.
const ANY: u32 = 1_000;

/// People who are told apart: whose they are, and of the gap in which line they are.
struct Part {
    kind: Kind,
    part: usize,
    line: Option<usize>,
    is_own: bool,
}

/// How much a provider knows of its own people.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Knows {
    /// Home, level and needs, and which of them could be taken.
    All,
    /// Not which of those who need a place could be taken.
    NotWhoIsTaken,
}

/// A line as a reader takes it.
#[derive(Clone)]
struct Line {
    key: LineKey,
    area: AreaId,
    level: LevelId,
    wanted: BTreeSet<NeedId>,
    people: (u32, u32),
}

pub(super) struct Knowledge {
    parts: Vec<Part>,
    /// By free places and its own people.
    pub(super) alone: Worlds,
    /// By all that is told as well.
    pub(super) told: Worlds,
    /// What is true, but for who is in which line.
    pub(super) truth: Vec<u32>,
}

impl Knowledge {
    /// What is known to whom these people are known: one for each meaning of the lines by which
    /// what is told would be true. No reader can tell which of them is meant.
    pub(super) fn of(
        (site, built): (&Site, &Built),
        [own, others]: [&People; 2],
        knows: Knows,
    ) -> Vec<Knowledge> {
        let meanings = meanings(built);
        let all = meanings.iter().map(|lines| {
            let mut found = Knowledge::begin(lines, [own, others]);
            found.know_own(own, knows);
            found.know_places(&site.offers);
            found.told = found.alone.clone();
            found.know_figures(site, built);
            found.know_lines(lines, built);
            found
        });
        let found: Vec<Knowledge> = all.filter(|found| found.is_true([own, others])).collect();
        assert!(!found.is_empty(), "what is true seems impossible: {site:?}");
        found
    }

    fn begin(lines: &[Line], people: [&People; 2]) -> Knowledge {
        let mut parts = Vec::new();
        for kind in kinds() {
            for is_own in [true, false] {
                if is_own && !people[0].contains_key(&kind) {
                    continue;
                }
                let mut add = |part, line| {
                    parts.push(Part { kind: kind.clone(), part, line, is_own });
                };
                add(REASON, None);
                add(MATCHED, None);
                add(GAP, lands(lines, &kind));
                for (number, line) in lines.iter().enumerate() {
                    if matches!(line.key, LineKey::Listed(_)) && is_offered(line, &kind) {
                        add(GAP, Some(number));
                    }
                }
            }
        }
        let mut alone = Worlds::default();
        let mut seen = BTreeSet::new();
        let truth = parts.iter().map(|part| {
            alone.add();
            let of = people[usize::from(!part.is_own)].get(&part.kind);
            // The first of several lines; it is found out who is in the others.
            let is_first = seen.insert((part.kind.clone(), part.part, part.is_own));
            of.filter(|_| is_first).map_or(0, |of| of[part.part])
        });
        let truth = truth.collect();
        Knowledge { parts, alone, told: Worlds::default(), truth }
    }

    fn find(&self, is_meant: impl Fn(&Part) -> bool) -> Vec<usize> {
        let all = self.parts.iter().enumerate();
        all.filter(|(_, part)| is_meant(part)).map(|(at, _)| at).collect()
    }

    /// The people of others of a group.
    pub(super) fn others(&self, group: &CellKey) -> Vec<usize> {
        let parts = parts(group.measure);
        self.find(|one| !one.is_own && parts.contains(&one.part) && is_in(group, &one.kind))
    }

    fn know_own(&mut self, own: &People, knows: Knows) {
        let apart: &[&[usize]] = match knows {
            Knows::All => &[&[REASON], &[MATCHED], &[GAP]],
            Knows::NotWhoIsTaken => &[&[REASON], &[MATCHED, GAP]],
        };
        for (kind, people) in own {
            for parts in apart {
                let sum = parts.iter().map(|part| people[*part]).sum();
                let is_meant =
                    |one: &Part| one.is_own && one.kind == *kind && parts.contains(&one.part);
                self.alone.know(self.find(is_meant), (sum, sum));
            }
        }
    }

    /// Whoever is taken by some doors only is no more than the places behind these (Hall).
    fn know_places(&mut self, offers: &[Offer]) {
        let open = |kind: &Kind| -> BTreeSet<usize> {
            (0..offers.len()).filter(|at| can_take(&offers[*at], kind)).collect()
        };
        for chosen in 0..1_usize << offers.len() {
            let doors: BTreeSet<usize> =
                (0..offers.len()).filter(|at| chosen >> at & 1 == 1).collect();
            let places = doors.iter().map(|door| offers[*door].free).sum();
            let is_meant = |one: &Part| one.part == MATCHED && open(&one.kind).is_subset(&doors);
            self.alone.know(self.find(is_meant), (0, places));
        }
    }

    fn know_figures(&mut self, site: &Site, built: &Built) {
        let policy = &built.whole.policy;
        for (key, told) in &built.whole.figures {
            let measure = match key.measure {
                Measure::GapLow | Measure::GapHigh => Measure::Gap,
                measure => measure,
            };
            let parts = parts(measure);
            if parts.is_empty() {
                continue;
            }
            let of = self.find(|one| parts.contains(&one.part) && is_in(key, &one.kind));
            let half = policy.rounding_base / 2;
            assert!(!told.is_at_least());
            let (low, high) = match told.figure() {
                Figure::Shown(people) => (people, people),
                Figure::Rounded(0) => (0, 0),
                Figure::Rounded(people) => {
                    (people.saturating_sub(half).max(policy.threshold), people + half)
                }
                // Where noughts are shown, the mark says one or more, but of people for whom three
                // places or fewer are free.
                Figure::Suppressed => {
                    let few = key.measure == Measure::Matched
                        && (1..4).contains(&places(&site.offers, key));
                    (u32::from(policy.zero_shown && !few), ANY)
                }
                Figure::NotCollected | Figure::NotApplicable => (0, ANY),
            };
            let ends = match key.measure {
                Measure::GapLow if told.figure().value().is_some() => (low, ANY),
                Measure::GapHigh if told.figure().value().is_some() => (0, high),
                Measure::GapLow | Measure::GapHigh => continue,
                _ => (low, high),
            };
            self.told.know(of, ends);
        }
    }

    fn know_lines(&mut self, lines: &[Line], built: &Built) {
        let fewest = built.whole.gaps.fewest_people();
        for (number, line) in lines.iter().enumerate() {
            let of = self.find(|one| one.line == Some(number));
            self.told.know(of, line.people);
            if matches!(line.key, LineKey::Listed(_)) {
                continue;
            }
            let is_other =
                |one: &Part| one.line == Some(number) && !one.kind.needs.is_subset(&line.wanted);
            self.told.know(self.find(is_other), (0, 0));
            for need in &line.wanted {
                let has = |one: &Part| one.line == Some(number) && one.kind.needs.contains(need);
                self.told.know(self.find(has), (1, ANY));
            }
        }
        // Who would be in a line that is not there are too few for it.
        let absent: BTreeSet<LineKey> = kinds().iter().flat_map(chain).collect();
        for key in absent {
            let is_there = lines.iter().any(|line| line.key == key);
            if is_there || built.whole.decisions.given_up().contains(&key) {
                continue;
            }
            let would_be = |one: &Part| {
                let chain = chain(&one.kind);
                let place = |of: &LineKey| chain.iter().position(|key| key == of);
                let is_later = |line: usize| place(&lines[line].key) > place(&key);
                let is_listed = |line: usize| matches!(lines[line].key, LineKey::Listed(_));
                one.part == GAP
                    && place(&key).is_some()
                    && one.line.is_none_or(|line| !is_listed(line) && is_later(line))
            };
            self.told.know(self.find(would_be), (0, fewest - 1));
        }
    }

    /// Whether it allows what is true, with somebody in each line.
    fn is_true(&self, people: [&People; 2]) -> bool {
        let mut told = self.told.clone();
        for kind in kinds() {
            for (of, is_own) in people.into_iter().zip([true, false]) {
                for part in [REASON, MATCHED, GAP] {
                    let same =
                        |one: &Part| (one.is_own, one.part) == (is_own, part) && one.kind == kind;
                    let people = of.get(&kind).map_or(0, |of| of[part]);
                    assert!(people <= MOST);
                    told.know(self.find(same), (people, people));
                }
            }
        }
        matches!(told.with(&[], (0, 0), &self.truth), Answer::Yes(_))
    }
}

/// Places that are free to somebody of a group.
fn places(offers: &[Offer], group: &CellKey) -> u32 {
    let takes =
        |offer: &&Offer| kinds().iter().any(|kind| is_in(group, kind) && can_take(offer, kind));
    offers.iter().filter(takes).map(|offer| offer.free).sum()
}

/// All that lines can mean: a line says an area, a level and needs, and not why these are told
/// together.
fn meanings(built: &Built) -> Vec<Vec<Line>> {
    let gaps = &built.whole.gaps;
    let ends = |band: Band| (band.low().max(gaps.fewest_people()), band.high().unwrap_or(ANY));
    let listed = gaps.listed().iter().map(|gap| {
        let of = gap.specification();
        let key = LineKey::Listed(gap.id().to_owned());
        let people = ends(gap.people());
        vec![Line {
            key,
            area: of.area.clone(),
            level: of.level.clone(),
            wanted: of.needs.clone(),
            people,
        }]
    });
    let also = gaps.also_wanted().iter().map(|line| {
        let (area, level) = (line.area().clone(), line.level().clone());
        let mut keys = vec![
            LineKey::Alike(area.clone(), level.clone(), line.wanted().clone()),
            LineKey::Rest(area.clone(), level.clone()),
        ];
        let one = |need: &NeedId| LineKey::OneNeed(area.clone(), level.clone(), need.clone());
        keys.extend(line.wanted().iter().map(one));
        let (people, wanted) = (ends(line.people()), line.wanted());
        let line = |key| {
            let (area, level, wanted) = (area.clone(), level.clone(), wanted.clone());
            Line { key, area, level, wanted, people }
        };
        keys.into_iter().map(line).collect::<Vec<_>>()
    });
    let mut all: Vec<Vec<Line>> = vec![Vec::new()];
    for choices in listed.chain(also) {
        all = all
            .iter()
            .flat_map(|before| {
                choices.iter().map(move |one| before.iter().chain([one]).cloned().collect())
            })
            .collect();
    }
    all.retain(|lines| {
        lines.iter().map(|line| &line.key).collect::<BTreeSet<_>>().len() == lines.len()
    });
    all
}

/// The lines that somebody could be in who is in no listed gap, the first of them first.
fn chain(kind: &Kind) -> Vec<LineKey> {
    let (home, level) = &kind.place;
    let mut keys = vec![LineKey::Alike(home.clone(), level.clone(), kind.needs.clone())];
    let board = AreaId::parse("mere").unwrap();
    for area in [home, &board] {
        let needs = NEEDS.iter().filter_map(|need| NeedId::parse(need));
        let needs = needs.filter(|need| kind.needs.contains(need));
        keys.extend(needs.map(|need| LineKey::OneNeed(area.clone(), level.clone(), need)));
    }
    keys.push(LineKey::Rest(board, level.clone()));
    keys
}

/// The line that somebody is in who is in no listed gap.
fn lands(lines: &[Line], kind: &Kind) -> Option<usize> {
    chain(kind).iter().find_map(|key| lines.iter().position(|line| line.key == *key))
}

/// Whether a listed gap may be about somebody.
fn is_offered(line: &Line, kind: &Kind) -> bool {
    let (home, level) = &kind.place;
    (line.area == *home || line.area.as_str() == "mere")
        && (line.level == *level || (level.as_str(), line.level.as_str()) == ("high", "low"))
        && kind.needs.is_subset(&line.wanted)
}
