//! No program that reaches the preview can stop it, fill its memory or keep it busy.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::desk::Desk;

/// Sends bytes and reads whatever comes until the other side closes; both within the deadline of
/// the desk.
fn exchange(desk: &Desk, request: &str) -> String {
    let mut stream = desk.connect();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

#[test]
fn no_claim_about_a_body_harms_the_preview() {
    let desk = Desk::open();
    for length in ["999999999999", "18446744073709551615", "3000000000"] {
        for method in ["GET", "HEAD", "POST"] {
            for (host, expected) in [("localhost", "413"), ("evil.example", "403")] {
                let since = Instant::now();
                let head =
                    format!("{method} / HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}");
                let answer = exchange(&desk, &format!("{head}\r\n\r\n"));
                assert_eq!(status(&answer), expected, "{head}\n{answer}");
                assert!(since.elapsed() < Duration::from_secs(8), "{head}");
                assert_eq!(desk.get("/").status, 200, "after {head}: {}", desk.said());
            }
        }
    }
    let chunked = "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n\
                   ffffffffffffffff\r\n";
    assert_eq!(status(&exchange(&desk, chunked)), "400");
    let body = format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n{}",
        "x".repeat(100_000)
    );
    assert_eq!(status(&exchange(&desk, &body)), "413");
    assert_eq!(desk.get("/").status, 200);
}

#[test]
fn a_connection_gets_one_answer_and_is_closed() {
    let desk = Desk::open();
    let page = "GET /robots.txt HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let one = exchange(&desk, page);
    assert_eq!(status(&one), "200");
    let kept = page.replace("\r\n\r\n", "\r\nConnection: keep-alive\r\n\r\n");
    assert_eq!(exchange(&desk, &kept), one);
    let second = "GET /gaps/ HTTP/1.1\r\nHost: localhost\r\n\r\n";
    assert_eq!(exchange(&desk, &format!("{page}{second}")), one);
    // A head that is refused hides none behind it either.
    let refused = format!("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n{page}");
    let answer = exchange(&desk, &refused);
    assert_eq!(status(&answer), "413");
    assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{answer}");
}

#[test]
fn a_head_that_is_too_long_or_no_head_is_refused() {
    let desk = Desk::open();
    let long = format!("GET / HTTP/1.1\r\nHost: localhost\r\nA: {}\r\n\r\n", "a".repeat(16_384));
    assert_eq!(status(&exchange(&desk, &long)), "431");
    let many = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "a: b\r\n".repeat(10_000));
    assert_eq!(status(&exchange(&desk, &many)), "431");
    for odd in ["\r\n\r\n", "\u{16}\u{3}\u{1}\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/9\r\n\r\n"] {
        assert_eq!(status(&exchange(&desk, odd)), "400", "{odd:?}");
    }
    assert_eq!(desk.get("/").status, 200);
}

#[test]
fn idle_connections_do_not_stop_a_request_and_get_no_thread_each() {
    let desk = Desk::open();
    assert_eq!(desk.get("/").status, 200);
    #[cfg(target_os = "linux")]
    let before = desk.threads();
    let idle: Vec<TcpStream> = (0..200).map(|_| desk.connect()).collect();
    for _ in 0..5 {
        let since = Instant::now();
        assert_eq!(desk.get("/").status, 200, "{}", desk.said());
        assert!(since.elapsed() < Duration::from_secs(8), "{:?}", since.elapsed());
    }
    #[cfg(target_os = "linux")]
    assert!(desk.threads() <= before + 64, "{} threads, {before} before", desk.threads());
    drop(idle);
}

#[test]
fn pages_that_listen_do_not_stop_a_request() {
    let desk = Desk::open();
    let listening: Vec<TcpStream> = (0..100)
        .map(|_| {
            let mut stream = desk.connect();
            let head = "GET /__placewise/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
            stream.write_all(head.as_bytes()).unwrap();
            stream
        })
        .collect();
    assert_eq!(desk.page_when("/", |page| page.status == 200).status, 200);
    // The last to come is among those that are kept.
    let mut last = listening.last().unwrap();
    let mut begin = [0; 15];
    last.read_exact(&mut begin).unwrap();
    assert_eq!(&begin, b"HTTP/1.1 200 OK");
}

#[test]
fn whoever_sends_slowly_or_nothing_is_dropped() {
    let desk = Desk::open();
    let mut silent = desk.connect();
    let mut slow = desk.connect();
    slow.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    let since = Instant::now();
    let mut answer = Vec::new();
    let mut part = [0; 1024];
    slow.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nA: ").unwrap();
    loop {
        assert!(since.elapsed() < Duration::from_secs(30), "a slow sender is never dropped");
        // From the moment that we are dropped, writing fails; what was answered can still be read.
        let _ = slow.write_all(b"a");
        match slow.read(&mut part) {
            Ok(0) => break,
            Ok(count) => answer.extend_from_slice(&part[..count]),
            Err(error) if [ErrorKind::WouldBlock, ErrorKind::TimedOut].contains(&error.kind()) => {}
            Err(_) => break,
        }
    }
    assert!(since.elapsed() > Duration::from_secs(5), "{:?}", since.elapsed());
    assert_eq!(status(&String::from_utf8(answer).unwrap()), "408");
    let mut nothing = Vec::new();
    silent.read_to_end(&mut nothing).unwrap();
    assert!(nothing.is_empty(), "a browser would take this for an answer to its next request");
    assert!(since.elapsed() < Duration::from_secs(30));
    assert_eq!(desk.get("/").status, 200);
}
