//! How many connections may be open, and which of them makes room for a further one.

use std::collections::BTreeMap;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Connections that may be open at once, each with a thread of its own.
const OPEN_AT_MOST: usize = 64;
/// A connection that has not asked for anything for so long makes room if there is none.
const HEAD_START: Duration = Duration::from_millis(100);
/// A further connection waits so long for room.
const WAIT: Duration = Duration::from_millis(300);

/// The open connections.
#[derive(Default)]
pub(super) struct Room {
    state: Mutex<State>,
    left: Condvar,
}

#[derive(Default)]
struct State {
    open: usize,
    next_ticket: u64,
    /// Connections that have not yet sent all of their request; the first came first.
    silent: BTreeMap<u64, Silent>,
}

struct Silent {
    since: Instant,
    stream: Arc<TcpStream>,
}

/// The place of one connection, which is free again when this is dropped.
pub(super) struct Place {
    room: Arc<Room>,
    ticket: u64,
}

impl Room {
    /// Takes a connection in, or does not, because there is no room.
    ///
    /// Browsers open connections to have them at hand, and may open many. When there is no room,
    /// the one that has been silent for longest is closed, but none that is being answered.
    pub(super) fn enter(self: &Arc<Room>, stream: &Arc<TcpStream>) -> Option<Place> {
        let came = Instant::now();
        let mut state = self.lock();
        while state.open >= OPEN_AT_MOST {
            if came.elapsed() >= WAIT {
                return None;
            }
            state.close_one();
            let waited = self.left.wait_timeout(state, HEAD_START);
            (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        }
        let ticket = state.next_ticket;
        state.next_ticket += 1;
        state.open += 1;
        let silent = Silent { since: Instant::now(), stream: Arc::clone(stream) };
        state.silent.insert(ticket, silent);
        Some(Place { room: Arc::clone(self), ticket })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // The state is whole after every statement, so a panic elsewhere cannot have broken it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Closes the connection that has been silent for longest; its thread then leaves by itself.
    fn close_one(&mut self) {
        let is_late = |silent: &Silent| silent.since.elapsed() >= HEAD_START;
        if let Some(first) = self.silent.first_entry().filter(|first| is_late(first.get())) {
            // If it is closed already, its thread is on its way out.
            let _ = first.remove().stream.shutdown(Shutdown::Both);
        }
    }
}

impl Place {
    /// The request has come: from now on the connection need not make room. False if it had to
    /// already.
    pub(super) fn keep(&self) -> bool {
        self.room.lock().silent.remove(&self.ticket).is_some()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = self.room.lock();
        state.silent.remove(&self.ticket);
        state.open -= 1;
        drop(state);
        self.room.left.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::net::TcpListener;

    use super::*;

    fn pair(listener: &TcpListener) -> (TcpStream, Arc<TcpStream>) {
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        (client, Arc::new(listener.accept().unwrap().0))
    }

    #[test]
    fn only_a_silent_connection_makes_room() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let room = Arc::new(Room::default());
        let mut open = Vec::new();
        for _ in 0..OPEN_AT_MOST {
            let (client, stream) = pair(&listener);
            let place = room.enter(&stream).unwrap();
            open.push((client, place));
        }
        for (_, place) in &open[1..] {
            assert!(place.keep());
        }
        std::thread::sleep(HEAD_START);
        // The first is closed, but stays until its thread has noticed.
        let (_late, stream) = pair(&listener);
        assert!(room.enter(&stream).is_none());
        let (mut first, place) = open.remove(0);
        assert_eq!(first.read(&mut [0]).unwrap(), 0);
        assert!(!place.keep());
        drop(place);
        let place = room.enter(&stream).unwrap();
        assert!(place.keep());
        let (_later, stream) = pair(&listener);
        assert!(room.enter(&stream).is_none());
    }
}
