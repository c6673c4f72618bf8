//! `site.yaml`: what the publisher says of the site.

use crate::diagnostics::{Code, Diagnostic};
use crate::load::yaml::Text;
use crate::sources::{SourceSet, Span};

use super::super::provider::Contact;
use super::super::record::site::{RawContact, RawEdition, RawFreshness, RawLicence, RawSite};
use super::super::settings::{Edition, Freshness, Licence, Settings, SiteStatus};
use super::check::{Check, plain};
use super::{accessibility, file};

pub(super) fn read(sources: &SourceSet, out: &mut Vec<Diagnostic>) -> Option<Settings> {
    let (id, source, raw) = file::<RawSite>(sources, "data/site.yaml", true, out)?;
    let mut check = Check::new(id, source);
    let settings = settings(&mut check, &raw);
    out.append(&mut check.diagnostics);
    settings
}

fn settings(check: &mut Check, raw: &RawSite) -> Option<Settings> {
    let statuses = [
        ("live", SiteStatus::Live),
        ("example", SiteStatus::Example),
        ("draft", SiteStatus::Draft),
    ];
    let status = check.word("status", Some(&raw.status), &statuses);
    let base_url = check.url(Some(&raw.base_url));
    let edition = edition(check, &raw.edition);
    let accessibility = accessibility::read(check, raw);
    let title = required(check, "title", &raw.title);
    let publisher = required(check, "publisher", &raw.publisher);
    let licence = licence(check, raw.licence.as_ref())?;
    let freshness = freshness(check, raw.freshness.as_ref());
    let feedback = raw.feedback.as_ref().and_then(|text| match text.value.contains('@') {
        true => check.email(Some(text)),
        false => check.url(Some(text)),
    });
    Some(Settings {
        title: title?,
        publisher: publisher?,
        summary: plain(raw.summary.as_ref()).unwrap_or_default(),
        contact: contact(check, Some(&raw.contact)),
        licence,
        status: status?,
        edition: edition?,
        brand_colour: check.colour(raw.brand_colour.as_ref()),
        theme: plain(raw.theme.as_ref()).filter(|name| name != "default"),
        feedback,
        freshness,
        accessibility: accessibility?,
        base_url: base_url.map(|url| if url.ends_with('/') { url } else { format!("{url}/") })?,
    })
}

fn licence(check: &mut Check, raw: Option<&RawLicence>) -> Option<Licence> {
    Some(match raw {
        Some(licence) => {
            Licence { name: licence.name.value.clone(), url: check.url(Some(&licence.url))? }
        }
        None => Licence {
            name: "Open Government Licence v3.0".to_owned(),
            url: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
                .to_owned(),
        },
    })
}

/// After how many days a fact is old; what is not said, or said wrongly, is as usual.
fn freshness(check: &mut Check, raw: Option<&RawFreshness>) -> Freshness {
    let usual = Freshness::default();
    let Some(raw) = raw else {
        return usual;
    };
    let mut limit = |field: &str, text: &Option<Text>, usual: u32| {
        check.count_in(field, text.as_ref(), 1..=3650).unwrap_or(usual)
    };
    let provider_days = limit("provider", &raw.provider, usual.provider_days);
    Freshness {
        provider_days,
        // Without a limit of its own, a service is as old as its provider's record may be.
        service_days: limit("service", &raw.service, provider_days),
        score_days: limit("score", &raw.score, usual.score_days),
        placement_days: limit("placement", &raw.placement, usual.placement_days),
        statement_days: limit("statement", &raw.statement, usual.statement_days),
    }
}

/// A draft that holds people is not for the public: held against another draft, or an edition, it
/// could tell of a person who came or went.
pub(super) fn warn_of_draft(sources: &SourceSet, settings: &Settings, out: &mut Vec<Diagnostic>) {
    let found = sources.find("data/site.yaml").filter(|_| settings.status == SiteStatus::Draft);
    let Some((id, source)) = found else { return };
    let text = source.text();
    let start = text.find("status:").unwrap_or(0);
    let length = text[start..].lines().next().map_or(0, str::len);
    out.push(
        Diagnostic::warning(Code::DraftNotProtected, "this draft is not for the public")
            .at(Span::new(id, start..start + length))
            .label("it holds people placed out of area")
            .help(
                "keep the built site private; what is published is told by an edition, on a site \
                 with `status: live`",
            ),
    );
}

pub(super) fn required(check: &mut Check, field: &str, text: &Text) -> Option<String> {
    let value = plain(Some(text));
    if value.is_none() {
        let span = check.span(text);
        check.push(
            Diagnostic::error(Code::MissingKey, format!("`{field}` is empty"))
                .at(span)
                .help("write a text of at least one letter"),
        );
    }
    value
}

fn edition(check: &mut Check, raw: &RawEdition) -> Option<Edition> {
    let date = check.date(Some(&raw.date));
    let as_at = check.date(Some(&raw.as_at));
    let next_review = check.date(raw.next_review.as_ref());
    check.in_order(("as_at", as_at), ("date", date, Some(&raw.date)));
    check.in_order(("date", date), ("next_review", next_review, raw.next_review.as_ref()));
    let name = required(check, "edition.name", &raw.name);
    Some(Edition { name: name?, date: date?, as_at: as_at?, next_review })
}

/// A contact; the parts that are wrong are told and left out.
pub(super) fn contact(check: &mut Check, raw: Option<&RawContact>) -> Contact {
    let Some(raw) = raw else {
        return Contact::default();
    };
    Contact {
        role: plain(raw.role.as_ref()),
        email: check.email(raw.email.as_ref()),
        phone: check.phone(raw.phone.as_ref()),
    }
}
