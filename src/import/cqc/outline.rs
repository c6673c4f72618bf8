//! The lines of a provider file that may be touched, found by indentation alone.
//!
//! Everything people wrote must stay as it is, byte for byte, so a file is never parsed and written
//! again: the outline says on which lines the `register:` blocks stand and where missing ones go.
//! A file written in a way that the outline cannot follow for certain has none, and is left alone.

use std::ops::Range;

/// Where things stand in a provider file; all numbers are line numbers from 0.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outline {
    /// `\n` or `\r\n`.
    pub(super) newline: &'static str,
    /// The provider itself.
    pub(super) head: Block,
    /// Its services.
    pub(super) services: Vec<Block>,
    /// Where further services go.
    pub(super) append: Append,
}

/// A group of keys and its register block.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// Its first line.
    pub(super) start: usize,
    /// Column of its keys.
    pub(super) indent: usize,
    /// Lines of the register block, if there is one.
    pub(super) register: Option<Range<usize>>,
    /// Line before which a missing block is written.
    pub(super) insert_at: usize,
}

/// Where and how further services are written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Append {
    /// Line before which they are written.
    pub(super) at: usize,
    /// Column of their dashes.
    pub(super) dash: usize,
    /// The line `services: []` that has to become `services:`, or nothing.
    pub(super) empty_list: Option<usize>,
    /// Whether the key `services:` is missing altogether.
    pub(super) key_missing: bool,
}

#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    indent: usize,
}

impl<'a> Line<'a> {
    fn new(raw: &'a str) -> Line<'a> {
        let text = raw.trim_start_matches('\u{FEFF}');
        Line { text: text.trim(), indent: text.len() - text.trim_start_matches(' ').len() }
    }

    fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    fn is_comment(&self) -> bool {
        self.text.starts_with('#')
    }

    fn is_item(&self) -> bool {
        self.text == "-" || self.text.starts_with("- ")
    }

    /// The key of a `key: value` line.
    fn key(&self) -> Option<&'a str> {
        let (key, rest) = self.text.split_once(':')?;
        let plain =
            !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
        (plain && (rest.is_empty() || rest.starts_with(' '))).then_some(key)
    }

    /// What follows the colon, without a comment.
    fn value(&self) -> &'a str {
        let value = self.text.split_once(':').map_or("", |(_, rest)| rest.trim());
        match value.starts_with('#') {
            true => "",
            false => value.split(" #").next().unwrap_or(value).trim(),
        }
    }

    /// Whether it opens a text block whose blank lines at the end count.
    fn keeps_blank_lines(&self) -> bool {
        let last = self.value().rsplit(' ').next().unwrap_or_default();
        last.starts_with(['|', '>']) && last.contains('+')
    }
}

impl Outline {
    /// Outlines a file, or gives nothing if its form cannot be followed for certain.
    pub(super) fn of(text: &str) -> Option<Outline> {
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let lines: Vec<Line<'_>> = text.split_inclusive('\n').map(Line::new).collect();
        let mut keys: Vec<usize> = Vec::new();
        for (number, line) in lines.iter().enumerate() {
            let skipped = line.is_blank() || line.is_comment() || line.indent > 0 || line.is_item();
            if !(skipped || line.text == "---" && keys.is_empty()) {
                line.key()?;
                keys.push(number);
            }
        }
        let section = |name: &str| {
            let index = keys.iter().position(|number| lines[*number].key() == Some(name))?;
            Some(keys[index]..keys.get(index + 1).copied().unwrap_or(lines.len()))
        };
        let services = section("services");
        let body = 0..services.as_ref().map_or(lines.len(), |range| range.start);
        let head = Block {
            start: 0,
            indent: 0,
            register: section("register").map(|range| range.start..content_end(&lines, range, 0)),
            insert_at: insertion(&lines, body, 0)?,
        };
        let (services, append) = match services {
            None => {
                let at = content_end(&lines, 0..lines.len(), 0);
                let at = if keeps_blank_lines(&lines, 0..lines.len()) { lines.len() } else { at };
                (Vec::new(), Append { at, dash: 2, empty_list: None, key_missing: true })
            }
            Some(range) => list(&lines, range)?,
        };
        Some(Outline { newline, head, services, append })
    }
}

