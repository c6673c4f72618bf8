//! How many of a few may succeed: the range around an expected number (story S0).
//!
//! In floating-point numbers: the result is a range for a sentence, never a count of people.

use crate::evidence::analysis::rational::Rational;

/// The middle 95% of the number that succeeds, of so many with the same chance each: from the
/// smallest number that is reached with more than 2.5% to the largest with less than 97.5%.
///
/// Absent when the chance is not between 0 and 1.
pub(in crate::evidence) fn central_range(people: u32, chance: Rational) -> Option<(u32, u32)> {
    let chance = chance.to_float();
    if !(0.0..=1.0).contains(&chance) {
        return None;
    }
    if chance == 0.0 || chance == 1.0 {
        let all = if chance == 0.0 { 0 } else { people };
        return Some((all, all));
    }
    let odds = (chance / (1.0 - chance)).ln();
    let mut log_share = f64::from(people) * (1.0 - chance).ln();
    let (mut low, mut below) = (None, 0.0);
    for count in 0..=people {
        below += log_share.exp();
        if low.is_none() && below >= 0.025 {
            low = Some(count);
        }
        if below >= 0.975 {
            return Some((low?, count));
        }
        log_share += (f64::from(people - count) / f64::from(count + 1)).ln() + odds;
    }
    // Rounding may leave the sum a little short of 97.5% only when the last number is needed.
    Some((low.unwrap_or(people), people))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(people: u32, percent: i128, expect: (u32, u32)) {
        let chance = Rational::new(percent, 100).unwrap();
        assert_eq!(central_range(people, chance), Some(expect), "{people} at {percent}%");
    }

    /// Story S0: 76% of 20 people are 15.2; in 95 of 100 cases 11 to 19.
    #[test]
    fn about_15_of_20_means_11_to_19() {
        check(20, 76, (11, 19));
        check(20, 24, (1, 9));
        check(1, 50, (0, 1));
        check(10, 100, (10, 10));
        check(10, 0, (0, 0));
        check(0, 30, (0, 0));
        assert_eq!(central_range(5, Rational::whole(2)), None);
    }

    #[test]
    fn many_people_are_no_trouble() {
        check(10_000, 50, (4902, 5098));
    }
}
