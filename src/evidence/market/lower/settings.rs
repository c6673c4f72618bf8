//! `site.yaml`, `analysis.yaml`, `disclosure.yaml` and `assumptions.yaml`.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic};
use crate::load::yaml::Text;
use crate::sources::{SourceSet, Span};

use super::super::ids::{LevelId, NeedId};
use super::super::parameters::{Assumption, Parameters};
use super::super::provider::Contact;
use super::super::record::site::{
    RawAnalysis, RawAssumption, RawContact, RawDisclosure, RawEdition, RawSite,
};
use super::super::service::Rating;
use super::super::settings::{
    Accessibility, AccessibilityIssue, Compliance, Edition, Enforcement, Freshness, IssueReason,
    Licence, ProfileName, Settings, SiteStatus, Tested,
};
use super::super::vocabulary::Vocabulary;
use super::check::{Check, plain};
use super::{duplicate, file};

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
    if status == Some(SiteStatus::Live) {
        refuse_live(check, &raw.status);
    }
    let base_url = check.url(Some(&raw.base_url));
    let edition = edition(check, &raw.edition);
    let accessibility = accessibility(check, raw);
    let title = required(check, "title", &raw.title);
    let publisher = required(check, "publisher", &raw.publisher);
    let licence = match &raw.licence {
        Some(licence) => Licence {
            name: licence.name.value.clone(),
            url: check.url(Some(&licence.url))?,
        },
        None => Licence {
            name: "Open Government Licence v3.0".to_owned(),
            url: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
                .to_owned(),
        },
    };
    let days = raw.freshness.as_ref();
    let usual = Freshness::default();
    let mut limit = |field: &str, text: Option<&Text>, usual: u32| {
        check.count_in(field, text, 1..=3650).unwrap_or(usual)
    };
    let freshness = Freshness {
        provider_days: limit(
            "provider",
            days.and_then(|d| d.provider.as_ref()),
            usual.provider_days,
        ),
        placement_days: limit(
            "placement",
            days.and_then(|d| d.placement.as_ref()),
            usual.placement_days,
        ),
        statement_days: limit(
            "statement",
            days.and_then(|d| d.statement.as_ref()),
            usual.statement_days,
        ),
    };
    let feedback = raw
        .feedback
        .as_ref()
        .and_then(|text| match text.value.contains('@') {
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
        base_url: base_url.map(|url| {
            if url.ends_with('/') {
                url
            } else {
                format!("{url}/")
            }
        })?,
    })
}

/// Full disclosure control is not part of this version, so nothing real may be published yet.
fn refuse_live(check: &mut Check, at: &Text) {
    let span = check.span(at);
    check.push(
        Diagnostic::error(Code::LiveRefused, "a live site cannot be built yet")
            .at(span)
            .label("refused")
            .help(
                "this version hides small numbers but does not yet prove that they cannot be \
                 worked out from other figures; use `status: draft`",
            ),
    );
}

