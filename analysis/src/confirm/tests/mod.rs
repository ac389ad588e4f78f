mod dates;
mod guarantees;
mod power;
mod telling;
mod world;
