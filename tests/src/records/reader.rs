//! A reader that was written from `docs/RECORDS.md` and shares nothing with the store: it notes
//! what each byte means.

use chrono::NaiveDate;

/// Bytes, how far they were read, and what each stretch of them means.
pub(super) struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    texts: Vec<String>,
    pub(super) notes: Vec<(usize, usize, String)>,
}

impl<'b> Reader<'b> {
    pub(super) const fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0, texts: Vec::new(), notes: Vec::new() }
    }

    pub(super) const fn is_done(&self) -> bool {
        self.at == self.bytes.len()
    }

    fn next(&mut self) -> u8 {
        self.at += 1;
        self.bytes[self.at - 1]
    }

    fn digits(&mut self) -> u128 {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.next();
            number |= u128::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return number;
            }
        }
    }

    fn turned(number: u128) -> i128 {
        let half = i128::try_from(number / 2).unwrap();
        if number.is_multiple_of(2) { half } else { -half - 1 }
    }

    fn note(&mut self, from: usize, what: &str, value: impl std::fmt::Display) {
        self.notes.push((from, self.at, format!("{what}: {value}")));
    }

    pub(super) fn byte(&mut self, what: &str) -> u8 {
        let from = self.at;
        let byte = self.next();
        self.note(from, what, byte);
        byte
    }

    pub(super) fn number(&mut self, what: &str) -> u64 {
        let from = self.at;
        let number = self.digits();
        self.note(from, what, number);
        u64::try_from(number).unwrap()
    }

    /// A length or a place, to be used as one.
    pub(super) fn count(&mut self, what: &str) -> usize {
        usize::try_from(self.number(what)).unwrap()
    }

    /// An instant, in milliseconds after 1970.
    pub(super) fn instant(&mut self, what: &str, after: i64) -> i64 {
        let from = self.at;
        let ms = after.wrapping_add(i64::try_from(Self::turned(self.digits())).unwrap());
        self.note(from, what, shown(ms));
        ms
    }

    pub(super) fn date(&mut self, what: &str) -> String {
        let from = self.at;
        let days = i64::try_from(Self::turned(self.digits())).unwrap();
        let first = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
        let date = (first + chrono::Duration::days(days)).to_string();
        self.note(from, what, &date);
        date
    }

    /// A decimal number, as `docs/CANONICAL.md` writes it.
    pub(super) fn decimal(&mut self, what: &str) -> String {
        let from = self.at;
        let scale = usize::try_from(self.digits()).unwrap();
        let digits = Self::turned(self.digits());
        let sign = if digits < 0 { "-" } else { "" };
        let all = format!("{:0>1$}", digits.unsigned_abs(), scale + 1);
        let (whole, rest) = all.split_at(all.len() - scale);
        let rest = rest.trim_end_matches('0');
        let point = if rest.is_empty() { "" } else { "." };
        let number = format!("{sign}{whole}{point}{rest}");
        self.note(from, what, &number);
        number
    }

    pub(super) fn text(&mut self, what: &str) -> String {
        let from = self.at;
        let place = usize::try_from(self.digits()).unwrap();
        if place > 0 {
            let text = self.texts[place - 1].clone();
            self.note(from, what, format!("text {place}, {text:?}"));
            return text;
        }
        let length = usize::try_from(self.digits()).unwrap();
        let bytes = self.bytes[self.at..self.at + length].to_vec();
        self.at += length;
        let text = String::from_utf8(bytes).unwrap();
        self.texts.push(text.clone());
        self.note(from, what, format!("{text:?}"));
        text
    }

    pub(super) fn list<T>(&mut self, what: &str, mut each: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let n = self.count(what);
        (0..n).map(|_| each(self)).collect()
    }

    pub(super) fn texts(&mut self, what: &str) -> Vec<String> {
        self.list(what, |it| it.text("  name"))
    }

    /// A name, and its place in the table if it has one.
    pub(super) fn name<'n>(
        &mut self,
        what: &str,
        names: impl IntoIterator<Item = &'n String>,
    ) -> (String, Option<usize>) {
        let from = self.at;
        let Some(place) = usize::try_from(self.digits()).unwrap().checked_sub(1) else {
            self.note(from, what, "not in the table");
            return (self.text(what), None);
        };
        let name = names.into_iter().nth(place).unwrap().clone();
        self.note(from, what, &name);
        (name, Some(place))
    }

    /// What was noted, with the bytes before it.
    pub(super) fn dump(&self) -> String {
        let lines = self.notes.iter().map(|(from, to, what)| {
            let bytes: Vec<String> =
                self.bytes[*from..*to].iter().map(|it| format!("{it:02x}")).collect();
            let mut lines = bytes.chunks(16);
            let first = lines.next().unwrap_or_default().join(" ");
            let mut line = format!("{from:05x}  {first:<47}  {what}\n");
            lines.for_each(|more| line.push_str(&format!("       {}\n", more.join(" "))));
            line
        });
        lines.collect()
    }
}

/// An instant as `docs/CANONICAL.md` writes it.
pub(super) fn shown(ms: i64) -> String {
    engine::time::Instant::from_ms(ms).to_string()
}

/// A table of names.
pub(super) struct Table {
    pub(super) zone_data: String,
    pub(super) calendars: Vec<String>,
    pub(super) rules: Vec<(String, String, Option<String>)>,
    pub(super) parties: Vec<String>,
    pub(super) parts: Vec<Part>,
}

/// A field and what may be chosen.
pub(super) type Field = (String, Vec<String>);

/// The names of cases, or of a stop.
pub(super) struct Part {
    pub(super) name: String,
    pub(super) stages: Vec<String>,
    pub(super) events: Vec<(String, Option<usize>)>,
    pub(super) fields: Vec<Field>,
    pub(super) records: Vec<(String, Vec<Field>)>,
    pub(super) deadlines: Vec<(String, usize, Vec<String>)>,
    /// Rungs, levels, channels, letters, stops, kinds of intake, questions.
    pub(super) lists: [Vec<String>; 7],
}

pub(super) fn table(from: &mut Reader<'_>) -> Table {
    assert_eq!(from.byte("version"), 1);
    let fields = |from: &mut Reader<'_>| {
        from.list(" fields", |from| (from.text("  name"), from.texts("  choices")))
    };
    Table {
        zone_data: from.text("zone data"),
        calendars: from.texts("calendars"),
        rules: from.list("entries", |from| {
            let (path, place) = (from.text("  path"), from.text("  place"));
            let source = (from.byte("  has a source") == 1).then(|| from.text("  source"));
            (path, place, source)
        }),
        parties: from.texts("parties"),
        parts: from.list("parts", |from| Part {
            name: from.text("part"),
            stages: from.texts(" stages"),
            events: from.list(" events", |from| {
                (from.text("  name"), from.count("  record, from 1").checked_sub(1))
            }),
            fields: fields(from),
            records: from.list(" records", |from| (from.text("  name"), fields(from))),
            deadlines: from.list(" deadlines", |from| {
                (from.text("  name"), from.count("  calendar"), from.texts("  terms"))
            }),
            lists: ["rungs", "levels", "channels", "letters", "stops", "intakes", "questions"]
                .map(|what| from.texts(&format!(" {what}"))),
        }),
    }
}
