//! People who are alike in all that any figure or line tells of them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::figure::Figure;
use super::super::gaps::lines::{Group, Key};
use super::super::protection::graph::UNBOUNDED;
use super::cells::Cells;
use super::doors;
use super::lines::Told;
use super::people::{Frame, PARTS, group};
use crate::evidence::analysis::{CellKey, Measure};
use crate::evidence::market::{AreaId, AreaKind, AreaTree, LevelId, Market, NeedId};

/// People of one home and one level.
pub(super) type Place = (AreaId, LevelId);

/// People of one home, one level and the same needs.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Kind {
    pub(super) place: Place,
    pub(super) needs: BTreeSet<NeedId>,
}

/// Why people are away: for a good reason, though they could be taken, or without a place; and
/// these in a line, or in none.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Status<'a> {
    Reason,
    Matched,
    Gap(Option<&'a Key>),
}

impl Status<'_> {
    /// Index in [`PARTS`].
    pub(super) fn part(&self) -> usize {
        match self {
            Status::Reason => 0,
            Status::Matched => 1,
            Status::Gap(_) => 2,
        }
    }
}

/// People of one kind and one status.
pub(super) struct Atom<'a> {
    pub(super) kind: Kind,
    pub(super) status: Status<'a>,
    pub(super) cell: usize,
}

/// How many people are of each kind and status. Sensitive.
type Counts<'a> = BTreeMap<(Kind, Status<'a>), i64>;

/// Builds a cell for each kind and status that somebody is of, or may be where noughts are withheld
/// like small numbers.
pub(super) fn build<'a>(
    cells: &mut Cells,
    frame: &Frame,
    (market, residual): (&Market, &[u32]),
    told: &Told<'a>,
) -> Vec<Atom<'a>> {
    let mut counts = count(market, residual, told);
    add_rests(frame.areas, told, &mut counts);
    add_single_needs(&mut counts);
    match cells.policy().zero_shown {
        true => add_hidden_noughts(frame, &mut counts),
        false => add_noughts(frame, told, &mut counts),
    }
    let mut atoms = Vec::with_capacity(counts.len());
    let mut matched = Vec::new();
    for ((kind, status), people) in counts {
        if status == Status::Matched {
            matched.push((kind, people));
            continue;
        }
        let cell = cells.hide(name(&kind, &status), people, (0, UNBOUNDED));
        atoms.push(Atom { kind, status, cell });
    }
    atoms.extend(doors::build(cells, frame.openings, matched));
    atoms
}

fn count<'a>(market: &Market, residual: &[u32], told: &Told<'a>) -> Counts<'a> {
    let mut counts = Counts::new();
    for (row, gap) in market.placements.iter().zip(residual) {
        let away = i64::from(row.people.middle()) - i64::from(*gap);
        let kind = Kind {
            place: (row.home.clone(), row.level.clone()),
            needs: row.needs.clone().unwrap_or_default(),
        };
        let is_appropriate = row.reason.is_some_and(|reason| reason.is_appropriate());
        let status = if is_appropriate { Status::Reason } else { Status::Matched };
        let all = if is_appropriate { i64::from(row.people.middle()) } else { away };
        *counts.entry((kind, status)).or_default() += all;
    }
    let mut add = |group: &Group, line, people: u32| {
        *counts.entry((kind_of(group), Status::Gap(line))).or_default() += i64::from(people);
    };
    for (key, line) in &told.lines.lines {
        for (group, people) in &line.takes {
            add(&told.groups[*group], Some(key), *people);
        }
    }
    for (group, left) in told.groups.iter().zip(&told.lines.left) {
        add(group, None, *left);
    }
    counts.retain(|_, people| *people > 0);
    counts
}

fn kind_of(group: &Group) -> Kind {
    Kind { place: (group.home.clone(), group.level.clone()), needs: group.needs.clone() }
}

/// Adds noughts: whoever is in a listed line might be in none, or in another one, as no reader is
/// told who is.
fn add_rests<'a>(areas: &AreaTree, told: &Told<'a>, counts: &mut Counts<'a>) {
    let is_gap = |(_, status): &&(Kind, Status<'a>)| matches!(status, Status::Gap(_));
    let kinds: BTreeSet<Kind> =
        counts.keys().filter(is_gap).map(|(kind, _)| kind.clone()).collect();
    for kind in kinds {
        if let Some(line) = lands(areas, told, &kind) {
            counts.entry((kind, Status::Gap(line))).or_default();
        }
    }
}

/// Adds noughts: whoever could be taken with several needs might have one of them only, and more
/// doors might be open to them.
fn add_single_needs(counts: &mut Counts) {
    let matched = counts.keys().filter(|(_, status)| *status == Status::Matched);
    let several: Vec<Kind> =
        matched.map(|(kind, _)| kind).filter(|kind| kind.needs.len() > 1).cloned().collect();
    for kind in several {
        for need in kind.needs {
            let alone = Kind { place: kind.place.clone(), needs: [need].into() };
            counts.entry((alone, Status::Matched)).or_default();
        }
    }
}

