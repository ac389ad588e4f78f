//! The files of the shipped protocols. Written by `cargo xtask gen`.

/// A protocol by name, and its files: paths inside its folder, and texts.
pub(crate) type Template = (&'static str, &'static [(&'static str, &'static str)]);

macro_rules! template {
    ($name:literal: $($path:literal)*) => {
        ($name, &[$(($path, include_str!(concat!("../../../protocols/", $name, "/", $path)))),*])
    };
}

/// In order of their names.
pub(crate) const TEMPLATES: &[Template] = &[
    template! { "small-business":
        "protocol.toml"
        "scenarios/a-delayed-parcel.snap"
        "scenarios/a-delayed-parcel.toml"
        "scenarios/a-late-answer.snap"
        "scenarios/a-late-answer.toml"
        "scenarios/an-emergency.snap"
        "scenarios/an-emergency.toml"
        "scenarios/nothing-to-look-into.snap"
        "scenarios/nothing-to-look-into.toml"
        "scenarios/promises.snap"
        "scenarios/promises.toml"
        "scenarios/up-to-the-mediator.snap"
        "scenarios/up-to-the-mediator.toml"
        "scenarios/waiting-for-the-complainant.snap"
        "scenarios/waiting-for-the-complainant.toml"
    },
    template! { "uk-housing-code":
        "protocol.toml"
        "scenarios/a-silent-landlord.snap"
        "scenarios/a-silent-landlord.toml"
        "scenarios/answered-in-time.snap"
        "scenarios/answered-in-time.toml"
        "scenarios/declined.snap"
        "scenarios/declined.toml"
        "scenarios/entered-late.snap"
        "scenarios/entered-late.toml"
        "scenarios/extended-once.snap"
        "scenarios/extended-once.toml"
        "scenarios/not-by-the-person-complained-about.snap"
        "scenarios/not-by-the-person-complained-about.toml"
        "scenarios/received-before-the-code.snap"
        "scenarios/received-before-the-code.toml"
        "scenarios/received-on-the-first-day.snap"
        "scenarios/received-on-the-first-day.toml"
        "scenarios/second-stage-late.snap"
        "scenarios/second-stage-late.toml"
        "scenarios/second-stage.snap"
        "scenarios/second-stage.toml"
        "scenarios/straight-to-the-ombudsman.snap"
        "scenarios/straight-to-the-ombudsman.toml"
        "scenarios/the-window-ends-on-a-sunday.snap"
        "scenarios/the-window-ends-on-a-sunday.toml"
    },
];
