//! Random small sites, and how they change from edition to edition.

use std::collections::BTreeSet;

use super::super::tests::Files;
use super::worlds::Draw;

/// Homes: three places, and one that the first two are joined to.
pub(super) const HOMES: [&str; 4] = ["dale", "hill", "fell", "vale"];
pub(super) const LEVELS: [&str; 2] = ["low", "high"];
/// What people need.
pub(super) const KINDS: [&[&str]; 3] = [&["autism"], &["epilepsy"], &["autism", "epilepsy"]];
/// Why they are away: for a good reason, for a bad one, or nobody says.
const REASONS: [&str; 3] = ["choice", "no-local-place", ""];

/// Homes that are joined to `vale`, or split from it.
pub(super) const JOINED: [usize; 2] = [0, 1];
pub(super) const VALE: usize = 3;

const AREAS: &str = "[{id: east, name: East, kind: region},\n\
                     {id: mere, name: Mere, kind: icb, parent: east},\n\
                     {id: dale, name: Dale, kind: place, parent: mere},\n\
                     {id: hill, name: Hill, kind: place, parent: mere},\n\
                     {id: fell, name: Fell, kind: place, parent: mere},\n\
                     {id: vale, name: Vale, kind: place, parent: mere}]";

/// People who are alike, in one record.
#[derive(Clone, Debug)]
struct Record {
    home: usize,
    level: usize,
    kind: usize,
    reason: usize,
    people: u32,
}

/// A site.
#[derive(Clone, Debug)]
pub(super) struct Site {
    profile: &'static str,
    records: Vec<Record>,
    /// Places that are free in the only service, and whether it takes both needs.
    free: usize,
    takes_both: bool,
    is_joined: bool,
}

impl Site {
    /// A site by chance.
    pub(super) fn by_chance(draw: &mut Draw) -> Site {
        let homes = 2 + draw.below(2);
        let sizes = [3, 8, 20][draw.below(3)];
        let records = (0..4 + draw.below(12)).map(|_| Record {
            home: draw.below(homes),
            level: draw.below(LEVELS.len()),
            kind: draw.below(KINDS.len()),
            reason: draw.below(REASONS.len()),
            people: 1 + draw.below(sizes) as u32,
        });
        let mut site = Site {
            profile: "nhs-mhsds",
            records: records.collect(),
            free: 0,
            takes_both: false,
            is_joined: false,
        };
        site.change_facts(draw);
        site
    }

    /// Other free places, another profile, and areas joined or split, each now and then.
    pub(super) fn change_facts(&mut self, draw: &mut Draw) {
        self.profile = ["nhs-mhsds", "nhs-mhsds", "nhs-secondary-care"][draw.below(3)];
        self.free = [0, 1, 2, 4, 9, 30][draw.below(6)];
        self.takes_both = draw.below(2) == 0;
        self.is_joined = draw.below(3) == 0;
    }

    /// One person more or less in one record.
    pub(super) fn change_one(&mut self, draw: &mut Draw) {
        let by = if draw.below(2) == 0 { 1 } else { -1 };
        self.change_record(draw, by);
    }

    /// A few people more or less in one to three records.
    pub(super) fn change_few(&mut self, draw: &mut Draw) {
        for _ in 0..=draw.below(3) {
            let by = draw.below(5) as i32 - 2;
            self.change_record(draw, by);
        }
    }

    fn change_record(&mut self, draw: &mut Draw, by: i32) {
        let at = draw.below(self.records.len());
        let people = &mut self.records[at].people;
        *people = people.saturating_add_signed(by);
    }

    fn home(&self, record: &Record) -> usize {
        if self.is_joined && JOINED.contains(&record.home) { VALE } else { record.home }
    }

    /// Homes of its people.
    pub(super) fn homes(&self) -> BTreeSet<usize> {
        self.records.iter().map(|record| self.home(record)).collect()
    }

    /// Its files.
    pub(super) fn files(&self) -> Files {
        let mut table =
            "id,home,level,needs,age,gender,legal,people,ready,placed_since,reason\n".to_owned();
        for (at, record) in self.records.iter().enumerate().filter(|(_, row)| row.people > 0) {
            let (home, level) = (HOMES[self.home(record)], LEVELS[record.level]);
            let needs = KINDS[record.kind].join("|");
            let (people, reason) = (record.people, REASONS[record.reason]);
            let row = "18-64,female,informal";
            table.push_str(&format!(
                "P-{at},{home},{level},{needs},{row},{people},no,2024-01-01,{reason}\n"
            ));
        }
        let takes = if self.takes_both { "[autism, epilepsy]" } else { "[autism]" };
        Files::new(self.profile)
            .with("data/areas.yaml", AREAS)
            .edit(
                "data/vocabulary.yaml",
                "{id: autism, name: A}",
                "{id: autism, name: A}, {id: epilepsy, name: E}",
            )
            .edit("data/providers/elm.yaml", "[autism]", takes)
            .edit("data/providers/elm.yaml", "registered: 9, places: 9", "places: 60")
            .with("data/placements/rows.csv", &table)
            .with_free_places(self.free as i64)
    }
}
