//! NHS numbers: ten digits of which the last checks the others (weights 10 to 2, modulo 11).

use std::ops::Range;

use super::is_about_people;
use super::separators::{Gap, gap};

/// Keys whose numbers are those of organisations and buildings.
const OTHER_NUMBERS: [&str; 7] =
    ["uprn", "phone", "ods", "company", "cqc-location", "location", "row"];

/// Places of valid NHS numbers, however their digits are spaced.
///
/// Longer numbers are passed over, and so are decimals, international telephone numbers, places on
/// the regulator's register such as `1-1234567890`, and groups that hold a year. In files that are
/// not about people, numbers with a zero in front are telephone numbers, and the values of keys
/// that hold other numbers are left out.
pub(super) fn find(text: &str, path: &str) -> Vec<Range<usize>> {
    let may_break = [".md", ".yaml", ".html"].iter().any(|ending| path.ends_with(ending));
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(ahead) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let run = Run::read(text, at + ahead, may_break);
        at = run.end();
        if run.digits() >= 10 {
            let numbers = run.numbers(bytes, is_about_people(path));
            found.extend(numbers.into_iter().filter(|n| !is_other_number(text, path, n.start)));
        }
    }
    found
}

/// Groups of digits with nothing but separators between them.
struct Run {
    groups: Vec<Range<usize>>,
    /// What stands before each group but the first.
    gaps: Vec<Gap>,
}

impl Run {
    fn read(text: &str, start: usize, may_break: bool) -> Run {
        let bytes = text.as_bytes();
        let group = |start: usize| {
            let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            start..start + length
        };
        let mut run = Run { groups: vec![group(start)], gaps: Vec::new() };
        while let Some((gap, next)) = gap(text, run.end(), may_break) {
            run.gaps.push(gap);
            run.groups.push(group(next));
        }
        run
    }

    fn end(&self) -> usize {
        self.groups.last().map_or(0, |group| group.end)
    }

    fn digits(&self) -> usize {
        self.groups.iter().map(Range::len).sum()
    }

    /// The NHS numbers among the groups, from left to right.
    fn numbers(&self, bytes: &[u8], about_people: bool) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let is_phone = self.groups[0].start > 0 && is_dialled(&bytes[..self.groups[0].start]);
        let mut first = 0;
        while first < self.groups.len() {
            let last = self.last_of_ten(first).filter(|last| {
                let window = Window { run: self, bytes, first, last: *last };
                window.is_valid()
                    && window.may_be_one()
                    && (about_people || !window.is_telephone(is_phone))
            });
            match last {
                Some(last) => {
                    found.push(self.groups[first].start..self.groups[last].end);
                    first = last + 1;
                }
                None => first += 1,
            }
        }
        found
    }

    /// The group with which ten digits are full, if one ends there.
    fn last_of_ten(&self, first: usize) -> Option<usize> {
        let mut digits = 0;
        for (index, group) in self.groups.iter().enumerate().skip(first) {
            digits += group.len();
            if digits >= 10 {
                return (digits == 10).then_some(index);
            }
        }
        None
    }
}

/// Whether these bytes end with what stands before a telephone number: `+` or `(0)`.
fn is_dialled(before: &[u8]) -> bool {
    let before = before.trim_ascii_end();
    before.ends_with(b"+") || before.ends_with(b"(0)")
}

/// Groups of a run that make ten digits together.
struct Window<'r> {
    run: &'r Run,
    bytes: &'r [u8],
    first: usize,
    last: usize,
}

