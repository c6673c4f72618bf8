//! A tree of elements from HTML or SVG, as strict as our own pages and no stricter than browsers.

use std::borrow::Cow;

/// Elements that have no content and no end tag.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// One element, or the document itself at the root.
#[derive(Debug)]
pub(super) struct Element<'h> {
    pub(super) name: String,
    /// Names in small letters with decoded values; an attribute without a value has an empty one.
    pub(super) attributes: Vec<(String, Cow<'h, str>)>,
    pub(super) parent: usize,
    pub(super) children: Vec<Child<'h>>,
}

#[derive(Debug)]
pub(super) enum Child<'h> {
    /// The number of an element.
    Element(usize),
    Text(Cow<'h, str>),
    /// Readers can look at comments and scripts too.
    Hidden(&'h str),
}

/// A document; the root is its first element.
#[derive(Debug)]
pub(super) struct Document<'h> {
    pub(super) elements: Vec<Element<'h>>,
}

impl Element<'_> {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_ref())
    }

    /// Whether it is of a class.
    pub(super) fn is_of(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|all| all.split_whitespace().any(|of| of == class))
    }
}

impl<'h> Document<'h> {
    /// Reads markup. Nothing where a tag or comment has no end.
    pub(super) fn read(markup: &'h str) -> Option<Document<'h>> {
        let mut reader = Reader { rest: markup, elements: Vec::new(), open: vec![0] };
        reader.element("", Vec::new(), 0);
        reader.run()?;
        Some(Document { elements: reader.elements })
    }

    /// All text within an element, in order.
    pub(super) fn text(&self, of: usize) -> String {
        let mut text = String::new();
        self.add_text(of, &mut text);
        text
    }

    fn add_text(&self, of: usize, text: &mut String) {
        for child in &self.elements[of].children {
            match child {
                Child::Text(more) => text.push_str(more),
                Child::Element(inner) => self.add_text(*inner, text),
                Child::Hidden(_) => {}
            }
        }
    }

    /// The elements around one, from its parent to the root.
    pub(super) fn around(&self, of: usize) -> impl Iterator<Item = usize> {
        std::iter::successors((of != 0).then(|| self.elements[of].parent), |at| {
            (*at != 0).then(|| self.elements[*at].parent)
        })
    }
}

struct Reader<'h> {
    rest: &'h str,
    elements: Vec<Element<'h>>,
    /// Elements whose end has not come yet, the root first.
    open: Vec<usize>,
}

impl<'h> Reader<'h> {
    fn element(&mut self, name: &str, attributes: Vec<(String, Cow<'h, str>)>, parent: usize) {
        let name = name.to_ascii_lowercase();
        self.elements.push(Element { name, attributes, parent, children: Vec::new() });
    }

    fn here(&self) -> usize {
        self.open.last().copied().unwrap_or(0)
    }

    fn add(&mut self, child: Child<'h>) {
        let here = self.here();
        self.elements[here].children.push(child);
    }

    fn run(&mut self) -> Option<()> {
        while !self.rest.is_empty() {
            if let Some(rest) = self.rest.strip_prefix("<!--") {
                let (comment, rest) = rest.split_once("-->")?;
                self.add(Child::Hidden(comment));
                self.rest = rest;
            } else if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
                self.rest = self.rest.split_once('>')?.1;
            } else if let Some(rest) = self.rest.strip_prefix("</") {
                let (name, rest) = rest.split_once('>')?;
                self.close(&name.trim().to_ascii_lowercase());
                self.rest = rest;
            } else if self.begins_tag() {
                self.tag()?;
            } else {
                // An angle that begins no tag is text.
                let first = self.rest.chars().next().map_or(1, char::len_utf8);
                let end = self.rest[first..].find('<').map_or(self.rest.len(), |at| at + first);
                let (text, rest) = self.rest.split_at(end);
                self.add(Child::Text(decoded(text)));
                self.rest = rest;
            }
        }
        Some(())
    }

    fn begins_tag(&self) -> bool {
        let mut letters = self.rest.chars();
        letters.next() == Some('<') && letters.next().is_some_and(|next| next.is_ascii_alphabetic())
    }

