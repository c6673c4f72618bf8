//! Components that stand in texts: figures, tables, charts and opportunities.

use tera::Context;

use super::{TemplateFault, Theme};
use crate::sources::SourceSet;
use crate::view::figure::{FigureView, GapTable};
use crate::view::flows::FlowsView;
use crate::view::frame::SiteView;
use crate::view::gap_cards::GapCard;
use crate::view::ladder::LadderView;
use crate::view::opportunities::OpportunityCard;
use crate::view::ranges::RangesView;

impl Theme {
    /// Renders a figure to stand in a sentence.
    pub fn figure(
        &self,
        sources: &SourceSet,
        site: &SiteView,
        figure: &FigureView,
    ) -> Result<String, Box<TemplateFault>> {
        let mut context = Context::new();
        context.insert("value", figure);
        context.insert("form", "phrase");
        self.component(sources, site, "figure", &context)
    }

    /// Renders the card of an opportunity to stand in a text.
    pub fn opportunity(
        &self,
        sources: &SourceSet,
        site: &SiteView,
        card: &OpportunityCard,
    ) -> Result<String, Box<TemplateFault>> {
        let mut context = Context::new();
        context.insert("card", card);
        self.component(sources, site, "opportunity_card", &context)
    }

    /// Renders a table of gaps to stand in a text.
    pub fn gap_table(
        &self,
        sources: &SourceSet,
        site: &SiteView,
        table: &GapTable,
        id: &str,
    ) -> Result<String, Box<TemplateFault>> {
        let mut context = Context::new();
        context.insert("table", table);
        context.insert("id", id);
        self.component(sources, site, "gap_table", &context)
    }

    /// Renders the pictures of all levels to stand in a text, their table closed.
    pub fn ladder_charts(
        &self,
        sources: &SourceSet,
        site: &SiteView,
        charts: &LadderView,
        id: &str,
    ) -> Result<String, Box<TemplateFault>> {
        let mut context = Context::new();
        context.insert("value", charts);
        context.insert("id", id);
        context.insert("table", "closed");
        self.component(sources, site, "ladder_charts", &context)
    }

    /// Renders cards of listed gaps to stand in a text.
    pub fn gap_cards(
        &self,
        sources: &SourceSet,
        site: &SiteView,
        cards: &[GapCard],
    ) -> Result<String, Box<TemplateFault>> {
        let mut context = Context::new();
        context.insert("cards", cards);
        self.component(sources, site, "gap_cards", &context)
    }

    /// Renders streams of people who live away to stand in a text.
    pub fn flow_charts(
        &self,
        sources: &SourceSet,
        site: &SiteView,
        charts: &FlowsView,
        id: &str,
    ) -> Result<String, Box<TemplateFault>> {
        let mut context = Context::new();
        context.insert("value", charts);
        context.insert("id", id);
        self.component(sources, site, "flow_charts", &context)
    }

    /// Renders gaps with their ranges to stand in a text.
    pub fn range_charts(
        &self,
        sources: &SourceSet,
        site: &SiteView,
        charts: &RangesView,
        id: &str,
    ) -> Result<String, Box<TemplateFault>> {
        let mut context = Context::new();
        context.insert("value", charts);
        context.insert("id", id);
        self.component(sources, site, "range_charts", &context)
    }

    fn component(
        &self,
        sources: &SourceSet,
        site: &SiteView,
        name: &str,
        context: &Context,
    ) -> Result<String, Box<TemplateFault>> {
        let mut implicit = Context::new();
        implicit.insert("site", site);
        self.tera
            .render_component_with_implicits(name, context, &implicit, None, true)
            .map_err(|error| Box::new(TemplateFault(self.told(sources, &error))))
    }
}
