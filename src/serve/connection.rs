//! One connection: a head comes in within bounds, one answer goes out, and the socket is closed.
//!
//! Nothing that a browser sends decides how much memory or time it gets.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

/// Bytes that a head may have.
pub(super) const HEAD_AT_MOST: usize = 16 * 1024;
/// A head must have come within this time, and each part of an answer must go out within it.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// An answer that has an end must have gone out within this time.
const ANSWER: Duration = Duration::from_secs(60);
/// What still comes in after the answer is thrown away for so long, and up to so many bytes.
const PARTING: Duration = Duration::from_millis(500);
const PARTING_BYTES: usize = 256 * 1024;

/// What came in.
pub(super) enum Incoming {
    /// A head, without the empty line at its end. Whatever came behind it is not looked at.
    Head(Vec<u8>),
    /// More bytes than a head may have.
    TooLong,
    /// Not all of it in time.
    TooSlow,
    /// Nothing at all, or the other side went away.
    Nothing,
}

/// Reads a head.
pub(super) fn read_head(stream: &TcpStream) -> Incoming {
    const END: &[u8] = b"\r\n\r\n";
    let until = Instant::now() + PATIENCE;
    let mut head = Vec::new();
    let mut part = [0; 2048];
    loop {
        let count = match read(stream, &mut part, until) {
            Ok(0) => return Incoming::Nothing,
            Ok(count) => count,
            Err(error) if is_late(&error) && !head.is_empty() => return Incoming::TooSlow,
            Err(_) => return Incoming::Nothing,
        };
        // The end may have begun in the part before.
        let from = head.len().saturating_sub(END.len() - 1);
        head.extend_from_slice(&part[..count]);
        let end = head[from..].windows(END.len()).position(|window| window == END);
        match end.map(|end| from + end) {
            Some(end) if end + END.len() <= HEAD_AT_MOST => {
                head.truncate(end);
                return Incoming::Head(head);
            }
            None if head.len() < HEAD_AT_MOST => {}
            _ => return Incoming::TooLong,
        }
    }
}

fn is_late(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock)
}

/// Reads what is there, or waits for it until a moment.
fn read(mut stream: &TcpStream, part: &mut [u8], until: Instant) -> io::Result<usize> {
    loop {
        stream.set_read_timeout(Some(left(until)?))?;
        match stream.read(part) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

/// The time until a moment; an error if it has passed.
fn left(until: Instant) -> io::Result<Duration> {
    let left = until.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(ErrorKind::TimedOut.into()) } else { Ok(left) }
}

/// A way to write to a browser that may stop reading.
pub(super) struct Outgoing<'a> {
    stream: &'a TcpStream,
    until: Option<Instant>,
}

impl<'a> Outgoing<'a> {
    /// For an answer that has an end.
    pub(super) fn answer(stream: &'a TcpStream) -> Outgoing<'a> {
        Outgoing { stream, until: Some(Instant::now() + ANSWER) }
    }

    /// For news that go on until one side goes away.
    pub(super) fn endless(stream: &'a TcpStream) -> Outgoing<'a> {
        Outgoing { stream, until: None }
    }
}

impl Write for Outgoing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let wait = self.until.map_or(Ok(PATIENCE), left)?.min(PATIENCE);
        self.stream.set_write_timeout(Some(wait))?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// Closes a connection so that the answer arrives: a socket closed over unread bytes would take
/// the answer back. They are thrown away, and not for long. Trouble means it is closed already.
pub(super) fn close(stream: &TcpStream) {
    if stream.shutdown(Shutdown::Write).is_ok() {
        let until = Instant::now() + PARTING;
        let mut part = [0; 4096];
        let mut thrown = 0;
        while thrown < PARTING_BYTES {
            match read(stream, &mut part, until) {
                Ok(0) | Err(_) => break,
                Ok(count) => thrown += count,
            }
        }
    }
    let _ = stream.shutdown(Shutdown::Both);
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    /// What is read of these bytes, sent in parts of such a size.
    fn incoming(bytes: &[u8], size: usize) -> Incoming {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        client.set_nodelay(true).unwrap();
        let (stream, _) = listener.accept().unwrap();
        std::thread::scope(|scope| {
            let reader = scope.spawn(|| read_head(&stream));
            for part in bytes.chunks(size) {
                // The reader may have seen enough.
                let _ = client.write_all(part);
            }
            let _ = client.shutdown(Shutdown::Write);
            reader.join().unwrap()
        })
    }

    #[test]
    fn a_head_ends_at_its_empty_line_however_it_comes() {
        let bytes = b"GET / HTTP/1.1\r\nA: b\r\n\r\nGET /second HTTP/1.1\r\n\r\n";
        for size in [1, 2, 3, 5, bytes.len()] {
            match incoming(bytes, size) {
                Incoming::Head(head) => assert_eq!(head, b"GET / HTTP/1.1\r\nA: b"),
                _ => panic!("no head in parts of {size}"),
            }
        }
        for nothing in [&b""[..], b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\n\n"] {
            assert!(matches!(incoming(nothing, 64), Incoming::Nothing));
        }
    }

    #[test]
    fn a_head_has_a_longest_length() {
        let head = |length: usize| format!("{}\r\n\r\n", "a".repeat(length - 4)).into_bytes();
        assert!(matches!(incoming(&head(HEAD_AT_MOST), 1000), Incoming::Head(_)));
        assert!(matches!(incoming(&head(HEAD_AT_MOST + 1), 1000), Incoming::TooLong));
        assert!(matches!(incoming(&vec![b'a'; 200_000], 10_000), Incoming::TooLong));
    }
}
