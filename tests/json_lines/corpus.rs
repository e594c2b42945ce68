//! Texts that nobody on this project wrote.

use std::fs;
use std::path::Path;

use crate::{Bench, support};
