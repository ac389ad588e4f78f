//! What every place must do, over SQLite.

use crate::cases::Place;
use crate::place_tests::{Fresh, every_place};
use crate::sqlite::Sqlite;
use crate::test_folder::Folder;
use std::sync::atomic::{AtomicU32, Ordering};

struct InFolder {
    place: Sqlite,
    _folder: Folder,
}

impl Fresh for InFolder {
    fn place(&self) -> &dyn Place {
        &self.place
    }
}

static FOLDERS: AtomicU32 = AtomicU32::new(0);

#[expect(clippy::unnecessary_wraps, reason = "another database may be missing")]
fn fresh() -> Option<Box<dyn Fresh>> {
    let folder = FOLDERS.fetch_add(1, Ordering::Relaxed);
    let folder = Folder::new(&format!("sqlite-{folder}"), &[]);
    let place = Sqlite::open(&folder.0.join("cases.sqlite")).unwrap();
    Some(Box::new(InFolder { place, _folder: folder }))
}

every_place!(super::fresh);
