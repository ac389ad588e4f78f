//! How long something may take, which only the caller knows: this crate has no clock.

use std::fmt;
use std::sync::Arc;

/// Whether there is time for more. It is asked again and again, from one thread; once there is none,
/// there must be none any more. As long as there is time, nothing that is found depends on it.
#[derive(Clone, Default)]
pub struct Patience(Option<Arc<dyn Fn() -> bool + Send + Sync>>);

impl Patience {
    /// For as long as it takes.
    #[must_use]
    pub const fn endless() -> Self {
        Self(None)
    }

    /// Until the caller says that the time is over.
    #[must_use]
    pub fn until(is_over: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(is_over)))
    }

    /// Whether the time is over.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.0.as_ref().is_some_and(|it| it())
    }
}

impl fmt::Debug for Patience {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(if self.0.is_some() { "Patience(..)" } else { "Patience(endless)" })
    }
}
