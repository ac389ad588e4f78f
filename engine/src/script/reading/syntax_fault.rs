//! What rhai says when it cannot read a text, in words for authors.

use crate::diagnostic::Diagnostic;
use crate::script::reading::TokenKind;
use crate::script::reading::Written;
use crate::script::rules;
use rhai::LexError;
use rhai::ParseError;
use rhai::ParseErrorType;

/// The diagnostic for a condition that rhai cannot read.
pub(crate) fn of_condition(written: &Written<'_>, error: &ParseError) -> Diagnostic {
    let span = written.span_at(error.1);
    match &*error.0 {
        ParseErrorType::ExprTooDeep => rules::condition_too_rich(
            span,
            "so many parts",
            "give parts of it a name under `[conditions]`",
        ),
        ParseErrorType::MismatchedType(..) => {
            let token = written.token(written.at(error.1));
            let what = match token.map(|it| it.kind) {
                Some(TokenKind::Number) => "a number",
                Some(TokenKind::Text) => "a text",
                _ => "something else",
            };
            rules::not_a_condition(span, what)
        }
        other => rules::condition_syntax(span, &words(other), None, None),
    }
}

/// Why a text cannot be read, as one fragment.
pub(crate) fn words(error: &ParseErrorType) -> String {
    match error {
        ParseErrorType::UnexpectedEOF => "it ends too early".to_owned(),
        ParseErrorType::BadInput(error) => lexical(error),
        ParseErrorType::UnknownOperator(sign) => format!("`{sign}` means nothing here"),
        ParseErrorType::MissingToken(token, _) if token == ";" => {
            "`;` or the end of a block is missing".to_owned()
        }
        ParseErrorType::MissingToken(token, _) => format!("`{token}` is missing"),
        ParseErrorType::Reserved(word) => format!("`{word}` is reserved and cannot be a name"),
        ParseErrorType::ExprExpected(_)
        | ParseErrorType::PropertyExpected
        | ParseErrorType::VariableExpected
        | ParseErrorType::MissingSymbol(_) => "something is missing here".to_owned(),
        ParseErrorType::VariableUndefined(name) => format!("nothing here is called `{name}`"),
        ParseErrorType::FnDuplicatedDefinition(name, _) => {
            format!("function `{name}` is written twice")
        }
        ParseErrorType::FnMissingName => "the function has no name".to_owned(),
        ParseErrorType::FnMissingParams(name) => {
            format!("function `{name}` has no list of arguments")
        }
        ParseErrorType::FnMissingBody(name) => format!("function `{name}` has no body"),
        ParseErrorType::FnDuplicatedParam(name, argument) => {
            format!("function `{name}` has argument `{argument}` twice")
        }
        ParseErrorType::WrongFnDefinition => "a function stands inside another".to_owned(),
        ParseErrorType::TooManyFunctions => "there are too many functions".to_owned(),
        ParseErrorType::ExprTooDeep => "it is nested too deep".to_owned(),
        ParseErrorType::LoopBreak => "`break` and `continue` stand in loops only".to_owned(),
        ParseErrorType::LiteralTooLarge(..) => "a text or list is too long".to_owned(),
        ParseErrorType::MismatchedType(..) => "a yes or no is needed here".to_owned(),
        ParseErrorType::WrongSwitchDefaultCase => "`_` must be the last case".to_owned(),
        _ => "this is not expected here".to_owned(),
    }
}

fn lexical(error: &LexError) -> String {
    match error {
        LexError::UnterminatedString => "a text in quotes is not closed".to_owned(),
        LexError::StringTooLong(_) => "a text in quotes is too long".to_owned(),
        LexError::MalformedNumber(text) => format!("`{text}` is no number"),
        LexError::MalformedIdentifier(text) => {
            format!("`{text}` is no name: names have letters from a to z, digits and `_`")
        }
        LexError::MalformedEscapeSequence(text) => format!("`{text}` means nothing in a text"),
        LexError::UnexpectedInput(text) if !text.is_empty() => {
            format!("`{text}` is not expected here")
        }
        LexError::ImproperSymbol(text, _) if !text.is_empty() => {
            format!("`{text}` means nothing here")
        }
        _ => "this is not expected here".to_owned(),
    }
}
