//! Markdown to safe HTML, event by event.
//!
//! Raw HTML is refused, addresses are checked, tables get the roles that assistive technology
//! needs, and figures stay parts of their own. Nothing is searched or replaced in finished HTML
//! but the marks that this module put there itself.

use std::ops::Range;

use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use super::figures::{Position, resolve};
use super::headings::{Heading, Headings};
use super::{Body, InternalLink, Part, shortcode};
use crate::diagnostics::{Code, Diagnostic};
use crate::evidence::disclosure::Publication;
use crate::sources::{Source, SourceId, Span};

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
    let own = Form {
        to_root: to_root(depth),
        id_prefix: String::new(),
        deeper: 0,
    };
    let within = Form {
        to_root: to_root(2),
        id_prefix: format!("{slug}-"),
        deeper: 1,
    };
    Text {
        body: own.body(&events, &reader.parts),
        part: within.body(&events, &reader.parts),
        headings: reader.headings.found,
        links: reader.links,
        diagnostics: reader.diagnostics,
    }
}

/// HTML of a short text written by a provider. Raw HTML shows as text, unsafe links lose their
/// address, headings and pictures become plain words; nothing is refused.
pub fn prose_html(text: &str) -> String {
    let events = Parser::new_ext(text, Options::empty()).filter_map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) => Some(Event::Text(html)),
        Event::Start(Tag::Heading { .. }) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::Heading(_)) => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Link { dest_url, .. }) if !is_outside(&dest_url) => {
            Some(Event::Start(Tag::Emphasis))
        }
        Event::Start(Tag::CodeBlock(_)) => Some(Event::Start(Tag::CodeBlock(
            pulldown_cmark::CodeBlockKind::Indented,
        ))),
        other => Some(other),
    });
    // A link that lost its address must also lose its end tag; emphasis stands in for both.
    let mut open = Vec::new();
    let balanced = events.map(|event| match event {
        Event::Start(Tag::Link { .. }) => {
            open.push(true);
            event
        }
        Event::Start(Tag::Emphasis) => {
            open.push(false);
            event
        }
        Event::End(TagEnd::Link | TagEnd::Emphasis) => match open.pop() {
            Some(true) => Event::End(TagEnd::Link),
            _ => Event::End(TagEnd::Emphasis),
        },
        other => other,
    });
    let mut out = String::new();
    html::push_html(&mut out, balanced);
    out
}

fn to_root(depth: usize) -> String {
    if depth == 0 {
        "./".to_owned()
    } else {
        "../".repeat(depth)
    }
}

