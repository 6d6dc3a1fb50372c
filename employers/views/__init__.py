"""The views of an employer's side, and those by which trainers consent."""
