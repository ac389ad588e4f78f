//! What event logs look like.

mod object_log;

pub use object_log::{
    LogAttributeType, LogEvent, LogEventValue, LogObject, LogObjectValue, LogRelation, LogType,
    ObjectLog,
};
