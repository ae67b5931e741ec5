"""Behind the page of costs: what an address asks for, the positions it stands for, their chart and tables."""
