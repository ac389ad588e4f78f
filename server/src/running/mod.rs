//! A server that runs: connections, what belongs around every request, what all routes share, and
//! how it begins and ends.

mod accept;
mod app;
mod around;
mod first;
mod full;
mod inside;
mod limits;
mod metrics;
mod serve;
mod unchanged;

pub use app::{App, Shared};
pub use around::around;
pub use first::{First, first};
pub use inside::{Ask, Inside, Told};
pub use limits::Limits;
pub use metrics::{Gauge, Metrics, Sizes};
pub use serve::{Server, Stopper};
pub use unchanged::unchanged;
