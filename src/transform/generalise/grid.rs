use arrow::array::ArrayRef;

use crate::error::Result;
use crate::transform::number::{self, Beyond, Limits, Rounding, Unit};
use crate::transform::{Bound, Complaint, Params, Refusal, Rewritten, Rows, Site, Transform};

/// Latitudes or longitudes, in degrees, brought to the nearest point of a grid.
#[derive(Debug)]
pub(super) struct Grid {
    size: Unit,
    /// How far from 0 the degrees go.
    farthest: i64,
}

impl Grid {
    /// Takes what goes with `to = "grid"`. A mistake is told to `params`.
    pub(super) fn take(params: &mut Params<'_>) -> Option<Self> {
        let place = params.place("size");
        match (params.has("size"), params.has("decimals")) {
            (false, false) => params.missing(
                "`generalise` needs to know how wide the grid is",
                "write `size = 0.1`, in degrees, or `decimals = 1`",
            ),
            (true, true) => params.missing("the width of the grid is given twice", "leave out `size` or `decimals`"),
            _ => {}
        }
        let size = Unit::take(params, "size");
        let decimals = params.integer("decimals", 0, 12).map(|(_, decimals)| Unit::tenth(decimals as u8));
        let of = params.word("of", &[("latitude", 90), ("longitude", 180)]);
        let size = size.or(decimals)?;
        // A point beyond the poles, or two for the meridian of 180 degrees, would come of any other.
        if !size.divides(90) {
            let message = "a grid of this size does not end at 90 degrees";
            params.complain(Complaint::new(place, message).help("choose one that divides 90: 0.1, 0.25, 0.5, 1, 5"));
            return None;
        }
        Some(Self { size, farthest: of.map_or(180, |(_, farthest)| farthest) })
    }

    pub(super) fn bind(&self, site: &Site<'_>) -> Result<Bound, Refusal> {
        let range = Limits::between(-self.farthest, self.farthest).bind(site, "generalise", Beyond::Refused)?;
        let points = number::bind(site, "generalise", "size", self.size, Rounding::Nearest)?;
        Ok(Bound::same_type(site, ToGrid { range: range.transform, points: points.transform }))
    }
}

struct ToGrid {
    /// Takes out what is beyond the range.
    range: Box<dyn Transform>,
    points: Box<dyn Transform>,
}

impl Transform for ToGrid {
    fn apply(&self, values: &ArrayRef, rows: &Rows<'_>) -> Result<Rewritten> {
        let within = self.range.apply(values, rows)?;
        let mut made = self.points.apply(&within.values, rows)?;
        // What is null after the first is no value to the second, so that no place is in both.
        made.invalid.extend(within.invalid);
        made.invalid.sort_unstable();
        Ok(made)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{AsArray, Decimal128Array, Float64Array};
    use arrow::datatypes::{DataType, Decimal128Type, Float64Type};

    use super::*;
    use crate::transform::Value;
    use crate::transform::generalise::Generalise;
    use crate::transform::trial::{bind, complaints, run, run_texts};

    fn grid(more: &[(&'static str, Value)]) -> Vec<(&'static str, Value)> {
        [("to", Value::Text("grid".to_owned()))].into_iter().chain(more.iter().cloned()).collect()
    }

    fn latitude() -> (&'static str, Value) {
        ("of", Value::Text("latitude".to_owned()))
    }

    #[test]
    fn coordinates_become_the_nearest_point() {
        let tenth = grid(&[("decimals", Value::Integer(1))]);
        for (value, expected) in [
            ("48.858370", Some("48.900000")),
            ("2.294481", Some("2.300000")),
            ("-0.04", Some("0.00")),
            ("-0.05", Some("-0.10")),
            ("7", Some("7")),
            ("180.0", Some("180.0")),
            ("-179.96", Some("-180.00")),
            ("180.01", None),
            ("-200", None),
            ("48°51'N", None),
            ("", None),
        ] {
            assert_eq!(run_texts(&Generalise, &tenth, &[value]), [expected.map(str::to_owned)], "{value}");
            let size = grid(&[("size", Value::Float(0.1))]);
            assert_eq!(run_texts(&Generalise, &size, &[value]), [expected.map(str::to_owned)], "{value}");
        }
        let quarter = grid(&[("size", Value::Float(0.25)), latitude()]);
        let values: ArrayRef = Arc::new(Float64Array::from(vec![Some(48.85837), None, Some(90.5), Some(-89.9)]));
        let made = run(&Generalise, &quarter, values);
        let degrees: Vec<_> = made.values.as_primitive::<Float64Type>().iter().collect();
        assert_eq!((degrees, made.invalid), (vec![Some(48.75), None, None, Some(-90.0)], vec![2]));
        let values = Decimal128Array::from(vec![48_858_370, 91_000_000]).with_precision_and_scale(9, 6).unwrap();
        let made = run(&Generalise, &quarter, Arc::new(values));
        assert_eq!(made.values.as_primitive::<Decimal128Type>().value(0), 48_750_000);
        assert_eq!(made.invalid, [1]);
    }

    #[test]
    fn mistakes_are_told() {
        let size = |size| ("size", Value::Float(size));
        for (parameters, complained) in [
            (grid(&[]), 1),
            (grid(&[size(0.1), ("decimals", Value::Integer(1))]), 1),
            (grid(&[size(0.7)]), 1),
            (grid(&[size(0.0)]), 1),
            (grid(&[size(180.0)]), 1),
            (grid(&[("decimals", Value::Integer(-1))]), 1),
            (grid(&[size(0.1), ("of", Value::Text("height".to_owned()))]), 1),
            (grid(&[size(0.1), ("format", Value::Text("%Y-%m-%d".to_owned()))]), 1),
            (vec![("bucket", Value::Integer(5)), latitude()], 1),
            (grid(&[size(0.3), latitude()]), 0),
        ] {
            let complaints = complaints(&Generalise, &parameters);
            assert_eq!(complaints.len(), complained, "{parameters:?}: {complaints:?}");
        }
        assert!(bind(&Generalise, &grid(&[size(0.1)]), &DataType::Date32, None).is_err());
    }
}