/// Outlines the list under `services:`.
fn list(lines: &[Line<'_>], range: Range<usize>) -> Option<(Vec<Block>, Append)> {
    let first = range.start;
    let append = |at, dash| Append { at, dash, empty_list: None, key_missing: false };
    match lines[first].value() {
        "" => {}
        "[]" => {
            return Some((Vec::new(), Append { empty_list: Some(first), ..append(first + 1, 2) }));
        }
        _ => return None,
    }
    let content = |number: &usize| !lines[*number].is_blank() && !lines[*number].is_comment();
    let Some(start) = (first + 1..range.end).find(content) else {
        return Some((Vec::new(), append(first + 1, 2)));
    };
    let dash = lines[start].indent;
    let mut starts = Vec::new();
    for number in (start..range.end).filter(content) {
        match lines[number].indent {
            indent if indent > dash => {}
            indent if indent == dash && lines[number].is_item() => starts.push(number),
            _ => return None,
        }
    }
    let end_of = |index: usize| starts.get(index + 1).copied().unwrap_or(range.end);
    let blocks: Option<Vec<Block>> = starts
        .iter()
        .enumerate()
        .map(|(index, start)| item(lines, *start..end_of(index), dash))
        .collect();
    let at = match keeps_blank_lines(lines, start..range.end) {
        true => range.end,
        false => content_end(lines, start..range.end, dash),
    };
    Some((blocks?, append(at, dash)))
}

/// Outlines one item of a list, whose dash stands in column `dash`.
fn item(lines: &[Line<'_>], range: Range<usize>, dash: usize) -> Option<Block> {
    let rest = lines[range.start].text[1..].trim_start();
    let indent = match rest.is_empty() {
        true => lines[range.start + 1..range.end].iter().find(|line| !line.is_blank())?.indent,
        false => dash + lines[range.start].text.len() - rest.len(),
    };
    let opening = Line { text: rest, indent };
    if indent <= dash || !(rest.is_empty() || opening.key().is_some_and(|key| key != "register")) {
        return None;
    }
    let mut keys: Vec<usize> = Vec::new();
    for (number, line) in lines.iter().enumerate().take(range.end).skip(range.start + 1) {
        if line.is_blank() || line.is_comment() || line.indent > indent || line.is_item() {
            continue;
        }
        (line.indent == indent).then(|| line.key()).flatten()?;
        keys.push(number);
    }
    let register = keys.iter().position(|number| lines[*number].key() == Some("register"));
    let register = register.map(|index| {
        let end = keys.get(index + 1).copied().unwrap_or(range.end);
        keys[index]..content_end(lines, keys[index]..end, indent)
    });
    let insert_at = match opening.key() == Some("id") && keeps_blank_lines(lines, range.clone()) {
        true => range.start + 1,
        false => insertion(lines, range.clone(), indent)?,
    };
    Some(Block { start: range.start, indent, register, insert_at })
}

/// Where a block may be inserted: behind the content, or behind the id if the content ends in a
/// text block to which blank lines, and so the place of its end, matter.
fn insertion(lines: &[Line<'_>], range: Range<usize>, indent: usize) -> Option<usize> {
    if !keeps_blank_lines(lines, range.clone()) {
        return Some(content_end(lines, range, indent));
    }
    let mut body = range;
    let id =
        body.find(|number| lines[*number].indent == indent && lines[*number].key() == Some("id"));
    id.map(|id| id + 1)
}

/// The line behind the last one that belongs to the content of a range: a comment that stands
/// deeper than the keys may be part of a text block, so it counts; one beside the keys does not.
fn content_end(lines: &[Line<'_>], range: Range<usize>, indent: usize) -> usize {
    let counts = |line: &Line<'_>| !line.is_blank() && (line.indent > indent || !line.is_comment());
    range.clone().rev().find(|number| counts(&lines[*number])).map_or(range.start, |last| last + 1)
}

fn keeps_blank_lines(lines: &[Line<'_>], range: Range<usize>) -> bool {
    lines[range].iter().any(Line::keeps_blank_lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HAND_MADE: &str = "\
# A file with everything.
id: elm
name: Elm   # old name
register:
  source: \"x\"

# About the services
services:
  # first
  - id: one
    description: >-
      Text
      # not a comment
    register:
      source: \"x\"
      rating:
        rating: good
    # said by phone
    places: 3

  - id: two

# end
";

    #[test]
    fn blocks_are_found() {
        let outline = Outline::of(HAND_MADE).unwrap();
        assert_eq!(outline.head.register, Some(3..5));
        let services = &outline.services;
        assert_eq!((services[0].indent, services[0].register.clone()), (4, Some(13..17)));
        assert_eq!((services[1].register.clone(), services[1].insert_at), (None, 21));
        assert_eq!((outline.append.at, outline.append.dash), (21, 2));
    }

    #[test]
    fn lists_may_stand_flush_left_or_be_missing() {
        let flush =
            Outline::of("id: a\nservices:\n- id: b\n  needs:\n  - x\nwebsite: c\n").unwrap();
        assert_eq!((flush.services[0].indent, flush.services[0].insert_at), (2, 5));
        assert_eq!((flush.append.at, flush.append.dash), (5, 0));
        assert!(Outline::of("id: a\nname: b").unwrap().append.key_missing);
        assert_eq!(Outline::of("id: a\nservices: []\n").unwrap().append.empty_list, Some(1));
    }

    #[test]
    fn kept_blank_lines_are_not_cut() {
        let text = "id: a\nservices:\n  - id: b\n    description: |+\n      x\n\n\nwebsite: c\n";
        let outline = Outline::of(text).unwrap();
        assert_eq!(outline.services[0].insert_at, 3);
        assert_eq!(outline.append.at, 7);
    }

    #[test]
    fn forms_that_cannot_be_followed_have_none() {
        for text in [
            "{id: a}",
            "id: a\nservices: [{id: b}]\n",
            "id: a\nservices:\n  - {id: b}\n",
            "id: a\nservices:\n  x: y\n",
            "id: a\n]\n",
            "id: a\nservices:\n  -\n",
        ] {
            assert_eq!(Outline::of(text), None, "{text}");
        }
    }
}
