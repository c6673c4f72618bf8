//! The finished site: a sorted map from address to recipe, and how a recipe becomes bytes.
//!
//! A [`Site`] is a value, not a machine: rendering an address is pure and can be done in any order,
//! on any thread, or only when somebody asks for it. Nothing here writes a file. Start reading at
//! [`assemble`].

mod errands;
mod links;
mod open_data;
mod render;
mod routes;
mod sitemap;
mod texts;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostics::{Diagnostic, Outcome, has_errors};
use crate::evidence::disclosure::{AreaId, Audit, LevelId, OpportunityId, ProviderId, Publication};
use crate::narrative::Narrative;
use crate::search;
use crate::sources::SourceSet;
use crate::theme::Theme;
use crate::view::Material;
use crate::view::address::Address;
use crate::view::catalogue::{Catalogue, Facet};
use crate::view::check_form;
use crate::view::data_sets::{DataSet, FileKind};
use crate::view::finder::{self, Part};
use crate::view::frame;
use crate::view::gap_lines::{self, GapLine};
use crate::view::side_by_side;

pub use crate::evidence::disclosure::Sheet;
pub use errands::{Errand, Traced};
pub use links::audit;

/// A page that is rendered when it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    Home,
    Directory(Option<Facet>, usize),
    Compare,
    Provider(ProviderId),
    Service(ProviderId, usize),
    Gaps,
    Gap(LevelId),
    ListedGap(String),
    Check,
    CheckLevel(LevelId),
    Ladder,
    Areas,
    Area(AreaId),
    Opportunities,
    Opportunity(OpportunityId),
    Statement,
    Chapter(usize),
    Whole,
    Text(usize),
    Method,
    Withheld,
    Data,
    Accessibility,
    Privacy,
    NotFound,
}

/// How the bytes at an address are made.
#[derive(Clone, Debug)]
pub(crate) enum Recipe {
    /// A page, rendered on demand.
    Page(Page),
    /// A file of open data, made on demand.
    Download(DataSet, FileKind),
    /// The index of the search, whole or of one part, made on demand.
    SearchIndex(Option<Part>),
    /// The list of the parts of a long directory.
    SearchParts,
    /// The records that the check of a service can start from, made on demand.
    Records,
    /// Services of one file for the page that puts services side by side.
    SideBySide(usize),
    /// A file that was made while the site was assembled.
    Bytes(Arc<[u8]>),
}

/// Everything that will be served or written.
pub struct Site {
    sources: Arc<SourceSet>,
    publication: Publication,
    narrative: Narrative,
    catalogue: Catalogue,
    theme: Theme,
    stylesheet: Address,
    routes: BTreeMap<Address, Recipe>,
}

/// Puts the parts together: gives every page its address, makes the downloads, checks that no two
/// pages want one address and that links in texts lead somewhere.
pub fn assemble(
    sources: Arc<SourceSet>,
    publication: Publication,
    narrative: Narrative,
    theme: Theme,
) -> Outcome<Site> {
    let catalogue = Catalogue::new(&publication);
    let stylesheet = routes::fingerprinted("site", theme.stylesheet(), "css");
    let mut site = Site {
        sources,
        publication,
        narrative,
        catalogue,
        theme,
        stylesheet,
        routes: BTreeMap::new(),
    };
    let mut diagnostics = routes::fill(&mut site);
    diagnostics.extend(links::check_texts(&site));
    match has_errors(&diagnostics) {
        true => Outcome::failed(diagnostics),
        false => Outcome::new(site, diagnostics),
    }
}

impl Site {
    /// All addresses in order.
    pub fn addresses(&self) -> impl ExactSizeIterator<Item = &Address> {
        self.routes.keys()
    }

    /// The address at a path from the root, such as `/gaps/`.
    pub fn address_of_path(&self, path: &str) -> Option<&Address> {
        self.routes.get_key_value(&Address::new(path)).map(|(address, _)| address)
    }

    /// The bytes at an address, or `None` when nothing stands there.
    ///
    /// Errors when a template of the theme cannot be rendered.
    pub fn bytes(&self, address: &Address) -> Option<Result<Vec<u8>, Box<Diagnostic>>> {
        let recipe = self.routes.get(address)?;
        Some(match recipe {
            Recipe::Bytes(bytes) => Ok(bytes.to_vec()),
            Recipe::Download(set, kind) => Ok(open_data::bytes(self, *set, *kind)),
            Recipe::SearchIndex(part) => {
                Ok(search::index(&finder::finder(self.material(), part.as_ref())))
            }
            Recipe::SearchParts => Ok(search::contents(&finder::parts(self.material()))),
            Recipe::SideBySide(file) => {
                Ok(search::side_by_side(&side_by_side::side_by_side(self.material(), *file)))
            }
            Recipe::Records => Ok(search::records(&check_form::records(self.material()))),
            Recipe::Page(page) => render::page(self, address, page).map(String::into_bytes),
        })
    }

    /// The bytes of a file of open data.
    pub fn download(&self, set: DataSet, kind: FileKind) -> Vec<u8> {
        open_data::bytes(self, set, kind)
    }

    /// What stands above a table of it on a terminal: title, day of the figures, what it is not.
    pub fn masthead(&self) -> String {
        frame::masthead(self.material())
    }

    /// The published gaps, line by line.
    pub fn gap_lines(&self) -> Vec<GapLine> {
        gap_lines::lines(self.material())
    }

    /// What is out of date, whom to ask, and where it is written.
    pub fn errands(&self) -> Vec<Errand> {
        errands::errands(self)
    }

    /// The audit that every finished site must pass before anybody gets it.
    pub fn auditor(&self) -> Audit<'_> {
        self.publication.audit()
    }

    /// Makes every file and audits them together. A template that cannot be rendered is told of by
    /// whoever asks for its page.
    pub fn audited(&self) -> Vec<Diagnostic> {
        let auditor = self.auditor();
        let addresses: Vec<&Address> = self.addresses().collect();
        let sheets = addresses
            .into_par_iter()
            .filter_map(|address| {
                let bytes = self.bytes(address)?.ok()?;
                Some(auditor.read(&address.file(), &bytes))
            })
            .collect();
        auditor.judge(sheets)
    }

    /// What may be told.
    pub fn publication(&self) -> &Publication {
        &self.publication
    }

    fn material(&self) -> Material<'_> {
        Material {
            publication: &self.publication,
            narrative: &self.narrative,
            catalogue: &self.catalogue,
        }
    }
}
