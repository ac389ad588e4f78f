//! Single things in words of one language: names, people, points, terms, dates, conditions,
//! sources.

mod conditions;
mod counts;
mod dates;
mod names;
mod people;
mod points;
mod sources;
mod terms;

pub(crate) use dates::Example;
pub(crate) use names::{Say, capital, field_title, phrase};
