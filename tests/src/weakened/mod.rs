//! A house protocol on `uk-housing-code`, weakened and strengthened in every way that a few operators give:
//! `complies_with` finds each weakening and reports no strengthening.

mod house;
mod stronger;
mod tests;
mod weaker;
