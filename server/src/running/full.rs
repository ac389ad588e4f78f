//! What is said to a connection for which there is no room: that, at once, and where to knock again.

use crate::problem::{Kind, Problem};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;

/// How many are told at once; what comes beyond that is closed without a word.
const TOLD_MAX: usize = 256;

/// How long one may take to hear it.
const TOLD_WAIT: Duration = Duration::from_secs(1);

/// How much is read of what was sent meanwhile, in bytes. Where a connection is closed before that
/// is read, the answer is lost on the way.
const UNREAD_BYTES_MAX: u64 = 64 * 1024;

/// Tells those for whom there is no room.
pub(super) struct Full {
    room: Arc<Semaphore>,
    answer: Arc<[u8]>,
}

impl Full {
    pub(super) fn new() -> Self {
        let body = Problem::new(Kind::BUSY).body();
        let head = format!(
            "HTTP/1.1 503 Service Unavailable\r\nContent-Type: {}\r\nRetry-After: 1\r\n\
             Connection: close\r\nContent-Length: {}\r\n\r\n",
            crate::problem::PROBLEM,
            body.len()
        );
        let answer = [head.as_bytes(), &body].concat();
        Self { room: Arc::new(Semaphore::new(TOLD_MAX)), answer: answer.into() }
    }

    /// Tells one, and closes it.
    pub(super) fn tell(&self, mut stream: TcpStream) {
        let Ok(place) = self.room.clone().try_acquire_owned() else { return };
        let answer = Arc::clone(&self.answer);
        tokio::spawn(async move {
            let told = async {
                stream.write_all(&answer).await?;
                stream.shutdown().await?;
                let mut unread = (&mut stream).take(UNREAD_BYTES_MAX);
                tokio::io::copy(&mut unread, &mut tokio::io::sink()).await
            };
            // Whoever does not listen is not waited for.
            let _ = tokio::time::timeout(TOLD_WAIT, told).await;
            drop(place);
        });
    }
}
