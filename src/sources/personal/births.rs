//! Days of birth that say so: `dob 01/02/1980`, `date of birth: 1980-02-01`, `born on 1 May 1980`.

use std::ops::Range;

use super::is_about_people;
use super::separators::{is_hyphen, is_space};

/// How a day of birth is announced, in lower case; a space stands for any separator.
const NAMES: [&str; 10] = [
    "dob",
    "d.o.b.",
    "d.o.b",
    "d o b",
    "date of birth",
    "birth date",
    "birthdate",
    "birthday",
    "born",
    "birth",
];
/// Words that may stand between the name and the day.
const BETWEEN: [&str; 14] = [
    "is", "was", "on", "the", "of", "in", "dd", "mm", "yy", "yyyy", "given", "as", "recorded",
    "ddmmyyyy",
];
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// The day stands no farther than this from its name, in bytes.
const REACH: usize = 48;

/// Places of days of birth, with their names. In a file about people a year is enough.
pub(super) fn find(text: &str, path: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let begins = matches!(bytes[at], b'd' | b'D' | b'b' | b'B')
            && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric());
        let end = match begins {
            true => NAMES
                .iter()
                .find_map(|name| after_name(text, at, name))
                .and_then(|after| end_of_day(text, after, is_about_people(path))),
            false => None,
        };
        if let Some(end) = end {
            found.push(at..end);
        }
        at = end.unwrap_or(at + 1);
    }
    found
}

/// The end of the name if it stands here as words of its own.
fn after_name(text: &str, start: usize, name: &str) -> Option<usize> {
    let mut rest = text[start..].char_indices();
    let mut end = start;
    for wanted in name.chars() {
        let (at, c) = rest.next()?;
        let fits = match wanted {
            ' ' => is_space(c) || is_hyphen(c),
            wanted => c.eq_ignore_ascii_case(&wanted),
        };
        if !fits {
            return None;
        }
        end = start + at + c.len_utf8();
    }
    let goes_on = rest.next().is_some_and(|(_, c)| c.is_alphabetic());
    (!goes_on).then_some(end)
}

/// The end of the day that follows a name, if one does.
fn end_of_day(text: &str, start: usize, year_is_enough: bool) -> Option<usize> {
    let mut at = start;
    while at < text.len() && at < start + REACH {
        if let Some(end) = day(text, at, year_is_enough) {
            return Some(end);
        }
        let c = text[at..].chars().next()?;
        if c.is_alphabetic() {
            let word = word(text, at);
            if !BETWEEN.iter().any(|between| word.eq_ignore_ascii_case(between)) {
                return None;
            }
            at += word.len();
        } else if is_space(c) || is_hyphen(c) || "=:.,;/|()[]{}\"'*<>".contains(c) {
            at += c.len_utf8();
        } else {
            return None;
        }
    }
    None
}

/// The end of the day that is written here.
fn day(text: &str, start: usize, year_is_enough: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    if is_month(word(text, start)) {
        return day_in_words(text, start, year_is_enough);
    }
    let (first, at) = number(bytes, start)?;
    if matches!(first, 6 | 8) || first == 4 && year_is_enough && number_after(text, at).is_none() {
        return Some(at);
    }
    if let Some((second, after)) = number_after(text, at) {
        // Day, month and year in some order; one of them may be a year of four digits.
        if let Some((third, end)) = number_after(text, after) {
            let lengths = (first, second, third);
            let is_day = matches!(lengths, (1 | 2, 1 | 2, 2 | 4) | (4, 1 | 2, 1 | 2));
            return is_day.then_some(end);
        }
        let is_month = matches!((first, second), (1 | 2, 4) | (4, 1 | 2));
        return (is_month && year_is_enough).then_some(after);
    }
    day_in_words(text, start, year_is_enough)
}

/// A day with the month as a word: `1st of May 1980`, `May 1, 1980`.
fn day_in_words(text: &str, start: usize, year_is_enough: bool) -> Option<usize> {
    let (mut has_day, mut has_month) = (false, false);
    let mut at = start;
    for _ in 0..5 {
        let word = word(text, at);
        match number(text.as_bytes(), at) {
            Some((4, end)) if has_month && (has_day || year_is_enough) => return Some(end),
            Some((2, end)) if has_month && has_day => return Some(end),
            Some((1 | 2, end)) if !has_day => {
                has_day = true;
                at = end + ordinal(&text[end..]);
            }
            _ if !has_month && is_month(word) => {
                has_month = true;
                at += word.len();
            }
            _ if word.eq_ignore_ascii_case("of") => at += word.len(),
            _ => return None,
        }
        let rest = &text[at..];
        at += rest.len() - rest.trim_start_matches(|c| is_space(c) || ",./-".contains(c)).len();
    }
    None
}

fn ordinal(rest: &str) -> usize {
    let ending = rest.get(..2).unwrap_or_default();
    let is_one = ["st", "nd", "rd", "th"].iter().any(|one| ending.eq_ignore_ascii_case(one));
    if is_one { 2 } else { 0 }
}

fn is_month(word: &str) -> bool {
    let is_begun = |month: &&str| word.get(..3).is_some_and(|it| it.eq_ignore_ascii_case(month));
    word.len() >= 3 && word.len() <= 9 && MONTHS.iter().any(is_begun)
}

/// The letters that stand here.
fn word(text: &str, at: usize) -> &str {
    let length = text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    &text[at..at + length]
}

/// How many digits stand here, and where they end.
fn number(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let length = bytes.get(at..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (1..=8).contains(&length).then_some((length, at + length))
}

/// The number behind one or two of the separators of a date.
fn number_after(text: &str, at: usize) -> Option<(usize, usize)> {
    let rest = text.get(at..)?;
    let is_between = |c: &char| is_space(*c) || is_hyphen(*c) || matches!(c, '/' | '.');
    let width: usize = rest.chars().take(2).take_while(is_between).map(char::len_utf8).sum();
    if width == 0 {
        return None;
    }
    number(text.as_bytes(), at + width)
}