impl Window<'_> {
    fn shape(&self) -> Vec<usize> {
        self.run.groups[self.first..=self.last].iter().map(Range::len).collect()
    }

    /// Whether the digits are written in the usual way, in one piece, or one by one.
    fn is_usual(&self) -> bool {
        let shape = self.shape();
        shape == [10] || shape == [3, 3, 4] || shape.len() == 10
    }

    /// Whether the last digit is right for the others; ten zeros stand for no number.
    fn is_valid(&self) -> bool {
        let groups = &self.run.groups[self.first..=self.last];
        let digits = groups.iter().flat_map(|group| &self.bytes[group.clone()]);
        let digits: Vec<u32> = digits.map(|byte| u32::from(byte - b'0')).collect();
        let sum: u32 = digits[..9].iter().zip((2..=10).rev()).map(|(digit, by)| digit * by).sum();
        (11 - sum % 11) % 11 == digits[9] && digits.iter().any(|digit| *digit > 0)
    }

    /// Whether the groups can be meant as one number.
    fn may_be_one(&self) -> bool {
        let gaps = &self.run.gaps[self.first..self.last];
        let is_dot = |gap: &Gap| matches!(gap, Gap::Dot { .. });
        if gaps.iter().any(is_dot) && !(gaps.iter().all(is_dot) && self.is_usual()) {
            return false;
        }
        let shape = self.shape();
        let lines = gaps.iter().filter(|gap| **gap == Gap::Line).count();
        let is_wrapped = [&[3, 3, 4][..], &[3, 7], &[6, 4]].contains(&&shape[..]);
        if lines > 1 || lines == 1 && !is_wrapped {
            return false;
        }
        !self.is_on_register() && !self.is_decimal() && (self.is_usual() || !self.holds_year())
    }

    fn gap_before(&self, group: usize) -> Option<Gap> {
        self.run.gaps.get(group.checked_sub(1)?).copied()
    }

    fn text(&self, group: usize) -> &[u8] {
        &self.bytes[self.run.groups[group].clone()]
    }

    /// A place on the regulator's register, `1-` and six digits or more.
    fn is_on_register(&self) -> bool {
        (self.first.saturating_sub(1)..self.last).any(|group| {
            self.text(group) == b"1"
                && self.run.gaps[group] == Gap::Plain { is_hyphen: true }
                && self.run.groups[group + 1].len() >= 6
        })
    }

    /// Ten digits in one piece beside a decimal point; `.0` is what programs add to a number.
    fn is_decimal(&self) -> bool {
        let bare = Some(Gap::Dot { is_bare: true });
        let after = self.last + 1;
        let has_decimals =
            self.gap_before(after) == bare && self.text(after).iter().any(|byte| *byte != b'0');
        self.first == self.last && (self.gap_before(self.first) == bare || has_decimals)
    }

    /// A year that hangs on a hyphen, as in dates, numbers of notices and `2025-26`.
    fn holds_year(&self) -> bool {
        let from = self.first.saturating_sub(1);
        let to = (self.last + 1).min(self.run.groups.len() - 1);
        (from..=to).any(|group| {
            let is_year = matches!(self.text(group), [b'1', b'9', _, _] | [b'2', b'0', _, _]);
            let hangs = |gap: Option<Gap>| gap == Some(Gap::Plain { is_hyphen: true });
            is_year && (hangs(self.gap_before(group)) || hangs(self.gap_before(group + 1)))
        })
    }

    /// A telephone number: dialled with a plus, or with a zero in front.
    fn is_telephone(&self, is_dialled: bool) -> bool {
        let begins_with_zero = |group: usize| self.text(group)[0] == b'0';
        begins_with_zero(self.first)
            || !self.is_usual() && (is_dialled || (0..self.first).any(begins_with_zero))
    }
}

/// Whether the number at this place is the value of a key that holds another kind of number.
fn is_other_number(text: &str, path: &str, at: usize) -> bool {
    if !path.starts_with("data/") || is_about_people(path) {
        return false;
    }
    let line = text[..at].rsplit('\n').next().unwrap_or_default();
    let Some((before, between)) = line.rsplit_once(':') else {
        return false;
    };
    let key = before.rsplit([' ', ',', '{', '"', '\'']).find(|word| !word.is_empty());
    let is_value = between.bytes().all(|byte| matches!(byte, b' ' | b'"' | b'\'' | b'+' | b'('));
    is_value && !before.contains('#') && key.is_some_and(|key| OTHER_NUMBERS.contains(&key))
}
