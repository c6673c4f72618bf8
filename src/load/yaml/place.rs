//! From the places that the YAML library tells to the bytes that an author should look at.

use std::ops::Range;

use serde_yaml::Location;

use super::Located;

/// The bytes of the word at a location: what the library names, or else up to the word's end.
pub(super) fn token_range(block: &str, location: Location) -> Range<usize> {
    let (start, end) = Located::<()>::byte_range(location);
    let start = if location == Location::UNKNOWN {
        0
    } else if location.span().byte_offset().is_some() {
        start as usize
    } else {
        offset_of_line(block, location.line() as usize, location.column() as usize)
    };
    let mut start = start.min(block.len());
    while !block.is_char_boundary(start) {
        start -= 1;
    }
    let end = end as usize;
    if end > start && end <= block.len() && block.is_char_boundary(end) {
        let text = &block[start..end];
        return start..start + text.lines().next().unwrap_or(text).trim_end().len();
    }
    let word = block[start..].find([':', ' ', '\n', ',', ']', '}']).unwrap_or(block.len() - start);
    start..start + word
}

fn offset_of_line(block: &str, line: usize, column: usize) -> usize {
    let line_start: usize =
        block.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    block[line_start.min(block.len())..]
        .char_indices()
        .nth(column.saturating_sub(1))
        .map_or(line_start, |(offset, _)| line_start + offset)
}

/// The first key of the record that holds the key at `at`; the library names its last one.
pub(super) fn record_start(block: &str, at: usize) -> Range<usize> {
    let line_start = block[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let lead = &block[line_start..at];
    if let Some(brace) = open_brace(lead) {
        return line_start + brace..line_start + brace + 1;
    }
    let column = lead.len();
    let mut start = at;
    let mut end_of_line = line_start;
    while end_of_line > 0 {
        let from = block[..end_of_line - 1].rfind('\n').map_or(0, |n| n + 1);
        let line = block[from..end_of_line].trim_end();
        end_of_line = from;
        let content = line.trim_start_matches([' ', '-']);
        let dashed = line.trim_start().starts_with("- ");
        let indent = line.len() - content.len();
        if content.is_empty() || content.starts_with('#') || indent > column {
            continue;
        }
        if indent < column {
            break;
        }
        start = from + indent;
        if dashed {
            break;
        }
    }
    let key = block[start..].find([':', '\n']).unwrap_or(0);
    start..start + key
}

/// The last brace of a line's beginning that is not closed.
fn open_brace(lead: &str) -> Option<usize> {
    let mut open = Vec::new();
    for (at, c) in lead.char_indices() {
        match c {
            '{' => open.push(at),
            '}' => {
                open.pop();
            }
            _ => {}
        }
    }
    open.pop()
}

/// The `&name` or `*name` that a refused value stands behind, if it stands behind one.
pub(super) fn anchor_before(block: &str, range: Range<usize>) -> Range<usize> {
    let line_start = block[..range.start].rfind('\n').map_or(0, |n| n + 1);
    let lead = block[line_start..range.start].trim_end();
    let word = lead.rfind([' ', ',', '[', '{']).map_or(0, |at| at + 1);
    match lead[word..].starts_with(['&', '*']) {
        true => line_start + word..line_start + lead.len(),
        false => range,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_begins_at_its_first_key() {
        let check = |text: &str, last: &str, first: &str| {
            let at = text.find(last).unwrap();
            assert_eq!(&text[record_start(text, at)], first, "{text}");
        };
        check("a: 1\n# c: 2\nb:\n  d: 1\nlast: 3\n", "last", "a");
        check("x:\n  - a: 1\n  - b: 1\n    c:\n      d: 2\n    last: 3\n", "last", "b");
        check("x: 1\ny: {a: {b: 1}, last: 2}\n", "last", "{");
        check("---\na: 1\nlast: 2\n", "last", "a");
    }
}
