//! A table of names as bytes.

use crate::cases::Failure;
use crate::record::Names;
use crate::record::bytes::{In, Out, damaged};
use crate::record::names::{DeadlineName, EventName, FieldName, Part, RecordName, RuleName};

/// The version of the form of a table of names, its first byte.
pub const NAMES_VERSION: u8 = 1;

impl Names {
    /// The table as it is kept with the version of the protocol.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = Out::default();
        out.byte(NAMES_VERSION);
        out.text(&self.zone_data);
        texts(&mut out, &self.calendars);
        list(&mut out, &self.rules, |out, it| {
            out.text(&it.path);
            out.text(&it.place);
            out.byte(u8::from(it.source.is_some()));
            it.source.iter().for_each(|source| out.text(source));
        });
        texts(&mut out, &self.parties);
        list(&mut out, &self.parts, part);
        out.bytes
    }

    /// Reads a table.
    ///
    /// # Errors
    /// [`Failure::Damaged`] where these bytes are none.
    pub fn read(bytes: &[u8]) -> Result<Self, Failure> {
        let mut from = In::new(bytes);
        let version = from.byte()?;
        if version != NAMES_VERSION {
            return Err(damaged(format!("a table of names has version {version}")));
        }
        let names = Self {
            zone_data: from.text()?.to_owned(),
            calendars: read_texts(&mut from)?,
            rules: read_list(&mut from, |from| {
                Ok(RuleName {
                    path: from.text()?.to_owned(),
                    place: from.text()?.to_owned(),
                    source: match from.flags(1)? {
                        0 => None,
                        _ => Some(from.text()?.to_owned()),
                    },
                })
            })?,
            parties: read_texts(&mut from)?,
            parts: read_list(&mut from, read_part)?,
        };
        from.end()?;
        Ok(names)
    }
}

fn list<'a, T>(out: &mut Out<'a>, list: &'a [T], each: impl Fn(&mut Out<'a>, &'a T)) {
    out.count(list.len());
    list.iter().for_each(|it| each(out, it));
}

fn texts<'a>(out: &mut Out<'a>, texts: &'a [String]) {
    list(out, texts, |out, text| out.text(text));
}

fn fields<'a>(out: &mut Out<'a>, fields: &'a [FieldName]) {
    list(out, fields, |out, it| {
        out.text(&it.name);
        texts(out, &it.choices);
    });
}

fn part<'a>(out: &mut Out<'a>, part: &'a Part) {
    out.text(&part.name);
    texts(out, &part.stages);
    list(out, &part.events, |out, it| {
        out.text(&it.name);
        out.number(it.record.map_or(0, |place| u64::from(place) + 1));
    });
    fields(out, &part.fields);
    list(out, &part.records, |out, it| {
        out.text(&it.name);
        fields(out, &it.fields);
    });
    list(out, &part.deadlines, |out, it| {
        out.text(&it.name);
        out.number(it.calendar);
        texts(out, &it.terms);
    });
    for names in lists(part) {
        texts(out, names);
    }
}

/// The lists that hold nothing but names, in their order.
const fn lists(part: &Part) -> [&Vec<String>; 7] {
    let Part { rungs, levels, channels, letters, stops, intakes, questions, .. } = part;
    [rungs, levels, channels, letters, stops, intakes, questions]
}

fn read_list<'b, T>(
    from: &mut In<'b>,
    each: impl Fn(&mut In<'b>) -> Result<T, Failure>,
) -> Result<Vec<T>, Failure> {
    let n = from.number()?;
    // Grown as it is read: a count may claim anything.
    (0..n).map(|_| each(from)).collect()
}

fn read_texts(from: &mut In<'_>) -> Result<Vec<String>, Failure> {
    read_list(from, |from| Ok(from.text()?.to_owned()))
}

fn read_fields(from: &mut In<'_>) -> Result<Vec<FieldName>, Failure> {
    read_list(from, |from| {
        Ok(FieldName { name: from.text()?.to_owned(), choices: read_texts(from)? })
    })
}

fn read_part(from: &mut In<'_>) -> Result<Part, Failure> {
    Ok(Part {
        name: from.text()?.to_owned(),
        stages: read_texts(from)?,
        events: read_list(from, |from| {
            let (name, record) = (from.text()?.to_owned(), from.small::<u32>()?);
            Ok(EventName { name, record: record.checked_sub(1) })
        })?,
        fields: read_fields(from)?,
        records: read_list(from, |from| {
            Ok(RecordName { name: from.text()?.to_owned(), fields: read_fields(from)? })
        })?,
        deadlines: read_list(from, |from| {
            let (name, calendar) = (from.text()?.to_owned(), from.small()?);
            Ok(DeadlineName { name, calendar, terms: read_texts(from)? })
        })?,
        rungs: read_texts(from)?,
        levels: read_texts(from)?,
        channels: read_texts(from)?,
        letters: read_texts(from)?,
        stops: read_texts(from)?,
        intakes: read_texts(from)?,
        questions: read_texts(from)?,
    })
}
