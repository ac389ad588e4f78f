//! JSON as it is taken here: UTF-8, no name twice in an object, not nested deeply.

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// How deep arrays and objects may lie in one another.
pub const DEPTH_MAX: u32 = 16;

/// Reads a body.
///
/// # Errors
/// What is wrong with it, as one fragment, with line and column where that is known.
pub fn parse(bytes: &[u8]) -> Result<Value, String> {
    if bytes.trim_ascii().is_empty() {
        return Err("the body is empty".to_owned());
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| format!("the body is not UTF-8 from byte {} on", error.valid_up_to()))?;
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Within(DEPTH_MAX).deserialize(&mut reader).map_err(|it| it.to_string())?;
    reader.end().map_err(|it| it.to_string())?;
    Ok(value)
}

/// Reads a value in which at most so many levels are left.
#[derive(Clone, Copy)]
struct Within(u32);

impl Within {
    fn deeper<E: serde::de::Error>(self) -> Result<Self, E> {
        let left = self.0.checked_sub(1);
        left.map(Self).ok_or_else(|| E::custom(format!("more than {DEPTH_MAX} levels are nested")))
    }
}

impl<'de> DeserializeSeed<'de> for Within {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Within {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("not a number"))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let inside = self.deeper()?;
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(inside)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let inside = self.deeper()?;
        let mut values = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let value = members.next_value_seed(inside)?;
            if values.contains_key(&name) {
                let shown: String = name.chars().take(40).collect();
                return Err(A::Error::custom(format!("`{shown}` stands twice in an object")));
            }
            values.insert(name, value);
        }
        Ok(Value::Object(values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &[u8], says: &str) {
        let said = parse(body).map(|it| it.to_string()).unwrap_or_else(|it| it);
        assert!(said.contains(says), "{said}");
    }

    #[test]
    fn what_json_holds_is_kept() {
        check(
            br#"{"a":[1,-2,"x",true,null],"b":{"c":1.5}}"#,
            r#"{"a":[1,-2,"x",true,null],"b":{"c":1.5}}"#,
        );
    }

    #[test]
    fn what_is_not_taken_is_said() {
        check(b"", "the body is empty");
        check(b" \n ", "the body is empty");
        check(b"{", "EOF while parsing");
        check(b"{} {}", "trailing characters");
        check(b"{\"a\": \"\xff\"}", "not UTF-8 from byte 7");
        check(br#"{"a": 1, "b": 2, "a": 3}"#, "`a` stands twice");
        check(br#"{"a": {"\u0061": 1, "a": 3}}"#, "`a` stands twice");
        check(br#"{"a": "\ud800"}"#, "hex escape");
        check(b"NaN", "expected");
        check(b"1e999", "number out of range");
        check(b"{\"a\": 1,}", "trailing comma");
        check(b"\xef\xbb\xbf{}", "expected value");
    }

    #[test]
    fn depth_has_an_end() {
        let deep = |n: usize| [vec![b'['; n], vec![b']'; n]].concat();
        assert!(parse(&deep(16)).is_ok());
        check(&deep(17), "more than 16 levels");
        check(&deep(1_000_000), "more than 16 levels");
    }
}
