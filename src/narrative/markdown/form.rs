//! The events of a text written out as HTML with parts.

use pulldown_cmark::{Event, LinkType, Tag, html};

use super::tables::TableWriter;
use super::{Item, MARK};
use crate::narrative::{Body, Part};

fn to_root(depth: usize) -> String {
    if depth == 0 { "./".to_owned() } else { "../".repeat(depth) }
}

/// How a text is written out: as a page of its own, or as part of the whole statement.
pub(super) struct Form {
    to_root: String,
    id_prefix: String,
    deeper: u8,
}

impl Form {
    /// A page of its own, this many folders below the root.
    pub(super) fn page(depth: usize) -> Form {
        Form { to_root: to_root(depth), id_prefix: String::new(), deeper: 0 }
    }

    /// A chapter within the page of the whole statement.
    pub(super) fn part(slug: &str) -> Form {
        Form { to_root: to_root(2), id_prefix: format!("{slug}-"), deeper: 1 }
    }

    pub(super) fn body(&self, items: &[Item], parts: &[Part]) -> Body {
        let mut tables = TableWriter::default();
        let events = items.iter().flat_map(|item| self.events(item, &mut tables));
        let mut page = String::new();
        html::push_html(&mut page, events.collect::<Vec<_>>().into_iter());
        let mut body = Body::default();
        for (index, piece) in page.split(MARK).enumerate() {
            // Odd pieces stand between two marks and are part numbers.
            let part = if index % 2 == 1 { piece.parse::<usize>().ok() } else { None };
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
            Item::Heading { level, id } => {
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
                    link_type: LinkType::Inline,
                    dest_url: address.into(),
                    title: "".into(),
                    id: "".into(),
                };
                vec![Event::Start(tag)]
            }
            Item::Table(alignments, above) => tables.start(alignments, above, &self.id_prefix),
            Item::Markdown(event) => match tables.tag(event) {
                Some(html) => raw(html),
                None => match event {
                    // A private-use character in the text itself must not look like a mark.
                    Event::Text(words) if words.contains(MARK) => {
                        vec![Event::Text(words.replace(MARK, "").into())]
                    }
                    Event::Code(words) if words.contains(MARK) => {
                        vec![Event::Code(words.replace(MARK, "").into())]
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
        if !matches!(parts[at], Part::GapTable(_) | Part::LadderChart | Part::Opportunity(_)) {
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
