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
//! - a figure leaves only through [`evidence::disclosure`]: `protect`, and for a live site
//!   `publish` and `freeze`, which keep to what editions have told;
//! - [`view`] knows no HTML, [`theme`] knows no domain type;
//! - no module but `load::disk`, `write` and `commands` touches files, and none but
//!   [`evidence::private`] writes what is not for publication, to a file that only its owner can
//!   read;
//! - no clock, no network, no randomness and no order of a hash map reaches the output: the same
//!   bytes in give the same bytes out.

use std::sync::Arc;

pub mod chart;
pub mod cli;
pub mod commands;
pub mod diagnostics;
pub mod evidence;
pub mod export;
pub mod guard;
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

use diagnostics::{Diagnostic, Failure, Outcome};
use evidence::analysis::Analysis;
use evidence::disclosure::{EditionRequest, Editions, NewEdition, NotMade, Publication};
use evidence::market::Market;
use evidence::private::Cache;
use evidence::{analysis, disclosure, market};
use site::Site;
use sources::SourceSet;

/// Makes a site from the files of a site folder.
///
/// There is a site only if nothing has an error. Data, texts and theme are all checked in any case,
/// so that one run tells everything that is wrong.
pub fn compile(sources: Arc<SourceSet>) -> Outcome<Site> {
    compile_again(sources, &Cache::none())
}

/// The same as [`compile`], with the same result; what was worked out before is taken from a cache.
pub fn compile_again(sources: Arc<SourceSet>, cache: &Cache) -> Outcome<Site> {
    let mut diagnostics = Vec::new();
    let publication = measured(&sources).take(&mut diagnostics).and_then(|measured| {
        let Measured { market, analysis, editions } = measured;
        disclosure::publish(market, analysis, &editions, cache).take(&mut diagnostics)
    });
    site_of(sources, publication, diagnostics)
}

/// Makes an edition of a site folder, and the site as it would be with it.
///
/// # Errors
///
/// When the name or the role is at fault. Trouble with the data is told as in [`compile`].
pub fn freeze(
    sources: Arc<SourceSet>,
    request: &EditionRequest,
) -> Result<Outcome<(Site, NewEdition)>, Failure> {
    let mut diagnostics = Vec::new();
    let mut made = None;
    if let Some(measured) = measured(&sources).take(&mut diagnostics) {
        let Measured { market, analysis, editions } = measured;
        match disclosure::freeze(market, analysis, &editions, request) {
            Ok(frozen) => made = frozen.take(&mut diagnostics),
            Err(NotMade::Asked(failure)) => return Err(failure),
            Err(NotMade::Faults(faults)) => diagnostics.extend(faults),
        }
    }
    let (publication, edition) = made.unzip();
    let Outcome { value, diagnostics } = site_of(sources, publication, diagnostics);
    Ok(Outcome { value: value.zip(edition), diagnostics })
}

/// What was read and worked out, before anything is told of it.
struct Measured {
    market: Market,
    analysis: Analysis,
    editions: Editions,
}

fn measured(sources: &SourceSet) -> Outcome<Measured> {
    let mut diagnostics = Vec::new();
    let measured = market::read(sources).take(&mut diagnostics).and_then(|market| {
        let analysis = analysis::analyse(&market);
        diagnostics.extend(analysis::warnings(&market));
        let editions = Editions::read(sources, &market).take(&mut diagnostics)?;
        Some(Measured { market, analysis, editions })
    });
    Outcome { value: measured, diagnostics }
}

/// Reads texts and theme, and puts the site together.
fn site_of(
    sources: Arc<SourceSet>,
    publication: Option<Publication>,
    mut diagnostics: Vec<Diagnostic>,
) -> Outcome<Site> {
    let narrative = narrative::read(&sources, publication.as_ref()).take(&mut diagnostics);
    let settings = publication.as_ref().map(Publication::settings);
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
