//! Providers that house people who are placed away, and know them.
//!
//! Such a provider knows its own part of every sum: home, level, needs and status of everybody whom
//! it houses. What a sum leaves beside that part is a number of people of others. Where it is small
//! it must keep several possible values for this provider, or all that public facts leave: a copy
//! of the sum asks for that, of which everybody else need not think. Its own people have places
//! that no others can have, so public facts can leave it fewer values than everybody else.
//!
//! In which line its people are a provider does not know, as nobody is told. So what it knows are
//! bounds: as many people of a kind and status as it houses, or more.

use std::collections::{BTreeMap, BTreeSet};

use super::super::protection::graph::{Need, Reader, UNBOUNDED};
use super::atoms::{Atom, Kind};
use super::cells::{Cells, FEWEST_OTHERS};
use super::doors;
use super::people::{Frame, GAP, MATCHED, REASON};
use crate::evidence::market::{Market, ProviderId, ServiceId};

/// People whom one provider houses, by kind and part of all people away. Sensitive.
type Own = BTreeMap<(Kind, usize), i64>;

/// Somebody from outside, and each provider that houses people; of `sums`, each may leave too few.
pub(super) fn readers(
    cells: &mut Cells,
    frame: &Frame,
    (market, residual): (&Market, &[u32]),
    atoms: &[Atom],
    sums: &BTreeSet<usize>,
) -> Vec<Reader> {
    let mut readers = vec![Reader::default()];
    let mut copies: Vec<(usize, usize)> = Vec::new();
    let own = own_parts(market, residual);
    let mut of_kind: BTreeMap<&(Kind, usize), Option<usize>> = BTreeMap::new();
    for own in own.values() {
        let mut reader = Reader::default();
        let mut parts = vec![0; cells.graph.cells.len()];
        for (kind, people) in own {
            let alike = atoms.iter().filter(|atom| atom.kind == kind.0);
            let alike = alike.filter(|atom| atom.status.part() == kind.1);
            let alike: Vec<usize> = alike.map(|atom| atom.cell).collect();
            let sum = of_kind.entry(kind).or_insert_with(|| {
                cells.sum(|| "people of one kind and status".to_owned(), &alike)
            });
            if let (Some(sum), Some(first)) = (*sum, alike.first()) {
                reader.knows.insert(sum, (*people, i64::MAX));
                // Of lines it does not matter which: no sum that is looked at has some of them
                // only.
                parts[*first] = *people;
            }
        }
        add_up(cells, &mut parts);
        let most = most(cells, frame, own);
        for sum in sums {
            let (own, most) = (parts[*sum], most.get(sum).copied());
            if own == 0 && most.is_none() {
                continue;
            }
            reader.owns.insert(*sum);
            if let Some(copy) = copy(cells, *sum, (own, most.unwrap_or(UNBOUNDED))) {
                copies.push((readers.len(), copy));
            }
        }
        readers.push(reader);
    }
    for (number, reader) in readers.iter_mut().enumerate() {
        let others = copies.iter().filter(|(of, _)| *of != number);
        reader.owns.extend(others.map(|(_, copy)| *copy));
    }
    readers
}

