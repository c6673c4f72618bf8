//! What a request asks for, read from its head alone.
//!
//! The words of HTTP come from tiny_http; its connections do not, because it sets aside as much
//! memory as a `Content-Length` claims. Here no such number is ever even computed.

use std::str::FromStr;

use tiny_http::{Header, Method};

use super::preview::Answer;

/// A request that may be answered: somebody on this computer wants to read something.
#[derive(Debug)]
pub(super) struct Request {
    /// Only the head of the answer is wanted.
    pub(super) is_head: bool,
    /// Decoded once.
    pub(super) path: String,
    pub(super) query: Option<String>,
}

impl Request {
    /// Reads a head, up to and without the empty line at its end. What is refused comes with its
    /// answer.
    pub(super) fn read(head: &[u8]) -> Result<Request, Answer> {
        let odd = || Answer::plain(400, "this is not a request that the preview knows");
        let (method, url, headers) = lines(head).ok_or_else(odd)?;
        refuse_others(&headers)?;
        refuse_body(&headers)?;
        let is_head = match method {
            Method::Get => false,
            Method::Head => true,
            _ => return Err(Answer::plain(405, "the preview can only be read")),
        };
        let (path, query) = target(&url)
            .ok_or_else(|| Answer::plain(400, "this is not an address of this site"))?;
        Ok(Request { is_head, path, query })
    }
}

/// Method, address and headers, if the head is one of HTTP/1 and nothing about it is odd.
fn lines(head: &[u8]) -> Option<(Method, String, Vec<Header>)> {
    // Other programs on this computer may leave cookies in any encoding; none is looked at.
    let ascii = head.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { '\u{7f}' });
    let text: String = ascii.collect();
    let mut lines = text.split("\r\n");
    let mut words = lines.next()?.split(' ');
    let (method, url, version) = (words.next()?, words.next()?, words.next()?);
    let is_plain = words.next().is_none()
        && !method.is_empty()
        && method.bytes().all(|byte| byte.is_ascii_alphabetic())
        && url.bytes().all(|byte| byte.is_ascii_graphic())
        && ["HTTP/1.0", "HTTP/1.1"].contains(&version);
    if !is_plain {
        return None;
    }
    let headers = lines.map(header).collect::<Option<Vec<Header>>>()?;
    Some((Method::from_str(method).ok()?, url.to_owned(), headers))
}

fn header(line: &str) -> Option<Header> {
    let name = line.split_once(':')?.0;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let is_plain = !name.is_empty()
        && name.bytes().all(is_name)
        && !line.bytes().any(|byte| matches!(byte, b'\r' | b'\n' | b'\0'));
    if is_plain { line.parse().ok() } else { None }
}

fn values<'a>(headers: &'a [Header], name: &'static str) -> impl Iterator<Item = &'a str> {
    headers
        .iter()
        .filter(move |header| header.field.equiv(name))
        .map(|header| header.value.as_str())
}

/// Refuses another host's name: a page elsewhere may have made its own name point here.
fn refuse_others(headers: &[Header]) -> Result<(), Answer> {
    let mut hosts = values(headers, "Host");
    match (hosts.next(), hosts.next()) {
        (Some(host), None) if is_loopback_name(host) => Ok(()),
        _ => Err(Answer::plain(403, "the preview answers only to localhost")),
    }
}

/// Refuses whatever announces a body, since none is read.
fn refuse_body(headers: &[Header]) -> Result<(), Answer> {
    if values(headers, "Transfer-Encoding").next().is_some() {
        return Err(Answer::plain(400, "the preview takes no body"));
    }
    for length in values(headers, "Content-Length") {
        let is_number = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number {
            return Err(Answer::plain(400, "the length is not a number"));
        }
        if length.bytes().any(|byte| byte != b'0') {
            return Err(Answer::plain(413, "the preview takes no body"));
        }
    }
    Ok(())
}

/// Whether a `Host` header names this computer itself, with or without a port.
fn is_loopback_name(host: &str) -> bool {
    let host = host.trim().to_ascii_lowercase();
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| {
        host.strip_prefix(name).is_some_and(|rest| {
            rest.is_empty()
                || rest.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok())
        })
    })
}

