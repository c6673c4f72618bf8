//! `placewise match`: a provider's file held against published gaps.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Ending;
use super::build::compiled;
use super::terminal::Terminal;
use crate::cli::{Format, Shared};
use crate::diagnostics::Failure;
use crate::evidence::offers::{Board, Comparison, Download, Found, compare};
use crate::load::disk;
use crate::sources::{Source, SourceSet};
use crate::view::data_sets::{DataSet, FileKind};

pub(super) fn run(
    shared: &Shared,
    file: &Path,
    against: Option<&Path>,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    let text = read(file)?;
    let Some((gaps, name)) = published(shared, against.unwrap_or(&shared.site), terminal)? else {
        return Ok(Ending::DataWrong);
    };
    let parsed = serde_json::from_str::<Download>(&gaps).map_err(|error| error.to_string());
    let board = parsed.and_then(Board::of).map_err(|reason| {
        let message = format!("`{name}` holds no published gaps: {reason}");
        Failure::new(message, "name a site folder, a built site, or its file `data/gaps.json`")
    })?;
    let shown = file.to_string_lossy();
    let stem = file.file_name().unwrap_or_default().to_string_lossy();
    // It is masked where a provider's file of a site would be.
    let source = Source::new(format!("data/providers/{stem}"), text).shown_as(&*shown);
    let sources = SourceSet::new([source]);
    let mut diagnostics = Vec::new();
    let compared = compare(&sources, &board).take(&mut diagnostics);
    terminal.step("compare");
    terminal.diagnostics(&sources, &diagnostics);
    let Some(compared) = compared else { return Ok(Ending::DataWrong) };
    terminal.result(&match shared.format {
        Format::Json => format!("{:#}\n", json(&compared)),
        _ => compared.text(),
    })?;
    Ok(Ending::Done)
}

/// The same for programs.
fn json(compared: &Comparison) -> Value {
    let lines = |lines: &[Found]| -> Vec<Value> {
        let line = |line: &Found| {
            json!({
                "title": line.title, "people": line.people, "page": line.page,
                "missing": line.missing, "places": line.places,
            })
        };
        lines.iter().map(line).collect()
    };
    let services = compared.services.iter().map(|service| {
        json!({
            "service": service.service,
            "answers": lines(&service.answers),
            "lacks_one": lines(&service.lacks_one),
            "in_part": lines(&service.in_part),
            "lacks_more": service.lacks_more,
        })
    });
    json!({
        "title": compared.title, "as_at": compared.as_at, "lines": compared.lines,
        "services": services.collect::<Vec<_>>(), "individual": compared.individual,
    })
}

/// The published gaps, and the name of where they are from: a download, a built site, or a site
/// folder, which is compiled. Nothing when that has errors, which have been printed.
fn published(
    shared: &Shared,
    against: &Path,
    terminal: &Terminal,
) -> Result<Option<(String, String)>, Failure> {
    let built = against.join("data").join("gaps.json");
    let download: Option<PathBuf> = match against.is_file() {
        true => Some(against.to_path_buf()),
        false => built.is_file().then_some(built),
    };
    if let Some(download) = download {
        let text = read(&download)?;
        terminal.step("read");
        return Ok(Some((text, download.display().to_string())));
    }
    let shared = Shared { site: against.to_path_buf(), ..shared.clone() };
    let compiled = compiled(&shared, terminal)?;
    Ok(compiled.map(|compiled| {
        let bytes = compiled.site.download(DataSet::Gaps, FileKind::Json);
        (String::from_utf8_lossy(&bytes).into_owned(), against.display().to_string())
    }))
}

fn read(file: &Path) -> Result<String, Failure> {
    String::from_utf8(disk::read_bytes(file)?).map_err(|_| {
        Failure::new(format!("`{}` is not a text in UTF-8", file.display()), "save it as UTF-8")
    })
}
