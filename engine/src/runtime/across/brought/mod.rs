//! What a shell brings to a register: what was kept, and what was amended since.

mod amended;
mod restored;
