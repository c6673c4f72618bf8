//! Numbers as a text, the shorter the more they are alike: an arithmetic coder that learns.
//!
//! A file is sent packed, but a packer looks for texts that come again, and the numbers of a column
//! are no text. Here each bit of a number costs what it tells: little where the numbers before it
//! foretold it. What is foretold may hang on a number of the same row in another column, as the
//! rating of a service hangs on its type.
//!
//! A number `n` is sent as `v = n + 1`: as many ones as `v` has binary digits after its first, then
//! 0, then these digits from the highest. For each bit the coder counts how often it was 1 before:
//! with the same number beside it, at the same length and after the same higher digits of `v`, as
//! long as these make less than [`DEEP`]; deeper digits count as even chances. A bit is foretold as
//! 1 with `(2 ones + 1) / (2 all + 2)`, as Krichevsky and Trofimov estimate it. The range between
//! `low` and `high` is parted so, and what both share at the front is written (Martin 1979). Only
//! whole numbers are used: a script works out the same with its own numbers, which are exact to 53
//! binary digits. `fit.js` reads it back.

use std::collections::BTreeMap;

/// Digits of a number below this are foretold from those above them.
const DEEP: u64 = 256;
/// The digits of texts, as `atob` reads them.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Where a bit stands: the number beside it, the length of its number, and the digits before it.
type Place = (u64, u32, u64);

/// Numbers of one column to the base 64. `beside` holds a number for each, or nothing.
pub(super) fn digits(numbers: &[u64], beside: &[u64]) -> String {
    let mut writer = Writer { low: 0, high: u32::MAX, bytes: Vec::new(), seen: BTreeMap::new() };
    for (row, number) in numbers.iter().enumerate() {
        writer.number(*number, beside.get(row).copied().unwrap_or(0));
    }
    base64(&writer.finish())
}

struct Writer {
    low: u32,
    high: u32,
    bytes: Vec<u8>,
    /// Twice the ones and 1, and twice all bits and 2, at each place.
    seen: BTreeMap<Place, (u64, u64)>,
}

impl Writer {
    fn number(&mut self, number: u64, beside: u64) {
        let value = number + 1;
        let length = value.ilog2();
        for step in 0..length {
            self.learnt(true, (beside, step, 0));
        }
        self.learnt(false, (beside, length, 0));
        for at in (0..length).rev() {
            let (bit, above) = ((value >> at) & 1 == 1, value >> (at + 1));
            match above < DEEP {
                true => self.learnt(bit, (beside, length, above)),
                false => self.bit(bit, (1, 2)),
            }
        }
    }

    fn learnt(&mut self, bit: bool, place: Place) {
        let seen = self.seen.entry(place).or_insert((1, 2));
        let chance = *seen;
        *seen = (seen.0 + if bit { 2 } else { 0 }, seen.1 + 2);
        self.bit(bit, chance);
    }

    /// Keeps the part of the range that is the bit's: that of 1 is the lower.
    fn bit(&mut self, bit: bool, (ones, all): (u64, u64)) {
        let part = u64::from(self.high - self.low) * ones / all;
        let middle = self.low + u32::try_from(part).expect("a part of a range is no more than it");
        match bit {
            true => self.high = middle,
            false => self.low = middle + 1,
        }
        while (self.low ^ self.high) >> 24 == 0 {
            self.bytes.push((self.high >> 24) as u8);
            self.low <<= 8;
            self.high = (self.high << 8) | 0xff;
        }
    }

    /// The fewest bytes that lie within the range; those after the last are read as 0.
    fn finish(mut self) -> Vec<u8> {
        let ends = (0..4).map(|kept| self.high & !(u32::MAX.checked_shr(8 * kept).unwrap_or(0)));
        let end = ends.into_iter().find(|end| *end >= self.low).unwrap_or(self.high);
        self.bytes.extend_from_slice(&end.to_be_bytes());
        let kept = self.bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        self.bytes.truncate(kept);
        self.bytes
    }
}

/// Three bytes as four digits; no marks at the end.
fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..=three.len() as u32 {
            text.push(char::from(DIGITS[(bits >> (18 - 6 * at) & 63) as usize]));
        }
    }
    text
}

