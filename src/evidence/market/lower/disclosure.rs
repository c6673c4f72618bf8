//! Figures that `data/disclosure.yaml` names.

use crate::diagnostics::Diagnostic;
use crate::load::yaml::Located;
use crate::sources::SourceSet;

use super::super::record::site::{RawDisclosure, RawFigure};
use super::super::settings::FigureName;
use super::check::Check;
use super::file;
use super::words::Words;

/// Figures that are named.
#[derive(Default)]
pub(super) struct Named {
    /// Those that are not to be told.
    pub(super) never_publish: Vec<FigureName>,
    /// Those that are to be withheld last.
    pub(super) keep: Vec<FigureName>,
}

/// Reads what the file names. What else is wrong with the file `parameters::profile` tells.
pub(super) fn read(sources: &SourceSet, words: &Words, out: &mut Vec<Diagnostic>) -> Named {
    let mut told_already = Vec::new();
    let raw = file::<RawDisclosure>(sources, "data/disclosure.yaml", false, &mut told_already);
    let Some((id, source, raw)) = raw else { return Named::default() };
    let mut check = Check::new(id, source);
    let mut names = |all: Option<Vec<Located<RawFigure>>>| {
        let all = all.into_iter().flatten();
        all.filter_map(|name| figure(&mut check, &name.value, words)).collect()
    };
    let (never_publish, keep) = (names(raw.never_publish), names(raw.keep));
    out.append(&mut check.diagnostics);
    Named { never_publish, keep }
}

/// A figure, unless it names an area, level or need that there is not.
fn figure(check: &mut Check, raw: &RawFigure, words: &Words) -> Option<FigureName> {
    let before = check.diagnostics.len();
    let RawFigure { of, area, level, need } = raw;
    let needs = need.as_ref().map(|need| vec![need.with(need.value.clone())]);
    let area = words.area(check, area.as_ref());
    let level = words.level(check, level.as_ref());
    let need = words.needs(check, needs.as_ref()).and_then(|needs| needs.into_iter().next());
    let is_sound = check.diagnostics.len() == before;
    let name = of.value.trim().to_owned();
    is_sound.then(|| FigureName { span: of.span(check.id), of: name, area, level, need })
}
