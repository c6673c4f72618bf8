//! Where in a file something stands.

use std::ops::Range;

use super::SourceId;

/// A stretch of bytes in one source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Makes a span from a byte range. Files are capped far below 4 GiB when they are read.
    pub fn new(source: SourceId, range: Range<usize>) -> Span {
        Span { source, start: range.start as u32, end: range.end.max(range.start) as u32 }
    }

    /// The very beginning of a file, for trouble with the file as a whole.
    pub fn start_of(source: SourceId) -> Span {
        Span { source, start: 0, end: 0 }
    }

    /// The bytes as a range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Line and column as an editor counts them: both from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl LineColumn {
    /// Finds line and column of a byte offset; an offset past the end is the end.
    pub fn of(text: &str, offset: usize) -> LineColumn {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        LineColumn {
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, offset: usize, expect: (usize, usize)) {
        let got = LineColumn::of(text, offset);
        assert_eq!((got.line, got.column), expect, "{text:?} at {offset}");
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        check("", 0, (1, 1));
        check("ab\ncd", 3, (2, 1));
        check("é=x", 2, (1, 2));
        check("é=x", 1, (1, 1));
        check("ab", 99, (1, 3));
    }
}
