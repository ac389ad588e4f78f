//! Licences of the locked dependencies stand in a short list.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::finding::Finding;
use crate::rules::spdx;

/// Licences that any dependency may have.
const ALLOWED: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];
/// Licences that one dependency may have: (package, licence). The string type of rhai is
/// copyleft by file; we use it unchanged.
const ALLOWED_FOR: [(&str, &str); 1] = [("smartstring", "MPL-2.0+")];

const LOCK: &str = "Cargo.lock";

/// One line per dependency, as locked for this kind of machine, whose licence is not in the list.
/// Packages for other machines are left to `cargo deny`, because cargo cannot describe what
/// it has not fetched.
///
/// # Errors
///
/// Cargo cannot say what the dependencies are.
pub(crate) fn findings(root: &Path) -> Result<Vec<Finding>> {
    let host = host()?;
    let words = ["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform"];
    let output = Command::new("cargo").args(words).arg(&host).current_dir(root).output();
    let output = output.context("cargo cannot be started")?;
    if !output.status.success() {
        bail!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let metadata: Value =
        serde_json::from_slice(&output.stdout).context("cargo metadata is not JSON")?;
    Ok(in_metadata(&metadata))
}

fn host() -> Result<String> {
    let output = Command::new("rustc").arg("-vV").output().context("rustc cannot be started")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc does not say its host")
}

fn in_metadata(metadata: &Value) -> Vec<Finding> {
    let packages = metadata.get("packages").and_then(Value::as_array);
    let mut found = Vec::new();
    for package in packages.into_iter().flatten() {
        let text = |key: &str| package.get(key).and_then(Value::as_str).unwrap_or_default();
        let (name, version, licence) = (text("name"), text("version"), text("license"));
        let is_allowed = |it: &str| ALLOWED.contains(&it) || ALLOWED_FOR.contains(&(name, it));
        if !spdx::is_met(licence, &is_allowed) {
            let said = if licence.is_empty() { "no licence" } else { licence };
            let what = format!("{name} {version} has {said}, which is not in the list");
            found.push(Finding::whole(LOCK, what));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::in_metadata;
    use crate::finding::Finding;

    #[track_caller]
    fn check(name: &str, licence: Option<&str>, expected: &[&str]) {
        let metadata =
            json!({ "packages": [{ "name": name, "version": "1.0.0", "license": licence }] });
        let found: Vec<String> = in_metadata(&metadata).iter().map(Finding::to_string).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_listed_licence_is_fine() {
        check("a", Some("MIT OR Apache-2.0"), &[]);
    }

    #[test]
    fn an_unlisted_licence_is_found() {
        let found = ["Cargo.lock:1: a 1.0.0 has GPL-3.0, which is not in the list"];
        check("a", Some("GPL-3.0"), &found);
    }

    #[test]
    fn an_exception_holds_for_its_package_alone() {
        check("smartstring", Some("MPL-2.0+"), &[]);
        let found = ["Cargo.lock:1: a 1.0.0 has MPL-2.0+, which is not in the list"];
        check("a", Some("MPL-2.0+"), &found);
    }

    #[test]
    fn a_dependency_without_a_licence_is_found() {
        check("a", None, &["Cargo.lock:1: a 1.0.0 has no licence, which is not in the list"]);
    }
}
