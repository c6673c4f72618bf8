//! The server: loopback only, two methods, nothing but what a [`Preview`] shows.
//!
//! It must never join a path to a folder. Every connection gets one answer and is then closed, so
//! that nothing left over from one request is taken for the next.

use std::io::{self, BufWriter, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tiny_http::StatusCode;

use super::connection::{self, Incoming, Outgoing};
use super::preview::{Answer, Preview};
use super::reload::OWN_PATH;
use super::request::Request;
use super::room::{Place, Room};
use crate::diagnostics::Failure;

/// The port when none is asked for.
pub const FIRST_PORT: u16 = 4040;
/// How many ports after the first are tried when none is asked for.
const FURTHER_PORTS: u16 = 20;
/// So many times in a row the system may refuse to give us a connection.
const FAILURES_AT_MOST: u32 = 100;
/// How long to wait after it did.
const PAUSE: Duration = Duration::from_millis(50);

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
    thread::Builder::new()
        .name("preview".to_owned())
        .spawn(move || accept(&listener, &preview))
        .map_err(|error| Failure::new(format!("cannot start the preview: {error}"), "try again"))
}

/// Takes connections in until the system gives none many times in a row.
fn accept(listener: &TcpListener, preview: &Arc<Preview>) {
    let room = Arc::new(Room::default());
    let mut failures = 0;
    while failures < FAILURES_AT_MOST {
        let stream = match listener.accept() {
            Ok((stream, _)) => Arc::new(stream),
            Err(_) => {
                failures += 1;
                thread::sleep(PAUSE);
                continue;
            }
        };
        failures = 0;
        let Some(place) = room.enter(&stream) else {
            turn_away(&stream);
            continue;
        };
        let preview = Arc::clone(preview);
        // One thread each: a page that listens for news must not hold up the others. If no thread
        // can be had, the connection is dropped, and with it its place.
        let _ = thread::Builder::new().spawn(move || {
            serve(&stream, &place, &preview);
            connection::close(&stream);
        });
    }
}

/// Tells a browser that there is no room, without waiting for it.
fn turn_away(stream: &TcpStream) {
    let answer = Answer::plain(503, "the preview has too many connections; try again");
    let mut bytes = Vec::new();
    if write_answer(&mut bytes, &answer, false).is_ok() && stream.set_nonblocking(true).is_ok() {
        let mut stream = stream;
        // The first bytes of a connection always have room; if not, it is closed all the same.
        let _ = stream.write(&bytes);
    }
    let _ = stream.shutdown(Shutdown::Both);
}

/// Answers one request. A browser that has gone away is no trouble of ours.
fn serve(stream: &TcpStream, place: &Place, preview: &Preview) {
    // What is written is written whole, so there is nothing to gain from holding parts back.
    let _ = stream.set_nodelay(true);
    let incoming = connection::read_head(stream);
    if !place.keep() {
        return;
    }
    let (answer, is_head) = match incoming {
        Incoming::Nothing => return,
        Incoming::TooLong => (Answer::plain(431, "the head of the request is too long"), false),
        Incoming::TooSlow => (Answer::plain(408, "the request took too long"), false),
        Incoming::Head(head) => match Request::read(&head) {
            Err(answer) => (answer, head.starts_with(b"HEAD ")),
            Ok(request) if request.path == format!("{OWN_PATH}events") => {
                let _ = events(stream, request.is_head, preview);
                return;
            }
            Ok(request) => {
                let answer = preview.shown().answer(&request.path, request.query.as_deref());
                (answer, request.is_head)
            }
        },
    };
    let mut writer = BufWriter::new(Outgoing::answer(stream));
    let _ = write_answer(&mut writer, &answer, is_head);
}

fn events(stream: &TcpStream, is_head: bool, preview: &Preview) -> io::Result<()> {
    let mut writer = BufWriter::new(Outgoing::endless(stream));
    write_head(&mut writer, 200, &[("Content-Type", "text/event-stream")])?;
    writer.flush()?;
    match is_head {
        true => Ok(()),
        false => preview.listeners.listen(&mut writer),
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

/// Writes the head of an answer.
///
/// There is no `Access-Control` header and must be none: pages of other hosts may not read the
/// preview of a site that is not published yet.
fn write_head(writer: &mut dyn Write, status: u16, headers: &[(&str, &str)]) -> io::Result<()> {
    let reason = StatusCode(status).default_reason_phrase();
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
    fn a_port_that_was_asked_for_is_not_exchanged_for_another() {
        let taken = bind(Some(0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let failure = bind(Some(port)).unwrap_err();
        assert!(failure.message.contains("in use"), "{failure}");
        assert!(failure.hint.contains("--port"), "{failure}");
    }

    #[test]
    fn whoever_finds_no_room_is_told() {
        let listener = bind(Some(0)).unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        turn_away(&listener.accept().unwrap().0);
        let mut text = String::new();
        std::io::Read::read_to_string(&mut client, &mut text).unwrap();
        assert!(text.starts_with("HTTP/1.1 503 Service Unavailable\r\n"), "{text}");
        assert!(text.contains("Connection: close\r\n"), "{text}");
    }
}
