//! `--watch` as a process of its own, with a folder that changes. Every wait has an end.

#[cfg(unix)]
#[cfg(test)]
mod watch {
    use std::fs;
    use std::io::{BufRead as _, BufReader, Read};
    use std::os::unix::process::ExitStatusExt as _;
    use std::path::{Path, PathBuf};
    use std::process::{Child, Command, ExitStatus, Stdio};
    use std::sync::mpsc::{self, Receiver};
    use std::time::{Duration, Instant};

    /// Longer than any machine takes to notice a change.
    const PATIENCE: Duration = Duration::from_secs(60);
    const WAITING: &str = "waiting for changes; Ctrl-C ends";
    const DESK: &str = "../tests/suite/cli/protocols/desk/protocol.toml";
    /// What a terminal sends on Ctrl-C.
    const SIGINT: i32 = 2;

    struct Folder(PathBuf);

    impl Folder {
        fn new(test: &str) -> Self {
            let folder =
                std::env::temp_dir().join(format!("redress-{}-{test}", std::process::id()));
            fs::create_dir_all(&folder).unwrap();
            fs::copy(DESK, folder.join("protocol.toml")).unwrap();
            Self(folder)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            // A test may have removed it already.
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    /// The command, ended when the test ends.
    struct Running {
        child: Child,
        notes: Receiver<String>,
        data: Option<Receiver<String>>,
    }

    impl Drop for Running {
        fn drop(&mut self) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }

    fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stream).lines() {
                if line.is_err() || tell.send(line.unwrap_or_default()).is_err() {
                    return;
                }
            }
        });
        told
    }

    impl Running {
        fn start(words: &[&str], folder: &Path) -> Self {
            let mut child = Command::new(env!("CARGO_BIN_EXE_protocol"))
                .args(words)
                .arg(folder)
                .env("CI", "true")
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            let notes = lines(child.stderr.take().unwrap());
            let data = Some(lines(child.stdout.take().unwrap()));
            Self { child, notes, data }
        }

        /// Waits for a line, and gives those before it.
        #[track_caller]
        fn until(&self, last: &str) -> Vec<String> {
            let mut before = Vec::new();
            loop {
                let line = self.notes.recv_timeout(PATIENCE).expect("a line in time");
                if line.contains(last) {
                    return before;
                }
                before.push(line);
            }
        }

        #[track_caller]
        fn ended(&mut self) -> ExitStatus {
            let until = Instant::now() + PATIENCE;
            while Instant::now() < until {
                if let Some(status) = self.child.try_wait().unwrap() {
                    return status;
                }
                std::thread::sleep(Duration::from_millis(5));
            }
            panic!("the command does not end");
        }
    }

    #[test]
    fn check_runs_again_after_a_change_and_ctrl_c_ends_it() {
        let folder = Folder::new("watch-check");
        let mut running = Running::start(&["check", "--watch", "--format", "compact"], &folder.0);
        let notes = running.until(WAITING);
        assert_eq!(notes, ["1 protocol checked: nothing wrong"]);
        let wrong = fs::read_to_string(DESK).unwrap().replace("\"closed\"", "\"closd\"");
        fs::write(folder.0.join("protocol.toml"), wrong).unwrap();
        running.until("1 protocol checked: 1 error");
        running.until(WAITING);
        let found = running.data.as_ref().unwrap().recv_timeout(PATIENCE).unwrap();
        assert!(found.contains("error[unknown-stage]"), "{found}");
        let pid = running.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
        // A shell reports this as 128 + 2.
        assert_eq!(running.ended().signal(), Some(SIGINT));
    }

    #[test]
    fn a_folder_that_is_gone_ends_it_with_a_sentence() {
        let folder = Folder::new("watch-gone");
        let mut running = Running::start(&["check", "--watch"], &folder.0);
        running.until(WAITING);
        fs::remove_dir_all(&folder.0).unwrap();
        running.until("is gone, so there is nothing left to watch");
        assert_eq!(running.ended().code(), Some(2));
    }

    #[test]
    fn nobody_who_reads_ends_it() {
        let folder = Folder::new("watch-unread");
        fs::create_dir(folder.0.join("scenarios")).unwrap();
        let late = Path::new(DESK).with_file_name("scenarios/late.toml");
        let scenario = folder.0.join("scenarios/late.toml");
        fs::copy(&late, &scenario).unwrap();
        let mut running = Running::start(&["test", "--watch"], &folder.0);
        running.until(WAITING);
        // The thread that reads ends at its next line, and with it the pipe.
        running.data = None;
        let until = Instant::now() + PATIENCE;
        while running.child.try_wait().unwrap().is_none() && Instant::now() < until {
            fs::copy(&late, &scenario).unwrap();
            std::thread::sleep(Duration::from_millis(200));
        }
        assert_eq!(running.ended().code(), Some(2));
    }
}
