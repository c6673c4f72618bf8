//! Which addresses a site has.

use std::collections::BTreeMap;

use super::{Page, Recipe, Site, open_data, sitemap};
use crate::diagnostics::{Code, Diagnostic};
use crate::search;
use crate::sources::Span;
use crate::view::address::Address;
use crate::view::catalogue::Facet;
use crate::view::{Material, check, check_form, check_level, directory, finder, frame};
use crate::view::{address, side_by_side, statement};

/// A file's name holds a part of its fingerprint, so that it can be cached for good.
pub(super) fn fingerprinted(name: &str, text: &str, ending: &str) -> Address {
    let fingerprint = blake3::hash(text.as_bytes()).to_hex();
    Address::new(format!("/assets/{name}.{}.{ending}", &fingerprint[..12]))
}

/// Where a script of the theme stands.
pub(super) fn script(name: &str, text: &str) -> Address {
    fingerprinted(name, text, "js")
}

/// Fills the map of a site. Returns a diagnostic for every address that two pages want.
pub(super) fn fill(site: &mut Site) -> Vec<Diagnostic> {
    let mut table = Table::default();
    pages(site, &mut table);
    for (set, kind) in open_data::all(site) {
        let recipe = Recipe::Download(set, kind);
        table.add(open_data::address(set, kind), recipe, None);
    }
    table.add(site.stylesheet.clone(), bytes(site.theme.stylesheet().as_bytes().to_vec()), None);
    for (name, text) in site.theme.scripts() {
        table.add(script(name, text), bytes(text.as_bytes().to_vec()), None);
    }
    if check_form::has_records(site.material()) {
        table.add(check_form::records_address(), Recipe::Records, None);
    }
    for file in 0..site.catalogue.files.len() {
        table.add(side_by_side::address(file), Recipe::SideBySide(file), None);
    }
    search_indexes(site, &mut table);
    table.add(frame::icon(), bytes(site.theme.icon().into()), None);
    table.add(Address::new("/robots.txt"), bytes(robots(site)), None);
    for (address, content) in sitemap::files(site, table.routes.iter()) {
        table.add(address, bytes(content), None);
    }
    site.routes = table.routes;
    table.diagnostics
}

fn search_indexes(site: &Site, table: &mut Table) {
    let parts = finder::parts(site.material());
    let whole = match parts.is_empty() {
        true => Recipe::SearchIndex(None),
        false => Recipe::SearchParts,
    };
    table.add(search::address(None), whole, None);
    for part in parts {
        let address = search::address(Some(&part.id));
        table.add(address, Recipe::SearchIndex(Some(part.part)), None);
    }
}

fn bytes(bytes: Vec<u8>) -> Recipe {
    Recipe::Bytes(bytes.into())
}

/// Addresses given out so far.
#[derive(Default)]
struct Table {
    routes: BTreeMap<Address, Recipe>,
    /// Lower-case form of every address, because some file systems know no capitals.
    taken: BTreeMap<String, Option<Span>>,
    diagnostics: Vec<Diagnostic>,
}

impl Table {
    fn add(&mut self, address: Address, recipe: Recipe, place: Option<Span>) {
        let folded = address.as_str().to_lowercase();
        if let Some(before) = self.taken.get(&folded) {
            let mut diagnostic = Diagnostic::error(
                Code::AddressTaken,
                format!("two pages want the address `{address}`"),
            )
            .help(match before {
                Some(_) => "change the id or the file name of one of the two",
                None => "choose another name; every site has a page of its own there",
            });
            diagnostic.span = place.or(*before);
            if let (Some(_), Some(before)) = (place, before) {
                diagnostic = diagnostic.also(*before, "the other page");
            }
            self.diagnostics.push(diagnostic);
            return;
        }
        self.taken.insert(folded, place);
        self.routes.insert(address, recipe);
    }

    fn page(&mut self, address: Address, page: Page) {
        self.add(address, Recipe::Page(page), None);
    }
}