fn required(check: &mut Check, field: &str, text: &Text) -> Option<String> {
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
    check.in_order(
        ("date", date),
        ("next_review", next_review, raw.next_review.as_ref()),
    );
    let name = required(check, "edition.name", &raw.name);
    Some(Edition {
        name: name?,
        date: date?,
        as_at: as_at?,
        next_review,
    })
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

/// The facts of the accessibility statement; the three the law cannot do without must be there.
fn accessibility(check: &mut Check, raw: &RawSite) -> Option<Accessibility> {
    let incomplete = |check: &mut Check, span: Span, missing: &str, help: &str| {
        check.push(
            Diagnostic::error(
                Code::AccessibilityIncomplete,
                format!("the accessibility statement lacks {missing}"),
            )
            .at(span)
            .help(help),
        );
    };
    let Some(block) = &raw.accessibility else {
        check.push(
            Diagnostic::error(
                Code::AccessibilityIncomplete,
                "there is no accessibility statement",
            )
            .at(Span::start_of(check.id))
            .help("add `accessibility:` with compliance, prepared and contact"),
        );
        return None;
    };
    let at = block.span(check.id);
    let at = Span {
        end: at.start,
        ..at
    };
    let facts = &block.value;
    let grades = [
        ("fully", Compliance::Fully),
        ("partially", Compliance::Partially),
        ("not", Compliance::Not),
    ];
    let compliance = check.word("grade of compliance", facts.compliance.as_ref(), &grades);
    let prepared = check.date(facts.prepared.as_ref());
    let reviewed = check.date(facts.reviewed.as_ref());
    check.in_order(
        ("prepared", prepared),
        ("reviewed", reviewed, facts.reviewed.as_ref()),
    );
    let contact = contact(check, facts.contact.as_ref());
    if facts.compliance.is_none() {
        let help = "write `compliance: fully`, `partially` or `not`";
        incomplete(check, at, "`compliance`", help);
    }
    if facts.prepared.is_none() {
        let help = "write `prepared:` and the day on which it was prepared";
        incomplete(check, at, "`prepared`", help);
    }
    if contact.email.is_none() && contact.phone.is_none() {
        let help = "write `contact: {email: ...}`, so that people can tell you about problems";
        incomplete(check, at, "a `contact` with e-mail or phone", help);
    }
    let issues = issues(check, raw);
    if issues.is_empty() && matches!(compliance, Some(Compliance::Partially | Compliance::Not)) {
        incomplete(
            check,
            at,
            "`issues`, although the site does not fully comply",
            "list under `issues:` what is not accessible, with its reason",
        );
    }
    let enforcers = [
        ("england", Enforcement::EqualityAndHumanRightsCommission),
        ("scotland", Enforcement::EqualityAndHumanRightsCommission),
        ("wales", Enforcement::EqualityAndHumanRightsCommission),
        (
            "northern-ireland",
            Enforcement::EqualityCommissionNorthernIreland,
        ),
    ];
    let tested = facts.tested.as_ref().and_then(|test| {
        let date = check.date(Some(&test.date))?;
        Some(Tested {
            date,
            by: test.by.value.clone(),
            how: test.how.value.clone(),
        })
    });
    Some(Accessibility {
        compliance: compliance?,
        prepared: prepared?,
        reviewed: reviewed.or(prepared)?,
        tested,
        issues,
        alternatives: plain(facts.alternatives.as_ref()).unwrap_or_else(|| {
            "Tell us if you need this content in another form, such as large print, easy read or \
             a recording."
                .to_owned()
        }),
        contact,
        response_days: check
            .count_in("response_days", facts.response_days.as_ref(), 1..=60)
            .unwrap_or(10),
        enforcement: check
            .word(
                "part of the United Kingdom",
                facts.enforcement.as_ref(),
                &enforcers,
            )
            .unwrap_or_default(),
    })
}

fn issues(check: &mut Check, raw: &RawSite) -> Vec<AccessibilityIssue> {
    let reasons = [
        ("non-compliance", IssueReason::NonCompliance),
        (
            "disproportionate-burden",
            IssueReason::DisproportionateBurden,
        ),
        ("out-of-scope", IssueReason::OutOfScope),
    ];
    let block = raw
        .accessibility
        .as_ref()
        .and_then(|block| block.value.issues.as_ref());
    let mut issues = Vec::new();
    for issue in block.into_iter().flatten() {
        if let Some(reason) = check.word("reason", Some(&issue.reason), &reasons) {
            issues.push(AccessibilityIssue {
                what: issue.what.value.clone(),
                criterion: plain(issue.criterion.as_ref()),
                reason,
                plan: plain(issue.plan.as_ref()),
            });
        }
    }
    issues
}

pub(super) fn profile(sources: &SourceSet, out: &mut Vec<Diagnostic>) -> ProfileName {
    let profiles = [
        ("nhs-mhsds", ProfileName::NhsMhsds),
        ("nhs-secondary-care", ProfileName::NhsSecondaryCare),
        ("ons-3", ProfileName::Ons3),
        ("ten", ProfileName::Ten),
    ];
    let Some((id, source, raw)) =
        file::<RawDisclosure>(sources, "data/disclosure.yaml", false, out)
    else {
        return ProfileName::default();
    };
    let mut check = Check::new(id, source);
    let profile = check.word("disclosure profile", raw.profile.as_ref(), &profiles);
    out.append(&mut check.diagnostics);
    profile.unwrap_or_default()
}

pub(super) fn parameters(
    sources: &SourceSet,
    vocabulary: &Vocabulary,
    out: &mut Vec<Diagnostic>,
) -> Parameters {
    let mut parameters = Parameters::default();
    let Some((id, source, raw)) = file::<RawAnalysis>(sources, "data/analysis.yaml", false, out)
    else {
        return parameters;
    };
    let mut check = Check::new(id, source);
    let mut stated = |name: &'static str, value: Option<u32>, place: &mut u32| {
        if let Some(value) = value {
            *place = value;
            parameters.stated.insert(name);
        }
    };
    macro_rules! counts {
        ($($field:ident: $bounds:expr,)+) => {$(
            let value = check.count_in(stringify!($field), raw.$field.as_ref(), $bounds);
            stated(stringify!($field), value, &mut parameters.$field);
        )+};
    }
    counts! {
        wait_days: 0..=3650,
        max_step: 0..=20,
        unknown_vacancy_hi: 0..=100,
        min_people: 5..=100,
        max_people: 5..=1000,
        max_tags: 1..=10,
        max_specs: 1..=10_000,
        weeks_per_year: 52..=53,
    }
    let mut floor = u32::from(parameters.quality_floor);
    stated(
        "quality_floor",
        check.count_in("quality_floor", raw.quality_floor.as_ref(), 0..=10),
        &mut floor,
    );
    parameters.quality_floor = floor as u8;
    if let Some(share) = check.share("full_probability", raw.full_probability.as_ref()) {
        parameters.full_probability = share;
        parameters.stated.insert("full_probability");
    }
    let floors = [
        ("none", None),
        ("inadequate", Some(Rating::Inadequate)),
        ("requires-improvement", Some(Rating::RequiresImprovement)),
    ];
    if let Some(floor) = check.word("regulator floor", raw.regulator_floor.as_ref(), &floors) {
        parameters.regulator_floor = floor;
        parameters.stated.insert("regulator_floor");
    }
    combinations(&mut check, &raw, vocabulary, &mut parameters);
    out.append(&mut check.diagnostics);
    parameters
}

