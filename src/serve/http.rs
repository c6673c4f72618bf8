//! The server: loopback only, two methods, nothing but what a [`Preview`] shows.
//!
//! It must never join a path to a folder. Every request is answered on its own and the connection
//! is then to be closed, so that nothing left over from one request is taken for the next.

use std::io::{self, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use tiny_http::{Method, Request, Server};

use super::preview::{Answer, Preview};
use super::reload::OWN_PATH;
use crate::diagnostics::Failure;

/// The port when none is asked for.
pub const FIRST_PORT: u16 = 4040;
/// How many ports after the first are tried when none is asked for.
const FURTHER_PORTS: u16 = 20;

/// Takes a port of this computer that no other computer can reach.
///
/// A port that is asked for is taken or refused; without one, the first free port from
/// [`FIRST_PORT`] is taken. Port 0 lets the system choose.
pub fn bind(port: Option<u16>) -> Result<TcpListener, Failure> {
    let listen = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    if let Some(port) = port {
        return listen(port).map_err(|error| refused(port, &error));
    }
    let mut last = None;
    for port in FIRST_PORT..=FIRST_PORT + FURTHER_PORTS {
        match listen(port) {
            Ok(listener) => return Ok(listener),
            Err(error) => last = Some(refused(port, &error)),
        }
    }
    Err(last.unwrap_or_else(|| Failure::new("no port was tried", "name one with --port")))
}

fn refused(port: u16, error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::AddrInUse => Failure::new(
            format!("port {port} is in use by another program"),
            "choose another with --port, or leave --port out to get the first free one",
        ),
        io::ErrorKind::PermissionDenied => Failure::new(
            format!("port {port} is kept for the system"),
            "choose one above 1023 with --port",
        ),
        _ => Failure::new(
            format!("cannot listen on 127.0.0.1:{port}: {error}"),
            "choose another with --port",
        ),
    }
}

/// Answers requests until the thread that is returned ends, which happens only in trouble.
pub fn start(listener: TcpListener, preview: Arc<Preview>) -> Result<JoinHandle<()>, Failure> {
    let trouble = |error: &dyn std::fmt::Display| {
        Failure::new(format!("cannot start the preview: {error}"), "try again")
    };
    let server = Server::from_listener(listener, None).map_err(|error| trouble(&error))?;
    thread::Builder::new()
        .name("preview".to_owned())
        .spawn(move || {
            for request in server.incoming_requests() {
                let preview = Arc::clone(&preview);
                // One thread each: a page that listens for news must not hold up the others. If no
                // thread can be had, the request is dropped, which answers it with an error.
                let _ = thread::Builder::new().spawn(move || serve(request, &preview));
            }
        })
        .map_err(|error| trouble(&error))
}

/// Answers one request. A browser that has gone away is no trouble of ours.
fn serve(request: Request, preview: &Preview) {
    let is_head = *request.method() == Method::Head;
    let answer = match refusal(&request) {
        Some(answer) => answer,
        None => match target(request.url()) {
            None => Answer::plain(400, "this is not an address of this site"),
            Some((path, _)) if path == format!("{OWN_PATH}events") => {
                let _ = events(request, is_head, preview);
                return;
            }
            Some((path, query)) => preview.shown().answer(&path, query.as_deref()),
        },
    };
    let mut writer = request.into_writer();
    let _ = write_answer(&mut *writer, &answer, is_head);
}

/// Why a request is not looked at: another host's name (a page elsewhere that made its own name
/// point here), or a method that would change something.
fn refusal(request: &Request) -> Option<Answer> {
    let mut hosts = request.headers().iter().filter(|header| header.field.equiv("Host"));
    let is_ours = match (hosts.next(), hosts.next()) {
        (Some(host), None) => is_loopback_name(host.value.as_str()),
        _ => false,
    };
    if !is_ours {
        return Some(Answer::plain(403, "the preview answers only to localhost"));
    }
    match request.method() {
        Method::Get | Method::Head => None,
        _ => Some(Answer::plain(405, "the preview can only be read")),
    }
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

fn events(request: Request, is_head: bool, preview: &Preview) -> io::Result<()> {
    let mut writer = request.into_writer();
    write_head(&mut *writer, 200, &[("Content-Type", "text/event-stream")])?;
    writer.flush()?;
    match is_head {
        true => Ok(()),
        false => preview.listeners.listen(&mut *writer),
    }
}

fn write_answer(writer: &mut dyn Write, answer: &Answer, is_head: bool) -> io::Result<()> {
    let length = answer.body.len().to_string();
    let mut headers = vec![("Content-Type", answer.kind), ("Content-Length", length.as_str())];
    if let Some(location) = &answer.location {
        headers.push(("Location", location));
    }
    if answer.status == 405 {
        headers.push(("Allow", "GET, HEAD"));
    }
    write_head(writer, answer.status, &headers)?;
    if !is_head {
        writer.write_all(&answer.body)?;
    }
    writer.flush()
}

/// Writes the head by hand, because tiny_http lets nobody set `Connection`.
///
/// There is no `Access-Control` header and must be none: pages of other hosts may not read the
/// preview of a site that is not published yet.
fn write_head(writer: &mut dyn Write, status: u16, headers: &[(&str, &str)]) -> io::Result<()> {
    let reason = match status {
        200 => "OK",
        301 => "Moved Permanently",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        _ => "Internal Server Error",
    };
    let mut head = format!("HTTP/1.1 {status} {reason}\r\n");
    let always = [
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Connection", "close"),
    ];
    for (name, value) in headers.iter().chain(&always) {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    writer.write_all(head.as_bytes())
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

    #[test]
    fn a_port_that_was_asked_for_is_not_exchanged_for_another() {
        let taken = bind(Some(0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let failure = bind(Some(port)).unwrap_err();
        assert!(failure.message.contains("in use"), "{failure}");
        assert!(failure.hint.contains("--port"), "{failure}");
    }
}
