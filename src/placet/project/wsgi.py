"""The WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

from placet.core.checks import refuse_to_start_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placet.project.settings")
application = get_wsgi_application()
refuse_to_start_unsafe()
