"""What the web server calls."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mulin.config.settings")

application = get_wsgi_application()

# What was loaded lives as long as the process: to walk all of it again and again, in the midst of somebody's page,
# takes a tenth of a second. What pages leave behind is still collected, in larger heaps.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
