//! Which specifications are listed: the best, again and again (greedy maximum coverage).
//!
//! With the objective `people` this covers at least (1 - 1/e) of what the best choice of as many
//! listings would (gap-analysis §6). A listing takes people from its own cell and from the few
//! others that its rows belong to; only these are counted again.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::super::matching::priority;
use super::candidates::{Ask, Cell, cells};
use super::words::Words;
use super::{Saving, Specification};
use crate::evidence::market::{Market, Objective};

/// A specification that was chosen, and whom it takes.
pub(super) struct Chosen {
    pub(super) specification: Specification,
    pub(super) ordinal: u32,
    pub(super) takes: Vec<(usize, u32)>,
    pub(super) weekly_price_pence: Option<i64>,
}

/// Chooses what to list, in the order of choice, and tells who is left of each row.
pub(super) fn choose(market: &Market, residual: &[u32]) -> (Vec<Chosen>, Vec<u32>) {
    let words = Words::new(market);
    let mut left = residual.to_vec();
    let mut cells = cells(&words, &priority(&market.placements), &left);
    let mut cells_of: Vec<Vec<usize>> = vec![Vec::new(); left.len()];
    for (number, cell) in cells.iter().enumerate() {
        for row in cell.rows() {
            cells_of[row].push(number);
        }
    }
    let mut best: Vec<Option<(i64, Ask)>> =
        cells.iter_mut().map(|cell| best_of(market, cell, &left)).collect();
    let mut chosen: Vec<Chosen> = Vec::new();
    let mut ordinals: BTreeMap<Specification, u32> = BTreeMap::new();
    while chosen.len() < market.parameters.max_specs as usize {
        let candidates =
            best.iter().enumerate().filter_map(|(at, best)| Some((at, best.as_ref()?)));
        let Some((at, (_, ask))) =
            candidates.min_by(|(_, one), (_, other)| rank(one).cmp(&rank(other)))
        else {
            break;
        };
        let ask = *ask;
        let specification = cells[at].specification(&words, &ask);
        let takes = cells[at].takes(&ask, market.parameters.max_people, &left);
        let mut touched = BTreeSet::new();
        for (row, people) in &takes {
            left[*row] -= people;
            for cell in &cells_of[*row] {
                cells[*cell].remove(*row, *people);
                touched.insert(*cell);
            }
        }
        for cell in touched {
            best[cell] = best_of(market, &mut cells[cell], &left);
        }
        let ordinal = ordinals.entry(specification.clone()).or_default();
        *ordinal += 1;
        let (ordinal, weekly_price_pence) = (*ordinal, ask.weekly_price_pence);
        chosen.push(Chosen { specification, ordinal, takes, weekly_price_pence });
    }
    (chosen, left)
}

/// Worth most first; then by what is asked for.
fn rank((worth, ask): &(i64, Ask)) -> (Reverse<i64>, &Ask) {
    (Reverse(*worth), ask)
}

/// The best candidate of a cell that still covers enough people, with its worth.
fn best_of(market: &Market, cell: &mut Cell, left: &[u32]) -> Option<(i64, Ask)> {
    let fewest = market.parameters.min_people.max(1);
    let most = market.parameters.max_people;
    // Coverage only falls: who is below the fewest now will not come back.
    cell.candidates.retain(|candidate| candidate.covered.min(most) >= fewest);
    for at in 0..cell.candidates.len() {
        if cell.candidates[at].worth.is_none() {
            let worth = match market.parameters.objective {
                Objective::People => i64::from(cell.candidates[at].covered.min(most)),
                Objective::NetSaving => {
                    let ask = &cell.candidates[at].ask;
                    let takes = cell.takes(ask, most, left);
                    // Without a price nothing is known to be saved: such a gap comes last.
                    ask.weekly_price_pence
                        .map_or(i64::MIN, |price| saving(market, price, &takes).known_pence_year)
                }
            };
            cell.candidates[at].worth = Some(worth);
        }
    }
    // The first of the best, as candidates are in the order of what they ask for.
    let candidates = cell.candidates.iter();
    let best = candidates.reduce(|best, next| if next.worth > best.worth { next } else { best })?;
    Some((best.worth?, best.ask))
}

/// What a year saves: cost now less the new price, for people of known cost (gap-analysis §8).
pub(super) fn saving(market: &Market, price_pence: i64, takes: &[(usize, u32)]) -> Saving {
    let mut saving = Saving { known_pence_year: 0, people_of_unknown_cost: 0 };
    for (row, people) in takes {
        match market.placements[*row].weekly_cost {
            Some(cost) => {
                let a_week = (cost.raw() - price_pence) * i64::from(*people);
                saving.known_pence_year += a_week * i64::from(market.parameters.weeks_per_year);
            }
            None => saving.people_of_unknown_cost += people,
        }
    }
    saving
}
