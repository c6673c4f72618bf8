//! The index that the directory is searched by: one file, made from the views of the cards.
//!
//! It may hold nothing that the pages do not tell, and never touches a provider's record: all that
//! it knows is a [`Finder`]. The same site gives the same bytes.
//!
//! # The form, version 2
//!
//! The file is a script of one line, `placewise.index({...});`, so that it also works where a page
//! was opened from a folder and may fetch nothing. Within the brackets stands JSON:
//!
//! | Key | What it holds |
//! |---|---|
//! | `version` | 2; a page that knows another form shows its lists and no search |
//! | `as_at`, `step` | day of the figures; how many levels a person who is ready may step down |
//! | `areas` | `[id, name, number of the area it lies in, point]`, parents first |
//! | `types`, `needs`, `legal` | `[id, name, other words]`; types without an id are no choice |
//! | `ladders` | names |
//! | `levels` | `[id, name, other words, ladder, rank]` in reading order |
//! | `ages` | `[id, name, lowest, highest]` |
//! | `genders` | words for each number of `gender`, and again for services for children only |
//! | `ratings` | words, best first |
//! | `register` | `[words of the register, number of the need that they mean]` |
//! | `providers` | `[id, name]` |
//! | `towns` | names |
//! | `districts` | one text, with a space behind each |
//! | `ranges` | `[lowest, highest]` age |
//! | `texts`, `sets` | words of cards, and sets of numbers, that columns refer to |
//! | `stem`, `others` | what most ids begin with; ids that do not, in the order of their rows |
//! | `rows` | `name`, and a column for each other fact, services of a district together |
//!
//! Every list of entries begins with a blank, so that 0 means *none* wherever a number stands for
//! an entry; `genders`, `others` and the columns do not. Points are hundredths of a degree north
//! and east, about a kilometre: distances are told in whole miles. A district that begins with a
//! digit has the letters of the one before. An id of a service, a provider or an area that begins
//! with the name, written in small letters and digits with hyphens between words, is `~` and what
//! follows (`&` is `and`, and apostrophes are left out). Words are found in ids, names and other
//! words of types, levels and needs.
//!
//! A column is one value, when all rows have it, or `{digits, beside, steps, least}`: `digits` are
//! numbers as `src/search/coder.rs` codes them, foretold by the coded numbers of the column that
//! `beside` names, if there is one; it stands before. With `steps`, 0, 1, 2, 3, 4 are steps of 0,
//! -1, 1, -2, 2 from the row before, the first from 0. With `least`, 0 is none and every other
//! number is one more than what it has above `least`. Else numbers are what they are.
//!
//! `name` is a list of words. `id` is the number that follows `stem`, or none. In `provider`, 0 is
//! the next provider that no row before has named. `lat` and `lon` are 0 where no point is known.
//! `free` is the fewest free places that follow from what the provider lets be told; `places` is
//! the number for `#` in the words of `capacity`. `as_of`, `from` and `rated` are days before
//! `as_at`, or none. `ok` is 0 where published quality stands against a service. All others are
//! numbers of entries: of `sets` for `type`, `need` (checked), `claimed` (only said),
//! `registered`, `legal`, `contract` (numbers of `texts`) and `homes` (areas to whose people it is
//! local; worked out when the site is built, because distance and scope need more than the index
//! holds), of `ranges` for `age`, and of `texts` for the others. `gender` is 0 unknown, 1 any, 2
//! women or girls, 3 men or boys, and 4 more for children only.
//!
//! A directory of more than [`WHOLE_AT_MOST`] services is cut into one file for each area that lies
//! in no other. The page then asks for the area first, and all that the index holds is
//! `{"version":2,"parts":[[id, name, file]]}`.
//!
//! [`Finder`]: crate::view::finder::Finder
//! [`WHOLE_AT_MOST`]: crate::view::finder::WHOLE_AT_MOST

mod coder;
mod columns;
mod dictionary;
mod packed;
mod rows;

use serde::Serialize;

use crate::view::address::Address;
use crate::view::finder::{Finder, PartWord};
use crate::view::side_by_side::SideBySide;
use crate::view::words::counted;

/// The version of the form.
const VERSION: u32 = 2;

/// Where the index stands, or the one of a part.
pub fn address(part: Option<&str>) -> Address {
    match part {
        None => Address::new("/assets/search-index.js"),
        Some("-") => Address::new("/assets/search-index.elsewhere.js"),
        Some(id) => Address::new(format!("/assets/search-index-{id}.js")),
    }
}

/// The index of a directory, or of one part of it.
pub fn index(finder: &Finder) -> Vec<u8> {
    script(&columns::index(VERSION, finder))
}

/// The list of the parts of a long directory.
pub fn contents(parts: &[PartWord]) -> Vec<u8> {
    #[derive(Serialize)]
    struct Contents<'p> {
        version: u32,
        parts: Vec<(&'p str, String, String)>,
    }
    let parts = parts.iter().map(|part| {
        let file = address(Some(&part.id)).file().replace("assets/", "");
        let services = counted(part.services, "service", "services");
        (part.id.as_str(), format!("{} ({services})", part.name), file)
    });
    script(&Contents { version: VERSION, parts: parts.collect() })
}

/// The records that the check of a service can start from, for its script.
pub fn records(records: &[(String, String, String)]) -> Vec<u8> {
    call("placewise.records(", &records)
}

/// Services of one file for the page that puts services side by side, written like the index.
pub fn side_by_side(services: &SideBySide) -> Vec<u8> {
    call("placewise.facts(", services)
}

/// JSON is also JavaScript: no key of it comes from data, and the page checks the version.
fn script(value: &impl Serialize) -> Vec<u8> {
    call("placewise.index(", value)
}

fn call(begin: &str, value: &impl Serialize) -> Vec<u8> {
    let mut bytes = begin.as_bytes().to_vec();
    serde_json::to_writer(&mut bytes, value)
        .expect("numbers, words and lists can always be written as JSON");
    bytes.extend_from_slice(b");\n");
    bytes
}

#[cfg(test)]
mod tests;
