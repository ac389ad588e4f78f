//! The protocol that is changed, and what there is in it to change.

use engine::diagnostic::{Diagnostics, Severity};
use engine::syntax::effective;
use toml_edit::{Array, DocumentMut, Item, TableLike, Value, value};

/// The codes of what falls short of a statute.
const CODES: [&str; 8] = [
    "duty-gone",
    "duty-starts-later",
    "duty-weaker",
    "letter-gone",
    "right-gone",
    "step-skipped",
    "term-longer",
    "window-shorter",
];

/// A changed protocol.
pub(super) struct Changed {
    /// What was changed.
    pub(super) what: String,
    /// Its text.
    pub(super) text: String,
}

/// What `check` makes of a protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It falls short of the statute: the codes.
    Short(Vec<&'static str>),
    /// It has other errors.
    Refused(Vec<String>),
    /// It complies.
    Complies,
}

/// The statute in one piece, as a protocol that complies with it. It promises nothing, so that a change is
/// not refused for a promise that names what is gone.
pub(super) fn house() -> DocumentMut {
    let sources = store::folder::read("../protocols/uk-housing-code".as_ref()).unwrap();
    let whole = effective(&sources, &mut Diagnostics::default()).unwrap();
    let text = format!("complies_with = [\"uk-housing-code\"]\n{}", whole.text);
    let mut house: DocumentMut = text.parse().unwrap();
    house.remove("guarantees");
    house["protocol"]["id"] = value("house");
    house
}

/// Judges a text.
pub(super) fn judge(text: &str) -> Verdict {
    let files = [("protocol.toml".to_owned(), text.as_bytes().to_vec())];
    let (_, found) = engine::load(&store::folder::sent("house", files).unwrap());
    let errors = || found.iter().filter(|it| it.code.severity == Severity::Error);
    let mut short: Vec<&'static str> =
        errors().map(|it| it.code.name).filter(|it| CODES.contains(it)).collect();
    short.dedup();
    if !short.is_empty() {
        return Verdict::Short(short);
    }
    match errors().next() {
        Some(_) => Verdict::Refused(
            errors().map(|it| format!("{}: {}", it.code.name, it.message)).collect(),
        ),
        None => Verdict::Complies,
    }
}

/// All changes so far.
#[derive(Default)]
pub(super) struct Changes(pub(super) Vec<Changed>);

impl Changes {
    /// Makes a change on a copy, if it can be made.
    pub(super) fn add(
        &mut self,
        house: &DocumentMut,
        what: impl Into<String>,
        change: impl FnOnce(&mut DocumentMut) -> Option<()>,
    ) {
        let mut copy = house.clone();
        if change(&mut copy).is_some() && copy.to_string() != house.to_string() {
            self.0.push(Changed { what: what.into(), text: copy.to_string() });
        }
    }
}

/// A table by its path; a number is the place in a list of tables.
pub(super) fn table<'d>(
    house: &'d mut DocumentMut,
    path: &[String],
) -> Option<&'d mut dyn TableLike> {
    let mut here: &mut dyn TableLike = house.as_table_mut();
    let mut parts = path.iter().peekable();
    while let Some(part) = parts.next() {
        let item = here.get_mut(part)?;
        here = match item {
            Item::ArrayOfTables(rows) => rows.get_mut(parts.next()?.parse().ok()?)?,
            item => item.as_table_like_mut()?,
        };
    }
    Some(here)
}

/// The paths of all tables inside a table, itself left out.
pub(super) fn tables(house: &DocumentMut) -> Vec<Vec<String>> {
    fn below(table: &dyn TableLike, path: &[String], all: &mut Vec<Vec<String>>) {
        for (key, item) in table.iter() {
            let inner = [path, &[key.to_owned()]].concat();
            if let Item::ArrayOfTables(rows) = item {
                for (place, row) in rows.iter().enumerate() {
                    let row_path = [inner.clone(), vec![place.to_string()]].concat();
                    all.push(row_path.clone());
                    below(row, &row_path, all);
                }
            } else if let Some(table) = item.as_table_like() {
                all.push(inner.clone());
                below(table, &inner, all);
            }
        }
    }
    let mut all = Vec::new();
    below(house.as_table(), &[], &mut all);
    all
}

/// The paths that begin with these names and have so many parts.
pub(super) fn paths(house: &DocumentMut, start: &[&str], n_parts: usize) -> Vec<Vec<String>> {
    let fits = |it: &Vec<String>| {
        it.len() == n_parts && start.iter().zip(it).all(|(one, other)| *one == "*" || one == other)
    };
    tables(house).into_iter().filter(fits).collect()
}

/// The texts of a key: one, or a list.
pub(super) fn texts(table: &dyn TableLike, key: &str) -> Vec<String> {
    match table.get(key) {
        Some(Item::Value(Value::String(one))) => vec![one.value().clone()],
        Some(Item::Value(Value::Array(list))) => {
            list.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect()
        }
        _ => Vec::new(),
    }
}

/// Sets the texts of a key; none removes it.
pub(super) fn set_texts(table: &mut dyn TableLike, key: &str, texts: &[String]) {
    match texts {
        [] => {
            table.remove(key);
        }
        texts => {
            table.insert(key, value(Array::from_iter(texts)));
        }
    }
}

/// The texts of a key without each of them in turn.
pub(super) fn without_each(
    house: &DocumentMut,
    path: &[String],
    key: &str,
) -> Vec<(String, Vec<String>)> {
    let mut copy = house.clone();
    let all = table(&mut copy, path).map(|it| texts(it, key)).unwrap_or_default();
    let left = |gone: &String| all.iter().filter(|it| *it != gone).cloned().collect();
    all.iter().map(|it| (it.clone(), left(it))).collect()
}

/// A text with another number: "10 working days" with one more.
pub(super) fn with_number(text: &str, by: i64) -> Option<String> {
    let (number, unit) = text.split_once(' ')?;
    let number: i64 = number.parse().ok()?;
    let number = number.checked_add(by).filter(|it| *it > 0)?;
    let unit = match (number, unit.strip_suffix('s')) {
        (1, Some(one)) => one,
        (1, None) => unit,
        (_, Some(_)) => unit,
        (_, None) => return Some(format!("{number} {unit}s")),
    };
    Some(format!("{number} {unit}"))
}

/// The text of a key with another number.
pub(super) fn renumber(table: &mut dyn TableLike, key: &str, by: i64) -> Option<()> {
    let text = table.get(key)?.as_str()?;
    let text = with_number(text, by)?;
    table.insert(key, value(text));
    Some(())
}

/// Whether an event is the complainant's.
pub(super) fn is_right(house: &DocumentMut, event: &str) -> bool {
    let mut copy = house.clone();
    let path = ["events".to_owned(), event.to_owned()];
    table(&mut copy, &path).is_some_and(|it| texts(it, "by").iter().any(|it| it == "complainant"))
}

/// Whether a deadline is a right of the complainant.
pub(super) fn is_window(house: &DocumentMut, path: &[String]) -> bool {
    let mut copy = house.clone();
    table(&mut copy, path).is_some_and(|it| it.contains_key("window"))
}

/// Takes a point out of every list of points.
pub(super) fn forget(house: &mut DocumentMut, points: &[String]) {
    for path in tables(house) {
        let Some(table) = table(house, &path) else { continue };
        for key in ["starts", "restarts", "met_by", "cancelled_by", "also"] {
            let all = texts(table, key);
            let left: Vec<String> = all.iter().filter(|it| !points.contains(it)).cloned().collect();
            if left != all {
                set_texts(table, key, &left);
            }
        }
    }
}
