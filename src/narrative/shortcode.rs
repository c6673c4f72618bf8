//! `{{ name(key="value", …) }}` in a text.

use std::ops::Range;

/// A shortcode as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shortcode {
    /// Its name.
    pub(super) name: String,
    /// Its settings, with the place of each value within the text searched.
    pub(super) settings: Vec<Setting>,
}

/// One setting of a shortcode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Setting {
    pub(super) key: String,
    pub(super) value: String,
    pub(super) range: Range<usize>,
}

/// A stretch of text between braces: its bytes, and what it says or why it cannot be read.
pub(super) type Found = (Range<usize>, Result<Shortcode, String>);

/// Finds all shortcodes of a text. Ranges count from the beginning of `text`.
pub(super) fn find(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find("{{").map(|at| from + at) {
        let Some(close) = text[open..].find("}}").map(|at| open + at) else {
            found.push((open..text.len(), Err("the closing }} is missing".to_owned())));
            break;
        };
        let inner = open + 2..close;
        found.push((open..close + 2, parse(text, inner)));
        from = close + 2;
    }
    found
}

fn parse(text: &str, inner: Range<usize>) -> Result<Shortcode, String> {
    let body = &text[inner.clone()];
    let (name, rest) = body.split_once('(').ok_or("the settings in brackets are missing")?;
    let settings_start = inner.start + name.len() + 1;
    let settings = rest.trim_end().strip_suffix(')').ok_or("the closing bracket is missing")?;
    let name = name.trim();
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
        return Err("the name before the bracket is missing".to_owned());
    }
    let mut at = 0;
    let mut found = Vec::new();
    while !settings[at..].trim().is_empty() {
        let rest = &settings[at..];
        let (key, after) = rest.split_once('=').ok_or("write each setting as key=\"value\"")?;
        let lead = after.len() - after.trim_start().len();
        let quoted = after.trim_start().strip_prefix('"').ok_or("put the value in quotes")?;
        let (value, tail) = quoted.split_once('"').ok_or("the closing quote is missing")?;
        let start = at + key.len() + 1 + lead + 1;
        found.push(Setting {
            key: key.trim().to_owned(),
            value: value.to_owned(),
            range: settings_start + start..settings_start + start + value.len(),
        });
        at = start + value.len() + 1;
        match tail.trim_start().strip_prefix(',') {
            Some(_) => at += tail.len() - tail.trim_start().len() + 1,
            None if tail.trim().is_empty() => break,
            None => return Err("put a comma between two settings".to_owned()),
        }
    }
    Ok(Shortcode { name: name.to_owned(), settings: found })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn settings_are_read_with_their_places() {
        let text = r#"a {{ figure(of="gap.people", area = "x") }} b"#;
        let found = find(text);
        let shortcode = found[0].1.as_ref().unwrap();
        assert_eq!(shortcode.name, "figure");
        let values: Vec<_> = shortcode.settings.iter().map(|s| &text[s.range.clone()]).collect();
        assert_eq!(values, ["gap.people", "x"]);
        assert_eq!(&text[found[0].0.clone()], r#"{{ figure(of="gap.people", area = "x") }}"#);
    }

    #[test]
    fn faults_are_named() {
        for (text, words) in [
            ("{{ figure(of=x) }}", "quotes"),
            ("{{ figure }}", "brackets"),
            ("{{ figure(of=\"x\"", "}}"),
            ("{{ figure(of=\"x\" area=\"y\") }}", "comma"),
        ] {
            let fault = find(text)[0].1.clone().unwrap_err();
            assert!(fault.contains(words), "{text}: {fault}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[{}()=\",a-z é]{0,40}") {
            for (range, _) in find(&text) {
                prop_assert!(text.get(range).is_some());
            }
        }
    }
}
