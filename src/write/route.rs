//! Which routes may become files.

use std::path::PathBuf;

use super::failure::WriteFailure;
use super::manifest::MANIFEST_NAME;

/// Refuses a route that could leave the site or that a system reads in a way of its own.
pub(super) fn check(route: &str) -> Result<(), WriteFailure> {
    match fault(route) {
        None => Ok(()),
        Some(reason) => {
            Err(WriteFailure::Route { route: route.escape_debug().to_string(), reason })
        }
    }
}

/// The folders above a route, nearest first.
pub(super) fn folders(route: &str) -> impl Iterator<Item = &str> {
    route.rmatch_indices('/').map(|(end, _)| &route[..end])
}

/// The route as a path of this system. Windows takes `/` for a plain character in the paths that
/// `canonicalize` returns, so the segments are joined one by one.
pub(super) fn path(route: &str) -> PathBuf {
    route.split('/').collect()
}

fn fault(route: &str) -> Option<&'static str> {
    if route.is_empty() {
        return Some("the address is empty");
    }
    if route.starts_with('/') {
        return Some("the address must be relative to the site");
    }
    if route.contains('\0') {
        return Some("an address may not hold a NUL character");
    }
    // Windows reads `\` as a separator and `c:` as a drive; a site must not depend on where it
    // was built.
    if route.contains(['\\', ':']) {
        return Some("an address may not hold a backslash or a colon");
    }
    if route.split('/').any(str::is_empty) {
        return Some("an address may not hold an empty segment");
    }
    if route.split('/').any(|segment| segment == "." || segment == "..") {
        return Some("an address may not hold `.` or `..`");
    }
    // Case is ignored because macOS and Windows would write both names to one file.
    let first = route.split('/').next().unwrap_or(route);
    if first.eq_ignore_ascii_case(MANIFEST_NAME) {
        return Some("that name is kept for the list of published files");
    }
    None
}
