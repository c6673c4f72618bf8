//! Figures of one group that hang together, so that a withheld one could be worked out.
//!
//! Placed away = away for a good reason + could come home, and could come home = matched + gap. No
//! more are matched than places can be free (`openings`). A reader who knows this, the rounding and
//! the threshold can narrow a withheld count. Where one could be narrowed to fewer than
//! [`FEWEST_VALUES`] values, or than those that the rules and the free places leave it anyway,
//! another figure of the group is withheld as well. The ends of ranges and the residents of
//! services have simple rules of their own (`primary`).
//!
//! # What is open
//!
//! - Sums across areas, levels and needs, and lines against several of them.
//! - A profile that shows nought says of every withheld count that it is one or more. Where a
//!   single place is free, a withheld match is then one person.
//! - Where all five figures of a group are withheld, a reader who knows how they were chosen.
//! - Free places against several groups at once, and against age, gender and legal status.
//! - A reviewer's score that is not published decides who is matched; where one service is at a
//!   level, the match can tell whether the score is below the floor.
//! - Free places that a provider lets be told as yes or no, or in bands, can be read more closely
//!   from how many could be taken.
//! - A change that may not be told of can be seen in how many could be taken.
//! - How far a range is from its gap, across groups.
//!
//! A live site is refused until these are closed.

use std::collections::BTreeMap;

use super::figure::{Figure, Published};
use super::policy::Policy;
use super::primary::people;
use crate::evidence::analysis::{CellKey, Counts, Measure};

/// A withheld count keeps at least so many possible values, or all that the rules leave it.
const FEWEST_VALUES: i64 = 4;

/// The five measures.
const MEASURES: [Measure; 5] =
    [Measure::AwayAppropriately, Measure::Matched, Measure::Need, Measure::Gap, Measure::Away];

/// Index of the people who could be taken in [`MEASURES`].
const MATCHED: usize = 1;

/// Index of the gap in [`MEASURES`].
const GAP: usize = 3;

/// Indices into [`MEASURES`] in the order in which they are given up: the least useful first.
const LEAST_USEFUL: [usize; 5] = [0, 1, 4, 2, 3];

/// Indices into [`MEASURES`]: a total and its two parts.
const SUMS: [[usize; 3]; 2] = [[4, 0, 2], [2, 1, 3]];

/// Largest count that is considered possible.
const LARGEST: i64 = 1 << 40;

/// The figures of one group as they are told, and which of them are withheld as small.
pub(super) struct Told {
    figures: [Figure; 5],
    small: [bool; 5],
    /// The most people who can be taken, where that can be read.
    matched_most: Option<u32>,
}

impl Told {
    /// What is told of the group of a key.
    pub(super) fn of(
        policy: &Policy,
        counts: &Counts,
        figures: &BTreeMap<CellKey, Published>,
        group: &CellKey,
        matched_most: Option<u32>,
    ) -> Option<Told> {
        let keys = MEASURES.map(|measure| CellKey { measure, ..group.clone() });
        let shown = keys.each_ref().map(|key| figures.get(key).map(Published::figure));
        let small = keys.each_ref().map(|key| {
            let count = counts.get(key).map_or(0, |count| count.known);
            people(policy, count) == Figure::Suppressed
        });
        Some(Told { figures: all_known(shown)?, small, matched_most })
    }

    /// Whether every small count stays wide for a reader who also knows that the gap is at least
    /// `least`, because so many people are told in lines.
    pub(super) fn stays_wide(&self, policy: &Policy, least: u32) -> bool {
        let most = self.matched_most;
        !is_narrow(policy, &self.figures, &self.small, (most, i64::from(least)))
    }
}

/// Withholds further figures until no withheld one of its group can be narrowed too far.
///
/// `matched_most` tells how many people of a group can be taken at most, where that can be read.
pub(super) fn protect(
    policy: &Policy,
    matched_most: impl Fn(&CellKey) -> Option<u32>,
    figures: &mut BTreeMap<CellKey, Published>,
) {
    let groups: Vec<CellKey> =
        figures.keys().filter(|key| key.measure == Measure::Away).cloned().collect();
    for group in groups {
        let keys = MEASURES.map(|measure| CellKey { measure, ..group.clone() });
        let shown = keys.each_ref().map(|key| figures.get(key).map(Published::figure));
        let Some(decided) = all_known(shown) else { continue };
        if !decided.contains(&Figure::Suppressed) {
            continue;
        }
        let withheld = withhold(policy, decided, matched_most(&group));
        for (key, figure) in keys.into_iter().zip(withheld) {
            if figure == Figure::Suppressed {
                figures.insert(key.clone(), Published::new(key, Figure::Suppressed, false));
            }
        }
    }
}

