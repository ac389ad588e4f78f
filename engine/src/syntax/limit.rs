//! How much an author can write. Generous for people, small enough that no file can exhaust
//! memory, time or the stack. Checked before the text is parsed, or as soon as it can be.

/// The largest file, in bytes.
pub const FILE_BYTES_MAX: usize = 1024 * 1024;

/// The largest protocol over all its files, in bytes; calendars that ship with Redress are not
/// counted.
pub const PROTOCOL_BYTES_MAX: usize = 16 * 1024 * 1024;

/// How deep brackets and braces may stand inside each other.
pub const NESTING_MAX: usize = 16;

/// The parts of one dotted key: `stages.received.on.screened` has four.
pub const KEY_PARTS_MAX: usize = 8;

/// How many files may include each other in a row.
pub const INCLUDE_DEPTH_MAX: usize = 16;

/// How many protocols may extend each other in a row.
pub const EXTENDS_DEPTH_MAX: usize = 8;

/// The entries of one table, over all files that add to it, and the elements of one list.
pub const ENTRIES_MAX: usize = 2_000;

/// The holidays of all calendars together, a set counted for every calendar that names it: each
/// is looked up in two hundred years.
pub const HOLIDAYS_MAX: usize = 4_000;

/// The length of a name or a key, in bytes.
pub const NAME_BYTES_MAX: usize = 64;

/// The length of the mention of one or two names, such as `letter:acknowledgement`, in bytes.
pub const MENTION_BYTES_MAX: usize = 256;

/// The faults of one kind that are reported for one file; further ones are most often echoes.
pub(crate) const FAULTS_SHOWN_MAX: usize = 20;
