//! The register over a store: what is kept goes out and comes in.

#[cfg(test)]
mod export;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod import;
#[cfg(test)]
mod logs;
#[cfg(test)]
mod returns;
#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod trends;
#[cfg(test)]
mod world;
