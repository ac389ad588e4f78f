//! A PostgreSQL server for tests, thrown away afterwards.
//!
//! It has its own data and its own socket in a new folder among the temporary files, and listens on
//! no port. It never is the server that Debian starts. `initdb` refuses to run as root, so root
//! gives the work to `nobody`.
//!
//! The tests of one run are many processes. Those that need nothing but a database share one server
//! that does not wait for the disk, each with a database of its own. Whoever uses a server holds a
//! lock on a file in its folder. A guard, started with the server, stops it and deletes the folder
//! when nobody has held that lock for some seconds, in whatever way the tests ended.

use crate::postgres::Options;
use crate::postgres::link::connection::{Connection, Use};
use anyhow::{Context as _, bail};
use std::fs::File;
use std::io::{Read as _, Seek as _, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{LazyLock, Mutex, PoisonError};

/// Whether what is acknowledged is on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disk {
    /// It is.
    Sync,
    /// It may not be: quick, and good enough where the machine itself does not fail.
    NoSync,
}

/// A server. It stops when this is dropped, and soon after this process has ended.
pub struct Cluster {
    folder: PathBuf,
    binaries: PathBuf,
    disk: Disk,
    /// Locked while the server is used.
    _used: File,
}

/// A database on the server that tests share. It is deleted when this is dropped.
pub struct Database {
    /// Where it is.
    pub url: String,
    server: String,
    name: String,
}

/// The user and the group `nobody`, on every Linux.
const NOBODY: &str = "65534";

/// Stops the server in this folder when the lock was free six times, half a second apart, and is
/// free still. `$0` is the folder of the binaries, `$1` that of the server.
const GUARD: &str = "\
    free=0; while :; do sleep 0.5; \
    if flock --exclusive --nonblock used true; then free=$((free + 1)); else free=0; fi; \
    if [ $free -ge 6 ] && flock --exclusive --nonblock used sh -c \
    '\"$0/pg_ctl\" --pgdata=data --mode=immediate --silent stop; cd / && rm -rf \"$1\"' \
    \"$0\" \"$1\"; then exit; fi; \
    if [ ! -e used ]; then exit; fi; done";

/// The folder of the server's programs, of the newest version that is there.
///
/// # Errors
/// There are none.
pub fn binaries() -> anyhow::Result<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = Vec::new();
    for version in std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten() {
        let number = version.file_name().to_str().and_then(|it| it.parse().ok());
        let folder = version.path().join("bin");
        if let Some(number) = number.filter(|_| folder.join("initdb").exists()) {
            found.push((number, folder));
        }
    }
    let newest = found.into_iter().max().map(|(_, folder)| folder);
    newest.context("no PostgreSQL server is installed; `cargo xtask setup` installs it")
}

/// A server for one test alone, which may stop it and start it again.
///
/// # Errors
/// It does not start.
pub fn own(disk: Disk) -> anyhow::Result<Cluster> {
    let binaries = binaries()?;
    let name = format!("redress-pg-{:016x}", random()?);
    let folder = std::env::temp_dir().join(name);
    let mut make = Command::new("install");
    make.args(["--directory", "--mode=700"]);
    if is_root()? {
        make.args(["--owner", NOBODY, "--group", NOBODY]);
    }
    succeed(make.arg(&folder))?;
    let used = File::create(folder.join("used")).context("no lock")?;
    used.lock_shared().context("no lock")?;
    let cluster = Cluster { folder, binaries, disk, _used: used };
    cluster.guard()?;
    let mut initdb = cluster.program("initdb")?;
    initdb.args(["--pgdata=data", "--username=redress", "--auth=trust", "--no-sync"]);
    succeed(initdb.args(["--encoding=UTF8", "--locale=C", "--no-instructions"]))?;
    cluster.start()?;
    Ok(cluster)
}

/// An empty database on the server that all tests share.
///
/// # Errors
/// The server does not start, or the database cannot be made.
pub fn database() -> anyhow::Result<Database> {
    static SHARED: LazyLock<Mutex<Option<Cluster>>> = LazyLock::new(|| Mutex::new(None));
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    let cluster = match shared.take() {
        Some(cluster) => shared.insert(cluster),
        None => shared.insert(shared_cluster()?),
    };
    let (server, name) = (cluster.url("postgres"), format!("test_{:016x}", random()?));
    run(&server, &format!("CREATE DATABASE {name}"))?;
    Ok(Database { url: cluster.url(&name), server, name })
}

