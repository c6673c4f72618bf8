//! Do links lead somewhere? Texts are checked at every compile, finished pages by `check`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::Site;
use crate::diagnostics::{Code, Diagnostic, did_you_mean};
use crate::narrative::{Chapter, InternalLink};
use crate::view::address::Address;

/// Checks the links that authors wrote in texts.
pub(super) fn check_texts(site: &Site) -> Vec<Diagnostic> {
    let narrative = &site.narrative;
    let texts = narrative.home.iter().chain(&narrative.chapters).chain(&narrative.pages);
    texts
        .flat_map(|text| text.links.iter().map(move |link| (text, link)))
        .filter_map(|(text, link)| check(site, text, link))
        .collect()
}

fn check(site: &Site, text: &Chapter, link: &InternalLink) -> Option<Diagnostic> {
    // A link to a heading of the same page has no address.
    let target = if link.address.is_empty() { &text.address } else { &link.address };
    let address = Address::new(target.as_str());
    if !site.routes.contains_key(&address) {
        let with_slash = format!("{target}/");
        let known = site.routes.keys().map(Address::as_str);
        let near = match site.routes.contains_key(&Address::new(with_slash.as_str())) {
            true => Some(with_slash.as_str()),
            false => did_you_mean(target, known),
        };
        return Some(
            Diagnostic::error(Code::BrokenLink, format!("there is no page `{target}`"))
                .at(link.span)
                .help(match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "addresses within the site begin and end with a slash".to_owned(),
                }),
        );
    }
    let fragment = link.fragment.as_deref()?;
    let page = site.bytes(&address)?.ok()?;
    let page = String::from_utf8_lossy(&page);
    if page.contains(&format!(" id=\"{fragment}\"")) {
        return None;
    }
    let ids: Vec<Cow<str>> = attributes(&page, " id=\"").collect();
    Some(
        Diagnostic::error(Code::BrokenLink, format!("`{target}` has no heading `#{fragment}`"))
            .at(link.span)
            .help(match did_you_mean(fragment, ids.iter().map(Cow::as_ref)) {
                Some(near) => format!("did you mean `#{near}`?"),
                None => "open the page and copy the address of the heading".to_owned(),
            }),
    )
}

/// Follows every link of every finished page. Returns one line for each that leads nowhere.
///
/// Links come from templates and data, so a broken one is a fault of the theme or of this program;
/// the second value counts the links that were followed.
pub fn audit<'a>(
    pages: impl IntoIterator<Item = (&'a Address, &'a str)>,
    files: &BTreeSet<Address>,
) -> (Vec<String>, usize) {
    let pages: BTreeMap<Address, &str> =
        pages.into_iter().map(|(at, html)| (Address::new(at.as_str()), html)).collect();
    let mut broken = Vec::new();
    let mut followed = 0;
    let ids: BTreeMap<&Address, BTreeSet<Cow<str>>> =
        pages.iter().map(|(at, html)| (at, attributes(html, " id=\"").collect())).collect();
    for (at, html) in &pages {
        for href in attributes(html, " href=\"").chain(attributes(html, " src=\"")) {
            if ["https:", "http:", "mailto:", "tel:"].iter().any(|s| href.starts_with(s)) {
                continue;
            }
            followed += 1;
            let (path, fragment) = match href.split_once('#') {
                // What is written as `name=value` is read by a script, and is no heading.
                Some((path, fragment)) => (path, Some(fragment).filter(|at| !at.contains('='))),
                None => (href.as_ref(), None),
            };
            let path = path.split_once('?').map_or(path, |(path, _)| path);
            let target = resolve(at, path);
            let found = files.contains(&target);
            let anchored = fragment
                .is_none_or(|fragment| ids.get(&target).is_none_or(|ids| ids.contains(fragment)));
            if !found || !anchored {
                broken.push(format!("`{at}` links to `{href}`, and nothing stands there"));
            }
        }
    }
    (broken, followed)
}

/// Where a relative reference leads from a page.
fn resolve(at: &Address, path: &str) -> Address {
    if path.is_empty() {
        return Address::new(at.as_str());
    }
    if let Some(inside) = path.strip_prefix('/') {
        // Links of a page that may answer for any address begin at the root of the host, which may
        // lie above the root of the site.
        let root = at.to_root();
        let inside = path.strip_prefix(root.as_str()).unwrap_or(inside);
        return Address::new(format!("/{inside}"));
    }
    let folder = at.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let mut last = "";
    for part in path.split('/') {
        match part {
            "" | "." => last = "",
            ".." => {
                parts.pop();
                last = "";
            }
            name => {
                parts.push(name);
                last = name;
            }
        }
    }
    let end = if last.is_empty() && !parts.is_empty() { "/" } else { "" };
    Address::new(format!("/{}{end}", parts.join("/")))
}

/// Values of an attribute. `opening` is a space, the name, an equals sign and a quote.
fn attributes<'h>(html: &'h str, opening: &'static str) -> impl Iterator<Item = Cow<'h, str>> {
    html.match_indices(opening).filter_map(move |(at, _)| {
        let rest = &html[at + opening.len()..];
        rest.split_once('"').map(|(value, _)| unescaped(value))
    })
}

/// An attribute's value as a browser reads it.
fn unescaped(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let plain = value
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_lead_where_a_browser_would_go() {
        let at = Address::new("/directory/elm/");
        for (path, expect) in [
            ("../../gaps/", "/gaps/"),
            ("../../", "/"),
            ("../../directory/elm/", "/directory/elm/"),
            ("../../data/a.csv", "/data/a.csv"),
            ("", "/directory/elm/"),
            ("/x/", "/x/"),
        ] {
            assert_eq!(resolve(&at, path).as_str(), expect, "{path}");
        }
        assert_eq!(resolve(&Address::new("/"), "./gaps/").as_str(), "/gaps/");
        let lost = Address::rooted("/404.html", "/market/");
        assert_eq!(resolve(&lost, "/market/gaps/").as_str(), "/gaps/");
        assert_eq!(resolve(&lost, ""), Address::new("/404.html"));
    }
}
