//! How gaps are listed, banded and given a range: a section of the method page.

use super::Material;
use super::method::{Section, section};
use super::words::counted;
use crate::evidence::disclosure::Objective;

/// Makes the section.
pub fn published(material: Material) -> Section {
    let publication = material.publication;
    let parameters = publication.parameters();
    let first = match parameters.objective {
        Objective::People => "the one for the most people first",
        Objective::NetSaving => "the one that would save the most first",
    };
    let text = format!(
        "Everybody without a suitable place is told in one line and no more.\n\n\
         1. A listed gap is what one new service could take: one level of care, up to {} \
         together, one band of ages, one gender or any, one legal status or all. It is listed \
         for at least {}, and for no more than one service should take. Gaps are taken one after \
         the other, {first}. Of equals the cheaper comes first, then the one with fewer needs, \
         with fewer legal statuses, for one gender, and last the first by area, level, needs, \
         ages, gender and status.\n\
         2. Also wanted: everybody else, joined by level and area until a line has at least as \
         many. Such a line tells what its people need among them, and nothing of their age, \
         gender or legal status.\n\
         3. Whoever is left has needs that would identify them.\n\n\
         Sizes are bands, and lines stand in order of their bands. A line from which the number \
         of a few others could be worked out is joined with them.\n\n\
         Beds are worked out from the two ends of the band, by two rules. Places at the target \
         occupancy of the level: people divided by it. Places so that someone is seldom turned \
         away: the fewest of which all are taken no more than {} per cent of the time, if people \
         come independently of each other (Erlang’s loss formula). The second is a long-run \
         share, not a forecast.\n\n\
         We publish a weekly price band for a level, from at least three providers or from our \
         own assumption; never what one provider is paid. Bands go in steps of £250.\n\n\
         The range of a gap runs from the hopeful reading of what is not stated, with the group \
         served first, to the cautious one, with the group served last.",
        counted(parameters.max_tags as usize, "need", "needs"),
        counted(publication.gaps().fewest_people() as usize, "person", "people"),
        parameters.full_probability.percent(),
    );
    section("gaps", "How gaps are listed", &text)
}
