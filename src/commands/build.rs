//! `placewise build`: compile, render in parallel, write through one door.

use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use rayon::prelude::*;

use super::terminal::Terminal;
use super::{Ending, kept};
use crate::cli::Shared;
use crate::compile_again;
use crate::diagnostics::{Diagnostic, Failure, has_errors};
use crate::load::disk;
use crate::site::{Sheet, Site};
use crate::sources::SourceSet;
use crate::view::words::counted;
use crate::write::{self, Stage, WriteFailure, WriteReport};

pub(super) fn run(shared: &Shared, terminal: &Terminal) -> Result<Ending, Failure> {
    let Some(site) = compiled(shared, terminal)? else {
        return Ok(Ending::DataWrong);
    };
    let written = write_site(shared, &site.site).map_err(failure)?;
    let report = match written {
        Ok(report) => report,
        Err(diagnostics) => {
            terminal.diagnostics(&site.sources, &diagnostics);
            return Ok(Ending::DataWrong);
        }
    };
    terminal.step("render, audit and write");
    for warning in &report.warnings {
        terminal.progress(&format!("warning: {warning}"));
    }
    terminal.progress(&summary(shared, &site.site, &report));
    Ok(Ending::Done)
}

/// A site and the files it was made from.
pub(super) struct Compiled {
    pub(super) site: Site,
    pub(super) sources: Arc<SourceSet>,
}

/// Reads and compiles; prints what was found. No site when the data has errors.
pub(super) fn compiled(shared: &Shared, terminal: &Terminal) -> Result<Option<Compiled>, Failure> {
    let mut diagnostics = Vec::new();
    let read = disk::read_site(&shared.site, shared.placements.as_deref())?;
    let sources = Arc::new(read.take(&mut diagnostics).unwrap_or_default());
    terminal.step("read");
    let cache = kept::cache(shared);
    let site = compile_again(Arc::clone(&sources), &cache).take(&mut diagnostics);
    crate::diagnostics::sort(&mut diagnostics);
    terminal.step(kept::step(&cache));
    terminal.diagnostics(&sources, &diagnostics);
    Ok(site.filter(|_| !has_errors(&diagnostics)).map(|site| Compiled { site, sources }))
}

type Written = Result<WriteReport, Vec<Diagnostic>>;

/// Renders pages on all threads and writes them from this one: creating files from several threads
/// is slower than from one. Each file is read by the audit as it is made; what is staged is thrown
/// away unless all of it passes.
fn write_site(shared: &Shared, site: &Site) -> Result<Written, WriteFailure> {
    let inputs: Vec<_> = ["data", "content", "themes"]
        .iter()
        .map(|folder| shared.site.join(folder))
        .chain(shared.placements.clone())
        .filter(|folder| folder.exists())
        .collect();
    let mut stage = write::open(&shared.out, &inputs)?;
    let auditor = site.auditor();
    let (faults, sheets) = std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(64);
        let auditor = &auditor;
        scope.spawn(move || {
            let addresses: Vec<_> = site.addresses().collect();
            // Sending fails only when the writer has stopped; then there is nothing left to do.
            let _ = addresses.into_par_iter().try_for_each_with(sender, |sender, address| {
                let file = address.file();
                let bytes = site.bytes(address).unwrap_or_else(|| Ok(Vec::new()));
                let made = bytes.map(|bytes| (auditor.read(&file, &bytes), bytes));
                // Once the writer has gone nobody waits for the rest.
                sender.send((file, made)).ok()
            });
        });
        put_all(&mut stage, receiver)
    })?;
    let faults = if faults.is_empty() { auditor.judge(sheets) } else { faults };
    match faults.is_empty() {
        true => stage.commit().map(Ok),
        false => Ok(Err(faults)),
    }
}

type Rendered = (String, Result<(Sheet, Vec<u8>), Box<Diagnostic>>);

/// Stages what arrives, and keeps what the audit read; stops at the first template that could not
/// be rendered.
fn put_all(
    stage: &mut Stage,
    receiver: std::sync::mpsc::Receiver<Rendered>,
) -> Result<(Vec<Diagnostic>, Vec<Sheet>), WriteFailure> {
    let mut sheets = Vec::new();
    for (file, made) in receiver {
        match made {
            Ok((sheet, bytes)) => {
                stage.put(&file, &bytes)?;
                sheets.push(sheet);
            }
            Err(diagnostic) => return Ok((vec![*diagnostic], sheets)),
        }
    }
    Ok((Vec::new(), sheets))
}

fn failure(failure: WriteFailure) -> Failure {
    Failure::new(failure.to_string(), failure.hint())
}

fn summary(shared: &Shared, site: &Site, report: &WriteReport) -> String {
    let publication = site.publication();
    let files = report.written + report.unchanged;
    let mut text = format!(
        "{} and {} from `{}`: {} in `{}` ({} new or changed, {} unchanged, {} removed)",
        counted(publication.providers().count(), "provider", "providers"),
        counted(publication.services().count(), "service", "services"),
        shared.site.display(),
        counted(files, "file", "files"),
        shared.out.display(),
        report.written,
        report.unchanged,
        report.removed,
    );
    if !report.carried_over.is_empty() {
        let kept = counted(report.carried_over.len(), "other file", "other files");
        text.push_str(&format!("\n{kept} in the folder stayed as they were"));
    }
    let home = shared.out.join("index.html");
    text.push_str(&format!("\nOpen {}, or run `placewise serve --open`", home.display()));
    text
}
