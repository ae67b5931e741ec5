"""The costs page without its pages: what is asked in an address, the positions it stands for, their chart and tables."""
