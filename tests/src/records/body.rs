//! The reading of a body by that reader: notes, and the facts as `docs/CANONICAL.md` has them.

use super::reader::{Part, Reader, Table, shown};

/// The facts of a body, each in its canonical form.
pub(super) fn body(from: &mut Reader<'_>, table: &Table, stop: Option<&str>) -> Vec<String> {
    let part = table.parts.iter().find(|it| it.name == stop.unwrap_or("")).unwrap();
    assert_eq!(from.byte("version"), 1);
    let flags = from.byte("flags");
    let semantics = from.number("semantics");
    let recorded_at = from.instant("recorded at", 0);
    let (mut zone_data, mut calendars) = (table.zone_data.clone(), table.calendars.clone());
    if flags & 2 != 0 {
        zone_data = from.text("zone data");
        for other in from.texts("calendars") {
            let name = |it: &str| it.split_once('@').unwrap().0.to_owned();
            let same = calendars.iter_mut().find(|it| name(it) == name(&other)).unwrap();
            *same = other;
        }
    }
    let id = (flags & 1 != 0).then(|| report(from, table, part, recorded_at));
    let mut facts = Facts { table, part, zone_data, calendars, rule: "", out: Entries::default() };
    let (mut sequence, mut at, mut cause, mut rule) = (0, recorded_at, id, None);
    from.list("facts", |from| {
        let kind = from.byte("kind");
        let flags = from.byte(" flags");
        sequence = if flags & 1 != 0 { from.number(" sequence") } else { sequence + 1 };
        at = if flags & 2 != 0 { from.instant(" at", at) } else { at };
        cause = match flags & 12 {
            0 => cause.clone(),
            4 => Some(from.text(" cause")),
            _ => None,
        };
        if flags & 16 != 0 {
            rule = from.name(" entry", table.rules.iter().map(|it| &it.0)).1;
        }
        let (path, place, source) = &table.rules[rule.unwrap()];
        facts.out = Entries::default();
        facts.add("sequence", &sequence.to_string());
        facts.add("at", &shown(at));
        facts.out.maybe("cause", cause.as_deref());
        facts.add("semantics", &semantics.to_string());
        facts.add("rule", path);
        facts.out.maybe("source", source.as_deref());
        facts.add("place", place);
        facts.rule = path;
        facts.kind(from, kind, at);
        std::mem::take(&mut facts.out.text)
    })
}

fn report(from: &mut Reader<'_>, table: &Table, part: &Part, recorded_at: i64) -> String {
    let [_, _, channels, letters, _, intakes, _] = &part.lists;
    let stops = &table.parts[0].lists[4];
    let has = from.number("report");
    let id = from.text(" id");
    let (_, event) = from.name(" event", part.events.iter().map(|it| &it.0));
    let when = |from: &mut Reader<'_>, date: bool| {
        if date {
            from.date(" happened on")
        } else {
            shown(from.instant(" happened at", recorded_at))
        }
    };
    if has & 128 != 0 {
        from.instant(" recorded at", recorded_at);
    }
    when(from, has & 1 != 0);
    for (bit, what) in [(0, " by"), (256, " entered by")] {
        if has & bit == bit {
            actor(from, what);
        }
    }
    if has & 4 != 0 {
        from.name(" channel", channels);
    }
    if has & 2 != 0 {
        let record = event.and_then(|it| part.events[it].1);
        let fields = record.map_or(&part.fields, |it| &part.records[it].1);
        from.list(" data", |from| {
            let (_, field) = from.name("  field", fields.iter().map(|it| &it.0));
            value(from, field.map_or(&[], |it| &fields[it].1));
        });
    }
    for (bit, what) in [(64, " entry"), (8, " reason"), (16, " complainant"), (512, " respondent")]
    {
        if has & bit != 0 {
            from.text(what);
        }
    }
    if has & 1024 != 0 {
        from.text(" of");
        let flags = from.byte(" revision");
        if flags & 3 != 0 {
            when(from, flags & 2 != 0);
        }
    }
    if has & 32 != 0 {
        from.list(" history", |from| from.number("  answer"));
    }
    if has & 2048 != 0 {
        from.name(" stop", stops);
    }
    if has & 4096 != 0 {
        from.list(" stops", |from| from.name("  stop", stops));
    }
    if has & 8192 != 0 {
        from.text(" case");
    }
    for (bit, what, names) in [(16384, " letter", letters), (32768, " intake", intakes)] {
        if has & bit != 0 {
            from.name(what, names);
        }
    }
    id
}

fn actor(from: &mut Reader<'_>, what: &str) {
    let number = from.number(what);
    if number.is_multiple_of(2) {
        from.text("  person");
    }
}

/// The type of a value and the value.
fn value(from: &mut Reader<'_>, choices: &[String]) -> (&'static str, Option<String>) {
    match from.byte("  type") {
        0 => ("unset", None),
        1 => ("flag", Some("false".to_owned())),
        2 => ("flag", Some("true".to_owned())),
        3 => ("number", Some(from.decimal("  value"))),
        4 => ("choice", Some(from.name("  value", choices).0)),
        5 => ("date", Some(from.date("  value"))),
        6 => ("text", Some(from.text("  value"))),
        7 => ("slot", Some(from.text("  value"))),
        other => panic!("type {other}"),
    }
}

