//! What one file of the output says: figures under their keys, and what is wrong with it.

use std::collections::BTreeSet;

use super::reading::Reading;

/// A rule of the audit that a figure can break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rule {
    UnknownFile,
    UnreadableFile,
    WithoutKey,
    UnknownKey,
    Unreadable,
    OtherMark,
    NotAsDecided,
    SmallShown,
    NumberBesideMark,
    MarkWithLength,
    Narrow,
    Undecided,
    Contradiction,
}

impl Rule {
    /// The rule in words, as a sentence about what was found.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Rule::UnknownFile => "a file of a kind that the audit cannot read",
            Rule::UnreadableFile => "the audit cannot read the file to its end",
            Rule::WithoutKey => "a figure has no key",
            Rule::UnknownKey => "a figure has a key that is not published",
            Rule::Unreadable => "a figure is neither a number nor a mark",
            Rule::OtherMark => "a withheld figure is not marked [c]",
            Rule::NotAsDecided => "a figure is not what was decided",
            Rule::SmallShown => "a small number is shown",
            Rule::NumberBesideMark => "a number stands beside a withheld figure",
            Rule::MarkWithLength => "a withheld figure has a length or a place in a chart",
            Rule::Narrow => {
                "a withheld small number can be worked out, or nearly, from what is told"
            }
            Rule::Undecided => "the audit could not find out whether a number can be worked out",
            Rule::Contradiction => "no numbers of people agree with all figures together",
        }
    }
}

/// A rule that was broken, by a figure if its key is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fault {
    pub(super) rule: Rule,
    pub(super) key: String,
}

/// What was read from one file.
#[derive(Debug, Default)]
pub struct Sheet {
    pub(super) file: String,
    pub(super) figures: BTreeSet<(String, Reading)>,
    /// Keys that a shape of a drawing stands for.
    pub(super) drawn: BTreeSet<String>,
    pub(super) faults: BTreeSet<Fault>,
}

impl Sheet {
    pub(super) fn new(file: &str) -> Sheet {
        Sheet { file: file.to_owned(), ..Sheet::default() }
    }

    pub(super) fn figure(&mut self, key: &str, reading: Reading) {
        self.figures.insert((key.to_owned(), reading));
    }

    pub(super) fn fault(&mut self, rule: Rule, key: &str) {
        self.faults.insert(Fault { rule, key: key.to_owned() });
    }
}
