"""What many people did about signing, as lists and mails say it."""
