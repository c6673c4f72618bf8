//! The lines of the data files that figures come from, each set of lines told once.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::sources::{SourceId, SourceSet, Span};

/// Number of a set of lines in the table at the end of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(super) struct InputSet(usize);

/// The sets of lines, numbered in the order of their first use.
pub(super) struct Inputs<'s> {
    sources: &'s SourceSet,
    /// Where each line of a file begins, for the files that were asked for.
    starts: BTreeMap<SourceId, Vec<usize>>,
    numbers: BTreeMap<Vec<(SourceId, usize)>, usize>,
}

impl<'s> Inputs<'s> {
    pub(super) fn new(sources: &'s SourceSet) -> Inputs<'s> {
        Inputs { sources, starts: BTreeMap::new(), numbers: BTreeMap::new() }
    }

    /// The number of the set of lines on which these spans begin.
    pub(super) fn set(&mut self, spans: impl IntoIterator<Item = Span>) -> InputSet {
        let mut lines: Vec<(SourceId, usize)> =
            spans.into_iter().map(|span| (span.source, self.line(span))).collect();
        lines.sort_unstable();
        lines.dedup();
        let next = self.numbers.len();
        InputSet(*self.numbers.entry(lines).or_insert(next))
    }

    /// The file and line on which a span begins, as `file:line`.
    pub(super) fn name(&mut self, span: Span) -> String {
        let line = self.line(span);
        format!("{}:{line}", self.file(span.source))
    }

    /// The file as its author knows it; of a workbook, with the sheet: `list.xlsx!Sheet`.
    fn file(&self, id: SourceId) -> String {
        let source = self.sources.get(id);
        match source.sheet() {
            Some(sheet) => format!("{}!{}", source.shown_path(), sheet.name),
            None => source.shown_path().to_owned(),
        }
    }

    fn line(&mut self, span: Span) -> usize {
        let sources = self.sources;
        let starts = self.starts.entry(span.source).or_insert_with(|| {
            let text = sources.get(span.source).text();
            let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
        });
        starts.partition_point(|start| *start <= span.start as usize)
    }

    /// All sets in the order of their numbers: for each file `file:2,5-9`.
    pub(super) fn into_table(self) -> Vec<Vec<String>> {
        let mut table = vec![Vec::new(); self.numbers.len()];
        for (lines, number) in &self.numbers {
            let files = lines.chunk_by(|one, other| one.0 == other.0);
            table[*number] = files
                .map(|lines| {
                    let path = self.file(lines[0].0);
                    let lines: Vec<usize> = lines.iter().map(|(_, line)| *line).collect();
                    format!("{path}:{}", stretches(&lines))
                })
                .collect();
        }
        table
    }
}

/// Ascending lines as `2,5-9`.
fn stretches(lines: &[usize]) -> String {
    let mut text = String::new();
    for stretch in lines.chunk_by(|one, other| one + 1 == *other) {
        let comma = if text.is_empty() { "" } else { "," };
        // Writing to a string cannot fail.
        let _ = match stretch {
            [one] => write!(text, "{comma}{one}"),
            _ => write!(text, "{comma}{}-{}", stretch[0], stretch[stretch.len() - 1]),
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::Source;

    #[test]
    fn equal_sets_have_one_number_and_name_files_and_lines() {
        let set = SourceSet::new([Source::new("a.csv", "x\nb\n\nc"), Source::new("b.csv", "x")]);
        let mut inputs = Inputs::new(&set);
        let at = |file, byte| Span::new(set.find(file).unwrap().0, byte..byte + 1);
        let [x, b, c] = [0, 2, 5].map(|byte| at("a.csv", byte));
        assert_eq!(inputs.name(c), "a.csv:4");
        assert_eq!(inputs.set([c, b, x, at("b.csv", 0), b]), InputSet(0));
        assert_eq!(inputs.set([]), InputSet(1));
        assert_eq!(inputs.set([x, b, c, at("b.csv", 0)]), InputSet(0));
        assert_eq!(inputs.into_table(), [vec!["a.csv:1-2,4", "b.csv:1"], vec![]]);
    }
}
