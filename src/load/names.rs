//! Comparing names that every file spells in its own way.

/// Words before or behind the name of an authority that do not tell two of them apart.
const TITLES: [&str; 2] = ["city of", "county of"];

/// What is left of a local authority's name without case, punctuation and titles:
/// "Bristol, City of" is "bristol".
pub fn authority_key(name: &str) -> String {
    let spaced: String = name
        .replace('&', " and ")
        .chars()
        .filter(|c| !matches!(c, '\'' | '’' | '.'))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    let words = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = TITLES.iter().find_map(|title| {
        let front = words.strip_prefix(title).and_then(|rest| rest.strip_prefix(' '));
        front.or_else(|| words.strip_suffix(title).and_then(|rest| rest.strip_suffix(' ')))
    });
    bare.map_or(words.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_authority_are_one_key() {
        for name in ["Bristol, City of", "City of Bristol", "BRISTOL"] {
            assert_eq!(authority_key(name), "bristol");
        }
        assert_eq!(authority_key("Bath & N.E. Somerset"), "bath and ne somerset");
    }
}
