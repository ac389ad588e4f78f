//! Pictures of protocols: what they say, as golden files, and how they lie, as properties.

mod made;
mod sound;

mod golden;
mod layout;
mod limits;
