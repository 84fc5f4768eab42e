"""The same list in Django: a signed-in user, twenty records of the same file, a template.

BENCH_DB is a copy of the database with Django's own tables added; BENCH_PAGE the folder of
elenco.html, made from the real page. No audit and no rights beyond the login: in Django's favour.
"""
import os
import sys

from django.conf import settings

settings.configure(
    DEBUG=False,
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["BENCH_DB"],
                           "CONN_MAX_AGE": None}},
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [os.environ["BENCH_PAGE"]]}],
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    USE_TZ=False,
)

import django

django.setup()

from django.contrib.auth.decorators import login_required
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.shortcuts import render
from django.urls import path


class Ente(models.Model):
    nome = models.TextField()

    class Meta:
        app_label, managed, db_table = "site", False, "ente"


class Utente(models.Model):
    intestazione = models.TextField()

    class Meta:
        app_label, managed, db_table = "site", False, "utente"


class Persona(models.Model):
    cognome = models.TextField()
    nome = models.TextField()

    class Meta:
        app_label, managed, db_table = "site", False, "persona"


class Cartella(models.Model):
    ambito = models.BigIntegerField()
    numero = models.BigIntegerField()
    riserbo = models.IntegerField()
    chiave = models.TextField()
    stato = models.TextField()
    tipo_utente = models.TextField()
    aperta = models.DateField()
    persona = models.ForeignKey(Persona, models.DO_NOTHING, db_column="persona")
    ente = models.ForeignKey(Ente, models.DO_NOTHING, db_column="ente")
    responsabile = models.ForeignKey(Utente, models.DO_NOTHING, db_column="responsabile", null=True)

    class Meta:
        app_label, managed, db_table = "site", False, "cartella"


TITLES = {"segnalata": "Segnalata", "accolta": "Accolta", "in_valutazione": "In valutazione",
          "con_progetto": "Con progetto", "in_monitoraggio": "In monitoraggio", "sospesa": "Sospesa",
          "conclusa": "Conclusa", "trasferita": "Trasferita", "rifiutata": "Rifiutata",
          "famiglia": "Famiglia e minori", "disabili": "Disabili", "dipendenze": "Dipendenze e salute mentale",
          "anziani": "Anziani", "immigrati": "Immigrati e nomadi", "poverta": "Povertà, disagio adulti e senza dimora",
          "multiutenza": "Multiutenza"}
DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"


def id_text(n):
    return "".join(DIGITS[n >> 5 * i & 31] for i in range(12, -1, -1))


@login_required
def elenco(request):
    rows = (Cartella.objects.filter(ambito=int(os.environ["BENCH_AMBITO"]),
                                    ente=int(os.environ["BENCH_ENTE"]), riserbo__lt=5)
            .select_related("persona", "ente", "responsabile").order_by("chiave", "id")[:21])
    rows = list(rows)[:20]
    for row in rows:
        row.link = id_text(row.persona_id)
        row.stato_titolo = TITLES[row.stato]
        row.tipo_titolo = TITLES[row.tipo_utente]
    return render(request, "elenco.html", {"righe": rows})


urlpatterns = [path("cartelle", elenco)]
application = get_wsgi_application()


def prepare():
    """Django's tables, one user, one session: prints its key."""
    from django.contrib.auth import get_user_model
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    user = get_user_model().objects.create_user("prova", password="prova")
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.create()
    print(session.session_key)


if __name__ == "__main__" and sys.argv[1:] == ["prepare"]:
    prepare()
