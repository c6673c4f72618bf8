//! What every page carries: title, ways through the site, banner, footer.

use serde::Serialize;

use super::address::{self, Address};
use super::figure::FigureView;
use super::words::Day;
use super::{Link, Material, report};
use crate::evidence::disclosure::{Contact, SiteStatus};

/// The places to go; opportunities only if there are any.
const SECTIONS: [(&str, &str); 6] = [
    ("Directory", "directory"),
    ("Gaps", "gaps"),
    ("Areas", "areas"),
    ("Statement", "statement"),
    (OPPORTUNITIES, "opportunities"),
    ("Data", "data"),
];

const OPPORTUNITIES: &str = "Opportunities";

/// What the frame around every page shows.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "each field is named after the setting or page it shows")]
pub struct SiteView {
    pub title: String,
    pub publisher: String,
    pub summary: String,
    pub lang: &'static str,
    pub status: &'static str,
    pub banner: Option<Banner>,
    pub home_href: String,
    pub withheld_href: String,
    pub data_href: String,
    pub stylesheet_href: String,
    pub page_script_href: String,
    pub shortlist_script_href: String,
    pub compare_href: String,
    pub icon_href: String,
    pub nav: Vec<NavItem>,
    pub footer: Vec<Link>,
    pub edition: EditionView,
    pub licence: LicenceView,
    pub contact: ContactView,
    pub feedback_href: String,
    pub generator: &'static str,
}

/// Files that pages name.
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "each is the way to the file it is named after")]
pub struct Files<'a> {
    pub stylesheet: &'a Address,
    pub page_script: &'a Address,
    pub shortlist_script: &'a Address,
}

/// A strip that marks every page of a site that is not live.
#[derive(Clone, Debug, Serialize)]
pub struct Banner {
    /// One word.
    pub label: &'static str,
    /// One sentence.
    pub text: &'static str,
}

/// A place to go.
#[derive(Clone, Debug, Serialize)]
pub struct NavItem {
    /// Its name.
    pub label: &'static str,
    /// Its address.
    pub href: String,
    /// Whether the page belongs to it.
    pub current: bool,
}

/// The edition.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the fields of `Edition`")]
pub struct EditionView {
    pub name: String,
    pub date: Day,
    pub as_at: Day,
    pub next_review: Option<Day>,
    /// Day of publication: on a live site that of its edition, whatever has changed since.
    pub published: Day,
    /// The role that answers for it, on a live site.
    pub signed_off_by: Option<String>,
}

/// The licence.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the fields of `Licence`")]
pub struct LicenceView {
    pub name: String,
    pub url: String,
}

/// Whom to ask.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the fields of `Contact`")]
pub struct ContactView {
    pub role: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub phone_href: Option<String>,
}

impl From<&Contact> for ContactView {
    fn from(contact: &Contact) -> ContactView {
        let digits = |phone: &String| {
            let dialled: String =
                phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            format!("tel:{dialled}")
        };
        ContactView {
            role: contact.role.clone(),
            email: contact.email.clone(),
            phone: contact.phone.clone(),
            phone_href: contact.phone.as_ref().map(digits),
        }
    }
}

/// Title, description and place of one page.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    /// The only heading of the first level.
    pub title: String,
    /// The title of the window, unique on the site.
    pub document_title: String,
    /// What the page is about, for lists of search results.
    pub description: String,
    /// The key of the figure with which the description begins, if it begins with one.
    pub description_key: Option<String>,
    /// Its full address.
    pub canonical: String,
    /// The way to it.
    pub breadcrumbs: Vec<Link>,
    /// Its address from the root.
    pub path: String,
}

impl Head {
    /// Makes the head of a page. `trail` are the sections above it, with their addresses.
    pub fn new(
        material: Material,
        at: &Address,
        title: &str,
        description: &str,
        trail: &[(&str, Address)],
    ) -> Head {
        let settings = material.publication.settings();
        let mut names = vec![title];
        names.extend(trail.iter().rev().map(|(name, _)| *name));
        names.push(&settings.title);
        let crumbs = std::iter::once(("Home", address::home()))
            .chain(trail.iter().map(|(name, to)| (*name, to.clone())))
            .map(|(name, to)| Link::between(at, name, &to))
            .collect();
        Head {
            title: title.to_owned(),
            document_title: names.join(" - "),
            description: description.to_owned(),
            description_key: None,
            canonical: canonical(material, at),
            breadcrumbs: crumbs,
            path: at.to_string(),
        }
    }
}

