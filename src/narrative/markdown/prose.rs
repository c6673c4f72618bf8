//! Short texts that providers write about themselves.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd, html};

use super::is_outside;

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
        Event::Start(Tag::CodeBlock(_)) => {
            Some(Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)))
        }
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
