//! Every test of the application, as sentences about people. `world.rs` is known by heart.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

#[macro_use]
mod world;

mod activity;
mod advice;
mod anonymous;
mod assets;
mod audiences;
mod away;
mod browsing;
mod bulk;
mod by_rank;
mod hostile;
mod house;

#[macro_use]
mod desk;

mod administration;
mod clientele;
mod comings;
mod composer;
mod confidence;
mod correction;
mod door;
mod eyes;
mod guide;
mod handling;
mod identity;
mod importing;
mod inspector;
mod inviting;
mod joining;
mod journal;
mod knowledge;
mod lists;
mod live;
mod mail;
mod mailed_codes;
mod managers;
mod memberships;
mod mentoring;
mod nothing_lost;
mod notifications;
mod offering;
mod opening;
mod overtaken;
mod participants;
mod passkeys;
mod privacy;
mod properties;
mod redirects;
mod refused;
mod repeats;
mod reviews;
mod rewording;
mod right_first;
mod rights;
mod rising;
mod roles;
mod saved_views;
mod scopes;
mod search;
mod second_factor;
mod seed;
mod shared;
mod sharing;
mod shortcuts;
mod tasks;
mod teams;
mod ticket_life;
mod unsent;
mod whatever;
