"""The front doors of the phone: HTTP for people and machines, SMTP for mail."""
