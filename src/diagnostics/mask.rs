//! What of a line may be shown: lines about people are masked, whatever the diagnostic says.
//!
//! A masked value is always `***`, so that not even its length is told. Three kinds of text are
//! masked: every value of a sensitive file, values of private keys in files of providers (see
//! [`is_private`]), and numbers of single people wherever they stand.

mod details;
mod keys;

use std::ops::Range;

use super::did_you_mean;
use crate::sources::{Source, cells_of, is_plain_heading, names_columns, without_personal_details};
use details::{details_of, numbers_of};
use keys::{INNER_KEYS, PRIVATE_KEYS, is_known, known};

/// Stands in the place of every value that is not shown.
const HIDDEN: &str = "***";

/// One line as it is shown, and where its parts were.
pub(super) struct Masked {
    pub(super) text: String,
    pieces: Vec<Piece>,
}

struct Piece {
    was: Range<usize>,
    is: Range<usize>,
    hidden: bool,
}

/// What a diagnostic hides of its line, beside what is hidden anyway.
#[derive(Clone, Debug)]
pub(super) enum Hides {
    /// Nothing more.
    Nothing,
    /// The whole line.
    Line,
    /// These bytes of the line.
    Part(Range<usize>),
    /// Every number of it, in digits and in words.
    Numbers,
}

/// Which cells of a row are shown.
#[derive(Clone, Copy)]
enum Shown {
    /// Names of columns, wrong ones too.
    Heading,
    /// Names of known columns; the rest may be values.
    Known,
    Nothing,
}

impl Masked {
    /// The line of `source` at `line`, with what must not be told hidden.
    pub(super) fn line(source: &Source, line: Range<usize>, hides: &Hides) -> Masked {
        let text = &source.text()[line.clone()];
        let mut masked = Masked { text: String::new(), pieces: Vec::new() };
        if matches!(hides, Hides::Line) {
            let indent = text.len() - text.trim_start().len();
            masked.show(text, 0..indent);
            masked.hide(text, indent..text.len());
        } else if source.is_sensitive() && source.is_table() {
            // In a sheet the heading may stand below a title.
            let is_names = names_columns(text, known(source));
            let is_heading = is_names && (line.start == 0 || source.sheet().is_some());
            let shown = match (is_heading, line.start) {
                (true, _) => Shown::Heading,
                (false, 0) => Shown::Known,
                (false, _) => Shown::Nothing,
            };
            masked.cells(source, text, shown);
        } else if source.is_sensitive() {
            masked.values(source, text);
        } else {
            match private_from(source, line.clone()) {
                Some(0) => masked.values(source, text),
                Some(from) => {
                    masked.show(text, 0..from);
                    masked.hide(text, from..text.len());
                }
                None => masked.details(source, line, hides),
            }
        }
        masked
    }

    /// Where a range of the line is shown now.
    pub(super) fn range(&self, was: Range<usize>) -> Range<usize> {
        let find = |at: usize, is_end: bool| {
            let piece = self.pieces.iter().find(|piece| match is_end {
                true => piece.was.start < at && at <= piece.was.end,
                false => piece.was.contains(&at),
            });
            match piece {
                None if at == 0 => 0,
                None => self.text.len(),
                Some(piece) if !piece.hidden => piece.is.start + (at - piece.was.start),
                Some(piece) if is_end => piece.is.end,
                Some(piece) => piece.is.start,
            }
        };
        // A blank cell is hidden like all others, and marked like them.
        let blank = self.pieces.iter().find(|piece| piece.hidden && piece.was == was);
        if let Some(blank) = blank.filter(|_| was.is_empty()) {
            return blank.is.clone();
        }
        let start = find(was.start, false);
        let end = if was.is_empty() { start } else { find(was.end, true) };
        start..end.max(start)
    }

    fn show(&mut self, text: &str, was: Range<usize>) {
        self.push(was.clone(), &text[was], false);
    }

