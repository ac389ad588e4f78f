mod bounds;
mod chains;
mod runs;