/// Says that a test was not run because there is no PostgreSQL.
///
/// # Panics
/// Where `CI` is `true`: everything must run there.
pub fn not_run(why: &anyhow::Error) {
    let thread = std::thread::current();
    let line = format!("NOT RUN {}: {why:#}\n", thread.name().unwrap_or("a test"));
    // Not by a macro: what a test that passes prints by one is not shown.
    std::io::stderr().write_all(line.as_bytes()).ok();
    if let Some(list) = std::env::var_os("NOT_RUN_LIST") {
        let file = File::options().append(true).create(true).open(list);
        file.and_then(|mut it| it.write_all(line.as_bytes())).ok();
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{line}");
}

impl Cluster {
    /// Where a database of this name is.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        let host = self.folder.to_string_lossy().replace('/', "%2F");
        format!("postgres://redress@{host}/{database}")
    }

    /// Stops it at once: for the server it is as if the power had failed.
    ///
    /// # Errors
    /// It was not running.
    pub fn stop(&self) -> anyhow::Result<()> {
        self.control(&["--mode=immediate", "stop"])
    }

    /// Stops it in order: it breaks off what runs, and writes what it holds.
    ///
    /// # Errors
    /// It was not running.
    pub fn stop_in_order(&self) -> anyhow::Result<()> {
        self.control(&["--mode=fast", "stop"])
    }

    /// Starts it.
    ///
    /// # Errors
    /// It does not start.
    pub fn start(&self) -> anyhow::Result<()> {
        let disk = match self.disk {
            // Syncing the file system once takes a tenth of the time of syncing every file.
            Disk::Sync => "-c fsync=on -c recovery_init_sync_method=syncfs",
            Disk::NoSync => "-c fsync=off -c full_page_writes=off",
        };
        let settings = format!(
            "-c listen_addresses='' -c unix_socket_directories='{}' -c max_connections=200 {disk}",
            self.folder.display()
        );
        self.control(&["--timeout=60", "--log=log", "--options", &settings, "start"])
    }

    fn control(&self, words: &[&str]) -> anyhow::Result<()> {
        let mut program = self.program("pg_ctl")?;
        succeed(program.args(["--pgdata=data", "--silent", "--wait"]).args(words))
    }

    fn guard(&self) -> anyhow::Result<()> {
        let mut guard = unprivileged("setsid")?;
        guard.args(["sh", "-c", GUARD]).arg(&self.binaries).arg(&self.folder);
        guard.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // It outlives this process, so nobody waits for it.
        guard.current_dir(&self.folder).spawn().context("the guard of the server").map(drop)
    }

    fn program(&self, name: &str) -> anyhow::Result<Command> {
        let mut program = unprivileged(&self.binaries.join(name).to_string_lossy())?;
        program.current_dir(&self.folder);
        Ok(program)
    }
}

impl Database {
    /// Runs SQL in it, as the owner of everything.
    ///
    /// # Errors
    /// It fails.
    pub fn run(&self, sql: &str) -> anyhow::Result<()> {
        run(&self.url, sql)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // The guard would do it too, some seconds later.
        self.stop().ok();
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        run(&self.server, &format!("DROP DATABASE {} WITH (FORCE)", self.name)).ok();
    }
}

/// The server that tests of one build share. Whoever comes first starts it while the others wait.
fn shared_cluster() -> anyhow::Result<Cluster> {
    let binaries = binaries()?;
    let program = std::env::current_exe().context("the test does not know where it is")?;
    let door = program.with_file_name("postgres.lock");
    let context = || format!("cannot use `{}`", door.display());
    let file = File::options().create(true).truncate(false).read(true).write(true).open(&door);
    let mut file = file.with_context(context)?;
    file.lock().with_context(context)?;
    let mut named = String::new();
    file.read_to_string(&mut named).with_context(context)?;
    if let Some(used) = still_used(Path::new(&named)) {
        let folder = PathBuf::from(named);
        return Ok(Cluster { folder, binaries, disk: Disk::NoSync, _used: used });
    }
    let cluster = own(Disk::NoSync)?;
    file.set_len(0).with_context(context)?;
    file.rewind().with_context(context)?;
    file.write_all(cluster.folder.as_os_str().as_encoded_bytes()).with_context(context)?;
    Ok(cluster)
}

/// The lock of a server that runs. A guard that is about to stop it holds the lock until it has.
fn still_used(folder: &Path) -> Option<File> {
    let used = File::open(folder.join("used")).ok()?;
    used.lock_shared().ok()?;
    folder.join("data/postmaster.pid").exists().then_some(used)
}

/// Runs statements in a database, as one transaction where they say so.
///
/// # Errors
/// What the server says.
pub fn run(url: &str, sql: &str) -> anyhow::Result<()> {
    let config = url.parse().context("no URL")?;
    let mut connection = Connection::open(&config, &Options::default(), Use::Write)?;
    connection.run(sql).map_err(|broken| broken.failure().into())
}

/// The rows of a question with two columns of text.
///
/// # Errors
/// What the server says.
#[cfg(test)]
pub(crate) fn pairs(url: &str, sql: &str) -> anyhow::Result<Vec<(String, String)>> {
    use crate::postgres::link::connection::Asked;
    use crate::postgres::streams::read::get;
    let config = url.parse().context("no URL")?;
    let mut connection = Connection::open(&config, &Options::default(), Use::Read)?;
    let rows = connection.ask(&[Asked::new(sql, &[])]).map_err(|broken| broken.failure())?;
    let rows = rows.iter().flatten();
    rows.map(|row| Ok((get(row, 0)?, get(row, 1)?))).collect()
}

/// A program that root runs as `nobody`.
fn unprivileged(program: &str) -> anyhow::Result<Command> {
    if !is_root()? {
        return Ok(Command::new(program));
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", program]);
    Ok(command)
}

fn is_root() -> anyhow::Result<bool> {
    Ok(std::fs::metadata("/proc/self").context("no `/proc`")?.uid() == 0)
}

fn succeed(command: &mut Command) -> anyhow::Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let context = || format!("`{program}` cannot be started");
    let output = command.stdin(Stdio::null()).output().with_context(context)?;
    if !output.status.success() {
        let said = [output.stdout, output.stderr].concat();
        bail!("{command:?}: {}", String::from_utf8_lossy(&said).trim());
    }
    Ok(())
}

fn random() -> anyhow::Result<u64> {
    getrandom::u64().context("no random number")
}
