//! The files of the shipped protocols. Written by `cargo xtask gen`.

/// A protocol by name, and its files: paths inside its folder, and texts.
pub(crate) type Template = (&'static str, &'static [(&'static str, &'static str)]);

/// In order of their names.
pub(crate) const TEMPLATES: &[Template] = &[
    (
        "small-business",
        &[
            ("protocol.toml", include_str!("../../../protocols/small-business/protocol.toml")),
            (
                "scenarios/a-delayed-parcel.toml",
                include_str!("../../../protocols/small-business/scenarios/a-delayed-parcel.toml"),
            ),
            (
                "scenarios/a-late-answer.toml",
                include_str!("../../../protocols/small-business/scenarios/a-late-answer.toml"),
            ),
            (
                "scenarios/an-emergency.toml",
                include_str!("../../../protocols/small-business/scenarios/an-emergency.toml"),
            ),
            (
                "scenarios/nothing-to-look-into.toml",
                include_str!(
                    "../../../protocols/small-business/scenarios/nothing-to-look-into.toml"
                ),
            ),
            (
                "scenarios/promises.toml",
                include_str!("../../../protocols/small-business/scenarios/promises.toml"),
            ),
            (
                "scenarios/up-to-the-mediator.toml",
                include_str!("../../../protocols/small-business/scenarios/up-to-the-mediator.toml"),
            ),
            (
                "scenarios/waiting-for-the-complainant.toml",
                include_str!(
                    "../../../protocols/small-business/scenarios/waiting-for-the-complainant.toml"
                ),
            ),
        ],
    ),
    (
        "uk-housing-code",
        &[
            ("protocol.toml", include_str!("../../../protocols/uk-housing-code/protocol.toml")),
            (
                "scenarios/a-silent-landlord.toml",
                include_str!("../../../protocols/uk-housing-code/scenarios/a-silent-landlord.toml"),
            ),
            (
                "scenarios/answered-in-time.toml",
                include_str!("../../../protocols/uk-housing-code/scenarios/answered-in-time.toml"),
            ),
            (
                "scenarios/declined.toml",
                include_str!("../../../protocols/uk-housing-code/scenarios/declined.toml"),
            ),
            (
                "scenarios/extended-once.toml",
                include_str!("../../../protocols/uk-housing-code/scenarios/extended-once.toml"),
            ),
            (
                "scenarios/second-stage-late.toml",
                include_str!("../../../protocols/uk-housing-code/scenarios/second-stage-late.toml"),
            ),
            (
                "scenarios/second-stage.toml",
                include_str!("../../../protocols/uk-housing-code/scenarios/second-stage.toml"),
            ),
        ],
    ),
];
