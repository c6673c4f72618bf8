//! Published gaps as rows, for downloads and for `placewise gaps`: one row for each line, and one
//! for everybody who is in none.

use serde::Serialize;

use super::downloads::{Cell, Record, record};
use super::line_figures::{self, LineFigure};
use super::words::gender;
use super::{Material, address, ask_words, frame, gap_cards, gap_words, sealed};
use crate::evidence::disclosure::{
    AlsoWanted, Area, AreaId, AreaKind, Ask, Band, BedRanges, LegalId, NeedId, PriceBand, PublicGap,
};

record! {
    /// One line of the published gaps.
    GapLine {
        key: String = "Key of the people of the line, the same on pages; other numbers of the line \
                       have the same name after the |",
        tier: String = "listed, also-wanted or individual; every person is in one row only",
        id: Option<String> = "Id of a listed gap, which stays the same",
        page: String = "Address of the page that tells more",
        title: String = "What is wanted, in words",
        level: Option<String> = "Id of the level of care",
        level_name: Option<String> = "Name of the level",
        area: Option<String> = "Id of the area whose people need it",
        area_name: Option<String> = "Name of the area",
        needs: String = "Ids of needs with | between them: where a gap is listed, a service \
                         must meet all, and each person needs one or more; else what the people \
                         need among them",
        age_min: Option<u32> = "Youngest age that a service must take",
        age_max: Option<u32> = "Oldest age that a service must take; blank when there is no limit",
        gender: Option<String> = "Whom a service must take",
        legal: String = "Ids of the legal statuses that a service must take, with | between them",
        people_low: Option<u32> = "Lower end of the band of people",
        people_high: Option<u32> = "Upper end of the band; blank for \"or more\"",
        beds_busy_low: Option<u32> = "Places at the target occupancy, for the lower end of the \
                                      band",
        beds_busy_high: Option<u32> = "The same for the upper end",
        beds_free_low: Option<u32> = "Places so that someone is seldom turned away, for the \
                                      lower end of the band",
        beds_free_high: Option<u32> = "The same for the upper end",
        weekly_pounds_low: Option<u32> = "Lower end of the weekly price for one person",
        weekly_pounds_high: Option<u32> = "Upper end of the weekly price",
        price_from: Option<String> = "Where the price comes from",
        why: Option<String> = "Why a gap is listed",
        offered_by: String = "Ids of local services listed as offering all of it, with | between \
                              them; they have too few suitable places free",
        nearest_service: Option<String> = "Id of the local service that comes closest; blank when \
                                           one offers all, or each lacks more than one thing",
        nearest_differs: Option<String> = "How that service differs from what is wanted",
        asks: Asks = "What a service must do to answer it: kind, id or ages, words; in CSV kind \
                      and id, with | between them",
        as_at: String = "The day on which the figures were true",
    }
}

