//! From a shortcode to what it quotes.

use std::collections::BTreeSet;

use super::shortcode::{Setting, Shortcode};
use super::{GapsRequest, Part, TableRequest};
use crate::diagnostics::{Code, Diagnostic, did_you_mean, listing};
use crate::evidence::disclosure::{AreaId, CellKey, LevelId, Measure, NeedId, Publication};
use crate::sources::{SourceId, Span};

/// Where shortcodes stand on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// Within a sentence.
    Inline,
    /// A paragraph of its own.
    Block,
}

/// Names of all shortcodes.
const NAMES: [&str; 5] = ["figure", "gap_table", "listed_gaps", "chart", "opportunity"];

/// Names of all charts.
const CHARTS: [&str; 3] = ["ladder", "flows", "ranges"];

/// Resolves a shortcode. `offset` is where the searched text begins in its file.
///
/// `Ok(None)` when there is nothing to resolve against, because the data has errors.
pub(super) fn resolve(
    shortcode: &Shortcode,
    position: Position,
    publication: Option<&Publication>,
    source: SourceId,
    offset: usize,
    whole: Span,
) -> Result<Option<Part>, Box<Diagnostic>> {
    let settings = Settings { shortcode, source, offset, whole };
    match shortcode.name.as_str() {
        "figure" => {
            settings.accept(&["of", "area", "level", "need"])?;
            publication.map(|publication| settings.figure(publication)).transpose()
        }
        "gap_table" => {
            settings.accept(&["area", "level"])?;
            settings.only_as_block(position)?;
            publication.map(|publication| settings.gap_table(publication)).transpose()
        }
        "chart" => {
            settings.accept(&["of", "area"])?;
            settings.only_as_block(position)?;
            settings.chart(publication)
        }
        "listed_gaps" => {
            settings.accept(&["area", "level", "need", "limit"])?;
            settings.only_as_block(position)?;
            let limit = settings.limit()?;
            publication.map(|publication| settings.listed_gaps(publication, limit)).transpose()
        }
        "opportunity" => {
            settings.accept(&["id"])?;
            settings.only_as_block(position)?;
            publication.map(|publication| settings.opportunity(publication)).transpose()
        }
        other => Err(settings.fault(
            &format!("there is no shortcode `{other}`"),
            &match did_you_mean(other, NAMES) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the shortcodes are {}", listing(NAMES)),
            },
        )),
    }
}

struct Settings<'a> {
    shortcode: &'a Shortcode,
    source: SourceId,
    offset: usize,
    whole: Span,
}

