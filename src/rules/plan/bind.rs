use std::collections::BTreeSet;
use std::sync::Arc;

use arrow::datatypes::{DataType, Field, FieldRef, Schema, SchemaRef};

use super::step::{self, Step};
use super::{Delivery, Distinct, LeafPlan, Output, Plan};
use crate::error::Result;
use crate::key::Keyring;
use crate::rules::document::{ColumnRule, Rule};
use crate::rules::leaf::{Leaf, leaves};
use crate::rules::{OnInvalid, OnNull, Rules, Table, Unlisted, partitions};
use crate::transform::{Complaint, Facts, Fate, Refusal, Site, Span, Subject, has_text, nearest};

impl Rules {
    /// Binds the rules of a table to the schema of one of its files: the closed world, decided here and nowhere else.
    ///
    /// # Errors
    /// [`ErrorKind::Data`](crate::ErrorKind::Data), with everything that does not fit at once: a column or leaf that no
    /// rule names (under `unlisted = "error"`), a rule that matches nothing, a transform that can't treat a column's
    /// type, a rule that reads a column that is not there.
    pub fn bind(
        &self,
        table: usize,
        file: &str,
        schema: &SchemaRef,
        keys: &Keyring,
        delivery: Delivery,
    ) -> Result<Plan> {
        let elsewhere = Elsewhere::Partitions(partitions(file).into_iter().map(|partition| partition.key).collect());
        self.bind_columns(table, file, schema, keys, delivery, elsewhere)
    }

    /// Binds the rules of a table to the columns whose values are in the names of the folders that a file is in.
    ///
    /// # Errors
    /// As of [`bind`](Self::bind), but for rules that match nothing: they are for the file's own columns.
    pub fn bind_partitions(&self, table: usize, file: &str, schema: &SchemaRef, keys: &Keyring) -> Result<Plan> {
        self.bind_columns(table, file, schema, keys, Delivery::Decoded, Elsewhere::Anything)
    }

    fn bind_columns(
        &self,
        table: usize,
        file: &str,
        schema: &SchemaRef,
        keys: &Keyring,
        delivery: Delivery,
        elsewhere: Elsewhere,
    ) -> Result<Plan> {
        let binder = Binder {
            unlisted: self.unlisted(),
            table: &self.tables()[table],
            file,
            keys,
            leaves: leaves(schema)?,
            elsewhere,
            complaints: Vec::new(),
        };
        binder.bind(schema, delivery).map_err(|complaints| self.reject(complaints))
    }

    /// The rule of a table for a leaf with this path, as written; nothing, if no rule names it.
    pub(crate) fn rule_of(&self, table: usize, path: &str) -> Option<&str> {
        let rules = self.tables().get(table)?.columns.iter().filter(|rule| covers(rule, path));
        rules.max_by_key(|rule| rule.pattern.specificity()).map(|rule| rule.rule.written.as_str())
    }
}

/// What the rules may be for beside the columns that are bound.
enum Elsewhere {
    /// Columns with these names.
    Partitions(Vec<String>),
    /// Whatever they say.
    Anything,
}

impl Elsewhere {
    fn has(&self, rule: &ColumnRule) -> bool {
        match self {
            Self::Partitions(keys) => keys.iter().any(|key| covers(rule, key)),
            Self::Anything => true,
        }
    }
}

struct Binder<'a> {
    unlisted: Unlisted,
    table: &'a Table,
    file: &'a str,
    keys: &'a Keyring,
    leaves: Vec<Leaf>,
    elsewhere: Elsewhere,
    complaints: Vec<Complaint>,
}

impl<'a> Binder<'a> {
    fn bind(mut self, schema: &SchemaRef, delivery: Delivery) -> Result<Plan, Vec<Complaint>> {
        self.check_names(schema);
        let rules = self.choose();
        let mut plans = Vec::with_capacity(self.leaves.len());
        for (leaf, rule) in self.leaves.clone().into_iter().zip(&rules) {
            plans.push(self.leaf_plan(leaf, *rule));
        }
        self.check_maps(schema, &rules, &plans);
        let originals_read = self.originals_read(&rules);
        let outputs_read = self.outputs_read(&rules, &plans);
        let order = self.order(&rules);
        if !self.complaints.is_empty() {
            return Err(self.complaints);
        }
        let mut all = rules.iter().flatten().flat_map(|rule| rule.rule.arms());
        let needs_row_numbers = all.any(Rule::needs_row_numbers);
        Ok(assemble(self.table, schema, delivery, plans, order, originals_read, outputs_read, needs_row_numbers))
    }

