"""How the installation is: traffic lights, health, figures for whoever watches the machine."""
