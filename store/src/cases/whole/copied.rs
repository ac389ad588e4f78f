//! A whole place as rows, the same for every database.

use crate::cases::Failure;

/// A value of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A number; an instant in milliseconds since 1970 in UTC; 0 or 1.
    Int(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// A row of one of the [`TABLES`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopiedRow {
    /// Which table, as its place in [`TABLES`].
    pub table: usize,
    /// Its values, in the order of the columns.
    pub cells: Vec<Cell>,
}

/// A table, and its columns: `i` is a number, `t` a text, `b` bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CopiedTable {
    /// Its name.
    pub name: &'static str,
    /// The kinds of its columns.
    pub kinds: &'static str,
}

const fn table(name: &'static str, kinds: &'static str) -> CopiedTable {
    CopiedTable { name, kinds }
}

/// All tables, in the order in which their rows come. `docs/RECORDS.md` says what the columns hold.
pub const TABLES: [CopiedTable; 16] = [
    table("tenant", "it"),
    table("writer", "i"),
    table("counter", "iti"),
    table("protocol", "ibttbbi"),
    table("stream", "ibibtbibtbttitttiiii"),
    table("journal", "iiiibibibb"),
    table("duty", "ibtitii"),
    table("answer", "itbibi"),
    table("person", "itbi"),
    table("sealed", "ibtb"),
    table("token", "itbittiii"),
    table("token_role", "itit"),
    table("webhook", "iitbi"),
    table("webhook_kind", "iiit"),
    table("message", "iibitbitiitiibi"),
    table("amendment", "iibbbi"),
];

/// Where the journals stand in [`TABLES`].
pub(crate) const JOURNAL: usize = 5;
/// Where what is owed stands in [`TABLES`].
pub(crate) const DUTY: usize = 6;

/// Copying a whole place.
pub trait Copied {
    /// Gives every row, all as it was at one instant; tables in their order, pages so that every
    /// decision comes after those before it in its stream.
    ///
    /// # Errors
    /// As every call, and what `take` fails with.
    fn copy_out(
        &self,
        take: &mut dyn FnMut(CopiedRow) -> Result<(), Failure>,
    ) -> Result<(), Failure>;

    /// Takes every row into a place in which there is nothing, in one transaction.
    ///
    /// # Errors
    /// As every call, and what `next` fails with: nothing is written then. [`Failure::Overtaken`]
    /// where there is something already.
    fn copy_in(
        &self,
        next: &mut dyn FnMut() -> Result<Option<CopiedRow>, Failure>,
    ) -> Result<(), Failure>;
}
