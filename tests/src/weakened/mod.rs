//! A house protocol on `uk-housing-code`, weakened and strengthened in every way that a few operators give:
//! `complies_with` finds each weakening and reports no strengthening. Beside them stand house protocols on four
//! statutes that were written by hand, each with one thing that somebody might try.

mod hand;
mod house;
mod slyer;
mod stronger;
mod tests;
mod weaker;
