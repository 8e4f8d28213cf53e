"""Text as the database can hold it."""


def storable(text: str) -> str:
    """``text`` itself, or, when halves of surrogate pairs are in it, with those put right or replaced.

    Such halves come from the clipboard of some systems; they cannot be written as UTF-8 at all.
    """
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
