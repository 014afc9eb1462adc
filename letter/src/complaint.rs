//! What was odd about a letter.

/// One thing that could not be understood, was cut, or deserves a note beside the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Complaint {
    /// No header at all: the bytes are shown as text.
    Unparseable,
    /// Larger than [`crate::MOST_BYTES`]: attachments were not read.
    TooLarge,
    /// Nested too deep: the innermost parts are kept together as one file.
    TooDeep,
    /// Too many parts: the last ones are kept together as one file.
    TooManyParts,
    /// A multipart whose boundary is missing or never appears: shown as text.
    BrokenMultipart,
    /// A character set nobody knows: read as well as possible.
    UnknownCharset,
    /// Bytes that are not of the character set they claim: read as well as possible.
    WrongCharset,
    /// A transfer encoding nobody knows: the bytes are kept as they came.
    UnknownEncoding,
    /// Encoded content with damage: decoded as well as possible.
    DamagedEncoding,
    /// A header longer than is read: cut.
    TruncatedHeader,
    /// A subject longer than 250 characters: cut.
    SubjectCut,
    /// A header that may come once came several times: the first counts.
    DuplicateHeader,
    /// A line among the headers that is none.
    MalformedHeader,
    /// More than 200 addresses in one header: the first 200 count.
    TooManyAddresses,
    /// An address that programs could read differently: left out.
    AmbiguousAddress,
    /// `From` names no address, or not exactly one.
    SenderUnclear,
    /// A display name that looks like another address: left out.
    NameLooksLikeAddress,
    /// A date that is none, or far from any possible one.
    DateUnreadable,
    /// NUL characters were removed.
    NulRemoved,
    /// The text was longer than is shown; the whole is kept as a file.
    TextCut,
    /// The HTML was larger or more tangled than is shown; the text shows more, the raw letter all.
    /// What is larger than [`crate::html::LONGEST`] is kept as a file too.
    HtmlCut,
    /// There was no text: a text file is shown in its place.
    TextFromAttachment,
    /// Headers of our own private namespace came from outside and were dropped.
    PrivateHeaderDropped,
    /// Outlook's own container (`winmail.dat`), kept closed.
    OutlookContainer,
    /// An invitation or an answer to one, kept as a file; nothing was accepted.
    Calendar,
    /// Encrypted: the container is kept as a file.
    Encrypted,
    /// Signed: the signature was not checked.
    SignatureNotChecked,
    /// The parser failed and was contained: the letter is shown as raw text.
    ParserFailed,
}

impl Complaint {
    /// Every complaint, in order.
    pub const ALL: [Complaint; 28] = [
        Complaint::Unparseable,
        Complaint::TooLarge,
        Complaint::TooDeep,
        Complaint::TooManyParts,
        Complaint::BrokenMultipart,
        Complaint::UnknownCharset,
        Complaint::WrongCharset,
        Complaint::UnknownEncoding,
        Complaint::DamagedEncoding,
        Complaint::TruncatedHeader,
        Complaint::SubjectCut,
        Complaint::DuplicateHeader,
        Complaint::MalformedHeader,
        Complaint::TooManyAddresses,
        Complaint::AmbiguousAddress,
        Complaint::SenderUnclear,
        Complaint::NameLooksLikeAddress,
        Complaint::DateUnreadable,
        Complaint::NulRemoved,
        Complaint::TextCut,
        Complaint::HtmlCut,
        Complaint::TextFromAttachment,
        Complaint::PrivateHeaderDropped,
        Complaint::OutlookContainer,
        Complaint::Calendar,
        Complaint::Encrypted,
        Complaint::SignatureNotChecked,
        Complaint::ParserFailed,
    ];

    /// A stable key in kebab case: for the catalogues (`complaint-too-deep` is `complaint-` and
    /// this) and for storage.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Complaint::Unparseable => "unparseable",
            Complaint::TooLarge => "too-large",
            Complaint::TooDeep => "too-deep",
            Complaint::TooManyParts => "too-many-parts",
            Complaint::BrokenMultipart => "broken-multipart",
            Complaint::UnknownCharset => "unknown-charset",
            Complaint::WrongCharset => "wrong-charset",
            Complaint::UnknownEncoding => "unknown-encoding",
            Complaint::DamagedEncoding => "damaged-encoding",
            Complaint::TruncatedHeader => "truncated-header",
            Complaint::SubjectCut => "subject-cut",
            Complaint::DuplicateHeader => "duplicate-header",
            Complaint::MalformedHeader => "malformed-header",
            Complaint::TooManyAddresses => "too-many-addresses",
            Complaint::AmbiguousAddress => "ambiguous-address",
            Complaint::SenderUnclear => "sender-unclear",
            Complaint::NameLooksLikeAddress => "name-looks-like-address",
            Complaint::DateUnreadable => "date-unreadable",
            Complaint::NulRemoved => "nul-removed",
            Complaint::TextCut => "text-cut",
            Complaint::HtmlCut => "html-cut",
            Complaint::TextFromAttachment => "text-from-attachment",
            Complaint::PrivateHeaderDropped => "private-header-dropped",
            Complaint::OutlookContainer => "outlook-container",
            Complaint::Calendar => "calendar",
            Complaint::Encrypted => "encrypted",
            Complaint::SignatureNotChecked => "signature-not-checked",
            Complaint::ParserFailed => "parser-failed",
        }
    }
}

/// Complaints gathered while reading, each kind kept once.
#[derive(Debug, Clone, Default)]
pub struct Complaints(std::collections::BTreeSet<Complaint>);

impl Complaints {
    /// Notes one.
    pub fn note(&mut self, complaint: Complaint) {
        self.0.insert(complaint);
    }

    /// All of them, in order.
    #[must_use]
    pub fn into_vec(self) -> Vec<Complaint> {
        self.0.into_iter().collect()
    }
}
