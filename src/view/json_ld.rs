//! Facts of providers and services for search engines, in the words of schema.org.
//!
//! Only what the page itself tells. It stands in a script element that holds data and never runs.

use serde_json::{Map, Value, json};

use super::address;
use super::frame::canonical;
use super::{Material, cards};
use crate::evidence::disclosure::{Contact, GenderTaken, PublicProvider, PublicService};

/// A provider as an organisation that offers its services.
pub fn provider(material: Material, provider: &PublicProvider) -> String {
    let mut thing = organisation(material, provider);
    thing.insert("@context".to_owned(), json!("https://schema.org"));
    put(&mut thing, "sameAs", provider.website.clone());
    put(&mut thing, "contactPoint", contact(&provider.contact));
    let numbers: Vec<Value> =
        provider.identifiers.iter().map(|(kind, number)| identifier(kind, number)).collect();
    put(&mut thing, "identifier", (!numbers.is_empty()).then_some(numbers));
    let offered: Vec<Value> = provider
        .services
        .iter()
        .map(|service| {
            let url = canonical(material, &address::service(&provider.id, &service.id));
            let item = json!({ "@type": "Service", "name": service.name, "url": url });
            json!({ "@type": "Offer", "itemOffered": item })
        })
        .collect();
    put(&mut thing, "makesOffer", (!offered.is_empty()).then_some(offered));
    written(thing)
}

/// A service, who runs it, whom it is for and where it stands.
pub fn service(material: Material, provider: &PublicProvider, service: &PublicService) -> String {
    let mut thing = kind("Service");
    thing.insert("@context".to_owned(), json!("https://schema.org"));
    thing.insert("name".to_owned(), json!(service.name));
    let url = canonical(material, &address::service(&provider.id, &service.id));
    thing.insert("url".to_owned(), json!(url));
    thing.insert("provider".to_owned(), Value::Object(organisation(material, provider)));
    let types = cards::types(material, service);
    put(&mut thing, "serviceType", (!types.is_empty()).then_some(types));
    let number = service.cqc_location.as_deref();
    put(&mut thing, "identifier", number.map(|number| identifier("cqc-location", number)));
    let areas = material.publication.areas();
    let served = service.serves.iter().filter_map(|id| areas.get(id.as_str()));
    let served: Vec<&str> = served.map(|area| area.name.as_str()).collect();
    put(&mut thing, "areaServed", (!served.is_empty()).then_some(served));
    put(&mut thing, "audience", audience(service));
    put(&mut thing, "availableChannel", channel(service));
    written(thing)
}

fn organisation(material: Material, provider: &PublicProvider) -> Map<String, Value> {
    let mut thing = kind("Organization");
    thing.insert("name".to_owned(), json!(provider.name));
    let url = canonical(material, &address::provider(&provider.id));
    thing.insert("url".to_owned(), json!(url));
    thing
}

fn audience(service: &PublicService) -> Option<Map<String, Value>> {
    let mut people = kind("PeopleAudience");
    let age = service.age;
    put(&mut people, "suggestedMinAge", age.map(|age| age.min).filter(|age| *age > 0));
    put(&mut people, "suggestedMaxAge", age.map(|age| age.max).filter(|age| *age < 100));
    let gender = match service.gender {
        Some(GenderTaken::Female) => Some("female"),
        Some(GenderTaken::Male) => Some("male"),
        Some(GenderTaken::Any) | None => None,
    };
    put(&mut people, "suggestedGender", gender);
    (people.len() > 1).then_some(people)
}

/// Where a service is given, and how to reach it there.
fn channel(service: &PublicService) -> Option<Map<String, Value>> {
    let address = &service.address;
    let mut postal = kind("PostalAddress");
    let street = (!address.lines.is_empty()).then(|| address.lines.join(", "));
    put(&mut postal, "streetAddress", street);
    put(&mut postal, "addressLocality", address.city.clone());
    put(&mut postal, "postalCode", address.postcode.clone());
    let mut place = kind("Place");
    put(&mut place, "address", (postal.len() > 1).then_some(postal));
    let geo = service
        .geo
        .map(|at| json!({ "@type": "GeoCoordinates", "latitude": at.lat, "longitude": at.lon }));
    put(&mut place, "geo", geo);
    let mut channel = kind("ServiceChannel");
    put(&mut channel, "serviceLocation", (place.len() > 1).then_some(place));
    put(&mut channel, "servicePhone", contact(&service.contact));
    put(&mut channel, "serviceUrl", service.website.clone());
    (channel.len() > 1).then_some(channel)
}

fn contact(contact: &Contact) -> Option<Map<String, Value>> {
    let mut point = kind("ContactPoint");
    put(&mut point, "contactType", contact.role.clone());
    put(&mut point, "email", contact.email.clone());
    put(&mut point, "telephone", contact.phone.clone());
    (point.len() > 1).then_some(point)
}

fn identifier(kind: &str, number: &str) -> Value {
    json!({ "@type": "PropertyValue", "propertyID": kind, "value": number })
}

fn kind(name: &str) -> Map<String, Value> {
    Map::from_iter([("@type".to_owned(), json!(name))])
}

/// Puts a value that is known; what is not known has no key.
fn put(thing: &mut Map<String, Value>, key: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        thing.insert(key.to_owned(), value.into());
    }
}

/// As text within a script element: no letter of it can end the element or begin another.
fn written(thing: Map<String, Value>) -> String {
    // Over several lines, as two closing braces side by side would look like a template.
    safe(&format!("{:#}", Value::Object(thing)))
}

fn safe(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                text.push_str(&format!("\\u{:04x}", letter as u32));
            }
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_name_cannot_end_the_element() {
        let name = "A</script><script>alert(1)</script> & B\u{2028}<!--";
        let text = safe(&json!({ "name": name }).to_string());
        assert!(!text.contains(['<', '>', '&', '\u{2028}']), "{text}");
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["name"], name);
    }

    #[test]
    fn what_is_not_known_is_not_told() {
        let mut thing = kind("Place");
        put(&mut thing, "address", None::<String>);
        assert_eq!(Value::Object(thing).to_string(), "{\"@type\":\"Place\"}");
        assert!(contact(&Contact::default()).is_none());
    }
}
