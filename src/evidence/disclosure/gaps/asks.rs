//! What a gap asks of a service, one thing at a time, and which of it a service offers.
//!
//! This is the whole rule of "could this service answer that gap", from published facts only.
//! Pages, downloads and the command line go by it, and so does the choice of the closest service
//! (`offer`). What a service does not state, it is not listed as offering (gap-analysis §15.2).
//! Quality and distance are taken as met: they are conditions on any service (gap-analysis §6).

use std::collections::BTreeSet;

use super::{AlsoWanted, PublicGap, PublicGaps};
use crate::evidence::analysis::Specification;
use crate::evidence::disclosure::profile::PublicService;
use crate::evidence::market::{
    AgeRange, AreaId, AreaTree, GenderTaken, LegalId, LevelId, NeedId, Service, Status, Vocabulary,
};

/// One thing that a gap asks of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// To work at this level.
    Level(LevelId),
    /// To stand in this area.
    Area(AreaId),
    /// To take people from all of this area.
    Serves(AreaId),
    /// To meet this need.
    Need(NeedId),
    /// To take all these ages.
    Ages(AgeRange),
    /// To take this gender; `Any` asks for all.
    Gender(GenderTaken),
    /// To take people of this legal status.
    Legal(LegalId),
}

/// What a service offers, or could offer: nothing but what its public record says.
#[derive(Clone, Copy, Debug, Default)]
#[allow(missing_docs, reason = "the fields are those of `Service`, under the same names")]
pub struct Offered<'a> {
    pub level: Option<&'a LevelId>,
    pub needs: Option<&'a BTreeSet<NeedId>>,
    pub age: Option<AgeRange>,
    pub gender: Option<GenderTaken>,
    pub legal: Option<&'a BTreeSet<LegalId>>,
    pub area: Option<&'a AreaId>,
    /// The only areas whose people it takes; empty when all in its scope.
    pub serves: &'a [AreaId],
}

/// What a service is to a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict<'a> {
    /// It offers all that is asked.
    Answers,
    /// It could take some of the people: of the needs among them it meets some, but not these; or
    /// their needs are not known.
    InPart(Vec<&'a Ask>),
    /// It offers all but this.
    LacksOne(&'a Ask),
    /// It lacks all this, which is more than one thing.
    Lacks(Vec<&'a Ask>),
}

/// What the needs of a line are to a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeedsOfLine {
    /// A service must meet all of them.
    Together,
    /// People have them among them, and nobody need have all.
    Among,
}

impl Ask {
    /// Its kind and what it is about, as pages and downloads write them: `need` and `autism`,
    /// `ages` and `18-64`.
    pub fn parts(&self) -> (&'static str, String) {
        match self {
            Ask::Level(id) => ("level", id.to_string()),
            Ask::Area(id) => ("area", id.to_string()),
            Ask::Serves(id) => ("serves", id.to_string()),
            Ask::Need(id) => ("need", id.to_string()),
            Ask::Ages(ages) => ("ages", format!("{}-{}", ages.min, ages.max)),
            Ask::Gender(GenderTaken::Any) => ("gender", "any".to_owned()),
            Ask::Gender(GenderTaken::Female) => ("gender", "female".to_owned()),
            Ask::Gender(GenderTaken::Male) => ("gender", "male".to_owned()),
            Ask::Legal(id) => ("legal", id.to_string()),
        }
    }

    /// Reads what [`Ask::parts`] wrote; nothing where it is no such text.
    pub fn parse(kind: &str, of: &str) -> Option<Ask> {
        Some(match kind {
            "level" => Ask::Level(LevelId::parse(of)?),
            "area" => Ask::Area(AreaId::parse(of)?),
            "serves" => Ask::Serves(AreaId::parse(of)?),
            "need" => Ask::Need(NeedId::parse(of)?),
            "ages" => {
                let (min, max) = of.split_once('-')?;
                Ask::Ages(AgeRange { min: min.parse().ok()?, max: max.parse().ok()? })
            }
            "gender" => Ask::Gender(match of {
                "any" => GenderTaken::Any,
                "female" => GenderTaken::Female,
                "male" => GenderTaken::Male,
                _ => return None,
            }),
            "legal" => Ask::Legal(LegalId::parse(of)?),
            _ => return None,
        })
    }

    /// Whether a service offers it.
    pub fn is_met(&self, areas: &AreaTree, offered: &Offered) -> bool {
        match self {
            Ask::Level(level) => offered.level == Some(level),
            Ask::Area(area) => offered.area.is_some_and(|at| areas.is_within(at, area)),
            Ask::Serves(area) => {
                offered.serves.is_empty()
                    || offered.serves.iter().any(|served| areas.is_within(area, served))
            }
            Ask::Need(need) => offered.needs.is_some_and(|met| met.contains(need)),
            Ask::Ages(ages) => offered.age.is_some_and(|taken| taken.contains(*ages)),
            Ask::Gender(gender) => {
                offered.gender.is_some_and(|taken| taken == GenderTaken::Any || taken == *gender)
            }
            Ask::Legal(status) => offered.legal.is_some_and(|taken| taken.contains(status)),
        }
    }
}

/// Holds a service against what a line asks.
pub fn verdict<'a>(
    areas: &AreaTree,
    asks: &'a [Ask],
    needs: NeedsOfLine,
    offered: &Offered,
) -> Verdict<'a> {
    let lacks: Vec<&Ask> = asks.iter().filter(|ask| !ask.is_met(areas, offered)).collect();
    let is_need = |ask: &Ask| matches!(ask, Ask::Need(_));
    let asked_needs = asks.iter().filter(|ask| is_need(ask)).count();
    match lacks[..] {
        // Nobody knows what these people need.
        [] if needs == NeedsOfLine::Among && asked_needs == 0 => Verdict::InPart(Vec::new()),
        [] => Verdict::Answers,
        [one] => Verdict::LacksOne(one),
        _ if needs == NeedsOfLine::Among
            && lacks.iter().all(|ask| is_need(ask))
            && lacks.len() < asked_needs =>
        {
            Verdict::InPart(lacks)
        }
        _ => Verdict::Lacks(lacks),
    }
}

