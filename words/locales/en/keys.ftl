# The help of keys.

keys-title = Keyboard shortcuts
keys-here = On this page
keys-go = Go to
keys-everywhere = Everywhere
keys-help = Help with keys
keys-switch = Set or switch off the keys
