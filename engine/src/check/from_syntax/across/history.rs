//! `[history]`, and what conditions ask of it.

use std::collections::BTreeMap;

use crate::check::log::Log;
use crate::check::look_up::known::Known;
use crate::check::look_up::names::Names;
use crate::check::look_up::script;
use crate::check::look_up::script::ReadWhile;
use crate::model::{Asked, FieldId, History, Question, RecordId, Variable};
use crate::script::{Scope, Takes, Type, asked_about};
use crate::syntax::Written;
use crate::time::parse_term;

/// The number of stops in force; the one question without a period.
const STOPS: &str = "history.stops";

/// Adds the questions that conditions ask of `history` to what may be read.
pub(crate) fn add_questions(
    written: &Written,
    names: &Names<'_>,
    scope: &mut Scope,
    meanings: &mut Vec<Variable>,
) -> Vec<Question> {
    let personal =
        |name: &str| written.fields.iter().any(|field| field.name.value == name && field.personal);
    let fields: Vec<String> =
        names.fields.iter().filter(|name| !personal(name)).map(str::to_owned).collect();
    let records: Vec<String> = names.records.iter().map(str::to_owned).collect();
    let predicates = [
        ("cases", vec![Takes::Period]),
        ("upheld", vec![Takes::Period]),
        ("same", vec![Takes::Name("field", fields.clone()), Takes::Period]),
        ("records", vec![Takes::Name("record", records.clone()), Takes::Period]),
    ];
    let predicates: BTreeMap<&str, _> = predicates
        .into_iter()
        .map(|(name, takes)| (name, scope.add_question(&format!("history.{name}"), takes)))
        .collect();
    let mut all: BTreeMap<(String, String), ()> = BTreeMap::new();
    let mut questions = Vec::new();
    let asked = written.asks_history.iter().flat_map(|text| asked_about("history", text));
    for (name, arguments) in asked {
        let Some(predicate) = predicates.get(name.as_str()) else { continue };
        let (asked, period) = match (name.as_str(), arguments.as_slice()) {
            ("cases", [period]) => (Asked::Cases, period),
            ("upheld", [period]) => (Asked::Upheld, period),
            ("same", [field, period]) if fields.contains(field) => {
                let Some(place) = names.fields.place(field) else { continue };
                (Asked::Same(FieldId::at(place)), period)
            }
            ("records", [record, period]) => {
                let Some(place) = names.records.place(record) else { continue };
                (Asked::Records(RecordId::at(place)), period)
            }
            _ => continue,
        };
        let Ok(within) = parse_term(period) else { continue };
        let argument = arguments.join("\", \"");
        if all.insert((name.clone(), argument.clone()), ()).is_some() {
            continue;
        }
        let place = u16::try_from(questions.len()).unwrap_or(u16::MAX);
        scope.add_answer(*predicate, &argument, Type::Number);
        meanings.push(Variable::History(place));
        let name = format!("history.{name}(\"{argument}\")");
        questions.push(Question { name, asked, within: Some(within) });
    }
    if written.asks_history.iter().any(|text| text.contains(STOPS)) {
        let place = u16::try_from(questions.len()).unwrap_or(u16::MAX);
        scope.add_variable(STOPS, Type::Number);
        meanings.push(Variable::History(place));
        let (name, asked) = (STOPS.to_owned(), Asked::Stops);
        questions.push(Question { name, asked, within: None });
    }
    questions
}

/// `[history]`.
pub(crate) fn history(questions: Vec<Question>, known: &Known<'_>, log: &mut Log<'_>) -> History {
    let Some(written) = &known.written.history else { return History { questions, upheld: None } };
    let rule = log.rule("history".to_owned(), written.span, &written.citation);
    let read = ReadWhile::Fields("another case is looked back at", true);
    let upheld = written.upheld.as_ref().and_then(|it| script::condition(it, read, known, log));
    History { questions, upheld: upheld.map(|it| (it, rule)) }
}
