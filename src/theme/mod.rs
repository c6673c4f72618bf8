//! Views to HTML: the only module that names the template engine.
//!
//! Templates get exactly two values, `site` and `page`; a name that neither has is an error, and no
//! template can read a file, an address or the environment. A site's own theme replaces files of
//! the default theme by path. This module knows no domain type but the views.

mod embedded;
mod parts;
mod shipped;

use std::collections::BTreeMap;

use serde::Deserialize;
use tera::{Context, Tera};

use crate::diagnostics::{Code, Diagnostic, Outcome, did_you_mean, has_errors};
use crate::load::yaml::{self, Text};
use crate::sources::{Source, SourceId, SourceSet, Span};
use crate::view::View;
use crate::view::frame::SiteView;

/// The version of the values that templates receive.
const CONTRACT: u32 = 1;

/// A theme, ready to render.
pub struct Theme {
    tera: Tera,
    stylesheet: String,
    icon: String,
    scripts: BTreeMap<String, String>,
    files: BTreeMap<String, SourceId>,
}

/// `theme.yaml` of a theme.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTheme {
    name: Text,
    contract: Text,
    stylesheet: Vec<Text>,
}

/// A template that cannot be rendered: a message, and the place if the file is the site's own.
#[derive(Clone, Debug)]
pub struct TemplateFault(pub Diagnostic);

/// Loads the default theme, with the files of the site's own theme in place of its own.
///
/// `name` is the folder in `themes/`; without one, a folder `themes/default` is used if there is
/// one. `brand_colour` replaces the colour of links and rules.
pub fn load(sources: &SourceSet, name: Option<&str>, brand_colour: Option<&str>) -> Outcome<Theme> {
    let mut diagnostics = Vec::new();
    let mut texts: BTreeMap<String, String> = embedded::FILES
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    let mut files = BTreeMap::new();
    let folder = format!("themes/{}/", name.unwrap_or("default"));
    let mut own = sources.under(&folder).peekable();
    if let (Some(name), None) = (name, own.peek()) {
        let help = format!("make the folder `{folder}`, or remove `theme` from data/site.yaml");
        let mut diagnostic =
            Diagnostic::error(Code::ThemeFile, format!("there is no theme `{name}`")).help(help);
        diagnostic.span = chosen_at(sources, name);
        diagnostics.push(diagnostic);
    }
    for (id, source) in own {
        let path = source.path()[folder.len()..].to_owned();
        if path.ends_with(".md") {
            continue;
        }
        if let Some(text) = texts.get_mut(&path) {
            source.text().clone_into(text);
            files.insert(path, id);
        } else {
            diagnostics.push(unused(id, &path));
        }
    }
    let Some(stylesheet) = stylesheet(sources, &texts, &files, brand_colour, &mut diagnostics)
    else {
        return Outcome::failed(diagnostics);
    };
    let mut tera = Tera::default();
    let templates = texts.iter().filter(|(path, _)| path.ends_with(".html"));
    let named = templates.map(|(path, text)| (template_name(path), text.as_str()));
    if let Err(error) = tera.add_raw_templates(named) {
        diagnostics.push(fault(sources, &files, &error.to_string()));
    }
    match has_errors(&diagnostics) {
        true => Outcome::failed(diagnostics),
        false => Outcome::new(
            Theme {
                tera,
                stylesheet,
                icon: texts.remove("assets/icon.svg").unwrap_or_default(),
                scripts: scripts(&texts),
                files,
            },
            diagnostics,
        ),
    }
}

/// Every script in `assets/` by its name, such as `search`.
fn scripts(texts: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let name = |path: &str| Some(path.strip_prefix("assets/")?.strip_suffix(".js")?.to_owned());
    texts.iter().filter_map(|(path, text)| Some((name(path)?, shipped::script(text)))).collect()
}

/// Where the settings of the site name the theme.
fn chosen_at(sources: &SourceSet, name: &str) -> Option<Span> {
    let (id, source) = sources.find("data/site.yaml")?;
    let line = source.text().find("\ntheme:")? + 1;
    let at = line + source.text()[line..].find(name)?;
    Some(Span::new(id, at..at + name.len()))
}

/// A template goes by its file name, a component by its path.
fn template_name(path: &str) -> String {
    path.strip_prefix("templates/").unwrap_or(path).to_owned()
}

fn unused(id: SourceId, path: &str) -> Diagnostic {
    let known = embedded::FILES.iter().map(|(path, _)| *path);
    Diagnostic::error(Code::ThemeFile, "the default theme has no file at this path")
        .at(Span::start_of(id))
        .help(match did_you_mean(path, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "a theme holds only files that replace those of the default theme".to_owned(),
        })
}

