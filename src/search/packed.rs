//! Columns in short: a value that is the same for all, and numbers without marks between them.

use serde::Serialize;

/// The digits of numbers to the base 36.
const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
/// Numbers of up to so many decimal digits are told exactly by a script.
const EXACT: usize = 15;

/// A column: one value when it is the same for every row.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Column<T> {
    Same(T),
    Each(Vec<T>),
}

impl<T: PartialEq> FromIterator<T> for Column<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Column<T> {
        let mut values: Vec<T> = values.into_iter().collect();
        match values.split_first() {
            Some((first, rest)) if rest.iter().all(|value| value == first) => {
                Column::Same(values.swap_remove(0))
            }
            _ => Column::Each(values),
        }
    }
}

/// Numbers that have no order and little in common: what each has above the least, to the base 36,
/// all of one width, one after the other. Hyphens stand for none.
#[derive(Serialize)]
pub(super) struct Packed {
    least: i64,
    wide: usize,
    digits: String,
}

impl Packed {
    pub(super) fn of(numbers: &[Option<i64>]) -> Packed {
        let known = || numbers.iter().flatten().copied();
        let (least, most) = (known().min().unwrap_or(0), known().max().unwrap_or(0));
        let above = |number: i64| number.abs_diff(least);
        let wide = if known().next().is_some() { width(above(most)) } else { 0 };
        let digits = numbers.iter().map(|number| match number {
            Some(number) => written(above(*number), wide),
            None => "-".repeat(wide),
        });
        Packed { least, wide, digits: digits.collect() }
    }
}

/// How many digits a number has.
fn width(number: u64) -> usize {
    std::iter::successors(Some(number), |rest| (*rest >= 36).then_some(rest / 36)).count()
}

fn written(number: u64, wide: usize) -> String {
    let place = |at: usize| (0..at).fold(number, |rest, _| rest / 36) % 36;
    let digit = |at: usize| char::from(DIGITS[place(at) as usize]);
    (0..wide).rev().map(digit).collect()
}

/// Ids, most of which are the same but for a number at the end.
pub(super) struct Ids {
    /// What stands before the number.
    pub(super) stem: String,
    pub(super) numbers: Packed,
    /// Ids that are not made so, in the order of their rows.
    pub(super) others: Vec<String>,
}

/// Takes the number off the ids that begin as most do.
pub(super) fn ids(ids: Vec<String>) -> Ids {
    let mut uses = std::collections::BTreeMap::new();
    for (stem, _) in ids.iter().filter_map(|id| numbered(id)) {
        *uses.entry(stem.to_owned()).or_insert(0_usize) += 1;
    }
    let most = uses.into_iter().max_by(|a, b| (a.1, &b.0).cmp(&(b.1, &a.0)));
    let stem = most.map_or_else(String::new, |(stem, _)| stem);
    let number = |id: &String| numbered(id).filter(|(own, _)| *own == stem).map(|(_, n)| n);
    let numbers: Vec<Option<i64>> = ids.iter().map(number).collect();
    let others = ids.into_iter().zip(&numbers).filter(|(_, number)| number.is_none());
    let others = others.map(|(id, _)| id).collect();
    Ids { stem, numbers: Packed::of(&numbers), others }
}

/// An id and the number at its end, if it is written as a script writes it.
fn numbered(id: &str) -> Option<(&str, i64)> {
    let stem = id.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &id[stem.len()..];
    let is_plain = !digits.is_empty() && !digits.starts_with('0') && digits.len() <= EXACT;
    Some((stem, digits.parse().ok().filter(|_| is_plain)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(value: &impl Serialize) -> String {
        serde_json::to_string(value).unwrap()
    }

    #[test]
    fn a_column_of_one_value_is_that_value() {
        assert_eq!(json(&[3, 3].into_iter().collect::<Column<u8>>()), "3");
        assert_eq!(json(&[3, 4].into_iter().collect::<Column<u8>>()), "[3,4]");
        assert_eq!(json(&std::iter::empty().collect::<Column<u8>>()), "[]");
    }

    #[test]
    fn numbers_stand_side_by_side() {
        let packed = Packed::of(&[Some(40), None, Some(4), Some(39)]);
        assert_eq!(json(&packed), r#"{"least":4,"wide":2,"digits":"10--000z"}"#);
        let negative = Packed::of(&[Some(-2), Some(1)]);
        assert_eq!(json(&negative), r#"{"least":-2,"wide":1,"digits":"03"}"#);
        assert_eq!(json(&Packed::of(&[None])), r#"{"least":0,"wide":0,"digits":""}"#);
    }

    #[test]
    fn ids_keep_what_no_number_tells() {
        let all = ["~-1-77", "~", "~-1-07", "elm-2", "~-1-9"].map(str::to_owned).to_vec();
        let found = ids(all);
        assert_eq!(found.stem, "~-1-");
        assert_eq!(found.others, ["~", "~-1-07", "elm-2"]);
        assert_eq!(found.numbers.digits, "1w------00");
        let none = ids(vec!["~".to_owned()]);
        assert_eq!((none.stem.as_str(), none.others.len()), ("", 1));
    }
}