fn combinations(
    check: &mut Check,
    raw: &RawAnalysis,
    vocabulary: &Vocabulary,
    parameters: &mut Parameters,
) {
    let needs = vocabulary.needs.keys().map(NeedId::as_str);
    let levels = vocabulary.levels.keys().map(LevelId::as_str);
    let file = "data/vocabulary.yaml";
    for place in raw.forbidden_pairs.iter().flatten() {
        let pair = &place.value;
        let ids: Vec<NeedId> = pair
            .iter()
            .filter_map(|text| check.reference("need", text, needs.clone(), file))
            .filter_map(NeedId::parse)
            .collect();
        match <[NeedId; 2]>::try_from(ids) {
            Ok([a, b]) => {
                parameters
                    .forbidden_pairs
                    .insert(if a < b { (a, b) } else { (b, a) });
            }
            Err(ids) if ids.len() == pair.len() => {
                let span = place.span(check.id);
                check.push(
                    Diagnostic::error(Code::WrongKind, "a forbidden pair names two needs")
                        .at(span)
                        .help("write it as [one, other]"),
                );
            }
            Err(_) => {}
        }
    }
    for text in raw.any_gender_levels.iter().flatten() {
        let level = check.reference("level", text, levels.clone(), file);
        parameters
            .any_gender_levels
            .extend(level.and_then(LevelId::parse));
    }
    for (need, days) in raw.review_intervals_days.iter().flatten() {
        let named = key_before(check, need, days);
        let id = check
            .reference("need", &named, needs.clone(), file)
            .and_then(NeedId::parse);
        let days = check.count_in("review interval", Some(days), 1..=3650);
        if let (Some(id), Some(days)) = (id, days) {
            parameters.review_intervals_days.insert(id, days);
        }
    }
}

/// A key of a map with its place, which is just before its value.
fn key_before(check: &Check, key: &str, value: &Text) -> Text {
    let before = &check.source().text()[..check.span(value).range().start];
    match before.rfind(key) {
        Some(at) => Text::new(key.to_owned(), at..at + key.len()),
        None => value.with(key.to_owned()),
    }
}

pub(super) fn assumptions(sources: &SourceSet, out: &mut Vec<Diagnostic>) -> Vec<Assumption> {
    let Some((id, source, raw)) =
        file::<Vec<RawAssumption>>(sources, "data/assumptions.yaml", false, out)
    else {
        return Vec::new();
    };
    let mut check = Check::new(id, source);
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    let mut assumptions = Vec::new();
    for record in &raw {
        let Some(slug) = check.slug(&record.id).map(str::to_owned) else {
            continue;
        };
        let here = record.id.span(id);
        if let Some(before) = seen.insert(slug.clone(), here) {
            check.push(duplicate("assumptions", format!("`{slug}`"), here, before));
        }
        assumptions.push(Assumption {
            id: slug,
            value: record.value.value.clone(),
            unit: record.unit.value.clone(),
            source: record.source.value.clone(),
            as_at: check.date(record.as_at.as_ref()),
            note: plain(record.note.as_ref()),
        });
    }
    out.append(&mut check.diagnostics);
    assumptions
}
