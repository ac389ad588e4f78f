//! From a schema of the OpenAPI document to a shape. A keyword that is not checked here cannot
//! stand in a schema of a request: that is an error of ours, found when the server starts.

use crate::body::shape::{Form, Member, Shape};
use serde_json::{Map, Value};

/// How deep schemas may refer to one another.
const DEPTH_MAX: u32 = 32;

/// What says something about a value and asks nothing of it.
const NOTES: [&str; 6] = ["description", "title", "example", "examples", "deprecated", "default"];

/// The shape of a schema, by its name in a document.
///
/// # Errors
/// What about the schema cannot be checked.
pub fn compile(document: &Value, name: &str) -> Result<Shape, String> {
    let schema = document.pointer(&format!("/components/schemas/{name}"));
    let schema = schema.ok_or_else(|| format!("there is no schema `{name}`"))?;
    Compiler { document }.shape(schema, DEPTH_MAX).map_err(|why| format!("{name}: {why}"))
}

struct Compiler<'a> {
    document: &'a Value,
}

impl Compiler<'_> {
    fn shape(&self, schema: &Value, depth: u32) -> Result<Shape, String> {
        let depth = depth.checked_sub(1).ok_or("schemas refer to one another too deeply")?;
        let Value::Object(schema) = schema else { return Err("a schema is no object".to_owned()) };
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            only(schema, &["$ref"])?;
            let pointer = target.strip_prefix('#').unwrap_or_default();
            let target = self.document.pointer(pointer);
            return self.shape(target.ok_or("a reference leads nowhere")?, depth);
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(Value::Array(all)) = schema.get(key) {
                only(schema, &[key])?;
                let all = all.iter().map(|it| self.shape(it, depth));
                return all.collect::<Result<_, _>>().map(Shape::Either);
            }
        }
        match schema.get("type") {
            Some(Value::String(kind)) => self.of_kind(kind, schema, depth),
            Some(Value::Array(kinds)) => {
                let kinds = kinds.iter().filter_map(Value::as_str);
                let all = kinds.map(|kind| self.of_kind(kind, schema, depth));
                all.collect::<Result<_, _>>().map(Shape::Either)
            }
            _ => Err("a schema says no type".to_owned()),
        }
    }

    fn of_kind(
        &self,
        kind: &str,
        schema: &Map<String, Value>,
        depth: u32,
    ) -> Result<Shape, String> {
        match kind {
            // Beside a second type, the keywords are about that one.
            "null" => Ok(Shape::Null),
            "boolean" => only(schema, &["type"]).map(|()| Shape::Flag),
            "integer" => {
                only(schema, &["type", "format", "minimum", "maximum"])?;
                let bound = |key: &str, or: i64| schema.get(key).map_or(Some(or), Value::as_i64);
                let bounds = bound("minimum", i64::MIN).zip(bound("maximum", i64::MAX));
                let (low, high) = bounds.ok_or("a bound is no whole number")?;
                Ok(Shape::Whole(low, high))
            }
            "string" => text(schema),
            "array" => {
                only(schema, &["type", "items", "minItems", "maxItems"])?;
                let of = self.shape(schema.get("items").ok_or("a list of what?")?, depth)?;
                let (low, high) =
                    (length(schema, "minItems", 0)?, length(schema, "maxItems", u64::MAX)?);
                Ok(Shape::List(Box::new(of), low, high))
            }
            "object" => self.object(schema, depth),
            other => Err(format!("the type `{other}` is not checked")),
        }
    }

    fn object(&self, schema: &Map<String, Value>, depth: u32) -> Result<Shape, String> {
        only(
            schema,
            &[
                "type",
                "properties",
                "required",
                "additionalProperties",
                "propertyNames",
                "maxProperties",
            ],
        )?;
        match (schema.get("properties"), schema.get("additionalProperties")) {
            (Some(Value::Object(properties)), Some(Value::Bool(false))) => {
                let required: Vec<&str> = schema
                    .get("required")
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .collect();
                let members = properties.iter().map(|(name, schema)| {
                    let shape =
                        self.shape(schema, depth).map_err(|why| format!("{name}: {why}"))?;
                    let required = required.contains(&name.as_str());
                    Ok(Member { name: name.clone(), required, shape })
                });
                members.collect::<Result<_, String>>().map(Shape::Object)
            }
            (None, Some(of @ Value::Object(_))) => {
                let high = length(schema, "maxProperties", u64::MAX)?;
                Ok(Shape::Names(Box::new(self.shape(of, depth)?), high))
            }
            _ => Err("an object is not closed".to_owned()),
        }
    }
}

fn text(schema: &Map<String, Value>) -> Result<Shape, String> {
    only(schema, &["type", "enum", "minLength", "maxLength", "format"])?;
    if let Some(Value::Array(words)) = schema.get("enum") {
        let words = words.iter().filter_map(Value::as_str).map(str::to_owned);
        return Ok(Shape::Words(words.collect()));
    }
    let form = match schema.get("format").and_then(Value::as_str) {
        None => Form::Any,
        Some("date") => Form::Date,
        Some("date-time") => Form::Instant,
        Some("uuid") => Form::Id,
        Some(other) => return Err(format!("the format `{other}` is not checked")),
    };
    let high = match form {
        Form::Any => length(schema, "maxLength", u64::MAX)?,
        Form::Date | Form::Instant | Form::Id => length(schema, "maxLength", 64)?,
    };
    Ok(Shape::Text(length(schema, "minLength", 0)?, high, form))
}

fn length(schema: &Map<String, Value>, key: &str, or: u64) -> Result<u64, String> {
    let bound = schema.get(key).map_or(Some(or), Value::as_u64);
    bound.ok_or_else(|| format!("`{key}` is no number"))
}

fn only(schema: &Map<String, Value>, known: &[&str]) -> Result<(), String> {
    let is_known = |key: &&String| known.contains(&key.as_str()) || NOTES.contains(&key.as_str());
    match schema.keys().find(|key| !is_known(key)) {
        Some(key) => Err(format!("the keyword `{key}` is not checked")),
        None => Ok(()),
    }
}