#[derive(Default)]
struct Entries {
    text: String,
}

impl Entries {
    fn maybe(&mut self, name: &str, value: Option<&str>) {
        if self.text.is_empty() {
            self.text.push_str("redress-fact 1\n");
        }
        match value {
            Some(value) => self.text.push_str(&format!("{name} {}:{value}\n", value.len())),
            None => self.text.push_str(&format!("{name} -\n")),
        }
    }
}

struct Facts<'t> {
    table: &'t Table,
    part: &'t Part,
    zone_data: String,
    calendars: Vec<String>,
    /// The path of the entry of the fact.
    rule: &'t str,
    out: Entries,
}

impl Facts<'_> {
    fn add(&mut self, name: &str, value: &str) {
        self.out.maybe(name, Some(value));
    }

    /// What is written of each kind, as a row of words; a word is read and then added.
    fn kind(&mut self, from: &mut Reader<'_>, kind: u8, at: i64) {
        let row = match kind {
            1 => "opened ?channel ?complainant ?respondent",
            2 => "event-reported ?person-later",
            3 => "field-set field",
            4 => "entry-added entry +width",
            5 => "entry-field-set entry entry-field",
            6 => "entry-done entry",
            7 => "history-seen question",
            8 => "severity-changed level",
            9 => "placed rung",
            10 => "escalated rung",
            11 => "escalation-exhausted",
            12 => "stage-entered stage",
            13 => "reopened",
            14 => "closed",
            15 => "timer-set #place-in-after @due",
            16 => "timer-ran #place-in-after",
            17 => "letter-due letter",
            18 => "told party",
            19 => "told-later party @from",
            20 => "deadline-started clock options start #period term times",
            21 => "deadline-met-early deadline",
            22 => "deadline-waiting deadline options start",
            23 => "deadline-forgotten deadline",
            24 => "deadline-warned clock options #warning times",
            25 => "deadline-met clock =late",
            26 => "deadline-breached clock",
            27 => "deadline-lapsed clock",
            28 => "deadline-paused clock options stage times",
            29 => "deadline-resumed clock options times",
            30 => "deadline-extended clock options #extension until times",
            31 => "deadline-recounted clock options term times",
            32 => "deadline-cancelled clock why",
            33 => "deadline-replaced clock",
            34 => "act-refused event stop #place-in-refuses",
            35 => "taken-in date-only-intake",
            36 => "converted converted",
            37 => "merged $case",
            38 => "split-off $case",
            39 => "linked $case",
            40 => "letter-failed letter",
            41 => "withdrawn #fact",
            42 => "corrected corrected",
            43 => "inserted-before #fact #before",
            44 => "set-aside $event",
            45 => "calendars-amended $amendment",
            46 => "deadline-moved clock options was-due times",
            47 => "timer-moved #place-in-after @was-due @due",
            48 => "guarantee-begun guarantee options start due-of-guarantee",
            49 => "guarantee-kept guarantee",
            50 => "guarantee-broken guarantee",
            other => panic!("kind {other}"),
        };
        let mut words = row.split(' ');
        self.add("kind", words.next().unwrap());
        let mut state = State::default();
        if matches!(kind, 1 | 2) {
            state.options = from.byte(" flags");
        }
        for word in words {
            self.word(from, word, at, &mut state);
        }
    }

    fn word(&mut self, from: &mut Reader<'_>, word: &str, at: i64, state: &mut State) {
        let what = format!(" {}", word.trim_start_matches(['#', '@', '$', '=', '?', '+']));
        let name = what.trim();
        let [rungs, levels, channels, letters, stops, _, questions] = &self.part.lists;
        let listed = match name {
            "rung" => Some(rungs),
            "level" => Some(levels),
            "letter" => Some(letters),
            "stop" => Some(stops),
            "stage" => Some(&self.part.stages),
            "party" => Some(&self.table.parties),
            _ => None,
        };
        if let Some(names) = listed {
            let (value, _) = from.name(&what, names);
            return self.add(name, &value);
        }
        match word {
            "?channel" => {
                let channel = (state.options & 1 != 0).then(|| from.name(&what, channels).0);
                self.out.maybe(name, channel.as_deref());
            }
            "?complainant" | "?respondent" => {
                let bit = if name == "complainant" { 2 } else { 4 };
                let person = (state.options & bit != 0).then(|| from.text(&what));
                self.out.maybe(name, person.as_deref());
            }
            "?person-later" => {
                let (event, _) = from.name(" event", self.part.events.iter().map(|it| &it.0));
                self.add("event", &event);
                let (by, _) = from.name(" by", &self.table.parties);
                self.add("by", &by);
                let person = (state.options & 1 != 0).then(|| from.text(" person"));
                self.out.maybe("person", person.as_deref());
            }
            "event" => {
                let (event, _) = from.name(&what, self.part.events.iter().map(|it| &it.0));
                self.add("event", &event);
            }
            "question" => {
                let (question, _) = from.name(&what, questions);
                self.add("question", &question);
                let (_, value) = value(from, &[]);
                self.out.maybe("value", value.as_deref());
            }
            _ => self.of_entry(from, word, at, state),
        }
    }

    fn of_entry(&mut self, from: &mut Reader<'_>, word: &str, at: i64, state: &mut State) {
        let [.., intakes, _] = &self.part.lists;
        match word {
            "field" | "entry-field" => {
                let part = self.part;
                let fields = match word {
                    "field" => &part.fields,
                    _ => &part.records[state.place].1,
                };
                let (field, place) = from.name(" field", fields.iter().map(|it| &it.0));
                self.add("field", &field);
                let (kind, value) = value(from, &fields[place.unwrap()].1);
                self.add("type", kind);
                self.out.maybe("value", value.as_deref());
            }
            "entry" => {
                let (record, place) =
                    from.name(" record", self.part.records.iter().map(|it| &it.0));
                state.place = place.unwrap();
                let number = from.number(" number").to_string();
                let id = from.text(" entry");
                self.add("record", &record);
                self.add("entry", &id);
                self.add("number", &number);
            }
            "+width" => drop(from.number(" width")),
            "date-only-intake" => {
                let date_only = from.byte(" date-only") == 1;
                let (intake, _) = from.name(" intake", intakes);
                self.add("intake", &intake);
                self.add("date-only", &date_only.to_string());
            }
            "converted" => {
                let flags = from.byte(" flags");
                let (intake, _) = from.name(" intake", intakes);
                self.add("intake", &intake);
                let person = (flags != 0).then(|| from.text(" complainant"));
                self.out.maybe("complainant", person.as_deref());
            }
            "corrected" => {
                let flags = from.byte(" flags");
                self.add("from", &shown(from.instant(" from", at)));
                self.add("facts", &from.number(" facts").to_string());
                let told = (flags != 0).then(|| from.name(" told", &self.table.parties).0);
                self.out.maybe("told", told.as_deref());
            }
            _ => self.of_clock(from, word, at, state),
        }
    }

    fn of_clock(&mut self, from: &mut Reader<'_>, word: &str, at: i64, state: &mut State) {
        let part = self.part;
        match word {
            "clock" | "deadline" => {
                let deadlines = part.deadlines.iter().map(|it| &it.0);
                let (deadline, place) = from.name(" deadline", deadlines);
                state.place = place.unwrap();
                self.add("deadline", &deadline);
                if word == "clock" {
                    self.add("occurrence", &from.number(" occurrence").to_string());
                }
            }
            "options" => state.options = from.byte(" options"),
            "start" => {
                self.add("from", &shown(from.instant(" from", at)));
                self.add("date-only", &(state.options & 4 != 0).to_string());
                self.add("receipt", &(state.options & 8 != 0).to_string());
            }
            "term" => {
                let term = part.deadlines[state.place].2.get(from.count(" term"));
                self.add("term", term.map_or("agreed date", String::as_str));
                let agreed = (state.options & 16 != 0).then(|| from.date(" agreed"));
                self.out.maybe("agreed", agreed.as_deref());
            }
            "until" => {
                let until = (state.options & 16 != 0).then(|| from.date(" until"));
                self.out.maybe("until", until.as_deref());
            }
            "was-due" => {
                let before = (state.options & 32 != 0).then(|| shown(from.instant(" was due", at)));
                self.out.maybe("was-due", before.as_deref());
            }
            "times" => {
                for (bit, name) in [(1, "due"), (2, "alarm")] {
                    let what = format!(" {name}");
                    let instant =
                        (state.options & bit != 0).then(|| shown(from.instant(&what, at)));
                    self.out.maybe(name, instant.as_deref());
                }
                let calendar = self.calendars[part.deadlines[state.place].1].clone();
                self.add("calendar", &calendar);
                let zone_data = self.zone_data.clone();
                self.add("zone-data", &zone_data);
            }
            "guarantee" => self.add("guarantee", self.rule.trim_start_matches("guarantees.")),
            "due-of-guarantee" => {
                let due = (state.options & 1 != 0).then(|| shown(from.instant(" due", at)));
                self.out.maybe("due", due.as_deref());
                let calendar = self.calendars[0].clone();
                self.add("calendar", &calendar);
                let zone_data = self.zone_data.clone();
                self.add("zone-data", &zone_data);
            }
            "why" => {
                let why = ["point", "when", "closed", "merged"][usize::from(from.byte(" why"))];
                self.add("why", why);
            }
            _ => {
                let (sign, name) = word.split_at(1);
                let what = format!(" {name}");
                let value = match sign {
                    "#" => from.number(&what).to_string(),
                    "@" => shown(from.instant(&what, at)),
                    "$" => from.text(&what),
                    "=" => (from.byte(&what) == 1).to_string(),
                    _ => panic!("{word}"),
                };
                self.add(name, &value);
            }
        }
    }
}

/// What later words of a fact need of earlier ones.
#[derive(Default)]
struct State {
    options: u8,
    place: usize,
}
