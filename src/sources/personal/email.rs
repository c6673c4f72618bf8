//! E-mail addresses that name a person or are private, where a role mailbox belongs.

use std::ops::Range;

use super::is_about_people;

/// Hosts at which anybody may have an address, without what follows the first dot.
const PRIVATE_HOSTS: &str = "\
    gmail googlemail hotmail outlook live msn yahoo ymail rocketmail icloud me mac aol aim \
    btinternet btopenworld sky talktalk virginmedia virgin ntlworld blueyonder tiscali o2 orange \
    fsmail protonmail proton gmx zoho tutanota fastmail plusnet wanadoo";
/// What may follow the name of such a host.
const PUBLIC_ENDINGS: [&str; 7] = ["com", "co.uk", "net", "uk", "me", "org", "email"];

/// Words that a mailbox of a role is named by; an ending `s` is left off.
const ROLE_WORDS: &str = "\
    access accessibility account admin admission adult advice advocacy ageing agency all and \
    application appointment area asc assessment autism autistic bed bid board booking borough \
    brokerage business camh care carer centre central chc chief child children city clinic \
    clinical comm commissioner commissioning communication community complaint contact contract \
    council county crisis customer data day dementia deputy desk development direct director \
    directory disability discharge district duty east education engagement enquiry enquirie \
    event executive family feedback finance foi foster fostering front general governance group \
    head health healthcare hello help helpline home homecare hospital house housing hr hub icb \
    independent info information inpatient intake integrated it job ld lead learning living \
    local lodge mail main manager market matching matron media mental mp new nhs night no north \
    nurse nursing of office older operation outreach partnership people placement planning post \
    practice press privacy procurement project provider public purchasing quality reception \
    recovery recruitment referral referrer region registered rehab rehabilitation reply research \
    residential respite response review safe safeguarding sale school secretary secure send \
    senior service single site social south space staff statement strategic strategy sufficiency \
    supplier support supported surgery system team tender the therapy ticket training trust unit \
    user vacancy vacancie ward web webmaster welcome wellbeing well west women men work \
    workforce young youth chair ceo";

/// Places of addresses that name a person or are private. In a file about people there is no
/// place for any address.
pub(super) fn find(text: &str, path: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let any = is_about_people(path);
    let places = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'@');
    places
        .filter_map(|(at, _)| {
            let is_local = |byte: &&u8| byte.is_ascii_alphanumeric() || b"._+-'%".contains(byte);
            let before = bytes[..at].iter().rev().take(64).take_while(is_local).count();
            let is_host = |byte: &&u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
            let after = bytes[at + 1..].iter().take(255).take_while(is_host).count();
            let local = text[at - before..at].trim_start_matches(['.', '\'', '-', '_']);
            let host = text[at + 1..at + 1 + after].trim_end_matches(['.', '-']);
            let is_address = !local.is_empty() && host.contains('.');
            let is_found = is_address && (any || is_private(host) || is_of_a_person(local, host));
            is_found.then(|| at - local.len()..at + 1 + host.len())
        })
        .collect()
}

/// Whether anybody may have an address there.
fn is_private(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let Some((name, ending)) = host.split_once('.') else {
        return false;
    };
    let is_abroad = ending.len() == 2 && matches!(name, "yahoo" | "hotmail" | "live" | "gmx");
    is_among(name, PRIVATE_HOSTS) && (PUBLIC_ENDINGS.contains(&ending) || is_abroad)
}

/// Whether the part before the `@` has the shape of a first and a last name, or of an initial and
/// a last name, and does not name a role, nor what the host is called.
fn is_of_a_person(local: &str, host: &str) -> bool {
    let local = local.to_ascii_lowercase();
    let local =
        local.split('+').next().unwrap_or_default().trim_end_matches(|c: char| c.is_ascii_digit());
    let parts: Vec<&str> = local.split(['.', '_', '-', '\'']).filter(|p| !p.is_empty()).collect();
    let is_name = |part: &&str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let longest = parts.iter().map(|part| part.len()).max().unwrap_or(0);
    if !(2..=4).contains(&parts.len()) || longest < 3 || !parts.iter().all(is_name) {
        return false;
    }
    let host: String =
        host.to_ascii_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    let is_of_host = host.contains(&parts.concat());
    !is_of_host && !parts.iter().any(|part| is_role_word(part))
}

fn is_role_word(part: &str) -> bool {
    let bare = part.strip_suffix('s').unwrap_or(part);
    is_among(part, ROLE_WORDS) || is_among(bare, ROLE_WORDS)
}

/// Whether a word is one of a list with spaces between them.
fn is_among(word: &str, list: &str) -> bool {
    list.split(' ').any(|known| known == word)
}
