//! National insurance numbers, such as `AB 12 34 56 C`, by the rules of HMRC's manual NIM39110.

use std::ops::Range;

use super::separators::{is_hyphen, is_space};

/// Letters that are not the first, and those that are not the second, of a number.
const NEVER_FIRST: &[u8] = b"DFIQUV";
const NEVER_SECOND: &[u8] = b"DFIOQUV";
/// Pairs of letters that are not given out.
const NEVER_BOTH: [&[u8; 2]; 7] = [b"BG", b"GB", b"KN", b"NK", b"NT", b"TN", b"ZZ"];
/// Short words with which a sentence may go on: "at 250000 a year" is no number.
const WORDS: [&[u8; 2]; 12] =
    [b"as", b"at", b"am", b"an", b"be", b"by", b"he", b"me", b"my", b"or", b"we", b"re"];

/// Places of national insurance numbers, in any case and spacing.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let begins = bytes[at].is_ascii_alphabetic()
            && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric())
            && !NEVER_FIRST.contains(&bytes[at].to_ascii_uppercase());
        match begins.then(|| end_of(text, at)).flatten() {
            Some(end) => {
                found.push(at..end);
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// The end of the number that begins here.
fn end_of(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut letters = [0_u8; 3];
    // Which characters have something between them and the one before.
    let mut spaced = [false; 9];
    let mut at = start;
    for (index, is_spaced) in spaced.iter_mut().enumerate() {
        let next = if index == 0 { at } else { after_gap(text, at) };
        let byte = *bytes.get(next)?;
        *is_spaced = next > at;
        let upper = byte.to_ascii_uppercase();
        let fits = match index {
            0 => upper.is_ascii_uppercase(),
            1 => upper.is_ascii_uppercase() && !NEVER_SECOND.contains(&upper),
            8 => (b'A'..=b'D').contains(&upper),
            _ => byte.is_ascii_digit(),
        };
        if !fits {
            return None;
        }
        match index {
            0 | 1 => letters[index] = byte,
            8 => letters[2] = byte,
            _ => {}
        }
        at = next + 1;
    }
    let pair = [letters[0].to_ascii_uppercase(), letters[1].to_ascii_uppercase()];
    let is_in_sentence = WORDS.iter().any(|word| **word == letters[..2])
        && letters[2] == b'a'
        && spaced == [false, false, true, false, false, false, false, false, true];
    let goes_on = bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let is_one = !goes_on && !is_in_sentence && !NEVER_BOTH.contains(&&pair);
    is_one.then_some(at)
}

/// Where at most three spaces, hyphens or dots end.
fn after_gap(text: &str, start: usize) -> usize {
    if text.as_bytes().get(start).is_some_and(u8::is_ascii_alphanumeric) {
        return start;
    }
    let rest = &text[start..];
    let width = rest
        .chars()
        .take(3)
        .take_while(|c| is_space(*c) || is_hyphen(*c) || *c == '.')
        .map(char::len_utf8)
        .sum::<usize>();
    start + width
}
