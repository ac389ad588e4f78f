//! From the text of `rules.rhai` to functions that can be called.

use crate::diagnostic::Diagnostics;
use crate::script::FunctionId;
use crate::script::Located;
use crate::script::Place;
use crate::script::Scope;
use crate::script::library::check;
use crate::script::library::convert::Shape;
use crate::script::library::level;
use crate::script::library::numbers;
use crate::script::reading;
use crate::script::reading::Written;
use crate::script::rules;
use crate::script::sandbox;
use crate::text::FileId;
use crate::text::Span;
use rhai::AST;
use rhai::Engine;

/// The most bytes of `rules.rhai`. rhai counts lines and columns up to 65,535 only.
pub const SCRIPT_BYTES_MAX: usize = 64 * 1024 - 1;
/// The most brackets that may be open at once in `rules.rhai`.
const SCRIPT_BRACKETS_MAX: usize = 48;

/// A function that the protocol declares, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Its number in the scope.
    pub function: FunctionId,
    /// Where it is declared.
    pub span: Span,
}

/// The functions of a protocol, ready to be called.
#[derive(Debug)]
pub struct Library {
    pub(crate) engine: Engine,
    pub(crate) tree: AST,
    pub(crate) functions: Vec<Callable>,
}

/// A function that can be called, by its number.
#[derive(Debug)]
pub(crate) struct Callable {
    pub(crate) name: String,
    pub(crate) takes: Vec<Shape>,
    pub(crate) gives: Shape,
}

impl Library {
    /// Reads `rules.rhai` and holds it against the declared functions. Whatever is wrong is added
    /// to `out`; after an error there is no library.
    #[must_use]
    pub fn compile(
        text: &str,
        file: FileId,
        scope: &Scope,
        declared: &[Signature],
        out: &mut Diagnostics,
    ) -> Option<Self> {
        let place = Place::verbatim(file, 0, text);
        let written = Written::new(Located { text, place: &place });
        if let Some((span, what)) = too_much(&written) {
            out.push(rules::script_syntax(span, &what));
            return None;
        }
        let mut engine = sandbox::function_engine();
        numbers::register(&mut engine);
        level::register(&mut engine);
        let tree = match engine.compile(text) {
            Ok(tree) => tree,
            Err(error) => {
                let what = reading::words(&error.0);
                out.push(rules::script_syntax(written.span_at(error.1), &what));
                return None;
            }
        };
        if !check::fits(&tree, &written, scope, declared, out) {
            return None;
        }
        let functions = scope.functions().map(|(_, function)| Callable {
            name: function.name.clone(),
            takes: function.takes.iter().map(|of| Shape::new(*of, scope)).collect(),
            gives: Shape::new(function.gives, scope),
        });
        let functions = functions.collect();
        Some(Self { engine, tree, functions })
    }
}

/// What is too much for rhai to read safely.
fn too_much(written: &Written<'_>) -> Option<(Span, String)> {
    let located = written.located();
    let bytes = located.text.len();
    if bytes > SCRIPT_BYTES_MAX {
        let what = format!("it is {bytes} bytes long, but {SCRIPT_BYTES_MAX} is the most");
        return Some((located.place.span(0..1), what));
    }
    let mut open = 0usize;
    for (index, token) in written.tokens().iter().enumerate() {
        match token.text {
            "(" | "[" | "?[" | "{" | "#{" => open = open.saturating_add(1),
            ")" | "]" | "}" => open = open.saturating_sub(1),
            _ => {}
        }
        if open > SCRIPT_BRACKETS_MAX {
            let what = format!("more than {SCRIPT_BRACKETS_MAX} brackets are open");
            return Some((written.token_span(index), what));
        }
    }
    None
}
