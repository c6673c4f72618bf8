//! XML as a row of events, of which only names, attributes and text matter here.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::Refused;

/// One step through a part.
pub(super) enum Step<'t> {
    /// An element begins.
    Open(Element<'t>),
    /// An element ends, with its name.
    Close(String),
    /// Text between two of them.
    Text(String),
    /// The part is over.
    End,
}

/// An element that begins.
pub(super) struct Element<'t> {
    start: BytesStart<'t>,
}

impl Element<'_> {
    /// Its name, without the prefix of its namespace.
    pub(super) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// The value of an attribute, by its name without a prefix.
    pub(super) fn attribute(&self, name: &str) -> Result<Option<String>, Refused> {
        // Looking for names that come twice takes time by the square of their number.
        let mut attributes = self.start.attributes();
        for attribute in attributes.with_checks(false) {
            let attribute = attribute.map_err(|_| Refused::Damaged)?;
            if attribute.key.local_name().into_inner() == name {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                return Ok(Some(value.map_err(|_| Refused::Damaged)?.into_owned()));
            }
        }
        Ok(None)
    }

    /// Whether an attribute is set.
    pub(super) fn is_set(&self, name: &str) -> Result<bool, Refused> {
        Ok(matches!(self.attribute(name)?.as_deref(), Some("1" | "true" | "on")))
    }
}

/// Walks through the text of a part.
pub(super) struct Walk<'t> {
    reader: Reader<&'t [u8]>,
    /// Elements that have begun and not ended.
    depth: u32,
}

impl<'t> Walk<'t> {
    pub(super) fn new(text: &'t str) -> Walk<'t> {
        let mut reader = Reader::from_str(text);
        // An element without content is told as one that begins and ends.
        reader.config_mut().expand_empty_elements = true;
        Walk { reader, depth: 0 }
    }

    /// The next step. An element that is not closed is damage, and so is any other fault.
    pub(super) fn step(&mut self) -> Result<Step<'t>, Refused> {
        loop {
            return Ok(match self.reader.read_event().map_err(|_| Refused::Damaged)? {
                Event::Start(start) => {
                    self.depth += 1;
                    Step::Open(Element { start })
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Step::Close(end.local_name().into_inner().to_owned())
                }
                Event::Text(text) => Step::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Step::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(name) => Step::Text(character(&name)?.to_string()),
                Event::Eof if self.depth > 0 => return Err(Refused::Damaged),
                Event::Eof => Step::End,
                _ => continue,
            });
        }
    }

    /// All text up to the end of an element that has just begun, its children's too, except what
    /// stands in elements named `except`.
    pub(super) fn text_of(&mut self, name: &str, except: &str) -> Result<String, Refused> {
        let mut text = String::new();
        let mut passed_over = 0_u32;
        loop {
            match self.step()? {
                Step::Open(element) if element.name() == except => passed_over += 1,
                Step::Close(closed) if closed == except => {
                    passed_over = passed_over.saturating_sub(1);
                }
                Step::Text(part) if passed_over == 0 => text.push_str(&part),
                Step::Close(closed) if closed == name => return Ok(text),
                Step::End => return Err(Refused::Damaged),
                _ => {}
            }
        }
    }
}

/// The character that a reference such as `&lt;` or `&#8211;` stands for. No others are known, so
/// none can grow.
fn character(name: &quick_xml::events::BytesRef<'_>) -> Result<char, Refused> {
    match name.resolve_char_ref() {
        Ok(Some(c)) => return Ok(c),
        Ok(None) => {}
        Err(_) => return Err(Refused::Damaged),
    }
    Ok(match &**name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => return Err(Refused::Damaged),
    })
}
