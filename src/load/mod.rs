//! From bytes on a disk to text with places: folders, YAML, CSV, workbooks and front matter.
//!
//! `disk` is the only module of the program that reads files of a site folder, and `yaml` the only
//! one that names the YAML library. Nothing here knows what a provider is.

pub mod disk;
pub mod front_matter;
mod layout;
pub mod names;
pub mod table;
mod workbook;
pub mod yaml;
