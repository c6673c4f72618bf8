//! Whom a service fits, by published facts alone: what a search for one person may rest on.
//!
//! The rules are those of `analysis::compatibility` in the central reading. A reviewer's score that
//! is not published counts for nothing here, so a service can pass that fails in the analysis.

use super::profile::PublicService;
use super::publication::Publication;
use crate::evidence::analysis::{Stand, is_good_enough, serves_home};
use crate::evidence::market::AreaId;

impl Publication {
    /// Whether a service is local to people of an area. Never, without a level or an area.
    pub fn is_local(&self, home: &AreaId, service: &PublicService) -> bool {
        let level = service.level.as_ref().and_then(|id| self.vocabulary().levels.get(id));
        let Some((level, area)) = level.zip(service.area.as_ref()) else {
            return false;
        };
        let stand = Stand { area, serves: &service.serves, geo: service.geo };
        serves_home(self.areas(), home, level, stand, false)
    }

    /// Whether nothing that is published of its quality stands against a service.
    pub fn has_quality(&self, service: &PublicService) -> bool {
        let rating = service.regulator.and_then(|regulator| regulator.rating);
        let score = service.reviewer_score.or(service.own_score).map(|(score, _)| score);
        is_good_enough(self.parameters(), rating, score)
    }
}