fn all_known(figures: [Option<Figure>; 5]) -> Option<[Figure; 5]> {
    let [Some(a), Some(b), Some(c), Some(d), Some(e)] = figures else { return None };
    Some([a, b, c, d, e])
}

/// Withholds figures of one group until every small one is wide enough.
///
/// Of all choices that do, the one that keeps the most useful figure, then the next, and so on; all
/// five if there is none.
fn withhold(policy: &Policy, figures: [Figure; 5], matched_most: Option<u32>) -> [Figure; 5] {
    let small = figures.map(|figure| figure == Figure::Suppressed);
    // Bits of a number stand for figures that are given up: the higher, the more useful.
    let choices = (0..1u32 << figures.len()).map(|given_up| {
        let mut choice = figures;
        for (bit, at) in LEAST_USEFUL.into_iter().enumerate() {
            if given_up & (1 << bit) != 0 {
                choice[at] = Figure::Suppressed;
            }
        }
        choice
    });
    let is_safe = |choice: &[Figure; 5]| {
        !small.contains(&true) || !is_narrow(policy, choice, &small, (matched_most, 0))
    };
    choices.into_iter().find(is_safe).unwrap_or([Figure::Suppressed; 5])
}

/// Whether some small figure could be narrowed too far by a reader of the others, who knows the
/// most people who can be taken, and that the gap is at least `gap_least`.
///
/// What free places alone tell is no harm: that nobody is taken where none is free is public.
fn is_narrow(
    policy: &Policy,
    figures: &[Figure; 5],
    small: &[bool; 5],
    (matched_most, gap_least): (Option<u32>, i64),
) -> bool {
    let half = i64::from(policy.rounding_base / 2);
    let least = i64::from(policy.zero_shown);
    let mut ranges: [(i64, i64); 5] = [(0, LARGEST); 5];
    for at in 0..figures.len() {
        ranges[at] = match figures[at].value() {
            // Nothing but nought is shown as 0, and nothing below the threshold is shown at all.
            Some(0) => (0, 0),
            Some(value) => {
                let value = i64::from(value);
                ((value - half).max(i64::from(policy.threshold)), value + half)
            }
            None if small[at] => (least, i64::from(policy.threshold) - 1),
            None => (0, LARGEST),
        };
    }
    if let Some(most) = matched_most {
        ranges[MATCHED].1 = ranges[MATCHED].1.min(i64::from(most));
        ranges[MATCHED].0 = ranges[MATCHED].0.min(ranges[MATCHED].1);
    }
    let before = ranges;
    ranges[GAP].0 = ranges[GAP].0.max(gap_least);
    propagate(&mut ranges);
    (0..figures.len()).filter(|at| small[*at]).any(|at| {
        let width = |(low, high): (i64, i64)| high - low + 1;
        width(ranges[at]) < FEWEST_VALUES.min(width(before[at]))
    })
}

