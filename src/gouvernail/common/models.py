"""No table: Django tells an app that the database is migrated only when it has this module."""
