//! Placewise turns a folder of YAML and Markdown into a site about a market for care.
//!
//! ```text
//! disk ─load──▶ SourceSet ─market──▶ Market ─analysis──▶ Analysis ─disclosure──▶ Publication
//!                                                                                    │
//!           serve / write ◀── Site (address → recipe, rendered on demand) ◀── view ◀─┘
//! ```
//!
//! Each arrow is a plain function; only the first and the last touch a disk. `build`, `check` and
//! `serve` all call [`compile`]. What holds throughout:
//!
//! - nothing outside [`evidence`] can read a raw count of people;
//! - a figure leaves only through [`evidence::disclosure::protect`];
//! - [`view`] knows no HTML, [`theme`] knows no domain type;
//! - no module but `load::disk`, `write` and `commands` touches files, and none but
//!   [`evidence::workings`] writes the exact answer, to a file that only its owner can read;
//! - no clock, no network, no randomness and no order of a hash map reaches the output: the same
//!   bytes in give the same bytes out.

use std::sync::Arc;

pub mod chart;
pub mod cli;
pub mod commands;
pub mod diagnostics;
pub mod evidence;
pub mod export;
pub mod import;
pub mod load;
pub mod narrative;
pub mod search;
pub mod serve;
pub mod site;
pub mod sources;
pub mod theme;
pub mod view;
pub mod write;

use diagnostics::Outcome;
use evidence::{analysis, disclosure, market};
use site::Site;
use sources::SourceSet;

/// Makes a site from the files of a site folder.
///
/// There is a site only if nothing has an error. Data, texts and theme are all checked in any case,
/// so that one run tells everything that is wrong.
pub fn compile(sources: Arc<SourceSet>) -> Outcome<Site> {
    let mut diagnostics = Vec::new();
    let publication = market::read(&sources).take(&mut diagnostics).map(|market| {
        let analysis = analysis::analyse(&market);
        diagnostics.extend(analysis::warnings(&market));
        disclosure::protect(market, analysis)
    });
    let narrative = narrative::read(&sources, publication.as_ref()).take(&mut diagnostics);
    let settings = publication.as_ref().map(disclosure::Publication::settings);
    let name = settings.and_then(|settings| settings.theme.as_deref());
    let colour = settings.and_then(|settings| settings.brand_colour.as_deref());
    let theme = theme::load(&sources, name, colour).take(&mut diagnostics);
    let site = match (publication, narrative, theme) {
        (Some(publication), Some(narrative), Some(theme))
            if !diagnostics::has_errors(&diagnostics) =>
        {
            site::assemble(sources, publication, narrative, theme).take(&mut diagnostics)
        }
        _ => None,
    };
    diagnostics::sort(&mut diagnostics);
    Outcome { value: site, diagnostics }
}
