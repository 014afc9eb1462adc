-- How many acknowledgements went to a domain within an hour is asked before each.
CREATE INDEX outgoing_mails_acknowledgements ON outgoing_mails (created_at) WHERE purpose = 'acknowledgement';
