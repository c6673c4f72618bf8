//! Which files belong in a site folder, and how large each may be.

use crate::diagnostics::did_you_mean;

const DATA_CAP: u64 = 8 * 1024 * 1024;
const CONTENT_CAP: u64 = 2 * 1024 * 1024;
const THEME_CAP: u64 = 1024 * 1024;

/// What the program does with a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It is read, up to this size.
    Read {
        /// Largest accepted size.
        cap_bytes: u64,
    },
    /// It is a workbook whose sheets are read, up to this size.
    Workbook {
        /// Largest accepted size.
        cap_bytes: u64,
    },
    /// It is part of the data model, but nothing uses it yet.
    NotYet,
    /// Nothing reads it.
    Unexpected {
        /// How to mend it.
        help: String,
    },
}

/// Single files of `data/` that are read.
const DATA_FILES: [&str; 13] = [
    "data/site.yaml",
    "data/areas.yaml",
    "data/vocabulary.yaml",
    "data/analysis.yaml",
    "data/disclosure.yaml",
    "data/assumptions.yaml",
    "data/budget.yaml",
    "data/changes.yaml",
    "data/discounts.yaml",
    "data/outcomes.yaml",
    "data/pathway.csv",
    "data/plan.yaml",
    "data/returns.csv",
];

/// Parts of the data model that later versions use.
const LATER: [&str; 8] = [
    "data/engagement.yaml",
    "data/quality/",
    "data/waiting.csv",
    "data/glossary.yaml",
    "data/postcodes.csv",
    "data/boundaries.geojson",
    "data/register.csv",
    "content/news/",
];

/// Decides by path alone what becomes of a file.
pub(super) fn role(path: &str) -> Role {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let read = |cap_bytes| Role::Read { cap_bytes };
    let yaml = name.ends_with(".yaml");
    match folder {
        _ if path.starts_with("themes/") => read(THEME_CAP),
        "data" if DATA_FILES.contains(&path) => read(DATA_CAP),
        "data/providers" | "data/opportunities" | "data/editions" if yaml => read(DATA_CAP),
        "data/spend" | "data/resident_lists" if name.ends_with(".csv") => read(DATA_CAP),
        "data/placements" if yaml || name.ends_with(".csv") => read(DATA_CAP),
        "data/placements" if name.ends_with(".xlsx") => Role::Workbook { cap_bytes: DATA_CAP },
        "data/population" | "data/rates" if name.ends_with(".csv") => read(DATA_CAP),
        "content" if name == "index.md" => read(CONTENT_CAP),
        "content/statement" | "content/pages" if name.ends_with(".md") => read(CONTENT_CAP),
        _ if LATER
            .iter()
            .any(|later| path == *later || later.ends_with('/') && path.starts_with(later)) =>
        {
            Role::NotYet
        }
        _ => Role::Unexpected { help: advice(path, folder, name) },
    }
}

fn advice(path: &str, folder: &str, name: &str) -> String {
    let renamed = match name.rsplit_once('.') {
        Some((stem, "yml")) => format!("{folder}/{stem}.yaml"),
        Some((stem, "markdown" | "txt")) => format!("{folder}/{stem}.md"),
        Some((stem, ending @ ("XLSX" | "CSV" | "YAML" | "MD"))) => {
            format!("{folder}/{stem}.{}", ending.to_lowercase())
        }
        _ => path.to_owned(),
    };
    let is_known = |path: &str| matches!(role(path), Role::Read { .. } | Role::Workbook { .. });
    if renamed != path && is_known(&renamed) {
        return format!("rename it to `{renamed}`");
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_spreadsheet = ["xlsx", "xls", "xlsm", "xlsb", "ods", "numbers"].contains(&ending);
    if path.starts_with("data/") && is_spreadsheet {
        return match ending {
            "xlsx" => "placements go to data/placements/; save any other sheet as \"CSV UTF-8\"",
            _ => "save it as \"Excel Workbook (.xlsx)\" in data/placements/",
        }
        .to_owned();
    }
    match did_you_mean(&renamed, DATA_FILES) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "move it to where it belongs, or put an underscore before its name to keep it \
                 as a note"
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn help(path: &str) -> String {
        match role(path) {
            Role::Unexpected { help } => help,
            other => panic!("{path}: {other:?}"),
        }
    }

    #[test]
    fn misplaced_files_get_advice_that_fits() {
        assert_eq!(help("data/providers/elm.yml"), "rename it to `data/providers/elm.yaml`");
        assert_eq!(help("data/sites.yaml"), "did you mean `data/site.yaml`?");
        assert!(help("data/list.xlsx").contains("data/placements/"));
        assert!(help("data/placements/list.xls").contains("Excel Workbook"));
        assert_eq!(help("data/placements/A.XLSX"), "rename it to `data/placements/A.xlsx`");
        assert!(help("content/cat.jpg").contains("underscore"));
    }

    #[test]
    fn parts_of_the_model_for_later_are_not_errors() {
        assert_eq!(role("data/boundaries.geojson"), Role::NotYet);
        assert_eq!(role("data/quality/elm.yaml"), Role::NotYet);
        assert_eq!(role("data/providers/a.yaml"), Role::Read { cap_bytes: DATA_CAP });
    }
}
