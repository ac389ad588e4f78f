//! The reading of bodies.

use crate::body::{Shape, compile, parse};
use crate::problem::{Fault, Kind, Problem};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The shapes of all bodies that are taken, by the names of their schemas.
#[derive(Clone, Debug, Default)]
pub struct Shapes {
    by_name: BTreeMap<String, Shape>,
}

impl Shapes {
    /// The shapes of every schema that a request of this document has as its body.
    ///
    /// # Errors
    /// A schema asks something that is not checked here.
    pub fn of(document: &Value) -> Result<Self, String> {
        let paths = document.get("paths").and_then(Value::as_object);
        let routes = paths.into_iter().flat_map(serde_json::Map::values);
        let operations = routes.filter_map(Value::as_object).flat_map(serde_json::Map::values);
        let bodies = operations.filter_map(|it| {
            it.pointer("/requestBody/content/application~1json/schema/$ref")?.as_str()
        });
        let names = bodies.filter_map(|it| it.rsplit('/').next());
        let shapes = names.map(|name| Ok((name.to_owned(), compile(document, name)?)));
        Ok(Self { by_name: shapes.collect::<Result<_, String>>()? })
    }

    /// Reads a body.
    ///
    /// # Errors
    /// It is no JSON, or not what its schema says: every fault.
    pub fn read<T: ToSchema + DeserializeOwned>(&self, bytes: &[u8]) -> Result<T, Problem> {
        let value = parse(bytes).map_err(|why| Problem::new(Kind::UNREADABLE).because(why))?;
        let name = T::name();
        let shape = self.by_name.get(name.as_ref());
        let shape = shape.ok_or_else(|| Problem::broken(&format!("no shape of `{name}`")))?;
        let faults = shape.faults(&value);
        if !faults.is_empty() {
            return Err(Problem::new(Kind::INVALID).with(faults));
        }
        // What fits its schema and is still not read would be a fault of ours: say it as a fault of the body.
        serde_json::from_value(value).map_err(|why| {
            Problem::new(Kind::INVALID).with(vec![Fault::new("", "wrong-form", why.to_string())])
        })
    }
}
