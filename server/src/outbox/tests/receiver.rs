//! Receivers on this machine that do as they are told.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// What a receiver does with a request.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    /// Answers with a status and these lines.
    Status(u16, &'static str),
    /// Answers with this status after a while.
    Slow(u16, Duration),
    /// Answers nothing and keeps the connection.
    Hang,
    /// Reads only the beginning and closes.
    CloseAtOnce,
    /// Closes in the middle of the head of the answer.
    CloseInHead,
    /// Answers 200, promises more than it sends, and closes.
    CloseInBody,
    /// Answers something that is no HTTP.
    Garbage,
    /// Answers 200 with a body that does not end.
    EndlessBody,
    /// Answers with a head that does not end.
    EndlessHead,
    /// Answers 200 with a byte every so often.
    Dripping,
}

pub(super) const OK: Answer = Answer::Status(200, "");

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(super) struct Got {
    pub(super) first_line: String,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) body: Vec<u8>,
}

impl Got {
    pub(super) fn id(&self) -> &str {
        &self.headers["webhook-id"]
    }

    pub(super) fn event(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The number of the fact, for an event of one.
    pub(super) fn sequence(&self) -> u32 {
        self.id().rsplit('/').next().unwrap().parse().unwrap()
    }

    pub(super) fn stream(&self) -> &str {
        self.id().split('/').next().unwrap()
    }

    /// Checks the signature as the text of Standard Webhooks says, with SHA-256 alone.
    #[track_caller]
    pub(super) fn verify(&self, secret: &[u8]) {
        let timestamp: i64 = self.headers["webhook-timestamp"].parse().unwrap();
        assert!((store::clock::now().timestamp() - timestamp).abs() < 300);
        let mut signed = format!("{}.{timestamp}.", self.id()).into_bytes();
        signed.extend_from_slice(&self.body);
        let mut key = [0u8; 64];
        key[..secret.len()].copy_from_slice(secret);
        let inner = Sha256::new().chain_update(key.map(|it| it ^ 0x36)).chain_update(signed);
        let outer =
            Sha256::new().chain_update(key.map(|it| it ^ 0x5c)).chain_update(inner.finalize());
        let wanted = format!("v1,{}", STANDARD.encode(outer.finalize()));
        let header = &self.headers["webhook-signature"];
        assert!(header.split(' ').any(|it| it == wanted), "{header} is not {wanted}");
    }
}

/// A receiver.
pub(super) struct Receiver {
    pub(super) port: u16,
    got: Arc<Mutex<Vec<Got>>>,
    task: JoinHandle<()>,
}

type Script = dyn Fn(usize, &Got) -> Answer + Send + Sync;

impl Receiver {
    /// A receiver that answers each request, counted from 0, as a script says.
    pub(super) async fn start(
        script: impl Fn(usize, &Got) -> Answer + Send + Sync + 'static,
    ) -> Self {
        Self::start_with(None, script).await
    }

    pub(super) async fn start_with(
        tls: Option<TlsAcceptor>,
        script: impl Fn(usize, &Got) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let got: Arc<Mutex<Vec<Got>>> = Arc::default();
        let (all, script): (_, Arc<Script>) = (got.clone(), Arc::new(script));
        let task = tokio::spawn(async move {
            loop {
                let Ok((tcp, _)) = listener.accept().await else { return };
                let (all, script, tls) = (all.clone(), script.clone(), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => serve(tcp, &all, &*script).await,
                        Some(tls) => {
                            // A caller who does not believe the certificate goes away.
                            let Ok(line) = tls.accept(tcp).await else { return };
                            serve(line, &all, &*script).await;
                        }
                    }
                });
            }
        });
        Self { port, got, task }
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/in?a=1", self.port)
    }

    pub(super) fn got(&self) -> Vec<Got> {
        self.got.lock().unwrap().clone()
    }

    pub(super) fn n_got(&self) -> usize {
        self.got.lock().unwrap().len()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// One connection. Whatever the caller does, it just ends.
async fn serve(
    mut line: impl AsyncRead + AsyncWrite + Unpin,
    all: &Mutex<Vec<Got>>,
    script: &Script,
) {
    let Some(got) = read(&mut line).await else { return };
    let answer = {
        let mut all = all.lock().unwrap();
        all.push(got.clone());
        script(all.len() - 1, &got)
    };
    // The caller may be gone.
    let _ = say(&mut line, &answer).await;
}

async fn read(line: &mut (impl AsyncRead + Unpin)) -> Option<Got> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|it| it == b"\r\n\r\n") {
            break end;
        }
        if line.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let (first_line, rest) = head.split_once("\r\n").unwrap();
    let headers: BTreeMap<String, String> = rest
        .split("\r\n")
        .map(|it| it.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let mut body = bytes[end + 4..].to_vec();
    let length: usize = headers["content-length"].parse().unwrap();
    while body.len() < length {
        if line.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    Some(Got { first_line: first_line.to_owned(), headers, body })
}

async fn say(line: &mut (impl AsyncWrite + Unpin), answer: &Answer) -> std::io::Result<()> {
    let status = |status: u16, lines: &str| {
        format!("HTTP/1.1 {status} Said\r\ncontent-length: 0\r\n{lines}\r\n")
    };
    match answer {
        Answer::Status(code, lines) => line.write_all(status(*code, lines).as_bytes()).await?,
        Answer::Slow(code, wait) => {
            tokio::time::sleep(*wait).await;
            line.write_all(status(*code, "").as_bytes()).await?;
        }
        Answer::Hang => tokio::time::sleep(Duration::from_secs(3_600)).await,
        Answer::CloseAtOnce => {}
        Answer::CloseInHead => line.write_all(b"HTTP/1.1 200 OK\r\ncontent-le").await?,
        Answer::CloseInBody => {
            line.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\nabc").await?;
        }
        Answer::Garbage => line.write_all(&[0xff, 0, 7].repeat(400)).await?,
        Answer::EndlessBody => {
            line.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").await?;
            let mut chunk = b"10000\r\n".to_vec();
            chunk.extend_from_slice(&[b'x'; 0x10000]);
            chunk.extend_from_slice(b"\r\n");
            loop {
                line.write_all(&chunk).await?;
            }
        }
        Answer::EndlessHead => {
            line.write_all(b"HTTP/1.1 200 OK\r\n").await?;
            loop {
                line.write_all(b"x-more: and more and more and more and more\r\n").await?;
            }
        }
        Answer::Dripping => {
            for byte in b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n" {
                line.write_all(&[*byte]).await?;
                line.flush().await?;
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    line.flush().await?;
    line.shutdown().await
}
