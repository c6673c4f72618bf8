//! What a piece of text says as a figure.

/// A figure as a reader reads it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reading {
    /// A number, or a band of numbers without an upper end or with one.
    Number { low: u32, high: Option<u32>, at_least: bool },
    /// Withheld to protect people.
    Withheld,
    /// Nobody has stated it.
    Unavailable,
    /// There is nothing to count.
    Nothing,
    /// "No people": nought, or nothing to count.
    NoneAtAll,
    /// Neither a number nor a mark.
    Unreadable,
}

impl Reading {
    /// A single number.
    pub(super) fn exactly(number: u32, at_least: bool) -> Reading {
        Reading::Number { low: number, high: Some(number), at_least }
    }

    /// Reads the words of a figure, such as `1,240`, `about 45 people`, `5 to 9`, `[c]`.
    pub(super) fn of(text: &str) -> Reading {
        let marks = ["[c]", "[x]", "[z]"].map(|mark| text.matches(mark).count());
        let Some(numbers) = numbers(text) else { return Reading::Unreadable };
        let words = text.to_lowercase();
        let words = words.trim();
        match (marks, numbers.as_slice()) {
            ([1, 0, 0], []) => Reading::Withheld,
            ([0, 1, 0], []) => Reading::Unavailable,
            ([0, 0, 1], []) => Reading::Nothing,
            ([0, 0, 0], [number]) => {
                let at_least = words.contains('+') || words.starts_with("at least ");
                match words.contains("or more") {
                    true => Reading::Number { low: *number, high: None, at_least },
                    false => Reading::exactly(*number, at_least),
                }
            }
            ([0, 0, 0], [low, high]) if words.contains(" to ") && low <= high => {
                Reading::Number { low: *low, high: Some(*high), at_least: false }
            }
            ([0, 0, 0], []) if words.starts_with("an unknown number") => Reading::exactly(0, true),
            ([0, 0, 0], []) if words == "none" || words == "nobody" || words.starts_with("no ") => {
                Reading::NoneAtAll
            }
            _ => Reading::Unreadable,
        }
    }

    /// Whether two readings say the same.
    pub(super) fn agrees(&self, other: &Reading) -> bool {
        let is_none = |reading: &Reading| {
            let nought = Reading::exactly(0, false);
            matches!(reading, Reading::Nothing | Reading::NoneAtAll) || *reading == nought
        };
        let in_words = [self, other].contains(&&Reading::NoneAtAll);
        self == other || (in_words && is_none(self) && is_none(other))
    }

    /// Whether it tells a number.
    pub(super) fn is_number(&self) -> bool {
        matches!(self, Reading::Number { .. } | Reading::NoneAtAll)
    }
}

/// Whether there is a digit of any kind in a text.
pub(super) fn has_digit(text: &str) -> bool {
    text.chars().any(char::is_numeric)
}

/// The whole numbers of a text; nothing where something like a number is none.
fn numbers(text: &str) -> Option<Vec<u32>> {
    let letters: Vec<char> = text.chars().collect();
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let letter = letters[at];
        if !letter.is_ascii_digit() {
            if letter.is_numeric() {
                return None;
            }
            at += 1;
            continue;
        }
        let begin = at;
        let is_part = |at: usize| {
            let next = letters.get(at + 1).is_some_and(char::is_ascii_digit);
            letters[at].is_ascii_digit() || (matches!(letters[at], ',' | '.') && next)
        };
        while at < letters.len() && is_part(at) {
            at += 1;
        }
        let is_negative = begin > 0 && matches!(letters[begin - 1], '-' | '−' | '.');
        if is_negative {
            return None;
        }
        numbers.push(whole(&letters[begin..at])?);
    }
    Some(numbers)
}

/// `1240` and `1,240`, but neither `12,40` nor `1.5`.
fn whole(letters: &[char]) -> Option<u32> {
    let text: String = letters.iter().collect();
    let mut groups = text.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let is_grouped = rest.is_empty() || (first.len() <= 3 && rest.iter().all(|g| g.len() == 3));
    let digits = text.replace(',', "");
    (is_grouped && digits.chars().all(|letter| letter.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_the_pages_write_them() {
        let exactly = Reading::exactly;
        for (text, expect) in [
            ("1,240", exactly(1240, false)),
            ("45+", exactly(45, true)),
            ("about 45 people", exactly(45, false)),
            ("at least 45 people, rounded", exactly(45, true)),
            ("62%", exactly(62, false)),
            ("an unknown number of places", exactly(0, true)),
            ("5 to 9 people", Reading::Number { low: 5, high: Some(9), at_least: false }),
            ("50 or more", Reading::Number { low: 50, high: None, at_least: false }),
            (
                "£2,750 to £3,500 a week",
                Reading::Number { low: 2750, high: Some(3500), at_least: false },
            ),
            ("[c] withheld", Reading::Withheld),
            ("a withheld number of people [c]", Reading::Withheld),
            ("an unknown number of people [x]", Reading::Unavailable),
            ("[z]", Reading::Nothing),
            ("no people", Reading::NoneAtAll),
        ] {
            assert_eq!(Reading::of(text), expect, "{text}");
        }
    }

    #[test]
    fn what_is_neither_a_number_nor_the_mark_is_not_read() {
        for text in [
            "",
            "*",
            "[C]",
            "[c",
            "c",
            "fewer than 5 or 6",
            "[c] 3",
            "[c] [c]",
            "-3",
            "1.5",
            "12,40",
            "½",
            "3 in 4",
            "9 to 5",
            "99999999999",
        ] {
            assert_eq!(Reading::of(text), Reading::Unreadable, "{text}");
        }
    }

    #[test]
    fn no_people_may_be_nought_or_nothing_to_count() {
        assert!(Reading::NoneAtAll.agrees(&Reading::exactly(0, false)));
        assert!(Reading::Nothing.agrees(&Reading::NoneAtAll));
        assert!(!Reading::Nothing.agrees(&Reading::exactly(0, false)));
        assert!(!Reading::NoneAtAll.agrees(&Reading::Withheld));
    }
}
