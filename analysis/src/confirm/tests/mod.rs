mod dates;
mod world;
