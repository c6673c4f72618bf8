//! Small numbers of people that somebody typed into a text, where no figure is quoted.
//!
//! A number below the threshold counts as one of people if the words around it say so: "three
//! people", "only one patient", "Placements: 3". Numbers of beds, services, years and steps are
//! left alone, and so are shares, sizes of homes, ages and numbers that name something. The rules
//! are held by a table of sentences in the tests; when in doubt they stay silent about `one`, which
//! is mostly no number, and speak about the others.

mod lexicon;
mod tables;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use lexicon::{
    BEGINS_OF_ONE, CAPACITY, LABELS, LOWER_BOUNDS, POINTS_TO_ONE, THINGS, ends_search, is_among,
    is_many, is_one, is_whole,
};
use words::{Token, tokens};

/// How many words may stand between a number and what it counts.
const REACH: usize = 4;

/// Places of numbers of people below `threshold` in a text; `is_page` tells Markdown from a plain
/// value. Zero is not looked for: "no people" is seldom a figure.
pub(super) fn find(text: &str, is_page: bool, threshold: u32) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let plain;
    let mut prose = text;
    if is_page {
        plain = words::without_code(text);
        prose = &plain;
        for table in tables::find(prose) {
            found.extend(table.small_counts(prose, threshold));
        }
    }
    let tokens = tokens(prose);
    let reading = Reading { text: prose, tokens: &tokens, threshold };
    found.extend((0..tokens.len()).filter_map(|at| reading.count_at(at)));
    found.sort_by_key(|range| (range.start, range.end));
    found.dedup_by(|next, last| next.start < last.end);
    found
}

/// A number as people write it: digits, a word up to nine, or a range of them, whose larger end
/// counts.
fn number(word: &str) -> Option<u32> {
    const WORDS: [&str; 9] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    if let Some(at) = WORDS.iter().position(|known| *known == word) {
        return Some(at as u32 + 1);
    }
    if let Some((low, high)) = word.split_once(['-', '–']) {
        return number(low).and(number(high));
    }
    let digits = word.replace(',', "");
    let is_number = (1..=9).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

struct Reading<'t> {
    text: &'t str,
    tokens: &'t [Token],
    threshold: u32,
}

