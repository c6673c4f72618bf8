//! `placewise import`: public files in, YAML for a site folder out.

use std::collections::BTreeMap;
use std::path::Path;

use super::Ending;
use super::terminal::Terminal;
use crate::cli::{DayOrMonth, ImportCqc};
use crate::diagnostics::Failure;
use crate::import::cqc::{DateOrder, Existing, Plan, Request, plan};
use crate::load::disk;
use crate::write;

/// Every repaired or rejected cell, and every row that gave no service.
const REPORT: &str = "import-report.csv";

pub(super) fn cqc(asked: &ImportCqc, terminal: &Terminal) -> Result<Ending, Failure> {
    let bytes = disk::read_bytes(&asked.file)?;
    let providers = disk::read_providers(&asked.into)?;
    let data = asked.into.join("data");
    let areas = disk::read_if_there(&data.join("areas.yaml"))?;
    let vocabulary = disk::read_if_there(&data.join("vocabulary.yaml"))?;
    let site = disk::read_if_there(&data.join("site.yaml"))?;
    terminal.step("read");
    let existing: Vec<Existing> =
        providers.iter().map(|(path, text)| Existing { path, text }).collect();
    let name = asked.file.file_name().unwrap_or_default().to_string_lossy();
    let request = Request {
        file_name: &name,
        bytes: &bytes,
        local_authorities: &asked.local_authorities,
        date_order: asked.date_order.map(|order| match order {
            DayOrMonth::DayFirst => DateOrder::DayFirst,
            DayOrMonth::MonthFirst => DateOrder::MonthFirst,
        }),
        existing: &existing,
        areas_yaml: areas.as_deref(),
        vocabulary_yaml: vocabulary.as_deref(),
        has_site_yaml: site.is_some(),
    };
    let plan = plan(&request).map_err(|refusal| Failure::new(refusal.message, refusal.hint))?;
    terminal.step("plan");
    if !asked.dry_run {
        put(&asked.into, &plan)?;
        terminal.step("write");
    }
    terminal.result(&format!("{}\n", plan.summary))?;
    terminal.progress(&closing(asked, &plan));
    Ok(Ending::Done)
}

fn put(into: &Path, plan: &Plan) -> Result<(), Failure> {
    let mut files: BTreeMap<String, String> = plan.files.clone();
    files.insert(REPORT.to_owned(), plan.report.to_csv());
    write::put_inputs(into, &files).map_err(|(path, error)| {
        Failure::new(
            format!("cannot write `{}`: {error}", path.display()),
            "check the folder and the room on the disk, then import again",
        )
    })
}

fn closing(asked: &ImportCqc, plan: &Plan) -> String {
    let notes = plan.report.entries().len();
    let into = asked.into.display();
    match asked.dry_run {
        true => format!("Nothing was written. {notes} notes would go into {into}/{REPORT}."),
        false => format!(
            "{notes} notes on cells and rows are in {into}/{REPORT}.\nNext: placewise build --site \
             {into} --out {into}/public"
        ),
    }
}
