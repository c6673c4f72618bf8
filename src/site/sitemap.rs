//! The list of all pages for search engines, in parts when it is long.

use super::{Page, Recipe, Site};
use crate::view::address::Address;
use crate::view::frame;

/// The protocol allows no more addresses in one file.
const LARGEST: usize = 50_000;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The files of the list with their addresses. Long lists become parts under an index.
pub(super) fn files<'a>(
    site: &Site,
    pages: impl Iterator<Item = (&'a Address, &'a Recipe)>,
) -> Vec<(Address, Vec<u8>)> {
    let listed = |recipe: &Recipe| matches!(recipe, Recipe::Page(page) if *page != Page::NotFound);
    let pages: Vec<&Address> =
        pages.filter(|(_, recipe)| listed(recipe)).map(|(address, _)| address).collect();
    let root = Address::new("/sitemap.xml");
    if pages.len() <= LARGEST {
        return vec![(root, list(site, "urlset", "url", &pages))];
    }
    let mut files: Vec<(Address, Vec<u8>)> = pages
        .chunks(LARGEST)
        .enumerate()
        .map(|(index, part)| {
            let address = Address::new(format!("/sitemap-{}.xml", index + 1));
            (address, list(site, "urlset", "url", part))
        })
        .collect();
    let parts: Vec<&Address> = files.iter().map(|(address, _)| address).collect();
    let index = list(site, "sitemapindex", "sitemap", &parts);
    files.push((root, index));
    files
}

fn list(site: &Site, outer: &str, inner: &str, addresses: &[&Address]) -> Vec<u8> {
    let day = site.publication.settings().edition.date;
    let mut xml = format!("{HEAD}<{outer} xmlns=\"{NAMESPACE}\">\n");
    for address in addresses {
        let full = frame::canonical(site.material(), address).replace('&', "&amp;");
        xml.push_str(&format!("<{inner}><loc>{full}</loc><lastmod>{day}</lastmod></{inner}>\n"));
    }
    xml.push_str(&format!("</{outer}>\n"));
    xml.into_bytes()
}
