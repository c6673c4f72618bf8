//! What a browser gets at an address: a page of the last good site, or what is wrong.

use std::sync::{Arc, PoisonError, RwLock};

use super::reload::{self, Listeners};
use crate::diagnostics::{Diagnostic, Failure, Severity, render};
use crate::site::Site;
use crate::sources::SourceSet;
use crate::view::address::Address;

/// Why the site folder as it is now makes no site, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// `file:line:column` of the first error.
    pub place: Option<String>,
    /// The report, as in a terminal without colour.
    pub text: String,
}

impl Trouble {
    /// Tells diagnostics, errors before warnings.
    pub fn of(sources: &SourceSet, diagnostics: &[Diagnostic]) -> Trouble {
        let mut ordered = diagnostics.to_vec();
        ordered.sort_by_key(|diagnostic| diagnostic.severity);
        let first = ordered.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
        let place = first.and_then(|diagnostic| diagnostic.span).map(|span| sources.place(span));
        Trouble { place, text: render::report(sources, &ordered, render::Style::Plain) }
    }
}

impl From<&Failure> for Trouble {
    fn from(failure: &Failure) -> Trouble {
        Trouble { place: None, text: failure.to_string() }
    }
}

/// The one shared value of the preview: what is shown now, and who wants to hear of changes.
pub struct Preview {
    shown: RwLock<Arc<Shown>>,
    pub(super) listeners: Listeners,
}

/// What is shown between two changes; requests keep the one they began with.
pub(super) struct Shown {
    site: Option<Arc<GoodSite>>,
    sources: Arc<SourceSet>,
    trouble: Option<Trouble>,
    version: String,
}

/// A site and what would have to be searched for at each request.
struct GoodSite {
    site: Site,
    /// The page for addresses that do not exist.
    not_found: Option<Address>,
    /// Where the site will stand on its host, without the last slash: `/market`, or nothing.
    base: String,
}

/// An answer of the preview, but for what all answers have in common.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) kind: &'static str,
    pub(super) location: Option<String>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// A few words.
    pub(super) fn plain(status: u16, text: &str) -> Answer {
        Answer {
            status,
            kind: content_type("x.txt"),
            location: None,
            body: format!("{text}\n").into_bytes(),
        }
    }

    fn file(status: u16, name: &str, body: Vec<u8>) -> Answer {
        Answer { status, kind: content_type(name), location: None, body }
    }
}

impl Preview {
    /// A preview that has nothing to show yet.
    pub fn new() -> Preview {
        Preview {
            shown: RwLock::new(Arc::new(Shown {
                site: None,
                sources: Arc::default(),
                trouble: None,
                version: String::new(),
            })),
            listeners: Listeners::new(),
        }
    }

    /// Shows a new site, made from these sources.
    ///
    /// `version` is the same whenever the sources are the same: an edit that is taken back gives
    /// the bytes that were there before.
    pub fn show_site(&self, site: Site, sources: Arc<SourceSet>, version: &str) {
        let good = Arc::new(GoodSite::new(site));
        self.swap(Shown { site: Some(good), sources, trouble: None, version: version.to_owned() });
    }

    /// Keeps the last good site and lays the trouble over it.
    pub fn show_trouble(&self, trouble: Trouble, version: &str) {
        let last = self.shown();
        self.swap(Shown {
            site: last.site.clone(),
            sources: Arc::clone(&last.sources),
            trouble: Some(trouble),
            version: version.to_owned(),
        });
    }

    fn swap(&self, shown: Shown) {
        let version = shown.version.clone();
        let new = Arc::new(shown);
        let old = {
            let mut current = self.shown.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *current, new)
        };
        self.listeners.tell(&version);
        // Taking a large site apart takes time; nobody should wait for it.
        drop(old);
    }

    pub(super) fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Default for Preview {
    fn default() -> Preview {
        Preview::new()
    }
}

impl Shown {
    /// The answer to a decoded path. `query` goes along when the browser is sent elsewhere.
    pub(super) fn answer(&self, path: &str, query: Option<&str>) -> Answer {
        match path.strip_prefix(reload::OWN_PATH) {
            Some("reload.js") => return Answer::file(200, "x.js", reload::SCRIPT.into()),
            Some("overlay.css") => return Answer::file(200, "x.css", reload::STYLE.into()),
            Some(_) => return Answer::plain(404, "not found"),
            None => {}
        }
        let Some(good) = &self.site else {
            return self.unbuilt(self.trouble.as_ref());
        };
        if let Some(address) = good.find(path) {
            return self.page(good, address, 200);
        }
        let with_slash = format!("{path}/");
        if good.find(&with_slash).is_some() {
            let query = query.map_or_else(String::new, |query| format!("?{query}"));
            return Answer {
                location: Some(format!("{with_slash}{query}")),
                ..Answer::plain(301, "the address ends with a slash")
            };
        }
        match &good.not_found {
            Some(address) => self.page(good, address, 404),
            None => Answer::plain(404, "not found"),
        }
    }

    fn page(&self, good: &GoodSite, address: &Address, status: u16) -> Answer {
        let file = address.file();
        match good.site.bytes(address) {
            Some(Ok(bytes)) if file.ends_with(".html") => {
                let bytes = reload::add_to(bytes, &self.version, self.trouble.as_ref());
                Answer::file(status, &file, bytes)
            }
            Some(Ok(bytes)) => Answer::file(status, &file, bytes),
            // A template can parse and yet fail on the values of one page.
            Some(Err(diagnostic)) => {
                let trouble = Trouble::of(&self.sources, &[*diagnostic]);
                self.unbuilt(Some(&trouble))
            }
            None => Answer::plain(404, "not found"),
        }
    }

    fn unbuilt(&self, trouble: Option<&Trouble>) -> Answer {
        let waiting = Trouble { place: None, text: "The site is being built.".to_owned() };
        let body = reload::trouble_page(&self.version, trouble.unwrap_or(&waiting));
        Answer::file(500, "x.html", body)
    }
}

impl GoodSite {
    fn new(site: Site) -> GoodSite {
        let not_found = site.address_of_path("/404.html").cloned();
        let root = not_found.as_ref().map_or("/".to_owned(), Address::to_root);
        GoodSite { site, not_found, base: root.trim_end_matches('/').to_owned() }
    }

    /// The page or file at a path. The preview stands at the root of its host; links that begin
    /// with the place the site will have on its own host lead to the same pages.
    fn find(&self, path: &str) -> Option<&Address> {
        let inside = match self.base.as_str() {
            "" => None,
            base => path.strip_prefix(base).filter(|rest| rest.starts_with('/')),
        };
        let at = |path| self.site.address_of_path(path);
        at(path).or_else(|| at(inside?))
    }
}

/// The content type of a file, by its name alone.
fn content_type(name: &str) -> &'static str {
    let kind = name.rsplit_once('.').map_or("", |(_, kind)| kind);
    match kind {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "json" | "geojson" | "webmanifest" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}
