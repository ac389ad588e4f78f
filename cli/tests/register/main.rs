//! `protocol register` and `protocol report`, whole: what is said stands in `transcript.txt` beside
//! this file, and `UPDATE=1` writes it again.

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::path::{Path, PathBuf};
    use std::sync::Arc;

    use chrono::DateTime;
    use cli::{Io, Place};
    use engine::time::Instant;
    use store::cases;
    use store::clock::SystemClock;
    use store::keeper::{Keeper, Options};
    use store::sqlite::Sqlite;

    const DESK: &str = "../tests/suite/cli/protocols/desk";

    const TREND: &str = r#"
[trends.crowded]
title    = "People come in numbers"
group_by = ["region"]
count    = 2
within   = "60 calendar days"
tells    = ["officer"]
source   = "house rule 9"
"#;

    const MAP: &str = r#"
reference = "No"
source    = "book"
dates     = ["%d-%m-%Y"]
recorded  = "then"
opens     = { by = "complainant", entered_by = "agent" }

[columns]
"Received" = { opens = "at" }
"By"       = { opens = "channel", values = { "counter" = "desk" } }
"What"     = { field = "summary" }
"Harm"     = { field = "harm" }
"#;

    const BOOK: &str = "No;Received;By;What;Harm\n\
        1;05-01-2026;counter;Turned away;none\n\
        2;2026-02-03 10:15;post;Said it was rude;serious\n";

    /// What somebody writes into the columns of an empty register.
    const FILLED_IN: [(&str, &str); 5] = [
        ("ticket", "D-1"),
        ("received", "2026-03-02T08:30:00"),
        ("channel", "desk"),
        ("summary", "Turned away again"),
        ("harm", "none"),
    ];

    struct Session {
        folder: PathBuf,
        told: String,
    }

    impl Session {
        fn begin() -> Self {
            let folder =
                std::env::temp_dir().join(format!("redress-{}-cli-register", std::process::id()));
            let _ = std::fs::remove_dir_all(&folder);
            std::fs::create_dir_all(&folder).unwrap();
            Self { folder, told: String::new() }
        }

        fn write(&self, name: &str, text: &str) {
            std::fs::write(self.folder.join(name), text).unwrap();
        }

        /// Writes a table of columns once more, with one row.
        fn fill_in(&self, from: &str, to: &str, said: &[(&str, &str)]) {
            let head = std::fs::read_to_string(self.folder.join(from)).unwrap();
            let columns = head.trim().trim_start_matches('\u{feff}').split(',');
            let cells = columns.map(|column| {
                said.iter().find(|(name, _)| *name == column).map_or("", |(_, value)| value)
            });
            let cells: Vec<&str> = cells.collect();
            assert!(said.iter().all(|(_, value)| cells.contains(value)), "{head}");
            self.write(to, &format!("{}\n{}\n", head.trim_end(), cells.join(",")));
        }

        /// A store in which the desk is in use.
        fn store(&self) {
            let place: Arc<dyn cases::Place> =
                Arc::new(Sqlite::open(&self.folder.join("cases.db")).unwrap());
            let keeper = Keeper::start(place, Arc::new(SystemClock), Options::default()).unwrap();
            let tenant = keeper.place().tenant("main").unwrap();
            let text = std::fs::read_to_string(Path::new(DESK).join("protocol.toml")).unwrap();
            let folder = self.folder.join("desk");
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join("protocol.toml"), text + TREND).unwrap();
            let sources = store::folder::read(&folder).unwrap();
            let (loaded, _) = keeper.add_protocol(tenant, &sources).unwrap();
            keeper.activate(tenant, loaded.unwrap().hash, Instant::from_ms(0)).unwrap();
            keeper.stop();
        }

        /// Runs a command that says what is different each time, such as ids.
        fn unsaid(&mut self, now: &str, line: &str) -> String {
            let n_bytes = self.told.len();
            let stdout = self.run(now, line);
            self.told.truncate(n_bytes);
            stdout
        }

        /// Runs a command at an instant; what it writes becomes part of the transcript.
        fn run(&mut self, now: &str, line: &str) -> String {
            let here = self.folder.to_str().unwrap().to_owned();
            let mut words: Vec<OsString> =
                line.split(' ').map(|it| it.replace("TMP", &here).into()).collect();
            // An empty register needs no store.
            if !line.contains(" template ") {
                words.push("--store".into());
                words.push(format!("sqlite:{here}/cases.db").into());
            }
            let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
            let now = DateTime::parse_from_rfc3339(now).unwrap().to_utc().into();
            let place = Place { now: Some(now), ..Place::default() };
            let io =
                &mut Io { stdin: &mut &b""[..], stdout: &mut stdout, stderr: &mut stderr, place };
            let exit = cli::run(words, io);
            let shown = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&here, "TMP");
            let (stdout, stderr) = (shown(stdout), shown(stderr));
            let errors: String = stderr.lines().map(|it| format!("2> {it}\n")).collect();
            self.told.push_str(&format!("$ {line}\nexit {}\n{stdout}{errors}\n", exit.code()));
            stdout
        }
    }

    impl Drop for Session {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }

    #[test]
    fn a_register_comes_in_goes_out_and_is_counted() {
        const NOW: &str = "2026-03-02T09:00:00Z";
        let mut session = Session::begin();
        session.run(NOW, "protocol register export desk");
        session.store();
        session.write("map.toml", MAP);
        session.write("book.csv", BOOK);
        session
            .write("wrong.csv", &BOOK.replace("none", "bad").replace("2026-02-03 10:15", "3.2.26"));
        let import = "protocol register import TMP/book.csv --protocol desk --map TMP/map.toml";
        session
            .run(NOW, "protocol register import TMP/wrong.csv --protocol desk --map TMP/map.toml");
        session.run(NOW, &format!("{import} --dry-run"));
        session.run(NOW, import);
        session.run(NOW, import);
        session.run(NOW, "protocol register import TMP/book.csv --protocol desk");
        session.run(NOW, "protocol register import TMP/book.csv --protocol dsk --map TMP/map.toml");
        session.run(NOW, "protocol register export desk -o TMP/register.xlsx --role agent");
        session.run(NOW, "protocol register export desk -o TMP/deadlines.csv --table deadlines");
        session.run(NOW, "protocol register export desk --table deadlins");
        session.run(NOW, "protocol register export desk --role clerk");
        session.run(NOW, "protocol register export desk -o TMP/register.pdf");
        session.run(NOW, "protocol register export desk --tenant elsewhere");
        let report = "protocol report --from 2026-01-01 --to 2026-02-28 --as-of 2026-03-01";
        let first = session.run(NOW, report);
        session.run(NOW, "protocol report --as-of 2026-03-03");
        session.run(NOW, "protocol report --from 2026-03-02 --to 2026-03-01");
        session.run(NOW, "protocol report desk --only entity");
        session.run(NOW, "protocol report desk --only entity=north");
        session.run(NOW, "protocol report desk --only severty=high");
        session.run(NOW, "protocol report desk --only harm=seriuos");
        let trends = "protocol trends desk --as-known-at 2026-03-02";
        let stands = session.run(NOW, trends);
        session.run(NOW, "protocol trends --as-of 2026-01-31");
        session.run(NOW, "protocol trends dsk");
        session.run(NOW, "protocol trends desk --as-of then");
        session.run(NOW, "protocol trends desk --as-of 2026-03-01 --as-known-at 2026-03-01");
        session.run(NOW, "protocol trends desk --limit 0");
        let as_json = session.unsaid(NOW, &format!("{trends} --format json"));
        let list: server::wire::TrendList = serde_json::from_str(&as_json).unwrap();
        assert_eq!((list.trends.len(), list.trends[0].signals_total), (1, 1));
        let cases = list.trends[0].signals[0].cases.clone().unwrap();
        assert_eq!(cases.len(), 2);
        // Much later, and with a case more that was received in the period, nothing is different.
        session.write("more.csv", "No;Received;By;What;Harm\n3;2026-02-20;post;Late;none\n");
        session.write("now.toml", &MAP.replace("recorded  = \"then\"", ""));
        session.run(
            "2026-03-03T09:00:00Z",
            "protocol register import TMP/more.csv --protocol desk --map TMP/now.toml",
        );
        let again = session.run("2026-09-01T09:00:00Z", report);
        assert_eq!(again, first);
        assert_eq!(session.run("2026-09-01T09:00:00Z", trends), stands);
        assert!(std::fs::read(session.folder.join("register.xlsx")).unwrap().starts_with(b"PK"));
        assert!(!session.folder.join("register.pdf").exists());
        // The empty register comes in once it is filled in.
        session.run(NOW, "protocol register template TMP/desk -o TMP/empty.csv");
        session.fill_in("empty.csv", "filled.csv", &FILLED_IN);
        session.run(NOW, "protocol register import TMP/filled.csv --protocol desk");
        session.run(NOW, "protocol register import TMP/filled.csv --protocol desk");
        session.run(NOW, "protocol register import TMP/empty.csv --protocol desk");

        for (place, case) in cases.iter().enumerate() {
            session.told = session.told.replace(&case.id, &format!("CASE-{place}"));
        }
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/register/transcript.txt");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&file, &session.told).unwrap();
        }
        let kept = std::fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(
            session.told, kept,
            "UPDATE=1 cargo test -p cli --test register writes it again"
        );
    }
}
