//! A few needs at once, small enough to be compared and counted quickly.

use crate::evidence::market::MOST_TAGS;

/// Up to [`MOST_TAGS`] needs, each the number of a need in the vocabulary, in rising order.
///
/// They stand one after the other in one number, the first in front and `NONE` in unused places, so
/// that sets are ordered need by need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TagSet(u64);

/// Bits of one need.
const WIDTH: u32 = u64::BITS / MOST_TAGS as u32;

impl TagSet {
    /// No need has this number.
    const NONE: u16 = u16::MAX;
    /// The set without needs.
    pub(super) const EMPTY: TagSet = TagSet(u64::MAX);

    /// The set of these numbers, which rise; absent when there are too many.
    pub(super) fn new(rising: impl IntoIterator<Item = u16>) -> Option<TagSet> {
        rising.into_iter().try_fold(TagSet::EMPTY, TagSet::and)
    }

    /// The set with one more number, which is higher than all before; absent when it is full.
    pub(super) fn and(self, tag: u16) -> Option<TagSet> {
        let at = self.len();
        (at < MOST_TAGS).then(|| {
            let shift = TagSet::shift(at);
            TagSet(self.0 & !(u64::from(TagSet::NONE) << shift) | u64::from(tag) << shift)
        })
    }

    fn shift(at: usize) -> u32 {
        u64::BITS - WIDTH * (at as u32 + 1)
    }

    pub(super) fn len(self) -> usize {
        self.iter().count()
    }

    pub(super) fn iter(self) -> impl DoubleEndedIterator<Item = u16> + Clone {
        (0..MOST_TAGS)
            .map(move |at| (self.0 >> TagSet::shift(at)) as u16)
            .filter(|tag| *tag != TagSet::NONE)
    }

    pub(super) fn is_within(self, outer: TagSet) -> bool {
        self.iter().all(|tag| outer.iter().any(|other| other == tag))
    }

    /// All sets within this one, itself and the empty one included. Bit `n` of the number before
    /// each tells whether it holds the need at place `n`.
    pub(super) fn subsets(self) -> impl Iterator<Item = (u32, TagSet)> {
        (0..1u32 << self.len()).map(move |choice| {
            let tags = self.iter().enumerate().filter(|(at, _)| choice & (1 << at) != 0);
            let set = tags.fold(TagSet::EMPTY, |set, (_, tag)| set.and(tag).unwrap_or(set));
            (choice, set)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_hold_a_few_needs() {
        let set = |tags: &[u16]| TagSet::new(tags.iter().copied()).unwrap();
        assert_eq!(set(&[3, 7]).iter().collect::<Vec<_>>(), [3, 7]);
        assert_eq!((set(&[]).len(), set(&[0]).len(), set(&[0, 1, 2, 3]).len()), (0, 1, 4));
        assert!(set(&[7]).is_within(set(&[3, 7])));
        assert!(set(&[]).is_within(set(&[3])));
        assert!(!set(&[3, 7]).is_within(set(&[3])));
        assert!(!set(&[4]).is_within(set(&[3, 7])));
        assert!(TagSet::new([0, 1, 2, 3, 4]).is_none());
        let within: Vec<(u32, TagSet)> = set(&[3, 7]).subsets().collect();
        assert_eq!(within, [(0, set(&[])), (1, set(&[3])), (2, set(&[7])), (3, set(&[3, 7]))]);
        // What is first alike is ordered by what follows.
        assert!(set(&[1, 9]) < set(&[2, 3]) && set(&[2, 3]) < set(&[2, 4]));
    }
}
