//! Why people have no place, and what one place more or an exchange of beds would change.

use std::collections::BTreeMap;

use serde::Serialize;

use super::figure::{Figure, Ledger};
use super::formula::Formula;
use super::scenarios::Matched;
use crate::evidence::analysis::{
    Filter, Scenario, barriers, exchange, kinds, worth_a_place, worth_asking,
};

/// Why people of the central scenario have no place.
#[derive(Serialize)]
pub(super) struct Reasons {
    kind: Kind,
    barriers: BTreeMap<&'static str, Figure>,
    exchange: Figure,
    worth_a_place: Vec<Worth>,
}

/// People without a place, by what is missing.
#[derive(Serialize)]
struct Kind {
    capability: Figure,
    capacity: Figure,
    needs_unknown: Figure,
}

/// A service at which one vacancy more would bring one more person home.
#[derive(Serialize)]
struct Worth {
    service: String,
    place: String,
    people: Figure,
    /// Its vacancies are not told: it should be asked.
    ask: bool,
}

/// The reasons of the central scenario.
pub(super) fn reasons(matched: &Matched, ledger: &mut Ledger) -> Reasons {
    let Matched { position, fits, placed, .. } = matched;
    let central = Scenario::Central;
    let left = (0..placed.len()).filter(|row| position.need[*row] > placed[*row]);
    let left = ledger.lines(left, []);
    let in_need = (0..placed.len()).filter(|row| position.need[*row] > 0);
    let all = ledger.lines(in_need, position.services.iter().copied());
    let kinds = kinds(position, fits, placed);
    let mut people = |formula, people: u32, lines| ledger.figure(formula, central, people, lines);
    let kind = Kind {
        capability: people(Formula::Capability, kinds.capability, left),
        capacity: people(Formula::Capacity, kinds.capacity, left),
        needs_unknown: people(Formula::NeedsUnknown, kinds.needs_unknown, left),
    };
    let barriers = barriers(position, placed)
        .into_iter()
        .map(|(filter, more)| (filter_id(filter), people(Formula::Barrier, more, all)))
        .collect();
    let exchange = people(Formula::Exchange, exchange(position, fits), all);
    let worth = worth_a_place(position, fits, placed);
    let ask = worth_asking(position, &worth);
    let worth_a_place = (0..worth.len())
        .filter(|service| worth[*service])
        .map(|at| {
            let service = position.services[at];
            let lines = ledger.lines([], [service]);
            Worth {
                service: service.id.to_string(),
                place: ledger.name(service.span),
                people: ledger.figure(Formula::WorthOfAPlace, central, 1, lines),
                ask: ask.contains(&at),
            }
        })
        .collect();
    Reasons { kind, barriers, exchange, worth_a_place }
}

/// The name of a filter in the file.
pub(super) fn filter_id(filter: Filter) -> &'static str {
    match filter {
        Filter::Scope => "scope",
        Filter::Level => "level",
        Filter::Needs => "needs",
        Filter::Age => "age",
        Filter::Gender => "gender",
        Filter::Legal => "legal",
        Filter::Quality => "quality",
    }
}