/// Joins the style files in the order of `theme.yaml` and adds the brand colour.
fn stylesheet(
    sources: &SourceSet,
    texts: &BTreeMap<String, String>,
    files: &BTreeMap<String, SourceId>,
    brand_colour: Option<&str>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<String> {
    const SETTINGS: &str = "theme.yaml";
    let id = files.get(SETTINGS).copied();
    let own_source = Source::new(SETTINGS, texts.get(SETTINGS)?.as_str());
    let source = id.map_or(&own_source, |id| sources.get(id));
    let raw: RawTheme = match yaml::parse(id.unwrap_or(SourceId(0)), source) {
        Ok(raw) => raw,
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            return None;
        }
    };
    if raw.contract.value.trim().parse() != Ok(CONTRACT) {
        let message = format!("the theme `{}` is for another version", raw.name.value);
        let mut diagnostic = Diagnostic::error(Code::ThemeFile, message)
            .help(format!("this version of Placewise gives templates contract {CONTRACT}"));
        diagnostic.span = id.map(|id| raw.contract.span(id));
        diagnostics.push(diagnostic);
        return None;
    }
    let mut css = String::new();
    for path in &raw.stylesheet {
        match texts.get(path.value.trim()) {
            Some(text) => css.push_str(&shipped::style(text)),
            None => {
                let message = format!("there is no style file `{}`", path.value);
                let mut diagnostic = Diagnostic::error(Code::ThemeFile, message)
                    .help("name files of this theme or of the default theme");
                diagnostic.span = id.map(|id| path.span(id));
                diagnostics.push(diagnostic);
            }
        }
    }
    if let Some(colour) = brand_colour {
        css.push_str(&format!(":root{{--brand:{colour}}}\n"));
    }
    Some(css)
}

/// Turns a message of the template engine into a diagnostic, at its place if the file is ours.
fn fault(sources: &SourceSet, files: &BTreeMap<String, SourceId>, message: &str) -> Diagnostic {
    let place = files.iter().find_map(|(path, id)| {
        let name = format!("{}:", template_name(path));
        let at = message.find(&name)? + name.len();
        let mut numbers = message[at..].split(|c: char| !c.is_ascii_digit());
        let line: usize = numbers.next()?.parse().ok()?;
        let column: usize = numbers.next()?.parse().ok()?;
        Some(token_at(*id, sources.get(*id).text(), line, column))
    });
    let mut lines = message.lines().map(str::trim_end);
    let first = lines.next().unwrap_or(message).trim();
    let words = first.strip_prefix("error: ").unwrap_or(first);
    let words = words.trim_end_matches('.');
    let diagnostic =
        Diagnostic::error(Code::Template, format!("this template cannot be used: {words}"));
    match place {
        Some(place) => diagnostic
            .at(place)
            .help("correct the file, or remove it to use the one of the default theme"),
        None => {
            let detail: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
            diagnostic.maybe_help((!detail.is_empty()).then(|| detail.join("\n")))
        }
    }
}

/// The word at a line and column that the template engine names.
fn token_at(id: SourceId, text: &str, line: usize, column: usize) -> Span {
    let before = text.split_inclusive('\n').take(line.saturating_sub(1));
    let start: usize = before.map(str::len).sum();
    let rest = text[start..].lines().next().unwrap_or_default();
    let skipped = rest.chars().take(column.saturating_sub(1));
    let at = skipped.map(char::len_utf8).sum::<usize>();
    let is_word = |c: &char| c.is_alphanumeric() || *c == '_';
    let word = rest[at..].chars().take_while(is_word);
    let length = word.map(char::len_utf8).sum::<usize>().max(1);
    Span::new(id, start + at..start + at + length)
}

impl Theme {
    /// The icon of the site, as SVG.
    pub fn icon(&self) -> &str {
        &self.icon
    }

    /// The scripts by their names.
    pub fn scripts(&self) -> &BTreeMap<String, String> {
        &self.scripts
    }

    /// The style sheet of the whole site.
    pub fn stylesheet(&self) -> &str {
        &self.stylesheet
    }

    /// Renders a page.
    pub fn page<V: View>(
        &self,
        sources: &SourceSet,
        site: &SiteView,
        page: &V,
    ) -> Result<String, Box<TemplateFault>> {
        let mut context = Context::new();
        context.insert("site", site);
        context.insert("page", page);
        self.tera
            .render(V::TEMPLATE, &context)
            .map_err(|error| Box::new(TemplateFault(self.told(sources, &error))))
    }

    fn told(&self, sources: &SourceSet, error: &tera::Error) -> Diagnostic {
        fault(sources, &self.files, &error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_default_theme_is_embedded() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
        let mut on_disk = Vec::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|kind| kind != "md") {
                    let inside = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
                    on_disk.push(inside.replace('\\', "/"));
                }
            }
        }
        on_disk.sort();
        let embedded: Vec<_> = embedded::FILES.iter().map(|(path, _)| *path).collect();
        assert_eq!(embedded, on_disk);
    }

    #[test]
    fn the_default_theme_loads_and_a_stray_file_is_told() {
        let theme = load(&SourceSet::default(), None, Some("#123456"));
        assert_eq!(theme.diagnostics, []);
        assert!(theme.value.unwrap().stylesheet().ends_with(":root{--brand:#123456}\n"));
        let stray = SourceSet::new([Source::new("themes/own/templates/hom.html", "x")]);
        let outcome = load(&stray, Some("own"), None);
        assert_eq!(outcome.diagnostics[0].help, ["did you mean `templates/home.html`?"]);
    }
}
