"""The kernel of cases, tried on petitions, audits and renewals."""
