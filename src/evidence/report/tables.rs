//! What became of every figure about people, table by table.

use std::collections::BTreeMap;

use crate::evidence::analysis::{CellKey, Measure, Unit};
use crate::evidence::disclosure::{Decision, Figure, Publication, Published, shape};

/// What became of one figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Shown,
    /// Withheld because so few people are not told of.
    Small,
    /// Withheld because the profile does not show noughts.
    Nought,
    /// Withheld so that another cannot be worked out: the key, where a figure of the site is meant.
    Protects(Option<CellKey>),
    /// Withheld in an edition so that a later one does not tell of a few people who came or went.
    HoldsChange,
    /// Withheld because the publisher asked for it.
    Listed,
    /// Residents: withheld because too few people or providers are behind them, or in an edition.
    FewProviders,
}

/// What became of a figure; nothing where there is none, or none about people.
pub(super) fn fate(publication: &Publication, published: &Published) -> Option<Fate> {
    let key = published.key();
    if key.measure.unit() != Unit::People {
        return None;
    }
    match published.figure() {
        Figure::NotCollected | Figure::NotApplicable => return None,
        Figure::Shown(_) | Figure::Rounded(_) => return Some(Fate::Shown),
        Figure::Suppressed => {}
    }
    let decided = publication.decisions().get(key).map(|decided| &decided.decision);
    let is_of_residents =
        matches!(key.measure, Measure::OccupiedLocally | Measure::OccupiedByOthers);
    Some(match decided {
        Some(Decision::Listed) => Fate::Listed,
        Some(Decision::FewProviders) => Fate::FewProviders,
        Some(Decision::Small) => Fate::Small,
        Some(Decision::Nought) => Fate::Nought,
        Some(Decision::Protects(of)) => Fate::Protects(of.clone()),
        Some(Decision::HoldsChange) => Fate::HoldsChange,
        _ if is_of_residents => Fate::FewProviders,
        // Withheld after everything was decided, as what it rests on is.
        Some(Decision::Shown) | None => Fate::Protects(None),
    })
}

/// How many figures of a table came to what.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) shown: usize,
    pub(super) small: usize,
    pub(super) noughts: usize,
    pub(super) for_others: usize,
    pub(super) for_changes: usize,
    pub(super) listed: usize,
    pub(super) few_providers: usize,
}

/// A measure, and what its rows and columns are, such as `area and level`.
pub(super) type Table = (Measure, &'static str);

/// All tables of people in reading order.
pub(super) fn tally(publication: &Publication) -> BTreeMap<Table, Tally> {
    let mut tables: BTreeMap<Table, Tally> = BTreeMap::new();
    for published in publication.figures() {
        let Some(fate) = fate(publication, published) else { continue };
        let table = table(published.key());
        let tally = tables.entry(table).or_default();
        *match fate {
            Fate::Shown => &mut tally.shown,
            Fate::Small => &mut tally.small,
            Fate::Nought => &mut tally.noughts,
            Fate::Protects(_) => &mut tally.for_others,
            Fate::HoldsChange => &mut tally.for_changes,
            Fate::Listed => &mut tally.listed,
            Fate::FewProviders => &mut tally.few_providers,
        } += 1;
    }
    tables
}

/// The table that a figure stands in.
pub(super) fn table(key: &CellKey) -> Table {
    (key.measure, shape(key))
}
