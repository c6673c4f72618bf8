//! Exact fractions, for shares, rates and means that whole numbers alone cannot hold.

/// An exact fraction in lowest terms; its denominator is above zero.
///
/// Sums of pence are far below the limits of `i128`: a price below 2^63 pence, at most 10,000
/// people in a row, 53 weeks and fewer than 2^32 rows make less than 2^116. Products of two such
/// sums could pass the limits, so every operation is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct Rational {
    num: i128,
    den: i128,
}

impl Rational {
    /// A fraction; absent when it would be divided by zero, or cannot be counted.
    pub(in crate::evidence) fn new(num: i128, den: i128) -> Option<Rational> {
        if den == 0 || num == i128::MIN || den == i128::MIN {
            return None;
        }
        let divisor = greatest_divisor(num.unsigned_abs(), den.unsigned_abs()) as i128;
        let sign = den.signum();
        Some(Rational { num: sign * num / divisor, den: den.abs() / divisor })
    }

    /// A whole number.
    pub(in crate::evidence) fn whole(number: i128) -> Rational {
        Rational { num: number, den: 1 }
    }

    /// Above the line.
    pub(in crate::evidence) fn num(self) -> i128 {
        self.num
    }

    /// Below the line.
    pub(in crate::evidence) fn den(self) -> i128 {
        self.den
    }

    /// The sum; absent when it cannot be counted.
    pub(in crate::evidence) fn plus(self, other: Rational) -> Option<Rational> {
        let divisor = greatest_divisor(self.den as u128, other.den as u128) as i128;
        let left = self.num.checked_mul(other.den / divisor)?;
        let right = other.num.checked_mul(self.den / divisor)?;
        Rational::new(left.checked_add(right)?, self.den.checked_mul(other.den / divisor)?)
    }

    /// The difference; absent when it cannot be counted.
    pub(in crate::evidence) fn minus(self, other: Rational) -> Option<Rational> {
        self.plus(Rational { num: -other.num, den: other.den })
    }

    /// The product; absent when it cannot be counted.
    pub(in crate::evidence) fn times(self, other: Rational) -> Option<Rational> {
        let one = Rational::new(self.num, other.den)?;
        let two = Rational::new(other.num, self.den)?;
        Rational::new(one.num.checked_mul(two.num)?, one.den.checked_mul(two.den)?)
    }

    /// The quotient; absent when it is divided by zero, or cannot be counted.
    pub(in crate::evidence) fn over(self, other: Rational) -> Option<Rational> {
        self.times(Rational::new(other.den, other.num)?)
    }

    /// The nearest whole number, halves away from zero.
    pub(in crate::evidence) fn rounded(self) -> i128 {
        let (whole, rest) = (self.num / self.den, self.num % self.den);
        let is_half = rest.unsigned_abs() >= self.den.unsigned_abs().div_ceil(2);
        whole + if is_half { self.num.signum() } else { 0 }
    }

    /// The least whole number that is not below.
    pub(in crate::evidence) fn ceil(self) -> i128 {
        self.num.div_euclid(self.den) + i128::from(self.num.rem_euclid(self.den) != 0)
    }

    /// Tenths of a per cent, to the nearest: 51.0% is 510.
    #[cfg(test)]
    pub(in crate::evidence) fn per_mille(self) -> Option<i128> {
        Some(self.times(Rational::whole(1000))?.rounded())
    }

    /// The nearest floating-point number, for printing and for the index of concentration only.
    pub(in crate::evidence) fn to_float(self) -> f64 {
        self.num as f64 / self.den as f64
    }
}

fn greatest_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fractions_are_in_lowest_terms() {
        assert_eq!(Rational::new(6, -8), Some(Rational { num: -3, den: 4 }));
        assert_eq!(Rational::new(0, 7), Some(Rational::whole(0)));
        assert_eq!(Rational::new(1, 0), None);
        let largest = Rational::whole(i128::MAX);
        assert_eq!(largest.plus(largest), None);
        assert_eq!(largest.times(largest), None);
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        let rounded = |num, den| Rational::new(num, den).unwrap().rounded();
        assert_eq!(
            [(5, 2), (-5, 2), (7, 3), (-7, 3), (8, 3)].map(|(n, d)| rounded(n, d)),
            [3, -3, 2, -2, 3]
        );
        assert_eq!(
            [(5, 2), (-5, 2), (4, 2)].map(|(n, d)| Rational::new(n, d).unwrap().ceil()),
            [3, -2, 2]
        );
    }

    proptest! {
        #[test]
        fn arithmetic_obeys_its_laws(
            (a, b) in (-999i128..999, 1i128..99),
            (c, d) in (-999i128..999, 1i128..99),
        ) {
            let (one, two) = (Rational::new(a, b).unwrap(), Rational::new(c, d).unwrap());
            prop_assert_eq!(one.plus(two), Rational::new(a * d + c * b, b * d));
            prop_assert_eq!(one.times(two), Rational::new(a * c, b * d));
            prop_assert_eq!(one.minus(one), Some(Rational::whole(0)));
            if c != 0 {
                prop_assert_eq!(one.over(two).unwrap().times(two), Some(one));
            }
            prop_assert!((one.rounded() * b - a).abs() * 2 <= b);
        }
    }
}