/// A sentence that begins with a figure, if there is one.
pub fn joined(lead: Option<&FigureView>, words: &str) -> String {
    match lead {
        Some(lead) => format!("{} {words}", lead.phrase),
        None => words.to_owned(),
    }
}

/// Where the icon of the site stands.
pub fn icon() -> Address {
    Address::new("/assets/icon.svg")
}

/// The full address of a page.
pub fn canonical(material: Material, at: &Address) -> String {
    let base = &material.publication.settings().base_url;
    format!("{base}{}", at.as_str().trim_start_matches('/'))
}

/// Makes the frame of the page at an address.
pub fn site(material: Material, at: &Address, title: &str, files: Files) -> SiteView {
    let settings = material.publication.settings();
    let has_opportunities = !material.publication.opportunities().is_empty();
    let nav = SECTIONS
        .into_iter()
        .filter(|(label, _)| *label != OPPORTUNITIES || has_opportunities)
        .map(|(label, name)| {
            let to = address::section(name);
            NavItem { label, current: at.as_str().starts_with(to.as_str()), href: at.to(&to) }
        })
        .collect();
    let footer = [
        ("Accessibility", "accessibility"),
        ("Privacy", "privacy"),
        ("Method and sources", "method"),
        ("What was withheld", "withheld"),
        ("Data downloads", "data"),
    ];
    let mut footer: Vec<Link> = footer
        .into_iter()
        .map(|(label, name)| Link::between(at, label, &address::section(name)))
        .collect();
    footer.extend(
        material
            .narrative
            .pages
            .iter()
            .map(|page| Link::between(at, &page.title, &Address::new(&page.address))),
    );
    let (status, banner) = status(settings.status);
    SiteView {
        title: settings.title.clone(),
        publisher: settings.publisher.clone(),
        summary: settings.summary.clone(),
        lang: "en-GB",
        status,
        banner,
        home_href: at.to(&address::home()),
        withheld_href: at.to(&address::section("withheld")),
        data_href: at.to(&address::section("data")),
        stylesheet_href: at.to(files.stylesheet),
        page_script_href: at.to(files.page_script),
        shortlist_script_href: at.to(files.shortlist_script),
        compare_href: at.to(&address::section("compare")),
        icon_href: at.to(&icon()),
        nav,
        footer,
        edition: edition(material),
        licence: licence(material),
        contact: ContactView::from(&settings.contact),
        feedback_href: report::href(material, at, title),
        generator: concat!("Placewise ", env!("CARGO_PKG_VERSION")),
    }
}

/// Title, publisher and day of the figures in plain text, and the banner of a site that is not
/// live.
pub fn masthead(material: Material) -> String {
    let settings = material.publication.settings();
    let day = Day::from(settings.edition.as_at).text;
    let mut text = format!("{}\n{}\nFigures as at {day}", settings.title, settings.publisher);
    if let (_, Some(banner)) = status(settings.status) {
        text.push_str(&format!("\n{}: {}", banner.label, banner.text));
    }
    text
}

fn edition(material: Material) -> EditionView {
    let edition = &material.publication.settings().edition;
    let signed = material.publication.signed_edition();
    EditionView {
        name: edition.name.clone(),
        date: edition.date.into(),
        as_at: edition.as_at.into(),
        next_review: edition.next_review.map(Day::from),
        published: signed.map_or(edition.date, |signed| signed.date).into(),
        signed_off_by: signed.map(|signed| signed.signed_off_by.clone()),
    }
}

fn licence(material: Material) -> LicenceView {
    let licence = &material.publication.settings().licence;
    LicenceView { name: licence.name.clone(), url: licence.url.clone() }
}

fn status(status: SiteStatus) -> (&'static str, Option<Banner>) {
    match status {
        SiteStatus::Live => ("live", None),
        SiteStatus::Example => (
            "example",
            Some(Banner {
                label: "Example",
                text: "Every organisation, place, person and figure on this site is invented.",
            }),
        ),
        SiteStatus::Draft => (
            "draft",
            Some(Banner {
                label: "Draft",
                text: "This site is being prepared. Do not rely on it or quote from it.",
            }),
        ),
    }
}
