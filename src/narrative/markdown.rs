//! Markdown to safe HTML, event by event.
//!
//! Raw HTML is refused, addresses are checked, tables get the roles that assistive technology
//! needs, and figures stay parts of their own. Nothing is searched or replaced in finished HTML
//! but the marks that this module put there itself.

mod form;
mod prose;
mod tables;

use std::ops::Range;

use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::figures::{Position, resolve};
use super::headings::{Heading, Headings};
use super::{Body, InternalLink, Part, shortcode, unfinished};
use crate::diagnostics::{Code, Diagnostic};
use crate::evidence::disclosure::Publication;
use crate::sources::{Source, SourceId, Span};
use form::Form;

pub use prose::prose_html;

/// Marks a part in the HTML; a private-use character that no keyboard writes.
const MARK: char = '\u{e000}';

/// What reading a text gives.
pub(super) struct Text {
    pub(super) body: Body,
    pub(super) part: Body,
    pub(super) headings: Vec<Heading>,
    pub(super) links: Vec<InternalLink>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Reads the body of a page that stands at `address`.
pub(super) fn read(
    id: SourceId,
    source: &Source,
    body_start: usize,
    address: &str,
    slug: &str,
    publication: Option<&Publication>,
) -> Text {
    let mut reader = Reader {
        id,
        text: &source.text()[body_start..],
        offset: body_start,
        publication,
        headings: Headings::default(),
        links: Vec::new(),
        parts: Vec::new(),
        diagnostics: Vec::new(),
    };
    let events = reader.events();
    let depth = address.matches('/').count() - 1;
    let own = Form::page(depth);
    let within = Form::part(slug);
    Text {
        body: own.body(&events, &reader.parts),
        part: within.body(&events, &reader.parts),
        headings: reader.headings.found,
        links: reader.links,
        diagnostics: reader.diagnostics,
    }
}

fn is_outside(address: &str) -> bool {
    ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| address.starts_with(scheme))
}

/// An event of the text, or one of our own.
enum Item<'a> {
    Markdown(Event<'a>),
    Part(usize),
    Heading {
        level: u8,
        id: String,
    },
    HeadingEnd(u8),
    Link {
        address: String,
    },
    /// A table with its alignments and the heading above it.
    Table(Vec<Alignment>, String),
}

