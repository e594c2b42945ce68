//! `json`: rules for the paths inside a JSON text, a closed world of its own.
//!
//! A scanner goes over the bytes of each text once ([`scan`]) and says where the values stand that some rule rewrites.
//! The values of one path, over a whole batch, are a column like any other: the path's transform is applied to it once,
//! and what it makes is put in where the values stood ([`splice`]). Every other byte stays as it was.

mod path;
mod scan;
mod splice;

use super::{
    Bound, Complaint, Example, Facts, Fate, Makes, Parameter, Params, Properties, Recipe, Refusal, Site, Transform,
    TransformKind, Weakness, is_text,
};
use path::{Path, Paths};
use splice::Splice;

/// `json`: rules for the paths inside a JSON text.
pub(super) struct Json;

const PROPERTIES: Properties = Properties {
    deterministic: false,
    reversible: false,
    unique: false,
    keeps_length: false,
    keeps_type: true,
    keeps_format: false,
    always_differs: false,
    leaks: "the names of members, the lengths of lists, which values are null, and whatever the rules of its paths leak",
};

impl TransformKind for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn summary(&self) -> &'static str {
        "each path inside a JSON text has a rule of its own, and all other bytes stay as they were"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[Parameter {
            name: "paths",
            takes: "a table of paths and rules",
            what: "`name`, `address.city`, `emails[]` for the elements of a list, `\"a.b\"` in quotes for a name with \
                   dots, `*` and `?` for characters of one name, which stays as it is; what no path names is as unlisted as a column that no \
                   rule names; a value keeps its kind: what a number becomes must be a number; `drop` takes all that \
                   is below its path but for what has rules of its own; `keep` is for a path without patterns",
        }]
    }

    fn makes(&self) -> Makes {
        Makes::Paths
    }

    fn properties(&self) -> Properties {
        PROPERTIES
    }

    fn example(&self) -> Example {
        Example {
            rule: r#"{ do = "json", paths = { name = { do = "mask", keep_first = 1 }, "tags[]" = "keep", geo = "drop" } }"#,
            source: r#"{"name": "Ana", "tags": ["new"], "geo": [2.35, 48.86]}"#,
            result: Some(r#"{"name": "A**", "tags": ["new"]}"#),
        }
    }

    fn parse(&self, params: &mut Params<'_>) -> Option<Box<dyn Recipe>> {
        let Some((span, fields)) = params.table("paths") else {
            if !params.has("paths") {
                params.missing("`json` needs rules for paths", "write `paths = { name = \"drop\" }`");
            }
            return None;
        };
        if fields.is_empty() {
            params.complain(Complaint::new(span, "no path has a rule").help("as in paths = { name = \"drop\" }"));
        }
        let mut fields: Vec<_> = fields.into_iter().collect();
        fields.sort_by_key(|(_, (span, _))| span.start);
        let (mut paths, mut rules, mut spans) = (Vec::new(), Vec::new(), Vec::new());
        for (text, (span, value)) in fields {
            let rule = params.rule(&text, span.clone(), value);
            let path = match Path::read(&text) {
                Ok(path) => path,
                Err(mistake) => {
                    params.complain(
                        Complaint::new(span, format!("this is no path: {mistake}"))
                            .help("as in \"name\", \"address.city\", \"emails[]\" or '\"a.b\"'"),
                    );
                    continue;
                }
            };
            let Some(rule) = rule else { continue };
            if rule.fate() == Fate::Keep && path.is_pattern() {
                params.complain(
                    Complaint::new(span.clone(), "no pattern is kept: it might hold what nobody has seen yet")
                        .help("name each path that stays"),
                );
            }
            paths.push(path);
            rules.push(rule);
            spans.push(span);
        }
        let tree = match Paths::new(&paths) {
            Ok(tree) => tree,
            Err(number) => {
                let span = spans.get(number).cloned().unwrap_or_default();
                params.complain(Complaint::new(span, "this path stands twice, or its pattern can't be read"));
                return None;
            }
        };
        Some(Box::new(JsonRecipe { paths, tree, rules, leave_out_unlisted: params.leaves_out_unlisted() }))
    }
}

/// The rules of the paths inside one column.
#[derive(Debug)]
struct JsonRecipe {
    paths: Vec<Path>,
    tree: Paths,
    /// Path by path.
    rules: Vec<Box<dyn Recipe>>,
    leave_out_unlisted: bool,
}

impl Recipe for JsonRecipe {
    fn properties(&self) -> Properties {
        // A text may hold none of the paths that are rewritten, and the same string may be written in several ways.
        let all = |holds: fn(&Properties) -> bool| self.rules.iter().all(|rule| holds(&rule.properties()));
        Properties {
            deterministic: all(|inner| inner.deterministic),
            reversible: all(|inner| inner.reversible),
            keeps_format: all(|inner| inner.keeps_format),
            ..PROPERTIES
        }
    }

    fn reads_outputs(&self) -> Vec<String> {
        self.rules.iter().flat_map(|rule| rule.reads_outputs()).collect()
    }

    fn reads_originals(&self) -> Vec<String> {
        self.rules.iter().flat_map(|rule| rule.reads_originals()).collect()
    }

    fn weaknesses(&self, facts: &Facts) -> Vec<Weakness> {
        // A list may hold many values a row, so that more of them can collide than are counted here.
        let inside = Facts { rows: facts.rows, ..Facts::default() };
        self.rules.iter().flat_map(|rule| rule.weaknesses(&inside)).collect()
    }

    fn needs_subject(&self) -> bool {
        self.rules.iter().any(|rule| rule.needs_subject())
    }

    fn needs_row_numbers(&self) -> bool {
        self.rules.iter().any(|rule| rule.needs_row_numbers())
    }

    fn bind(&self, site: &Site<'_>) -> Result<Bound, Refusal> {
        if !is_text(site.data_type) {
            return Err(Refusal::of_type("json", site, "text"));
        }
        let bound: Result<Vec<Option<Box<dyn Transform>>>, Refusal> = self
            .paths
            .iter()
            .zip(&self.rules)
            .map(|(path, rule)| match rule.fate() {
                Fate::Keep | Fate::Drop => Ok(None),
                Fate::Rewrite => self.bind_path(path, &**rule, site).map(Some),
            })
            .collect();
        let fates = self.rules.iter().map(|rule| rule.fate()).collect();
        let texts = self.paths.iter().map(|path| path.text().to_owned()).collect();
        Ok(Bound::same_type(site, Splice::new(self.tree.clone(), texts, fates, bound?, self.leave_out_unlisted)))
    }
}

impl JsonRecipe {
    fn bind_path(&self, path: &Path, rule: &dyn Recipe, site: &Site<'_>) -> Result<Box<dyn Transform>, Refusal> {
        let column = inner_column(site.column, path.text());
        let site = Site { column: &column, fill_nulls: false, ..*site };
        let bound = rule.bind(&site).map_err(|refusal| Refusal {
            message: format!("{} (path `{}`)", refusal.message, path.text()),
            help: refusal.help,
        })?;
        if &bound.data_type != site.data_type {
            return Err(Refusal::new(format!("the rule for `{}` makes no text of a text", path.text())));
        }
        Ok(bound.transform)
    }
}

/// The path of a value inside a column, as it would be if the column were a struct or a list.
pub(crate) fn inner_column(column: &str, path: &str) -> String {
    let dot = if path.starts_with("[]") { "" } else { "." };
    format!("{column}{dot}{path}")
}
