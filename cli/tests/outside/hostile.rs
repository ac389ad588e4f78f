//! Requests that mean harm, sent to the process itself. Each has an answer that is expected.

use crate::folder::Folder;
use crate::sent::{Answer, answer, connect, read, send};
use crate::served::{Served, bearer, shipped};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

fn start(name: &str) -> (Folder, Served) {
    let folder = Folder::new(name);
    let served = Served::start(&folder, &[&shipped("small-business")]);
    (folder, served)
}

/// The head of a request that opens a case, up to what is said about its length.
fn head(served: &Served) -> String {
    let bearer = bearer(served.all());
    format!(
        "POST /v1/cases HTTP/1.1\r\nHost: x\r\nAuthorization: {bearer}\r\nIdempotency-Key: k\r\n\
         Content-Type: application/json\r\n"
    )
}

#[track_caller]
fn is_problem(answer: &Answer, status: u16, kind: &str) {
    assert_eq!(answer.status, status, "{}\n{}", answer.head, answer.text());
    assert_eq!(answer.json()["type"], format!("/problems/{kind}"));
}

/// Nothing was opened, and the server answers as before.
#[track_caller]
fn nothing_happened(served: Served) {
    let cases = served.get(served.all(), "/v1/cases").is(200).json();
    assert_eq!(cases["cases"], serde_json::json!([]));
    assert_eq!(served.stop(), Some(0));
}

#[test]
fn a_body_that_says_it_is_huge_is_not_waited_for() {
    let (_folder, served) = start("huge-declared");
    let began = Instant::now();
    let mut stream = connect(&served.at);
    let head = format!("{}Content-Length: 1000000000000\r\n\r\n{{", head(&served));
    stream.write_all(head.as_bytes()).unwrap();
    is_problem(&answer(&mut stream), 413, "too-large");
    assert!(began.elapsed() < Duration::from_secs(5), "it was waited for");
    nothing_happened(served);
}

#[test]
fn a_body_that_does_not_end_is_cut_off() {
    let (_folder, served) = start("huge-chunked");
    let mut stream = connect(&served.at);
    let head = format!("{}Transfer-Encoding: chunked\r\n\r\n", head(&served));
    stream.write_all(head.as_bytes()).unwrap();
    let chunk = [b"10000\r\n".as_slice(), &[b' '; 0x10000], b"\r\n"].concat();
    // 64 MiB, if anybody takes them.
    let n_taken = (0..1024).take_while(|_| stream.write_all(&chunk).is_ok()).count();
    assert!(n_taken < 1024, "it takes everything");
    // The answer may be lost with the connection, since its sender did not listen.
    let answer = answer(&mut stream);
    if answer.status != 0 {
        is_problem(&answer, 413, "too-large");
    }
    nothing_happened(served);
}

#[test]
fn what_is_deep_or_no_text_is_not_read() {
    let (_folder, served) = start("deep");
    let bearer = bearer(served.all());
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Idempotency-Key", "k"),
        ("Content-Type", "application/json"),
    ];
    let deep = [b"{\"data\":".repeat(25_000), b"}".repeat(25_000)].concat();
    for body in [&vec![b'['; 200_000][..], &deep, b"{\"protocol\":\"\xff\xfe\"}", b"\xef\xbb\xbf{}"]
    {
        is_problem(&send(&served.at, "POST", "/v1/cases", &headers, body), 400, "unreadable");
    }
    // What is no text in a header is no token; in an address it is no address.
    let raw = |request: &[u8]| {
        let mut stream = connect(&served.at);
        stream.write_all(request).unwrap();
        answer(&mut stream)
    };
    let token = b"GET /v1/cases HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer \xff\xfe\r\n\r\n";
    is_problem(&raw(token), 401, "no-token");
    for request in [
        b"GET /v1/\xff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".as_slice(),
        b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA\0: b\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
    ] {
        let status = raw(request).status;
        assert!([400, 404, 505].contains(&status), "{status} to {request:?}");
    }
    let long = format!("GET / HTTP/1.1\r\nHost: x\r\nA: {}\r\n\r\n", "x".repeat(64 * 1024));
    assert_eq!(raw(long.as_bytes()).status, 431);
    nothing_happened(served);
}