impl Reading<'_> {
    /// The word at a place in lower case; empty for a mark and beyond the ends.
    fn word(&self, at: Option<usize>) -> &str {
        at.and_then(|at| self.tokens.get(at)).and_then(Token::word).unwrap_or_default()
    }

    fn before(&self, at: usize, steps: usize) -> &str {
        self.word(at.checked_sub(steps))
    }

    fn small_number(&self, at: usize) -> Option<u32> {
        number(self.word(Some(at))).filter(|count| (1..self.threshold).contains(count))
    }

    /// The count that begins at a token, from its number to the noun.
    fn count_at(&self, at: usize) -> Option<Range<usize>> {
        let token = self.tokens.get(at)?;
        let place = |end: usize| token.range.start..self.tokens[end].range.end;
        if let Some(end) = self.idiom(at) {
            return Some(place(end));
        }
        if is_many(self.word(Some(at)))
            && let Some(end) = self.count_behind(at)
        {
            return Some(place(end));
        }
        let count = self.small_number(at)?;
        if self.is_no_count(at) {
            return None;
        }
        let noun = self.noun_after(at, count)?;
        Some(place(noun))
    }

    /// "a single patient", "a couple of people".
    fn idiom(&self, at: usize) -> Option<usize> {
        let word = |steps: usize| self.word(Some(at + steps));
        if word(0) == "a" && word(1) == "single" && is_one(word(2)) {
            return (!self.is_followed_by_thing(at + 2)).then_some(at + 2);
        }
        let is_couple = matches!(word(0), "couple" | "pair") && word(1) == "of";
        let noun = (at + 2..at + 5).find(|noun| is_many(self.word(Some(*noun))))?;
        let between_is_plain = (at + 2..noun).all(|word| !ends_search(self.word(Some(word))));
        (is_couple && between_is_plain && self.threshold > 2).then_some(noun)
    }

    /// "Placements: 3", "residents (3)".
    fn count_behind(&self, noun: usize) -> Option<usize> {
        let mark = self.tokens.get(noun + 1)?.mark()?;
        let number = noun + 2;
        self.small_number(number)?;
        let is_end = match self.tokens.get(number + 1).map(|token| token.mark()) {
            None | Some(Some('\n' | ',' | ';' | ')' | '|')) => true,
            // "people: 1. Do this" goes on; a number at the end of a sentence does not.
            Some(Some('.')) => self.tokens.get(number + 2).is_none_or(|next| next.is_break()),
            _ => false,
        };
        (matches!(mark, ':' | '=' | '(' | '–') && is_end).then_some(number)
    }

    /// Whether the words before a number make it a name, a share, a size or a bound.
    fn is_no_count(&self, at: usize) -> bool {
        let (last, one_before, two_before) =
            (self.before(at, 1), self.before(at, 2), self.before(at, 3));
        let is_label = is_among(last, LABELS) || is_among(last.trim_end_matches('s'), LABELS);
        let is_bound = is_among(last, LOWER_BOUNDS)
            || last == "than" && matches!(one_before, "more" | "greater" | "other" | "rather")
            || last == "to" && one_before == "up";
        let is_share = last == "in" && number(one_before).is_some()
            || last == "of" && matches!(one_before, "out" | "every" | "team" | "teams")
            || one_before == "every"
            || last == "in" && lexicon::is_share_of(one_before, two_before);
        let is_part = matches!(last, "hundred" | "thousand" | "million" | "and")
            && (last != "and" || matches!(one_before, "hundred" | "thousand"))
            || is_among(last, lexicon::TENS);
        is_label || is_bound || is_share || is_part || self.is_size(at)
    }

    /// "a home for four people", "can take three adults".
    fn is_size(&self, at: usize) -> bool {
        let words = |steps: Range<usize>| steps.map(move |steps| self.before(at, steps));
        let is_for = words(1..4).any(|word| word == "for");
        let names_place = words(2..9).any(|word| is_among(word, CAPACITY));
        let is_able = words(1..5).any(|word| matches!(word, "can" | "could"));
        let is_housed = words(1..4).any(|word| {
            matches!(
                word,
                "sleeps" | "accommodates" | "houses" | "accommodate" | "house" | "accommodating"
            )
        });
        is_for && names_place || is_able || is_housed
    }

    /// The noun that a number counts.
    fn noun_after(&self, number_at: usize, count: u32) -> Option<usize> {
        let mut left = REACH;
        let mut at = number_at + 1;
        loop {
            let word = self.word(Some(at));
            if word.is_empty() || left == 0 {
                return None;
            }
            if count == 1 && is_one(word) {
                return self.is_one_told(number_at, at).then_some(at);
            }
            if count > 1 && is_many(word) {
                return self.is_counted(at).then_some(at);
            }
            let next = self.word(Some(at + 1));
            if word == "of" && is_among(next, lexicon::DETERMINERS) {
                at += 2;
                at += usize::from(number(self.word(Some(at))).is_some());
                if count == 1 {
                    // "one of the people" speaks of somebody, not of a number.
                    return None;
                }
                continue;
            }
            let is_user = word == "service" && is_many(next);
            if !is_user && ends_search(word) || number(word).is_some() {
                return None;
            }
            left -= 1;
            at += 1;
        }
    }

    /// Whether a plural is what is counted, and not the beginning of something else.
    fn is_counted(&self, noun: usize) -> bool {
        let word = |steps: usize| self.word(Some(noun + steps));
        let is_share = word(1) == "in" && is_whole(word(2))
            || word(1) == "out" && word(2) == "of" && is_whole(word(3));
        let is_rule = word(1) == "at" && word(2) == "a" && word(3) == "time"
            || word(1) == "or" && matches!(word(2), "more" | "fewer" | "less")
            || matches!(word(1), "each" | "per")
            || matches!(word(1), "to" | "in" | "for" | "at") && word(2) == "each"
            || word(1) == "a" && is_among(word(2), lexicon::PERIODS);
        let is_longer_name = is_among(word(1), THINGS) || word(1) == "only";
        !is_share && !is_rule && !is_longer_name && !self.is_owner(noun)
    }

    /// "two women’s wards", "three patients’ groups".
    fn is_owner(&self, noun: usize) -> bool {
        let place = &self.tokens[noun].range;
        let written = &self.text[place.clone()];
        let has_mark = self.text[place.end..].starts_with(['\'', '’']) && written.ends_with('s');
        written.contains(['\'', '’']) || has_mark && !self.word(Some(noun + 2)).is_empty()
    }

    /// Whether "one person" is a number here: it is pointed at, or something is told of them.
    fn is_one_told(&self, number_at: usize, noun: usize) -> bool {
        let last = self.before(number_at, 1);
        let is_digit = self.word(Some(number_at)) == "1";
        let is_idiom = matches!(last, "any" | "no" | "each" | "every" | "per" | "for" | "another");
        let is_pointed_at = is_among(last, POINTS_TO_ONE) || is_digit;
        let word = |steps: usize| self.word(Some(noun + steps));
        let is_share = word(1) == "in" && is_whole(word(2))
            || word(1) == "at" && word(2) == "a"
            || word(1) == "to" && word(2) == "another";
        !is_idiom
            && !is_share
            && (is_pointed_at && !self.is_followed_by_thing(noun)
                || is_among(word(1), BEGINS_OF_ONE))
    }

    /// "one adult ward" counts wards.
    fn is_followed_by_thing(&self, noun: usize) -> bool {
        is_among(self.word(Some(noun + 1)), THINGS)
    }
}
