//! What `protocol verify` writes: reports, scenarios, certificates.

mod certified;
mod refused;
mod said;
mod saved;
mod steady;

use said::{Said, said};
