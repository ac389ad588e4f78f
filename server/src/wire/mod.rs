//! What bodies hold: one file a noun. The schemas that are published are those of these types.

mod allowed;
mod amendment;
mod case;
mod duty;
mod fact;
mod ledger;
mod manage;
mod refusal;
mod register;
mod report;
mod status;
mod timeline;
mod written;

pub use allowed::{Allowed, MayEvent, MayParty, allowed};
pub use amendment::{Amendment, AmendmentList, NewAmendment, amendment};
pub use case::{
    CaseList, CaseRow, CaseState, EntryState, ProtocolName, Shown, protocol_name, row, state,
};
pub use duty::{Duty, Worklist, WorklistRow, worklist_row};
pub use fact::{Fact, fact};
pub use ledger::{Counted, Ledger, LedgerLine, Letter, ledger};
pub use manage::{
    Activation, DeadLetter, DeadLetters, NewToken, NewWebhook, Protocol, ProtocolList,
    ProtocolUpload, Resent, SourceFile, Switch, Token, TokenList, TokenMade, Webhook, WebhookList,
    WebhookMade, protocol, token, webhook,
};
pub use refusal::{Refusal, Rule, refusal, rule};
pub use register::{
    LogAttributeType, LogEvent, LogEventValue, LogObject, LogObjectValue, LogRelation, LogType,
    ObjectLog, TrendCase, TrendList, TrendSignal, TrendState, TrendValue, trend_list,
};
pub use report::{
    Batch, BatchAnswer, BatchAnswers, BatchEvent, OpenCase, Opened, Report, Reported, Revision,
};
pub use status::{Status, Step};
pub use timeline::{
    FactEvent, FactOfCase, Stream, Timeline, TimelineDecision, TimelineEvent, facts, timeline,
};
pub use written::{FieldValue, Id, Moment, Name, Words, date, instant};
