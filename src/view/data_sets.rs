//! Which open data a site offers, and in which kinds of file.

use super::address::Address;

/// A set of open data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named after their rows")]
pub enum DataSet {
    Figures,
    Gaps,
    Measures,
    Services,
    Providers,
    Opportunities,
}

impl DataSet {
    /// All of them, in the order in which they are offered.
    pub const ALL: [DataSet; 6] = [
        DataSet::Figures,
        DataSet::Gaps,
        DataSet::Measures,
        DataSet::Services,
        DataSet::Providers,
        DataSet::Opportunities,
    ];

    /// Its title, also the name of its files.
    pub fn title(self) -> &'static str {
        match self {
            DataSet::Figures => "Figures",
            DataSet::Gaps => "Gaps",
            DataSet::Measures => "Measures",
            DataSet::Services => "Services",
            DataSet::Providers => "Providers",
            DataSet::Opportunities => "Opportunities",
        }
    }

    /// What it holds, in a sentence.
    pub fn about(self) -> &'static str {
        match self {
            DataSet::Figures => {
                "Every figure on this site, with its group, its unit and the mark that replaces \
                 it where it is withheld."
            }
            DataSet::Gaps => {
                "What is wanted: listed gaps, what else is wanted, and the line for everybody \
                 else. Sizes are bands."
            }
            DataSet::Measures => {
                "What each measure in the file of figures counts, and where it comes from."
            }
            DataSet::Services => "Every service in the directory, one on each row.",
            DataSet::Providers => "Every provider in the directory, one on each row.",
            DataSet::Opportunities => "Every lot that commissioners are going to buy.",
        }
    }
}

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// For spreadsheets.
    Csv,
    /// For programs.
    Json,
}

impl FileKind {
    /// All of them.
    pub const ALL: [FileKind; 2] = [FileKind::Csv, FileKind::Json];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            FileKind::Csv => "CSV",
            FileKind::Json => "JSON",
        }
    }
}

/// A file that can be downloaded.
#[derive(Clone, Debug)]
pub struct DownloadFile {
    /// The data set it holds.
    pub set: DataSet,
    /// What kind of file it is.
    pub kind: FileKind,
    /// Where it stands.
    pub address: Address,
    /// Its size.
    pub bytes: usize,
}
