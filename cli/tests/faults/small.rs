//! A PostgreSQL server on a small disk, which is started again whenever it has ended, as a service
//! manager does.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use store::postgres::Postgres;
use store::postgres::test_cluster;

/// Mounts the small disk in namespaces of its own, makes a cluster there and keeps a server running on it.
/// `$0` is the folder of the programs. The log is not recycled, so that it needs room; a server that
/// finds none ends. Who is root in the namespace that may mount is somebody else in the next one,
/// because PostgreSQL refuses to run as root.
const SCRIPT: &str = "\
    mount -t tmpfs -o size=96m,mode=777 none small && \
    exec unshare --user --map-user=65534 --map-group=65534 sh -c '\
    \"$0/initdb\" --pgdata=small/data --username=redress --auth=trust --no-sync --encoding=UTF8 \
    --locale=C --no-instructions --wal-segsize=1 >&2 && \
    while :; do \"$0/postgres\" -D small/data -c listen_addresses= -c \"unix_socket_directories=$PWD\" \
    -c wal_recycle=off -c min_wal_size=2MB -c max_wal_size=8MB; sleep 0.2; done' \"$0\"";

/// The namespaces: with the last process in them everything ends.
const ALONE: [&str; 6] =
    ["unshare", "--mount", "--map-root-user", "--pid", "--fork", "--kill-child"];

/// How large the disk is, at most.
const BLOCKS_MAX: usize = 96 * 256;

const STARTED_WITHIN: Duration = Duration::from_secs(60);

/// The server, in a folder of its own. Both go when this is dropped.
pub(crate) struct Small {
    folder: PathBuf,
    child: Child,
}

impl Small {
    /// Starts one; none, said so, where there is no PostgreSQL or this user may not mount a disk.
    pub(crate) fn start() -> Option<Self> {
        let binaries = test_cluster::binaries().map_err(|why| test_cluster::not_run(&why)).ok()?;
        let may = Command::new(ALONE[0]).args(&ALONE[1..]).arg("true").status();
        if !may.is_ok_and(|it| it.success()) {
            let why = anyhow::anyhow!("no file system may be mounted in a namespace here");
            test_cluster::not_run(&why);
            return None;
        }
        let folder = std::env::temp_dir().join(format!("redress-small-{}", std::process::id()));
        fs::create_dir_all(folder.join("small")).unwrap();
        let log = fs::File::create(folder.join("log")).unwrap();
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL"]).args(ALONE).args(["sh", "-c", SCRIPT]).arg(binaries);
        command.current_dir(&folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let small = Self { child: command.spawn().unwrap(), folder };
        let begun = Instant::now();
        while let Err(why) = Postgres::connect(&small.url(), &<_>::default()) {
            let said = fs::read_to_string(small.folder.join("log")).unwrap();
            assert!(begun.elapsed() < STARTED_WITHIN, "it does not start: {why}: {said}");
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(small)
    }

    pub(crate) fn url(&self) -> String {
        let host = self.folder.to_string_lossy().replace('/', "%2F");
        format!("postgres://redress@{host}/postgres")
    }

    /// A file on the disk, as those outside see it.
    pub(crate) fn ballast(&self) -> PathBuf {
        PathBuf::from(format!("/proc/{}/cwd/small/ballast", self.child.id()))
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        // With the first process of the namespace all others in it end.
        let _ended = self.child.kill();
        let _known = self.child.wait();
        let _gone = fs::remove_dir_all(&self.folder);
    }
}

/// Fills what is left of a disk with a file, which goes on where it ended.
pub(crate) fn fill(file: &Path) {
    let mut file = fs::File::options().create(true).append(true).open(file).unwrap();
    let block = vec![0; 4_096];
    for _ in 0..=BLOCKS_MAX {
        if file.write_all(&block).is_err() {
            return;
        }
    }
    panic!("the disk is larger than it was made");
}