/// Narrows every range by both sums until nothing changes.
fn propagate(ranges: &mut [(i64, i64); 5]) {
    loop {
        let before = *ranges;
        for [total, one, other] in SUMS {
            let clip = |range: &mut (i64, i64), low: i64, high: i64| {
                *range = (range.0.max(low), range.1.min(high));
            };
            let (a, b) = (ranges[one], ranges[other]);
            clip(&mut ranges[total], a.0 + b.0, a.1 + b.1);
            let whole = ranges[total];
            clip(&mut ranges[one], whole.0 - b.1, whole.1 - b.0);
            let a = ranges[one];
            clip(&mut ranges[other], whole.0 - a.1, whole.1 - a.0);
        }
        if *ranges == before {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::market::ProfileName;
    use proptest::prelude::*;

    /// Figures of a group as the profile shows them: good reason, matched, need, gap, away.
    fn shown(policy: &Policy, reason: u32, matched: u32, gap: u32) -> [Figure; 5] {
        let need = matched + gap;
        [reason, matched, need, gap, reason + need]
            .map(|count| super::super::primary::people(policy, count))
    }

    #[test]
    fn a_count_that_two_others_would_give_away_takes_one_with_it() {
        let policy = Policy::of(ProfileName::Ten);
        let figures = withhold(&policy, shown(&policy, 12, 21, 3), None);
        assert_eq!(figures[3], Figure::Suppressed, "the gap of three");
        assert!(figures[1] == Figure::Suppressed || figures[2] == Figure::Suppressed);
    }

    #[test]
    fn lines_that_make_the_gap_too_large_give_a_small_match_away() {
        let policy = Policy::of(ProfileName::NhsMhsds);
        let first = shown(&policy, 0, 2, 15);
        let figures = withhold(&policy, first, None);
        assert_eq!(figures[2..4], [Figure::Rounded(15); 2], "need and gap, 13 to 17 each");
        let small = first.map(|figure| figure == Figure::Suppressed);
        let told = Told { figures, small, matched_most: None };
        assert!(told.stays_wide(&policy, 14), "up to 17 less 14 leave 0 to 3");
        assert!(!told.stays_wide(&policy, 15), "up to 17 less 15 leave 0 to 2");
    }

    #[test]
    fn where_no_place_is_free_nobody_is_taken_and_nothing_is_given_away() {
        let policy = Policy::of(ProfileName::NhsMhsds);
        for (gap, least) in [(6, 6), (7, 6), (10, 6), (11, 6), (12, 6), (22, 18)] {
            let first = shown(&policy, 0, 0, gap);
            let figures = withhold(&policy, first, Some(0));
            assert_eq!(figures[2..4], first[2..4], "{gap}");
            let small = first.map(|figure| figure == Figure::Suppressed);
            let told = Told { figures, small, matched_most: Some(0) };
            assert!(told.stays_wide(&policy, least), "{gap}");
        }
    }

    #[test]
    fn one_free_place_tells_no_more_than_that_it_may_be_taken() {
        // Fifteen need a place, ten have none: at least one was taken, and one place was free.
        let policy = Policy::of(ProfileName::NhsMhsds);
        let figures = withhold(&policy, shown(&policy, 0, 1, 12), Some(1));
        assert!(figures[2] == Figure::Suppressed || figures[3] == Figure::Suppressed);
    }

    proptest! {
        /// Every small count keeps its values against a reader who tries every possibility.
        #[test]
        fn no_small_count_can_be_narrowed_within_its_group(
            reason in 0u32..14, matched in 0u32..14, gap in 0u32..14,
            profile in prop::sample::select(vec![
                ProfileName::NhsMhsds, ProfileName::NhsSecondaryCare,
                ProfileName::Ons3, ProfileName::Ten,
            ]),
            unfilled in prop::option::of(0u32..6),
        ) {
            let most = unfilled.map(|unfilled| matched + unfilled);
            let policy = Policy::of(profile);
            let first = shown(&policy, reason, matched, gap);
            let last = withhold(&policy, first, most);
            // Once all five are withheld a reader cannot tell which of them are small.
            prop_assume!(last != [Figure::Suppressed; 5]);
            let mut possible: [std::collections::BTreeSet<u32>; 5] = Default::default();
            for (r, m, g) in (0..60u32).flat_map(|r| {
                (0..40u32).flat_map(move |m| (0..40u32).map(move |g| (r, m, g)))
            }) {
                let would = shown(&policy, r, m, g);
                let fits = most.is_none_or(|most| m <= most) && (0..5).all(|at| match last[at] {
                    Figure::Suppressed => {
                        first[at] != Figure::Suppressed || would[at] == Figure::Suppressed
                    }
                    figure => would[at] == figure,
                });
                if fits {
                    for (at, count) in [r, m, m + g, g, r + m + g].into_iter().enumerate() {
                        possible[at].insert(count);
                    }
                }
            }
            let all = (0..policy.threshold).filter(|n| *n > 0 || !policy.zero_shown).count();
            for at in 0..5 {
                // Free places alone tell so much of who could be taken.
                let all = match most {
                    Some(most) if at == MATCHED => {
                        all.min((most + u32::from(!policy.zero_shown)) as usize)
                    }
                    _ => all,
                };
                if first[at] == Figure::Suppressed {
                    prop_assert!(possible[at].len() >= all.min(4), "{at}: {:?}", possible[at]);
                }
            }
        }
    }
}
