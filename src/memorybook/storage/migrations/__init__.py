"""The steps from one version of the database to the next: numbered SQL that is never edited again."""
