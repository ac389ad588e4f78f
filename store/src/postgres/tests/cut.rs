//! The connection is cut at a certain message.

use crate::cases::{Cases, Failure};
use crate::postgres::Postgres;
use crate::postgres::tests::sample::{TENANT, batch, change, connect, database, id, quick, writer};
use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Where the connection is cut.
#[derive(Clone, Copy)]
enum Cut {
    /// The server never gets the message.
    Before(&'static str),
    /// The server gets the message; its answer is lost.
    After(&'static str),
}

/// Stands between the client and the server, and cuts so many connections.
struct Between {
    folder: PathBuf,
    left: Arc<AtomicU32>,
}

impl Between {
    fn new(name: &str, server: &Path, cut: Cut) -> Self {
        let folder = std::env::temp_dir().join(format!("redress-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let listener = UnixListener::bind(folder.join(".s.PGSQL.5432")).unwrap();
        let left = Arc::new(AtomicU32::new(0));
        let (server, counted) = (server.to_owned(), Arc::clone(&left));
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let server = UnixStream::connect(&server).unwrap();
                let (from, to) = (server.try_clone().unwrap(), client.try_clone().unwrap());
                std::thread::spawn(move || forward(from, to, |_| false, || false));
                let left = Arc::clone(&counted);
                std::thread::spawn(move || carry(client, server, cut, &left));
            }
        });
        Self { folder, left }
    }
}

impl Drop for Between {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

fn carry(client: UnixStream, server: UnixStream, cut: Cut, left: &AtomicU32) {
    let (Cut::Before(word) | Cut::After(word)) = cut;
    let is_cut = |bytes: &[u8]| {
        let has_it = bytes.windows(word.len()).any(|it| it == word.as_bytes());
        has_it
            && left.try_update(Ordering::SeqCst, Ordering::SeqCst, |it| it.checked_sub(1)).is_ok()
    };
    forward(client, server, is_cut, || matches!(cut, Cut::After(_)));
}

/// Carries bytes one way until either end is closed or the message comes that is cut at.
fn forward(
    mut from: UnixStream,
    mut to: UnixStream,
    is_cut: impl Fn(&[u8]) -> bool,
    arrives: impl Fn() -> bool,
) {
    let mut bytes = [0; 65_536];
    while let Ok(n_read @ 1..) = from.read(&mut bytes) {
        let cut = is_cut(&bytes[..n_read]);
        if cut {
            // The answer goes nowhere from here on.
            from.shutdown(Shutdown::Both).ok();
        }
        if (!cut || arrives()) && to.write_all(&bytes[..n_read]).is_err() {
            break;
        }
        if cut {
            std::thread::sleep(Duration::from_millis(200));
            break;
        }
    }
    to.shutdown(Shutdown::Both).ok();
    from.shutdown(Shutdown::Both).ok();
}

/// Writes the second version of a stream while so many connections are cut; what is told, and how
/// many versions there are then.
fn check(name: &str, cut: Cut, n_cut: u32, expected: &str, versions: u32) {
    let Some(database) = database() else { return };
    let direct = connect(&database.url);
    let (host, rest) = database.url.split_once('@').unwrap().1.split_once('/').unwrap();
    let socket = Path::new(&host.replace("%2F", "/")).join(".s.PGSQL.5432");
    let between = Between::new(name, &socket, cut);
    let host = between.folder.to_string_lossy().replace('/', "%2F");
    let place = Postgres::connect(&format!("postgres://redress@{host}/{rest}"), &quick()).unwrap();
    let writer = writer(&place);
    place.write(&batch(writer, 1, vec![change(1, 1)])).unwrap();
    between.left.store(n_cut, Ordering::SeqCst);
    let told = match place.write(&batch(writer, 2, vec![change(1, 2)])) {
        Ok(()) => "written",
        Err(Failure::Unavailable(_)) => "unavailable",
        Err(Failure::Unknown(_)) => "unknown",
        Err(failure) => panic!("{failure}"),
    };
    assert_eq!(told, expected);
    let kept = direct.load(TENANT, &[id(1)]).unwrap();
    assert_eq!(kept[0].as_ref().unwrap().standing.version, versions);
    // It goes on when nothing is cut any more.
    between.left.store(0, Ordering::SeqCst);
    let next = u64::from(versions) + 1;
    place.write(&batch(writer, next, vec![change(1, versions + 1)])).unwrap();
}

#[test]
fn an_answer_to_commit_that_is_lost_is_told_as_unknown() {
    check("after-commit", Cut::After("COMMIT"), 1, "unknown", 2);
}

#[test]
fn a_commit_that_never_arrives_is_told_as_unknown() {
    check("before-commit", Cut::Before("COMMIT"), 1, "unknown", 1);
}

#[test]
fn what_is_lost_before_commit_is_tried_once_more() {
    check("before-begin", Cut::Before("BEGIN"), 1, "written", 2);
    check("after-begin", Cut::After("BEGIN"), 1, "written", 2);
}

#[test]
fn what_is_lost_before_commit_twice_was_not_written() {
    check("twice", Cut::After("BEGIN"), 2, "unavailable", 1);
}
