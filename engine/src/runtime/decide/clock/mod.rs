//! What the clocks do in a decision: they react to its points (`react`), begin (`arm`), stand
//! still (`stand_still`) and are lengthened (`extend`). What would end when without a case: `ends`;
//! what would become of its warnings: `warned`.

pub(crate) mod arm;
pub(crate) mod each;
pub(crate) mod ends;
pub(crate) mod extend;
pub(crate) mod react;
pub(crate) mod stand_still;
pub(crate) mod warned;
