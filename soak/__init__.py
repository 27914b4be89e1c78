"""`make soak`: load, killed processes, full disks, restarted servers; and then every report is counted."""
