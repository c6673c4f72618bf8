//! The `---` block at the top of a Markdown page.

use serde::de::DeserializeOwned;

use super::yaml;
use crate::diagnostics::{Code, Diagnostic};
use crate::sources::{Source, SourceId, Span};

/// A page's settings and where its body begins.
#[derive(Debug)]
pub struct FrontMatter<T> {
    /// The settings.
    pub settings: T,
    /// Byte offset of the first byte after the closing `---` line.
    pub body_start: usize,
}

/// Splits and parses the front matter of a page.
///
/// Errors: no block, a block that is not closed, or settings of the wrong shape.
pub fn parse<T: DeserializeOwned>(
    id: SourceId,
    source: &Source,
) -> Result<FrontMatter<T>, Box<Diagnostic>> {
    let text = source.text();
    let missing = |message: &str, help: &str| {
        Box::new(Diagnostic::error(Code::FrontMatter, message).at(Span::new(id, 0..0)).help(help))
    };
    let first_line = text.split_inclusive('\n').next().unwrap_or_default();
    if first_line.trim_end() != "---" {
        return Err(missing(
            "the page has no settings block at its top",
            "begin the page with a line of three dashes, `title: ...`, and three dashes again",
        ));
    }
    let mut offset = first_line.len();
    for line in text[offset..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            // The opening dashes stay in the block: they are a YAML document start, and keeping
            // them keeps every byte offset of the settings true to the file.
            let settings = yaml::parse_block(id, source, &text[..offset])?;
            return Ok(FrontMatter { settings, body_start: offset + line.len() });
        }
        offset += line.len();
    }
    Err(missing(
        "the settings block is not closed",
        "add a line of three dashes after the settings",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::yaml::Text;

    #[derive(Debug, serde::Deserialize)]
    struct Settings {
        title: Text,
    }

    #[test]
    fn settings_keep_their_place_and_the_body_follows() {
        let source = Source::new("content/index.md", "---\ntitle: Home\n---\nBody\n");
        let page: FrontMatter<Settings> = parse(SourceId(0), &source).unwrap();
        assert_eq!(&source.text()[page.body_start..], "Body\n");
        let span = page.settings.title.span(SourceId(0));
        assert_eq!(&source.text()[span.range()], "Home");
    }

    #[test]
    fn a_missing_or_open_block_is_told() {
        for text in ["Body", "---\ntitle: x\n"] {
            let source = Source::new("content/index.md", text);
            let error = parse::<Settings>(SourceId(0), &source).unwrap_err();
            assert_eq!(error.code, Code::FrontMatter);
        }
    }
}
