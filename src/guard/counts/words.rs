//! A text as words and marks, without what is not prose: shortcodes, code, addresses of links.

use std::ops::Range;

/// A word, a mark between words, or the end of a paragraph, which is the mark `\n`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Its bytes.
    pub(super) range: Range<usize>,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// In lower case.
    Word(String),
    Mark(char),
}

impl Token {
    /// The word in lower case, if it is one.
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            Kind::Mark(_) => None,
        }
    }

    /// The mark, if it is one.
    pub(super) fn mark(&self) -> Option<char> {
        match &self.kind {
            Kind::Mark(mark) => Some(*mark),
            Kind::Word(_) => None,
        }
    }

    /// Whether a paragraph, an entry of a list or a cell ends here.
    pub(super) fn is_break(&self) -> bool {
        matches!(self.mark(), Some('\n' | '|'))
    }
}

/// Splits a text. Signs of emphasis are passed over; a line that begins a paragraph, a heading or
/// an entry of a list ends what stands before it.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let end = at + c.len_utf8();
        if let Some(beyond) = end_of_no_prose(text, at) {
            found.push(Token { range: at..beyond, kind: Kind::Mark('{') });
            at = beyond;
        } else if c.is_alphanumeric() || matches!(c, '£' | '$' | '€') {
            let end = end_of_word(text, at);
            let word = text[at..end].to_lowercase();
            found.push(Token { range: at..end, kind: Kind::Word(word) });
            at = end;
        } else {
            if c == '\n' && ends_paragraph(text, end) || !is_passed_over(c) {
                found.push(Token { range: at..end, kind: Kind::Mark(c) });
            }
            at = end;
        }
    }
    found
}

fn is_passed_over(c: char) -> bool {
    c.is_whitespace() || matches!(c, '*' | '_' | '#' | '>' | '~' | '[' | ']' | '<' | '\u{200b}')
}

/// Whether a new line that begins here begins something new.
fn ends_paragraph(text: &str, line: usize) -> bool {
    let line = text[line..].lines().next().unwrap_or_default().trim_start();
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.is_empty()
        || line.starts_with(['#', '|', ':'])
        || ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark))
        || number.len() < line.len() && number.starts_with([')', '.'])
}

/// Letters and digits with what joins them: hyphens, apostrophes, points within numbers.
fn end_of_word(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut rest = text[start..].char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let next = rest.peek().map(|(_, next)| *next);
        let joins = match c {
            '-' | '\'' | '’' | '\u{2010}' | '\u{2011}' => next.is_some_and(char::is_alphanumeric),
            '–' | '.' | ',' => {
                next.is_some_and(|next| next.is_ascii_digit())
                    && text[..start + at].ends_with(|c: char| c.is_ascii_digit())
            }
            '%' => at > 0,
            '£' | '$' | '€' => at == 0,
            c => c.is_alphanumeric(),
        };
        if !joins {
            break;
        }
        end = start + at + c.len_utf8();
    }
    end.max(start + 1)
}

/// The end of a shortcode, a span of code or an address that begins here.
fn end_of_no_prose(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let until = |open: &str, close: &str| {
        let inner = rest.strip_prefix(open)?;
        Some(at + open.len() + inner.find(close)? + close.len())
    };
    let is_address = ["https://", "http://", "mailto:"].iter().any(|it| rest.starts_with(it));
    if is_address {
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, ')' | '>' | '"'));
        return Some(at + length.unwrap_or(rest.len()));
    }
    until("{{", "}}").or_else(|| until("](", ")")).or_else(|| match rest.starts_with('`') {
        true => until("`", "`"),
        false => None,
    })
}

/// The text with spaces in the place of blocks of code, which stand between lines of three
/// backticks or tildes; every other byte keeps its place.
pub(super) fn without_code(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let mark = ["```", "~~~"].into_iter().find(|mark| line.trim_start().starts_with(mark));
        let is_code = fence.is_some() || mark.is_some();
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        match is_code {
            true => plain.extend(line.bytes().map(|b| if b == b'\n' { '\n' } else { ' ' })),
            false => plain.push_str(line),
        }
    }
    plain
}