/// Path, decoded once, and query of a request; nothing if it is no plain path.
fn target(url: &str) -> Option<(String, Option<String>)> {
    let url = url.split('#').next().unwrap_or(url);
    let (path, query) = match url.split_once('?') {
        Some((path, query)) => (path, Some(query.to_owned())),
        None => (url, None),
    };
    let path = decoded(path)?;
    let plain = path.starts_with('/') && !path.chars().any(char::is_control);
    plain.then_some((path, query))
}

fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
                let (high, low) = (digit(rest.next())?, digit(rest.next())?);
                u8::try_from(high * 16 + low).ok()?
            }
            plain => plain,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_computer_pass() {
        for host in ["localhost", "LOCALHOST:4040", "127.0.0.1:1", "[::1]", "[::1]:80"] {
            assert!(is_loopback_name(host), "{host}");
        }
        for host in [
            "",
            "localhost.",
            "localhost:",
            "localhost:x",
            "localhost:80:80",
            "localhost.example.org",
            "127.0.0.1.example.org",
            "127.0.0.2",
            "::1",
            "example.org",
        ] {
            assert!(!is_loopback_name(host), "{host}");
        }
    }

    #[test]
    fn paths_are_decoded_once_and_only_if_they_are_plain() {
        let path = |url| target(url).map(|(path, _)| path);
        assert_eq!(path("/gaps/?a=b#c").as_deref(), Some("/gaps/"));
        assert_eq!(path("/%2567aps/").as_deref(), Some("/%67aps/"));
        assert_eq!(path("/%67aps/").as_deref(), Some("/gaps/"));
        for odd in ["", "*", "gaps", "http://127.0.0.1/gaps/", "/%", "/%4", "/%zz", "/%00", "/%ff"]
        {
            assert_eq!(path(odd), None, "{odd}");
        }
    }

    fn status(head: &[u8]) -> u16 {
        Request::read(head).map_or_else(|answer| answer.status, |_| 200)
    }

    #[test]
    fn a_head_is_read_strictly() {
        for good in [
            "GET / HTTP/1.1\r\nHost: localhost",
            "HEAD /?a=b HTTP/1.0\r\nhOST:localhost\r\nAccept: */*",
            "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0",
        ] {
            assert_eq!(status(good.as_bytes()), 200, "{good}");
        }
        assert_eq!(status(b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a=\xff\xc3\xa4"), 200);
        for odd in [
            "",
            "GET",
            "GET /",
            "GET  / HTTP/1.1\r\nHost: localhost",
            "GET / HTTP/1.1 \r\nHost: localhost",
            "GET / HTTP/2\r\nHost: localhost",
            " / HTTP/1.1\r\nHost: localhost",
            "G\tT / HTTP/1.1\r\nHost: localhost",
            "GET /\u{e4} HTTP/1.1\r\nHost: localhost",
            "GET / HTTP/1.1\nHost: localhost",
            "GET / HTTP/1.1\r\nHost: localhost\nA: b",
            "GET / HTTP/1.1\r\nHost: localhost\r\n folded",
            "GET / HTTP/1.1\r\nHost : localhost",
            "GET / HTTP/1.1\r\nHost: localhost\r\nnothing",
            "GET / HTTP/1.1\r\nHost: localhost\r\n: nameless",
            "GET / HTTP/1.1\r\nHost: localhost\r\nA: \0",
        ] {
            assert_eq!(status(odd.as_bytes()), 400, "{odd:?}");
        }
    }

    #[test]
    fn whatever_announces_a_body_is_refused() {
        for method in ["GET", "HEAD", "POST"] {
            for (header, expected) in [
                ("Content-Length: 1", 413),
                ("Content-Length: 999999999999", 413),
                ("content-length: 18446744073709551615", 413),
                ("Content-Length: 99999999999999999999999999999999999999", 413),
                ("Content-Length: 0\r\nContent-Length: 5", 413),
                ("Content-Length: -1", 400),
                ("Content-Length: +1", 400),
                ("Content-Length: 0, 5", 400),
                ("Content-Length:", 400),
                ("Transfer-Encoding: chunked", 400),
                ("Transfer-Encoding:", 400),
            ] {
                let head = format!("{method} / HTTP/1.1\r\nHost: localhost\r\n{header}");
                assert_eq!(status(head.as_bytes()), expected, "{head}");
                let head = head.replace("localhost", "evil.example");
                assert_eq!(status(head.as_bytes()), 403, "{head}");
            }
        }
        assert_eq!(status(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0"), 405);
    }
}