    /// Hides a part; the space around it is hidden with it, and an empty part stays empty.
    fn hide(&mut self, text: &str, was: Range<usize>) {
        if !text[was.clone()].trim().is_empty() {
            self.push(was, HIDDEN, true);
        }
    }

    fn push(&mut self, was: Range<usize>, shown: &str, hidden: bool) {
        let start = self.text.len();
        self.text.push_str(shown);
        self.pieces.push(Piece { was, is: start..self.text.len(), hidden });
    }

    /// A row of CSV: every cell is hidden, empty ones too; a heading keeps names of columns.
    fn cells(&mut self, source: &Source, text: &str, shown: Shown) {
        for cell in cells_of(text) {
            let (end, written) = (cell.end, &text[cell.clone()]);
            let is_shown = match shown {
                Shown::Heading => is_known(source, written) || is_plain_heading(written),
                Shown::Known => is_known(source, written),
                Shown::Nothing => false,
            };
            match is_shown {
                true => self.show(text, cell),
                false => self.push(cell, HIDDEN, true),
            }
            if end < text.len() {
                self.show(text, end..end + 1);
            }
        }
    }

    /// A line of YAML: its key stays if it is a known one, everything else is hidden.
    fn values(&mut self, source: &Source, text: &str) {
        let lead = text.len() - text.trim_start_matches([' ', '-']).len();
        self.show(text, 0..lead);
        let rest = &text[lead..];
        let colon = rest.find(": ").or_else(|| rest.ends_with(':').then(|| rest.len() - 1));
        let Some(colon) = colon.filter(|_| !rest.starts_with(['#', '{', '['])) else {
            return self.hide(text, lead..text.len());
        };
        let key = &rest[..colon];
        let inner = [&PRIVATE_KEYS[..], &INNER_KEYS].iter().any(|keys| keys.contains(&key));
        match inner || is_known(source, key) {
            true => self.show(text, lead..lead + colon),
            false => self.hide(text, lead..lead + colon),
        }
        let after = &rest[colon + 1..];
        let value = text.len() - after.trim_start().len();
        self.show(text, lead + colon..value);
        self.hide(text, value..text.len());
    }

    /// A line of any other file: only details of single people are hidden, and what the
    /// diagnostic is about.
    fn details(&mut self, source: &Source, line: Range<usize>, hides: &Hides) {
        let text = &source.text()[line.clone()];
        let mut hidden = details_of(source, &line);
        match hides {
            Hides::Part(part) => hidden.push(part.clone()),
            Hides::Numbers => hidden.extend(numbers_of(text)),
            Hides::Nothing | Hides::Line => {}
        }
        hidden.sort_by_key(|part| (part.start, part.end));
        let mut from = 0;
        for part in hidden {
            let (start, end) = (part.start.max(from), part.end.min(text.len()));
            if start < end {
                self.show(text, from..start);
                self.hide(text, start..end);
                from = end;
            }
        }
        self.show(text, from..text.len());
    }
}

/// Hides details of single people in a message.
pub(super) fn scrub(message: &str) -> String {
    without_personal_details(message, HIDDEN)
}

/// Whether the value at this byte must not be quoted: everything in a sensitive file, and values
/// of private keys in a file of a provider.
pub fn is_private(source: &Source, at: usize) -> bool {
    if source.is_sensitive() {
        return true;
    }
    let text = source.text();
    let Some(before) = text.get(..at) else {
        return false;
    };
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    private_from(source, start..end).is_some_and(|from| start + from <= at)
}

