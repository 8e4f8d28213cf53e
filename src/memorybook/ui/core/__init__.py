"""What every screen needs: theme, words, tasks, messages, dialogs."""
