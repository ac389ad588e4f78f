//! Calling a function.

use crate::script::FaultKind;
use crate::script::FunctionId;
use crate::script::Library;
use crate::script::ScriptFault;
use crate::script::Texts;
use crate::script::Value;
use rhai::CallFnOptions;
use rhai::Dynamic;
use rhai::EvalAltResult;
use rhai::Scope as Variables;

impl Library {
    /// Calls a function. The same arguments always give the same result.
    ///
    /// # Errors
    /// A fault when the function stops, gives something else than it declares, or uses more than
    /// a call may.
    pub fn call(
        &self,
        function: FunctionId,
        arguments: &[Value],
        texts: &dyn Texts,
    ) -> Result<Value, ScriptFault> {
        let stopped = |message: &str| {
            ScriptFault::new(FaultKind::Function { function, message: message.into() })
        };
        let Some(callable) = self.functions.get(usize::from(function.0)) else {
            return Err(stopped("does not exist"));
        };
        if arguments.len() != callable.takes.len() {
            return Err(stopped("was called with another number of arguments"));
        }
        let arguments: Option<Vec<Dynamic>> = callable
            .takes
            .iter()
            .zip(arguments)
            .map(|(shape, value)| shape.to_script(*value, texts))
            .collect();
        let arguments = arguments.ok_or_else(|| stopped("was called with an unset value"))?;
        let options = CallFnOptions::new().eval_ast(false).rewind_scope(true);
        let mut variables = Variables::new();
        let given: Result<Dynamic, Box<EvalAltResult>> = self.engine.call_fn_with_options(
            options,
            &mut variables,
            &self.tree,
            &callable.name,
            arguments,
        );
        match given {
            Ok(given) => callable.gives.read_back(&given, texts).map_err(|why| stopped(&why)),
            Err(error) => Err(ScriptFault::new(fault(function, &error))),
        }
    }
}

/// What rhai says went wrong, with the line of `rules.rhai` where it did.
fn fault(function: FunctionId, error: &EvalAltResult) -> FaultKind {
    let limit = |of| FaultKind::Limit { function, of };
    let line = error.position().line();
    let stopped = |what: String| {
        let message = match line {
            Some(line) => format!("{what}, in line {line} of `rules.rhai`"),
            None => what,
        };
        FaultKind::Function { function, message: message.into() }
    };
    match error {
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _) => fault(function, inner),
        EvalAltResult::ErrorTooManyOperations(_) => limit("steps"),
        EvalAltResult::ErrorStackOverflow(_) => limit("nested calls"),
        EvalAltResult::ErrorDataTooLarge(..) | EvalAltResult::ErrorTooManyVariables(_) => {
            limit("memory")
        }
        EvalAltResult::ErrorRuntime(thrown, _) => stopped(format!("stopped with `{thrown}`")),
        EvalAltResult::ErrorArithmetic(..) => {
            stopped("divided by zero or calculated a number that is too large".to_owned())
        }
        EvalAltResult::ErrorFunctionNotFound(..) => {
            stopped("combined values that do not go together".to_owned())
        }
        EvalAltResult::ErrorMismatchDataType(..) | EvalAltResult::ErrorMismatchOutputType(..) => {
            stopped("used a value as something that it is not".to_owned())
        }
        EvalAltResult::ErrorArrayBounds(..)
        | EvalAltResult::ErrorStringBounds(..)
        | EvalAltResult::ErrorIndexNotFound(..)
        | EvalAltResult::ErrorPropertyNotFound(..) => {
            stopped("looked for something that is not there".to_owned())
        }
        _ => stopped("could not go on".to_owned()),
    }
}
