//! What `protocol verify` writes: reports, scenarios, certificates.

mod certified;
mod folder;
mod formats;
mod refused;
mod said;
mod saved;
mod steady;
