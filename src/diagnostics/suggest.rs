//! "Did you mean": the nearest of the words that would have been right.

/// The candidate nearest to `word`, if it is near enough to be a slip of the keyboard.
///
/// Near enough is an edit distance (with neighbouring letters swapped counting once) of at most a
/// third of the word's length, at least one. Ties go to the first candidate in order.
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let plain = fold(word);
    let limit = (plain.len() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (distance(&plain, &fold(candidate)), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Lists up to eight words for a message: "`a`, `b` or `c`", with "and N more" when cut.
pub fn listing<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    const SHOWN: usize = 8;
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.as_slice() {
        [] => "nothing".to_owned(),
        [only] => only.clone(),
        [init @ .., last] if words.len() <= SHOWN => format!("{} or {last}", init.join(", ")),
        _ => format!("{} and {} more", words[..SHOWN].join(", "), words.len() - SHOWN),
    }
}

/// Case and separators do not matter when guessing what somebody meant.
fn fold(word: &str) -> Vec<char> {
    word.chars()
        .filter(|c| !matches!(c, '-' | '_' | ' ' | '.'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Optimal string alignment distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised_and_strangers_are_not() {
        let words = ["registered", "places", "vacancies", "occupied"];
        assert_eq!(did_you_mean("vacencies", words), Some("vacancies"));
        assert_eq!(did_you_mean("palces", words), Some("places"));
        assert_eq!(did_you_mean("Registered-", words), Some("registered"));
        assert_eq!(did_you_mean("beds", words), None);
    }

    #[test]
    fn lists_read_like_a_sentence() {
        assert_eq!(listing(["a"]), "`a`");
        assert_eq!(listing(["a", "b", "c"]), "`a`, `b` or `c`");
        let many: Vec<String> = (0..10).map(|n| n.to_string()).collect();
        assert!(listing(many.iter().map(String::as_str)).ends_with("and 2 more"));
    }
}
