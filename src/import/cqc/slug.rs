//! Ids made from names.

use std::collections::BTreeSet;

/// Longest id made from a name, in characters.
const MAX_CHARS: usize = 60;

/// Lower-case letters and digits of a name, in words joined by `-`; may be empty.
pub(super) fn of(name: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for c in name.replace('&', " and ").chars().flat_map(char::to_lowercase).chain([' ']) {
        match plain(c) {
            Some(letters) => word.push_str(letters),
            None if c.is_ascii_alphanumeric() => word.push(c),
            None if matches!(c, '\'' | '’') => {}
            None if !word.is_empty() => words.push(std::mem::take(&mut word)),
            None => {}
        }
    }
    let mut slug = String::new();
    for word in words {
        if slug.len() + word.len() >= MAX_CHARS {
            // A single word longer than an id may be is cut, all its characters are ASCII.
            if slug.is_empty() {
                slug.push_str(&word[..word.len().min(MAX_CHARS)]);
            }
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word);
    }
    slug
}

/// The first of `slug`, `slug-2`, `slug-3` … that is free, which is then taken.
pub(super) fn take_free(slug: &str, taken: &mut BTreeSet<String>) -> String {
    let mut candidate = slug.to_owned();
    let mut number = 2;
    while !taken.insert(candidate.clone()) {
        candidate = format!("{slug}-{number}");
        number += 1;
    }
    candidate
}

/// Letters without their accents, for the languages that names of services come in.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' => "a",
        'æ' => "ae",
        'ç' => "c",
        'è'..='ë' => "e",
        'ì'..='ï' => "i",
        'ñ' => "n",
        'ò'..='ö' | 'ø' => "o",
        'ù'..='ü' | 'ŵ' => "u",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ß' => "ss",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids() {
        assert_eq!(of(" Elm & Ash (Homes) Ltd."), "elm-and-ash-homes-ltd");
        assert_eq!(of("St Mary's Café"), "st-marys-cafe");
        assert_eq!(of("=<b>"), "b");
        assert_eq!(of("李"), "");
        assert_eq!(of(&"word ".repeat(30)).len(), 59);
        assert_eq!(of(&"x".repeat(90)).len(), MAX_CHARS);
        let mut taken = BTreeSet::from(["a".to_owned()]);
        assert_eq!(take_free("a", &mut taken), "a-2");
        assert_eq!(take_free("a", &mut taken), "a-3");
    }
}
