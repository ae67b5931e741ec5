"""Korean lexers: sums, shares, counts, dates, names and people of a sentence, found in its characters.

A Korean word carries its particles, and a compound its parts, so a mention may begin or end inside a word. The
lexers work on characters; the tokens they hand back are words cut wherever a mention begins or ends, so that
한국은 is the two tokens 한국 and 은, and every mention covers whole tokens.
"""

from burdenshare.reading.mentions.ko.lexers import Lexed, Lexers

__all__ = ["Lexed", "Lexers"]