    fn close(&mut self, name: &str) {
        let matching = self.open.iter().rposition(|at| self.elements[*at].name == name);
        if let Some(at) = matching.filter(|at| *at > 0) {
            self.open.truncate(at);
        }
    }

    fn tag(&mut self) -> Option<()> {
        let body = &self.rest[1..];
        let end = body.find(|letter: char| letter.is_whitespace() || "/>".contains(letter))?;
        let name = &body[..end];
        let (attributes, rest, is_closed) = attributes(&body[end..])?;
        self.rest = rest;
        let (parent, at) = (self.here(), self.elements.len());
        self.element(name, attributes, parent);
        self.elements[parent].children.push(Child::Element(at));
        let name = self.elements[at].name.clone();
        if is_closed || VOID.contains(&name.as_str()) {
            return Some(());
        }
        self.open.push(at);
        if name == "script" || name == "style" {
            let end = format!("</{name}");
            let at = self.rest.to_ascii_lowercase().find(&end)?;
            let (code, rest) = self.rest.split_at(at);
            self.add(Child::Hidden(code));
            self.rest = rest;
        }
        Some(())
    }
}

/// Attributes up to the end of a tag, what follows the tag, and whether the tag closes itself.
#[allow(clippy::type_complexity, reason = "the three parts are taken apart at once")]
fn attributes(mut rest: &str) -> Option<(Vec<(String, Cow<'_, str>)>, &str, bool)> {
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>") {
            return Some((found, after, true));
        }
        if let Some(after) = rest.strip_prefix('>') {
            return Some((found, after, false));
        }
        if let Some(after) = rest.strip_prefix('/') {
            rest = after;
            continue;
        }
        let end = rest.find(|letter: char| letter.is_whitespace() || "=/>".contains(letter))?;
        let name = rest[..end.max(1).min(rest.len())].to_ascii_lowercase();
        rest = rest[name.len()..].trim_start();
        let Some(after) = rest.strip_prefix('=') else {
            found.push((name, Cow::Borrowed("")));
            continue;
        };
        let after = after.trim_start();
        let (value, after) = match after.chars().next()? {
            quote @ ('"' | '\'') => after[1..].split_once(quote)?,
            _ => after.split_at(after.find(|l: char| l.is_whitespace() || l == '>')?),
        };
        found.push((name, decoded(value)));
        rest = after;
    }
}

/// Text as a browser shows it: the entities that templates write, and those with numbers.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest.find(';').filter(|end| *end <= 10).map(|end| &rest[1..end]);
        match entity.and_then(|name| Some((character(name)?, name.len()))) {
            Some((letter, length)) => {
                plain.push(letter);
                rest = &rest[length + 2..];
            }
            None => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "lsqb" | "lbrack" => '[',
        "rsqb" | "rbrack" => ']',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_read_with_its_text_and_attributes() {
        let html = "<!doctype html><p title=a CLASS='x y' data-key=\"k&amp;l\">1 &lt; 2 <br>é\
                    <b hidden>&#51;</b><!-- 4 --></p> < 5";
        let document = Document::read(html).unwrap();
        let p = &document.elements[1];
        assert_eq!(p.attribute("data-key"), Some("k&l"));
        assert_eq!((p.attribute("title"), p.is_of("y")), (Some("a"), true));
        assert_eq!(document.text(1), "1 < 2 é3");
        assert_eq!(document.text(0), "1 < 2 é3 < 5");
        assert!(matches!(p.children.last(), Some(Child::Hidden(" 4 "))));
        assert_eq!(document.around(3).collect::<Vec<_>>(), [1, 0]);
    }

    #[test]
    fn scripts_are_not_text_and_ends_that_fit_nothing_are_passed_over() {
        let document = Document::read("<script>if (a<b) {}</script></i><p>x").unwrap();
        assert_eq!(document.text(0), "x");
    }

    #[test]
    fn a_tag_without_an_end_is_refused() {
        for html in ["<p", "<p title=\"x>", "<!-- x", "<script>x"] {
            assert!(Document::read(html).is_none(), "{html}");
        }
    }
}
