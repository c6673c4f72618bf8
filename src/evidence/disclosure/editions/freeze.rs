//! Makes an edition: decides everything beside the earlier ones, and writes the lock as text.

use super::super::decided::{self, Purpose, Whole};
use super::super::figure::Figure;
use super::super::publication::Publication;
use super::live::{exact_numbers, live};
use super::{EditionRequest, Editions, Lock, SignedEdition, compare, free_places, is_frozen, text};
use crate::diagnostics::{Code, Diagnostic, Failure, Outcome, has_errors};
use crate::evidence::analysis::{Analysis, CellKey};
use crate::evidence::market::Market;

/// An edition that was made and not yet written.
#[derive(Debug)]
pub struct NewEdition {
    /// Where it belongs, inside the site folder.
    pub path: String,
    /// Its text.
    pub text: String,
    /// What is in it.
    pub summary: EditionSummary,
}

/// What an edition freezes, and how it differs from the one before: keys and numbers of figures,
/// never what a figure says.
#[derive(Debug, Default)]
pub struct EditionSummary {
    /// Name of the edition before, if there is one.
    pub before: Option<String>,
    /// Figures that count people and are shown.
    pub shown: usize,
    /// Figures that count people and are withheld.
    pub withheld: usize,
    /// Listed gaps.
    pub listed: usize,
    /// Lines of what else is wanted.
    pub also_wanted: usize,
    /// Figures that the edition before did not have.
    pub new: Vec<CellKey>,
    /// Figures that are told otherwise than in the edition before.
    pub changed: Vec<CellKey>,
    /// Figures that are withheld so that no change between editions can be worked out.
    pub withheld_for_changes: Vec<CellKey>,
    /// Whether the lines of gaps are others than in the edition before.
    pub are_lines_other: bool,
}

/// What stands in the way of an edition.
pub enum NotMade {
    /// The command is at fault: the name or the role.
    Asked(Failure),
    /// The files of the site are.
    Faults(Vec<Diagnostic>),
}

/// Makes an edition of a site, and the site as it would be with it.
///
/// # Errors
///
/// When another edition has the name, when the date of the site is not later than that of every
/// earlier edition, when the profile tells exact numbers, and when some number of people could be
/// told too closely whatever is withheld.
pub fn freeze(
    market: Market,
    analysis: Analysis,
    editions: &Editions,
    request: &EditionRequest,
) -> Result<Outcome<(Publication, NewEdition)>, NotMade> {
    expect_name(&market, editions, request).map_err(NotMade::Asked)?;
    let mut diagnostics = faults(&market, editions);
    // What can no longer be mended by withholding is told with the rest of what stands in the way.
    let decided = match exact_numbers(&market, editions) {
        Some(exact) => {
            diagnostics.push(exact);
            None
        }
        None => {
            decided::decide(&market, &analysis, Purpose::ExplainedEdition).take(&mut diagnostics)
        }
    };
    let Some(now) = decided else { return Err(NotMade::Faults(diagnostics)) };
    if has_errors(&diagnostics) {
        return Err(NotMade::Faults(diagnostics));
    }
    let edition = &market.settings.edition;
    let frozen = now.figures.iter().filter(|(key, _)| is_frozen(key.measure));
    let lock = Lock {
        signed: SignedEdition {
            name: request.name.clone(),
            date: edition.date,
            as_at: edition.as_at,
            signed_off_by: request.role.clone(),
        },
        policy: now.policy,
        figures: frozen.map(|(key, figure)| (key.clone(), figure.clone())).collect(),
        gaps: now.gaps.clone(),
        free_places: free_places::of(&market),
    };
    let summary = summary(editions.locks.last().map(|(_, lock)| lock), &lock, &now);
    let text = text::of(&lock);
    let watched = now.watched(&market, &analysis);
    let publication = live(market, (now.figures, now.decisions, watched), &lock);
    let edition = NewEdition { path: request.path(), text, summary };
    Ok(Outcome::new((publication, edition), diagnostics))
}

/// The name is that of the site, so that both tell the same, and no earlier edition has it.
fn expect_name(
    market: &Market,
    editions: &Editions,
    request: &EditionRequest,
) -> Result<(), Failure> {
    let path = request.path();
    let is_taken = |(_, lock): &(_, Lock)| EditionRequest::path_of(&lock.signed.name) == path;
    if editions.locks.iter().any(is_taken) {
        let message = format!("there is an edition of this name already: `{path}`");
        let hint = "what was published cannot be changed; choose another name";
        return Err(Failure::new(message, hint));
    }
    let of_site = &market.settings.edition.name;
    if of_site.trim() != request.name {
        let message =
            format!("data/site.yaml calls the edition `{of_site}`, not `{}`", request.name);
        let hint = "write the same name in both, and look at `date` and `as_at` there too";
        return Err(Failure::new(message, hint));
    }
    Ok(())
}

fn faults(market: &Market, editions: &Editions) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let at = |fault: Diagnostic| match editions.edition {
        Some(span) => fault.at(span),
        None => fault,
    };
    let Some((_, newest)) = editions.locks.last() else { return found };
    let name = &newest.signed.name;
    if market.settings.edition.date <= newest.signed.date {
        let message = format!("`date` is not later than that of edition `{name}`");
        let help =
            "each edition has a day of its own: write the day on which this one is published";
        found.push(at(Diagnostic::error(Code::DateOrder, message).help(help)));
    }
    found
}

fn summary(before: Option<&Lock>, lock: &Lock, now: &Whole) -> EditionSummary {
    let (new, changed) =
        before.map_or_else(Default::default, |before| compare::figures(before, now));
    let is_withheld = |figure: &Figure| *figure == Figure::Suppressed;
    let told: Vec<Figure> = lock.figures.values().map(|figure| figure.figure()).collect();
    EditionSummary {
        before: before.map(|before| before.signed.name.clone()),
        shown: told.iter().filter(|figure| figure.value().is_some()).count(),
        withheld: told.iter().filter(|figure| is_withheld(figure)).count(),
        listed: lock.gaps.listed().len(),
        also_wanted: lock.gaps.also_wanted().len(),
        new,
        changed,
        withheld_for_changes: now.decisions.holding_changes().cloned().collect(),
        are_lines_other: before.is_some_and(|before| !before.gaps.are_told_like(&lock.gaps)),
    }
}
