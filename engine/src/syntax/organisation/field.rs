//! `[fields]`: the columns of the register.

use crate::syntax::Literal;
use crate::syntax::Names;
use crate::syntax::table::Table;
use crate::text::Span;
use crate::text::Spanned;

/// One entry of `[fields]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: Spanned<String>,
    /// Its type: `text`, `choice`, `flag`, `number`, `money`, `date`. Required; written as `type`.
    pub kind: Option<Spanned<String>>,
    /// Its name for people.
    pub title: Option<Spanned<String>>,
    /// Whether the opening must bring it.
    pub required: bool,
    /// Its value until an event brings another.
    pub default: Option<Spanned<Literal>>,
    /// The values of a choice, in order; `None` was left out.
    pub of: Option<Names>,
    /// The currency of an amount of money.
    pub currency: Option<Spanned<String>>,
    /// Whether it is personal data.
    pub personal: bool,
    /// The only roles that read it; empty where everybody does.
    pub read_by: Names,
    /// The name of the entry.
    pub span: Span,
    /// Whether a key of it could not be read, so that nothing should be said to be missing.
    pub broken: bool,
}

/// Reads one entry of `[fields]`.
pub(crate) fn read(name: Spanned<String>, table: &mut Table<'_, '_>) -> Field {
    let mut field = common(name, table);
    field.required = table.flag("required");
    field.read_by = table.some_names("read_by");
    field.broken = table.broken;
    field
}

/// Reads what a field of a case and one of an entry both may say. Whether it is broken is known
/// once all of it is read.
pub(crate) fn common(name: Spanned<String>, table: &mut Table<'_, '_>) -> Field {
    table.requires(&["type"]);
    Field {
        name,
        kind: table.name("type"),
        title: table.text("title"),
        required: false,
        default: table.literal("default"),
        of: table.entry("of").map(|_| table.some_names("of")),
        currency: table.name("currency"),
        personal: table.flag("personal"),
        read_by: Names::new(),
        span: table.span,
        broken: false,
    }
}
