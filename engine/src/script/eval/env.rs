//! Where values come from.

use crate::script::FunctionId;
use crate::script::RecordId;
use crate::script::ScriptFault;
use crate::script::Value;
use crate::script::VariableId;
use crate::text::Symbol;

/// Where an evaluation finds values.
pub trait Env {
    /// The value of a variable, of the kind it was declared with, or [`Value::Unset`].
    fn value(&self, variable: VariableId) -> Value;

    /// How many entries a record has; none unless said otherwise.
    fn entries(&self, _record: RecordId) -> u16 {
        0
    }

    /// A field of an entry of a record, of the kind it was declared with, or [`Value::Unset`].
    /// Entry 0 was added first; `field` is the place of the field in the record.
    fn entry_value(&self, _record: RecordId, _entry: u16, _field: u16) -> Value {
        Value::Unset
    }

    /// The text of a symbol.
    fn text(&self, symbol: Symbol) -> &str;

    /// The symbol of a text that is written out in an expression (see [`Expr::texts`](crate::script::Expr::texts)). Needed
    /// only where an expression gives a text or hands one to a function.
    fn symbol(&self, _text: &str) -> Option<Symbol> {
        None
    }

    /// Calls a function of `rules.rhai`.
    ///
    /// # Errors
    /// The fault of the function.
    fn call(&self, function: FunctionId, arguments: &[Value]) -> Result<Value, ScriptFault>;
}
