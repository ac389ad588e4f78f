//! What tells tenants, streams and writers apart.

use std::fmt;

/// An organisation whose cases are kept apart from everybody else's, by its number in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tenant(pub i32);

/// A process that writes, by a number that it took when it started. Each has a journal of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Writer(pub i32);

impl Writer {
    /// The number that is never taken: commands that write once and end share it and its journal.
    pub const PASSING: Self = Self(0);
}

/// What others have left a place at: another number once somebody else has written there, through
/// another connection. It says nothing but that it is another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Others(pub i64);

/// A case or a stop: a UUID of version 7, so that what was opened later sorts later.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamId(pub [u8; 16]);

/// A SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

impl fmt::Display for Hash {
    /// 64 small hexadecimal digits.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digit = |it: u8| char::from(if it < 10 { b'0' + it } else { b'a' + it - 10 });
        let digits = self.0.iter().flat_map(|it| [digit(it >> 4), digit(it & 15)]);
        out.write_str(&digits.collect::<String>())
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl fmt::Display for StreamId {
    /// As UUIDs are written: `0197a1b2-…`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&uuid::Uuid::from_bytes(self.0), out)
    }
}

impl fmt::Debug for StreamId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}