/// Where in this line the value of a private key begins; 0 if the line goes on with one.
///
/// Only files of providers have such keys. A misspelt key counts, and what is not certain counts
/// as private: the price of too much is a line that shows less.
fn private_from(source: &Source, line: Range<usize>) -> Option<usize> {
    if !source.path().starts_with("data/providers/") {
        return None;
    }
    let mut open: Option<Open> = None;
    let mut offset = 0;
    for text in source.text().split('\n') {
        let goes_on = open.as_mut().is_some_and(|open| open.takes(text));
        let key = if goes_on { None } else { private_key(text) };
        if offset == line.start {
            return if goes_on { Some(0) } else { key.map(|(_, value)| value) };
        }
        if !goes_on {
            open = key.map(|(column, value)| Open::new(column, &text[value..]));
        }
        offset += text.len() + 1;
    }
    None
}

/// The value of a private key that may go on in the next lines.
struct Open {
    column: usize,
    depth: i32,
    quote: Option<char>,
    empty: bool,
}

impl Open {
    fn new(column: usize, value: &str) -> Open {
        let trimmed = value.trim();
        let quote = trimmed.chars().next().filter(|c| matches!(c, '"' | '\''));
        let quote = quote.filter(|quote| !trimmed[1..].contains(*quote));
        let empty = trimmed.is_empty() || trimmed.starts_with('#');
        Open { column, depth: depth(value), quote, empty }
    }

    /// Whether the next line belongs to the value too.
    fn takes(&mut self, line: &str) -> bool {
        let content = line.trim_start();
        let indent = line.len() - content.len();
        let is_list = indent == self.column && content.starts_with("- ");
        let is_below = content.trim_end().is_empty() || indent > self.column || is_list;
        let takes = is_below
            || self.depth > 0
            || self.quote.is_some()
            || self.empty && {
                // A value that stands in the first column is no new key.
                private_key(line).is_none() && !content.contains(": ") && !content.starts_with("- ")
            };
        self.depth += depth(line);
        self.quote = self.quote.filter(|quote| !line.contains(*quote));
        self.empty &= content.trim_end().is_empty();
        takes
    }
}

/// How many brackets this text leaves open.
fn depth(text: &str) -> i32 {
    text.chars().fold(0, |depth, c| match c {
        '{' | '[' => depth + 1,
        '}' | ']' => depth - 1,
        _ => depth,
    })
}

