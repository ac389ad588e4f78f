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
    template! { "uk-fca-disp":
        "deadlines.toml"
        "protocol.toml"
        "scenarios/accepted-after-the-third-day.snap"
        "scenarios/accepted-after-the-third-day.toml"
        "scenarios/accepted-by-letter.snap"
        "scenarios/accepted-by-letter.toml"
        "scenarios/eight-week-letter-on-the-last-day.snap"
        "scenarios/eight-week-letter-on-the-last-day.toml"
        "scenarios/eight-week-letter-too-late.snap"
        "scenarios/eight-week-letter-too-late.toml"
        "scenarios/eight-week-letter.snap"
        "scenarios/eight-week-letter.toml"
        "scenarios/entered-late.snap"
        "scenarios/entered-late.toml"
        "scenarios/final-response-on-the-last-day.snap"
        "scenarios/final-response-on-the-last-day.toml"
        "scenarios/final-response-too-late.snap"
        "scenarios/final-response-too-late.toml"
        "scenarios/forwarded-in-part.snap"
        "scenarios/forwarded-in-part.toml"
        "scenarios/forwarded.snap"
        "scenarios/forwarded.toml"
        "scenarios/found-to-be-a-payment.snap"
        "scenarios/found-to-be-a-payment.toml"
        "scenarios/found-too-late-to-be-a-payment.snap"
        "scenarios/found-too-late-to-be-a-payment.toml"
        "scenarios/out-of-time.snap"
        "scenarios/out-of-time.toml"
        "scenarios/payment-held-and-missed.snap"
        "scenarios/payment-held-and-missed.toml"
        "scenarios/payment-held-too-late.snap"
        "scenarios/payment-held-too-late.toml"
        "scenarios/payment-held.snap"
        "scenarios/payment-held.toml"
        "scenarios/received-before-this-text.snap"
        "scenarios/received-before-this-text.toml"
        "scenarios/resolved-on-the-third-day.snap"
        "scenarios/resolved-on-the-third-day.toml"
        "scenarios/six-months-over.snap"
        "scenarios/six-months-over.toml"
        "scenarios/six-months-waived.snap"
        "scenarios/six-months-waived.toml"
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