/// What a line asks of a service: kind, id or ages, and words.
#[derive(Clone, Debug, Serialize)]
pub struct Asks(Vec<(&'static str, String, String)>);

impl Cell for Asks {
    fn cell(&self) -> String {
        let parts: Vec<String> =
            self.0.iter().map(|(kind, of, _)| format!("{kind}:{of}")).collect();
        parts.join("|")
    }
}

fn asks(material: Material, asks: &[Ask]) -> Asks {
    let views = ask_words::views(material, asks).into_iter();
    Asks(views.map(|view| (view.kind, view.of, view.text)).collect())
}

/// The form of the download, so that a program can tell whether it knows it.
const FORMAT: &str = "placewise-gaps-1";

/// The words that a record held against the gaps may use: ids and names.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "each is the list that it is named after")]
pub struct Words {
    pub format: &'static str,
    /// Id, name, kind, and the id of the area it lies in, which stands before it.
    pub areas: Vec<(String, String, &'static str, String)>,
    pub levels: Vec<(String, String)>,
    pub needs: Vec<(String, String)>,
    pub legal: Vec<(String, String)>,
}

/// The words of a site.
pub fn words(material: Material) -> Words {
    let words = material.publication.vocabulary();
    let mut areas = Vec::new();
    for root in material.publication.areas().roots() {
        add_area(material, root, &mut areas);
    }
    let levels = words.levels_in_order();
    let needs = words.needs.values();
    Words {
        format: FORMAT,
        areas,
        levels: levels.map(|level| (level.id.to_string(), level.name.clone())).collect(),
        needs: needs.map(|need| (need.id.to_string(), need.name.clone())).collect(),
        legal: words.legal.iter().map(|(id, name)| (id.to_string(), name.clone())).collect(),
    }
}

fn add_area(
    material: Material,
    area: &Area,
    areas: &mut Vec<(String, String, &'static str, String)>,
) {
    let kind = match area.kind {
        AreaKind::Region => "region",
        AreaKind::Icb => "icb",
        AreaKind::Place => "place",
    };
    let parent = area.parent.as_ref().map(AreaId::to_string).unwrap_or_default();
    areas.push((area.id.to_string(), area.name.clone(), kind, parent));
    for child in material.publication.areas().children(&area.id) {
        add_area(material, child, areas);
    }
}

/// All lines in the order in which the pages show them.
pub fn lines(material: Material) -> Vec<GapLine> {
    let gaps = material.publication.gaps();
    let listed = gaps.listed().iter().map(|gap| listed(material, gap));
    let also = gaps.also_wanted().iter().map(|line| also_wanted(material, line));
    let individual = GapLine {
        key: LineFigure::People.key("individual"),
        tier: "individual".to_owned(),
        title: gap_words::INDIVIDUAL.to_owned(),
        ..empty(material)
    };
    listed.chain(also).chain(std::iter::once(individual)).collect()
}

/// A row that says nothing yet.
fn empty(material: Material) -> GapLine {
    GapLine {
        key: String::new(),
        tier: String::new(),
        id: None,
        page: frame::canonical(material, &address::section("gaps")),
        title: String::new(),
        level: None,
        level_name: None,
        area: None,
        area_name: None,
        needs: String::new(),
        age_min: None,
        age_max: None,
        gender: None,
        legal: String::new(),
        people_low: None,
        people_high: None,
        beds_busy_low: None,
        beds_busy_high: None,
        beds_free_low: None,
        beds_free_high: None,
        weekly_pounds_low: None,
        weekly_pounds_high: None,
        price_from: None,
        why: None,
        offered_by: String::new(),
        nearest_service: None,
        nearest_differs: None,
        asks: Asks(Vec::new()),
        as_at: material.publication.settings().edition.as_at.to_string(),
    }
}

fn listed(material: Material, gap: &PublicGap) -> GapLine {
    let wanted = gap.specification();
    let beds = gap.beds();
    let bed = |of: fn(BedRanges) -> Option<u32>| beds.and_then(of);
    let nearest = gap.offer().nearest.as_ref();
    let offered = gap.offer().meeting_all.iter().map(|(_, service)| service.as_str());
    let price = gap.price();
    GapLine {
        key: LineFigure::People.key(gap.id()),
        tier: "listed".to_owned(),
        id: Some(gap.id().to_owned()),
        page: frame::canonical(material, &address::listed_gap(gap.id())),
        title: gap_words::title(material, wanted),
        level: Some(wanted.level.to_string()),
        level_name: Some(gap_words::level_name(material, wanted)),
        needs: wanted.needs.iter().map(NeedId::as_str).collect::<Vec<_>>().join("|"),
        age_min: Some(u32::from(wanted.ages.min)),
        age_max: Some(u32::from(wanted.ages.max)).filter(|age| *age < 120),
        gender: Some(gender(wanted.gender, Some(wanted.ages)).to_owned()),
        legal: wanted.legal.iter().map(LegalId::as_str).collect::<Vec<_>>().join("|"),
        beds_busy_low: bed(|beds| Some(beds.by_occupancy.low.0)),
        beds_busy_high: bed(|beds| beds.by_occupancy.high.map(|beds| beds.0)),
        beds_free_low: bed(|beds| Some(beds.seldom_full.low.0)),
        beds_free_high: bed(|beds| beds.seldom_full.high.map(|beds| beds.0)),
        weekly_pounds_low: price.map(PriceBand::low_pounds),
        weekly_pounds_high: price.map(PriceBand::high_pounds),
        price_from: price.map(|price| gap_words::price_basis(price).to_owned()),
        why: Some(gap_words::kind(gap.offer().kind).to_owned()),
        offered_by: offered.collect::<Vec<_>>().join("|"),
        asks: asks(material, &gap.asks()),
        nearest_service: nearest.map(|nearest| nearest.service.to_string()),
        nearest_differs: nearest.and_then(|n| {
            let (_, service) = gap_words::service_of(material, &n.provider, &n.service)?;
            Some(gap_words::differs(material, service, wanted, &n.unlisted))
        }),
        ..of_people(material, &wanted.area, gap.people())
    }
}

fn also_wanted(material: Material, line: &AlsoWanted) -> GapLine {
    let level = material.publication.vocabulary().levels.get(line.level());
    let wanted = gap_cards::wanted(material, line);
    let name = line_figures::also_wanted_name(material.publication, line);
    GapLine {
        key: LineFigure::People.key(&name),
        tier: "also-wanted".to_owned(),
        title: wanted.unwrap_or_else(|| "Needs not stated".to_owned()),
        level: Some(line.level().to_string()),
        level_name: level.map(|level| level.name.clone()),
        needs: line.wanted().iter().map(NeedId::as_str).collect::<Vec<_>>().join("|"),
        asks: asks(
            material,
            &line.asks(material.publication.areas(), material.publication.vocabulary()),
        ),
        ..of_people(material, line.area(), line.people())
    }
}

fn of_people(material: Material, area: &AreaId, people: Band) -> GapLine {
    let areas = material.publication.areas();
    GapLine {
        area: Some(area.to_string()),
        area_name: areas.get(area.as_str()).map(|area| area.name.clone()),
        people_low: Some(people.low()),
        people_high: people.high(),
        ..empty(material)
    }
}