/// Numbers of people who could be taken of which a provider knows by public facts and its own
/// people alone, whatever is published, that they are so many at most: where these leave too few
/// values. Places that its people have, no others can have.
fn most(cells: &Cells, frame: &Frame, own: &Own) -> BTreeMap<usize, i64> {
    let taken = own.iter().filter(|((_, part), _)| *part == MATCHED);
    let taken: Vec<(&Kind, i64)> = taken.map(|((kind, _), people)| (kind, *people)).collect();
    let all: i64 = taken.iter().map(|(_, people)| people).sum();
    let mut found: BTreeMap<usize, i64> = BTreeMap::new();
    for (cell, group, is_home) in &cells.bounded {
        let most = i64::from(frame.openings.at_most(group));
        if all == 0 {
            continue;
        }
        if most - all >= FEWEST_OTHERS {
            found.insert(*cell, UNBOUNDED);
            continue;
        }
        let is_in = |(kind, _): &&(&Kind, i64)| {
            let (home, level) = &kind.place;
            let is_there = |area| home == area || (!is_home && frame.areas.is_within(home, area));
            group.area.as_ref().is_none_or(is_there)
                && group.level.as_ref().is_none_or(|of| of == level)
                && group.need.as_ref().is_none_or(|need| kind.needs.contains(need))
        };
        let others: Vec<(&Kind, i64)> = taken.iter().filter(|one| !is_in(one)).copied().collect();
        let most = doors::most_beside(frame.openings, group, &others);
        let before = found.entry(*cell).or_insert(most);
        *before = most.max(*before);
    }
    // The same cell can be a number that no free places bound.
    found.retain(|cell, most| (*most).max(cells.publicly(*cell).1) < UNBOUNDED);
    found
}

/// Whom each provider houses.
fn own_parts<'m>(market: &'m Market, residual: &[u32]) -> BTreeMap<&'m ProviderId, Own> {
    let services = market.providers.values().flat_map(|provider| {
        provider.services.iter().map(move |service| (&service.id, &provider.id))
    });
    let providers: BTreeMap<&ServiceId, &ProviderId> = services.collect();
    let mut own: BTreeMap<&ProviderId, Own> = BTreeMap::new();
    for (row, gap) in market.placements.iter().zip(residual) {
        let housed = row.current_service.as_ref().and_then(|service| providers.get(service));
        let Some(provider) = housed else { continue };
        let all = i64::from(row.people.middle());
        let gap = i64::from(*gap);
        let parts = match row.reason.is_some_and(|reason| reason.is_appropriate()) {
            true => [(REASON, all), (GAP, 0)],
            false => [(MATCHED, all - gap), (GAP, gap)],
        };
        let needs = row.needs.clone().unwrap_or_default();
        let kind = Kind { place: (row.home.clone(), row.level.clone()), needs };
        for (part, people) in parts.into_iter().filter(|(_, people)| *people > 0) {
            *own.entry(*provider).or_default().entry((kind.clone(), part)).or_default() += people;
        }
    }
    own
}

/// Adds up own parts over all sums; each is built after its parts.
fn add_up(cells: &Cells, parts: &mut Vec<i64>) {
    parts.resize(cells.graph.cells.len(), 0);
    for equation in &cells.graph.equations {
        let total = equation.iter().find(|(_, by)| *by < 0);
        if let Some((total, _)) = total.filter(|(total, _)| parts[*total] == 0) {
            parts[*total] =
                equation.iter().filter(|(_, by)| *by > 0).map(|(part, _)| parts[*part]).sum();
        }
    }
}

/// A cell that is equal to a sum and asks for what a provider may not find out that has such a part
/// of it, and knows the most there can be; nothing where the others are nobody, or may be told.
fn copy(cells: &mut Cells, sum: usize, (own, most): (i64, i64)) -> Option<usize> {
    let found = &cells.graph.cells[sum];
    let rest = found.value - own;
    let is_small = (1..i64::from(cells.policy().threshold)).contains(&rest);
    let others = match rest {
        1.. if is_small => FEWEST_OTHERS,
        1.. if cells.is_edition() => FEWEST_OTHERS.min(found.class.1 - found.class.0),
        _ => 0,
    };
    let (low, high) = cells.publicly(sum);
    let others = others.min(high.min(most) - low.max(own));
    let (key, value) = (found.key.clone(), found.value);
    if others <= 0 {
        return None;
    }
    let copy = cells.hide(key, value, (0, UNBOUNDED));
    cells.graph.cells[copy].need = Some(Need::Width(others));
    cells.graph.add_equation(vec![(copy, -1), (sum, 1)]);
    Some(copy)
}