/// What a specification asks, in the order in which it is told.
pub(super) fn of(wanted: &Specification) -> Vec<Ask> {
    let mut asks = vec![
        Ask::Level(wanted.level.clone()),
        Ask::Area(wanted.area.clone()),
        Ask::Serves(wanted.area.clone()),
    ];
    asks.extend(wanted.needs.iter().cloned().map(Ask::Need));
    asks.push(Ask::Ages(wanted.ages));
    asks.push(Ask::Gender(wanted.gender));
    asks.extend(wanted.legal.iter().cloned().map(Ask::Legal));
    asks
}

impl PublicGap {
    /// What it asks of a service.
    pub fn asks(&self) -> Vec<Ask> {
        of(&self.specification)
    }
}

impl AlsoWanted {
    /// What it asks of a service: ages, gender and legal status are not told of such a line.
    ///
    /// A service is local to its people where it stands in the area that the level's scope gives
    /// them. People of an area larger than that are spread over several, and a service in any of
    /// them is local to some.
    pub fn asks(&self, areas: &AreaTree, words: &Vocabulary) -> Vec<Ask> {
        let scope = words.levels.get(&self.level).map(|level| level.scope);
        let around = scope.and_then(|scope| areas.ancestor(&self.area, scope));
        let stands = around.map_or(&self.area, |area| &area.id);
        let mut asks = vec![
            Ask::Level(self.level.clone()),
            Ask::Area(stands.clone()),
            Ask::Serves(self.area.clone()),
        ];
        asks.extend(self.wanted.iter().cloned().map(Ask::Need));
        asks
    }
}

impl PublicGaps {
    /// What a service of the directory is to each listed gap at its level where it stands: those it
    /// answers, and those for which it lacks one thing. A service that takes nobody is neither.
    pub fn answered_by<'a>(
        &'a self,
        areas: &AreaTree,
        service: &PublicService,
    ) -> Vec<(&'a PublicGap, Option<Ask>)> {
        if service.status != Status::Active {
            return Vec::new();
        }
        let is_near = |gap: &&PublicGap| service.level.as_ref() == Some(&gap.specification.level);
        let gaps = self.listed.iter().filter(is_near);
        gaps.filter_map(|gap| {
            let asks = gap.asks();
            match verdict(areas, &asks, NeedsOfLine::Together, &service.offered()) {
                Verdict::Answers => Some((gap, None)),
                Verdict::LacksOne(ask) if !matches!(ask, Ask::Area(_)) => {
                    Some((gap, Some(ask.clone())))
                }
                _ => None,
            }
        })
        .collect()
    }
}

impl PublicService {
    /// What it is listed as offering.
    pub fn offered(&self) -> Offered<'_> {
        Offered {
            level: self.level.as_ref(),
            needs: self.needs.as_ref(),
            age: self.age,
            gender: self.gender,
            legal: self.legal.as_ref(),
            area: self.area.as_ref(),
            serves: &self.serves,
        }
    }
}

/// What a service is listed as offering; of all its record, only what its page tells too.
pub(super) fn offered(service: &Service) -> Offered<'_> {
    Offered {
        level: service.level.as_ref(),
        needs: service.needs.as_ref(),
        age: service.age,
        gender: service.gender,
        legal: service.legal.as_ref(),
        area: service.area.as_ref(),
        serves: &service.serves,
    }
}

#[cfg(test)]
mod tests;