fn pages(site: &Site, table: &mut Table) {
    table.page(address::home(), Page::Home);
    let sections = [
        ("gaps", Page::Gaps),
        ("areas", Page::Areas),
        ("statement", Page::Statement),
        ("method", Page::Method),
        ("compare", Page::Compare),
        ("withheld", Page::Withheld),
        ("data", Page::Data),
        ("accessibility", Page::Accessibility),
        ("privacy", Page::Privacy),
    ];
    for (name, page) in sections {
        table.page(address::section(name), page);
    }
    table.page(not_found_address(site.material()), Page::NotFound);
    directory_pages(site, table);
    for level in site.publication.vocabulary().levels.keys() {
        table.page(address::gap(level), Page::Gap(level.clone()));
    }
    for gap in site.publication.gaps().listed() {
        table.page(address::listed_gap(gap.id()), Page::ListedGap(gap.id().to_owned()));
    }
    table.page(check::address(), Page::Check);
    for level in site.publication.vocabulary().levels.keys() {
        if check_level::is_wanted(&site.publication, level) {
            table.page(check_level::address_of(level), Page::CheckLevel(level.clone()));
        }
    }
    table.page(address::ladder(), Page::Ladder);
    for area in site.publication.areas().iter() {
        table.page(address::area(&area.id), Page::Area(area.id.clone()));
    }
    opportunity_pages(site, table);
    if !site.narrative.chapters.is_empty() {
        table.page(statement::whole_address(), Page::Whole);
    }
    let chapters = site.narrative.chapters.iter().enumerate();
    for (number, chapter) in chapters {
        let recipe = Recipe::Page(Page::Chapter(number));
        table.add(Address::new(&chapter.address), recipe, Some(chapter.place));
    }
    for (number, page) in site.narrative.pages.iter().enumerate() {
        let recipe = Recipe::Page(Page::Text(number));
        table.add(Address::new(&page.address), recipe, Some(page.place));
    }
}

fn opportunity_pages(site: &Site, table: &mut Table) {
    let opportunities = site.publication.opportunities();
    if !opportunities.is_empty() {
        table.page(address::section("opportunities"), Page::Opportunities);
    }
    for opportunity in opportunities {
        let file = format!("data/opportunities/{}.yaml", opportunity.id);
        let place = site.sources.find(&file).map(|(id, _)| Span::start_of(id));
        let page = Recipe::Page(Page::Opportunity(opportunity.id.clone()));
        table.add(address::opportunity(&opportunity.id), page, place);
    }
}

fn directory_pages(site: &Site, table: &mut Table) {
    let mut lists: Vec<(Option<Facet>, usize)> = vec![(None, site.catalogue.providers.len())];
    lists.extend(site.catalogue.groups().map(|(facet, list)| (Some(facet.clone()), list.len())));
    for (facet, members) in lists {
        for number in 1..=directory::pages(members) {
            let at = directory::address(facet.as_ref(), number);
            table.page(at, Page::Directory(facet.clone(), number));
        }
    }
    for provider in site.publication.providers() {
        let file = format!("data/providers/{}.yaml", provider.id);
        let place = site.sources.find(&file).map(|(id, _)| Span::start_of(id));
        let page = Recipe::Page(Page::Provider(provider.id.clone()));
        table.add(address::provider(&provider.id), page, place);
        for (number, service) in provider.services.iter().enumerate() {
            let page = Recipe::Page(Page::Service(provider.id.clone(), number));
            table.add(address::service(&provider.id, &service.id), page, place);
        }
    }
}

/// The page for addresses that do not exist can be asked for at any depth, so its links must begin
/// at the root of the host.
fn not_found_address(material: Material) -> Address {
    let base = &material.publication.settings().base_url;
    let path = base.split_once("://").map_or("", |(_, rest)| rest);
    let path = path.split_once('/').map_or("", |(_, path)| path);
    Address::rooted("/404.html", format!("/{path}"))
}

fn robots(site: &Site) -> Vec<u8> {
    use crate::evidence::disclosure::SiteStatus;
    let rule = match site.publication.settings().status {
        SiteStatus::Live => "Allow: /",
        SiteStatus::Example | SiteStatus::Draft => "Disallow: /",
    };
    let map = frame::canonical(site.material(), &Address::new("/sitemap.xml"));
    format!("User-agent: *\n{rule}\nSitemap: {map}\n").into_bytes()
}