fn is_outside(address: &str) -> bool {
    ["https://", "http://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| address.starts_with(scheme))
}

/// An event of the text, or one of our own.
enum Item<'a> {
    Markdown(Event<'a>),
    Part(usize),
    Heading {
        level: u8,
        id: String,
        words: String,
    },
    HeadingEnd(u8),
    Link {
        address: String,
    },
    Table(Vec<Alignment>),
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
        self.diagnostics
            .push(Diagnostic::error(code, message).at(span).help(help));
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
                Event::Start(Tag::Table(alignments)) => items.push(Item::Table(alignments)),
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
        Item::Heading {
            level,
            id: self.headings.add(words, level),
            words: words.to_owned(),
        }
    }

    fn link(&mut self, address: &str, range: Range<usize>) -> Item<'a> {
        if is_outside(address) {
            return Item::Link {
                address: address.to_owned(),
            };
        }
        if address.starts_with('/') || address.starts_with('#') {
            let (page, fragment) = match address.split_once('#') {
                Some((page, fragment)) => (page, Some(fragment.to_owned())),
                None => (address, None),
            };
            let span = self.span(range);
            self.links.push(InternalLink {
                span,
                address: page.to_owned(),
                fragment,
            });
            return Item::Link {
                address: address.to_owned(),
            };
        }
        let help = "begin it with / for a page of this site, or with https://";
        self.fault(
            Code::LinkScheme,
            range,
            "this kind of address is not accepted",
            help,
        );
        Item::Link {
            address: "#".to_owned(),
        }
    }

    /// Splits text at its shortcodes and looks for words that say it is unfinished.
    fn words(&mut self, words: &str, range: Range<usize>, alone: bool, items: &mut Vec<Item<'a>>) {
        let raw = &self.text[range.clone()];
        self.unfinished(raw, range.start);
        let written = shortcode::find(raw);
        if written.is_empty() {
            items.push(Item::Markdown(Event::Text(CowStr::from(words.to_owned()))));
            return;
        }
        let whole_text = written.len() == 1 && written[0].0 == (0..raw.trim_end().len());
        let position = if alone && whole_text {
            Position::Block
        } else {
            Position::Inline
        };
        let mut from = 0;
        for (place, found) in written {
            items.push(Item::Markdown(Event::Text(
                raw[from..place.start].to_owned().into(),
            )));
            from = place.end;
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
        items.push(Item::Markdown(Event::Text(raw[from..].to_owned().into())));
    }

    fn unfinished(&mut self, raw: &str, start: usize) {
        const PHRASES: [&str; 5] = [
            "coming soon",
            "lorem ipsum",
            "to be confirmed",
            "to be added",
            "insert text",
        ];
        const WORDS: [&str; 3] = ["TBC", "TBD", "XXX"];
        let lower = raw.to_ascii_lowercase();
        let phrases = PHRASES
            .iter()
            .filter_map(|phrase| Some((lower.find(phrase)?, phrase.len())));
        let is_word = |at: usize, len: usize| {
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            !letter(raw[..at].chars().next_back()) && !letter(raw[at + len..].chars().next())
        };
        let words = WORDS
            .iter()
            .filter_map(|word| Some((raw.find(word)?, word.len())))
            .filter(|(at, len)| is_word(*at, *len));
        let found: Vec<(usize, usize)> = phrases.chain(words).collect();
        for (at, len) in found {
            self.fault(
                Code::PlaceholderText,
                start + at..start + at + len,
                "this text says that it is unfinished",
                "write the text, or leave the section out",
            );
        }
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
    matches!(
        items.last(),
        Some(Item::Markdown(Event::Start(Tag::Paragraph)))
    ) && matches!(next, Some(Event::End(TagEnd::Paragraph)))
}

/// How a text is written out: as a page of its own, or as part of the whole statement.
struct Form {
    to_root: String,
    id_prefix: String,
    deeper: u8,
}

impl Form {
    fn body(&self, items: &[Item], parts: &[Part]) -> Body {
        let mut tables = TableWriter::default();
        let events = items.iter().flat_map(|item| self.events(item, &mut tables));
        let mut page = String::new();
        html::push_html(&mut page, events.collect::<Vec<_>>().into_iter());
        let mut body = Body::default();
        for (index, piece) in page.split(MARK).enumerate() {
            // Odd pieces stand between two marks and are part numbers.
            let part = if index % 2 == 1 {
                piece.parse::<usize>().ok()
            } else {
                None
            };
            match part.and_then(|number| parts.get(number)) {
                Some(part) => body.parts.push(part.clone()),
                None => body.parts.push(Part::Html(piece.to_owned())),
            }
        }
        unwrap_blocks(&mut body.parts);
        body
    }

    fn events<'a>(&self, item: &Item<'a>, tables: &mut TableWriter) -> Vec<Event<'a>> {
        let raw = |html: String| vec![Event::InlineHtml(html.into())];
        match item {
            Item::Part(number) => raw(format!("{MARK}{number}{MARK}")),
            Item::Heading { level, id, words } => {
                tables.below(words);
                let level = level + self.deeper;
                raw(format!("<h{level} id=\"{}{id}\">", self.id_prefix))
            }
            Item::HeadingEnd(level) => raw(format!("</h{}>\n", level + self.deeper)),
            Item::Link { address } => {
                let address = match address.strip_prefix('/') {
                    Some(inside) => format!("{}{inside}", self.to_root),
                    None => match address.strip_prefix('#') {
                        Some(id) => format!("#{}{id}", self.id_prefix),
                        None => address.clone(),
                    },
                };
                let tag = Tag::Link {
                    link_type: pulldown_cmark::LinkType::Inline,
                    dest_url: address.into(),
                    title: "".into(),
                    id: "".into(),
                };
                vec![Event::Start(tag)]
            }
            Item::Table(alignments) => raw(tables.start(alignments)),
            Item::Markdown(event) => match tables.tag(event) {
                Some(html) => raw(html),
                None => match event {
                    // A private-use character in the text itself must not look like a mark.
                    Event::Text(words) if words.contains(MARK) => {
                        vec![Event::Text(words.replace(MARK, "").into())]
                    }
                    other => vec![other.clone()],
                },
            },
        }
    }
}

