//! How long the disk takes to make something durable.

use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result};

/// Half of all flushes of a file that grows by a page took at most so many microseconds, and
/// ninety-nine of a hundred so many.
pub(crate) fn flushes(folder: &Path, n: usize) -> Result<(u64, u64)> {
    let mut file = std::fs::File::create(folder.join("flushed")).context("no file")?;
    let page = [7u8; 4096];
    let mut took = Vec::with_capacity(n);
    for _ in 0..n {
        file.write_all(&page)?;
        let begin = Instant::now();
        file.sync_data()?;
        took.push(u64::try_from(begin.elapsed().as_micros()).unwrap_or(u64::MAX));
    }
    took.sort_unstable();
    let at = |percent: usize| took.get(n * percent / 100).copied().unwrap_or(0);
    Ok((at(50), at(99)))
}
