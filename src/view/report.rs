//! Where to report a problem with a page.

use super::Material;
use super::address::{self, Address};
use super::frame::canonical;

/// The address of a message or of the publisher's form. It already names the page, whose own
/// address holds the ids of provider and service.
pub fn href(material: Material, at: &Address, title: &str) -> String {
    let settings = material.publication.settings();
    let subject = format!("{title} ({})", at.as_str());
    match (&settings.feedback, &settings.contact.email) {
        (Some(web), _) if web.starts_with("http") => form(web, &canonical(material, at), title),
        (Some(email), _) | (None, Some(email)) => {
            let page = format!("Page: {}\r\n\r\nWhat is wrong:\r\n", canonical(material, at));
            format!("mailto:{email}?subject={}&body={}", percent(&subject), percent(&page))
        }
        (None, None) => at.to(&address::section("accessibility")),
    }
}

/// The address of a form, with that of the page and its title as fields it may take.
fn form(web: &str, page: &str, title: &str) -> String {
    let (form, place) = web.split_once('#').unwrap_or((web, ""));
    let joint = if form.contains('?') { '&' } else { '?' };
    let place = if place.is_empty() { String::new() } else { format!("#{place}") };
    format!("{form}{joint}page={}&title={}{place}", percent(page), percent(title))
}

/// Percent-encodes text for an address.
fn percent(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                encoded.push(char::from(byte));
            }
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_query_is_written_in_hundreds() {
        assert_eq!(percent("A & B?\r\né"), "A%20%26%20B%3F%0D%0A%C3%A9");
        assert_eq!(form("https://f.example/a", "P", "T"), "https://f.example/a?page=P&title=T");
        assert_eq!(
            form("https://f.example/a?b=1#c", "P", "T & U"),
            "https://f.example/a?b=1&page=P&title=T%20%26%20U#c"
        );
    }
}
