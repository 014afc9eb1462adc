//! People.
kit::id! {
    /// A human being.
    PersonId
}
