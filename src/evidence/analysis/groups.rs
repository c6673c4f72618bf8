//! People of one home with the same needs: the groups whose gap and range the workings tell.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::matching::Contention;
use super::ranges::Ranges;
use crate::evidence::market::{AreaId, Market, NeedId};

/// What the people of a group share.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::evidence) struct GroupKey {
    /// Where they come from.
    pub(in crate::evidence) home: AreaId,
    /// What they need together; absent when unknown.
    pub(in crate::evidence) needs: Option<BTreeSet<NeedId>>,
}

/// Writes `home/need+need`, with nothing for no needs and `unknown` for unknown ones.
impl fmt::Display for GroupKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let needs = match &self.needs {
            Some(needs) => needs.iter().map(NeedId::as_str).collect::<Vec<_>>().join("+"),
            None => "unknown".to_owned(),
        };
        write!(f, "{}/{needs}", self.home)
    }
}

/// The exact answer for one group, in people: gap-analysis §5 and §5.1. Sensitive.
#[derive(Clone)]
pub(in crate::evidence) struct Group {
    pub(in crate::evidence) key: GroupKey,
    /// The rows, as numbers of placements.
    pub(in crate::evidence) rows: Vec<usize>,
    /// People who need a place nearer home, in the central scenario.
    pub(in crate::evidence) need: u32,
    /// Of these, people whom today's vacancies could take.
    pub(in crate::evidence) placed: u32,
    /// Of these, people whom no vacancy could take.
    pub(in crate::evidence) gap: u32,
    /// The gap if the group came first, and if everybody else did.
    pub(in crate::evidence) contention: Contention,
    /// From the lowest of the low scenario to the highest of the high one.
    pub(in crate::evidence) published: Contention,
}

/// Every group of home and needs, in order of their keys.
pub(in crate::evidence) fn by_home_and_needs(market: &Market, ranges: &Ranges) -> Vec<Group> {
    let (keys, rows): (Vec<GroupKey>, Vec<Vec<usize>>) = gather(market).into_iter().unzip();
    let (contentions, published) =
        rayon::join(|| ranges.contentions(&rows), || ranges.published(&rows));
    let central = &ranges.central;
    keys.into_iter()
        .zip(rows)
        .zip(contentions.into_iter().zip(published))
        .map(|((key, rows), (contention, published))| {
            let need = rows.iter().map(|row| central.instance.need(*row)).sum();
            let gap = central.gap(&rows);
            Group { key, rows, need, placed: need - gap, gap, contention, published }
        })
        .collect()
}

/// The rows of each group. References are compared first by home, then by needs.
fn gather(market: &Market) -> BTreeMap<GroupKey, Vec<usize>> {
    let mut groups: BTreeMap<(&AreaId, Option<&BTreeSet<NeedId>>), Vec<usize>> = BTreeMap::new();
    for (at, row) in market.placements.iter().enumerate() {
        groups.entry((&row.home, row.needs.as_ref())).or_default().push(at);
    }
    groups
        .into_iter()
        .map(|((home, needs), rows)| (GroupKey { home: home.clone(), needs: needs.cloned() }, rows))
        .collect()
}
