//! The market position statement: its contents, each chapter, and the whole on one page.

use serde::Serialize;

use super::address::{self, Address};
use super::frame::Head;
use super::words::Day;
use super::{Link, Material, view};
use crate::narrative::{Chapter, Heading};

/// The contents of the statement.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct Statement {
    #[serde(flatten)]
    pub head: Head,
    pub intro: &'static str,
    pub chapters: Vec<Entry>,
    pub whole_href: String,
}
view!(Statement, "statement.html");

/// A chapter in the contents.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the settings of the chapter")]
pub struct Entry {
    pub number: usize,
    pub title: String,
    pub href: String,
    pub summary: String,
    pub as_at: Option<Day>,
    pub owner: String,
}

/// One chapter.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct ChapterPage {
    #[serde(flatten)]
    pub head: Head,
    pub number: usize,
    pub contents: Vec<HeadingView>,
    pub chapters: Vec<ChapterLink>,
    pub body_html: String,
    pub owner: String,
    pub as_at: Day,
    pub review_by: Option<Day>,
    pub covers_text: Option<String>,
    pub previous: Option<Link>,
    pub next: Option<Link>,
}
view!(ChapterPage, "chapter.html");

/// A heading in a list of contents.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the fields of `Heading`")]
pub struct HeadingView {
    pub id: String,
    pub label: String,
    pub level: u8,
}

impl From<&Heading> for HeadingView {
    fn from(heading: &Heading) -> HeadingView {
        HeadingView { id: heading.id.clone(), label: heading.label.clone(), level: heading.level }
    }
}

/// A link to a chapter from another one.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the link")]
pub struct ChapterLink {
    pub label: String,
    pub href: String,
    pub current: bool,
}

/// The whole statement on one page.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct Whole {
    #[serde(flatten)]
    pub head: Head,
    pub contents: Vec<HeadingView>,
    pub chapters: Vec<WholeChapter>,
}
view!(Whole, "whole.html");

/// A chapter within the whole statement.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the settings of the chapter")]
pub struct WholeChapter {
    pub number: usize,
    pub title: String,
    pub id: String,
    pub body_html: String,
    pub owner: String,
    pub as_at: Option<Day>,
}

/// A page of its own beside the statement.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct TextPage {
    #[serde(flatten)]
    pub head: Head,
    pub contents: Vec<HeadingView>,
    pub body_html: String,
}
view!(TextPage, "page.html");

const TITLE: &str = "Market position statement";

/// Makes the contents page.
pub fn contents(material: Material, at: &Address) -> Statement {
    let intro = "What care people here need, what there is, what is missing, and what we mean to \
                 do about it.";
    let chapters = material.narrative.chapters.iter().enumerate();
    Statement {
        head: Head::new(material, at, TITLE, intro, &[]),
        intro,
        chapters: chapters
            .map(|(index, chapter)| Entry {
                number: index + 1,
                title: chapter.title.clone(),
                href: at.to(&Address::new(&chapter.address)),
                summary: chapter.summary.clone().unwrap_or_default(),
                as_at: chapter.as_at.map(Day::from),
                owner: owner(material, chapter),
            })
            .collect(),
        whole_href: at.to(&whole_address()),
    }
}

/// Where the whole statement stands.
pub fn whole_address() -> Address {
    Address::new("/statement/whole/")
}

pub(super) fn owner(material: Material, chapter: &Chapter) -> String {
    let settings = material.publication.settings();
    chapter
        .owner
        .clone()
        .or_else(|| settings.contact.role.clone())
        .unwrap_or_else(|| settings.publisher.clone())
}

/// Makes the page of the chapter with this number, from 0.
pub fn chapter(material: Material, number: usize, body_html: String) -> Option<ChapterPage> {
    let chapters = &material.narrative.chapters;
    let chapter = chapters.get(number)?;
    let at = Address::new(&chapter.address);
    let link =
        |chapter: &Chapter| Link::between(&at, &chapter.title, &Address::new(&chapter.address));
    let settings = material.publication.settings();
    let summary = chapter.summary.clone().unwrap_or_default();
    let trail = [(TITLE, address::section("statement"))];
    Some(ChapterPage {
        head: Head::new(material, &at, &chapter.title, &summary, &trail),
        number: number + 1,
        contents: chapter.contents.iter().map(HeadingView::from).collect(),
        chapters: chapters
            .iter()
            .enumerate()
            .map(|(index, other)| ChapterLink {
                label: other.title.clone(),
                href: at.to(&Address::new(&other.address)),
                current: index == number,
            })
            .collect(),
        body_html,
        owner: owner(material, chapter),
        as_at: chapter.as_at.unwrap_or(settings.edition.as_at).into(),
        review_by: chapter.review_by.map(Day::from),
        covers_text: chapter.is_draft.then(|| "This chapter is a draft.".to_owned()),
        previous: number.checked_sub(1).and_then(|at| chapters.get(at)).map(link),
        next: chapters.get(number + 1).map(link),
    })
}

/// Makes the page of the whole statement from the bodies of its chapters.
pub fn whole(material: Material, at: &Address, bodies: Vec<String>) -> Whole {
    let chapters: Vec<WholeChapter> = material
        .narrative
        .chapters
        .iter()
        .zip(bodies)
        .enumerate()
        .map(|(index, (chapter, body_html))| WholeChapter {
            number: index + 1,
            title: chapter.title.clone(),
            id: format!("chapter-{}", chapter.slug),
            body_html,
            owner: owner(material, chapter),
            as_at: chapter.as_at.map(Day::from),
        })
        .collect();
    let trail = [(TITLE, address::section("statement"))];
    let about = "Every chapter of the statement on one page, made to be printed.";
    Whole {
        head: Head::new(material, at, "The whole statement", about, &trail),
        contents: chapters
            .iter()
            .map(|chapter| HeadingView {
                id: chapter.id.clone(),
                label: chapter.title.clone(),
                level: 2,
            })
            .collect(),
        chapters,
    }
}

/// Makes the page of the text with this number, from 0.
pub fn text(material: Material, number: usize, body_html: String) -> Option<TextPage> {
    let page = material.narrative.pages.get(number)?;
    let at = Address::new(&page.address);
    let summary = page.summary.clone().unwrap_or_default();
    Some(TextPage {
        head: Head::new(material, &at, &page.title, &summary, &[]),
        contents: page.contents.iter().map(HeadingView::from).collect(),
        body_html,
    })
}