/// The first private key of a line: the column of the record it is in, and where its value begins.
fn private_key(line: &str) -> Option<(usize, usize)> {
    let column = line.len() - line.trim_start_matches([' ', '-']).len();
    line.match_indices(':').find_map(|(colon, _)| {
        let before = line[..colon].trim_end_matches([' ', '"', '\'']);
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        let word = before.rsplit(|c| !is_word(c)).next().unwrap_or_default();
        let word = word.trim_start_matches('-');
        did_you_mean(word, PRIVATE_KEYS)?;
        let after = &line[colon + 1..];
        Some((column, colon + 1 + (after.len() - after.trim_start().len())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, text: &str, expect: &[&str]) {
        let source = Source::new(path, text);
        let mut at = 0;
        let mut got = Vec::new();
        for line in text.lines() {
            got.push(Masked::line(&source, at..at + line.len(), &Hides::Nothing).text);
            at += line.len() + 1;
        }
        assert_eq!(got, expect, "{text}");
    }

    #[test]
    fn sensitive_lines_keep_known_keys_and_lose_their_values() {
        let text =
            "- id: MH-1\n  people: 4137\n  persons: 3\n  Jane Smith: x\n# Jane: 3\n- {a: 1}\n";
        let expect = ["- id: ***", "  people: ***", "  ***: ***", "  ***: ***", "***", "- ***"];
        check("data/placements/rows.yaml", text, &expect);
        let text = "id,home,Surname\nA1,\"a, b\",\nA1;7\n";
        check("data/placements/a.csv", text, &["id,home,***", "***,***,***", "***"]);
    }

    #[test]
    fn private_values_of_providers_are_hidden_and_the_rest_is_shown() {
        let path = "data/providers/elm.yaml";
        check(path, "    occupied: {local: 6, imported: 5}", &["    occupied: ***"]);
        check(path, "places: 3\nvacancies_public: band", &["places: 3", "vacancies_public: band"]);
        check(path, "vacencies: 5x\n\"price\": 3", &["vacencies: ***", "\"price\": ***"]);
        check(
            path,
            "- price:\n    pounds_per_week: 7\n  area: a\n",
            &["- price:", "    pounds_per_week: ***", "  area: a"],
        );
        check(
            path,
            "notes_internal: \"a\nb\nc\"\nid: d",
            &["notes_internal: ***", "***", "***", "id: d"],
        );
        check(
            path,
            "notes_internal: |\n  a: b\n\n  c\nid: d",
            &["notes_internal: ***", "  ***: ***", "", "  ***", "id: d"],
        );
        check(
            path,
            "quality: {self: {score: 3}, reviewer: {\nscore: 2}}\nid: a",
            &["quality: {self: {score: 3}, reviewer: ***", "score: ***", "id: a"],
        );
        check("data/areas.yaml", "price: 3", &["price: 3"]);
    }

    #[test]
    fn the_mark_stands_under_what_replaces_the_value() {
        let source = Source::new("data/placements/a.csv", "A1,a,rehab,pd,3");
        let masked = Masked::line(&source, 0..15, &Hides::Nothing);
        assert_eq!(masked.range(14..15), 16..19);
        assert_eq!(masked.range(0..15), 0..19);
        assert_eq!(masked.range(5..7), 8..11);
        assert_eq!(masked.range(15..15), 19..19);
        let source = Source::new("data/placements/a.csv", "A1,,3");
        assert_eq!(Masked::line(&source, 0..5, &Hides::Nothing).range(3..3), 4..7);
    }

    #[test]
    fn the_shown_keys_are_those_of_the_record() {
        let words = include_str!("../evidence/market/record/words.rs");
        let record = words.split_once("RawPlacement {").unwrap().1.split_once('}').unwrap().0;
        let words: Vec<&str> =
            record.lines().filter_map(|line| Some(line.split_once(':')?.0.trim())).collect();
        assert_eq!(words, keys::ROW_KEYS);
    }

    #[test]
    fn every_column_of_money_and_movement_is_shown() {
        let sources = [
            ("data/spend/a.csv", include_str!("../../data/spend/2025-26.csv")),
            ("data/pathway.csv", include_str!("../../data/pathway.csv")),
            ("data/returns.csv", include_str!("../../data/returns.csv")),
            (
                "data/resident_lists/a.csv",
                include_str!("../../data/resident_lists/wherrymere-healthcare.csv"),
            ),
        ];
        for (path, text) in sources {
            let heading = text.lines().next().unwrap();
            let source = Source::new(path, text);
            assert_eq!(
                Masked::line(&source, 0..heading.len(), &Hides::Nothing).text,
                heading,
                "{path}"
            );
            let row = heading.len() + 1..text.len() - 1;
            let shown = Masked::line(&source, row, &Hides::Nothing).text;
            assert!(shown.chars().all(|c| "*,".contains(c)), "{path}: {shown}");
        }
    }

    #[test]
    fn numbers_of_single_people_are_hidden_everywhere() {
        check("content/index.md", "Call 943 476 5919 now", &["Call *** now"]);
        check("content/index.md", "Call 943\n476 5919 now\n", &["Call ***", "*** now"]);
        check("content/index.md", "a AB123456C b.cde@e.org", &["a *** ***"]);
        let source = Source::new("content/index.md", "we know Two men, 3 women");
        assert_eq!(Masked::line(&source, 0..15, &Hides::Part(8..15)).text, "we know ***");
        let shown = Masked::line(&source, 0..24, &Hides::Numbers);
        assert_eq!(shown.text, "we know *** men, *** women");
        assert_eq!(shown.range(8..15), 8..15);
        assert_eq!(scrub("there is no area `9434765919`"), "there is no area `***`");
    }
}
