"""What holds across the code and no linter or type checker can see; each check has a control."""
