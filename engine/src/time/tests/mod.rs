//! Tests of this layer: what a calendar holds, and what is counted with it.

mod calendar;
mod case;
mod count;
mod spoken;

pub(crate) use case::{
    CLOSE, Case, MIDNIGHT, RULES, at, daily, date, holiday, plan, shown, weekdays,
};
