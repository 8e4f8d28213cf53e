"""Whether everything in an open book is whole: looking it through, and bringing single things back."""
