//! The words of the command line: a file for the commands over files, one for each group of
//! commands over kept cases.

mod cases;
mod kept;
mod register;
mod words;

pub(crate) use cases::{
    Case, CaseAllowed, CaseCommand, CaseEvent, CaseList, CaseOpen, CaseShow, CaseWords, Page,
    Reporting, Token, TokenCommand, TokenCreate, TokenList, TokenRevoke, Worklist,
};
pub(crate) use kept::{Serve, StoreWords};
pub(crate) use register::{Export, Import, Register, RegisterCommand, RegisterFormat};
pub(crate) use words::{
    AnswerFormat, Args, Assumed, Check, CheckFormat, Color, Command, Completions, Explain, Graph,
    GraphFormat, Letter, LetterFormat, Manual, New, Run, Test, TestFormat, When, command,
};
