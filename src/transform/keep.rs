use super::{
    Bound, Example, Fate, Makes, Parameter, Params, Properties, Recipe, Refusal, Site, TransformKind, TypeClass,
};

/// `keep`: the only way a value stays.
pub(super) struct Keep;

/// `drop`: the column is not in the output.
pub(super) struct Drop;

impl TransformKind for Keep {
    fn name(&self) -> &'static str {
        "keep"
    }

    fn summary(&self) -> &'static str {
        "the column stays as it is, byte for byte where the format allows"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[]
    }

    fn takes(&self) -> &'static [TypeClass] {
        TypeClass::ALL
    }

    fn makes(&self) -> Makes {
        Makes::Source
    }

    fn properties(&self) -> Properties {
        Properties {
            deterministic: true,
            reversible: true,
            unique: true,
            keeps_length: true,
            keeps_type: true,
            keeps_format: true,
            always_differs: false,
            leaks: "everything: the values are the source's",
        }
    }

    fn example(&self) -> Example {
        Example { rule: r#""keep""#, source: "2026-10-03", result: Some("2026-10-03") }
    }

    fn parse(&self, _: &mut Params<'_>) -> Option<Box<dyn Recipe>> {
        Some(Box::new(WithoutKernel { fate: Fate::Keep, properties: self.properties() }))
    }
}

impl TransformKind for Drop {
    fn name(&self) -> &'static str {
        "drop"
    }

    fn summary(&self) -> &'static str {
        "the column is not in the output"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[]
    }

    fn takes(&self) -> &'static [TypeClass] {
        TypeClass::ALL
    }

    fn makes(&self) -> Makes {
        Makes::NoColumn
    }

    fn properties(&self) -> Properties {
        Properties {
            deterministic: true,
            reversible: false,
            unique: false,
            keeps_length: false,
            keeps_type: false,
            keeps_format: false,
            always_differs: true,
            leaks: "nothing",
        }
    }

    fn example(&self) -> Example {
        Example { rule: r#""drop""#, source: "078-05-1120", result: None }
    }

    fn parse(&self, _: &mut Params<'_>) -> Option<Box<dyn Recipe>> {
        Some(Box::new(WithoutKernel { fate: Fate::Drop, properties: self.properties() }))
    }
}

/// A column that no kernel touches.
#[derive(Debug)]
struct WithoutKernel {
    fate: Fate,
    properties: Properties,
}

impl Recipe for WithoutKernel {
    fn fate(&self) -> Fate {
        self.fate
    }

    fn properties(&self) -> Properties {
        self.properties
    }

    fn bind(&self, _: &Site<'_>) -> Result<Bound, Refusal> {
        Err(Refusal::new("`keep` and `drop` hold for a whole column, not for some of its values"))
    }
}
