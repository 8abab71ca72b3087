"""One file a part of a program that can be spoilt; each function makes one mistake, or gives None."""
