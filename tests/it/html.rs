//! A simple reader of HTML for tests, written apart from the program so that the two can disagree.

use std::collections::BTreeMap;

/// A tag, a text or a comment of a page, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Open(Tag),
    Close(String),
    Text(String),
}

/// An opening tag with its attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
}

impl Tag {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

/// Elements without an end tag.
pub(crate) const VOID: [&str; 6] = ["meta", "link", "br", "hr", "img", "input"];

/// Cuts a page into pieces. Panics on what a careful writer of HTML would not write.
pub(crate) fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        if at > 0 {
            pieces.push(Piece::Text(unescape(&rest[..at])));
        }
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").expect("a comment ends").1;
            continue;
        }
        let end = end_of_tag(rest);
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        match tag.strip_prefix('/') {
            _ if tag.starts_with('!') => {}
            Some(name) => pieces.push(Piece::Close(name.trim().to_owned())),
            None => pieces.push(Piece::Open(open(tag))),
        }
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(unescape(rest)));
    }
    pieces
}

fn end_of_tag(text: &str) -> usize {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            '<' if !quoted => panic!("a tag within a tag: {}", &text[..at]),
            _ => {}
        }
    }
    panic!("a tag does not end: {text}")
}

fn open(tag: &str) -> Tag {
    let tag = tag.trim_end_matches('/').trim();
    let (name, mut rest) = tag.split_once([' ', '\n']).unwrap_or((tag, ""));
    let mut attributes = BTreeMap::new();
    while !rest.trim().is_empty() {
        rest = rest.trim_start();
        let end = rest.find(['=', ' ', '\n']).unwrap_or(rest.len());
        let key = rest[..end].to_owned();
        rest = &rest[end..];
        let value = match rest.strip_prefix("=\"") {
            Some(quoted) => {
                let (value, tail) = quoted.split_once('"').expect("a quote ends");
                rest = tail;
                unescape(value)
            }
            None => {
                assert!(!rest.starts_with('='), "a value without quotes: {tag}");
                String::new()
            }
        };
        let before = attributes.insert(key.clone(), value);
        assert!(before.is_none(), "`{key}` comes twice: {tag}");
    }
    Tag { name: name.to_owned(), attributes }
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&#x2F;", "/")
        .replace("&amp;", "&")
}

/// All opening tags.
pub(crate) fn tags(html: &str) -> Vec<Tag> {
    pieces(html)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Open(tag) => Some(tag),
            _ => None,
        })
        .collect()
}

/// Every element that `wanted` accepts, with the text within it.
pub(crate) fn texts(html: &str, wanted: impl Fn(&Tag) -> bool) -> Vec<(Tag, String)> {
    let pieces = pieces(html);
    let mut found = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Open(tag) = piece else { continue };
        if !wanted(tag) {
            continue;
        }
        let mut depth = 1;
        let mut text = String::new();
        for piece in &pieces[at + 1..] {
            match piece {
                Piece::Open(inner) if !VOID.contains(&inner.name.as_str()) => depth += 1,
                Piece::Close(_) => depth -= 1,
                Piece::Text(words) => text.push_str(words),
                Piece::Open(_) => {}
            }
            if depth == 0 {
                break;
            }
        }
        found.push((tag.clone(), text));
    }
    found
}

/// Where a reference of a page leads: the path of a file, from the root of the output.
pub(crate) fn target(page: &str, href: &str) -> String {
    let path = href.split(['#', '?']).next().unwrap_or_default();
    if path.is_empty() {
        return page.to_owned();
    }
    let mut folders: Vec<&str> = match path.starts_with('/') {
        true => Vec::new(),
        false => page.split('/').collect(),
    };
    folders.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => assert!(folders.pop().is_some(), "{page}: {href} leaves the site"),
            name => folders.push(name),
        }
    }
    if path.ends_with('/') || path.ends_with("..") || path == "." {
        folders.push("index.html");
    }
    folders.join("/")
}

#[test]
fn the_reader_reads() {
    let page = "<p class=\"a\">x <b>&lt;y&gt;</b></p><img alt=\"\"><!-- <i> -->";
    let names: Vec<_> = tags(page).into_iter().map(|tag| tag.name).collect();
    assert_eq!(names, ["p", "b", "img"]);
    let found = texts(page, |tag| tag.get("class") == Some("a"));
    assert_eq!(found[0].1, "x <y>");
    assert_eq!(target("a/b/index.html", "../../c/"), "c/index.html");
    assert_eq!(target("index.html", "./"), "index.html");
    assert_eq!(target("404.html", "/c/#d"), "c/index.html");
}