    fn complain(&mut self, complaint: Complaint) {
        self.complaints.push(complaint);
    }

    /// Two columns of one name can't be told apart, and a column without a name can't be named.
    fn check_names(&mut self, schema: &Schema) {
        let mut seen = BTreeSet::new();
        for (place, field) in schema.fields().iter().enumerate() {
            let message = if field.name().is_empty() {
                format!("column {} of {} has no name", place + 1, self.file)
            } else if !seen.insert(field.name()) {
                format!("{} has two columns `{}`", self.file, field.name())
            } else {
                continue;
            };
            self.complaints.push(
                Complaint::new(self.table.span.clone(), message)
                    .help("a rule must say which column it means: correct the export, or for CSV skip its header with `header` and `columns`"),
            );
        }
    }

    /// The rule for each leaf: of those that match it, the most specific. Everything that nothing matches, and every
    /// rule that matches nothing, is found here.
    fn choose(&mut self) -> Vec<Option<&'a ColumnRule>> {
        let table = self.table;
        let mut used = vec![false; table.columns.len()];
        let mut chosen = Vec::with_capacity(self.leaves.len());
        for leaf in &self.leaves {
            let matching: Vec<usize> =
                (0..table.columns.len()).filter(|place| covers(&table.columns[*place], &leaf.path)).collect();
            for place in &matching {
                used[*place] = true;
            }
            let best = matching.iter().copied().max_by_key(|place| table.columns[*place].pattern.specificity());
            if let Some(best) = best {
                let specificity = table.columns[best].pattern.specificity();
                let rival = matching
                    .iter()
                    .find(|place| **place != best && table.columns[**place].pattern.specificity() == specificity);
                if let Some(rival) = rival {
                    let message = format!(
                        "two rules are for column `{}`, and neither is more specific: `{}` and `{}`",
                        leaf.path,
                        table.columns[*rival].pattern.text(),
                        table.columns[best].pattern.text()
                    );
                    self.complaints.push(
                        Complaint::new(table.columns[best].span.clone(), message)
                            .help("name the column itself in a rule of its own"),
                    );
                }
            }
            chosen.push(best.map(|place| &table.columns[place]));
        }
        let unused = table.columns.iter().zip(&used).filter(|(_, used)| !**used).map(|(rule, _)| rule);
        let idle: Vec<&ColumnRule> = unused.filter(|rule| !self.elsewhere.has(rule)).collect();
        let unlisted: Vec<String> = self
            .leaves
            .iter()
            .zip(&chosen)
            .filter(|(_, rule)| rule.is_none())
            .map(|(leaf, _)| leaf.path.clone())
            .collect();
        for rule in &idle {
            let message = format!("this rule matches no column of {}", self.file);
            let complaint = Complaint::new(rule.span.clone(), message);
            let near = nearest(rule.pattern.text(), unlisted.iter().map(String::as_str))
                .or_else(|| nearest(rule.pattern.text(), self.leaves.iter().map(|leaf| leaf.path.as_str())));
            let inside = self.leaves.iter().find(|leaf| is_inside(&leaf.path, rule.pattern.text()));
            let complaint = match (near, inside) {
                (_, Some(leaf)) => complaint
                    .help(format!("the column has parts, which need rules of their own, such as `{}`", leaf.path)),
                (Some(near), None) => complaint.help(format!("did you mean `{near}`?")),
                (None, None) => complaint.help("was the column renamed or removed?"),
            };
            self.complain(complaint);
        }
        if self.unlisted == Unlisted::Error {
            for path in unlisted {
                self.complain(
                    Complaint::new(table.span.clone(), format!("no rule names the column `{path}` of {}", self.file))
                        .help("give it a rule: \"drop\" if nobody needs it, \"keep\" if it tells nothing of a person"),
                );
            }
        }
        chosen
    }

    fn leaf_plan(&mut self, leaf: Leaf, rule: Option<&'a ColumnRule>) -> LeafPlan {
        let Some(rule) = rule else {
            return LeafPlan {
                leaf,
                rule: None,
                pattern: None,
                transform: "drop",
                unique: false,
                distinct: Distinct::Never,
                likeness: None,
                leaks: Vec::new(),
                reversible: false,
                fate: Fate::Drop,
                step: None,
            };
        };
        let fate = match (rule.rule.recipe.fate(), &rule.rule.condition) {
            (Fate::Keep, Some(_)) => Fate::Rewrite,
            (fate, _) => fate,
        };
        let step = match fate {
            Fate::Rewrite => self.step(&leaf, rule),
            Fate::Keep | Fate::Drop => None,
        };
        LeafPlan {
            leaf,
            rule: Some(rule.rule.written.clone()),
            pattern: Some(rule.pattern.text().to_owned()),
            transform: rule.rule.name,
            unique: rule.rule.recipe.properties().unique && rule.rule.condition.is_none(),
            distinct: rule.rule.distinct(&Facts::default()),
            likeness: rule.rule.likeness(),
            leaks: rule.rule.arms().map(|rule| rule.recipe.properties().leaks).collect(),
            reversible: rule.rule.recipe.inverse().is_some(),
            fate,
            step,
        }
    }

    /// A map whose keys or values are all dropped is none any more, unless it goes as a whole.
    fn check_maps(&mut self, schema: &Schema, rules: &[Option<&'a ColumnRule>], plans: &[LeafPlan]) {
        let mut fates = plans.iter().map(|plan| plan.fate).enumerate();
        let mut halved = Vec::new();
        for field in schema.fields() {
            dropped(field.data_type(), &mut fates, &mut halved);
        }
        for leaf in halved {
            let span = rules[leaf].map_or(self.table.span.clone(), |rule| rule.span.clone());
            self.complain(
                Complaint::new(
                    span,
                    format!("a map can't do without its keys or its values (column `{}`)", plans[leaf].leaf.path),
                )
                .help("drop the whole column, by its own name"),
            );
        }
    }

    fn step(&mut self, leaf: &Leaf, rule: &'a ColumnRule) -> Option<Step> {
        let table = self.table;
        let subject = table.subject.as_ref().map(|(_, column)| Subject { column, domain: self.subject_domain(column) });
        let kernel_type = kernel_type(&leaf.data_type);
        let site = |rule: &Rule| Site {
            table: &table.name,
            column: &leaf.path,
            data_type: &kernel_type,
            subject,
            fill_nulls: rule.on_null == OnNull::Replace,
            keys: self.keys,
        };
        let bound = step::bind(&rule.rule, site);
        for rule in [Some(&rule.rule), rule.rule.condition.as_ref().map(|condition| &*condition.otherwise)]
            .into_iter()
            .flatten()
        {
            let nulls = rule.name == "null" || rule.on_invalid == OnInvalid::Null;
            if nulls && !leaf.nullable {
                self.refuse(leaf, table, Refusal::new("the column is required, so that nothing in it can become null"));
            }
        }
        match bound {
            Ok(step) => Some(step),
            Err(refusal) => {
                self.refuse(leaf, table, refusal);
                None
            }
        }
    }

    fn refuse(&mut self, leaf: &Leaf, table: &Table, refusal: Refusal) {
        let span = table
            .columns
            .iter()
            .filter(|rule| covers(rule, &leaf.path))
            .max_by_key(|rule| rule.pattern.specificity())
            .map_or(table.span.clone(), |rule| rule.span.clone());
        let message = format!("{} (column `{}` of {})", refusal.message, leaf.path, self.file);
        let complaint = Complaint::new(span, message);
        self.complain(match refusal.help {
            Some(help) => complaint.help(help),
            None => complaint,
        });
    }

    /// The identity domain that a column's values belong to, if its rule makes tokens.
    fn subject_domain(&self, column: &str) -> Option<&'a str> {
        let leaf = self.leaves.iter().find(|leaf| leaf.path == column)?;
        let table = self.table;
        let rule = table
            .columns
            .iter()
            .filter(|rule| covers(rule, &leaf.path))
            .max_by_key(|rule| rule.pattern.specificity())?;
        rule.rule.recipe.domain()
    }

    /// The leaves whose source values the rules read: conditions, subjects, and what transforms go by.
    fn originals_read(&mut self, rules: &[Option<&'a ColumnRule>]) -> Vec<usize> {
        let mut read = BTreeSet::new();
        for rule in rules.iter().flatten() {
            if let Some(condition) = &rule.rule.condition {
                read.extend(self.find(&condition.column, condition.span.clone()));
            }
            let otherwise = rule.rule.condition.as_ref().map(|condition| &condition.otherwise);
            let others = otherwise.map(|rule| rule.recipe.reads_originals()).unwrap_or_default();
            for column in rule.rule.recipe.reads_originals().into_iter().chain(others) {
                read.extend(self.find(&column, rule.span.clone()));
            }
            let needs_subject =
                rule.rule.recipe.needs_subject() || otherwise.is_some_and(|rule| rule.recipe.needs_subject());
            if let (true, Some((span, column))) = (needs_subject, &self.table.subject) {
                read.extend(self.find(column, span.clone()));
            }
        }
        if let Some((span, column)) = &self.table.subject {
            self.find(column, span.clone());
        }
        read.into_iter().collect()
    }

    /// The leaves whose outputs the rules read.
    fn outputs_read(&mut self, rules: &[Option<&'a ColumnRule>], plans: &[LeafPlan]) -> Vec<usize> {
        let mut read = BTreeSet::new();
        for rule in rules.iter().flatten() {
            for column in reads(&rule.rule) {
                let Some(place) = self.find(&column, rule.span.clone()) else { continue };
                if plans[place].fate == Fate::Drop {
                    let message = format!("this rule reads the output of `{column}`, which is dropped");
                    self.complain(Complaint::new(rule.span.clone(), message));
                }
                read.insert(place);
            }
        }
        read.into_iter().collect()
    }

    /// Finds a column that a rule reads: one value a row.
    fn find(&mut self, column: &str, span: Span) -> Option<usize> {
        let found = self.leaves.iter().position(|leaf| leaf.path == column);
        match found {
            Some(place) if !self.leaves[place].repeated && has_text(&kernel_type(&self.leaves[place].data_type)) => {
                Some(place)
            }
            Some(place) if !self.leaves[place].repeated => {
                let message = format!(
                    "no rule can read `{column}`: values of type {} have no one text",
                    self.leaves[place].data_type
                );
                self.complain(Complaint::new(span, message));
                None
            }
            Some(_) => {
                let message = format!("`{column}` is inside a list: it has no one value a row that a rule could read");
                self.complain(Complaint::new(span, message));
                None
            }
            None => {
                let complaint = Complaint::new(span, format!("{} has no column `{column}`", self.file));
                let near = nearest(column, self.leaves.iter().map(|leaf| leaf.path.as_str())).map(str::to_owned);
                self.complain(match near {
                    Some(near) => complaint.help(format!("did you mean `{near}`?")),
                    None => complaint,
                });
                None
            }
        }
    }

    /// The rewritten leaves in an order in which every leaf comes after those whose outputs it reads.
    fn order(&mut self, rules: &[Option<&'a ColumnRule>]) -> Vec<usize> {
        let mut order = Vec::new();
        let mut left: Vec<usize> = (0..rules.len()).collect();
        let place_of = |path: &str, leaves: &[Leaf]| leaves.iter().position(|leaf| leaf.path == path);
        while !left.is_empty() {
            let (ready, waiting): (Vec<usize>, Vec<usize>) = left.iter().partition(|place| {
                rules[**place].is_none_or(|rule| {
                    reads(&rule.rule)
                        .iter()
                        .all(|column| place_of(column, &self.leaves).is_none_or(|read| !left.contains(&read)))
                })
            });
            if ready.is_empty() {
                let names: Vec<_> = waiting.iter().map(|place| format!("`{}`", self.leaves[*place].path)).collect();
                let span = rules[waiting[0]].map_or(self.table.span.clone(), |rule| rule.span.clone());
                self.complain(Complaint::new(
                    span,
                    format!("columns read each other's outputs in a circle: {}", names.join(", ")),
                ));
                break;
            }
            order.extend(ready);
            left = waiting;
        }
        order
    }
}

/// The columns whose outputs a rule reads.
fn reads(rule: &Rule) -> Vec<String> {
    let mut columns = rule.recipe.reads_outputs();
    if let Some(condition) = &rule.condition {
        columns.extend(condition.otherwise.recipe.reads_outputs());
    }
    columns
}

/// Whether a rule is for a leaf: by its own path, or, to drop it, by the path of something that it is inside of.
pub(super) fn covers(rule: &ColumnRule, leaf: &str) -> bool {
    rule.pattern.matches(leaf)
        || (rule.rule.recipe.fate() == Fate::Drop && !rule.pattern.is_glob() && is_inside(leaf, rule.pattern.text()))
}

fn is_inside(leaf: &str, path: &str) -> bool {
    leaf.strip_prefix(path).is_some_and(|rest| rest.starts_with('.') || rest.starts_with("[]"))
}

/// The first leaf of a type, and whether all its leaves are dropped; nothing, if it has none. `halved` gets a leaf of
/// every map of which one half is dropped.
fn dropped(
    data_type: &DataType,
    fates: &mut dyn Iterator<Item = (usize, Fate)>,
    halved: &mut Vec<usize>,
) -> Option<(usize, bool)> {
    match data_type {
        DataType::Struct(children) => {
            let parts: Vec<_> = children.iter().filter_map(|child| dropped(child.data_type(), fates, halved)).collect();
            Some((parts.first()?.0, parts.iter().all(|(_, dropped)| *dropped)))
        }
        DataType::List(child) | DataType::LargeList(child) => dropped(child.data_type(), fates, halved),
        DataType::Map(entries, _) => {
            let DataType::Struct(children) = entries.data_type() else { return None };
            let halves: Vec<_> =
                children.iter().filter_map(|child| dropped(child.data_type(), fates, halved)).collect();
            if halves.iter().any(|(_, dropped)| !dropped) {
                halved.extend(halves.iter().filter(|(_, dropped)| *dropped).map(|(leaf, _)| *leaf));
            }
            Some((halves.first()?.0, halves.iter().all(|(_, dropped)| *dropped)))
        }
        _ => fates.next().map(|(leaf, fate)| (leaf, fate == Fate::Drop)),
    }
}

/// The layout in which kernels see values of a type: one for all texts, one for all bytes, no dictionaries.
pub(super) fn kernel_type(data_type: &DataType) -> DataType {
    match data_type {
        DataType::Utf8 | DataType::LargeUtf8 => DataType::Utf8View,
        DataType::Binary | DataType::LargeBinary => DataType::BinaryView,
        DataType::Dictionary(_, values) => kernel_type(values),
        other => other.clone(),
    }
}

#[allow(clippy::too_many_arguments, reason = "the parts of a plan, put together once")]
pub(super) fn assemble(
    table: &Table,
    source: &SchemaRef,
    delivery: Delivery,
    leaves: Vec<LeafPlan>,
    order: Vec<usize>,
    originals_read: Vec<usize>,
    outputs_read: Vec<usize>,
    needs_row_numbers: bool,
) -> Plan {
    let of_column = |column: usize| leaves.iter().filter(move |plan| plan.leaf.column == column);
    let mut wanted: BTreeSet<usize> =
        originals_read.iter().chain(&outputs_read).map(|leaf| leaves[*leaf].leaf.column).collect();
    let mut computed = Vec::new();
    let mut outputs = Vec::new();
    let mut fields: Vec<FieldRef> = Vec::new();
    for (column, field) in source.fields().iter().enumerate() {
        let stays = of_column(column).all(|plan| plan.fate == Fate::Keep);
        if of_column(column).all(|plan| plan.fate == Fate::Drop) {
            continue;
        }
        let mut fates = of_column(column).map(|plan| plan.fate);
        fields.extend(pruned(field, &mut fates));
        if stays && delivery == Delivery::Verbatim {
            outputs.push(Output::Verbatim(column));
        } else {
            outputs.push(Output::Computed(computed.len()));
            computed.push(column);
            wanted.insert(column);
        }
    }
    let order = order.into_iter().filter(|leaf| leaves[*leaf].fate == Fate::Rewrite).collect();
    Plan {
        table: table.name.clone(),
        source: Arc::clone(source),
        leaves,
        wanted: wanted.into_iter().collect(),
        order,
        computed,
        outputs,
        output: Arc::new(Schema::new(fields)),
        originals_read,
        outputs_read,
        needs_row_numbers,
    }
}

/// The field without the leaves that are dropped, and without metadata, in which a writer may have left values.
fn pruned(field: &Field, fates: &mut impl Iterator<Item = Fate>) -> Option<FieldRef> {
    let data_type = match field.data_type() {
        DataType::Struct(children) => {
            let children: Vec<FieldRef> = children.iter().filter_map(|child| pruned(child, fates)).collect();
            if children.is_empty() {
                return None;
            }
            DataType::Struct(children.into())
        }
        DataType::List(child) => DataType::List(pruned(child, fates)?),
        DataType::LargeList(child) => DataType::LargeList(pruned(child, fates)?),
        DataType::Map(child, ordered) => DataType::Map(pruned(child, fates)?, *ordered),
        leaf => match fates.next()? {
            Fate::Drop => return None,
            Fate::Keep | Fate::Rewrite => leaf.clone(),
        },
    };
    Some(Arc::new(Field::new(field.name(), data_type, field.is_nullable())))
}
