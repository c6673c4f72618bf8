//! The page on which a reader puts services side by side.
//!
//! The table is made in the browser, from the ids in the address and files of `side_by_side`;
//! without a script the page says what to do instead.

use serde::Serialize;

use super::address::{self, Address};
use super::frame::Head;
use super::{Material, view};

/// The page that compares services.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct Compare {
    #[serde(flatten)]
    pub head: Head,
    pub intro: &'static str,
    pub script_href: String,
    pub files: usize,
    pub directory_href: String,
}
view!(Compare, "compare.html");

/// Makes the page; `script` makes its table.
pub fn page(material: Material, at: &Address, script: &Address) -> Compare {
    let intro = "Put up to four services side by side, and see in what they differ.";
    let directory = address::section("directory");
    let trail = [("Directory", directory.clone())];
    Compare {
        head: Head::new(material, at, "Compare services", intro, &trail),
        intro,
        script_href: at.to(script),
        files: material.catalogue.files.len(),
        directory_href: at.to(&directory),
    }
}
