//! How much a count of people varies from one year to the next by chance (gap-analysis §7).
//!
//! Byar's approximation of the exact Poisson limits. It has nothing to do with what is unknown: the
//! published range of a gap and this range are never put together.

/// The 80% range of a count. Sensitive.
#[derive(Clone, Copy, PartialEq)]
pub(in crate::evidence) struct YearToYear {
    pub(in crate::evidence) low: f64,
    pub(in crate::evidence) high: f64,
}

/// The point of the normal distribution that a tenth lies beyond.
const TENTH: f64 = 1.281_551_565_544_6;

/// The range in which four years of five would lie, if the year that was counted was a usual one.
pub(in crate::evidence) fn year_to_year(people: u32) -> YearToYear {
    let limit = |count: f64, side: f64| {
        count * (1.0 - 1.0 / (9.0 * count) + side * TENTH / (3.0 * count.sqrt())).powi(3)
    };
    let count = f64::from(people);
    YearToYear {
        // For no people the approximation has no lower limit, and the exact one is 0.
        low: if people == 0 { 0.0 } else { limit(count, -1.0) },
        high: limit(count + 1.0, 1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The chance of at most `count` when so many are usual.
    fn at_most(count: u32, usual: f64) -> f64 {
        let mut term = (-usual).exp();
        let mut sum = term;
        for k in 1..=count {
            term *= usual / f64::from(k);
            sum += term;
        }
        sum
    }

    #[test]
    fn byar_is_near_the_exact_limits() {
        for people in 1..=60 {
            let range = year_to_year(people);
            // The exact limits leave a tenth of the chance on each side.
            assert!((at_most(people, range.high) - 0.1).abs() < 0.002, "{people}");
            assert!((0.9 - at_most(people - 1, range.low)).abs() < 0.007, "{people}");
        }
        let none = year_to_year(0);
        assert_eq!(none.low, 0.0);
        assert!((at_most(0, none.high) - 0.1).abs() < 0.003);
    }

    proptest! {
        #[test]
        fn the_range_holds_the_count_and_rises_with_it(people in 0u32..5000) {
            let (range, next) = (year_to_year(people), year_to_year(people + 1));
            prop_assert!(range.low <= f64::from(people) && f64::from(people) < range.high);
            prop_assert!(range.low < next.low && range.high < next.high);
        }
    }
}
