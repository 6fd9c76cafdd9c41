"""Files on disk in, what personal and sensitive data they hold out; never a raw value."""
