//! From a recipe to HTML.

use super::{Page, Site, routes};
use crate::diagnostics::Diagnostic;
use crate::search;
use crate::theme::TemplateFault;
use crate::view::address::Address;
use crate::view::catalogue::Facet;
use crate::view::frame::SiteView;
use crate::view::{
    View, areas, check, check_level, compare, directory, finder_form, frame, gap_level, gaps, home,
    listed_gap, method,
};
use crate::view::{notices, open_data, opportunities, provider, rungs, statement, withheld};

pub(super) type Rendered<T> = Result<T, Box<TemplateFault>>;

/// Renders the page at an address.
pub(super) fn page(site: &Site, at: &Address, page: &Page) -> Result<String, Box<Diagnostic>> {
    let renderer = Renderer { site, at };
    renderer.page(page).map_err(|fault| Box::new(fault.0))
}

/// Renders one page.
pub(super) struct Renderer<'a> {
    pub(super) site: &'a Site,
    pub(super) at: &'a Address,
}

impl Renderer<'_> {
    fn page(&self, page: &Page) -> Rendered<String> {
        let (material, at) = (self.site.material(), self.at);
        match page {
            Page::Home => {
                let text = self.site.narrative.home.as_ref();
                let body = text.map(|text| self.body(&text.body, "")).transpose()?;
                self.render(&home::page(material, at, body))
            }
            Page::Compare => self.render(&compare::page(material, at, &self.script("compare"))),
            Page::Directory(facet, number) => self.directory(facet.as_ref(), *number),
            Page::Provider(id) => {
                let found = material.publication.provider(id);
                self.render(&provider::provider(material, found.expect(LISTED)))
            }
            Page::Service(id, number) => {
                let owner = material.publication.provider(id).expect(LISTED);
                let service = owner.services.get(*number).expect(LISTED);
                self.render(&provider::service(material, owner, service))
            }
            Page::Gaps => self.render(&gaps::overview(material, at)),
            Page::Gap(id) => self.render(&gap_level::page(material, id).expect(LISTED)),
            Page::ListedGap(id) => self.render(&listed_gap::page(material, id).expect(LISTED)),
            Page::Check => self.render(&check::page(material, &self.script("check"))),
            Page::CheckLevel(id) => self.render(&check_level::page(material, id).expect(LISTED)),
            Page::Ladder => self.render(&rungs::page(material, at)),
            Page::Areas => self.render(&areas::overview(material, at)),
            Page::Area(id) => self.render(&areas::area(material, id).expect(LISTED)),
            Page::Opportunities => self.render(&opportunities::overview(material, at)),
            Page::Opportunity(id) => {
                let found = material.publication.opportunity(id).expect(LISTED);
                self.render(&opportunities::page(material, found))
            }
            Page::Statement => self.render(&statement::contents(material, at)),
            Page::Chapter(number) => {
                let body = self.body(&self.site.narrative.chapters[*number].body, "")?;
                self.render(&statement::chapter(material, *number, body).expect(LISTED))
            }
            Page::Whole => {
                let chapters = &self.site.narrative.chapters;
                let bodies: Rendered<Vec<String>> = chapters
                    .iter()
                    .map(|chapter| self.body(&chapter.part, &format!("{}-", chapter.slug)))
                    .collect();
                self.render(&statement::whole(material, at, bodies?))
            }
            Page::Text(number) => {
                let body = self.body(&self.site.narrative.pages[*number].body, "")?;
                self.render(&statement::text(material, *number, body).expect(LISTED))
            }
            Page::Method => self.render(&method::page(material, at)),
            Page::Withheld => self.render(&withheld::withheld(material, at)),
            Page::Data => {
                let files = super::open_data::list(self.site);
                self.render(&open_data::page(material, at, &files))
            }
            Page::Accessibility => self.render(&notices::accessibility(material, at)),
            Page::Privacy => self.render(&notices::privacy(material, at)),
            Page::NotFound => self.render(&notices::not_found(material, at)),
        }
    }

    /// A list of the directory; the search stands on the first page of all.
    fn directory(&self, facet: Option<&Facet>, number: usize) -> Rendered<String> {
        let mut view = directory::page(self.site.material(), facet, number);
        if facet.is_none() && number == 1 {
            let form = finder_form::form(self.site.material());
            let index = search::address(None);
            let scripts = [self.script("fit"), self.script("search"), index];
            view.search = Some(directory::Search::new(self.at, &scripts, form));
        }
        self.render(&view)
    }

    /// Where a script of the theme stands, which is in the folder `assets`.
    fn script(&self, name: &str) -> Address {
        let text = self.site.theme.scripts().get(name);
        routes::script(name, text.map_or("", String::as_str))
    }

    fn render<V: View + HasHead>(&self, view: &V) -> Rendered<String> {
        let frame = self.frame(view.title());
        self.site.theme.page(&self.site.sources, &frame, view)
    }

    pub(super) fn frame(&self, title: &str) -> SiteView {
        let stylesheet = &self.site.stylesheet;
        let (page_script, shortlist_script) = (&self.script("page"), &self.script("shortlist"));
        let files = frame::Files { stylesheet, page_script, shortlist_script };
        frame::site(self.site.material(), self.at, title, files)
    }
}

/// Recipes are made from the same lists that pages look things up in.
pub(super) const LISTED: &str = "a page is only listed for something that exists";

/// Views that begin with a head.
trait HasHead {
    fn title(&self) -> &str;
}

macro_rules! has_head {
    ($($view:ty),+ $(,)?) => {$(
        impl HasHead for $view {
            fn title(&self) -> &str {
                &self.head.title
            }
        }
    )+};
}

has_head!(
    home::Home,
    directory::Directory,
    compare::Compare,
    provider::ProviderPage,
    provider::ServicePage,
    gaps::Gaps,
    gap_level::Gap,
    listed_gap::ListedGap,
    check::Check,
    check_level::CheckLevel,
    rungs::LadderPage,
    areas::Areas,
    areas::AreaPage,
    opportunities::Opportunities,
    opportunities::OpportunityPage,
    statement::Statement,
    statement::ChapterPage,
    statement::Whole,
    statement::TextPage,
    method::Method,
    withheld::Withheld,
    open_data::DataPage,
    notices::AccessibilityPage,
    notices::Privacy,
    notices::NotFound,
);
