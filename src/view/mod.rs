//! What each page says, as plain values: one serialisable struct for each template.
//!
//! Views hold published figures and public facts only, and know no HTML beyond what `narrative`
//! and `chart` have already made safe. Downloads are made from the same values as pages. Start
//! reading at [`Material`], then at [`frame`], then at the page you want to change.

pub mod address;
pub mod area_gaps;
pub mod areas;
pub mod ask_words;
pub mod cards;
pub mod catalogue;
pub mod check;
pub mod check_form;
pub mod check_level;
pub mod compare;
pub mod data_sets;
pub mod directory;
pub mod directory_facets;
pub mod downloads;
pub mod figure;
pub mod finder;
pub mod finder_form;
pub mod finder_words;
pub mod flows;
pub mod frame;
pub mod freshness;
pub mod gap_cards;
pub mod gap_level;
pub mod gap_lines;
pub mod gap_opportunities;
pub mod gap_tables;
pub mod gap_words;
pub mod gaps;
pub mod home;
pub mod json_ld;
pub mod ladder;
pub mod line_figures;
pub mod listed_gap;
pub mod locator;
pub mod method;
pub mod method_gaps;
pub mod method_parameters;
pub mod notices;
pub mod open_data;
pub mod opportunities;
pub mod opportunity_rows;
pub mod opportunity_words;
pub mod provider;
pub mod ranges;
pub mod report;
pub mod rungs;
pub mod service_facts;
pub mod service_gaps;
pub mod side_by_side;
pub mod statement;
pub mod withheld;
pub mod words;

use serde::Serialize;

use crate::evidence::disclosure::Publication;
use crate::narrative::Narrative;
use address::Address;
use catalogue::Catalogue;

/// A value that a template may show. Sealed: a view is made here or nowhere.
///
/// ```
/// use placewise::view::View;
/// #[derive(serde::Serialize)]
/// struct Own;
/// fn template<V: View>() -> &'static str {
///     V::TEMPLATE
/// }
/// ```
///
/// The same with a view of one's own does not compile:
///
/// ```compile_fail,E0277
/// use placewise::view::View;
/// #[derive(serde::Serialize)]
/// struct Own;
/// fn template<V: View>() -> &'static str {
///     V::TEMPLATE
/// }
/// impl View for Own { const TEMPLATE: &'static str = "home.html"; }
/// ```
pub trait View: Serialize + sealed::Sealed {
    /// File name of its template.
    const TEMPLATE: &'static str;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! view {
    ($name:ty, $template:literal) => {
        impl crate::view::sealed::Sealed for $name {}
        impl crate::view::View for $name {
            const TEMPLATE: &'static str = $template;
        }
    };
}
use view;

/// Everything pages are made from.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    /// What may be told.
    pub publication: &'a Publication,
    /// Texts.
    pub narrative: &'a Narrative,
    /// Providers and services, sorted and grouped once.
    pub catalogue: &'a Catalogue,
}

/// A link with its words.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    /// Its words.
    pub label: String,
    /// Its target, relative to the page.
    pub href: String,
}

/// A link with a number of things behind it.
#[derive(Clone, Debug, Serialize)]
pub struct Count {
    /// Its words.
    pub label: String,
    /// Its target, relative to the page.
    pub href: String,
    /// How many things are there.
    pub count: usize,
}

/// One line of a list of facts. No text means "Not stated".
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// What it is about.
    pub label: String,
    /// The fact.
    pub text: Option<String>,
    /// Where it leads.
    pub href: Option<String>,
    /// What else should be known.
    pub note: Option<String>,
    /// The figure that the text is, if it is one.
    pub figure: Option<figure::FigureView>,
}

impl Fact {
    /// A fact that leads nowhere.
    pub fn new(label: &str, text: Option<String>) -> Fact {
        Fact { label: label.to_owned(), text, href: None, note: None, figure: None }
    }

    /// A fact that is a figure.
    pub fn figure(label: &str, figure: figure::FigureView) -> Fact {
        Fact { figure: Some(figure.clone()), ..Fact::new(label, Some(figure.text)) }
    }

    /// Makes it a link.
    pub fn to(self, href: Option<String>) -> Fact {
        Fact { href, ..self }
    }

    /// Adds a remark.
    pub fn note(self, note: Option<String>) -> Fact {
        Fact { note, ..self }
    }
}

impl Link {
    /// A link from one page to another.
    pub fn between(from: &Address, label: impl Into<String>, to: &Address) -> Link {
        Link { label: label.into(), href: from.to(to) }
    }
}
