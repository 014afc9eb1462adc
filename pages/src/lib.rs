//! What people see: one view struct and one template per page, the style, the small scripts, the mail texts.
//!
//! A page receives everything it shows; it asks for nothing. Deliberately absent: the database, the web server, the
//! clock, any decision about who may do what (pages are given flags).

pub mod admin;
pub mod api_docs;
pub mod assets;
pub mod daily;
pub mod duplicates;
pub mod equipment;
pub mod erasure;
pub mod errors;
pub mod fields;
pub mod form;
pub mod frame;
pub mod identity;
pub mod joining;
pub mod keys;
pub mod knowledge;
pub mod legend;
pub mod live;
pub mod looks;
pub mod mail;
pub mod mailed_code;
pub mod mailed_deed;
pub mod monitoring;
pub mod new_rights;
pub mod notifications;
pub mod pager;
pub mod passkeys;
pub mod people;
pub mod people_import;
pub mod place;
pub mod portal;
pub mod redaction;
pub mod replies;
pub mod rewording;
pub mod samples;
pub mod search;
pub mod second_factor;
pub mod shared;
pub mod side;
pub mod tasks;
pub mod tickets;
