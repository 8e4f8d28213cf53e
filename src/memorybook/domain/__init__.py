"""What a memory book is made of: frozen values and pure rules, the standard library and nothing else."""
