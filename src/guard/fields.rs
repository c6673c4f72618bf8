//! Keys and values of a YAML file as it stands, comments and broken lines too.
//!
//! This is no parser: it tells where keys and their values are, well enough to look into them when
//! the file cannot be read at all. What a value means is for `load::yaml`.

use std::ops::Range;

/// A key with its value, as bytes of the text. A value of several lines is whole; one of keys of
/// its own is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) key: Range<usize>,
    pub(super) value: Range<usize>,
    /// Whether it stands in a comment.
    pub(super) is_comment: bool,
}

/// All fields of a text in order.
pub(super) fn fields(text: &str) -> Vec<Field> {
    let mut scan = Scan { text, found: Vec::new(), open: None, depth: 0, quote: None };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        scan.line(at, line.trim_end_matches(['\n', '\r']));
        at += line.len();
    }
    scan.found
}

struct Scan<'t> {
    text: &'t str,
    found: Vec<Field>,
    /// The field that the next lines may go on with: its place, its column, whether it is a block
    /// of text.
    open: Option<(usize, usize, bool)>,
    /// Brackets that are open.
    depth: usize,
    quote: Option<char>,
}

impl Scan<'_> {
    fn line(&mut self, start: usize, line: &str) {
        let content = line.trim_start();
        let indent = line.len() - content.len();
        if self.depth > 0 || self.quote.is_some() {
            return self.entries(start + indent, start + line.len());
        }
        if let Some((field, column, is_block)) = self.open {
            let is_below = indent > column || content.is_empty();
            if is_below && (is_block || !is_key_line(content)) && !is_comment(content, is_block) {
                if !content.is_empty() {
                    self.found[field].value.end = start + line.trim_end().len();
                }
                return;
            }
        }
        if let Some(comment) = content.strip_prefix('#') {
            let words = comment.trim_start_matches(['#', ' ', '-']);
            return self.comment(start + line.len() - words.len(), words);
        }
        let marks = content.len() - content.trim_start_matches(['-', ' ']).len();
        let is_entry = content.starts_with("- ");
        let lead = if is_entry { indent + marks } else { indent };
        self.open = None;
        self.entries(start + lead, start + line.len());
    }

    fn comment(&mut self, start: usize, words: &str) {
        if let Some(colon) = colon_of(words) {
            let value = start + colon + 1..start + words.len();
            let key = start..start + colon;
            self.found.push(Field { key, value, is_comment: true });
        }
    }

    /// Keys and values within a line, which may go on with brackets or quotes of an earlier one.
    fn entries(&mut self, start: usize, end: usize) {
        let line_start = self.text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let mut from = start;
        let mut at = start;
        while at < end {
            let c = self.text[at..end].chars().next().unwrap_or(' ');
            let after = at + c.len_utf8();
            let next = self.text[after..end].chars().next();
            match (self.quote, c) {
                (Some(quote), c) => {
                    if c == quote {
                        self.quote = None;
                    }
                    self.reach(after);
                }
                (None, '"' | '\'') if self.text[from..at].trim().is_empty() => {
                    self.quote = Some(c);
                    self.reach(after);
                }
                (None, '#') if self.text[..at].ends_with(' ') => {
                    return self.comment(after, &self.text[after..end]);
                }
                (None, '{' | '[') if self.text[from..at].trim().is_empty() => {
                    self.depth += 1;
                    from = after;
                    self.open = None;
                }
                (None, '}' | ']') if self.depth > 0 => {
                    self.depth -= 1;
                    from = after;
                    self.open = None;
                }
                (None, ',') if self.depth > 0 => {
                    from = after;
                    self.open = None;
                }
                (None, ':') if next.is_none_or(char::is_whitespace) && self.open.is_none() => {
                    self.begin(from..at, from.min(at) - line_start, after, end);
                    from = after;
                }
                (None, c) if !c.is_whitespace() => self.reach(after),
                _ => {}
            }
            at = after;
        }
    }

    fn begin(&mut self, key: Range<usize>, column: usize, value: usize, end: usize) {
        let written = &self.text[key.clone()];
        let bare = written.trim_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'');
        let offset = written.find(bare).unwrap_or(0);
        let start = key.start + offset;
        let rest = self.text[value..end].trim();
        let lead = self.text[value..end].len() - self.text[value..end].trim_start().len();
        let at = value + lead;
        self.open = Some((self.found.len(), column, rest.starts_with(['|', '>'])));
        let key = start..start + bare.len();
        self.found.push(Field { key, value: at..at, is_comment: false });
    }

    /// The open value goes at least up to here.
    fn reach(&mut self, end: usize) {
        if let Some((field, _, _)) = self.open {
            let value = &mut self.found[field].value;
            value.end = value.end.max(end);
        }
    }
}

fn is_comment(content: &str, is_block: bool) -> bool {
    !is_block && content.starts_with('#')
}

/// Whether a line begins with a key or an entry that holds one.
fn is_key_line(content: &str) -> bool {
    let content = content.trim_start_matches(['-', ' ']);
    content.starts_with(['{', '[']) || colon_of(content).is_some()
}

/// Where the colon of a key stands: behind a few words, before a space or the end.
fn colon_of(content: &str) -> Option<usize> {
    let colon = content
        .match_indices(':')
        .map(|(at, _)| at)
        .find(|at| content[at + 1..].chars().next().is_none_or(char::is_whitespace))?;
    let is_word = |c: char| c.is_alphanumeric() || " _-.'\"/()’".contains(c);
    content[..colon].chars().all(is_word).then_some(colon)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expect: &[(&str, &str)]) {
        let found: Vec<(&str, &str)> =
            fields(text).into_iter().map(|f| (&text[f.key], text[f.value].trim())).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn keys_and_values_are_found_in_every_form() {
        check(
            "a: b\nc:\n  - d: e # f\n    \"g\": 'h: i'\n",
            &[("a", "b"), ("c", ""), ("d", "e"), ("g", "'h: i'")],
        );
        check(
            "x: {a: b, c: [d, e], f: \"g, h\"}\ny: z\n",
            &[("x", ""), ("a", "b"), ("c", ""), ("f", "\"g, h\""), ("y", "z")],
        );
        check("- {a: 1,\n   b: 2}\n- c: 3\n", &[("a", "1"), ("b", "2"), ("c", "3")]);
    }

    #[test]
    fn values_of_several_lines_are_whole() {
        check(
            "a: >-\n  one\n  two: three\n\nb: c d\n  e\nf: g\n",
            &[("a", ">-\n  one\n  two: three"), ("b", "c d\n  e"), ("f", "g")],
        );
        check(
            "  a: \"one\n    two\"\n  b: https://c.example/\n",
            &[("a", "\"one\n    two\""), ("b", "https://c.example/")],
        );
    }

    #[test]
    fn comments_may_hold_keys() {
        let text = "# name: x\na: b # Surname: y\n# no key here\n";
        let found = fields(text);
        let told: Vec<(&str, bool)> =
            found.iter().map(|f| (&text[f.key.clone()], f.is_comment)).collect();
        assert_eq!(told, [("name", true), ("a", false), (" Surname", true)]);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[-a:é#{}\\[\\], \"'|>\n]{0,60}") {
            for field in fields(&text) {
                prop_assert!(text.get(field.key).is_some() && text.get(field.value).is_some());
            }
        }
    }
}