/// Reads digits back, as the script of the page does.
#[cfg(test)]
pub(super) mod reading {
    use super::{DEEP, DIGITS, Place};
    use std::collections::BTreeMap;

    struct Reader {
        bytes: std::vec::IntoIter<u8>,
        low: u64,
        high: u64,
        code: u64,
        seen: BTreeMap<Place, (u64, u64)>,
    }

    /// As many numbers as are asked for.
    pub(in crate::search) fn numbers(digits: &str, count: usize, beside: &[u64]) -> Vec<u64> {
        let place = |digit: u8| DIGITS.iter().position(|known| *known == digit).unwrap();
        let bits = digits.bytes().flat_map(|digit| (0..6).rev().map(move |at| (digit, at)));
        let bits: Vec<u8> = bits.map(|(digit, at)| (place(digit) >> at & 1) as u8).collect();
        let byte = |eight: &[u8]| eight.iter().fold(0, |byte, bit| byte << 1 | bit);
        let bytes: Vec<u8> = bits.chunks_exact(8).map(byte).collect();
        let seen = BTreeMap::new();
        let mut reader =
            Reader { bytes: bytes.into_iter(), low: 0, high: 0xffff_ffff, code: 0, seen };
        (0..4).for_each(|_| reader.code = reader.code << 8 | reader.byte());
        (0..count).map(|row| reader.number(beside.get(row).copied().unwrap_or(0))).collect()
    }

    impl Reader {
        fn byte(&mut self) -> u64 {
            u64::from(self.bytes.next().unwrap_or(0))
        }

        fn number(&mut self, beside: u64) -> u64 {
            let mut length = 0;
            while self.bit((beside, length, 0)) == 1 {
                length += 1;
            }
            (0..length).fold(1, |value, _| value << 1 | self.bit((beside, length, value))) - 1
        }

        fn bit(&mut self, place: Place) -> u64 {
            let mut even = (1, 2);
            let seen = match place.2 < DEEP {
                true => self.seen.entry(place).or_insert((1, 2)),
                false => &mut even,
            };
            let middle = self.low + (self.high - self.low) * seen.0 / seen.1;
            let bit = u64::from(self.code <= middle);
            *seen = (seen.0 + 2 * bit, seen.1 + 2);
            match bit {
                1 => self.high = middle,
                _ => self.low = middle + 1,
            }
            while (self.low ^ self.high) >> 24 == 0 {
                self.low = self.low << 8 & 0xffff_ffff;
                self.high = self.high << 8 & 0xffff_ffff | 0xff;
                self.code = self.code << 8 & 0xffff_ffff | self.byte();
            }
            bit
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_never_changes_costs_nearly_nothing() {
        assert_eq!(digits(&[], &[]), "");
        assert!(digits(&[7; 2000], &[]).len() < 20);
        let beside: Vec<u64> = (0..2000).map(|row| row * row % 7).collect();
        let follows: Vec<u64> = beside.iter().map(|number| number * 1000).collect();
        assert!(digits(&follows, &beside).len() < digits(&follows, &[]).len() / 2);
    }

    #[test]
    fn bytes_are_written_as_every_script_reads_them() {
        assert_eq!(base64(b"light wor"), "bGlnaHQgd29y");
        assert_eq!(base64(b"light wo"), "bGlnaHQgd28");
        assert_eq!(base64(&[255, 239]), "/+8");
    }

    proptest! {
        #[test]
        fn numbers_come_back(
            rows in proptest::collection::vec((any::<u64>(), 0..48_u32, 0..9_u64), 0..300),
        ) {
            let numbers: Vec<u64> = rows.iter().map(|row| (row.0 >> 16) >> row.1).collect();
            let beside: Vec<u64> = rows.iter().map(|row| row.2).collect();
            let told = digits(&numbers, &beside);
            prop_assert_eq!(reading::numbers(&told, numbers.len(), &beside), numbers.clone());
            let alone = digits(&numbers, &[]);
            prop_assert_eq!(reading::numbers(&alone, numbers.len(), &[]), numbers);
        }
    }
}
