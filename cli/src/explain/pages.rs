//! The pages of all diagnostics, by code. Written by `cargo xtask gen`.

/// Code and page, in order of code.
pub const PAGES: &[(&str, &str)] = &[];
