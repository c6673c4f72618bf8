//! The text that a build reads, held in memory: which file, which bytes, whether sensitive.
//!
//! This module is a leaf. It must never read a disk: `load::disk` fills a [`SourceSet`], and
//! everything after it works on the finished value, which is why a build can be repeated exactly.

mod heading;
mod personal;
mod sheet;
mod span;
mod unseen;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use heading::{
    column_meant, is_certain_of_a_person, is_named_by_person, is_plain_heading, names_columns,
    names_details_only,
};
pub use personal::{PersonalDetail, PersonalKind, personal_details, without_personal_details};
pub use sheet::{Sheet, cells_of, column_letters};
pub use span::{LineColumn, Span};
pub use unseen::{control_characters, is_unseen};

/// Number of a file in its [`SourceSet`]; files are numbered in path order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub(crate) u32);

/// One file of a site folder, as text.
#[derive(Clone, Debug)]
pub struct Source {
    path: String,
    shown: Option<String>,
    text: Arc<str>,
    sheet: Option<Arc<Sheet>>,
    sensitive: bool,
    unread: bool,
}

impl Source {
    /// Makes a source from its site-relative path (always with `/`) and its text.
    ///
    /// Files that may tell about single people or prices (placements, resident lists, spend and
    /// others) are marked sensitive here, once, by path: diagnostics never quote their values.
    pub fn new(path: impl Into<String>, text: impl Into<Arc<str>>) -> Source {
        let path = path.into();
        let sensitive = is_sensitive_path(&path);
        let shown = without_personal_details(&path, "***");
        let shown = (shown != path).then_some(shown);
        Source { path, shown, text: text.into(), sheet: None, sensitive, unread: false }
    }

    /// Makes a source from one sheet of a workbook; `number` is its place among those of the book.
    ///
    /// The text is a table with commas. Its lines are the rows of the sheet, empty ones too, so
    /// that every place in the text is a cell.
    pub fn of_sheet(workbook: &str, number: usize, sheet: Sheet, text: String) -> Source {
        let source = Source::new(format!("{workbook}/{number:04}"), text);
        Source { sheet: Some(Arc::new(sheet)), ..source }.shown_as(workbook)
    }

    /// What the sheet says beside its cells, if this is one of a workbook.
    pub fn sheet(&self) -> Option<&Sheet> {
        self.sheet.as_deref()
    }

    /// Whether the text is a table with commas.
    pub fn is_table(&self) -> bool {
        self.sheet.is_some() || self.path.ends_with(".csv")
    }

    /// Marks a file whose text is not there or not complete, which has been told already: what is
    /// missing from it is not to be told again.
    pub fn unread(mut self) -> Source {
        self.unread = true;
        self
    }

    /// Whether the text is all there.
    pub fn is_read(&self) -> bool {
        !self.unread
    }

    /// Path inside the site folder, with `/` between its parts.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Path of the file itself inside the site folder: of the workbook, if this is a sheet.
    pub fn site_path(&self) -> &str {
        match (&self.sheet, self.path.rsplit_once('/')) {
            (Some(_), Some((workbook, _))) => workbook,
            _ => &self.path,
        }
    }

    /// Names the file as its author knows it, where that is not its place in the site folder.
    /// Details of people in the name are not shown.
    pub fn shown_as(mut self, path: impl AsRef<str>) -> Source {
        self.shown = Some(without_personal_details(path.as_ref(), "***"));
        self
    }

