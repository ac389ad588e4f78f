//! A checked condition: every name is resolved, every comparison is between like things.

use crate::script::ArithmeticOp;
use crate::script::CompareOp;
use crate::script::Compared;
use crate::script::FunctionId;
use crate::script::Quantifier;
use crate::script::RecordId;
use crate::script::TextTest;
use crate::script::Value;
use crate::script::VariableId;
use crate::script::Which;
use crate::text::Span;
use rust_decimal::Decimal;

/// A checked expression and where it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Its place in the file.
    pub span: Span,
}

/// One branch of a `switch`: the constants it is for, and what it gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Arm {
    /// The constants.
    pub on: Constants,
    /// What it gives.
    pub gives: Expr,
}

/// Constants of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constants {
    /// Flags, numbers, positions or dates.
    Values(Box<[Value]>),
    /// Texts.
    Texts(Box<[Box<str>]>),
}

/// A field of one entry of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryValue {
    /// The record.
    pub record: RecordId,
    /// Which entry.
    pub entry: Which,
    /// The place of the field in the record.
    pub field: u16,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// A flag, number, position or date that is written out.
    Const(Value),
    /// A text that is written out.
    Text(Box<str>),
    /// The value of a variable.
    Var(VariableId),
    /// Whether a variable has a value.
    IsSet(VariableId),
    /// A variable against a number.
    VarNumber {
        /// How.
        op: CompareOp,
        /// The left side.
        variable: VariableId,
        /// The right side.
        constant: Decimal,
    },
    /// A variable against a position in its set.
    VarIndex {
        /// How.
        op: CompareOp,
        /// The left side.
        variable: VariableId,
        /// The right side.
        constant: u16,
    },
    /// Any other comparison.
    Compare {
        /// How.
        op: CompareOp,
        /// What both sides are.
        compared: Compared,
        /// The left side, evaluated first.
        left: Box<Expr>,
        /// The right side.
        right: Box<Expr>,
    },
    /// All hold; later ones are read only while the earlier hold.
    And(Box<[Expr]>),
    /// One holds; later ones are read only while the earlier do not.
    Or(Box<[Expr]>),
    /// It does not hold.
    Not(Box<Expr>),
    /// The value is one of a list of constants.
    In {
        /// The value.
        item: Box<Expr>,
        /// The list.
        list: Constants,
    },
    /// `if a { b } else { c }`
    If {
        /// Decides.
        condition: Box<Expr>,
        /// Given when it holds.
        then: Box<Expr>,
        /// Given when it does not.
        otherwise: Box<Expr>,
    },
    /// `switch a { constants => b, _ => c }`; covers every value.
    Switch {
        /// Decides.
        item: Box<Expr>,
        /// The first arm with the value is taken.
        arms: Box<[Arm]>,
        /// Given when no arm has the value; absent when the arms cover everything.
        otherwise: Option<Box<Expr>>,
    },
    /// A calculation.
    Arithmetic {
        /// What.
        op: ArithmeticOp,
        /// Both sides are whole numbers, and so is the result, which must fit in 64 bits.
        whole: bool,
        /// The left side, evaluated first.
        left: Box<Expr>,
        /// The right side.
        right: Box<Expr>,
    },
    /// The number with the other sign.
    Negative(Box<Expr>),
    /// A question about a text.
    TextTest {
        /// Which.
        test: TextTest,
        /// The text.
        text: Box<Expr>,
        /// The part.
        part: Box<Expr>,
    },
    /// The length of a text in characters (Unicode scalar values).
    TextLength(Box<Expr>),
    /// Whether a text has no characters.
    TextIsEmpty(Box<Expr>),
    /// A call of a function of `rules.rhai`.
    Call(FunctionId, Box<[Expr]>),
    /// Whether a record has no entries.
    NoEntries(RecordId),
    /// How many entries a record has.
    EntryCount(RecordId),
    /// A condition asked of each entry of a record.
    Entries {
        /// Which record.
        record: RecordId,
        /// What is asked.
        asked: Quantifier,
        /// Whether the closure stands alone ([`Which::Outer`]) or in another ([`Which::Inner`]).
        entry: Which,
        /// The condition, asked of each entry in order until the answer is known.
        condition: Box<Expr>,
        /// How many parts the condition has; each counts against what one evaluation may cost.
        parts: u32,
    },
    /// A field of an entry.
    EntryField(EntryValue),
    /// Whether a field of an entry has a value; false where the entry does not exist.
    IsEntryFieldSet(EntryValue),
}

impl Expr {
    /// Visits this expression and all inside it, outer before inner, left before right.
    pub fn walk<'e>(&'e self, visit: &mut dyn FnMut(&'e Self)) {
        visit(self);
        self.each_child(&mut |child| child.walk(visit));
    }

    /// Visits the direct parts, left before right.
    pub fn each_child<'e>(&'e self, visit: &mut dyn FnMut(&'e Self)) {
        match &self.kind {
            ExprKind::Const(_)
            | ExprKind::Text(_)
            | ExprKind::Var(_)
            | ExprKind::IsSet(_)
            | ExprKind::VarNumber { .. }
            | ExprKind::VarIndex { .. }
            | ExprKind::NoEntries(_)
            | ExprKind::EntryCount(_)
            | ExprKind::EntryField(_)
            | ExprKind::IsEntryFieldSet(_) => {}
            ExprKind::Compare { left, right, .. } | ExprKind::Arithmetic { left, right, .. } => {
                visit(left);
                visit(right);
            }
            ExprKind::And(parts) | ExprKind::Or(parts) | ExprKind::Call(_, parts) => {
                parts.iter().for_each(visit);
            }
            ExprKind::Not(inner)
            | ExprKind::Negative(inner)
            | ExprKind::TextLength(inner)
            | ExprKind::TextIsEmpty(inner)
            | ExprKind::In { item: inner, .. }
            | ExprKind::Entries { condition: inner, .. } => visit(inner),
            ExprKind::If { condition, then, otherwise } => {
                visit(condition);
                visit(then);
                visit(otherwise);
            }
            ExprKind::Switch { item, arms, otherwise } => {
                visit(item);
                arms.iter().for_each(|arm| visit(&arm.gives));
                if let Some(otherwise) = otherwise {
                    visit(otherwise);
                }
            }
            ExprKind::TextTest { text, part, .. } => {
                visit(text);
                visit(part);
            }
        }
    }

    /// The texts that are written out where a value is given. Whoever evaluates the expression
    /// for a text must have a symbol for each.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        let mut found = Vec::new();
        self.walk(&mut |expr| {
            if let ExprKind::Text(text) = &expr.kind {
                found.push(&**text);
            }
        });
        found
    }
}
