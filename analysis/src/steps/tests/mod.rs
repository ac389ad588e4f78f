mod agree;
pub(crate) mod world;
