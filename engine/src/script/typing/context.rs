//! What typing works with, and what it gives.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::script::Expr;
use crate::script::ExprKind;
use crate::script::RecordId;
use crate::script::Sandbox;
use crate::script::Scope;
use crate::script::Type;
use crate::script::Which;
use crate::script::reading::Extent;
use crate::script::reading::Written;
use crate::script::rules;
use crate::text::Span;

/// What typing works with.
pub(crate) struct Context<'a, 'o> {
    pub(crate) scope: &'a Scope,
    pub(crate) written: &'a Written<'a>,
    pub(crate) out: &'o mut Diagnostics,
    pub(crate) sandbox: &'a Sandbox,
    /// The entries that the closures around this place are about, the outer first.
    pub(crate) bound: Vec<Bound>,
    /// Whether this is the argument of `is_set`, which may name a personal value.
    pub(crate) asks_is_set: bool,
}

/// The entry that a closure is about.
pub(crate) struct Bound {
    pub(crate) name: String,
    pub(crate) record: RecordId,
}

/// What an expression is. Whole numbers are told apart only to find divisions that drop the rest
/// and sums that leave 64 bits, as they would in rhai.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Whole,
    Is(Type),
}

impl Kind {
    /// Whether it is a number or an amount of money.
    pub(crate) const fn is_number(self) -> bool {
        matches!(self, Self::Whole | Self::Is(Type::Number | Type::Money(_)))
    }

    /// As the rest of the engine calls it.
    pub(crate) const fn as_type(self) -> Type {
        match self {
            Self::Whole => Type::Number,
            Self::Is(of) => of,
        }
    }

    /// Whether it may stand where `wanted` is wanted.
    pub(crate) fn fits(self, wanted: Type, scope: &Scope) -> bool {
        match (self.as_type(), wanted) {
            (Type::Choice(a), Type::Choice(b)) | (Type::Level(a), Type::Level(b)) => {
                scope.same_names(a, b)
            }
            (Type::Number, Type::Money(_)) | (Type::Money(None), Type::Money(_)) => true,
            (Type::Money(_), Type::Money(None)) => true,
            (a, b) => a == b,
        }
    }
}

/// A typed expression and the tokens it is written with.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    pub(crate) expr: Expr,
    pub(crate) of: Kind,
    pub(crate) extent: Extent,
}

impl<'a, 'o> Context<'a, 'o> {
    /// Outside of all closures.
    pub(crate) const fn new(
        scope: &'a Scope,
        sandbox: &'a Sandbox,
        written: &'a Written<'a>,
        out: &'o mut Diagnostics,
    ) -> Self {
        Self { scope, written, out, sandbox, bound: Vec::new(), asks_is_set: false }
    }

    /// The entry and record that a name stands for in the closures around this place.
    pub(crate) fn entry(&self, name: &str) -> Option<(Which, RecordId)> {
        let mut entries = [Which::Outer, Which::Inner].into_iter().zip(&self.bound);
        let (which, bound) = entries.find(|(_, bound)| bound.name == name)?;
        Some((which, bound.record))
    }

    /// Adds a fault; gives nothing, so that it can end a function.
    pub(crate) fn refuse<T>(&mut self, found: Diagnostic) -> Option<T> {
        self.out.push(found);
        None
    }

    /// Refuses two things or one that stand where others are needed.
    pub(crate) fn unlike<T>(
        &mut self,
        extent: Extent,
        what: &str,
        help: Option<&str>,
    ) -> Option<T> {
        let span = self.written.span(self.written.balanced(extent));
        let label = "these do not go together";
        self.refuse(rules::unlike_types(span, what, label, help.map(str::to_owned)))
    }

    /// Refuses something that conditions may not contain.
    pub(crate) fn too_rich<T>(&mut self, span: Span, what: &str) -> Option<T> {
        let instead = "move this into a function in `rules.rhai` and call it here";
        self.refuse(rules::condition_too_rich(span, what, instead))
    }

    /// Puts a typed expression together; the extent is widened until its brackets match.
    pub(crate) fn make(&self, kind: ExprKind, of: Kind, extent: Extent) -> Typed {
        let extent = self.written.balanced(extent);
        Typed { expr: Expr { kind, span: self.written.span(extent) }, of, extent }
    }

    /// What an expression is, in the words of an author.
    pub(crate) fn describe(&self, typed: &Typed) -> String {
        self.scope.describe(typed.of.as_type())
    }

    /// An expression as its author wrote it, cut short when it is long.
    pub(crate) fn quote(&self, typed: &Typed) -> String {
        let text = self.written.text(typed.extent);
        if text.chars().count() <= QUOTED_CHARACTERS_MAX {
            return text.to_owned();
        }
        let short: String = text.chars().take(QUOTED_CHARACTERS_MAX).collect();
        format!("{short}…")
    }
}

/// The most characters of an author's expression that a message repeats.
const QUOTED_CHARACTERS_MAX: usize = 40;

/// Refuses what is no yes or no.
pub(crate) fn must_be_condition(context: &mut Context<'_, '_>, typed: Typed) -> Option<Typed> {
    if typed.of == Kind::Is(Type::Flag) {
        return Some(typed);
    }
    let what = context.describe(&typed);
    context.refuse(rules::not_a_condition(typed.expr.span, &what))
}

/// Refuses what is not of the wanted kind.
pub(crate) fn must_be(context: &mut Context<'_, '_>, typed: Typed, wanted: Type) -> Option<Typed> {
    if wanted == Type::Flag {
        return must_be_condition(context, typed);
    }
    if typed.of.fits(wanted, context.scope) {
        return Some(typed);
    }
    let given = context.describe(&typed);
    let needed = context.scope.describe(wanted);
    let what = format!("`{}` is {given}, but {needed} is needed here", context.quote(&typed));
    let label = format!("must be {needed}");
    context.refuse(rules::unlike_types(typed.expr.span, &what, &label, None))
}
