//! Sizes in bands: the only form in which the number of people of a gap is told.

use crate::evidence::market::{FEWEST_SIZES, Parameters};

/// Lowest numbers of the bands (disclosure §11). The last band has no upper end.
const STARTS: [u32; 6] = [5, 10, 15, 20, 30, 50];

/// How many people a published gap is about, between two ends. Made in `disclosure` only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Band {
    low: u32,
    high: Option<u32>,
}

/// How many people a line can be about, by rules that every reader knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence::disclosure) struct Sizes {
    /// The fewest.
    pub(super) fewest: u32,
    /// The most, if there is a limit.
    pub(super) most: Option<u32>,
}

impl Sizes {
    /// Of a line that nothing but the fewest people of a line limits.
    pub(super) fn from(fewest: u32) -> Sizes {
        Sizes { fewest, most: None }
    }

    /// Of a line that joins people of so many places, who are fewer than `least` in each: with
    /// `least` of them a place would have a line of its own. Near the most, each place is known.
    pub(super) fn of_parts(least: u32, places: u32) -> Sizes {
        let most = places.max(2).saturating_mul(least.saturating_sub(1));
        Sizes { fewest: least, most: Some(most) }
    }

    /// Of listed gaps of one specification that were chosen so many times.
    ///
    /// Each takes at most `max_people`, and it is chosen again only where it took so many. So a
    /// reader knows that two listings are never about, say, one more than the most.
    pub(super) fn of_listed(parameters: &Parameters, least: u32, times: u32) -> Sizes {
        let most = parameters.max_people.saturating_mul(times);
        let before = parameters.max_people.saturating_mul(times.saturating_sub(1));
        let fewest = before.saturating_add(parameters.min_people.max(1)).max(least);
        Sizes { fewest, most: Some(most) }
    }
}

impl Band {
    /// The band of a count of people in a line that can have these sizes.
    ///
    /// Readers know the sizes. A band of which they could strike out all but a few numbers is
    /// joined with the next one, and at the upper end with the one before, so that none is as good
    /// as a count.
    pub(super) fn of(count: u32, sizes: Sizes) -> Band {
        debug_assert!(count >= sizes.fewest, "a gap of fewer people is not published");
        debug_assert!(sizes.most.is_none_or(|most| count <= most), "nor is one of more");
        let mut low = sizes.fewest;
        let mut high = sizes.most;
        for start in STARTS {
            let is_wide_above = sizes
                .most
                .is_none_or(|most| most.saturating_add(1).saturating_sub(start) >= FEWEST_SIZES);
            if start < low.saturating_add(FEWEST_SIZES) || !is_wide_above {
                continue;
            }
            if start > count {
                high = Some(start - 1);
                break;
            }
            low = start;
        }
        // Bands begin at 5 where the fewest people are about so many.
        let low = if low == STARTS[0] + 1 { STARTS[0] } else { low };
        // The largest band has no upper end, even where readers know one.
        Band { low, high: high.filter(|_| low < STARTS[STARTS.len() - 1]) }
    }

    /// A band as an earlier edition told it.
    pub(in crate::evidence::disclosure) fn told(low: u32, high: Option<u32>) -> Band {
        Band { low, high }
    }

    /// Its lower end.
    pub fn low(self) -> u32 {
        self.low
    }

    /// Its upper end; absent for "or more".
    pub fn high(self) -> Option<u32> {
        self.high
    }

    /// Whether a count lies in it.
    #[cfg(test)]
    pub(super) fn holds(self, count: u32) -> bool {
        self.low <= count && self.high.is_none_or(|high| count <= high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(count: u32, least: u32, low: u32, high: Option<u32>) {
        assert_eq!(
            Band::of(count, Sizes::from(least)),
            Band { low, high },
            "{count} of at least {least}"
        );
    }

    #[test]
    fn bands_are_those_of_the_rules() {
        for (count, low, high) in
            [(6, 5, 9), (9, 5, 9), (10, 10, 14), (14, 10, 14), (15, 15, 19), (20, 20, 29)]
        {
            check(count, 6, low, Some(high));
        }
        check(29, 6, 20, Some(29));
        check(30, 6, 30, Some(49));
        check(49, 6, 30, Some(49));
        check(50, 6, 50, None);
        check(900, 6, 50, None);
    }

    #[test]
    fn above_a_higher_threshold_bands_begin_there_and_none_is_too_narrow() {
        check(9, 9, 9, Some(14));
        check(14, 9, 9, Some(14));
        check(15, 9, 15, Some(19));
        check(11, 11, 11, Some(14));
        check(7, 7, 7, Some(14));
        check(60, 60, 60, None);
        check(48, 47, 47, None);
    }

    #[test]
    fn a_listed_gap_is_in_no_band_beyond_the_most_people() {
        let parameters = Parameters::default();
        assert_eq!((parameters.min_people, parameters.max_people), (6, 12));
        let check = |times, count, low, high| {
            let sizes = Sizes::of_listed(&parameters, 6, times);
            assert_eq!(Band::of(count, sizes), Band { low, high }, "{count}");
        };
        // Eight and eight at most, and "15 to 19" would be seven or eight in each.
        let parts = Sizes::of_parts(9, 2);
        assert_eq!(Band::of(15, parts), Band { low: 9, high: Some(16) });
        // "10 to 14" would be 10, 11 or 12.
        // One band for all, so that whether a line is given up never depends on its size.
        for count in 6..=12 {
            check(1, count, 5, Some(12));
        }
        // The second of a kind is there only where the first is full.
        check(2, 18, 18, Some(24));
        check(2, 24, 18, Some(24));
        check(3, 36, 30, Some(36));
        check(5, 54, 54, None);
        let larger = Parameters { max_people: 60, ..parameters };
        let sizes = Sizes::of_listed(&larger, 6, 1);
        assert_eq!(Band::of(11, sizes), Band { low: 10, high: Some(14) });
        assert_eq!(Band::of(55, sizes), Band { low: 50, high: None });
    }

    proptest! {
        /// A reader who tries every size finds several that would be told in the same words.
        #[test]
        fn a_band_holds_its_count_and_several_others(
            fewest in 4u32..60, most in prop::option::of(3u32..80), more in 0u32..80,
        ) {
            let most = most.map(|most| fewest + most);
            let sizes = Sizes { fewest, most };
            let count = most.map_or(fewest + more, |most| (fewest + more).min(most));
            let band = Band::of(count, sizes);
            prop_assert!(band.holds(count));
            let all = fewest..=most.unwrap_or(fewest + 200);
            let alike = all.filter(|other| Band::of(*other, sizes) == band).count();
            prop_assert!(alike >= FEWEST_SIZES as usize, "{band:?}");
        }
    }
}
