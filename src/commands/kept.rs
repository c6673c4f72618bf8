//! Where answers are kept for the next run: in the user's own folder for such things.

use std::env;
use std::path::PathBuf;

use crate::cli::{OUT, Shared};
use crate::evidence::private::{Cache, Fences};
use crate::write::MANIFEST_NAME;

/// The cache of this user; none if it is not wanted, or there is no folder for it.
pub(super) fn cache(shared: &Shared) -> Cache {
    let program = env::current_exe().ok();
    let Some((folder, program)) = folder().zip(program).filter(|_| !shared.no_cache) else {
        return Cache::none();
    };
    let inputs: Vec<PathBuf> =
        std::iter::once(shared.site.clone()).chain(shared.placements.clone()).collect();
    let outputs = [shared.out.clone(), shared.site.join(OUT)];
    let fences = Fences { inputs: &inputs, outputs: &outputs, published_mark: MANIFEST_NAME };
    Cache::in_folder(&folder.join("placewise"), &program, &fences)
}

/// What compiling is called in timings.
pub(super) fn step(cache: &Cache) -> &'static str {
    if cache.has_answered_all() { "compile (protection from the cache)" } else { "compile" }
}

/// The folder for caches by the rules of the system; one that is not named in full is none.
fn folder() -> Option<PathBuf> {
    let named = |name: &str| env::var_os(name).map(PathBuf::from).filter(|at| at.is_absolute());
    if cfg!(windows) {
        named("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        named("HOME").map(|home| home.join("Library/Caches"))
    } else {
        named("XDG_CACHE_HOME").or_else(|| named("HOME").map(|home| home.join(".cache")))
    }
}
