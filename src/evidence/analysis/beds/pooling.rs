//! What several units need apart, and what they would need as one (domain §5).

use super::Load;
use crate::evidence::market::{Beds, Ratio};

/// Beds that keep the limit of refusals, for units apart and for one pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct Pooling {
    /// All beds of the units, each for itself.
    pub(in crate::evidence) apart: Beds,
    /// Beds of one unit that takes the people of all.
    pub(in crate::evidence) pooled: Beds,
}

/// Compares units that each keep the limit with one that does for all their people. It assumes that
/// the one could take everybody, wherever they live.
pub(in crate::evidence) fn pool(units: &[Load], full_probability: Ratio) -> Pooling {
    let apart = units.iter().map(|load| load.beds(full_probability).0).sum();
    let together = units.iter().fold(Load::of_people(0), |sum, load| sum.and(*load));
    Pooling { apart: Beds(apart), pooled: together.beds(full_probability) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FULL: Ratio = Ratio { num: 5, den: 100 };

    /// Domain §5.2: two units with a load of 10 each need 15 beds each, and 26 together.
    #[test]
    fn two_units_need_more_beds_than_one() {
        let units = [Load::of_people(10); 2];
        assert_eq!(units[0].beds(FULL), Beds(15));
        assert_eq!(pool(&units, FULL), Pooling { apart: Beds(30), pooled: Beds(26) });
        assert_eq!(pool(&[], FULL), Pooling { apart: Beds(0), pooled: Beds(0) });
    }

    proptest! {
        #[test]
        fn pooling_never_needs_more_beds(loads in prop::collection::vec(0u32..60, 0..5)) {
            let units: Vec<Load> = loads.into_iter().map(Load::of_people).collect();
            let pooling = pool(&units, FULL);
            prop_assert!(pooling.pooled <= pooling.apart);
        }
    }
}
