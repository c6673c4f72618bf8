//! Characters that cannot be seen and change how a text is read or shown.

use std::ops::Range;

/// Places of control characters, and of those that turn the direction of writing, with the
/// character. In YAML and above a page, escapes such as `\u0000` are found too.
pub fn control_characters(text: &str, path: &str) -> Vec<(Range<usize>, char)> {
    let mut found: Vec<(Range<usize>, char)> = text
        .char_indices()
        .filter(|(_, c)| is_unseen(*c))
        .map(|(at, c)| (at..at + c.len_utf8(), c))
        .collect();
    let escaped = match path.ends_with(".yaml") {
        true => text.len(),
        // Only the block at the top of a page is YAML.
        false if text.starts_with("---") => text[3..].find("\n---").map_or(0, |end| end + 3),
        false => 0,
    };
    let places = text[..escaped].match_indices('\\');
    found.extend(places.filter_map(|(at, _)| escape_at(text, at)));
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Whether a character is a control character other than those that end lines and tabs, or turns
/// the direction of writing.
pub fn is_unseen(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The escape of a character that cannot be seen, if one begins here. Escapes of one letter count
/// only behind an opened double quote: a path of Windows may hold `\b`.
fn escape_at(text: &str, at: usize) -> Option<(Range<usize>, char)> {
    let before = text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count();
    if before % 2 == 1 {
        return None;
    }
    let letter = text[at + 1..].chars().next()?;
    let digits = match letter {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    let c = if digits > 0 {
        char::from_u32(u32::from_str_radix(text.get(at + 2..at + 2 + digits)?, 16).ok()?)?
    } else {
        let line = text[..at].rsplit('\n').next().unwrap_or_default();
        if line.matches('"').count().is_multiple_of(2) {
            return None;
        }
        match letter {
            '0' => '\0',
            'a' => '\u{7}',
            'b' => '\u{8}',
            'v' => '\u{b}',
            'f' => '\u{c}',
            'e' => '\u{1b}',
            'N' => '\u{85}',
            _ => return None,
        }
    };
    is_unseen(c).then(|| (at..at + 1 + letter.len_utf8() + digits, c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unseen_characters_are_found_raw_and_escaped() {
        let check = |path: &str, text: &str, expect: &[char]| {
            let found: Vec<char> =
                control_characters(text, path).into_iter().map(|(_, c)| c).collect();
            assert_eq!(found, expect, "{text:?}");
        };
        check("data/a.yaml", "a: é\r\n\tb – ‑ \u{a0}", &[]);
        check("data/a.csv", "a\0b\u{85}\u{2066}\\u0000", &['\0', '\u{85}', '\u{2066}']);
        check(
            "data/a.yaml",
            r#"a: "\u0000 \x1b \U0000202e \0 \e \n \u00e9""#,
            &['\0', '\u{1b}', '\u{202e}', '\0', '\u{1b}'],
        );
        check("data/a.yaml", r#"a: x\about, b: "\\0""#, &[]);
        check("content/a.md", "---\ntitle: \"\\u0007\"\n---\n`\\u0007`", &['\u{7}']);
    }
}
