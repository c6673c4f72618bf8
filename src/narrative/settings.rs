//! The settings at the top of a text, and its place on the site.

use jiff::civil::Date;
use serde::Deserialize;

use super::{Chapter, markdown};
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::evidence::disclosure::{Publication, SiteStatus};
use crate::load::front_matter;
use crate::load::yaml::Text;
use crate::sources::{Source, SourceId, Span};

/// Settings as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSettings {
    title: Text,
    order: Option<Text>,
    summary: Option<Text>,
    owner: Option<Text>,
    as_at: Option<Text>,
    review_by: Option<Text>,
    covers: Option<Vec<Text>>,
    status: Option<Text>,
    path: Option<Text>,
}

/// Order of a chapter: its number, then its file.
pub(super) type Order = (u32, String);

/// Reads one text. Absent when its settings cannot be read.
pub(super) fn chapter(
    id: SourceId,
    source: &Source,
    publication: Option<&Publication>,
    out: &mut Vec<Diagnostic>,
) -> Option<(Order, Chapter)> {
    let page = match front_matter::parse::<RawSettings>(id, source) {
        Ok(page) => page,
        Err(diagnostic) => {
            out.push(*diagnostic);
            return None;
        }
    };
    let raw = page.settings;
    let order = order(id, raw.order.as_ref(), out);
    let slug = slug(id, source, raw.path.as_ref(), out)?;
    let address = address(source.path(), &slug);
    let as_at = date(id, raw.as_at.as_ref(), out);
    let review_by = date(id, raw.review_by.as_ref(), out);
    if let (Some(as_at), Some(review_by), Some(text)) = (as_at, review_by, &raw.review_by)
        && review_by < as_at
    {
        out.push(
            Diagnostic::error(Code::DateOrder, "`review_by` lies before `as_at`")
                .at(text.span(id))
                .help("correct the date that is wrong"),
        );
    }
    let is_draft = status(id, raw.status.as_ref(), out);
    let mut text = markdown::read(id, source, page.body_start, &address, &slug, publication);
    soften_in_drafts(publication, &mut text.diagnostics);
    out.append(&mut text.diagnostics);
    let plain = |text: &Option<Text>| {
        text.as_ref().map(|text| text.value.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let chapter = Chapter {
        title: raw.title.value.trim().to_owned(),
        summary: plain(&raw.summary),
        owner: plain(&raw.owner),
        as_at,
        review_by,
        covers: raw.covers.into_iter().flatten().map(|text| text.value).collect(),
        is_draft,
        contents: text.headings,
        body: text.body,
        part: text.part,
        place: Span::start_of(id),
        links: text.links,
        slug,
        address,
    };
    Some(((order, source.path().to_owned()), chapter))
}

fn soften_in_drafts(publication: Option<&Publication>, diagnostics: &mut [Diagnostic]) {
    let draft = publication.is_some_and(|p| p.settings().status == SiteStatus::Draft);
    for diagnostic in diagnostics {
        if draft && diagnostic.code == Code::PlaceholderText {
            diagnostic.severity = Severity::Warning;
        }
    }
}

fn order(id: SourceId, text: Option<&Text>, out: &mut Vec<Diagnostic>) -> u32 {
    let Some(text) = text else { return u32::MAX };
    text.value.trim().parse().unwrap_or_else(|_| {
        out.push(
            Diagnostic::error(Code::WrongKind, format!("`{}` is not a whole number", text.value))
                .at(text.span(id))
                .help("number the chapters 1, 2, 3 and so on"),
        );
        u32::MAX
    })
}

fn date(id: SourceId, text: Option<&Text>, out: &mut Vec<Diagnostic>) -> Option<Date> {
    let text = text?;
    let date = text.value.trim().parse().ok().filter(|_| text.value.trim().len() == 10);
    if date.is_none() {
        out.push(
            Diagnostic::error(
                Code::MalformedDate,
                format!("`{}` is not a date of the calendar", text.value),
            )
            .at(text.span(id))
            .help("write dates as year-month-day, such as 2026-10-31"),
        );
    }
    date
}

fn status(id: SourceId, text: Option<&Text>, out: &mut Vec<Diagnostic>) -> bool {
    match text.map(|text| (text, text.value.trim())) {
        None | Some((_, "final")) => false,
        Some((_, "draft")) => true,
        Some((text, other)) => {
            out.push(
                Diagnostic::error(Code::UnknownWord, format!("`{other}` is not a status"))
                    .at(text.span(id))
                    .help("write `draft` or `final`"),
            );
            false
        }
    }
}

/// The last part of the address: `path`, or the file name without its number.
fn slug(
    id: SourceId,
    source: &Source,
    path: Option<&Text>,
    out: &mut Vec<Diagnostic>,
) -> Option<String> {
    if source.path() == "content/index.md" {
        return Some(String::new());
    }
    let stem = source.stem();
    let unnumbered = stem.trim_start_matches(|c: char| c.is_ascii_digit());
    let name = match unnumbered.strip_prefix(['-', '_']) {
        Some(name) if unnumbered.len() < stem.len() => name,
        _ => stem,
    };
    let (slug, span, what) = match path {
        Some(text) => (text.value.trim().trim_matches('/'), text.span(id), "path"),
        None => (name, Span::start_of(id), "file name"),
    };
    let plain = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b))
    };
    if plain(slug) {
        return Some(slug.to_owned());
    }
    out.push(
        Diagnostic::error(Code::MalformedId, format!("`{slug}` cannot be part of an address"))
            .at(span)
            .help(format!("use lower-case letters, digits and hyphens in the {what}")),
    );
    None
}

fn address(path: &str, slug: &str) -> String {
    match path {
        "content/index.md" => "/".to_owned(),
        path if path.starts_with("content/statement/") => format!("/statement/{slug}/"),
        _ => format!("/{slug}/"),
    }
}