/// What a proxy and a server may take for different numbers of requests.
#[test]
fn no_request_is_smuggled_within_another() {
    let (_folder, served) = start("smuggled");
    let within = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let all = |about_length: &str, body: &str| {
        let mut stream = connect(&served.at);
        let request = format!("{}{about_length}\r\n{body}", head(&served));
        stream.write_all(request.as_bytes()).unwrap();
        let mut all = Vec::new();
        let _ = stream.read_to_end(&mut all);
        (read(&all).status, String::from_utf8_lossy(&all).matches("HTTP/1.1 ").count())
    };
    let chunked = format!("2\r\n{{}}\r\n0\r\n\r\n{within}");
    let n_bytes = chunked.len();
    // Both lengths: the chunks count, and nothing is read after them.
    let both = format!("Content-Length: {n_bytes}\r\nTransfer-Encoding: chunked\r\n");
    assert_eq!(all(&both, &chunked), (422, 1));
    let both = format!("Transfer-Encoding: chunked\r\nContent-Length: {n_bytes}\r\n");
    assert_eq!(all(&both, &chunked), (422, 1));
    // Anything else is no request, and the connection ends with it.
    for about_length in [
        format!("Content-Length: 2\r\nContent-Length: {}\r\n", 2 + within.len()),
        format!("Content-Length: 2, {}\r\n", 2 + within.len()),
        "Content-Length: +2\r\n".to_owned(),
        "Content-Length: -1\r\n".to_owned(),
        "Content-Length: 0x2\r\n".to_owned(),
        "Transfer-Encoding: xchunked\r\n".to_owned(),
        "Transfer-Encoding: chunked, identity\r\n".to_owned(),
        "Transfer-Encoding : chunked\r\n".to_owned(),
        "Content-Length\x0b: 2\r\n".to_owned(),
    ] {
        let (status, n_answers) = all(&about_length, &format!("{{}}{within}"));
        assert_eq!((status, n_answers), (400, 1), "{about_length:?}");
    }
    for body in ["-2\r\n{}\r\n0\r\n\r\n", "2;\n{}\r\n0\r\n\r\n", "fffffffffffffffff\r\n{}"] {
        let (status, n_answers) = all("Transfer-Encoding: chunked\r\n", &format!("{body}{within}"));
        assert_eq!((status, n_answers), (400, 1), "{body:?}");
    }
    nothing_happened(served);
}

/// Both waits at once: each is as long as the server waits where nobody says otherwise.
#[test]
fn whoever_sends_a_byte_now_and_then_is_not_waited_for() {
    let (_folder, served) = start("slow");
    // A head has 30 seconds, a body 10, however many bytes come meanwhile.
    let slow = |at: &str, begin: String, seconds: u64| {
        let mut stream = connect(at);
        stream.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
        stream.write_all(begin.as_bytes()).unwrap();
        std::thread::spawn(move || drip(&mut stream, Duration::from_secs(seconds)))
    };
    let head_only = slow(&served.at, "GET /v1/cases HTTP/1.1\r\nHost: x\r\nA: ".to_owned(), 45);
    let body = format!("{}Content-Length: 1000\r\n\r\n", head(&served));
    let body = slow(&served.at, body, 25);
    // Meanwhile others are served.
    for _ in 0..10 {
        served.get(served.all(), "/v1/cases").is(200);
    }
    is_problem(&body.join().unwrap(), 408, "too-slow");
    // Whoever has not even said what they want gets no answer, or that they took too long.
    let status = head_only.join().unwrap().status;
    assert!([0, 408].contains(&status), "{status}");
    nothing_happened(served);
}

/// Sends a byte twice a second until the connection ends, and returns what was answered.
fn drip(stream: &mut TcpStream, wait_max: Duration) -> Answer {
    let (began, mut all, mut some) = (Instant::now(), Vec::new(), [0; 4096]);
    loop {
        assert!(began.elapsed() < wait_max, "it waits for more than {wait_max:?}");
        let _ = stream.write_all(b" ");
        match stream.read(&mut some) {
            Ok(0) => return read(&all),
            Ok(n_bytes) => all.extend_from_slice(&some[..n_bytes]),
            Err(why) if why.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => return read(&all),
        }
    }
}
