//! Personal values are kept for ever.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::syntax::Written;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::warning("personal-without-retention");

/// Reports every personal field that no entry of `[retention]` is about, those of records as well;
/// the first alone where there are no such entries at all.
pub(crate) fn personal_without_retention(written: &Written, out: &mut Diagnostics) {
    let named = || written.retention.iter().flat_map(|it| &it.what);
    if named().any(|it| it.value == "personal") {
        return;
    }
    let of_case = written.fields.iter().map(|it| (it, it.name.value.clone()));
    let of_records = written.records.iter().flat_map(|record| {
        let name = format!("record:{}", record.name.value);
        record.fields.iter().map(move |it| (&it.field, name.clone()))
    });
    let personal = of_case.chain(of_records).filter(|(field, _)| field.personal);
    let mut kept = personal.filter(|(_, what)| !named().any(|it| it.value == *what));
    if written.retention.is_empty() {
        kept.next().into_iter().for_each(|(field, _)| out.push(nothing_at_all(&field.name)));
        return;
    }
    for (field, what) in kept {
        let message = format!("nothing says how long `{}` is kept", field.name.value);
        let label = "this personal value would never be erased";
        out.push(
            Diagnostic::new(CODE, message, field.name.span, label)
                .help(format!("add `{what}` to `what` of one of `[retention]`")),
        );
    }
}

fn nothing_at_all(name: &Spanned<String>) -> Diagnostic {
    let message = "the protocol does not say how long personal values are kept";
    let label = "this and every other personal value would never be erased";
    Diagnostic::new(CODE, message, name.span, label).help(
        "add `[retention.persons]` with `what = \"personal\"`, `keep = \"2 years\"` and \
         `after = \"stage:…\"`",
    )
}
