//! A body that is written on a thread that waits, while it is sent.

use axum::body::{Body, Bytes};
use futures_core::Stream;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::{mpsc, watch};

/// How many bytes are sent at once.
const PIECE_BYTES: usize = 64 * 1024;

/// How many pieces may wait for a slow reader.
const PIECES_MAX: usize = 4;

/// The end into which is written.
pub(super) struct Pipe {
    tell: mpsc::Sender<io::Result<Bytes>>,
    stopping: watch::Receiver<bool>,
    piece: Vec<u8>,
}

/// A pipe, and the body that sends what is written into it. Writing waits while the reader is slow;
/// it fails once the reader is gone, or the server is being stopped.
pub(super) fn pipe(stopping: watch::Receiver<bool>) -> (Pipe, Body) {
    let (tell, told) = mpsc::channel(PIECES_MAX);
    (Pipe { tell, stopping, piece: Vec::new() }, Body::from_stream(Pieces(told)))
}

/// Writes a file from its beginning.
///
/// # Errors
/// It cannot be read, or the reader is gone.
pub(super) fn of_file(mut file: File, to: &mut Pipe) -> anyhow::Result<()> {
    file.rewind()?;
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        let n_bytes = file.read(&mut piece)?;
        match piece.get(..n_bytes) {
            Some([]) | None => return Ok(()),
            Some(read) => to.write_all(read)?,
        }
    }
}

impl Pipe {
    /// Whether the reader is gone.
    pub(super) fn is_left(&self) -> bool {
        self.tell.is_closed() || *self.stopping.borrow()
    }

    /// Sends what is left: the body is whole.
    pub(super) fn finish(mut self) {
        // A reader that is gone need not be told.
        let _ = self.send();
    }

    /// Breaks the body off, so that its reader notices.
    pub(super) fn break_off(self) {
        let _ = self.tell.blocking_send(Err(io::Error::other("broken off")));
    }

    fn send(&mut self) -> io::Result<()> {
        if self.is_left() {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        let piece = Bytes::from(std::mem::take(&mut self.piece));
        match piece.is_empty() {
            true => Ok(()),
            false => {
                let sent = self.tell.blocking_send(Ok(piece));
                sent.map_err(|_| io::ErrorKind::BrokenPipe.into())
            }
        }
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE_BYTES {
            self.send()?;
        }
        Ok(bytes.len())
    }

    /// Small pieces stay until they are worth sending.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Pieces that wait to be sent.
struct Pieces(mpsc::Receiver<io::Result<Bytes>>);

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(task)
    }
}
