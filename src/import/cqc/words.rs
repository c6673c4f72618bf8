//! The regulator's words: one table of every spelling of service types and specialisms.
//!
//! The same service is "Residential homes" in the directory and "Care home service without
//! nursing" elsewhere. Types are kept in the wording of the active locations file, specialisms in
//! the wording of the directory.

use std::collections::BTreeMap;

use super::vocabulary::{SPECIALISMS, TYPES};
use crate::diagnostics::did_you_mean;

/// Most comma-separated pieces that one known value is made of.
const MAX_PIECES: usize = 4;

/// Longest value for which a near spelling is looked up, in bytes: longer ones are not slips.
const NEAR_BYTES: usize = 120;

/// One list of words, ready to look up.
pub(super) struct Words {
    by_key: BTreeMap<String, &'static str>,
    spellings: Vec<&'static str>,
}

impl Words {
    /// The service types.
    pub(super) fn types() -> Words {
        Words::new(TYPES.iter().map(|word| (word.name, word.aliases)))
    }

    /// The specialisms.
    pub(super) fn specialisms() -> Words {
        Words::new(SPECIALISMS.iter().map(|word| (word.name, word.aliases)))
    }

    fn new(table: impl Iterator<Item = (&'static str, &'static [&'static str])>) -> Words {
        let mut words = Words { by_key: BTreeMap::new(), spellings: Vec::new() };
        for (name, aliases) in table {
            for spelling in [name].iter().chain(aliases) {
                words.by_key.insert(fold(spelling), name);
                words.spellings.push(spelling);
            }
        }
        words
    }

    /// The canonical wording of a value, if it is known in any spelling.
    pub(super) fn canonical(&self, value: &str) -> Option<&'static str> {
        self.by_key.get(&fold(value)).copied()
    }

    /// The known wording nearest to an unknown value, if it may be a slip.
    pub(super) fn nearest(&self, value: &str) -> Option<&'static str> {
        if value.len() > NEAR_BYTES {
            return None;
        }
        let near = did_you_mean(value, self.spellings.iter().copied())?;
        self.canonical(near)
    }

    /// Splits a list at bars, or else at commas that do not stand inside a known value.
    pub(super) fn split<'a>(&self, list: &'a str, bars_only: bool) -> Vec<&'a str> {
        let values: Vec<&str> = match bars_only || list.contains('|') {
            true => list.split('|').collect(),
            false => self.split_at_commas(list),
        };
        values.into_iter().map(str::trim).filter(|value| !value.is_empty()).collect()
    }

    /// Takes the longest known run of pieces at each place, or else one piece.
    fn split_at_commas<'a>(&self, list: &'a str) -> Vec<&'a str> {
        let commas = list.match_indices(',').map(|(at, _)| at);
        let ends: Vec<usize> = commas.chain([list.len()]).collect();
        let (mut values, mut start, mut piece) = (Vec::new(), 0, 0);
        while piece < ends.len() {
            let longest = (piece + MAX_PIECES).min(ends.len());
            let last = (piece + 1..longest)
                .rev()
                .find(|end| self.canonical(&list[start..ends[*end]]).is_some())
                .unwrap_or(piece);
            values.push(&list[start..ends[last]]);
            start = (ends[last] + 1).min(list.len());
            piece = last + 1;
        }
        values
    }
}

/// Case, spaces and punctuation do not tell two values apart.
pub(super) fn fold(value: &str) -> String {
    value.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_spellings_are_one_type() {
        let types = Words::types();
        for spelling in
            ["Residential homes", "care home service WITHOUT nursing", "Residential  Homes "]
        {
            assert_eq!(types.canonical(spelling), Some("Care home service without nursing"));
        }
        assert_eq!(types.canonical("Partnership"), None);
        assert_eq!(types.nearest("Residental homes"), Some("Care home service without nursing"));
        assert_eq!(types.nearest("Zzz new service"), None);
    }

    #[test]
    fn no_spelling_belongs_to_two_words() {
        for words in [Words::types(), Words::specialisms()] {
            assert_eq!(words.by_key.len(), words.spellings.len());
        }
    }

    #[test]
    fn values_with_commas_stay_whole() {
        let types = Words::types();
        let long = TYPES[21].name;
        let list = format!("Dentist,{long}, Supported living,Odd");
        assert_eq!(types.split(&list, false), ["Dentist", long, "Supported living", "Odd"]);
        assert_eq!(types.split("a, b|c", false), ["a, b", "c"]);
        assert_eq!(types.split("a, b", true), ["a, b"]);
        assert!(types.split(" , ,", false).is_empty());
    }
}
