//! Complaints are stored and translated by their keys.

use letter::complaint::Complaint;
use std::collections::BTreeSet;

#[test]
fn every_complaint_has_a_key_of_its_own_fit_for_a_catalogue() {
    let keys: BTreeSet<&str> = Complaint::ALL
        .iter()
        .map(|complaint| complaint.key())
        .collect();
    assert_eq!(keys.len(), Complaint::ALL.len());
    assert!(
        keys.iter()
            .all(|key| key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
    );
    assert!(Complaint::ALL.is_sorted());
}
