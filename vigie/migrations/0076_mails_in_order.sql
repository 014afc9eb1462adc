-- Whether an older mail to the same address is still on its way is asked before each.
CREATE INDEX outgoing_mails_on_their_way ON outgoing_mails (address, id) WHERE state IN ('waiting', 'sending', 'uncertain', 'repeating');
