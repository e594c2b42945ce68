//! The way back: what a data set's reversible columns were made of.

use arrow::datatypes::SchemaRef;

use super::bind::{assemble, covers, kernel_type};
use super::{Delivery, Distinct, LeafPlan, Plan, step};
use crate::error::Result;
use crate::key::Keyring;
use crate::rules::document::ColumnRule;
use crate::rules::leaf::{Leaf, leaves};
use crate::rules::{Rules, Table};
use crate::transform::{Complaint, Fate, Recipe, Refusal, Site};

impl Rules {
    /// Binds the rules of a table backwards, to the schema of a file of a data set that was made by them. Columns whose
    /// rule says `reversible = true` become what they were; all others are carried as they are.
    ///
    /// # Errors
    /// [`ErrorKind::Data`](crate::ErrorKind::Data), with everything that does not fit at once: a column that the rules do
    /// not let into a data set, or a reversible one whose type is not what its rule makes.
    pub fn bind_inverse(
        &self,
        table: usize,
        file: &str,
        schema: &SchemaRef,
        keys: &Keyring,
        delivery: Delivery,
    ) -> Result<Plan> {
        let table = &self.tables()[table];
        let mut complaints = Vec::new();
        let mut plans = Vec::new();
        for leaf in leaves(schema)? {
            match leaf_plan(table, file, leaf, keys) {
                Ok(plan) => plans.push(plan),
                Err(complaint) => complaints.push(complaint),
            }
        }
        if !complaints.is_empty() {
            return Err(self.reject(complaints));
        }
        let order = (0..plans.len()).collect();
        Ok(assemble(table, schema, delivery, plans, order, Vec::new(), Vec::new(), false))
    }

    /// The tables as the files of a data set have them: for CSV files without header, without the columns that are
    /// dropped. No rules are left in them.
    pub fn published_tables(&self) -> Vec<Table> {
        let published = |table: &Table| {
            let stays = |name: &String| {
                let rule = best(table, |rule| rule.pattern.matches(name));
                rule.is_some_and(|rule| rule.rule.recipe.fate() != Fate::Drop)
            };
            let mut csv = table.csv.published();
            csv.columns.retain(stays);
            Table {
                name: table.name.clone(),
                span: table.span.clone(),
                files: Vec::new(),
                subject: None,
                csv,
                types: table.types.clone(),
                infer: table.infer,
                columns: Vec::new(),
            }
        };
        self.tables().iter().map(published).collect()
    }
}

/// The most specific of the rules that are for a column.
fn best(table: &Table, matches: impl Fn(&ColumnRule) -> bool) -> Option<&ColumnRule> {
    table.columns.iter().filter(|rule| matches(rule)).max_by_key(|rule| rule.pattern.specificity())
}

fn leaf_plan(table: &Table, file: &str, leaf: Leaf, keys: &Keyring) -> Result<LeafPlan, Complaint> {
    let rule = best(table, |rule| covers(rule, &leaf.path)).filter(|rule| rule.rule.recipe.fate() != Fate::Drop);
    let Some(rule) = rule else {
        let message = format!("by these rules {file} can have no column `{}`", leaf.path);
        return Err(Complaint::new(table.span.clone(), message).help("it was not made by them, or changed since"));
    };
    let step = match rule.rule.recipe.inverse() {
        None => None,
        Some(recipe) => Some(bind(table, &leaf, &*recipe, rule.rule.name, keys).map_err(|refusal| {
            let message = format!("{} (column `{}` of {file})", refusal.message, leaf.path);
            let complaint = Complaint::new(rule.span.clone(), message);
            refusal.help.into_iter().fold(complaint, Complaint::help)
        })?),
    };
    Ok(LeafPlan {
        leaf,
        rule: Some(rule.rule.written.clone()),
        pattern: Some(rule.pattern.text().to_owned()),
        transform: rule.rule.name,
        unique: step.is_some(),
        // What a data set holds together, its sources held together.
        distinct: Distinct::Values,
        likeness: Some("reveal".to_owned()),
        reversible: false,
        leaks: Vec::new(),
        fate: if step.is_some() { Fate::Rewrite } else { Fate::Keep },
        step,
    })
}

fn bind(
    table: &Table,
    leaf: &Leaf,
    recipe: &dyn Recipe,
    name: &'static str,
    keys: &Keyring,
) -> Result<step::Step, Refusal> {
    let data_type = kernel_type(&leaf.data_type);
    let site =
        Site { table: &table.name, column: &leaf.path, data_type: &data_type, subject: None, fill_nulls: false, keys };
    step::bind_inverse(recipe, name, &site)
}
