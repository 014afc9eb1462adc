//! Vigie: a help desk where a team sees, live, who works on what.
//!
//! The map, in reading order: the rule, then the nouns, each calling only those before it, then
//! the doors. `ARCHITECTURE.md` says who may import whom and why.

pub mod policy;

pub mod assets;
pub mod audit;

pub mod people;

pub mod departments;

pub mod replies;

pub mod knowledge;

pub mod tickets;
pub mod timers;

pub mod tasks;

pub mod views;

pub mod activity;
pub mod administration;
pub mod inspector;
pub mod journal;
pub mod scopes;

pub mod notifications;

pub mod mail;
pub mod setup;

pub mod search;

pub mod privacy;

pub mod live;

pub mod files;
pub mod folding;
pub mod house;
pub mod jobs;
pub mod schema;

pub mod web;

pub mod api_document;
pub mod routes;

pub mod seed;

pub mod commands;
