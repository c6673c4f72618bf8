//! Figures as pages, charts and downloads show them.

use serde::Serialize;

use super::words::thousands;
use crate::evidence::disclosure::{CellKey, Figure, Measure, Publication, Published, Unit};

/// A figure, ready to be printed by the theme's `figure` component.
#[derive(Clone, Debug, Serialize)]
pub struct FigureView {
    /// `shown`, `rounded`, `suppressed`, `not-collected` or `not-applicable`; `band` for a line of
    /// gaps, whose text is a range.
    pub state: &'static str,
    /// The number, if there is one.
    pub value: Option<u32>,
    /// The number or a mark: `1,240`, `[c]`, `[x]`, `[z]`.
    pub text: String,
    /// The number with its unit, to stand in a sentence: `about 45 people`.
    pub phrase: String,
    /// What is counted.
    pub unit: &'static str,
    /// The key of the cell, the same in every output.
    pub key: String,
}

impl From<&Published> for FigureView {
    fn from(published: &Published) -> FigureView {
        let figure = published.figure();
        let text = match figure {
            Figure::Shown(value) | Figure::Rounded(value) => thousands(value),
            Figure::Suppressed => "[c]".to_owned(),
            Figure::NotCollected => "[x]".to_owned(),
            Figure::NotApplicable => "[z]".to_owned(),
        };
        FigureView {
            state: state(figure),
            value: figure.value(),
            phrase: phrase(published),
            unit: unit(published.key().measure),
            key: published.key().to_string(),
            text: if published.is_at_least() { format!("{text}+") } else { text },
        }
    }
}

/// The figure of a cell. A cell that the site does not have is not applicable.
pub fn figure(publication: &Publication, key: CellKey) -> FigureView {
    match publication.figure(&key) {
        Some(published) => FigureView::from(published),
        None => FigureView {
            state: state(Figure::NotApplicable),
            value: None,
            text: "[z]".to_owned(),
            phrase: "none".to_owned(),
            unit: unit(key.measure),
            key: key.to_string(),
        },
    }
}

/// The state of a figure as a word, the same in every output.
pub fn state(figure: Figure) -> &'static str {
    match figure {
        Figure::Shown(_) => "shown",
        Figure::Rounded(_) => "rounded",
        Figure::Suppressed => "suppressed",
        Figure::NotCollected => "not-collected",
        Figure::NotApplicable => "not-applicable",
    }
}

/// What a measure counts, as a word.
pub fn unit(measure: Measure) -> &'static str {
    match measure.unit() {
        Unit::People => "people",
        Unit::Beds => "beds",
        Unit::Services => "services",
        Unit::Providers => "providers",
        Unit::Percent => "percent",
    }
}

fn phrase(published: &Published) -> String {
    let (one, many) = match published.key().measure {
        Measure::Services => ("service", "services"),
        Measure::Providers => ("provider", "providers"),
        Measure::RegisteredBeds => ("registered bed", "registered beds"),
        Measure::Places => ("place", "places"),
        Measure::VacantPlaces => ("free place", "free places"),
        Measure::Occupancy => ("per cent", "per cent"),
        _ => ("person", "people"),
    };
    let least = if published.is_at_least() { "at least " } else { "" };
    match published.figure() {
        Figure::Shown(0) | Figure::Rounded(0) if published.is_at_least() => {
            format!("an unknown number of {many}")
        }
        Figure::Shown(0) | Figure::Rounded(0) => format!("no {many}"),
        Figure::Shown(1) => format!("{least}1 {one}"),
        Figure::Shown(value) => format!("{least}{} {many}", thousands(value)),
        Figure::Rounded(value) if published.is_at_least() => {
            format!("at least {} {many}, rounded", thousands(value))
        }
        Figure::Rounded(value) => format!("about {} {many}", thousands(value)),
        Figure::Suppressed if published.key().measure == Measure::Occupancy => {
            "a withheld share [c]".to_owned()
        }
        Figure::Suppressed => format!("a withheld number of {many} [c]"),
        Figure::NotCollected => format!("an unknown number of {many} [x]"),
        Figure::NotApplicable => format!("no {many}"),
    }
}

