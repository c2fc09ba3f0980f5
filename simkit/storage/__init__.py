"""Where a world is kept: SQLite now, with the door for PostgreSQL open.

Houses see ``Database``, ``Sql`` and SQLAlchemy Core; nothing of the driver but SQL text in the few
hot statements, which both databases understand.
"""
