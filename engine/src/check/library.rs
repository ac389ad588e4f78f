//! `rules.rhai`: the functions that conditions and values may call.

use crate::check::log::Log;
use crate::check::rules;
use crate::model::Function;
use crate::script::FunctionId;
use crate::script::Library;
use crate::script::Scope;
use crate::script::Signature;
use crate::syntax::Written;
use crate::text::FileId;

/// The compiled functions, none where there is no file. `None` where the file cannot be used; that
/// has been reported.
pub(crate) fn library(
    written: &Written,
    functions: &[Function],
    scope: &Scope,
    log: &mut Log<'_>,
) -> Option<Library> {
    let Some(file) = &written.script else {
        let known = |name: &str| functions.iter().any(|it| it.name == name);
        for function in written.functions.iter().filter(|it| known(&it.name.value)) {
            log.say(rules::no_script(&function.name));
        }
        return Library::compile("", FileId(0), &Scope::default(), &[], log.out());
    };
    let place = |name: &str| functions.iter().position(|it| it.name == name);
    let declared: Vec<Signature> = written
        .functions
        .iter()
        .filter_map(|it| {
            let place = u16::try_from(place(&it.name.value)?).ok()?;
            Some(Signature { function: FunctionId(place), span: it.name.span })
        })
        .collect();
    Library::compile(&file.text, file.file, scope, &declared, log.out())
}
