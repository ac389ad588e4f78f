//! `protocol audit`, `erase` and `store`, whole: what is said stands in `transcript.txt` beside this
//! file, and `UPDATE=1` writes it again. Whoever reads it should know what to do next.

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::path::PathBuf;

    use chrono::DateTime;
    use cli::{Io, Place};

    const SHOP: &str = include_str!("../../../store/src/keeper/tests/shop.toml");
    const TRANSCRIPT: &str = "tests/keeping/transcript.txt";

    const FIRST: &str = "2026-03-02T09:00:00Z";
    const LATER: &str = "2026-03-09T09:00:00Z";
    const YEARS: &str = "2029-01-01T09:00:00Z";

    struct Session {
        folder: PathBuf,
        told: String,
    }

    impl Session {
        fn begin() -> Self {
            let folder =
                std::env::temp_dir().join(format!("redress-{}-cli-keeping", std::process::id()));
            let _ = std::fs::remove_dir_all(&folder);
            std::fs::create_dir_all(folder.join("shop")).unwrap();
            std::fs::write(folder.join("shop/protocol.toml"), SHOP).unwrap();
            Self { folder, told: String::new() }
        }

        /// Runs a command on a store at an instant.
        fn quiet(&self, now: &str, store: &str, line: &str) -> (u8, String) {
            let here = self.folder.to_str().unwrap().to_owned();
            let mut words: Vec<OsString> =
                line.split(' ').map(|it| it.replace("TMP", &here).into()).collect();
            words.push("--store".into());
            words.push(format!("sqlite:{here}/{store}").into());
            let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
            let now = DateTime::parse_from_rfc3339(now).unwrap().to_utc().into();
            let place = Place { now: Some(now), ..Place::default() };
            let io =
                &mut Io { stdin: &mut &b""[..], stdout: &mut stdout, stderr: &mut stderr, place };
            let exit = cli::run(words, io).code();
            let shown = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&here, "TMP");
            let (stdout, stderr) = (shown(stdout), shown(stderr));
            let errors: String = stderr.lines().map(|it| format!("2> {it}\n")).collect();
            (exit, nameless(&format!("{stdout}{errors}")))
        }

        /// The same; what it writes becomes part of the transcript.
        fn run(&mut self, now: &str, store: &str, line: &str) {
            let (exit, said) = self.quiet(now, store, line);
            let day = now.get(..10).unwrap();
            self.told.push_str(&format!("{day} {store}$ {line}\nexit {exit}\n{said}\n"));
        }

        /// Runs a command that must be fine; what it writes.
        fn fine(&self, now: &str, line: &str) -> String {
            let (exit, said) = self.quiet(now, "cases.db", line);
            assert_eq!(exit, 0, "{line}: {said}");
            said
        }

        fn told_as_before(&self) {
            if std::env::var_os("UPDATE").is_some() {
                std::fs::write(TRANSCRIPT, &self.told).unwrap();
            }
            let wanted = std::fs::read_to_string(TRANSCRIPT).unwrap_or_default();
            assert!(self.told == wanted, "the transcript would be\n{}", self.told);
        }

        fn change(&self, name: &str, change: impl Fn(Vec<u8>) -> Vec<u8>) {
            let path = self.folder.join(name);
            std::fs::write(&path, change(std::fs::read(&path).unwrap())).unwrap();
        }
    }

    impl Drop for Session {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }

    /// Ids and hashes are others in every run.
    fn nameless(text: &str) -> String {
        let is_hex = |it: &str| it.bytes().all(|it| it.is_ascii_hexdigit());
        let is_id = |it: &str| {
            let parts: Vec<&str> = it.split('-').collect();
            parts.iter().map(|it| it.len()).eq([8, 4, 4, 4, 12])
                && parts.iter().all(|it| is_hex(it))
        };
        let mut shown = String::new();
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find(|it: char| !it.is_ascii_alphanumeric() && it != '-');
            let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
            match word.len() {
                36 if is_id(word) => shown.push_str("ID"),
                64 if is_hex(word) => shown.push_str("HASH"),
                32 if is_hex(word) => shown.push_str("REFERENCE"),
                _ => shown.push_str(word),
            }
            let next = after.chars().next().map_or(0, char::len_utf8);
            let (between, after) = after.split_at(next);
            shown.push_str(between);
            rest = after;
        }
        shown
    }

    /// Every `from` becomes `to`, which is as long.
    fn replaced(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
        for at in 0..bytes.len().saturating_sub(from.len()) {
            if bytes[at..].starts_with(from) {
                bytes[at..at + to.len()].copy_from_slice(to);
            }
        }
        bytes
    }

    #[test]
    fn what_is_kept_is_shown_erased_and_copied() {
        let mut session = Session::begin();
        let opened = |person: &str, session: &Session| {
            let line = format!(
                "protocol case open TMP/shop story=lost --for {person} --by agent --reason rude"
            );
            session.fine(FIRST, &line);
        };
        opened("ann", &session);
        opened("bob", &session);
        session.run(FIRST, "none.db", "protocol audit verify");
        session.run(FIRST, "cases.db", "protocol audit verify");
        session.run(FIRST, "cases.db", "protocol audit anchor -o TMP/anchor-1.txt");
        session.run(FIRST, "cases.db", "protocol audit anchor -o TMP/anchor-1.txt");
        session.run(FIRST, "cases.db", "protocol store backup TMP/monday.backup");
        session.run(FIRST, "cases.db", "protocol store backup TMP/monday.backup");

        let ticket = "C-2026-000001-E";
        session.fine(
            LATER,
            &format!("protocol case event {ticket} withdrawn --by complainant --entered-by agent"),
        );
        session.run(LATER, "cases.db", "protocol audit anchor -o TMP/anchor-2.txt");
        let both = "protocol audit verify --anchor TMP/anchor-1.txt --anchor TMP/anchor-2.txt";
        session.run(LATER, "cases.db", both);
        session.run(LATER, "cases.db", "protocol audit verify --format json");
        session.run(LATER, "cases.db", "protocol store check");
        session.run(LATER, "cases.db", "protocol store migrate");

        // An older copy put in its place: whole, and only an anchor knows better.
        session.run(LATER, "cases.db", "protocol store restore TMP/monday.backup");
        session.run(LATER, "older.db", "protocol store restore TMP/monday.backup");
        session.run(LATER, "older.db", "protocol store check");
        session.run(LATER, "older.db", "protocol audit verify");
        session.run(LATER, "older.db", both);
        session.change("anchor-2.txt", |it| replaced(it, b"streams 2", b"streams 3"));
        session.run(LATER, "cases.db", "protocol audit verify --anchor TMP/anchor-2.txt");
        session.change("monday.backup", |mut it| {
            it.truncate(it.len() / 2);
            it
        });
        session.run(LATER, "other.db", "protocol store restore TMP/monday.backup");

        erased(&mut session, ticket);
        session.told_as_before();
    }

    /// From the first refusal to the last value, and a store in which somebody writes by hand.
    fn erased(session: &mut Session, ticket: &str) {
        session.run(LATER, "cases.db", "protocol erase ann");
        session.run(LATER, "cases.db", "protocol erase ann --yes");
        session.run(YEARS, "cases.db", "protocol erase ann");
        session.run(YEARS, "cases.db", "protocol erase ann --yes");
        session.run(YEARS, "cases.db", "protocol erase ann");
        session.run(YEARS, "cases.db", "protocol erase bob --yes");
        session.run(YEARS, "cases.db", "protocol erase nobody");
        session.run(YEARS, "cases.db", &format!("protocol erase {ticket}"));
        session.run(YEARS, "cases.db", "protocol audit verify --anchor TMP/anchor-1.txt");

        session.change("cases.db", |it| replaced(it, b"bob", b"rob"));
        session.run(YEARS, "cases.db", "protocol audit verify");
        session.run(YEARS, "cases.db", "protocol audit anchor");
        session.run(YEARS, "cases.db", "protocol store check");
    }
}
