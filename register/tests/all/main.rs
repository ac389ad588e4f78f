//! The register over a store: what is kept goes out and comes in.

#[cfg(test)]
mod export;
#[cfg(test)]
mod world;
