//! Sizes in bands: the only form in which the number of people of a gap is told.

/// Lowest numbers of the bands (disclosure §11). The last band has no upper end.
const STARTS: [u32; 6] = [5, 10, 15, 20, 30, 50];

/// A band with fewer possible numbers than this is joined with the next one.
const FEWEST_NUMBERS: u32 = 4;

/// How many people a published gap is about, between two ends. Made in `disclosure` only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Band {
    low: u32,
    high: Option<u32>,
}

impl Band {
    /// The band of a count of at least `least` people, the fewest for whom a gap is published.
    ///
    /// Readers know `least`. A band of which they could strike out all but a few numbers is joined
    /// with the next one, so that none is as good as a count.
    pub(super) fn of(count: u32, least: u32) -> Band {
        debug_assert!(count >= least, "a gap of fewer people is not published");
        let first_end = STARTS
            .into_iter()
            .skip(1)
            .find(|end| *end >= least.saturating_add(FEWEST_NUMBERS))
            .unwrap_or(u32::MAX);
        let next = STARTS.into_iter().find(|start| *start > count && *start >= first_end);
        let low = match STARTS.into_iter().rev().find(|start| *start <= count) {
            Some(low) if low >= first_end => low,
            // Bands begin at 5, or at the fewest people where these are more than 5 and the first.
            _ if least <= STARTS[0] + 1 => STARTS[0],
            _ => least,
        };
        Band { low, high: next.map(|next| next - 1) }
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
        assert_eq!(Band::of(count, least), Band { low, high }, "{count} of at least {least}");
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

    proptest! {
        #[test]
        fn a_band_holds_its_count_and_several_others(least in 4u32..60, more in 0u32..80) {
            let band = Band::of(least + more, least);
            prop_assert!(band.holds(least + more));
            let possible = band.high.unwrap_or(u32::MAX) - band.low.max(least) + 1;
            prop_assert!(possible >= FEWEST_NUMBERS, "{band:?}");
        }
    }
}
