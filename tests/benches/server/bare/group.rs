//! Group commit: whatever waits is written in one transaction, and then all are answered.

use std::sync::mpsc::{Receiver, Sender, channel};

use anyhow::Result;
use tokio::sync::oneshot;

/// The most rows of one transaction.
const GROUP_MAX: usize = 512;

/// A row, and who waits for it.
pub(super) struct Waiting {
    pub(super) key: String,
    pub(super) body: Vec<u8>,
    pub(super) done: oneshot::Sender<()>,
}

/// Starts a thread that writes; rows go to it through what is returned.
pub(super) fn start(
    mut write: impl FnMut(&[Waiting]) -> Result<()> + Send + 'static,
) -> Sender<Waiting> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        while let Some(group) = next(&receiver) {
            // Where it fails nobody is answered, and the measurement with it.
            if write(&group).is_err() {
                return;
            }
            for it in group {
                let _gone = it.done.send(());
            }
        }
    });
    sender
}

fn next(receiver: &Receiver<Waiting>) -> Option<Vec<Waiting>> {
    let mut group = vec![receiver.recv().ok()?];
    group.extend(receiver.try_iter().take(GROUP_MAX - 1));
    Some(group)
}
