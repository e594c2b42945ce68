//! Data sets that bowdler made: what their manifests say, and whether it is so.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Gap;
use super::files::{FileForm, Target};
use super::treatment::Treatment;
use crate::format::Digest;
use crate::pipeline::{FileManifest, InputManifest, MANIFEST_NAME, Manifest};
use crate::rules::names::shown;
use crate::rules::{Encoding, Rules, is_told};

/// The largest manifest that is read, in bytes.
const LARGEST: u64 = 256 << 20;

/// What a manifest says of a file.
struct Entry {
    file: FileManifest,
    /// The digest of the rules that it was made with.
    rules: Arc<str>,
}

/// What manifests say of the files at hand.
#[derive(Default)]
pub(super) struct DataSets {
    /// By where the file is, and the name of the table in it, if it holds many.
    files: BTreeMap<(PathBuf, Option<String>), Entry>,
    /// Files that are manifests and were understood.
    manifests: BTreeSet<PathBuf>,
    /// Folders of which a manifest says what is in them.
    folders: BTreeSet<PathBuf>,
    /// The digests of the rules that the data sets were made with.
    rules: BTreeSet<String>,
}

impl DataSets {
    /// Reads the manifests that are among the files, and those that stand beside or above them.
    pub(super) fn find(targets: &[Target], gaps: &mut Vec<Gap>) -> Self {
        let mut sets = Self::default();
        let beside = |target: &Target| {
            let mut name = target.path.file_name().unwrap_or_default().to_owned();
            name.push(".");
            name.push(MANIFEST_NAME);
            target.path.with_file_name(name)
        };
        for target in targets {
            let folder = target.path.parent().unwrap_or_else(|| Path::new(""));
            if target.path.file_name().is_some_and(|name| name == MANIFEST_NAME) {
                sets.read(&target.path, &target.name, gaps);
                sets.folders.insert(folder.to_path_buf());
            } else if target.path == target.root.join(&target.relative) && !target.relative.contains('/') {
                for path in [beside(target), target.root.join(MANIFEST_NAME)] {
                    if path.is_file() && !sets.manifests.contains(&path) {
                        sets.read(&path, &target.name, gaps);
                    }
                }
            } else if beside(target).is_file() {
                sets.read(&beside(target), &target.name, gaps);
            }
        }
        sets
    }

    fn read(&mut self, path: &Path, name: &str, gaps: &mut Vec<Gap>) {
        let text = std::fs::metadata(path)
            .ok()
            .filter(|metadata| metadata.len() <= LARGEST)
            .and_then(|_| std::fs::read(path).ok());
        let Some(manifest) = text.and_then(|text| serde_json::from_slice::<Manifest>(&text).ok()) else {
            let message = "the manifest of the data set is none that this version of bowdler understands";
            gaps.push(Gap::grave(name, message, Some("judge the data without it: `--no-manifest`")));
            return;
        };
        let folder = path.parent().unwrap_or_else(|| Path::new(""));
        let alone = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(MANIFEST_NAME));
        let alone = alone.and_then(|name| name.strip_suffix('.')).filter(|name| !name.is_empty());
        let rules: Arc<str> = manifest.rules.as_str().into();
        self.rules.insert(manifest.rules);
        for file in manifest.files {
            let place = folder.join(alone.unwrap_or(&file.output.path));
            self.files.insert((place, file.member.clone()), Entry { file, rules: Arc::clone(&rules) });
        }
        self.manifests.insert(path.to_path_buf());
    }

    /// Whether there are any.
    pub(super) fn is_empty(&self) -> bool {
        self.manifests.is_empty()
    }

    /// Whether the file is a manifest.
    pub(super) fn is_manifest(&self, target: &Target) -> bool {
        self.manifests.contains(&target.path)
    }

    /// What a manifest says of the file.
    pub(super) fn of(&self, target: &Target) -> Option<&FileManifest> {
        self.entry(target).map(|entry| &entry.file)
    }

    fn entry(&self, target: &Target) -> Option<&Entry> {
        self.files.get(&(target.path.clone(), target.member().map(str::to_owned)))
    }

    /// The table of these rules that a manifest says the file is of, by its place; none, if the manifest tells of other
    /// rules.
    ///
    /// A manifest can be forged, and so can the name of a file, by the same people: what it says here is taken for no
    /// more than a name, and how the columns were treated is for the rules to say.
    pub(super) fn table(&self, target: &Target, rules: &Rules) -> Option<usize> {
        let entry = self.entry(target).filter(|entry| *entry.rules == *rules.digest())?;
        rules.tables().iter().position(|table| table.name == entry.file.table)
    }

    /// What a manifest says of the file that was made of this input.
    pub(super) fn made_of(&self, input: &Target) -> Option<&FileManifest> {
        let member = input.member();
        let mut files = self.files.values().map(|entry| &entry.file);
        files.find(|file| is_told(&file.input.path, input.file()) && file.member.as_deref() == member)
    }

    /// Whether the file is in a data set whose manifest says nothing of it.
    pub(super) fn is_stray(&self, target: &Target) -> bool {
        target.form != FileForm::Rest
            && self.of(target).is_none()
            && !self.is_manifest(target)
            && target.path.ancestors().skip(1).any(|folder| self.folders.contains(folder))
    }

    /// The files that should be there, and are not among these.
    pub(super) fn missing(&self, targets: &[Target]) -> Vec<(&Path, Option<&str>)> {
        let there: BTreeSet<(&Path, Option<&str>)> =
            targets.iter().map(|target| (target.path.as_path(), target.member())).collect();
        let expected = |path: &Path| path.ancestors().skip(1).any(|folder| self.folders.contains(folder));
        let told = self.files.keys().map(|(path, member)| (path.as_path(), member.as_deref()));
        told.filter(|told| expected(told.0) && !there.contains(told)).collect()
    }

    /// Whether some of it was made with other rules.
    pub(super) fn differ_from(&self, rules: &str) -> bool {
        self.rules.iter().any(|digest| digest != rules)
    }
}

/// Whether the file is, byte for byte, what the manifest tells of.
pub(super) fn is_as_told(file: &FileManifest, digest: &Digest) -> bool {
    file.output.bytes == digest.bytes && file.output.blake3 == digest.hash.to_hex().as_str()
}

/// The encoding of a file, as its manifest tells it; none, if it does not.
pub(super) fn encoding(file: &InputManifest) -> Option<Encoding> {
    Encoding::parse(file.encoding.as_deref()?)
}

/// How a leaf was treated, as the manifest tells it.
pub(super) fn treatment(file: &FileManifest, path: &str) -> Option<Treatment> {
    let told = shown(path, true);
    let column = file.columns.iter().find(|column| column.name == path || column.name == told)?;
    Some(Treatment::read(column.rule.as_deref()))
}
