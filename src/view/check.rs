//! The page where a provider checks a service against what is wanted.
//!
//! It holds every published line with what the line asks, so it is complete without scripts. The
//! script reads a description from the form and sorts the lines by it, by the rule of
//! `disclosure::gaps::asks`; a test holds the two against each other.

use std::collections::BTreeSet;

use serde::Serialize;

use super::address::{self, Address};
use super::ask_words::{self, AskView};
use super::check_form::{self, Form};
use super::check_level::{self, LevelLinks};
use super::figure::FigureView;
use super::frame::Head;
use super::gap_tables::area_name;
use super::line_figures::{self, LineFigure};
use super::words::{Day, counted};
use super::{Link, Material, cards, gap_cards, gap_level, gap_words, opportunity_words, view};
use crate::evidence::disclosure::{
    AlsoWanted, AreaId, LevelId, NeedId, NeedsOfLine, PublicGap, PublicService,
};

/// The page that checks a service.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct Check {
    #[serde(flatten)]
    pub head: Head,
    pub intro: &'static str,
    pub form: Form,
    pub lines: Vec<Line>,
    pub all_text: String,
    pub levels: Vec<LevelLinks>,
    pub individual: &'static str,
    pub next_href: String,
    pub opportunities: Option<Link>,
    pub gaps: Link,
    pub rules_href: String,
    pub scripts: Scripts,
}
view!(Check, "check.html");

/// One published line with what it asks.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the card")]
pub struct Line {
    pub title: String,
    pub href: String,
    pub needs: &'static str,
    pub people: FigureView,
    pub area: Link,
    pub beds: Option<FigureView>,
    pub why: Option<&'static str>,
    pub asks: Vec<AskView>,
    pub opportunities: Vec<Dated>,
}

/// An opportunity with its next date.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the line")]
pub struct Dated {
    pub link: Link,
    pub stage: &'static str,
    pub date: Option<Day>,
    pub what: Option<String>,
    pub unnamed: Option<String>,
}

/// The ways to the script of the page and to the records that it can start from.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "each is the way to the file it is named after")]
pub struct Scripts {
    pub script_href: String,
    pub records_href: String,
}

/// Where the page stands.
pub fn address() -> Address {
    address::section("check-my-service")
}

/// The way from a page to the check of one service, already described there.
pub fn link(at: &Address, service: &PublicService) -> Link {
    let href = format!("{}#{}", at.to(&address()), ask_words::state(service));
    Link { label: "Check this service against all gaps".to_owned(), href }
}

/// Makes the page. `script` is the address of its script.
pub fn page(material: Material, script: &Address) -> Check {
    let at = address();
    let intro = "Describe a service that you run or could run, and see which published gaps it \
                 would answer, which it misses by one thing, and what to do next.";
    let gaps = material.publication.gaps();
    let listed = gaps.listed().iter().map(|gap| listed(material, &at, gap));
    let also = gaps.also_wanted().iter().map(|line| also_wanted(material, &at, line));
    let lines: Vec<Line> = listed.chain(also).collect();
    let has_opportunities = !material.publication.opportunities().is_empty();
    Check {
        head: Head::new(material, &at, "Check my service", intro, &[]),
        intro,
        form: check_form::form(material),
        all_text: format!("{} published.", counted(lines.len(), "gap is", "gaps are")),
        lines,
        levels: check_level::levels(material, &at),
        individual: gap_words::INDIVIDUAL,
        next_href: at.to(&gap_level::how_to_work_with_us(material)),
        opportunities: has_opportunities
            .then(|| Link::between(&at, "All opportunities", &address::section("opportunities"))),
        gaps: Link::between(&at, "All gaps, with their sizes", &address::section("gaps")),
        rules_href: format!("{}#matching", at.to(&address::section("method"))),
        scripts: Scripts {
            script_href: at.to(script),
            records_href: at.to(&check_form::records_address()),
        },
    }
}

fn listed(material: Material, at: &Address, gap: &PublicGap) -> Line {
    let wanted = gap.specification();
    Line {
        title: gap_words::title(material, wanted),
        href: at.to(&address::listed_gap(gap.id())),
        needs: ask_words::needs_of_line(NeedsOfLine::Together),
        people: line_figures::people(gap.id(), gap.people()),
        area: area_link(material, at, &wanted.area),
        beds: gap.beds().map(|beds| line_figures::beds(LineFigure::Beds, gap, beds.both())),
        why: Some(gap_words::kind(gap.offer().kind)),
        asks: ask_words::views(material, &gap.asks()),
        opportunities: opportunities(material, at, &wanted.area, &wanted.level, &wanted.needs),
    }
}

fn also_wanted(material: Material, at: &Address, line: &AlsoWanted) -> Line {
    let words = material.publication.vocabulary();
    let asks = line.asks(material.publication.areas(), words);
    let level = cards::level_link(material, at, line.level()).label;
    let wanted = gap_cards::wanted(material, line).unwrap_or_else(|| "needs not stated".to_owned());
    let name = line_figures::also_wanted_name(material.publication, line);
    Line {
        title: format!("{level}, also wanted: {}", lower(wanted)),
        href: at.to(&address::gap(line.level())),
        needs: ask_words::needs_of_line(NeedsOfLine::Among),
        people: line_figures::people(&name, line.people()),
        area: area_link(material, at, line.area()),
        beds: None,
        why: None,
        asks: ask_words::views(material, &asks),
        opportunities: opportunities(material, at, line.area(), line.level(), line.wanted()),
    }
}

fn lower(text: String) -> String {
    gap_words::in_sentence(vec![text]).concat()
}

fn area_link(material: Material, at: &Address, id: &AreaId) -> Link {
    Link::between(at, area_name(material.publication, id), &address::area(id))
}

/// Opportunities that answer a line, in whole or in part, with the next date of each.
fn opportunities(
    material: Material,
    at: &Address,
    area: &AreaId,
    level: &LevelId,
    needs: &BTreeSet<NeedId>,
) -> Vec<Dated> {
    let day = material.publication.settings().edition.date;
    let all = material.publication.opportunities().iter();
    all.filter_map(|opportunity| {
        let unnamed = opportunity.unnamed(material.publication.areas(), area, level, needs)?;
        let next = opportunity.next_step(day);
        Some(Dated {
            link: Link::between(at, &opportunity.title, &address::opportunity(&opportunity.id)),
            stage: opportunity_words::stage(opportunity.stage),
            date: next.map(|step| step.date.into()),
            what: next.map(|step| step.what.clone()),
            unnamed: opportunity_words::unnamed(material, &unnamed),
        })
    })
    .collect()
}
