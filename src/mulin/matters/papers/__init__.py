"""What is printed of matters: the words of each sheet. The templates beside them hold none."""
