"""The audit: joins the ledgers of all houses of one world and names what does not agree."""
