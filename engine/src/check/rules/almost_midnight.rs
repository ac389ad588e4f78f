//! Opening hours end a minute before midnight.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use crate::time::Window;
use crate::time::WindowFault;

pub(crate) const CODE: Code = Code::error("almost-midnight");

/// The last minute of the day is outside a window that ends at 23:59.
pub(crate) fn almost_midnight(fault: &WindowFault, meant: &Window, span: Span) -> Diagnostic {
    Diagnostic::new(CODE, fault.to_string(), span, "closed from 23:59 to 24:00")
        .help(fault.help())
        .fix(format!("write `{meant}`"), span, format!("\"{meant}\""))
}