    /// The path to print in messages.
    pub fn shown_path(&self) -> &str {
        self.shown.as_deref().unwrap_or(&self.path)
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the file may hold facts about single people.
    pub fn is_sensitive(&self) -> bool {
        self.sensitive
    }

    /// File name without folder and extension, the id of a record that has a file of its own.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

/// Folders and files whose contents are about people, or may not be told early; see the data model.
const SENSITIVE: [&str; 8] = [
    "data/placements",
    "data/changes.yaml",
    "data/pathway.csv",
    "data/returns.csv",
    "data/resident_lists/",
    "data/spend/",
    "data/discounts.yaml",
    "data/outcomes.yaml",
];

fn is_sensitive_path(path: &str) -> bool {
    SENSITIVE.iter().any(|prefix| path.starts_with(prefix))
}

/// All files of a site folder in path order.
#[derive(Clone, Debug, Default)]
pub struct SourceSet {
    files: Vec<Source>,
}

impl SourceSet {
    /// Sorts the files by path and numbers them. A path that comes twice keeps the last text.
    pub fn new(files: impl IntoIterator<Item = Source>) -> SourceSet {
        let by_path: BTreeMap<String, Source> =
            files.into_iter().map(|file| (file.path.clone(), file)).collect();
        SourceSet { files: by_path.into_values().collect() }
    }

    /// The file with this number.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.files[id.0 as usize]
    }

    /// The file at exactly this path.
    pub fn find(&self, path: &str) -> Option<(SourceId, &Source)> {
        let index = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        Some((SourceId(index as u32), &self.files[index]))
    }

    /// All files in path order.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.files.iter().enumerate().map(|(index, file)| (SourceId(index as u32), file))
    }

    /// Files whose path starts with `prefix`, in path order.
    pub fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (SourceId, &'a Source)> {
        let start = self.files.partition_point(|file| file.path.as_str() < prefix);
        self.files[start..]
            .iter()
            .enumerate()
            .take_while(move |(_, file)| file.path.starts_with(prefix))
            .map(move |(index, file)| (SourceId((start + index) as u32), file))
    }

    /// Where a span stands, for people: `data/areas.yaml:7:3`, or for a workbook
    /// `data/placements/list.xlsx, sheet "MH", cell E7`.
    pub fn place(&self, span: Span) -> String {
        let source = self.get(span.source);
        let file = source.shown_path();
        let Some(sheet) = source.sheet() else {
            let at = self.position(span);
            return format!("{file}:{}:{}", at.line, at.column);
        };
        if sheet.is_part {
            return format!("{file}, part \"{}\"", sheet.shown_name());
        }
        let within = match sheet::place(source.text(), span.range()) {
            Some(place) => format!(", {}", place.words()),
            None => String::new(),
        };
        format!("{file}, sheet \"{}\"{within}", sheet.shown_name())
    }

    /// Name of the sheet and the cell, such as `E7`, where a span of a workbook begins; no cell
    /// if the sheet as a whole is meant.
    pub fn cell(&self, span: Span) -> Option<(String, Option<String>)> {
        let source = self.get(span.source);
        let sheet = source.sheet()?;
        let name = sheet.shown_name();
        if sheet.is_part {
            return Some((name, None));
        }
        Some((name, sheet::place(source.text(), span.range()).map(sheet::SheetPlace::cell)))
    }

    /// Line and column of the start of a span; in a sheet these are row and column.
    pub fn position(&self, span: Span) -> LineColumn {
        let source = self.get(span.source);
        match source.sheet().and_then(|_| sheet::place(source.text(), span.range())) {
            Some(place) => LineColumn { line: place.row, column: place.column },
            None => LineColumn::of(source.text(), span.start as usize),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_numbered_in_path_order_and_found_by_folder() {
        let set = SourceSet::new([
            Source::new("data/site.yaml", "b"),
            Source::new("content/index.md", "a"),
            Source::new("data/placements/a.yaml", "c"),
        ]);
        assert_eq!(set.find("data/site.yaml").unwrap().0, SourceId(2));
        let under: Vec<_> = set.under("data/").map(|(_, file)| file.path()).collect();
        assert_eq!(under, ["data/placements/a.yaml", "data/site.yaml"]);
        assert!(set.get(SourceId(1)).is_sensitive());
        assert_eq!(set.get(SourceId(0)).stem(), "index");
    }
}
