//! Rounding that says what it does, and percentages. rhai's own `round` rounds half to even.

use rhai::Engine;
use rhai::EvalAltResult;
use rhai::Position;
use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy;

/// Adds the number functions to an engine, for whole numbers and decimals alike.
pub(crate) fn register(engine: &mut Engine) {
    rounding(engine, "round_up", RoundingStrategy::AwayFromZero);
    rounding(engine, "round_down", RoundingStrategy::ToZero);
    rounding(engine, "round_half_up", RoundingStrategy::MidpointAwayFromZero);
    engine.register_fn("floor", |number: Decimal| number.floor());
    engine.register_fn("floor", |number: i64| number);
    engine.register_fn("ceiling", |number: Decimal| number.ceil());
    engine.register_fn("ceiling", |number: i64| number);
    engine.register_fn("percent_of", |part: Decimal, whole: Decimal| percent_of(part, whole));
    engine.register_fn("percent_of", |part: i64, whole: i64| percent_of(part.into(), whole.into()));
    engine.register_fn("percent_of", |part: Decimal, whole: i64| percent_of(part, whole.into()));
    engine.register_fn("percent_of", |part: i64, whole: Decimal| percent_of(part.into(), whole));
}

fn rounding(engine: &mut Engine, name: &str, strategy: RoundingStrategy) {
    let round = move |number: Decimal, places: i64| match u32::try_from(places) {
        Ok(places) => Ok(number.round_dp_with_strategy(places, strategy)),
        Err(_) => Err(arithmetic("the number of places is below zero or far too large")),
    };
    engine.register_fn(name, round);
    engine.register_fn(name, |number: i64, _places: i64| number);
}

/// How many percent of the whole the part is, not rounded.
fn percent_of(part: Decimal, whole: Decimal) -> Result<Decimal, Box<EvalAltResult>> {
    let ratio = part.checked_mul(Decimal::ONE_HUNDRED).and_then(|it| it.checked_div(whole));
    ratio.ok_or_else(|| arithmetic("a percentage of zero, or a number too large"))
}

fn arithmetic(message: &str) -> Box<EvalAltResult> {
    EvalAltResult::ErrorArithmetic(message.to_owned(), Position::NONE).into()
}
