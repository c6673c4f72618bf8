//! The words of candidates by number, the mixes of needs that may be asked for, and their prices.

use std::collections::BTreeSet;

use super::tag_set::TagSet;
use crate::evidence::market::{LegalId, Level, Market, NeedId, Placement};

/// The legal statuses that a candidate takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LegalTaken {
    /// One, by its number in the vocabulary.
    One(usize),
    All,
}

impl LegalTaken {
    /// Whether people of this status are taken; who is of unknown status only where all are.
    pub(super) fn takes(self, status: Option<usize>) -> bool {
        match self {
            LegalTaken::One(taken) => status == Some(taken),
            LegalTaken::All => true,
        }
    }
}

/// The words of a market by number, in the order of their ids.
pub(super) struct Words<'m> {
    pub(super) market: &'m Market,
    needs: Vec<&'m NeedId>,
    legal: Vec<&'m LegalId>,
    forbidden: BTreeSet<(u16, u16)>,
}

impl<'m> Words<'m> {
    pub(super) fn new(market: &'m Market) -> Words<'m> {
        let needs: Vec<&NeedId> = market.vocabulary.needs.keys().collect();
        let legal = market.vocabulary.legal.keys().collect();
        let words = Words { market, needs, legal, forbidden: BTreeSet::new() };
        let pairs = market.parameters.forbidden_pairs.iter();
        let forbidden = pairs.filter_map(|(a, b)| words.number(a).zip(words.number(b))).collect();
        Words { forbidden, ..words }
    }

    /// The number of a need.
    pub(super) fn number(&self, need: &NeedId) -> Option<u16> {
        self.needs.binary_search(&need).ok().and_then(|at| u16::try_from(at).ok())
    }

    /// The needs of a set, by their ids.
    pub(super) fn needs(&self, tags: TagSet) -> BTreeSet<NeedId> {
        tags.iter().map(|at| self.needs[usize::from(at)].clone()).collect()
    }

    /// The statuses that are taken, by their ids.
    pub(super) fn statuses(&self, legal: LegalTaken) -> BTreeSet<LegalId> {
        match legal {
            LegalTaken::One(at) => [self.legal[at].clone()].into(),
            LegalTaken::All => self.market.vocabulary.legal.keys().cloned().collect(),
        }
    }

    /// How many statuses are taken.
    pub(super) fn how_many(&self, legal: LegalTaken) -> usize {
        match legal {
            LegalTaken::One(_) => 1,
            LegalTaken::All => self.legal.len(),
        }
    }

    /// The needs of a row as a set, if they are known and few enough.
    pub(super) fn tags(&self, row: &Placement) -> Option<TagSet> {
        let most = self.market.parameters.max_tags as usize;
        let needs = row.needs.as_ref().filter(|needs| needs.len() <= most)?;
        let numbers: Option<Vec<u16>> = needs.iter().map(|need| self.number(need)).collect();
        TagSet::new(numbers?)
    }

    /// Every mix of these needs that is small enough and holds no forbidden pair.
    pub(super) fn mixes(&self, tags: &BTreeSet<u16>) -> Vec<TagSet> {
        let mut mixes: Vec<TagSet> = tags.iter().filter_map(|tag| TagSet::new([*tag])).collect();
        let mut from = 0;
        for _ in 1..self.market.parameters.max_tags {
            let until = mixes.len();
            for at in from..until {
                let mix = mixes[at];
                let last = mix.iter().next_back().map_or(0, |last| last + 1);
                let fitting = tags.range(last..).filter(|tag| {
                    !mix.iter().any(|other| self.forbidden.contains(&(other, **tag)))
                });
                mixes.extend(fitting.filter_map(|tag| mix.and(*tag)));
            }
            from = until;
        }
        mixes
    }

    /// The number of a row's legal status, if it is known.
    pub(super) fn status(&self, row: &Placement) -> Option<usize> {
        self.legal.binary_search(&row.legal.as_ref()?).ok()
    }

    /// Each single status, and all of them.
    pub(super) fn legal_choices(&self) -> impl Iterator<Item = LegalTaken> {
        let single = if self.legal.len() > 1 { self.legal.len() } else { 0 };
        (0..single).map(LegalTaken::One).chain([LegalTaken::All])
    }

    /// Weekly price of a service in pence: gap-analysis §6. Absent without a default of the level.
    pub(super) fn price(&self, level: &Level, needs: usize, legal: LegalTaken) -> Option<i64> {
        let parameters = &self.market.parameters;
        let detained = &self.market.vocabulary.detained;
        let takes_detained = match legal {
            LegalTaken::One(at) => detained.contains(self.legal[at]),
            LegalTaken::All => !detained.is_empty(),
        };
        let premium = if takes_detained { parameters.detained_premium.raw() } else { 0 };
        let more = needs.saturating_sub(1) as i64 * parameters.tag_premium.raw();
        level.price_default.map(|price| price.raw() + more + premium)
    }
}
