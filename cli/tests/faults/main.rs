//! What goes wrong in the world goes wrong here: servers are killed and stand still, databases
//! stop, disks are full, receivers hang. `docs/FAULTS.md` says what must hold all the same.
#![cfg(target_os = "linux")]

#[cfg(test)]
mod database;
#[cfg(test)]
mod disk;
#[cfg(test)]
mod kills;
#[cfg(test)]
mod nodes;
#[cfg(test)]
mod receivers;
#[cfg(test)]
mod small;
#[cfg(test)]
mod world;
