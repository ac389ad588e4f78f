mod bounds;
mod chains;
mod pauses;
mod runs;
mod world;
