//! Files that `protocol fmt` has laid out.

mod files;
mod kept;

pub(crate) use files::toml_files;
