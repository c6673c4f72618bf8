//! `data/disclosure.yaml`: how small numbers are protected.

use crate::diagnostics::Diagnostic;
use crate::load::yaml::Located;
use crate::sources::SourceSet;

use super::super::record::site::{RawDisclosure, RawFigure};
use super::super::settings::{FigureName, ProfileName};
use super::check::Check;
use super::file;
use super::words::Words;

/// What the publisher says about protection.
#[derive(Default)]
pub(super) struct Disclosure {
    pub(super) profile: ProfileName,
    pub(super) never_publish: Vec<FigureName>,
    pub(super) keep: Vec<FigureName>,
}

/// Reads the file. Without areas and vocabulary, the figures that it names are left alone.
pub(super) fn read(
    sources: &SourceSet,
    words: Option<&Words>,
    out: &mut Vec<Diagnostic>,
) -> Disclosure {
    let profiles = [
        ("nhs-mhsds", ProfileName::NhsMhsds),
        ("nhs-secondary-care", ProfileName::NhsSecondaryCare),
        ("ons-3", ProfileName::Ons3),
        ("ten", ProfileName::Ten),
    ];
    let Some((id, source, raw)) =
        file::<RawDisclosure>(sources, "data/disclosure.yaml", false, out)
    else {
        return Disclosure::default();
    };
    let mut check = Check::new(id, source);
    let profile = check.word("disclosure profile", raw.profile.as_ref(), &profiles);
    let mut names = |all: Option<&Vec<Located<RawFigure>>>| match words {
        Some(words) => {
            let named = all.into_iter().flatten();
            named.filter_map(|name| figure(&mut check, name, words)).collect()
        }
        None => Vec::new(),
    };
    let (never_publish, keep) = (names(raw.never_publish.as_ref()), names(raw.keep.as_ref()));
    out.append(&mut check.diagnostics);
    Disclosure { profile: profile.unwrap_or_default(), never_publish, keep }
}

/// A figure, unless it names an area, level or need that there is not.
fn figure(check: &mut Check, raw: &Located<RawFigure>, words: &Words) -> Option<FigureName> {
    let before = check.diagnostics.len();
    let RawFigure { of, area, level, need } = &raw.value;
    let needs = need.as_ref().map(|need| vec![need.with(need.value.clone())]);
    let area = words.area(check, area.as_ref());
    let level = words.level(check, level.as_ref());
    let need = words.needs(check, needs.as_ref()).and_then(|needs| needs.into_iter().next());
    let is_sound = check.diagnostics.len() == before;
    let of = of.with(of.value.trim().to_owned());
    is_sound.then(|| FigureName { span: of.span(check.id), of: of.value, area, level, need })
}
