"""The mailbox: drafts go into it, and what came back is found there."""
