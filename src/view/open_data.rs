//! The page of downloads: each data set with its files and columns.

use serde::Serialize;

use super::address::Address;
use super::data_sets::{DataSet, DownloadFile};
use super::downloads::{FigureRow, MeasureRow, ProviderRow, Record, ServiceRow};
use super::frame::Head;
use super::gap_lines::GapLine;
use super::opportunity_rows::OpportunityRow;
use super::{Link, Material, view, words};

/// The page of downloads.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct DataPage {
    #[serde(flatten)]
    pub head: Head,
    pub intro: &'static str,
    pub downloads: Vec<Download>,
    pub shorthand: Vec<Shorthand>,
}
view!(DataPage, "data.html");

/// A data set with its files and columns.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the section")]
pub struct Download {
    pub title: &'static str,
    pub description: &'static str,
    pub files: Vec<Link>,
    pub columns: Vec<Column>,
}

/// A column of a data set.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the line")]
pub struct Column {
    pub name: &'static str,
    pub text: &'static str,
}

/// A mark in place of a number.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the line")]
pub struct Shorthand {
    pub mark: &'static str,
    pub text: &'static str,
}

/// Makes the page of downloads.
pub fn page(material: Material, at: &Address, files: &[DownloadFile]) -> DataPage {
    let intro = "All data behind this site, free to use. Nothing is in these files that is not on \
                 the pages.";
    let columns = |columns: &'static [(&'static str, &'static str)]| {
        columns.iter().map(|(name, text)| Column { name, text }).collect::<Vec<_>>()
    };
    let downloads = DataSet::ALL
        .into_iter()
        .filter(|set| files.iter().any(|file| file.set == *set))
        .map(|set| Download {
            title: set.title(),
            description: set.about(),
            files: files
                .iter()
                .filter(|file| file.set == set)
                .map(|file| Link {
                    label: format!(
                        "Download {} ({}, {})",
                        set.title().to_lowercase(),
                        file.kind.name(),
                        words::size(file.bytes)
                    ),
                    href: at.to(&file.address),
                })
                .collect(),
            columns: match set {
                DataSet::Figures => columns(FigureRow::COLUMNS),
                DataSet::Gaps => columns(GapLine::COLUMNS),
                DataSet::Measures => columns(MeasureRow::COLUMNS),
                DataSet::Services => columns(ServiceRow::COLUMNS),
                DataSet::Providers => columns(ProviderRow::COLUMNS),
                DataSet::Opportunities => columns(OpportunityRow::COLUMNS),
            },
        })
        .collect();
    DataPage {
        head: Head::new(material, at, "Data downloads", intro, &[]),
        intro,
        downloads,
        shorthand: vec![
            Shorthand {
                mark: "[c]",
                text: "Withheld to protect people, or a provider's confidence; it is not zero",
            },
            Shorthand { mark: "[x]", text: "Not available: nobody has stated it" },
            Shorthand { mark: "[z]", text: "Not applicable: there is nothing to count" },
            Shorthand {
                mark: "+",
                text: "On pages: some records do not state their number, so it may be higher",
            },
            Shorthand {
                mark: "'",
                text: "In CSV, before a cell that a spreadsheet could take for a formula",
            },
        ],
    }
}
