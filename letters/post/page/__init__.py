"""The status of a campaign as one page, for the group: numbers, charts, and what is due."""
