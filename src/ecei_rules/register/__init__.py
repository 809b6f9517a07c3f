"""The public list of label holders, and the labels of one organisation through time."""
