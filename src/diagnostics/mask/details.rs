//! Where a line holds details of single people.

use std::ops::Range;

use crate::sources::{Source, personal_details};

/// Details of single people in a line. A number may begin in the line before and end in the next.
pub(super) fn details_of(source: &Source, line: &Range<usize>) -> Vec<Range<usize>> {
    let text = source.text();
    let before = text[..line.start.saturating_sub(1)].rfind('\n').map_or(0, |newline| newline + 1);
    let after =
        text[line.end..].match_indices('\n').nth(1).map_or(text.len(), |(n, _)| line.end + n);
    personal_details(&text[before..after], source.path())
        .into_iter()
        .map(|detail| before + detail.range.start..before + detail.range.end)
        .filter(|detail| detail.start < line.end && line.start < detail.end)
        .map(|detail| detail.start.max(line.start) - line.start..detail.end - line.start)
        .collect()
}
