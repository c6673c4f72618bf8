//! Values by number: 0 is none, and a value gets its number when it is first met.

use std::collections::BTreeMap;

/// Values with their numbers.
#[derive(Default)]
pub(super) struct Dictionary<T> {
    numbers: BTreeMap<T, usize>,
}

impl<T: Ord> Dictionary<T> {
    /// The number of a value.
    pub(super) fn number(&mut self, value: T) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry(value).or_insert(next)
    }

    /// All values by their numbers, after a place for none.
    pub(super) fn into_values(self) -> Vec<Option<T>> {
        let mut values: Vec<Option<T>> = Vec::new();
        values.resize_with(self.numbers.len() + 1, || None);
        for (value, number) in self.numbers {
            values[number] = Some(value);
        }
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_numbered_as_they_come() {
        let mut dictionary = Dictionary::default();
        assert_eq!(["b", "a", "b"].map(|word| dictionary.number(word)), [1, 2, 1]);
        assert_eq!(dictionary.into_values(), [None, Some("b"), Some("a")]);
    }
}
