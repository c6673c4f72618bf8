//! The preview: the last good site over loopback, swapped as a whole after each good save.
//!
//! This module compiles nothing and reads no file. `commands::serve` reads and compiles as every
//! other command does, and hands over a finished [`crate::site::Site`] or the [`Trouble`] that
//! stopped it; a page is rendered when a browser asks for it. The [`Watcher`] says no more than
//! "something may have changed". Start reading at [`Preview`].

mod connection;
mod http;
mod preview;
mod reload;
mod request;
mod room;
mod watcher;

pub use http::{FIRST_PORT, bind, start};
pub use preview::{Preview, Trouble};
pub use watcher::{Root, Watcher};
