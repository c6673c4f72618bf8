//! Where a line holds details of single people, and where numbers.

use std::ops::Range;

use crate::sources::{Source, personal_details};

/// Details of single people in a line. A number may begin in the line before and end in the next.
pub(super) fn details_of(source: &Source, line: &Range<usize>) -> Vec<Range<usize>> {
    let text = source.text();
    let before = text[..line.start.saturating_sub(1)].rfind('\n').map_or(0, |newline| newline + 1);
    let after =
        text[line.end..].match_indices('\n').nth(1).map_or(text.len(), |(n, _)| line.end + n);
    personal_details(&text[before..after], source.path())
        .into_iter()
        .map(|detail| before + detail.range.start..before + detail.range.end)
        .filter(|detail| detail.start < line.end && line.start < detail.end)
        .map(|detail| detail.start.max(line.start) - line.start..detail.end - line.start)
        .collect()
}

/// Numbers of a line, in digits and in words up to nine.
pub(super) fn numbers_of(text: &str) -> Vec<Range<usize>> {
    const WORDS: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "single", "couple",
        "pair",
    ];
    let mut found = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let is_number = bare.bytes().any(|byte| byte.is_ascii_digit())
            || WORDS.iter().any(|number| bare.eq_ignore_ascii_case(number));
        if is_number {
            found.push(at..at + bare.len());
        }
        at += word.len();
    }
    found
}
