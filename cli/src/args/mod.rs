//! The words of the command line: a file for the commands over files, one for each group of
//! commands over kept cases.

mod calendar;
mod cases;
mod doc;
mod files;
mod keeping;
mod kept;
mod register;
mod report;
mod trends;
mod verify;
mod words;

pub(crate) use calendar::{Calendar, CalendarAmend, CalendarCommand, CalendarList};
pub(crate) use cases::{
    Case, CaseAllowed, CaseCommand, CaseEvent, CaseList, CaseOpen, CaseShow, CaseWords, Page,
    Reporting, Token, TokenCommand, TokenCreate, TokenList, TokenRevoke, Worklist,
};
pub(crate) use doc::{Doc, DocFormat};
pub(crate) use files::{Fmt, Schema};
pub(crate) use keeping::{
    Audit, AuditAnchor, AuditCommand, AuditVerify, Erase, Store, StoreBackup, StoreCheck,
    StoreCommand, StoreMigrate, StoreRestore,
};
pub(crate) use kept::{Serve, StoreWords};
pub(crate) use register::{
    Export, Import, Register, RegisterCommand, RegisterFormat, RegisterWords, Template,
};
pub(crate) use report::{Report, ReportFormat};
pub(crate) use trends::Trends;
pub(crate) use verify::{Budget, Verify, VerifyFormat};
pub(crate) use words::{
    AnswerFormat, Args, Assumed, Check, CheckFormat, Color, Command, Completions, Explain, Graph,
    GraphFormat, Letter, LetterFormat, Manual, New, Run, Show, Test, TestFormat, When, command,
};
