mod dates;
mod guarantees;
mod world;
