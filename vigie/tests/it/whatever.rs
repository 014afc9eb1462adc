//! Whatever people do, in whatever order: no sequence of deeds leaves the table of states, loses a
//! comment or a file, shows anybody what is not theirs, or mails the wrong person.
//!
//! A plan is plain numbers drawn from a seed: who does what to which of its tickets. Each plan opens
//! tickets of its own, so that it runs again on the same desk; one that fails is tried again with
//! steps taken out until none can be, and the test says the seed and what is left of the plan. What a
//! step is to leave, who sees it and who is told of it is said a second time here, from the rows alone.

mod beside;
mod doing;
mod ledger;
mod mails;
pub mod plan;
mod rows;
mod sight;
mod together;

use crate::world::{World, chance};

on_both_engines! {
    async fn no_sequence_of_deeds_leaves_the_table_loses_words_or_mails_the_wrong_person(w) {
        let post = crate::mail::post(w).await;
        plan::furnish(w).await;
        let (seed, sequences) = chance();
        let mut done = plan::Done::default();
        for sequence in 0..sequences {
            let steps = plan::draw(seed.wrapping_add(sequence));
            if let Err(why) = plan::run(w, &post, &steps, &mut done).await {
                let least = shrink(w, &post, steps).await;
                panic!("seed {}: {why}\nleast plan that fails: {:#?}", seed.wrapping_add(sequence), least);
            }
        }
        // A plan that only collects refusals proves nothing, nor does a deed that is always refused.
        assert!(done.accepted > 3 * sequences && done.refused > sequences, "{done:?}");
        assert!(done.mails > sequences, "{done:?}");
        let never = plan::never_done(&done);
        assert!(sequences < 12 || never.is_empty(), "never done: {never:?}");
    }
}

/// Takes steps out as long as what is left still fails.
async fn shrink(
    w: &World,
    post: &vigie::mail::post::Post,
    mut steps: Vec<plan::Step>,
) -> Vec<plan::Step> {
    let mut at = steps.len();
    while at > 0 {
        at -= 1;
        let mut fewer = steps.clone();
        fewer.remove(at);
        if plan::run(w, post, &fewer, &mut plan::Done::default())
            .await
            .is_err()
        {
            steps = fewer;
        }
    }
    steps
}
