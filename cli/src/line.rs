//! Reading line by line, within a limit.

use std::io::{self, BufRead, Read as _};

/// A line of a stream.
pub(crate) enum Line {
    /// Its bytes, with the line break if it had one.
    Of(Vec<u8>),
    /// It has more bytes than allowed; they are passed over.
    TooLong,
    /// There is no line left.
    End,
}

/// Reads a line of at most so many bytes, the line break apart; of one that is too long nothing
/// is kept.
pub(crate) fn next_line(
    stream: &mut (impl BufRead + ?Sized),
    bytes_max: usize,
) -> io::Result<Line> {
    let limit = u64::try_from(bytes_max).unwrap_or(u64::MAX);
    let mut line = Vec::new();
    let mut n_bytes = (&mut *stream).take(limit.saturating_add(1)).read_until(b'\n', &mut line)?;
    if n_bytes == 0 {
        return Ok(Line::End);
    }
    if line.last() == Some(&b'\n') || line.len() <= bytes_max {
        return Ok(Line::Of(line));
    }
    while n_bytes > 0 && line.last() != Some(&b'\n') {
        line.clear();
        n_bytes = (&mut *stream).take(limit).read_until(b'\n', &mut line)?;
    }
    Ok(Line::TooLong)
}
