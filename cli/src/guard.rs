//! A panic is a fault of Redress: it is caught and said so, and nothing else is blamed.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Mutex;

/// Where the last panic happened. The hook that learns it and the code that reports it share
/// nothing else.
static LAST_PLACE: Mutex<Option<String>> = Mutex::new(None);

/// Keeps the place of a panic instead of printing it.
pub(crate) fn listen() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string);
        *LAST_PLACE.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = place;
    }));
}

/// Runs something that must not panic.
///
/// # Errors
/// The sentences to print if it did.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let message = match payload.downcast::<String>() {
            Ok(text) => *text,
            Err(payload) => payload
                .downcast::<&str>()
                .map_or_else(|_| "without a message".to_owned(), |text| (*text).to_owned()),
        };
        let place = LAST_PLACE.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        let place = place.map_or_else(String::new, |place| format!(" ({place})"));
        format!(
            "error: this is a fault of Redress, not of your protocol: {message}{place}\n  \
             = help: please report it with the command you gave and version {}\n",
            env!("CARGO_PKG_VERSION")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn a_panic_is_said_to_be_our_fault() {
        let said = guarded(|| panic!("index {} out of range", 3)).unwrap_err();
        assert!(said.starts_with("error: this is a fault of Redress"), "{said}");
        assert!(said.contains("index 3 out of range"), "{said}");
        assert_eq!(guarded(|| 1), Ok(1));
    }
}
