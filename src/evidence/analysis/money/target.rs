//! Whether moves reach the saving that is aimed at, and how many of them are expected to last
//! (domain §3, S0).

use super::claims::{Bounds, FirstYear, first_year};
use super::phasing::Phasing;
use super::saving::{Saving, expected, fraction};
use crate::evidence::analysis::formula::{Formula, Inputs, Traced};
use crate::evidence::analysis::movement::binomial;
use crate::evidence::analysis::rational::Rational;
use crate::evidence::market::{Market, Planned, Year};

pub(in crate::evidence) static TARGET: Formula = Formula {
    id: "saving-target",
    rule: "share of a full year that the target needs = target / saving of a full year; what a \
           first year saves if moves are spread evenly, or all are on the day of the figures; \
           whether the lowest full year, with nothing for people of unknown cost, reaches it",
    source: "domain §3, S0",
};
pub(in crate::evidence) static LASTING: Formula = Formula {
    id: "lasting-moves",
    rule: "people placed x share of moves that last; middle 95% of the binomial distribution",
    source: "domain §3, S0",
};

/// The saving that is aimed at, against what moves would save.
#[derive(Clone, Copy)]
pub(in crate::evidence) struct AgainstTarget {
    /// What the first financial year is to save, in pence.
    pub(in crate::evidence) target_pence: i128,
    /// The first year, if moves are spread evenly over it.
    pub(in crate::evidence) evenly: FirstYear,
    /// The year of the figures, if all move on their day.
    pub(in crate::evidence) at_once: FirstYear,
    /// A full year, with people of unknown cost: nothing at the low end; no high end where nothing
    /// is assumed of them.
    pub(in crate::evidence) full_year: Bounds,
    /// Whether a full year reaches the target for certain.
    pub(in crate::evidence) is_proved: bool,
}

/// How many moves are expected to last.
#[derive(Clone, Copy)]
pub(in crate::evidence) struct Lasting {
    /// On average.
    pub(in crate::evidence) people: Rational,
    /// In 95 of 100 cases, from fewest to most.
    pub(in crate::evidence) range: (u32, u32),
}

/// The saving against the target; absent without a target, a price, or a saving above nothing.
pub(super) fn against(market: &Market, saving: &Saving) -> Option<Traced<AgainstTarget>> {
    let target = Planned::SavingTarget.pence(&market.assumptions)?;
    let target_pence = i128::from(target.raw());
    let known = saving.year_pence.as_ref()?;
    let day = market.settings.edition.as_at;
    let year = Year::financial_with(day);
    let check =
        |phasing| first_year(target_pence, known.value, phasing, (year.first(), year.last()));
    let unknown = match (saving.people_unknown, &saving.assumed_year_pence) {
        (0, _) => Bounds::up_to(0),
        (_, Some(assumed)) => Bounds::up_to(assumed.value.high),
        (_, None) => Bounds::at_least(0),
    };
    let full_year = Bounds { low: Some(known.value), high: Some(known.value) }.plus(unknown);
    let value = AgainstTarget {
        target_pence,
        evenly: check(Phasing::Evenly)?,
        at_once: check(Phasing::AllOn(day))?,
        full_year,
        is_proved: full_year.prove_more_than(target_pence - 1),
    };
    let mut assumptions = vec![Planned::SavingTarget.id().to_owned()];
    let mut inputs = known.inputs.clone();
    if let Some(assumed) = &saving.assumed_year_pence {
        assumptions.extend(assumed.assumptions.iter().cloned());
        inputs.placements.extend(&assumed.inputs.placements);
    }
    Some(Traced { assumptions, ..Traced::new(&TARGET, inputs, value) })
}

/// How many moves are expected to last; absent without an assumption.
pub(super) fn lasting(market: &Market, placed: &[u32]) -> Option<Traced<Lasting>> {
    let success = fraction(Planned::MoveSuccess.share(&market.assumptions)?)?;
    let people = placed.iter().sum();
    let value = Lasting {
        people: expected(people, success)?,
        range: binomial::central_range(people, success)?,
    };
    let rows = (0..placed.len()).filter(|row| placed[*row] > 0);
    let inputs = Inputs { placements: rows.collect(), ..Inputs::default() };
    let assumptions = vec![Planned::MoveSuccess.id().to_owned()];
    Some(Traced { assumptions, ..Traced::new(&LASTING, inputs, value) })
}
