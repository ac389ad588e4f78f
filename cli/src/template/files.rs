//! The files of the shipped protocols. Written by `cargo xtask gen`.

/// A protocol by name, and its files: paths inside its folder, and texts.
pub(crate) type Template = (&'static str, &'static [(&'static str, &'static str)]);

/// In order of their names.
pub(crate) const TEMPLATES: &[Template] = &[
    (
        "small-business",
        &[("protocol.toml", include_str!("../../../protocols/small-business/protocol.toml"))],
    ),
    (
        "uk-housing-code",
        &[("protocol.toml", include_str!("../../../protocols/uk-housing-code/protocol.toml"))],
    ),
];
