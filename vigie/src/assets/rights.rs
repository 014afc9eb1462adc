//! Who does what to an asset: whoever sees one looks at it, whoever keeps the register changes what they see.

use kit::authz::{Action, Actor, Judged};
use kit::error::Because;

use super::Asset;
use crate::policy::permission;

/// Look at it.
#[derive(Clone, Copy, Debug)]
pub struct Look;
impl Action for Look {
    const NAME: &'static str = "look";
}

/// Change it, give it to somebody, take it back.
#[derive(Clone, Copy, Debug)]
pub struct Keep;
impl Action for Keep {
    const NAME: &'static str = "keep";
}

/// Add one.
#[derive(Clone, Copy, Debug)]
pub struct Add;
impl Action for Add {
    const NAME: &'static str = "add";
}

/// The register itself, to which assets are added.
#[derive(Clone, Copy, Debug)]
pub struct Register;

/// Whether somebody keeps the register.
pub fn keeps(actor: &Actor) -> Result<(), Because> {
    if actor.is_permitted(permission::ASSETS) {
        Ok(())
    } else {
        Err(Because(permission::ASSETS))
    }
}

impl Judged for Register {
    fn judge(&self, actor: &Actor, _: &'static str) -> Result<(), Because> {
        keeps(actor)
    }
}

impl Judged for Asset {
    fn judge(&self, actor: &Actor, action: &'static str) -> Result<(), Because> {
        match action {
            Look::NAME => Ok(()),
            _ => keeps(actor),
        }
    }
}
