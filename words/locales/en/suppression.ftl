# The addresses nothing is mailed to any more.

suppression-title = Suppressed addresses
suppression-about = Nothing is mailed there as long as they are.
suppression-explained = When a server answers that nobody is at an address, or somebody reports our mail as unwanted, nothing is mailed there any more: insisting would harm everybody’s mail. A letter from such an address puts it back in service, unless it was reported. Password links and sign-in codes, asked for a moment ago, are sent all the same.
suppression-none = No address is suppressed.
suppression-refused = Nobody is at this address, its server says.
suppression-bounced = A mail came back: nobody is at this address.
suppression-complaint = Its reader reported our mail as unwanted.
suppression-held-back = { $count ->
    [0] no mail held back since
    [one] { $count } mail held back since
   *[other] { $count } mails held back since
}
suppression-mails = See its mails
suppression-lift = Mail there again
suppression-lifted = The next mails will be sent to this address.
suppression-lifted-already = This address was not suppressed any more.
suppression-here = No mail is sent to this address.
suppression-see = Suppressed addresses
