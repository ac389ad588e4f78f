//! A small protocol's scope and the values of one case, for all tests.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::script::Currency;
use crate::script::Env;
use crate::script::Expr;
use crate::script::FaultKind;
use crate::script::FunctionId;
use crate::script::Located;
use crate::script::NameSet;
use crate::script::Place;
use crate::script::Sandbox;
use crate::script::Scope;
use crate::script::ScriptFault;
use crate::script::Type;
use crate::script::Value;
use crate::script::VariableId;
use crate::script::parse_condition;
use crate::text::FileId;
use crate::text::Span;
use crate::text::Strings;
use crate::text::Symbol;
use rust_decimal::Decimal;

fn set(scope: &mut Scope, kind: &str, names: &[&str]) -> crate::script::SetId {
    let names = names.iter().map(|it| (*it).to_owned()).collect();
    scope.add_set(NameSet { kind: kind.to_owned(), names })
}

/// The scope all tests read.
pub(super) fn scope() -> Scope {
    let mut scope = Scope::default();
    let levels = set(&mut scope, "severity level", &["low", "medium", "high", "critical"]);
    let harms = ["none", "minor", "serious"];
    let harm = set(&mut scope, "choice of `harm`", &harms);
    let may_become = set(&mut scope, "choice of `may_become`", &harms);
    let channels = set(&mut scope, "channel", &["phone", "email"]);
    let pounds = Type::Money(Some(Currency(1)));
    for (name, of) in [
        ("severity", Type::Level(levels)),
        ("harm", Type::Choice(harm)),
        ("may_become", Type::Choice(may_become)),
        ("channel", Type::Choice(channels)),
        ("channel.written", Type::Flag),
        ("amount", pounds),
        ("refund", pounds),
        ("fee_in_euro", Type::Money(Some(Currency(2)))),
        ("visits", Type::Number),
        ("vulnerable", Type::Flag),
        ("description", Type::Text),
        ("received_on", Type::Date),
        ("answered_on", Type::Date),
        ("complainant_name", Type::Personal),
    ] {
        scope.add_variable(name, of);
    }
    let met = scope.add_predicate("met", "deadline");
    scope.add_predicate_case(met, "acknowledge");
    scope.add_predicate_case(met, "answer");
    let sent = scope.add_predicate("sent", "letter");
    scope.add_predicate_case(sent, "final");
    let earlier = scope.add_predicate("history.cases", "period");
    scope.add_answer(earlier, "12 months", Type::Number);
    scope.add_function("risk", vec![Type::Number, Type::Level(levels)], Type::Number);
    scope.add_function("is_repeat", Vec::new(), Type::Flag);
    scope
}

/// Reads a condition that stands as `when = '''…'''` in a file.
pub(super) fn read(text: &str, out: &mut Diagnostics) -> Option<Expr> {
    let token = format!("'''{text}'''");
    let place = Place::of_token(FileId(0), BEFORE - 3, &token);
    parse_condition(&Sandbox::new(), &Located { text, place: &place }, &scope(), out)
}

/// Bytes of the file before the condition: `when = '''`.
pub(super) const BEFORE: usize = 10;

/// The part of a condition at a place in its file.
pub(super) fn part(text: &str, span: Span) -> &str {
    let range = span.range();
    text.get(range.start - BEFORE..range.end - BEFORE).unwrap()
}

/// Reads a condition that has no fault.
#[track_caller]
pub(super) fn good(text: &str) -> Expr {
    let mut out = Diagnostics::default();
    let expr = read(text, &mut out);
    expr.unwrap_or_else(|| panic!("{text}: {:?}", out.iter().map(|it| &it.message)))
}

/// The values of one case: `set` says which, as `name = value` separated by commas.
#[derive(Debug)]
pub(super) struct Case {
    values: BTreeMap<VariableId, Value>,
    strings: Strings,
}

impl Case {
    /// Reads values such as `amount = 120.50, harm = minor, vulnerable = true`.
    #[track_caller]
    pub(super) fn new(set: &str) -> Self {
        let scope = scope();
        let mut case = Self { values: BTreeMap::new(), strings: Strings::default() };
        for entry in set.split(", ").filter(|it| !it.is_empty()) {
            let (name, written) = entry.split_once(" = ").unwrap();
            let id = (0..).map(VariableId).find(|id| scope.variable(*id).unwrap().name == name);
            let of = scope.variable(id.unwrap()).unwrap().of;
            let value = match of {
                Type::Flag => Value::Flag(written == "true"),
                Type::Number | Type::Money(_) => Value::Number(written.parse::<Decimal>().unwrap()),
                Type::Text => Value::Text(case.strings.intern(written)),
                Type::Personal => Value::Slot(case.strings.intern(written)),
                Type::Date => Value::Date(written.parse().unwrap()),
                Type::Choice(set) | Type::Level(set) => {
                    Value::Choice(scope.set(set).unwrap().position(written).unwrap())
                }
            };
            case.values.insert(id.unwrap(), value);
        }
        case
    }
}

impl Env for Case {
    fn value(&self, variable: VariableId) -> Value {
        self.values.get(&variable).copied().unwrap_or(Value::Unset)
    }

    fn text(&self, symbol: Symbol) -> &str {
        self.strings.get(symbol)
    }

    fn call(&self, function: FunctionId, arguments: &[Value]) -> Result<Value, ScriptFault> {
        match (scope().function(function).unwrap().name.as_str(), arguments) {
            ("risk", [Value::Number(number), Value::Choice(level)]) => {
                Ok(Value::Number(*number * Decimal::from(*level)))
            }
            ("is_repeat", []) => Ok(Value::Flag(true)),
            _ => Err(ScriptFault::new(FaultKind::Function { function, message: "?".into() })),
        }
    }
}
