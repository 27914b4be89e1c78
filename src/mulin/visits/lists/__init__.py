"""Lists from outside compared with the registry (信息比对): who is done, who is outstanding, who is unknown."""
