# Mail channels, for administrators.

channels-title = Receiving addresses
channels-about = Each address opens its tickets in one category. Your mail server hands Vigie what comes to these addresses.
channels-none = None yet.
channels-address = E-mail address
channels-address-hint = Without “+”: what follows it tells which ticket a letter answers.
channels-address-taken = This address has its line already.
channels-no-plus = Give the address without “+”: what follows it is reserved.
channels-name = Name shown
channels-name-hint = Beside the address, in mails going out.
channels-category = Category of the tickets
channels-choose = Choose a category
channels-active = Takes letters
channels-add = Add an address
channels-said-created = Address added.
