//! Texts with their figures, tables and charts, as they stand on a page.

use super::render::{LISTED, Rendered, Renderer};
use crate::evidence::disclosure::AreaId;
use crate::narrative::{Body, GapsRequest, Part};
use crate::view::figure::FigureView;
use crate::view::frame::SiteView;
use crate::view::gap_cards::{self, About};
use crate::view::{flows, gap_tables, ladder, opportunities, ranges};

impl Renderer<'_> {
    /// Writes a text with its figures, tables and charts. `prefix` keeps the ids of several texts
    /// on one page apart.
    pub(super) fn body(&self, body: &Body, prefix: &str) -> Rendered<String> {
        let frame = self.frame("");
        let mut ids = Ids { prefix, made: 0 };
        let mut html = String::new();
        for part in &body.parts {
            html.push_str(&self.part(part, &frame, &mut ids)?);
        }
        Ok(html)
    }

    fn part(&self, part: &Part, frame: &SiteView, ids: &mut Ids) -> Rendered<String> {
        let (material, sources) = (self.site.material(), &self.site.sources);
        let theme = &self.site.theme;
        match part {
            Part::Html(text) => Ok(text.clone()),
            Part::Figure(figure) => theme.figure(sources, frame, &FigureView::from(&**figure)),
            Part::GapTable(request) => gap_tables::requested(material, self.at, request)
                .iter()
                .map(|table| theme.gap_table(sources, frame, table, &ids.next().1))
                .collect(),
            Part::Opportunity(id) => {
                let found = material.publication.opportunity(id).expect(LISTED);
                theme.opportunity(sources, frame, &opportunities::card(material, self.at, found))
            }
            Part::ListedGaps(request) => self.listed_gaps(request, frame),
            Part::FlowsChart(area) => self.flows(area.as_ref(), frame, ids),
            Part::RangesChart(area) => self.ranges(area.as_ref(), frame, ids),
            Part::LadderChart => {
                let (chart, table) = ids.next();
                match ladder::view(material, self.at, &chart) {
                    Some(charts) => theme.ladder_charts(sources, frame, &charts, &table),
                    None => Ok(String::new()),
                }
            }
        }
    }

    fn listed_gaps(&self, request: &GapsRequest, frame: &SiteView) -> Rendered<String> {
        let about = About {
            area: request.area.as_ref(),
            level: request.level.as_ref(),
            need: request.need.as_ref(),
        };
        let mut cards = gap_cards::listed(self.site.material(), self.at, about);
        cards.truncate(request.limit.unwrap_or(usize::MAX));
        self.site.theme.gap_cards(&self.site.sources, frame, &cards)
    }

    fn flows(&self, area: Option<&AreaId>, frame: &SiteView, ids: &mut Ids) -> Rendered<String> {
        let (chart, table) = ids.next();
        match flows::by_level(self.site.material(), self.at, area, &chart) {
            Some(charts) => self.site.theme.flow_charts(&self.site.sources, frame, &charts, &table),
            None => Ok(String::new()),
        }
    }

    fn ranges(&self, area: Option<&AreaId>, frame: &SiteView, ids: &mut Ids) -> Rendered<String> {
        let (chart, table) = ids.next();
        match ranges::by_level(self.site.material(), self.at, area, &chart) {
            Some(charts) => {
                self.site.theme.range_charts(&self.site.sources, frame, &charts, &table)
            }
            None => Ok(String::new()),
        }
    }
}

/// Gives tables and charts of a text ids that no other has on the page.
struct Ids<'p> {
    prefix: &'p str,
    made: usize,
}

impl Ids<'_> {
    /// The id of a chart and that of its table.
    fn next(&mut self) -> (String, String) {
        self.made += 1;
        let (prefix, made) = (self.prefix, self.made);
        (format!("{prefix}text-chart-{made}"), format!("{prefix}text-table-{made}"))
    }
}
