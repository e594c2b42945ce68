//! What the tests of transforms share: a rule is read, bound and run as a plan does it, and held to what every
//! transform promises.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, StringViewArray};
use arrow::compute::concat;
use arrow::datatypes::DataType;

use super::{
    Bound, Columns, Complaint, Params, Recipe, Refusal, Rewritten, Rows, Section, Site, Subject, Transform,
    TransformKind, Value,
};
use crate::key::{Key, Keyring, Suite};

/// The subject of every column here.
pub(super) const SUBJECT: Subject<'static> = Subject { column: "customer_id", domain: None };

/// Reads a rule. Parameter `n` of those given stands at byte `10 * n`.
pub(super) fn recipe(
    kind: &dyn TransformKind,
    parameters: &[(&str, Value)],
) -> Result<Box<dyn Recipe>, Vec<Complaint>> {
    let place = |index: usize| 10 * index..10 * index + 1;
    let fields = parameters
        .iter()
        .enumerate()
        .map(|(index, (name, value))| ((*name).to_owned(), (place(index), value.clone())))
        .collect();
    let domains = BTreeMap::new();
    let mut params = Params::new(Section::new(0..100, fields), "table.column".to_owned(), &domains);
    let recipe = kind.parse(&mut params);
    let complaints = params.into_section().finish();
    match recipe {
        Some(recipe) if complaints.is_empty() => Ok(recipe),
        _ => Err(complaints),
    }
}

/// The complaints about a rule that can't be read: where, and what about.
pub(super) fn complaints(kind: &dyn TransformKind, parameters: &[(&str, Value)]) -> Vec<(usize, String)> {
    let complaints = recipe(kind, parameters).err().unwrap_or_default();
    complaints.into_iter().map(|complaint| (complaint.span.start, complaint.message)).collect()
}

/// Binds a rule to a column, under the key of 32 zero bytes.
pub(super) fn bind(
    kind: &dyn TransformKind,
    parameters: &[(&str, Value)],
    data_type: &DataType,
    subject: Option<Subject<'_>>,
) -> Result<Bound, Refusal> {
    let keys = Keyring::new(Key::from_bytes([0; 32]), Suite::Sha256);
    let site = Site { table: "table", column: "column", data_type, subject, fill_nulls: false, keys: &keys };
    recipe(kind, parameters).expect("a rule without mistakes").bind(&site)
}

/// Runs a rule over a column, all rows of which belong to subject `42`.
pub(super) fn run(kind: &dyn TransformKind, parameters: &[(&str, Value)], values: ArrayRef) -> Rewritten {
    let bound = bind(kind, parameters, values.data_type(), Some(SUBJECT)).expect("a column that the rule can treat");
    let subjects: ArrayRef = Arc::new(StringViewArray::from_iter_values(vec!["42"; values.len()]));
    apply(&*bound.transform, &values, &Columns::from([(SUBJECT.column.to_owned(), subjects)]))
}

/// Runs a rule over texts. A value that does not conform comes back as `None`, as a null does.
pub(super) fn run_texts(kind: &dyn TransformKind, parameters: &[(&str, Value)], texts: &[&str]) -> Vec<Option<String>> {
    let made = run(kind, parameters, Arc::new(StringViewArray::from_iter_values(texts)));
    made.values.as_string_view().iter().map(|text| text.map(str::to_owned)).collect()
}

/// Applies a transform to whole columns, and holds it to what every transform promises: the type and the length are
/// kept, a null stays null, a value is null if and only if it does not conform, buffers are zero under a null, and
/// it makes no difference how the rows are cut into batches.
pub(super) fn apply(transform: &dyn Transform, values: &ArrayRef, originals: &Columns) -> Rewritten {
    let none = Columns::new();
    let whole = transform.apply(values, &Rows::new(0, None, originals, &none)).expect("a kernel for this type");
    assert_eq!((whole.values.data_type(), whole.values.len()), (values.data_type(), values.len()));
    for index in 0..values.len() {
        let conforms = !whole.invalid.contains(&index);
        assert_eq!(whole.values.is_valid(index), values.is_valid(index) && conforms, "value {index}");
        assert!(values.is_valid(index) || conforms, "null {index} is called invalid");
    }
    assert!(whole.invalid.is_sorted());
    assert_zero_under_nulls(&whole.values);
    for length in 1..=values.len().min(4) {
        let mut pieces = Vec::new();
        let mut invalid = Vec::new();
        for first in (0..values.len()).step_by(length) {
            let length = length.min(values.len() - first);
            let cut = |column: &ArrayRef| column.slice(first, length);
            let originals = originals.iter().map(|(name, column)| (name.clone(), cut(column))).collect();
            let piece = transform.apply(&cut(values), &Rows::new(first as u64, None, &originals, &none)).unwrap();
            invalid.extend(piece.invalid.iter().map(|index| first + index));
            pieces.push(piece.values);
        }
        let pieces: Vec<&dyn Array> = pieces.iter().map(|piece| piece.as_ref()).collect();
        assert_eq!((&concat(&pieces).unwrap(), &invalid), (&whole.values, &whole.invalid), "batches of {length}");
    }
    whole
}

fn assert_zero_under_nulls(values: &ArrayRef) {
    let data = values.to_data();
    let width = values.data_type().primitive_width().unwrap_or(size_of::<u128>());
    for (index, bytes) in data.buffers()[0].as_slice().chunks(width).take(values.len()).enumerate() {
        assert!(values.is_valid(index) || bytes.iter().all(|byte| *byte == 0), "something is left under null {index}");
    }
}
