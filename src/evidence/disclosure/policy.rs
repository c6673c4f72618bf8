//! Named sets of rules for small numbers (disclosure design §1).

use crate::evidence::market::ProfileName;

/// The rules that a site applies to counts of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Id of the profile in `data/disclosure.yaml`.
    pub name: &'static str,
    /// Counts below this number are withheld.
    pub threshold: u32,
    /// Counts that are shown are multiples of this number.
    pub rounding_base: u32,
    /// Whether a count of zero is shown; hiding it hides which groups are empty.
    pub zero_shown: bool,
    /// Counts of people by where they live now need numbers from at least so many providers.
    pub fewest_providers: usize,
    /// Beside the two largest of them, the others must have at least this share of what the largest
    /// has, in per cent.
    pub least_others_percent: u32,
}

impl Policy {
    /// The rules of a profile.
    pub(super) fn of(name: ProfileName) -> Policy {
        let threshold = name.threshold();
        let (name, rounding_base, zero_shown) = match name {
            ProfileName::NhsMhsds => ("nhs-mhsds", 5, false),
            ProfileName::NhsSecondaryCare => ("nhs-secondary-care", 5, true),
            ProfileName::Ons3 => ("ons-3", 1, true),
            ProfileName::Ten => ("ten", 1, true),
        };
        Policy {
            name,
            threshold,
            rounding_base,
            zero_shown,
            fewest_providers: 3,
            least_others_percent: 10,
        }
    }

    /// The same rules, and noughts withheld like small numbers: the mark then says nothing at all
    /// of how many there are (disclosure §4).
    pub(super) fn withholding_noughts(self) -> Policy {
        Policy { zero_shown: false, ..self }
    }

    /// Whether a number of people is shown, if no other figure is to be thought of.
    pub(in crate::evidence) fn shows(&self, count: u32) -> bool {
        match count {
            0 => self.zero_shown,
            count => count >= self.threshold,
        }
    }

    /// The fewest people of a gap that is told in a line of its own (disclosure §11): what the
    /// publisher asks for, and always more than the threshold.
    pub(super) fn fewest_in_line(&self, min_people: u32) -> u32 {
        min_people.max(self.threshold + 1)
    }

    /// The rules in words for readers.
    pub fn rules(&self) -> Vec<String> {
        let zero = if self.zero_shown { "Zero is shown." } else { "Zero is withheld as well." };
        let rounding = match self.rounding_base {
            1 => "Other numbers of people are shown as they are.".to_owned(),
            base => format!("Other numbers of people are rounded to the nearest {base}."),
        };
        vec![
            format!("Numbers of people below {} are withheld. {zero}", self.threshold),
            rounding,
            format!(
                "Numbers of people living in local services are shown only where at least {} \
                 providers have some of them, and where the others beside the two largest have \
                 at least {}% of what the largest has.",
                self.fewest_providers, self.least_others_percent
            ),
            "Where these would tell what one provider has, to a reader or to another provider who \
             knows its own, some are withheld as well."
                .to_owned(),
            "Where a small number could be worked out from others, across areas, levels and needs, \
             some of these are withheld as well, and so are the ends of their ranges."
                .to_owned(),
            "Free places are added up as far as each provider lets them be told, so a total can \
             be lower than the truth. It is then marked +."
                .to_owned(),
            "People are matched to the free places that providers let be told: the fewest of a \
             band, and one where it is only said that there are some. Scores that are not \
             published do not count. So a gap can be larger here than in the exact answer, which \
             the publisher keeps."
                .to_owned(),
            "We publish a weekly price band for a level, from at least three providers or from \
             our own assumption; never what one provider is paid."
                .to_owned(),
        ]
    }
}
