//! Words by which a text says that it is not finished.

use std::ops::Range;

const PHRASES: [&str; 5] =
    ["coming soon", "lorem ipsum", "to be confirmed", "to be added", "insert text"];
const WORDS: [&str; 3] = ["TBC", "TBD", "XXX"];

/// Where such words stand: phrases in any case, abbreviations as whole words in capitals.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let phrases = PHRASES.iter().filter_map(|phrase| Some((lower.find(phrase)?, phrase.len())));
    let is_word = |at: usize, len: usize| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(text[..at].chars().next_back()) && !letter(text[at + len..].chars().next())
    };
    let words = WORDS
        .iter()
        .filter_map(|word| Some((text.find(word)?, word.len())))
        .filter(|(at, len)| is_word(*at, *len));
    phrases.chain(words).map(|(at, len)| at..at + len).collect()
}
