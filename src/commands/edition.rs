//! `placewise edition NAME --signed-off-by ROLE`: freezes what the site tells of people and gaps.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Arc;

use super::Ending;
use super::check::examined;
use super::terminal::Terminal;
use crate::cli::Shared;
use crate::diagnostics::{Failure, has_errors};
use crate::evidence::disclosure::{EditionRequest, EditionSummary};
use crate::freeze;
use crate::load::disk;
use crate::view::words::counted;
use crate::write;

pub(super) fn run(
    shared: &Shared,
    (name, role): (&str, &str),
    is_dry_run: bool,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    let request = EditionRequest::new(name, role)?;
    let mut diagnostics = Vec::new();
    let read = disk::read_site(&shared.site, shared.placements.as_deref())?;
    let sources = Arc::new(read.take(&mut diagnostics).unwrap_or_default());
    terminal.step("read");
    let made = freeze(Arc::clone(&sources), &request)?.take(&mut diagnostics);
    crate::diagnostics::sort(&mut diagnostics);
    terminal.step("compile");
    terminal.diagnostics(&sources, &diagnostics);
    let Some((site, edition)) = made.filter(|_| !has_errors(&diagnostics)) else {
        return Ok(Ending::DataWrong);
    };
    if !examined(&site, &sources, terminal) {
        return Ok(Ending::DataWrong);
    }
    let target = shared.site.join(&edition.path);
    if target.symlink_metadata().is_ok() {
        let message = format!("`{}` is there already", target.display());
        return Err(Failure::new(message, "nothing is written over; choose another name"));
    }
    if !is_dry_run {
        let files = BTreeMap::from([(edition.path.clone(), edition.text)]);
        write::put_inputs(&shared.site, &files).map_err(|(path, error)| {
            let message = format!("cannot write `{}`: {error}", path.display());
            Failure::new(message, "check the folder and the room on the disk")
        })?;
        terminal.step("write");
    }
    terminal.result(&told(&edition.summary))?;
    terminal.progress(&match is_dry_run {
        true => "Nothing was written.".to_owned(),
        false => format!(
            "Wrote `{}`. Commit it with the site; a site with `status: live` tells this edition \
             until the next one",
            target.display()
        ),
    });
    Ok(Ending::Done)
}

/// What was frozen, in words and keys.
fn told(summary: &EditionSummary) -> String {
    let mut text = format!(
        "{} about people: {} shown, {} withheld\n{} and {} of what else is wanted\n",
        counted(summary.shown + summary.withheld, "figure", "figures"),
        summary.shown,
        summary.withheld,
        counted(summary.listed, "listed gap", "listed gaps"),
        counted(summary.also_wanted, "line", "lines"),
    );
    text.push_str(&listed(
        "withheld so that no change between editions can be worked out",
        &summary.withheld_for_changes,
    ));
    let Some(before) = &summary.before else { return text };
    let mut keys = |words: &str, keys: &[_]| text.push_str(&listed(words, keys));
    keys(&format!("not in edition `{before}`"), &summary.new);
    keys(&format!("told otherwise than in edition `{before}`"), &summary.changed);
    if summary.are_lines_other {
        text.push_str(&format!("lines of gaps are others than in edition `{before}`\n"));
    }
    text
}

fn listed(words: &str, keys: &[impl Display]) -> String {
    let lines: String = keys.iter().map(|key| format!("  {key}\n")).collect();
    match keys.len() {
        0 => format!("no figure is {words}\n"),
        number => format!("{} {words}:\n{lines}", counted(number, "figure", "figures")),
    }
}