/// A block part sits alone in its paragraph: the paragraph around it goes.
fn unwrap_blocks(parts: &mut [Part]) {
    for at in 0..parts.len() {
        if !matches!(parts[at], Part::GapTable(_) | Part::LadderChart) {
            continue;
        }
        if let Some(Part::Html(before)) = at.checked_sub(1).and_then(|at| parts.get_mut(at)) {
            before.truncate(before.strip_suffix("<p>").map_or(before.len(), str::len));
        }
        if let Some(Part::Html(after)) = parts.get_mut(at + 1)
            && let Some(rest) = after.strip_prefix("</p>\n")
        {
            *after = rest.to_owned();
        }
    }
}

/// Writes tables with heading scopes, in a region that can be scrolled with the keyboard.
#[derive(Default)]
struct TableWriter {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    count: usize,
    heading: String,
}

impl TableWriter {
    /// Remembers the heading that the next tables stand under.
    fn below(&mut self, heading: &str) {
        heading.clone_into(&mut self.heading);
    }

    fn start(&mut self, alignments: &[Alignment]) -> String {
        self.alignments = alignments.to_vec();
        self.count += 1;
        let mut caption = format!("Table {}", self.count);
        if !self.heading.is_empty() {
            caption.push_str(": ");
            caption.push_str(&escape(&self.heading));
        }
        format!(
            "<div class=\"table-region\" role=\"region\" tabindex=\"0\" \
             aria-label=\"{caption}\"><table><caption><span>{caption}</span></caption>"
        )
    }

    fn tag(&mut self, event: &Event) -> Option<String> {
        let html = match event {
            Event::Start(Tag::TableHead) => {
                self.in_head = true;
                self.column = 0;
                "<thead><tr>".to_owned()
            }
            Event::End(TagEnd::TableHead) => {
                self.in_head = false;
                "</tr></thead><tbody>\n".to_owned()
            }
            Event::Start(Tag::TableRow) => {
                self.column = 0;
                "<tr>".to_owned()
            }
            Event::End(TagEnd::TableRow) => "</tr>\n".to_owned(),
            Event::Start(Tag::TableCell) => {
                let right = self.alignments.get(self.column) == Some(&Alignment::Right);
                let class = if right { " class=\"n\"" } else { "" };
                match (self.in_head, self.column) {
                    (true, _) => format!("<th scope=\"col\"{class}>"),
                    (false, 0) => format!("<th scope=\"row\"{class}>"),
                    (false, _) => format!("<td{class}>"),
                }
            }
            Event::End(TagEnd::TableCell) => {
                let head = self.in_head || self.column == 0;
                self.column += 1;
                if head {
                    "</th>".to_owned()
                } else {
                    "</td>".to_owned()
                }
            }
            Event::End(TagEnd::Table) => "</tbody></table></div>\n".to_owned(),
            _ => return None,
        };
        Some(html)
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests;