/// Adds noughts: people who could be taken, where the figure of them is withheld whether there are
/// any or not, as few places are free to them.
fn add_hidden_noughts(frame: &Frame, counts: &mut Counts) {
    let needs: BTreeSet<NeedId> =
        counts.keys().flat_map(|(kind, _)| kind.needs.iter().cloned()).collect();
    for (key, told) in frame.figures {
        let is_home = |area: &&AreaId| frame.areas.children(area).is_empty();
        let (home, level) = (key.area.as_ref().filter(is_home), key.level.as_ref());
        let is_hidden = key.measure == Measure::Matched && told.figure() == Figure::Suppressed;
        let Some((home, level)) = home.zip(level).filter(|_| is_hidden) else { continue };
        for need in &needs {
            let kind = Kind { place: (home.clone(), level.clone()), needs: [need.clone()].into() };
            let is_open = !frame.openings.open_to(&kind.place, &kind.needs).is_empty();
            if is_open && !is_told_nobody(frame, (home, level, need)) {
                counts.entry((kind, Status::Matched)).or_default();
            }
        }
    }
}

/// Whether a figure tells that nobody of a home and level with a need could be taken, or wants a
/// place.
fn is_told_nobody(frame: &Frame, (home, level, need): (&AreaId, &LevelId, &NeedId)) -> bool {
    let areas = frame.areas.lineage(home).map(|area| Some(&area.id)).chain([None]);
    let places = areas.flat_map(|area| [(area, Some(level)), (area, None)]);
    let groups =
        places.flat_map(|(area, level)| [Some(need), None].map(|need| group(area, level, need)));
    let mut keys = groups.flat_map(|group| {
        [Measure::Matched, Measure::Need].map(|measure| CellKey { measure, ..group.clone() })
    });
    keys.any(|key| frame.figures.get(&key).is_some_and(|told| told.figure().value() == Some(0)))
}

/// Adds noughts: of every home and level of which figures are told, for all needs that anybody of
/// the same board has at this level, and every status.
fn add_noughts<'a>(frame: &Frame, told: &Told<'a>, counts: &mut Counts<'a>) {
    let mut boards: BTreeMap<Option<&AreaId>, Seen> = BTreeMap::new();
    for (kind, _) in counts.keys() {
        let seen = boards.entry(board(frame.areas, &kind.place.0)).or_default();
        let needs = seen.together.entry(kind.place.1.clone()).or_default();
        needs.insert(kind.needs.clone());
        seen.homes.insert(kind.place.0.clone());
        seen.needs.extend(kind.needs.iter().cloned());
    }
    for seen in boards.values() {
        let levels = || seen.together.keys();
        let places = seen.homes.iter().flat_map(|home| levels().map(move |level| (home, level)));
        let is_told = |(home, level): &(&AreaId, &LevelId)| {
            frame.figures.contains_key(&group(Some(home), Some(level), None))
        };
        for place in places.filter(is_told) {
            add_noughts_of(frame, told, (place, seen), counts);
        }
    }
}

/// Who there is in one integrated care board.
#[derive(Default)]
struct Seen {
    homes: BTreeSet<AreaId>,
    /// Needs that somebody has together, by level.
    together: BTreeMap<LevelId, BTreeSet<BTreeSet<NeedId>>>,
    needs: BTreeSet<NeedId>,
}

/// The same of one home and level.
fn add_noughts_of<'a>(
    frame: &Frame,
    told: &Told<'a>,
    ((home, level), seen): ((&AreaId, &LevelId), &Seen),
    counts: &mut Counts<'a>,
) {
    for needs in &seen.together[level] {
        let kind = Kind { place: (home.clone(), level.clone()), needs: needs.clone() };
        let gap = lands(frame.areas, told, &kind).map(Status::Gap);
        for status in [Status::Reason, Status::Matched].into_iter().chain(gap) {
            counts.entry((kind.clone(), status)).or_default();
        }
    }
    // Everybody sees that these could be taken, if they were away.
    for need in &seen.needs {
        let kind = Kind { place: (home.clone(), level.clone()), needs: [need.clone()].into() };
        if !frame.openings.open_to(&kind.place, &kind.needs).is_empty() {
            counts.entry((kind, Status::Matched)).or_default();
        }
    }
}

/// The integrated care board of a home; nothing where it is a whole region.
pub(super) fn board<'a>(areas: &'a AreaTree, home: &AreaId) -> Option<&'a AreaId> {
    areas.ancestor(home, AreaKind::Icb).map(|icb| &icb.id)
}

/// The line that one more person of a kind would be in, if in none of the listed ones; nothing if
/// such a line would then be told in other words.
fn lands<'a>(areas: &AreaTree, told: &Told<'a>, kind: &Kind) -> Option<Option<&'a Key>> {
    let (home, level) = &kind.place;
    let icb = board(areas, home);
    let one =
        |area: &AreaId, need: &NeedId| Key::OneNeed(area.clone(), level.clone(), need.clone());
    let alike = Key::Alike(home.clone(), level.clone(), kind.needs.clone());
    let at_home = kind.needs.iter().map(|need| one(home, need));
    let in_board = icb.into_iter().flat_map(|icb| kind.needs.iter().map(|need| one(icb, need)));
    let rest = icb.map(|icb| Key::Rest(icb.clone(), level.clone()));
    let mut keys = std::iter::once(alike).chain(at_home).chain(in_board).chain(rest);
    let Some((key, line)) = keys.find_map(|key| told.lines.lines.get_key_value(&key)) else {
        return Some(None);
    };
    kind.needs.is_subset(&line.wanted).then_some(Some(key))
}

pub(super) fn name(kind: &Kind, status: &Status) -> String {
    let needs: Vec<&str> = kind.needs.iter().map(NeedId::as_str).collect();
    let (home, level) = &kind.place;
    let part = format!("{}|{home}|{level}|{}", PARTS[status.part()].id(), needs.join("+"));
    match status {
        Status::Gap(Some(line)) => format!("{part} in {line:?}"),
        _ => part,
    }
}
