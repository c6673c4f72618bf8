//! Chapters and pages: Markdown that quotes published figures, and nothing else.
//!
//! Markdown never passes through the template engine. A figure is quoted by name and resolved to a
//! [`Published`] value here; how it reads is the theme's business, so a [`Body`] keeps figures as
//! parts of their own. Raw HTML is refused. Start reading at [`read`].

mod figures;
mod headings;
mod markdown;
mod settings;
mod shortcode;
mod unfinished;

use jiff::civil::Date;

use crate::diagnostics::{Diagnostic, Outcome};
use crate::evidence::disclosure::{AreaId, LevelId, NeedId, OpportunityId, Publication, Published};
use crate::sources::{SourceSet, Span};

pub use headings::Heading;
pub use markdown::prose_html;

/// All texts of a site.
#[derive(Debug, Default)]
pub struct Narrative {
    /// The home page's text.
    pub home: Option<Chapter>,
    /// Chapters of the statement in their order.
    pub chapters: Vec<Chapter>,
    /// Other pages by address.
    pub pages: Vec<Chapter>,
}

/// One text with its settings.
#[derive(Debug)]
pub struct Chapter {
    /// Last part of its address; empty for the home page.
    pub slug: String,
    /// Where it stands on the site, from the root, such as `/statement/summary/`.
    pub address: String,
    /// Its title.
    pub title: String,
    /// What it says, in a sentence.
    pub summary: Option<String>,
    /// The role that answers for it.
    pub owner: Option<String>,
    /// The day it was true.
    pub as_at: Option<Date>,
    /// The day by which it will be looked at again.
    pub review_by: Option<Date>,
    /// Completeness rules that it answers.
    pub covers: Vec<String>,
    /// Whether it is still a draft.
    pub is_draft: bool,
    /// Its headings.
    pub contents: Vec<Heading>,
    /// Its text as a page of its own.
    pub body: Body,
    /// Its text as a part of the whole statement: headings one level lower, ids of their own.
    pub part: Body,
    /// The file it was read from, for messages.
    pub place: Span,
    /// Links within the site, to be checked when all pages are known.
    pub links: Vec<InternalLink>,
}

/// A link from a text to another page of the site.
#[derive(Clone, Debug)]
pub struct InternalLink {
    /// Where it is written.
    pub span: Span,
    /// The page, from the root.
    pub address: String,
    /// The heading on it.
    pub fragment: Option<String>,
}

/// A text as it will stand on a page.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// Its parts in order.
    pub parts: Vec<Part>,
}

/// A part of a text.
#[derive(Clone, Debug)]
pub enum Part {
    /// Safe HTML, made from Markdown.
    Html(String),
    /// A quoted figure.
    Figure(Box<Published>),
    /// A table of people away, need, match and gap.
    GapTable(TableRequest),
    /// The picture of capacity and need by level.
    LadderChart,
    /// An opportunity with its next date.
    Opportunity(OpportunityId),
    /// The streams of people who live away, of one area or all.
    FlowsChart(Option<AreaId>),
    /// The published gaps with their ranges, of one area or all.
    RangesChart(Option<AreaId>),
    /// Listed gaps.
    ListedGaps(GapsRequest),
}

/// Which listed gaps a text asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GapsRequest {
    /// Only for people from this area.
    pub area: Option<AreaId>,
    /// Only at this level.
    pub level: Option<LevelId>,
    /// Only with this need.
    pub need: Option<NeedId>,
    /// At most so many.
    pub limit: Option<usize>,
}

/// What a table in a text is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableRequest {
    /// Only this area.
    pub area: Option<AreaId>,
    /// Only this level.
    pub level: Option<LevelId>,
}

/// Reads every text of the site and resolves its figures.
///
/// Without a publication (because the data has errors) texts are still checked for everything that
/// does not need one, so that all faults show at once.
pub fn read(sources: &SourceSet, publication: Option<&Publication>) -> Outcome<Narrative> {
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let mut narrative = Narrative::default();
    let mut chapters = Vec::new();
    for (id, source) in sources.under("content/") {
        if !source.is_read() {
            continue;
        }
        let Some((order, chapter)) = settings::chapter(id, source, publication, &mut diagnostics)
        else {
            continue;
        };
        match source.path() {
            "content/index.md" => narrative.home = Some(chapter),
            path if path.starts_with("content/statement/") => chapters.push((order, chapter)),
            _ => narrative.pages.push(chapter),
        }
    }
    chapters.sort_by(|a, b| a.0.cmp(&b.0));
    narrative.chapters = chapters.into_iter().map(|(_, chapter)| chapter).collect();
    Outcome::new(narrative, diagnostics)
}