/// How small or large a gap may be: `10 to 25`, or `at most 25` where the lower end is withheld.
#[derive(Clone, Debug, Serialize)]
pub struct GapRange {
    /// The fewest people, if that is told.
    pub low: Option<FigureView>,
    /// The most people, if that is told.
    pub high: Option<FigureView>,
}

impl GapRange {
    /// The range of a gap between two ends. Nothing where no gap is shown, where no end is, and
    /// where both ends are the gap itself.
    pub fn between(low: &FigureView, gap: &FigureView, high: &FigureView) -> Option<GapRange> {
        let shown = gap.value?;
        if low.value == Some(shown) && high.value == Some(shown) {
            return None;
        }
        let told = |end: &FigureView| end.value.map(|_| end.clone());
        let range = GapRange { low: told(low), high: told(high) };
        (range.low.is_some() || range.high.is_some()).then_some(range)
    }
}

/// The range of the gap of a group; `group` is any key of it.
pub fn gap_range(publication: &Publication, group: &CellKey) -> Option<GapRange> {
    let of = |measure| figure(publication, CellKey { measure, ..group.clone() });
    GapRange::between(&of(Measure::GapLow), &of(Measure::Gap), &of(Measure::GapHigh))
}

/// What stands under a figure of people that nobody has collected.
const UNCOLLECTED: &str = "Not collected: this site has no list of people placed away.";

/// A figure with its words, for the top of a page.
#[derive(Clone, Debug, Serialize)]
pub struct Stat {
    /// The figure.
    pub figure: FigureView,
    /// Words that follow it.
    pub label: String,
    /// One more sentence.
    pub note: String,
    /// How small or large the number may be, if it is a gap with a range.
    pub range: Option<GapRange>,
    /// The table it comes from; empty when there is none.
    pub href: String,
}

impl Stat {
    /// A figure with its words, or with words of their own where nobody has collected it.
    pub fn new(figure: FigureView, label: &str, note: &str, href: String) -> Stat {
        let note = match (figure.state, figure.unit) {
            ("not-collected", "people") => UNCOLLECTED,
            _ => note,
        };
        Stat { figure, label: label.to_owned(), note: note.to_owned(), range: None, href }
    }

    /// Adds how small or large the number may be.
    pub fn within(self, range: Option<GapRange>) -> Stat {
        Stat { range, ..self }
    }
}

/// A table of people away, need, match and gap.
#[derive(Clone, Debug, Serialize)]
pub struct GapTable {
    /// What the table shows.
    pub caption: String,
    /// Head of the first column.
    pub head: &'static str,
    /// Its rows.
    pub rows: Vec<GapRow>,
    /// What should be known to read it.
    pub note: String,
}

impl GapTable {
    /// The table without its note, which stands once on a page.
    pub fn without_note(self) -> GapTable {
        GapTable { note: String::new(), ..self }
    }
}

/// A row of a [`GapTable`].
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the columns of the table, each the measure of its name")]
pub struct GapRow {
    pub label: String,
    pub href: Option<String>,
    pub away: FigureView,
    pub need: FigureView,
    pub matched: FigureView,
    pub gap: FigureView,
    /// How far the gap may be from the truth; nothing when both ends are the gap.
    pub range: Option<GapRange>,
    pub services: FigureView,
    pub vacancies: FigureView,
}

impl GapRow {
    /// The row of one group; `group` is any key of it.
    pub fn of(
        publication: &Publication,
        label: &str,
        href: Option<String>,
        group: &CellKey,
    ) -> GapRow {
        let of = |measure| figure(publication, CellKey { measure, ..group.clone() });
        GapRow {
            label: label.to_owned(),
            href,
            away: of(Measure::Away),
            need: of(Measure::Need),
            matched: of(Measure::Matched),
            gap: of(Measure::Gap),
            range: gap_range(publication, group),
            services: of(Measure::Services),
            vacancies: of(Measure::VacantPlaces),
        }
    }
}
