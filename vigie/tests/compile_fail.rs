//! The same locks seen from outside the crate that makes them, with the real nouns: each program of
//! `compile_fail/` must be refused by the compiler, for the reason in the `.stderr` file beside it.

#[path = "../../kit/tests/refusals/mod.rs"]
mod refusals;

#[test]
fn a_forgotten_scope_and_a_forged_right_do_not_compile() {
    refusals::every_program_is_refused(&["kit", "vigie"]);
}
