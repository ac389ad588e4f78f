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

/// How long one may take to ask whether the process lives. Whoever asks that is answered, so that a
/// full server is not taken for a dead one; who says nothing by then is told that there is no room.
const ASKED_WAIT: Duration = Duration::from_millis(100);
/// How somebody asks that.
const ASKS: &[u8] = b"GET /healthz ";
/// What they are answered.
const ALIVE: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\
    Connection: close\r\nContent-Length: 6\r\n\r\nalive\n";

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
                let answer = if asks(&stream).await { ALIVE } else { &answer };
                stream.write_all(answer).await?;
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

/// Whether somebody asks if the process lives.
async fn asks(stream: &TcpStream) -> bool {
    let mut begun = [0; ASKS.len()];
    let read = tokio::time::timeout(ASKED_WAIT, stream.peek(&mut begun)).await;
    matches!(read, Ok(Ok(_))) && begun == ASKS
}

#[cfg(test)]
mod tests {
    use super::Full;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::{TcpListener, TcpStream};

    #[tokio::test]
    async fn a_full_server_says_that_it_lives_and_that_it_is_full() {
        let full = Full::new();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        for (said, status) in [
            ("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 OK\r\n"),
            ("GET /v1/cases HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 503 "),
            ("GET /healthz/x HTTP/1.1\r\n\r\n", "HTTP/1.1 503 "),
            ("\0\0", "HTTP/1.1 503 "),
            ("", "HTTP/1.1 503 "),
        ] {
            let mut stream = TcpStream::connect(at).await.unwrap();
            stream.write_all(said.as_bytes()).await.unwrap();
            let (taken, _) = listener.accept().await.unwrap();
            full.tell(taken);
            let mut answer = [0; 512];
            let n = stream.read(&mut answer).await.unwrap();
            let answer = String::from_utf8_lossy(&answer[..n]);
            assert!(answer.starts_with(status), "{said:?}: {answer}");
        }
    }
}