impl Settings<'_> {
    fn get(&self, key: &str) -> Option<&Setting> {
        self.shortcode.settings.iter().find(|setting| setting.key == key)
    }

    fn span(&self, setting: &Setting) -> Span {
        let range = setting.range.start + self.offset..setting.range.end + self.offset;
        Span::new(self.source, range)
    }

    fn fault(&self, message: &str, help: &str) -> Box<Diagnostic> {
        Box::new(Diagnostic::error(Code::ShortcodeSyntax, message).at(self.whole).help(help))
    }

    fn accept(&self, keys: &[&str]) -> Result<(), Box<Diagnostic>> {
        let mut seen = BTreeSet::new();
        for setting in &self.shortcode.settings {
            if !keys.contains(&setting.key.as_str()) {
                let help = match did_you_mean(&setting.key, keys.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the settings are {}", listing(keys.iter().copied())),
                };
                return Err(self.fault(&format!("there is no setting `{}`", setting.key), &help));
            }
            if !seen.insert(&setting.key) {
                let message = format!("the setting `{}` comes twice", setting.key);
                return Err(self.fault(&message, "leave out one of the two"));
            }
        }
        Ok(())
    }

    fn only_as_block(&self, position: Position) -> Result<(), Box<Diagnostic>> {
        match position {
            Position::Block => Ok(()),
            Position::Inline => Err(self.fault(
                &format!("`{}` cannot stand within a sentence", self.shortcode.name),
                "put it on a line of its own, with an empty line before and after",
            )),
        }
    }

    fn figure(&self, publication: &Publication) -> Result<Part, Box<Diagnostic>> {
        let Some(of) = self.get("of") else {
            let help = "say which one, such as of=\"gap.people\"";
            return Err(self.fault("the figure is not named", help));
        };
        let measures = || Measure::ALL.iter().map(|measure| measure.id());
        let Some(measure) = Measure::ALL.iter().copied().find(|m| m.id() == of.value) else {
            return Err(Box::new(
                Diagnostic::error(Code::UnknownFigure, format!("no figure `{}`", of.value))
                    .at(self.span(of))
                    .help(match did_you_mean(&of.value, measures()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("the figures are {}", listing(measures())),
                    }),
            ));
        };
        let key = CellKey {
            measure,
            area: self.area(publication)?,
            level: self.level(publication)?,
            need: self.need(publication)?,
        };
        match publication.figure(&key) {
            Some(figure) => Ok(Part::Figure(Box::new(figure.clone()))),
            None => Err(Box::new(
                Diagnostic::error(Code::UnknownFigure, "this combination is not published")
                    .at(self.whole)
                    .help("name at most two of area, level and need"),
            )),
        }
    }

    fn opportunity(&self, publication: &Publication) -> Result<Part, Box<Diagnostic>> {
        let opportunities = publication.opportunities();
        let ids: Vec<&str> = opportunities.iter().map(|found| found.id.as_str()).collect();
        let Some(setting) = self.get("id") else {
            let help = "write id=\"...\", the name of its file";
            return Err(self.fault("the opportunity is not named", help));
        };
        let found = opportunities.iter().find(|found| found.id.as_str() == setting.value);
        found.map(|found| Part::Opportunity(found.id.clone())).ok_or_else(|| {
            let message = format!("there is no opportunity `{}`", setting.value);
            let near = did_you_mean(&setting.value, ids.iter().copied());
            Box::new(Diagnostic::error(Code::UnknownFigure, message).at(self.span(setting)).help(
                match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the opportunities are {}", listing(ids)),
                },
            ))
        })
    }

    fn gap_table(&self, publication: &Publication) -> Result<Part, Box<Diagnostic>> {
        let request =
            TableRequest { area: self.area(publication)?, level: self.level(publication)? };
        if request.area.is_some() && request.level.is_some() {
            return Err(self.fault("choose an area or a level", "leave out one of the two"));
        }
        Ok(Part::GapTable(request))
    }

    fn listed_gaps(
        &self,
        publication: &Publication,
        limit: Option<usize>,
    ) -> Result<Part, Box<Diagnostic>> {
        Ok(Part::ListedGaps(GapsRequest {
            area: self.area(publication)?,
            level: self.level(publication)?,
            need: self.need(publication)?,
            limit,
        }))
    }

    fn chart(&self, publication: Option<&Publication>) -> Result<Option<Part>, Box<Diagnostic>> {
        let Some(of) = self.get("of") else {
            return Err(self.fault("the chart is not named", "write of=\"ladder\""));
        };
        if !CHARTS.contains(&of.value.as_str()) {
            return Err(Box::new(
                Diagnostic::error(Code::UnknownFigure, format!("no chart `{}`", of.value))
                    .at(self.span(of))
                    .help(match did_you_mean(&of.value, CHARTS) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("the charts are {}", listing(CHARTS)),
                    }),
            ));
        }
        if of.value == "ladder" && self.get("area").is_some() {
            let help = "leave out `area`, or choose `flows` or `ranges`";
            return Err(self.fault("the chart `ladder` is of all areas", help));
        }
        let Some(publication) = publication else {
            return Ok(None);
        };
        let area = self.area(publication)?;
        Ok(Some(match of.value.as_str() {
            "flows" => Part::FlowsChart(area),
            "ranges" => Part::RangesChart(area),
            _ => Part::LadderChart,
        }))
    }

    /// The most lines of a list.
    fn limit(&self) -> Result<Option<usize>, Box<Diagnostic>> {
        let Some(setting) = self.get("limit") else {
            return Ok(None);
        };
        match setting.value.parse() {
            Ok(limit) if limit > 0 => Ok(Some(limit)),
            _ => Err(Box::new(
                Diagnostic::error(Code::ShortcodeSyntax, "`limit` is not a number of gaps")
                    .at(self.span(setting))
                    .help("write a whole number from 1, such as limit=\"5\""),
            )),
        }
    }

    fn area(&self, publication: &Publication) -> Result<Option<AreaId>, Box<Diagnostic>> {
        let ids: Vec<&str> = publication.areas().ids().collect();
        self.id("area", &ids, AreaId::parse)
    }

    fn level(&self, publication: &Publication) -> Result<Option<LevelId>, Box<Diagnostic>> {
        let ids: Vec<&str> = publication.vocabulary().levels.keys().map(LevelId::as_str).collect();
        self.id("level", &ids, LevelId::parse)
    }

    fn need(&self, publication: &Publication) -> Result<Option<NeedId>, Box<Diagnostic>> {
        let ids: Vec<&str> = publication.vocabulary().needs.keys().map(NeedId::as_str).collect();
        self.id("need", &ids, NeedId::parse)
    }

    fn id<T>(
        &self,
        key: &str,
        known: &[&str],
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Box<Diagnostic>> {
        let Some(setting) = self.get(key) else {
            return Ok(None);
        };
        if known.contains(&setting.value.as_str()) {
            return Ok(parse(&setting.value));
        }
        Err(Box::new(
            Diagnostic::error(
                Code::UnknownFigure,
                format!("there is no {key} `{}`", setting.value),
            )
            .at(self.span(setting))
            .help(match did_you_mean(&setting.value, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`placewise figures` lists all names".to_owned(),
            }),
        ))
    }
}
