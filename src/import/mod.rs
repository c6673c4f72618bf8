//! Outside files in; a plan of YAML files and an import report out.

pub mod cqc;
pub mod report;
