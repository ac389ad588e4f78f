mod check;
mod form;
