//! `placewise build`: compile, render in parallel, write through one door.

use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use rayon::prelude::*;

use super::Ending;
use super::terminal::Terminal;
use crate::cli::Shared;
use crate::compile;
use crate::diagnostics::{Diagnostic, Failure, has_errors};
use crate::load::disk;
use crate::site::Site;
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
        Err(diagnostic) => {
            terminal.diagnostics(&site.sources, &[*diagnostic]);
            return Ok(Ending::DataWrong);
        }
    };
    terminal.step("render and write");
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
    let site = compile(Arc::clone(&sources)).take(&mut diagnostics);
    crate::diagnostics::sort(&mut diagnostics);
    terminal.step("compile");
    terminal.diagnostics(&sources, &diagnostics);
    Ok(site.filter(|_| !has_errors(&diagnostics)).map(|site| Compiled { site, sources }))
}

type Written = Result<WriteReport, Box<Diagnostic>>;

/// Renders pages on all threads and writes them from this one: creating files from several threads
/// is slower than from one.
fn write_site(shared: &Shared, site: &Site) -> Result<Written, WriteFailure> {
    let inputs: Vec<_> = ["data", "content", "themes"]
        .iter()
        .map(|folder| shared.site.join(folder))
        .chain(shared.placements.clone())
        .filter(|folder| folder.exists())
        .collect();
    let mut stage = write::open(&shared.out, &inputs)?;
    let fault = std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(64);
        scope.spawn(move || {
            let addresses: Vec<_> = site.addresses().collect();
            // Sending fails only when the writer has stopped; then there is nothing left to do.
            let _ = addresses.into_par_iter().try_for_each_with(sender, |sender, address| {
                let bytes = site.bytes(address).unwrap_or_else(|| Ok(Vec::new()));
                sender.send((address.file(), bytes))
            });
        });
        put_all(&mut stage, receiver)
    })?;
    match fault {
        Some(diagnostic) => Ok(Err(diagnostic)),
        None => stage.commit().map(Ok),
    }
}

type Rendered = (String, Result<Vec<u8>, Box<Diagnostic>>);

/// Writes what arrives; stops at the first template that could not be rendered.
fn put_all(
    stage: &mut Stage,
    receiver: std::sync::mpsc::Receiver<Rendered>,
) -> Result<Option<Box<Diagnostic>>, WriteFailure> {
    for (file, bytes) in receiver {
        match bytes {
            Ok(bytes) => stage.put(&file, &bytes)?,
            Err(diagnostic) => return Ok(Some(diagnostic)),
        }
    }
    Ok(None)
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
