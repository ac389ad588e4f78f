//! A whole schema.

use anyhow::Context as _;
use engine::syntax::form;
use serde_json::{Value, json};

use crate::schema::value::table;

/// The key by which a protocol takes over another one, and may leave out what stands there.
const EXTENDS: &str = "extends";

/// Which files a schema is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    /// `protocol.toml`, and the parts that it includes.
    Protocol,
    /// A scenario.
    Scenario,
    /// A set of holidays: `calendars/*.toml`.
    Calendar,
}

/// The schema for one kind of file.
///
/// # Errors
/// The reader of scenarios cannot be asked, which is a fault of Redress.
pub(crate) fn document(of: Of) -> anyhow::Result<Value> {
    let (title, form) = match of {
        Of::Protocol => ("A complaints protocol, or a part of one", form::protocol()),
        Of::Scenario => {
            let form = engine::scenario::form().context("scenarios cannot be described")?;
            ("A scenario of a complaints protocol", form)
        }
        Of::Calendar => ("A set of holidays", form::holiday_set()),
    };
    let mut schema = table(&form, None);
    if form.keys.contains_key(EXTENDS) {
        let whole = schema.clone();
        allow_less(&mut schema);
        let is_whole = json!({ "not": { "required": [EXTENDS] } });
        if let Some(object) = schema.as_object_mut() {
            object.extend([("if".to_owned(), is_whole), ("then".to_owned(), whole)]);
        }
    }
    let about = [("$schema", json!("https://json-schema.org/draft/2020-12/schema"))];
    let about = about.into_iter().chain([("title", json!(title))]);
    if let Some(object) = schema.as_object_mut() {
        object.extend(about.map(|(key, value)| (key.to_owned(), value)));
    }
    Ok(schema)
}

/// Lets every table leave out what it must otherwise hold. A key of that name is a schema, no list.
fn allow_less(schema: &mut Value) {
    match schema {
        Value::Object(entries) => {
            entries.retain(|key, value| key != "required" || !value.is_array());
            entries.values_mut().for_each(allow_less);
        }
        Value::Array(all) => all.iter_mut().for_each(allow_less),
        _ => {}
    }
}
