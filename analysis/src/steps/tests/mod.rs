mod count;
pub(crate) mod world;
