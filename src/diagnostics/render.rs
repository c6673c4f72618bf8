//! Diagnostics as text for a terminal, a log or the preview page.
//!
//! Snippets are masked where they hold what is about people: the place is shown, the value is not,
//! because continuous-integration logs are often public.

use std::fmt::Write as _;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::mask::{Hides, Masked, scrub};
use super::{Code, Diagnostic, Severity};
use crate::sources::{LineColumn, SourceSet, Span};

/// At most this many diagnostics are printed in full; the rest are counted.
pub const SHOWN_AT_MOST: usize = 20;

/// Whether to colour the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Letters only, for logs, files and the preview page.
    Plain,
    /// Colour and line drawing, for a terminal.
    Coloured,
}

/// Renders up to [`SHOWN_AT_MOST`] diagnostics and a last line that counts them all.
pub fn report(sources: &SourceSet, diagnostics: &[Diagnostic], style: Style) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics.iter().take(SHOWN_AT_MOST) {
        text.push_str(&one(sources, diagnostic, style));
        text.push_str("\n\n");
    }
    text.push_str(&count_line(diagnostics));
    text
}

/// Renders one diagnostic with its snippets and its ways out.
pub fn one(sources: &SourceSet, diagnostic: &Diagnostic, style: Style) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group =
        Group::with_title(level.primary_title(scrub(&diagnostic.message)).id(diagnostic.code.id()));
    let mut places = Vec::new();
    if let Some(span) = diagnostic.span {
        let excerpt = Excerpt::of(sources, span, diagnostic.code);
        places.push(excerpt.places());
        group = group.element(excerpt.snippet(AnnotationKind::Primary, &diagnostic.label));
    }
    for label in &diagnostic.labels {
        let excerpt = Excerpt::of(sources, label.span, diagnostic.code);
        places.push(excerpt.places());
        group = group.element(excerpt.snippet(AnnotationKind::Context, &label.text));
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(scrub(help)));
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled().decor_style(DecorStyle::Unicode),
    };
    let mut text = renderer.render(&[group]);
    for (shown, real) in places.iter().filter(|(shown, real)| shown != real) {
        text = text.replacen(shown, real, 1);
    }
    text
}

/// "3 errors and 1 warning" with a pointer to the long explanation of the first code.
pub fn count_line(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    let warnings = diagnostics.len() - errors;
    let mut line = match (errors, warnings) {
        (0, 0) => return "No errors or warnings".to_owned(),
        (0, _) => plural(warnings, "warning"),
        (_, 0) => plural(errors, "error"),
        _ => format!("{} and {}", plural(errors, "error"), plural(warnings, "warning")),
    };
    if diagnostics.len() > SHOWN_AT_MOST {
        let _ = write!(line, "; the first {SHOWN_AT_MOST} are shown");
    }
    if let Some(first) = diagnostics.first() {
        let _ = write!(line, ". `placewise explain {}` says more", first.code.id());
    }
    line
}

fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// The line of a span, with what must not be told masked.
struct Excerpt {
    path: String,
    place: String,
    text: String,
    at: LineColumn,
    range: std::ops::Range<usize>,
}

impl Excerpt {
    fn of(sources: &SourceSet, span: Span, code: Code) -> Excerpt {
        let source = sources.get(span.source);
        let text = source.text();
        let start = floor_boundary(text, span.start as usize);
        let end = floor_boundary(text, (span.end as usize).max(start)).max(start);
        let from = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let to = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
        let line = text[from..to].trim_end_matches('\r');
        let clip = |at: usize| at.min(from + line.len()) - from;
        let hides = match code {
            // A line with personal details may hold more of them than those that were found.
            Code::PersonalData if !source.is_sensitive() => Hides::Line,
            Code::SmallNumberTyped => Hides::Numbers,
            Code::PersonalEmail => Hides::Part(clip(start)..clip(end)),
            _ => Hides::Nothing,
        };
        let shown = Masked::line(source, from..from + line.len(), &hides);
        Excerpt {
            path: source.shown_path().to_owned(),
            place: sources.place(span),
            range: shown.range(clip(start)..clip(end)),
            at: LineColumn::of(text, start),
            text: shown.text,
        }
    }

    /// The place as the renderer tells it, which counts in the masked line, and as it is.
    fn places(&self) -> (String, String) {
        let shown = self.text[..self.range.start.min(self.text.len())].chars().count() + 1;
        (format!("{}:{}:{shown}", self.path, self.at.line), self.place.clone())
    }

    fn snippet<'a>(
        self,
        kind: AnnotationKind,
        label: &str,
    ) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let mut annotation = kind.span(self.range);
        if !label.is_empty() {
            annotation = annotation.label(scrub(label));
        }
        Snippet::source(self.text).line_start(self.at.line).path(self.path).annotation(annotation)
    }
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::{Source, SourceId};

    #[test]
    fn a_report_names_code_file_line_and_column() {
        let sources = SourceSet::new([Source::new("data/site.yaml", "title: x\ntitel: y\n")]);
        let diagnostic = Diagnostic::error(Code::UnknownKey, "unknown key `titel`")
            .at(Span::new(SourceId(0), 9..14))
            .label("not a key of this file")
            .help("did you mean `title`?");
        let text = report(&sources, &[diagnostic], Style::Plain);
        assert!(text.contains("error[MPS011]: unknown key `titel`"), "{text}");
        assert!(text.contains("data/site.yaml:2:1"), "{text}");
        assert!(text.contains("1 error. `placewise explain MPS011` says more"), "{text}");
    }
}
