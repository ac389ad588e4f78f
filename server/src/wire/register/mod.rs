//! What is told of many cases: event logs and trends.

mod object_log;
mod trends;

pub use object_log::{
    LogAttributeType, LogEvent, LogEventValue, LogObject, LogObjectValue, LogRelation, LogType,
    ObjectLog,
};
pub use trends::{TrendCase, TrendList, TrendSignal, TrendState, TrendValue, trend_list};