struct Reader<'a> {
    id: SourceId,
    text: &'a str,
    offset: usize,
    publication: Option<&'a Publication>,
    headings: Headings,
    links: Vec<InternalLink>,
    parts: Vec<Part>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.id, range.start + self.offset..range.end + self.offset)
    }

    fn fault(&mut self, code: Code, range: Range<usize>, message: &str, help: &str) {
        let span = self.span(range);
        self.diagnostics.push(Diagnostic::error(code, message).at(span).help(help));
    }

    fn events(&mut self) -> Vec<Item<'a>> {
        let options =
            Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_DEFINITION_LIST;
        let parser = Parser::new_ext(self.text, options).into_offset_iter();
        let mut events: Vec<(Event, Range<usize>)> = merge_text(parser, self.text);
        let mut items = Vec::with_capacity(events.len());
        let mut code_depth = 0usize;
        let mut at = 0;
        while at < events.len() {
            let (event, range) = std::mem::replace(&mut events[at], (Event::Rule, 0..0));
            at += 1;
            match event {
                // A block comes in lines; it has been told where it began.
                Event::Html(_) => {}
                Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => self.fault(
                    Code::RawHtml,
                    range,
                    "raw HTML is not accepted in a text",
                    "write it as Markdown, or put it between backticks to show it",
                ),
                Event::Start(Tag::CodeBlock(kind)) => {
                    code_depth += 1;
                    // The language after the backticks would become a class; it is not needed.
                    drop(kind);
                    let plain = Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Indented);
                    items.push(Item::Markdown(Event::Start(plain)));
                }
                Event::End(TagEnd::CodeBlock) => {
                    code_depth -= 1;
                    items.push(Item::Markdown(event));
                }
                Event::Start(Tag::Heading { level, .. }) => {
                    let words = heading_words(&events[at..]);
                    items.push(self.heading(level, &words, range));
                }
                Event::End(TagEnd::Heading(level)) => items.push(Item::HeadingEnd(level as u8)),
                Event::Start(Tag::Link { dest_url, .. }) => items.push(self.link(&dest_url, range)),
                Event::Start(Tag::Image { .. }) => self.fault(
                    Code::LinkScheme,
                    range,
                    "pictures are not part of texts yet",
                    "describe it in words, or use a chart shortcode",
                ),
                Event::End(TagEnd::Image | TagEnd::HtmlBlock) => {}
                Event::Start(Tag::Table(alignments)) => {
                    let heading = self.headings.found.last();
                    let above = heading.map_or_else(String::new, |found| found.label.clone());
                    items.push(Item::Table(alignments, above));
                }
                Event::Text(words) if code_depth == 0 => {
                    let alone = is_alone(&items, events.get(at).map(|next| &next.0));
                    self.words(&words, range, alone, &mut items);
                }
                other => items.push(Item::Markdown(other)),
            }
        }
        items
    }

    fn heading(&mut self, level: HeadingLevel, words: &str, range: Range<usize>) -> Item<'a> {
        let level = level as u8;
        let line = self.text[range.clone()].lines().next().map_or(0, str::len);
        let span = self.span(range.start..range.start + line);
        self.diagnostics.extend(self.headings.check(level, span));
        Item::Heading { level, id: self.headings.add(words, level) }
    }

    fn link(&mut self, address: &str, range: Range<usize>) -> Item<'a> {
        if is_outside(address) {
            return Item::Link { address: address.to_owned() };
        }
        if address.starts_with('/') || address.starts_with('#') {
            let (page, fragment) = match address.split_once('#') {
                Some((page, fragment)) => (page, Some(fragment.to_owned())),
                None => (address, None),
            };
            let span = self.span(range);
            self.links.push(InternalLink { span, address: page.to_owned(), fragment });
            return Item::Link { address: address.to_owned() };
        }
        let help = "begin it with / for a page of this site, or with https://";
        self.fault(Code::LinkScheme, range, "this kind of address is not accepted", help);
        Item::Link { address: "#".to_owned() }
    }

    /// Splits text at its shortcodes and looks for words that say it is unfinished.
    fn words(&mut self, words: &str, range: Range<usize>, alone: bool, items: &mut Vec<Item<'a>>) {
        let raw = &self.text[range.clone()];
        for place in unfinished::find(raw) {
            self.fault(
                Code::PlaceholderText,
                range.start + place.start..range.start + place.end,
                "this text says that it is unfinished",
                "write the text, or leave the section out",
            );
        }
        let written = shortcode::find(raw);
        if written.is_empty() {
            items.push(Item::Markdown(Event::Text(CowStr::from(words.to_owned()))));
            return;
        }
        let whole_text = written.len() == 1 && written[0].0 == (0..raw.trim_end().len());
        let position = if alone && whole_text { Position::Block } else { Position::Inline };
        // Escapes and entities make the text shorter than its source: places come from the source,
        // the words around shortcodes from the text.
        let read: Vec<Range<usize>> =
            shortcode::find(words).into_iter().map(|(at, _)| at).collect();
        let mut from = 0;
        for (number, (place, found)) in written.into_iter().enumerate() {
            let at = read.get(number).cloned().unwrap_or(words.len()..words.len());
            items.push(Item::Markdown(Event::Text(words[from..at.start].to_owned().into())));
            from = at.end;
            let span = self.span(range.start + place.start..range.start + place.end);
            let offset = self.offset + range.start;
            let resolved = match found {
                Ok(code) => resolve(&code, position, self.publication, self.id, offset, span),
                Err(words) => Err(Box::new(
                    Diagnostic::error(Code::ShortcodeSyntax, words)
                        .at(span)
                        .help("write it as {{ figure(of=\"gap.people\") }}"),
                )),
            };
            match resolved {
                Ok(Some(part)) => {
                    items.push(Item::Part(self.parts.len()));
                    self.parts.push(part);
                }
                Ok(None) => {}
                Err(diagnostic) => self.diagnostics.push(*diagnostic),
            }
        }
        items.push(Item::Markdown(Event::Text(words[from..].to_owned().into())));
    }
}

/// Joins neighbouring text events, so that a shortcode is never cut in two.
fn merge_text<'a>(
    events: impl Iterator<Item = (Event<'a>, Range<usize>)>,
    text: &str,
) -> Vec<(Event<'a>, Range<usize>)> {
    let mut merged: Vec<(Event, Range<usize>)> = Vec::new();
    for (event, range) in events {
        if let (Event::Text(next), Some((Event::Text(last), before))) = (&event, merged.last_mut())
            && !text[before.end.min(range.start)..range.start].contains('\n')
        {
            *last = format!("{last}{next}").into();
            before.end = range.end;
            continue;
        }
        merged.push((event, range));
    }
    merged
}

fn heading_words(events: &[(Event, Range<usize>)]) -> String {
    events
        .iter()
        .map(|(event, _)| event)
        .take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))))
        .filter_map(|event| match event {
            Event::Text(words) | Event::Code(words) => Some(words.to_string()),
            _ => None,
        })
        .collect()
}

/// Whether a text is the only thing in its paragraph.
fn is_alone(items: &[Item], next: Option<&Event>) -> bool {
    matches!(items.last(), Some(Item::Markdown(Event::Start(Tag::Paragraph))))
        && matches!(next, Some(Event::End(TagEnd::Paragraph)))
}

#[cfg(test)]
mod tests;
