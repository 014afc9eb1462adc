//! What forgetting looks like: each program of `compile_fail/` must be refused by the compiler, for
//! the reason in the `.stderr` file beside it.

mod refusals;

#[test]
fn a_forgotten_scope_and_a_forged_right_do_not_compile() {
    refusals::every_program_is_refused(&["kit"]);
}
