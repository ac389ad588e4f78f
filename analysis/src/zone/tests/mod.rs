mod bounds;
mod chains;
mod runs;
mod world;
