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

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt as _;

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_current_thread().build().unwrap()
    }

    #[test]
    fn what_is_written_is_sent_whole() {
        let (_stop, stopping) = watch::channel(false);
        let (mut to, body) = pipe(stopping);
        let bytes: Vec<u8> = (0..=255u8).cycle().take(5 * PIECE_BYTES + 7).collect();
        let written = bytes.clone();
        let writer = std::thread::spawn(move || {
            written.chunks(1_000).for_each(|it| to.write_all(it).unwrap());
            to.finish();
        });
        let read = runtime().block_on(body.collect()).unwrap().to_bytes();
        assert!(read == bytes);
        writer.join().unwrap();
    }

    #[test]
    fn what_is_broken_off_is_noticed() {
        let (_stop, stopping) = watch::channel(false);
        let (mut to, body) = pipe(stopping);
        let writer = std::thread::spawn(move || {
            to.write_all(b"half").unwrap();
            to.break_off();
        });
        assert!(runtime().block_on(body.collect()).is_err());
        writer.join().unwrap();
    }

    #[test]
    fn nobody_writes_for_a_reader_that_is_gone_or_a_server_that_stops() {
        let (stop, stopping) = watch::channel(false);
        let (mut to, body) = pipe(stopping.clone());
        drop(body);
        assert!(to.is_left() && to.write_all(&[0; PIECE_BYTES]).is_err());
        let (mut to, _body) = pipe(stopping);
        stop.send(true).unwrap();
        assert!(to.is_left() && to.write_all(&[0; PIECE_BYTES]).is_err());
    }
}
