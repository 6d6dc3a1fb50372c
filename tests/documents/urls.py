"""The portal's routes and one form with a file, as any app would write it."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from core import clock
from core.access import signed_in
from core.forms import PlainForm
from documents.forms import EvidenceField, EvidenceForm
from documents.services import store_document
from recert.urls import handler400, handler403, handler404, handler500  # noqa: F401
from recert.urls import urlpatterns as portal


class SendForm(EvidenceForm, PlainForm):
    title = forms.CharField(label="Course")
    certificate = EvidenceField(label="Certificate")


@signed_in
def send(request):
    form = SendForm(request.POST, request.FILES, owner=request.user)
    if not form.is_valid():
        return render(request, "tests/send.html", {"form": form}, status=422)
    document = store_document(
        form.cleaned_data["certificate"], owner=request.user, by=request.user, at=clock.now()
    )
    return HttpResponse(str(document.pk))


urlpatterns = [path("send/", send), *portal]
