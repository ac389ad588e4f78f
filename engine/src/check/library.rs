//! `rules.rhai`: the functions that conditions and values may call.

use crate::check::log::Log;
use crate::script::Library;
use crate::script::Located;
use crate::script::Place;
use crate::script::Scope;
use crate::syntax::Written;

/// The compiled functions; what is wrong in the file has been reported.
pub(crate) fn library(written: &Written, scope: &Scope, log: &mut Log<'_>) -> Library {
    let Some(file) = &written.script else {
        return Library::default();
    };
    let place = Place::verbatim(file.file, 0, &file.text);
    let located = Located { text: &file.text, place: &place };
    Library::compile(&located, scope, log.out())
}
