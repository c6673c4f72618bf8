//! Opportunities: the list, and a page for each.

use serde::Serialize;

use super::address::{self, Address};
use super::cards;
use super::frame::{ContactView, Head};
use super::gap_opportunities::{self, AnsweredGap};
use super::words::Day;
use super::{Link, Material, opportunity_words, view};
use crate::evidence::disclosure::{Answer, Lot, LotStatus, PublicOpportunity, Step};
use crate::narrative::prose_html;

/// The list of opportunities.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct Opportunities {
    #[serde(flatten)]
    pub head: Head,
    pub intro: &'static str,
    pub items: Vec<OpportunityCard>,
}
view!(Opportunities, "opportunities.html");

/// An opportunity in a list or in a text.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the card")]
pub struct OpportunityCard {
    pub title: String,
    pub href: String,
    pub stage: &'static str,
    pub next: Option<StepView>,
    pub lots: Option<String>,
    pub levels: Vec<Link>,
    pub areas: Vec<Link>,
}

/// An opportunity's page.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the page")]
pub struct OpportunityPage {
    #[serde(flatten)]
    pub head: Head,
    pub stage: &'static str,
    pub stage_about: &'static str,
    pub about_html: Option<String>,
    pub next: Option<StepView>,
    pub lots: Vec<LotView>,
    pub unfilled: Option<String>,
    pub steps: Vec<StepView>,
    pub notices: Vec<NoticeView>,
    pub answers: Vec<AnswerView>,
    pub listed: Vec<AnsweredGap>,
    pub attempts: Vec<AttemptView>,
    pub contact: ContactView,
}
view!(OpportunityPage, "opportunity.html");

/// A date or an event.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the line")]
pub struct StepView {
    pub date: Day,
    pub what: String,
    pub place: Option<String>,
    pub href: Option<String>,
    /// Whether it lies before the day of the edition.
    pub is_past: bool,
}

/// A lot.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the section")]
pub struct LotView {
    pub title: String,
    pub about_html: Option<String>,
    pub status: Option<&'static str>,
    pub is_unfilled: bool,
    pub places: Option<String>,
    pub providers: Option<&'static str>,
    pub value: Option<&'static str>,
}

/// A published notice.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the line")]
pub struct NoticeView {
    pub title: String,
    pub href: String,
    pub date: Option<Day>,
}

/// A need that the purchase is to meet.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the line")]
pub struct AnswerView {
    pub area: Link,
    pub level: Link,
    pub needs: Vec<String>,
}

/// An earlier try.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "named after the parts of the line")]
pub struct AttemptView {
    pub date: Option<Day>,
    pub outcome: String,
    pub learned: Option<String>,
}

/// Makes the list.
pub fn overview(material: Material, at: &Address) -> Opportunities {
    let intro = "What commissioners here are going to buy, from first plans to awards. Those with \
                 the earliest date to come stand first.";
    Opportunities {
        head: Head::new(material, at, "Opportunities", intro, &[]),
        intro,
        items: material
            .publication
            .opportunities()
            .iter()
            .map(|opportunity| card(material, at, opportunity))
            .collect(),
    }
}

/// The card of an opportunity.
pub fn card(material: Material, at: &Address, opportunity: &PublicOpportunity) -> OpportunityCard {
    let (mut levels, mut areas) = (Vec::new(), Vec::new());
    for answer in &opportunity.answers {
        let seen = answer_view(material, at, answer);
        for (list, link) in [(&mut levels, seen.level), (&mut areas, seen.area)] {
            if !list.iter().any(|before: &Link| before.href == link.href) {
                list.push(link);
            }
        }
    }
    OpportunityCard {
        title: opportunity.title.clone(),
        href: at.to(&address::opportunity(&opportunity.id)),
        stage: opportunity_words::stage(opportunity.stage),
        next: next(material, opportunity),
        lots: opportunity_words::lots(&opportunity.lots),
        levels,
        areas,
    }
}

/// The first date on or after the day of the edition.
fn next(material: Material, opportunity: &PublicOpportunity) -> Option<StepView> {
    let day = material.publication.settings().edition.date;
    opportunity.next_step(day).map(|step| step_view(material, step))
}

/// The next date of each of the first opportunities, for the home page.
pub fn coming(material: Material, at: &Address, limit: usize) -> Vec<OpportunityCard> {
    let cards = material.publication.opportunities().iter();
    cards
        .map(|opportunity| card(material, at, opportunity))
        .filter(|card| card.next.is_some())
        .take(limit)
        .collect()
}

fn step_view(material: Material, step: &Step) -> StepView {
    StepView {
        date: step.date.into(),
        what: step.what.clone(),
        place: step.place.clone(),
        href: step.url.clone(),
        is_past: step.date < material.publication.settings().edition.date,
    }
}

/// Makes the page of an opportunity.
pub fn page(material: Material, opportunity: &PublicOpportunity) -> OpportunityPage {
    let at = address::opportunity(&opportunity.id);
    let stage = opportunity_words::stage(opportunity.stage);
    let description = format!("{}. {stage}.", opportunity.title);
    let trail = [("Opportunities", address::section("opportunities"))];
    let mut head = Head::new(material, &at, &opportunity.title, &description, &trail);
    let publication = material.publication;
    if publication.opportunities().iter().filter(|o| o.title == opportunity.title).count() > 1 {
        head.document_title = format!("{} ({})", head.document_title, opportunity.id);
    }
    let own = &opportunity.contact;
    let has_own = own.email.is_some() || own.phone.is_some();
    OpportunityPage {
        head,
        stage,
        stage_about: opportunity_words::stage_about(opportunity.stage),
        about_html: opportunity.about.as_deref().map(prose_html),
        next: next(material, opportunity),
        lots: opportunity.lots.iter().map(lot_view).collect(),
        unfilled: opportunity_words::unfilled(&opportunity.lots),
        steps: opportunity.steps().into_iter().map(|step| step_view(material, step)).collect(),
        notices: opportunity
            .notices
            .iter()
            .map(|notice| NoticeView {
                title: notice.title.clone(),
                href: notice.url.clone(),
                date: notice.date.map(Day::from),
            })
            .collect(),
        answers: opportunity.answers.iter().map(|a| answer_view(material, &at, a)).collect(),
        listed: gap_opportunities::answered(material, &at, opportunity),
        attempts: opportunity
            .previous_attempts
            .iter()
            .map(|attempt| AttemptView {
                date: attempt.date.map(Day::from),
                outcome: attempt.outcome.clone(),
                learned: attempt.learned.clone(),
            })
            .collect(),
        contact: ContactView::from(if has_own { own } else { &publication.settings().contact }),
    }
}

fn lot_view(lot: &Lot) -> LotView {
    LotView {
        title: lot.title.clone(),
        about_html: lot.about.as_deref().map(prose_html),
        status: lot.status.map(opportunity_words::lot_status),
        is_unfilled: lot.status == Some(LotStatus::NoBids),
        places: lot.places.map(opportunity_words::places),
        providers: lot.is_for_several.map(|several| match several {
            true => "Several providers",
            false => "One provider",
        }),
        value: lot.value_band.map(opportunity_words::value_band),
    }
}

fn answer_view(material: Material, at: &Address, answer: &Answer) -> AnswerView {
    let area = material.publication.areas().get(answer.area.as_str());
    let name = area.map_or_else(|| answer.area.to_string(), |area| area.name.clone());
    AnswerView {
        area: Link::between(at, name, &address::area(&answer.area)),
        level: cards::level_link(material, at, &answer.level),
        needs: cards::needs(material, answer.needs.iter().map(|need| need.as_str())),
    }
}
