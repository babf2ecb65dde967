"""A Django site in one file, as its documentation has them: the admin on sqlite, and a view with a session."""
import sys

import django
from django.conf import settings
from django.core.management import call_command
from django.http import HttpResponse
from django.urls import path

apps = ['admin', 'auth', 'contenttypes', 'sessions', 'messages', 'staticfiles']
middleware = ['sessions.middleware.Session', 'middleware.common.Common', 'middleware.csrf.CsrfView', 'auth.middleware.Authentication', 'messages.middleware.Message']
settings.configure(
    DEBUG=True, SECRET_KEY='k' * 50, ROOT_URLCONF=__name__, ALLOWED_HOSTS=['*'], STATIC_URL='static/', USE_TZ=True, USE_I18N=False, MIGRATION_MODULES=dict.fromkeys(apps),
    INSTALLED_APPS=[f'django.contrib.{app}' for app in apps],
    MIDDLEWARE=[f'django.{"" if name.startswith("middleware") else "contrib."}{name}Middleware' for name in middleware],
    DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'site.db'}},
    PASSWORD_HASHERS=['django.contrib.auth.hashers.MD5PasswordHasher'],
    TEMPLATES=[{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'APP_DIRS': True, 'OPTIONS': {'context_processors': [
        'django.template.context_processors.request', 'django.contrib.auth.context_processors.auth', 'django.contrib.messages.context_processors.messages']}}],
)
django.setup()
from django.contrib import admin

# What htmx does for `hx-get`, in a few lines: a fragment by fetch, put into its place, under an address of its own.
LIST = '''<title>List</title><script>
document.addEventListener('click', async ({ target }) => {
  const url = target.getAttribute('hx-get')
  if (!url) return
  const answer = await fetch(url, { headers: { 'HX-Request': 'true', 'HX-Current-URL': document.URL } })
  items.insertAdjacentHTML('beforeend', await answer.text())
  history.pushState({ url }, '', answer.headers.get('HX-Push-Url'))
})
</script><ul id="items"></ul><button id="more" hx-get="/items/?after=2">more</button>'''


def items(request):
    if 'HX-Request' not in request.headers:
        return HttpResponse(LIST)
    after = int(request.GET['after'])
    fragment = f'<li>{after + 1} <b>{request.headers["HX-Current-URL"]}</b></li>'
    return HttpResponse(fragment, headers={'HX-Push-Url': f'/items/?from={after}'})


def count(request):
    request.session['visits'] = request.session.get('visits', 0) + 1
    return HttpResponse(f'<p id="visits">{request.user.username or "nobody"} {request.session["visits"]}</p>')


urlpatterns = [path('admin/', admin.site.urls), path('visits/', count), path('items/', items)]
call_command('migrate', run_syncdb=True, verbosity=0)
from django.contrib.auth.models import User
User.objects.create_superuser('ada', password='lovelace')
call_command('runserver', '8080', use_reloader=False)
