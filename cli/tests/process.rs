//! Each command once as a process of its own: streams, exit codes and standard input are real.

#[cfg(test)]
mod process {
    use std::io::Write as _;
    use std::process::{Command, Stdio};

    const DESK: &str = "../tests/suite/cli/protocols/desk";

    /// Runs the program and checks its exit code and the start of what it wrote.
    #[track_caller]
    fn check(words: &[&str], stdin: &str, exit: i32, stdout: &str, stderr: &str) {
        let mut program = Command::new(env!("CARGO_BIN_EXE_protocol"))
            .args(words)
            .env("CI", "true")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that asks nothing may have ended before it could read.
        let _ = program.stdin.take().unwrap().write_all(stdin.as_bytes());
        let output = program.wait_with_output().unwrap();
        let written = String::from_utf8(output.stdout).unwrap();
        let noted = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(exit), "{written}{noted}");
        assert!(written.starts_with(stdout), "{written}");
        assert!(noted.starts_with(stderr), "{noted}");
    }

    #[test]
    fn check_finds_nothing_wrong() {
        check(&["check", DESK], "", 0, "", "1 protocol checked: nothing wrong\n");
    }

    #[test]
    fn test_writes_plain_text_to_a_pipe() {
        check(&["test", DESK], "", 0, "desk 1.0.0\n  ✓ answered in time", "");
    }

    #[test]
    fn when_answers_standard_input_line_by_line() {
        let question = r#"{"id":1,"deadline":"listen","at":"2026-03-30","rung":"office"}"#;
        let answer = "{\"id\":1,\"due\":\"2026-03-31T17:00:00+02:00\",\"warnings\":[]}\n";
        check(&["when", DESK, "--batch", "-"], &format!("{question}\nx\n"), 1, answer, "");
    }

    #[test]
    fn explain_shows_the_working() {
        let words = ["explain", DESK, "listen", "--at", "2026-03-30", "--rung", "office"];
        check(&words, "", 0, "Hear the complainant\n  Mon 30 Mar 2026", "");
    }

    #[test]
    fn run_plays_what_comes_through_a_pipe_and_ends_with_it() {
        let lines = "open by complainant summary=lamp\nlistened heard=yes";
        let words = ["run", DESK, "--at", "2026-03-30T16:20"];
        check(&words, lines, 0, "Complaints at the desk\n  desk 1.0.0", "");
        check(&words, "opne\n", 2, "Complaints", "standard input:1: `opne` is no command");
    }

    #[test]
    fn new_refuses_what_is_there() {
        check(&["new", "src"], "", 2, "", "error: `src` is there already");
    }

    #[cfg(unix)]
    #[test]
    fn check_writes_no_file_that_is_read_only() {
        use std::fs;
        use std::os::unix::fs::PermissionsExt as _;
        let folder = std::env::temp_dir().join(format!("redress-{}-read-only", std::process::id()));
        let file = folder.join("protocol.toml");
        fs::create_dir_all(&folder).unwrap();
        let text = fs::read_to_string(format!("{DESK}/protocol.toml")).unwrap();
        fs::write(&file, text.replace("\"closed\"", "\"closd\"")).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
        let shown = folder.to_str().unwrap();
        let said = format!("error: `{shown}/protocol.toml` is read-only\n");
        check(&["check", shown, "--fix"], "", 2, "", &said);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        let fixed = format!("fixed {shown}/protocol.toml:");
        check(&["check", shown, "--fix"], "", 0, "", &fixed);
        fs::remove_dir_all(&folder).unwrap();
    }
}
