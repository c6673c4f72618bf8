//! `placewise check`: everything but the writing, and every link followed.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::Ending;
use super::build::compiled;
use super::terminal::Terminal;
use crate::cli::Shared;
use crate::diagnostics::{Code, Diagnostic, Failure};
use crate::site::{Site, audit};
use crate::sources::SourceSet;
use crate::view::address::Address;
use crate::view::words::counted;

pub(super) fn run(shared: &Shared, terminal: &Terminal) -> Result<Ending, Failure> {
    let Some(compiled) = compiled(shared, terminal)? else {
        return Ok(Ending::DataWrong);
    };
    Ok(match examined(&compiled.site, &compiled.sources, terminal) {
        true => Ending::Done,
        false => Ending::DataWrong,
    })
}

/// Renders every page and follows every link; tells what is wrong. Whether nothing is.
pub(super) fn examined(site: &Site, sources: &SourceSet, terminal: &Terminal) -> bool {
    let addresses: Vec<&Address> = site.addresses().collect();
    let rendered: Vec<_> = addresses
        .into_par_iter()
        .filter_map(|address| Some((address, site.bytes(address)?)))
        .collect();
    let mut diagnostics = Vec::new();
    let auditor = site.auditor();
    let mut sheets = Vec::new();
    let mut pages: BTreeMap<&Address, String> = BTreeMap::new();
    for (address, bytes) in rendered {
        if let Ok(bytes) = &bytes {
            sheets.push(auditor.read(&address.file(), bytes));
        }
        match bytes {
            Ok(bytes) if address.file().ends_with(".html") => {
                pages.insert(address, String::from_utf8_lossy(&bytes).into_owned());
            }
            Ok(_) => {}
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    let files: BTreeSet<Address> = site.addresses().map(|a| Address::new(a.as_str())).collect();
    let (broken, followed) = audit(pages.iter().map(|(at, html)| (*at, html.as_str())), &files);
    diagnostics.extend(broken.into_iter().map(|line| {
        Diagnostic::error(Code::BrokenLink, line)
            .help("a template made this link: correct the theme, or report a fault of Placewise")
    }));
    diagnostics.extend(auditor.judge(sheets));
    crate::diagnostics::sort(&mut diagnostics);
    terminal.step("render, follow links and audit");
    if !diagnostics.is_empty() {
        terminal.diagnostics(sources, &diagnostics);
        return false;
    }
    terminal.progress(&format!(
        "{} checked and audited, {followed} links within the site lead somewhere",
        counted(pages.len(), "page", "pages")
    ));
    true
}
