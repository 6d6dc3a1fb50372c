"""What guards the portal, each with what it must refuse: the database, the forms, the pages and the addresses."""
