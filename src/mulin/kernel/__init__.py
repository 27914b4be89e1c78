"""The ground floor: ids, fields, encryption, working time, and other things every room stands on."""
