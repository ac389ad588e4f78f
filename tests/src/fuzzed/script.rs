//! `rules.rhai`: read or refused; what is read is called, and every call ends.

use engine::diagnostic::Diagnostics;
use engine::script::{Library, NameSet, Scope, Signature, Type, Value};
use engine::text::{FileId, SourceSet, Span, Strings};
use rust_decimal::Decimal;

use super::pieces::check_faults;

const LEVELS: [&str; 3] = ["low", "medium", "high"];

/// Reads the bytes as `rules.rhai` of a protocol that declares `f(number)`, `g(text, level)` and
/// `h()`, and calls those.
///
/// # Panics
/// When the engine breaks its word.
pub fn script(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut scope = Scope::default();
    let names = LEVELS.map(str::to_owned).to_vec();
    let level = Type::Level(scope.add_set(NameSet { kind: "severity level".to_owned(), names }));
    let functions = [
        scope.add_function("f", vec![Type::Number], Type::Number),
        scope.add_function("g", vec![Type::Text, level], level),
        scope.add_function("h", Vec::new(), Type::Flag),
    ];
    let span = Span::whole(FileId(0));
    let declared = functions.map(|function| Signature { function, span });
    let mut faults = Diagnostics::default();
    // A script need not define all three: each is tried alone as well.
    let mut libraries = vec![Library::compile(text, FileId(0), &scope, &declared, &mut faults)];
    for one in declared.iter().filter(|_| faults.has_errors()) {
        let mut unheard = Diagnostics::default();
        libraries.push(Library::compile(text, FileId(0), &scope, &[*one], &mut unheard));
    }
    let sources = SourceSet::new("", [("rules.rhai".to_owned(), bytes.to_vec())]);
    check_faults(&faults, &sources);
    let mut strings = Strings::default();
    let word = Value::Text(strings.intern("größe"));
    let empty = Value::Text(strings.intern(""));
    for library in libraries.into_iter().flatten() {
        for number in [Decimal::from(7), Decimal::new(-25, 1), Decimal::MAX] {
            let _ = library.call(functions[0], &[Value::Number(number)], &strings);
        }
        let _ = library.call(functions[1], &[word, Value::Choice(1)], &strings);
        let _ = library.call(functions[1], &[empty, Value::Choice(0)], &strings);
        let _ = library.call(functions[2], &[], &strings);
    }
}
