"""Tests of the kernel of cases, with petitions, audits and renewals."""
