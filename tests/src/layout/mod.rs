//! Files that `protocol fmt` has laid out.

mod kept;
