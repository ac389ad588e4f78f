//! The sender over a real store and real receivers on this machine.

mod arriving;
mod desk;
mod failing;
mod lasting;
mod late;
mod reaching;
mod receiver;

pub(super) use desk::Folder;
